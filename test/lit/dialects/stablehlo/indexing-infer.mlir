// RUN: pcp-opt %s | FileCheck %s
// Result types of ops that read or write at positions known at run time.

// CHECK-LABEL: func.func @slices
func.func @slices(%a: tensor<5x6xf32>, %u: tensor<2x6xf32>, %i: tensor<i32>) {
  // CHECK: stablehlo.dynamic_slice {{.*}} -> tensor<2x3xf32>
  %0 = "stablehlo.dynamic_slice"(%a, %i, %i) <{slice_sizes = array<i64: 2, 3>}> : (tensor<5x6xf32>, tensor<i32>, tensor<i32>) -> tensor<2x3xf32>
  // CHECK: stablehlo.dynamic_update_slice {{.*}} -> tensor<5x6xf32>
  %1 = "stablehlo.dynamic_update_slice"(%a, %u, %i, %i) : (tensor<5x6xf32>, tensor<2x6xf32>, tensor<i32>, tensor<i32>) -> tensor<5x6xf32>
  return
}

// CHECK-LABEL: func.func @gathers
func.func @gathers(%w: tensor<10x4xf32>, %i: tensor<3x5x1xi32>, %j: tensor<3xi32>, %x: tensor<2x3x4x5xi32>, %k: tensor<6x2x2xi64>) {
  // CHECK: -> tensor<3x5x4xf32>
  %0 = "stablehlo.gather"(%w, %i) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, slice_sizes = array<i64: 1, 4>}> : (tensor<10x4xf32>, tensor<3x5x1xi32>) -> tensor<3x5x4xf32>
  // The index vector is implicit: one index each.
  // CHECK: -> tensor<4x3xf32>
  %1 = "stablehlo.gather"(%w, %j) <{dimension_numbers = #stablehlo.gather<offset_dims = [0], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1, 4>}> : (tensor<10x4xf32>, tensor<3xi32>) -> tensor<4x3xf32>
  // CHECK: -> tensor<6x2x2x3xi32>
  %2 = "stablehlo.gather"(%x, %k) <{dimension_numbers = #stablehlo.gather<offset_dims = [2, 3], collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [1], start_index_map = [2, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1, 2, 3>}> : (tensor<2x3x4x5xi32>, tensor<6x2x2xi64>) -> tensor<6x2x2x3xi32>
  return
}

// CHECK-LABEL: func.func @scatters
func.func @scatters(%a: tensor<10x4xf32>, %i: tensor<3x1xi32>, %u: tensor<3x4xf32>) {
  // CHECK: "stablehlo.scatter"
  // CHECK: -> tensor<10x4xf32>
  %0 = "stablehlo.scatter"(%a, %i, %u) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %s = stablehlo.add %x, %y : tensor<f32>
    stablehlo.return %s : tensor<f32>
  }) : (tensor<10x4xf32>, tensor<3x1xi32>, tensor<3x4xf32>) -> tensor<10x4xf32>
  return
}

// CHECK-LABEL: func.func @sorts
func.func @sorts(%a: tensor<2x3xf32>, %b: tensor<2x3xi32>) {
  // CHECK: "stablehlo.sort"
  // CHECK: -> (tensor<2x3xf32>, tensor<2x3xi32>)
  %0:2 = "stablehlo.sort"(%a, %b) <{dimension = -1 : i64, is_stable = true}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>, %z: tensor<i32>, %w: tensor<i32>):
    %p = stablehlo.compare LT, %x, %y : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  }) : (tensor<2x3xf32>, tensor<2x3xi32>) -> (tensor<2x3xf32>, tensor<2x3xi32>)
  return
}
