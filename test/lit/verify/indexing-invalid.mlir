// RUN: pcp-opt %s --split-input-file --verify-diagnostics
// One function per constraint of the specification that an op of the indexing family breaks.

func.func @dynamic_slice_c1(%a: tensor<3x4xf32>, %i0: tensor<i64>, %i1: tensor<i64>) {
  // expected-error@+1 {{'stablehlo.dynamic_slice' op failed to verify that all of {operand, result} have same element type [C1]}}
  %0 = "stablehlo.dynamic_slice"(%a, %i0, %i1) <{slice_sizes = array<i64: 1, 2>}> : (tensor<3x4xf32>, tensor<i64>, tensor<i64>) -> tensor<1x2xi32>
  return
}

// -----

func.func @dynamic_slice_c2(%a: tensor<3x4xf32>, %i0: tensor<i64>) {
  // expected-error@+2 {{has mismatched number of slice sizes (2) and number of start indices (1) [C2]}}
  // expected-error@+1 {{'stablehlo.dynamic_slice' op failed to infer returned types}}
  %0 = "stablehlo.dynamic_slice"(%a, %i0) <{slice_sizes = array<i64: 1, 2>}> : (tensor<3x4xf32>, tensor<i64>) -> tensor<1x2xf32>
  return
}

// -----

func.func @dynamic_slice_c2_2(%a: tensor<3x4xf32>, %i0: tensor<i64>, %i1: tensor<i64>) {
  // expected-error@+2 {{has mismatched number of slice sizes (1) and number of start indices (2) [C2]}}
  // expected-error@+1 {{'stablehlo.dynamic_slice' op failed to infer returned types}}
  %0 = "stablehlo.dynamic_slice"(%a, %i0, %i1) <{slice_sizes = array<i64: 1>}> : (tensor<3x4xf32>, tensor<i64>, tensor<i64>) -> tensor<1x2xf32>
  return
}

// -----

func.func @dynamic_slice_c2_3(%a: tensor<3x4xf32>, %i0: tensor<i64>) {
  // expected-error@+2 {{has mismatched number of start indices (1) and the rank of operand (2) [C2]}}
  // expected-error@+1 {{'stablehlo.dynamic_slice' op failed to infer returned types}}
  %0 = "stablehlo.dynamic_slice"(%a, %i0) <{slice_sizes = array<i64: 1>}> : (tensor<3x4xf32>, tensor<i64>) -> tensor<1xf32>
  return
}

// -----

func.func @dynamic_slice_c3(%a: tensor<3x4xf32>, %i0: tensor<i64>, %i1: tensor<i32>) {
  // expected-error@+2 {{start indices must have same element type [C3]}}
  // expected-error@+1 {{'stablehlo.dynamic_slice' op failed to infer returned types}}
  %0 = "stablehlo.dynamic_slice"(%a, %i0, %i1) <{slice_sizes = array<i64: 1, 2>}> : (tensor<3x4xf32>, tensor<i64>, tensor<i32>) -> tensor<1x2xf32>
  return
}

// -----

func.func @dynamic_slice_c4(%a: tensor<3x4xf32>, %i0: tensor<i64>, %i1: tensor<i64>) {
  // expected-error@+2 {{has slice size 5 greater than dimension size 4 in dimension 1 of operand [C4]}}
  // expected-error@+1 {{'stablehlo.dynamic_slice' op failed to infer returned types}}
  %0 = "stablehlo.dynamic_slice"(%a, %i0, %i1) <{slice_sizes = array<i64: 1, 5>}> : (tensor<3x4xf32>, tensor<i64>, tensor<i64>) -> tensor<1x5xf32>
  return
}

// -----

func.func @dynamic_slice_c4_2(%a: tensor<3x4xf32>, %i0: tensor<i64>, %i1: tensor<i64>) {
  // expected-error@+2 {{has negative size index to dynamic slice: -1 [C4]}}
  // expected-error@+1 {{'stablehlo.dynamic_slice' op failed to infer returned types}}
  %0 = "stablehlo.dynamic_slice"(%a, %i0, %i1) <{slice_sizes = array<i64: 1, -1>}> : (tensor<3x4xf32>, tensor<i64>, tensor<i64>) -> tensor<1x2xf32>
  return
}

// -----

func.func @dynamic_slice_c5(%a: tensor<3x4xf32>, %i0: tensor<i64>, %i1: tensor<i64>) {
  // expected-error@+2 {{'stablehlo.dynamic_slice' op inferred type(s) 'tensor<1x2xf32>' are incompatible with return type(s) of operation 'tensor<1x3xf32>' [C5]}}
  // expected-error@+1 {{'stablehlo.dynamic_slice' op failed to infer returned types}}
  %0 = "stablehlo.dynamic_slice"(%a, %i0, %i1) <{slice_sizes = array<i64: 1, 2>}> : (tensor<3x4xf32>, tensor<i64>, tensor<i64>) -> tensor<1x3xf32>
  return
}

// -----

func.func @dynamic_update_slice_element(%a: tensor<3x4xf32>, %u: tensor<1x2xf32>, %i: tensor<i64>) {
  // expected-error@+1 {{'stablehlo.dynamic_update_slice' op failed to verify that all of {operand, update, result} have same element type}}
  %0 = "stablehlo.dynamic_update_slice"(%a, %u, %i, %i) : (tensor<3x4xf32>, tensor<1x2xf32>, tensor<i64>, tensor<i64>) -> tensor<3x4xf16>
  return
}

// -----

func.func @gather_bounded(%a: tensor<6xf32>, %i: tensor<6x1xi32>) {
  // expected-error@+2 {{'stablehlo.gather' op inferred type(s) 'tensor<6x1xf32>' are incompatible with return type(s) of operation 'tensor<?x1xf32, #stablehlo.bounds<4, ?>>'}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %i) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1>}> : (tensor<6xf32>, tensor<6x1xi32>) -> tensor<?x1xf32, #stablehlo.bounds<4, ?>>
  return
}

// -----

func.func @dynamic_update_slice_c1(%a: tensor<3x4xf32>, %u: tensor<1x2xf32>, %i0: tensor<i64>, %i1: tensor<i64>) {
  // expected-error@+2 {{'stablehlo.dynamic_update_slice' op inferred type(s) 'tensor<3x4xf32>' are incompatible with return type(s) of operation 'tensor<3x5xf32>' [C1]}}
  // expected-error@+1 {{'stablehlo.dynamic_update_slice' op failed to infer returned types}}
  %0 = "stablehlo.dynamic_update_slice"(%a, %u, %i0, %i1) : (tensor<3x4xf32>, tensor<1x2xf32>, tensor<i64>, tensor<i64>) -> tensor<3x5xf32>
  return
}

// -----

func.func @dynamic_update_slice_c2(%a: tensor<3x4xf32>, %u: tensor<1x2xi32>, %i0: tensor<i64>, %i1: tensor<i64>) {
  // expected-error@+1 {{'stablehlo.dynamic_update_slice' op failed to verify that all of {operand, update, result} have same element type [C2]}}
  %0 = "stablehlo.dynamic_update_slice"(%a, %u, %i0, %i1) : (tensor<3x4xf32>, tensor<1x2xi32>, tensor<i64>, tensor<i64>) -> tensor<3x4xf32>
  return
}

// -----

func.func @dynamic_update_slice_c3(%a: tensor<3x4xf32>, %u: tensor<1xf32>, %i0: tensor<i64>, %i1: tensor<i64>) {
  // expected-error@+2 {{update rank does not match operand rank: 1 vs 2. [C3]}}
  // expected-error@+1 {{'stablehlo.dynamic_update_slice' op failed to infer returned types}}
  %0 = "stablehlo.dynamic_update_slice"(%a, %u, %i0, %i1) : (tensor<3x4xf32>, tensor<1xf32>, tensor<i64>, tensor<i64>) -> tensor<3x4xf32>
  return
}

// -----

func.func @dynamic_update_slice_c4(%a: tensor<3x4xf32>, %u: tensor<1x2xf32>, %i0: tensor<i64>) {
  // expected-error@+2 {{expects number of start_indices to match operand rank: 1 vs 2. [C4]}}
  // expected-error@+1 {{'stablehlo.dynamic_update_slice' op failed to infer returned types}}
  %0 = "stablehlo.dynamic_update_slice"(%a, %u, %i0) : (tensor<3x4xf32>, tensor<1x2xf32>, tensor<i64>) -> tensor<3x4xf32>
  return
}

// -----

func.func @dynamic_update_slice_c5(%a: tensor<3x4xf32>, %u: tensor<1x2xf32>, %i0: tensor<i64>, %i1: tensor<i32>) {
  // expected-error@+2 {{start indices must have same element type [C5]}}
  // expected-error@+1 {{'stablehlo.dynamic_update_slice' op failed to infer returned types}}
  %0 = "stablehlo.dynamic_update_slice"(%a, %u, %i0, %i1) : (tensor<3x4xf32>, tensor<1x2xf32>, tensor<i64>, tensor<i32>) -> tensor<3x4xf32>
  return
}

// -----

func.func @dynamic_update_slice_c6(%a: tensor<3x4xf32>, %u: tensor<1x5xf32>, %i0: tensor<i64>, %i1: tensor<i64>) {
  // expected-error@+2 {{expects size at dimension 1 of update to be in range [0, 4]. Got: 5. [C6]}}
  // expected-error@+1 {{'stablehlo.dynamic_update_slice' op failed to infer returned types}}
  %0 = "stablehlo.dynamic_update_slice"(%a, %u, %i0, %i1) : (tensor<3x4xf32>, tensor<1x5xf32>, tensor<i64>, tensor<i64>) -> tensor<3x4xf32>
  return
}

// -----

func.func @gather_c1(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>) {
  // expected-error@+2 {{offset_dims size (1) plus collapse_slice_dims size (1) plus operand_batching_dims size (1) is not equal to operand rank (4) [C1]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [1], start_index_map = [2, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1, 2, 3>}> : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>) -> tensor<6x2x2x3xi32>
  return
}

// -----

func.func @gather_c2(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>) {
  // expected-error@+2 {{Expects index_vector_dim to be in range [0, rank-of('start_indices')] i.e. [0, 3]. got: 4. [C2]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [2, 3], collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [1], start_index_map = [2, 1], index_vector_dim = 4>, slice_sizes = array<i64: 1, 1, 2, 3>}> : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>) -> tensor<6x2x2x3xi32>
  return
}

// -----

func.func @gather_c2_2(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>) {
  // expected-error@+2 {{Expects index_vector_dim to be in range [0, rank-of('start_indices')] i.e. [0, 3]. got: -1. [C2]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [2, 3], collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [1], start_index_map = [2, 1], index_vector_dim = -1>, slice_sizes = array<i64: 1, 1, 2, 3>}> : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>) -> tensor<6x2x2x3xi32>
  return
}

// -----

func.func @gather_c3(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>) {
  // expected-error@+2 {{start_index_map size (1) is not equal to size of index dimension (2) of start_indices (2) [C3]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [2, 3], collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [1], start_index_map = [2], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1, 2, 3>}> : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>) -> tensor<6x2x2x3xi32>
  return
}

// -----

func.func @gather_c4(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>) {
  // expected-error@+2 {{expects offset_dims to not repeat, got: [2, 2] [C4]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [2, 2], collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [1], start_index_map = [2, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1, 2, 3>}> : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>) -> tensor<6x2x2x3xi32>
  return
}

// -----

func.func @gather_c4_2(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>) {
  // expected-error@+2 {{expects offset_dims to be sorted, got: [3, 2] [C4]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [3, 2], collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [1], start_index_map = [2, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1, 2, 3>}> : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>) -> tensor<6x2x2x3xi32>
  return
}

// -----

func.func @gather_c5(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>) {
  // expected-error@+2 {{Expects each element of offset_dims to be in range [0, implied-result-rank) i.e. [0, 4). got: 4. [C5]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [2, 4], collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [1], start_index_map = [2, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1, 2, 3>}> : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>) -> tensor<6x2x2x3xi32>
  return
}

// -----

func.func @gather_c5_2(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>) {
  // expected-error@+2 {{Expects each element of offset_dims to be in range [0, implied-result-rank) i.e. [0, 4). got: -1. [C5]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [-1, 3], collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [1], start_index_map = [2, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1, 2, 3>}> : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>) -> tensor<6x2x2x3xi32>
  return
}

// -----

func.func @gather_c6(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>) {
  // expected-error@+2 {{has duplicated dimension from collapsed_slice_dims and operand_batching_dims: 0 [C6]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [2, 3], collapsed_slice_dims = [0], operand_batching_dims = [0], start_indices_batching_dims = [1], start_index_map = [2, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1, 2, 3>}> : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>) -> tensor<6x2x2x3xi32>
  return
}

// -----

func.func @gather_c7(%a: tensor<3x4x5xi32>, %s: tensor<6x3xi64>) {
  // expected-error@+2 {{expects collapsed_slice_dims to be sorted, got: [1, 0] [C7]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [1, 0], operand_batching_dims = [], start_indices_batching_dims = [], start_index_map = [0, 1, 2], index_vector_dim = 1>, slice_sizes = array<i64: 1, 1, 2>}> : (tensor<3x4x5xi32>, tensor<6x3xi64>) -> tensor<6x2xi32>
  return
}

// -----

func.func @gather_c8(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>) {
  // expected-error@+2 {{Expects each element of collapsed_slice_dims to be in range [0, rank-of('operand')) i.e. [0, 4). got: 4. [C8]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [2, 3], collapsed_slice_dims = [4], operand_batching_dims = [0], start_indices_batching_dims = [1], start_index_map = [2, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1, 2, 3>}> : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>) -> tensor<6x2x2x3xi32>
  return
}

// -----

func.func @gather_c8_2(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>) {
  // expected-error@+2 {{Expects each element of collapsed_slice_dims to be in range [0, rank-of('operand')) i.e. [0, 4). got: -1. [C8]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [2, 3], collapsed_slice_dims = [-1], operand_batching_dims = [0], start_indices_batching_dims = [1], start_index_map = [2, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1, 2, 3>}> : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>) -> tensor<6x2x2x3xi32>
  return
}

// -----

func.func @gather_c9(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>) {
  // expected-error@+2 {{Expects that for each dim in collapsed_slice_dims, slice_sizes[dim] should be <= 1, but got 2 [C9]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [2, 3], collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [1], start_index_map = [2, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 2, 2, 3>}> : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>) -> tensor<6x2x2x3xi32>
  return
}

// -----

func.func @gather_c10(%a: tensor<2x2x4x5xi32>, %s: tensor<2x2x2xi64>) {
  // expected-error@+2 {{expects operand_batching_dims to be sorted, got: [1, 0] [C10]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [2, 3], collapsed_slice_dims = [], operand_batching_dims = [1, 0], start_indices_batching_dims = [0, 1], start_index_map = [2, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1, 2, 3>}> : (tensor<2x2x4x5xi32>, tensor<2x2x2xi64>) -> tensor<2x2x2x3xi32>
  return
}

// -----

func.func @gather_c11(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>) {
  // expected-error@+2 {{Expects each element of operand_batching_dims to be in range [0, rank-of('operand')) i.e. [0, 4). got: 4. [C11]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [2, 3], collapsed_slice_dims = [1], operand_batching_dims = [4], start_indices_batching_dims = [1], start_index_map = [2, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1, 2, 3>}> : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>) -> tensor<6x2x2x3xi32>
  return
}

// -----

func.func @gather_c11_2(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>) {
  // expected-error@+2 {{Expects each element of operand_batching_dims to be in range [0, rank-of('operand')) i.e. [0, 4). got: -1. [C11]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [2, 3], collapsed_slice_dims = [1], operand_batching_dims = [-1], start_indices_batching_dims = [1], start_index_map = [2, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1, 2, 3>}> : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>) -> tensor<6x2x2x3xi32>
  return
}

// -----

func.func @gather_c12(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>) {
  // expected-error@+2 {{Expects that for each dim in operand_batching_dims, slice_sizes[dim] should be <= 1, but got 2 [C12]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [2, 3], collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [1], start_index_map = [2, 1], index_vector_dim = 2>, slice_sizes = array<i64: 2, 1, 2, 3>}> : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>) -> tensor<6x2x2x3xi32>
  return
}

// -----

func.func @gather_c13(%a: tensor<2x2x4x5xi32>, %s: tensor<2x2x2xi64>) {
  // expected-error@+2 {{expects start_indices_batching_dims to not repeat, got: [0, 0] [C13]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [2, 3], collapsed_slice_dims = [], operand_batching_dims = [0, 1], start_indices_batching_dims = [0, 0], start_index_map = [2, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1, 2, 3>}> : (tensor<2x2x4x5xi32>, tensor<2x2x2xi64>) -> tensor<2x2x2x3xi32>
  return
}

// -----

func.func @gather_c14(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>) {
  // expected-error@+2 {{Expects each element of start_indices_batching_dims to be in range [0, rank-of('start_indices')) i.e. [0, 3). got: 3. [C14]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [2, 3], collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [3], start_index_map = [2, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1, 2, 3>}> : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>) -> tensor<6x2x2x3xi32>
  return
}

// -----

func.func @gather_c14_2(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>) {
  // expected-error@+2 {{Expects each element of start_indices_batching_dims to be in range [0, rank-of('start_indices')) i.e. [0, 3). got: -1. [C14]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [2, 3], collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [-1], start_index_map = [2, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1, 2, 3>}> : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>) -> tensor<6x2x2x3xi32>
  return
}

// -----

func.func @gather_c15(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>) {
  // expected-error@+2 {{expects start_indices_batching_dims not to include index_vector_dim 2 [C15]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [2, 3], collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [2], start_index_map = [2, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1, 2, 3>}> : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>) -> tensor<6x2x2x3xi32>
  return
}

// -----

func.func @gather_c16(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>) {
  // expected-error@+2 {{operand_batching_dims and start_indices_batching_dims should have the same size [C16]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [2, 3], collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [], start_index_map = [2, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1, 2, 3>}> : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>) -> tensor<6x2x2x3xi32>
  return
}

// -----

func.func @gather_c17(%a: tensor<2x3x4x5xi32>, %s: tensor<6x3x2xi64>) {
  // expected-error@+2 {{operand_batching_dims[0] and start_indices_batching_dims[0] must have compatible sizes, but got 2 and 3 [C17]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [2, 3], collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [1], start_index_map = [2, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1, 2, 3>}> : (tensor<2x3x4x5xi32>, tensor<6x3x2xi64>) -> tensor<6x3x2x3xi32>
  return
}

// -----

func.func @gather_c18(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>) {
  // expected-error@+2 {{has duplicated dimension from start_index_map and operand_batching_dims: 0 [C18]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [2, 3], collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [1], start_index_map = [0, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1, 2, 3>}> : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>) -> tensor<6x2x2x3xi32>
  return
}

// -----

func.func @gather_c18_2(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>) {
  // expected-error@+2 {{has duplicated dimension from start_index_map and operand_batching_dims: 1 [C18]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [2, 3], collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [1], start_index_map = [1, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1, 2, 3>}> : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>) -> tensor<6x2x2x3xi32>
  return
}

// -----

func.func @gather_c19(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>) {
  // expected-error@+2 {{Expects each element of start_index_map to be in range [0, rank-of('operand')) i.e. [0, 4). got: 4. [C19]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [2, 3], collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [1], start_index_map = [2, 4], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1, 2, 3>}> : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>) -> tensor<6x2x2x3xi32>
  return
}

// -----

func.func @gather_c19_2(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>) {
  // expected-error@+2 {{Expects each element of start_index_map to be in range [0, rank-of('operand')) i.e. [0, 4). got: -1. [C19]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [2, 3], collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [1], start_index_map = [-1, 2], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1, 2, 3>}> : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>) -> tensor<6x2x2x3xi32>
  return
}

// -----

func.func @gather_c20(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>) {
  // expected-error@+2 {{slice_sizes size (3) not equal to operand rank (4) [C20]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [2, 3], collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [1], start_index_map = [2, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1, 2>}> : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>) -> tensor<6x2x2x3xi32>
  return
}

// -----

func.func @gather_c21(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>) {
  // expected-error@+2 {{slice size (6) is out of bounds for operand dimension (5) at index 3 [C21]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [2, 3], collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [1], start_index_map = [2, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1, 2, 6>}> : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>) -> tensor<6x2x2x3xi32>
  return
}

// -----

func.func @gather_c21_2(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>) {
  // expected-error@+2 {{slice size (-1) is out of bounds for operand dimension (4) at index 2 [C21]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [2, 3], collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [1], start_index_map = [2, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1, -1, 2>}> : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>) -> tensor<6x2x2x3xi32>
  return
}

// -----

func.func @gather_c22(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>) {
  // expected-error@+2 {{'stablehlo.gather' op inferred type(s) 'tensor<6x2x2x3xi32>' are incompatible with return type(s) of operation 'tensor<6x2x2x4xi32>' [C22]}}
  // expected-error@+1 {{'stablehlo.gather' op failed to infer returned types}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [2, 3], collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [1], start_index_map = [2, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1, 2, 3>}> : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>) -> tensor<6x2x2x4xi32>
  return
}

// -----

func.func @gather_c23(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>) {
  // expected-error@+1 {{'stablehlo.gather' op failed to verify that all of {operand, result} have same element type [C23]}}
  %0 = "stablehlo.gather"(%a, %s) <{dimension_numbers = #stablehlo.gather<offset_dims = [2, 3], collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [1], start_index_map = [2, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1, 2, 3>}> : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>) -> tensor<6x2x2x3xf32>
  return
}

// -----

func.func @scatter_c1(%a: tensor<3xi32>, %b: tensor<4xi32>, %s: tensor<1xi64>, %u: tensor<i32>) {
  // expected-error@+1 {{Not all inputs have compatible shapes. [C1]}}
  %0:2 = "stablehlo.scatter"(%a, %b, %s, %u, %u) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0]>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>, %z: tensor<i32>, %w: tensor<i32>):
    stablehlo.return %x, %y : tensor<i32>, tensor<i32>
  }) : (tensor<3xi32>, tensor<4xi32>, tensor<1xi64>, tensor<i32>, tensor<i32>) -> (tensor<3xi32>, tensor<4xi32>)
  return
}

// -----

func.func @scatter_c2(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x3xi32>) {
  // expected-error@+1 {{Expects rank-of operand to match size-of('update_window_dims') + size-of('inserted_window_dims') + size-of('input_batching_dims') i.e. 3 but got 4. [C2]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [], input_batching_dims = [0], scatter_indices_batching_dims = [1], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x3xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c3(%a: tensor<3xi32>, %b: tensor<3xi32>, %s: tensor<2x1xi64>, %u: tensor<2xi32>, %v: tensor<1xi32>) {
  // expected-error@+1 {{Not all updates have compatible shapes. [C3]}}
  %0:2 = "stablehlo.scatter"(%a, %b, %s, %u, %v) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>, %z: tensor<i32>, %w: tensor<i32>):
    stablehlo.return %x, %y : tensor<i32>, tensor<i32>
  }) : (tensor<3xi32>, tensor<3xi32>, tensor<2x1xi64>, tensor<2xi32>, tensor<1xi32>) -> (tensor<3xi32>, tensor<3xi32>)
  return
}

// -----

func.func @scatter_c4(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x3x2x3xi32>) {
  // expected-error@+1 {{expects bounds of the scatter dimensions of updates to be same as the bounds of the corresponding dimensions of scatter indices. For scatter dimension 1, updates bound is 3 , scatter_indices bound is 2. [C4]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [1], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x3x2x3xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c4_2(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x6xi32>) {
  // expected-error@+1 {{expects bounds of the window dimensions of updates to not exceed the bounds of the corresponding dimensions of operand. For dimension 3, updates bound is 6, operand bound is 5. [C4]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [1], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x6xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c4_3(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2xi32>) {
  // expected-error@+1 {{expects updates tensor must be of rank 4 ( == rank-of('scatter_indices') - 1 + size-of('update_window_dims'), where 'scatter_indices' is expanded by a trailing 1 dimension if 'index_vector_dim' == rank-of('scatter_indices')), but got 3. [C4]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [1], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c5(%s: tensor<2x1xi64>) {
  // expected-error@+1 {{The reduction-region expected to return some value(s) [C5]}}
  "stablehlo.scatter"(%s) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
  ^bb0:
    stablehlo.return
  }) : (tensor<2x1xi64>) -> ()
  return
}

// -----

func.func @scatter_c6(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x3xf32>) {
  // expected-error@+1 {{The element-type of reduction-region's result type at index 0 is expected to be promotable from the op's corresponding init-value element-type: 'tensor<i32>' vs 'tensor<f32>' [C6]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [1], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x3xf32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c7(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x3xi32>) {
  // expected-error@+1 {{Expects update_window_dims to not repeat; got: [2, 2]. [C7]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 2], inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [1], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x3xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c7_2(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x3xi32>) {
  // expected-error@+1 {{Expects update_window_dims to be sorted; got: [3, 2]. [C7]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [3, 2], inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [1], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x3xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c8(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x3xi32>) {
  // expected-error@+1 {{Expects each element of update_window_dims to be in range [0, rank-of('updates')) i.e. [0, 4). got: 4. [C8]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 4], inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [1], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x3xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c8_2(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x3xi32>) {
  // expected-error@+1 {{Expects each element of update_window_dims to be in range [0, rank-of('updates')) i.e. [0, 4). got: -1. [C8]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [-1, 2], inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [1], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x3xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c9(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x3xi32>) {
  // expected-error@+1 {{has duplicated dimension from inserted_window_dims and input_batching_dims: 0 [C9]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [0], input_batching_dims = [0], scatter_indices_batching_dims = [1], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x3xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c10(%a: tensor<3x4x5xi32>, %s: tensor<6x3xi64>, %u: tensor<6x2xi32>) {
  // expected-error@+1 {{Expects inserted_window_dims to be sorted; got: [1, 0]. [C10]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [1, 0], input_batching_dims = [], scatter_indices_batching_dims = [], scatter_dims_to_operand_dims = [0, 1, 2], index_vector_dim = 1>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<3x4x5xi32>, tensor<6x3xi64>, tensor<6x2xi32>) -> tensor<3x4x5xi32>
  return
}

// -----

func.func @scatter_c11(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x3xi32>) {
  // expected-error@+1 {{Expects each element of inserted_window_dims to be in range [0, rank-of('operand')) i.e. [0, 4). got: 4. [C11]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [4], input_batching_dims = [0], scatter_indices_batching_dims = [1], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x3xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c11_2(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x3xi32>) {
  // expected-error@+1 {{Expects each element of inserted_window_dims to be in range [0, rank-of('operand')) i.e. [0, 4). got: -1. [C11]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [-1], input_batching_dims = [0], scatter_indices_batching_dims = [1], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x3xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c12(%a: tensor<2x2x4x5xi32>, %s: tensor<2x2x2xi64>, %u: tensor<2x2x2x3xi32>) {
  // expected-error@+1 {{Expects input_batching_dims to be sorted; got: [1, 0]. [C12]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [], input_batching_dims = [1, 0], scatter_indices_batching_dims = [0, 1], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x2x4x5xi32>, tensor<2x2x2xi64>, tensor<2x2x2x3xi32>) -> tensor<2x2x4x5xi32>
  return
}

// -----

func.func @scatter_c13(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x3xi32>) {
  // expected-error@+1 {{Expects each element of input_batching_dims to be in range [0, rank-of('operand')) i.e. [0, 4). got: 4. [C13]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [1], input_batching_dims = [4], scatter_indices_batching_dims = [1], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x3xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c13_2(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x3xi32>) {
  // expected-error@+1 {{Expects each element of input_batching_dims to be in range [0, rank-of('operand')) i.e. [0, 4). got: -1. [C13]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [1], input_batching_dims = [-1], scatter_indices_batching_dims = [1], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x3xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c14(%a: tensor<2x2x4x5xi32>, %s: tensor<2x2x2xi64>, %u: tensor<2x2x2x3xi32>) {
  // expected-error@+1 {{Expects scatter_indices_batching_dims to not repeat; got: [0, 0]. [C14]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [], input_batching_dims = [0, 1], scatter_indices_batching_dims = [0, 0], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x2x4x5xi32>, tensor<2x2x2xi64>, tensor<2x2x2x3xi32>) -> tensor<2x2x4x5xi32>
  return
}

// -----

func.func @scatter_c15(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x3xi32>) {
  // expected-error@+1 {{Expects each element of scatter_indices_batching_dims to be in range [0, rank-of('scatter_indices')) i.e. [0, 3). got: 3. [C15]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [3], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x3xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c15_2(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x3xi32>) {
  // expected-error@+1 {{Expects each element of scatter_indices_batching_dims to be in range [0, rank-of('scatter_indices')) i.e. [0, 3). got: -1. [C15]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [-1], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x3xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c16(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x3xi32>) {
  // expected-error@+1 {{expects scatter_indices_batching_dims not to include index_vector_dim 2. [C16]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [2], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x3xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c17(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x3xi32>) {
  // expected-error@+1 {{input_batching_dims and scatter_indices_batching_dims should have the same size. [C17]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x3xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c18(%a: tensor<2x3x4x5xi32>, %s: tensor<6x3x2xi64>, %u: tensor<6x3x2x3xi32>) {
  // expected-error@+1 {{input_batching_dims[0] and scatter_indices_batching_dims[0] must have compatible sizes, but got 2 and 3. [C18]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [1], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x3x2xi64>, tensor<6x3x2x3xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c19(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x3xi32>) {
  // expected-error@+1 {{Scatter op has 1 elements in scatter_dims_to_operand_dims and the bound of dimension index_vector_dim=2 of scatter_indices is 2. These two numbers must be equal. [C19]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [1], scatter_dims_to_operand_dims = [2], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x3xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c20(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x3xi32>) {
  // expected-error@+1 {{has duplicated dimension from scatter_dims_to_operand_dims and input_batching_dims: 0 [C20]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [1], scatter_dims_to_operand_dims = [0, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x3xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c20_2(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x3xi32>) {
  // expected-error@+1 {{has duplicated dimension from scatter_dims_to_operand_dims and input_batching_dims: 1 [C20]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [1], scatter_dims_to_operand_dims = [1, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x3xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c21(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x3xi32>) {
  // expected-error@+1 {{Expects each element of scatter_dims_to_operand_dims to be in range [0, rank-of('operand')) i.e. [0, 4). got: 4. [C21]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [1], scatter_dims_to_operand_dims = [2, 4], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x3xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c21_2(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x3xi32>) {
  // expected-error@+1 {{Expects each element of scatter_dims_to_operand_dims to be in range [0, rank-of('operand')) i.e. [0, 4). got: -1. [C21]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [1], scatter_dims_to_operand_dims = [-1, 2], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x3xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c22(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x3xi32>) {
  // expected-error@+1 {{Expects index_vector_dim to be in range [0, rank-of('scatter_indices')] i.e. [0, 3]. got: 4. [C22]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [1], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = 4>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x3xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c22_2(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x3xi32>) {
  // expected-error@+1 {{Expects index_vector_dim to be in range [0, rank-of('scatter_indices')] i.e. [0, 3]. got: -1. [C22]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [1], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = -1>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x3xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c23(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x3xi32>) {
  // expected-error@+1 {{Reduction-region must take 2 parameters, but takes 1 parameter(s) [C23]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [1], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x3xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c23_2(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x3xi32>) {
  // expected-error@+1 {{Reduction-region here must produce 1 tensors, but produces 2 instead [C23]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [1], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x, %y : tensor<i32>, tensor<i32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x3xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c23_3(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x3xi32>) {
  // expected-error@+1 {{The element-type of reduction-region's result type at index 0 is expected to be promotable from the op's corresponding init-value element-type: 'tensor<f32>' vs 'tensor<i32>' [C23]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [1], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    stablehlo.return %x : tensor<f32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x3xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c23_4(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x3xi32>) {
  // expected-error@+1 {{The shape of reduction-region's result type at index 0 differs from the op's corresponding init-value type: 'tensor<1xi32>' vs 'tensor<i32>' [C23]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [1], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<1xi32>, %y: tensor<1xi32>):
    stablehlo.return %x : tensor<1xi32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x3xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c23_5(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x3xi32>) {
  // expected-error@+1 {{The type of reduction-region's parameter at index 0 is different than the corresponding result type: 'tensor<i32>' vs 'tensor<f32>' [C23]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [1], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    %c = stablehlo.constant dense<1.0> : tensor<f32>
    stablehlo.return %c : tensor<f32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x3xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c23_6(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x3xi32>) {
  // expected-error@+1 {{Reduction-region here must produce tensor-typed result(s), but produces 'i32' instead [C23]}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [1], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: i32, %y: i32):
    // expected-error@+1 {{'stablehlo.return' op operand #0 must be variadic of ranked tensor of}}
    stablehlo.return %x : i32
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x3xi32>) -> tensor<2x3x4x5xi32>
  return
}

// -----

func.func @scatter_c24(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x3xi32>) {
  // expected-error@+2 {{'stablehlo.scatter' op inferred type(s) 'tensor<2x3x4x5xi32>' are incompatible with return type(s) of operation 'tensor<2x3x4x6xi32>' [C24]}}
  // expected-error@+1 {{'stablehlo.scatter' op failed to infer returned types}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [1], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x3xi32>) -> tensor<2x3x4x6xi32>
  return
}

// -----

func.func @scatter_c25(%a: tensor<2x3x4x5xi32>, %s: tensor<6x2x2xi64>, %u: tensor<6x2x2x3xi32>) {
  // expected-error@+2 {{'stablehlo.scatter' op inferred type(s) 'tensor<2x3x4x5xi32>' are incompatible with return type(s) of operation 'tensor<2x3x4x5xf32>' [C25]}}
  // expected-error@+1 {{'stablehlo.scatter' op failed to infer returned types}}
  %0 = "stablehlo.scatter"(%a, %s, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2, 3], inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [1], scatter_dims_to_operand_dims = [2, 1], index_vector_dim = 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>, tensor<6x2x2x3xi32>) -> tensor<2x3x4x5xf32>
  return
}

// -----

func.func @sort_c1() {
  // expected-error@+1 {{'stablehlo.sort' op expected 1 or more operands, but found 0 [C1]}}
  "stablehlo.sort"() <{dimension = 1 : i64}> ({
  ^bb0:
    stablehlo.return
  }) : () -> ()
  return
}

// -----

func.func @sort_c2(%a0: tensor<2x3xf32>) {
  // expected-error@+2 {{'stablehlo.sort' op inferred type(s) 'tensor<2x3xf32>' are incompatible with return type(s) of operation 'tensor<2x3xi32>' [C2]}}
  // expected-error@+1 {{'stablehlo.sort' op failed to infer returned types}}
  %0:1 = "stablehlo.sort"(%a0) <{dimension = 1 : i64}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %p = stablehlo.compare LT, %x, %y : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  }) : (tensor<2x3xf32>) -> (tensor<2x3xi32>)
  return
}

// -----

func.func @sort_c2_2(%a0: tensor<2x3xf32>) {
  // expected-error@+1 {{'stablehlo.sort' op requires the same shape for all operands and results [C3]}}
  %0:1 = "stablehlo.sort"(%a0) <{dimension = 1 : i64}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %p = stablehlo.compare LT, %x, %y : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  }) : (tensor<2x3xf32>) -> (tensor<2x4xf32>)
  return
}

// -----

func.func @sort_c3(%a0: tensor<2x3xf32>, %a1: tensor<2x4xf32>) {
  // expected-error@+1 {{'stablehlo.sort' op requires the same shape for all operands and results [C3]}}
  %0:2 = "stablehlo.sort"(%a0, %a1) <{dimension = 1 : i64}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>, %u: tensor<f32>, %v: tensor<f32>):
    %p = stablehlo.compare LT, %x, %y : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  }) : (tensor<2x3xf32>, tensor<2x4xf32>) -> (tensor<2x3xf32>, tensor<2x4xf32>)
  return
}

// -----

func.func @sort_c4(%a0: tensor<2x3xf32>) {
  // expected-error@+1 {{dimension attribute value must be in range [-2, 2), but found 2 [C4]}}
  %0:1 = "stablehlo.sort"(%a0) <{dimension = 2 : i64}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %p = stablehlo.compare LT, %x, %y : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  }) : (tensor<2x3xf32>) -> (tensor<2x3xf32>)
  return
}

// -----

func.func @sort_c4_2(%a0: tensor<2x3xf32>) {
  // expected-error@+1 {{dimension attribute value must be in range [-2, 2), but found -3 [C4]}}
  %0:1 = "stablehlo.sort"(%a0) <{dimension = -3 : i64}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %p = stablehlo.compare LT, %x, %y : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  }) : (tensor<2x3xf32>) -> (tensor<2x3xf32>)
  return
}

// -----

func.func @sort_c5(%a0: tensor<2x3xf32>) {
  // expected-error@+1 {{comparator block should have 2 arguments [C5]}}
  %0:1 = "stablehlo.sort"(%a0) <{dimension = 1 : i64}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>, %u: tensor<f32>, %v: tensor<f32>):
    %p = stablehlo.compare LT, %x, %y : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  }) : (tensor<2x3xf32>) -> (tensor<2x3xf32>)
  return
}

// -----

func.func @sort_c5_2(%a0: tensor<2x3xi32>) {
  // expected-error@+1 {{comparator block argument #0 should be of type 'tensor<i32>' but got 'tensor<f32>' [C5]}}
  %0:1 = "stablehlo.sort"(%a0) <{dimension = 1 : i64}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %p = stablehlo.compare LT, %x, %y : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  }) : (tensor<2x3xi32>) -> (tensor<2x3xi32>)
  return
}

// -----

func.func @sort_c5_3(%a0: tensor<2x3xf32>) {
  // expected-error@+1 {{comparator must return tensor<i1> but got 'tensor<f32>' [C5]}}
  %0:1 = "stablehlo.sort"(%a0) <{dimension = 1 : i64}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    stablehlo.return %x : tensor<f32>
  }) : (tensor<2x3xf32>) -> (tensor<2x3xf32>)
  return
}

// -----

func.func @sort_c5_4(%a0: tensor<2x3xf32>) {
  // expected-error@+1 {{comparator must return single output but got 2 [C5]}}
  %0:1 = "stablehlo.sort"(%a0) <{dimension = 1 : i64}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %p = stablehlo.compare LT, %x, %y : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %p, %p : tensor<i1>, tensor<i1>
  }) : (tensor<2x3xf32>) -> (tensor<2x3xf32>)
  return
}

// -----

func.func @sort_c5_5(%a0: tensor<2x3xf32>) {
  // expected-error@+1 {{comparator must return single output but got 0 [C5]}}
  %0:1 = "stablehlo.sort"(%a0) <{dimension = 1 : i64}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    stablehlo.return
  }) : (tensor<2x3xf32>) -> (tensor<2x3xf32>)
  return
}
