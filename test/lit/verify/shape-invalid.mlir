// RUN: pcp-opt %s --split-input-file --verify-diagnostics
// One function per constraint of the specification that an op of the shape family breaks.

func.func @broadcast_in_dim_c1(%a: tensor<3xf32>) {
  // expected-error@+1 {{'stablehlo.broadcast_in_dim' op requires compatible element types for all operands and results [C1]}}
  %0 = "stablehlo.broadcast_in_dim"(%a) {broadcast_dimensions = array<i64: 1>} : (tensor<3xf32>) -> tensor<2x3xi32>
  return
}

// -----

func.func @broadcast_in_dim_c2(%a: tensor<3xf32>) {
  // expected-error@+1 {{broadcast_dimensions size (0) does not match operand rank (1) [C2]}}
  %0 = "stablehlo.broadcast_in_dim"(%a) {broadcast_dimensions = array<i64>} : (tensor<3xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @broadcast_in_dim_c3(%a: tensor<3xf32>) {
  // expected-error@+1 {{broadcast_dimensions contains invalid value 2 for result with rank 2 [C3]}}
  %0 = "stablehlo.broadcast_in_dim"(%a) {broadcast_dimensions = array<i64: 2>} : (tensor<3xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @broadcast_in_dim_c3_2(%a: tensor<3xf32>) {
  // expected-error@+1 {{broadcast_dimensions contains invalid value -1 for result with rank 2 [C3]}}
  %0 = "stablehlo.broadcast_in_dim"(%a) {broadcast_dimensions = array<i64: -1>} : (tensor<3xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @broadcast_in_dim_c4(%a: tensor<2x2xf32>) {
  // expected-error@+1 {{broadcast_dimensions should not have duplicates [C4]}}
  %0 = "stablehlo.broadcast_in_dim"(%a) {broadcast_dimensions = array<i64: 1, 1>} : (tensor<2x2xf32>) -> tensor<2x2xf32>
  return
}

// -----

func.func @broadcast_in_dim_c5(%a: tensor<2xf32>) {
  // expected-error@+1 {{size of operand dimension 0 (2) is not equal to 1 or size of result dimension 1 (3) [C5]}}
  %0 = "stablehlo.broadcast_in_dim"(%a) {broadcast_dimensions = array<i64: 1>} : (tensor<2xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @concatenate_c1(%a: tensor<4xf32>, %b: tensor<4xi32>) {
  // expected-error@+1 {{'stablehlo.concatenate' op requires the same element type for all operands and results [C1]}}
  %0 = "stablehlo.concatenate"(%a, %b) {dimension = 0 : i64} : (tensor<4xf32>, tensor<4xi32>) -> tensor<8xf32>
  return
}

// -----

func.func @concatenate_c2(%a: tensor<4x2xf32>, %b: tensor<4x3xf32>) {
  // expected-error@+2 {{shapes of operand (0) and (1) are not compatible at non-concat index 1: (4, 2) != (4, 3) [C2]}}
  // expected-error@+1 {{'stablehlo.concatenate' op failed to infer returned types}}
  %0 = "stablehlo.concatenate"(%a, %b) {dimension = 0 : i64} : (tensor<4x2xf32>, tensor<4x3xf32>) -> tensor<8x2xf32>
  return
}

// -----

func.func @concatenate_c2_2(%a: tensor<4x2xf32>, %b: tensor<4xf32>) {
  // expected-error@+2 {{operands (0) and (1) do not match rank [C2]}}
  // expected-error@+1 {{'stablehlo.concatenate' op failed to infer returned types}}
  %0 = "stablehlo.concatenate"(%a, %b) {dimension = 0 : i64} : (tensor<4x2xf32>, tensor<4xf32>) -> tensor<8x2xf32>
  return
}

// -----

func.func @concatenate_c3() {
  // expected-error@+1 {{'stablehlo.concatenate' op expected 1 or more operands, but found 0 [C3]}}
  %0 = "stablehlo.concatenate"() {dimension = 0 : i64} : () -> tensor<8x2xf32>
  return
}

// -----

func.func @concatenate_c4(%a: tensor<4x2xf32>) {
  // expected-error@+2 {{dimension 2 is out-of-bounds for input rank 2 [C4]}}
  // expected-error@+1 {{'stablehlo.concatenate' op failed to infer returned types}}
  %0 = "stablehlo.concatenate"(%a, %a) {dimension = 2 : i64} : (tensor<4x2xf32>, tensor<4x2xf32>) -> tensor<8x2xf32>
  return
}

// -----

func.func @concatenate_c4_2(%a: tensor<4x2xf32>) {
  // expected-error@+1 {{'stablehlo.concatenate' op attribute 'dimension' failed to satisfy constraint: 64-bit signless integer attribute whose value is non-negative [C4]}}
  %0 = "stablehlo.concatenate"(%a, %a) {dimension = -2 : i64} : (tensor<4x2xf32>, tensor<4x2xf32>) -> tensor<8x2xf32>
  return
}

// -----

func.func @concatenate_c4_3(%a: tensor<f32>) {
  // expected-error@+2 {{rank-0 values cannot be concatenated [C4]}}
  // expected-error@+1 {{'stablehlo.concatenate' op failed to infer returned types}}
  %0 = "stablehlo.concatenate"(%a, %a) {dimension = 0 : i64} : (tensor<f32>, tensor<f32>) -> tensor<2xf32>
  return
}

// -----

func.func @concatenate_c5(%a: tensor<4x2xf32>) {
  // expected-error@+1 {{'stablehlo.concatenate' op requires the same element type for all operands and results [C5]}}
  %0 = "stablehlo.concatenate"(%a, %a) {dimension = 0 : i64} : (tensor<4x2xf32>, tensor<4x2xf32>) -> tensor<8x2xi32>
  return
}

// -----

func.func @concatenate_c6(%a: tensor<4x2xf32>) {
  // expected-error@+2 {{'stablehlo.concatenate' op inferred type(s) 'tensor<8x2xf32>' are incompatible with return type(s) of operation 'tensor<9x2xf32>' [C6]}}
  // expected-error@+1 {{'stablehlo.concatenate' op failed to infer returned types}}
  %0 = "stablehlo.concatenate"(%a, %a) {dimension = 0 : i64} : (tensor<4x2xf32>, tensor<4x2xf32>) -> tensor<9x2xf32>
  return
}

// -----

func.func @constant_c1() {
  // expected-error@+2 {{'stablehlo.constant' op inferred type(s) 'tensor<2xi32>' are incompatible with return type(s) of operation 'tensor<3xi32>' [C1]}}
  // expected-error@+1 {{'stablehlo.constant' op failed to infer returned types}}
  %0 = "stablehlo.constant"() {value = dense<1> : tensor<2xi32>} : () -> tensor<3xi32>
  return
}

// -----

func.func @constant_c1_2() {
  // expected-error@+1 {{'stablehlo.constant' op attribute 'value' failed to satisfy constraint: constant vector/tensor attribute}}
  %0 = "stablehlo.constant"() {value = 1 : i32} : () -> tensor<3xi32>
  return
}

// -----

func.func @dynamic_iota_c1(%s: tensor<2xi64>) {
  // expected-error@+1 {{iota dimension cannot go beyond the output rank. [C1]}}
  %0 = "stablehlo.dynamic_iota"(%s) {iota_dimension = 2 : i64} : (tensor<2xi64>) -> tensor<?x?xi32>
  return
}

// -----

func.func @dynamic_iota_c1_2(%s: tensor<2xi64>) {
  // expected-error@+1 {{'stablehlo.dynamic_iota' op attribute 'iota_dimension' failed to satisfy constraint: 64-bit signless integer attribute whose value is non-negative [C1]}}
  %0 = "stablehlo.dynamic_iota"(%s) {iota_dimension = -2 : i64} : (tensor<2xi64>) -> tensor<?x?xi32>
  return
}

// -----

func.func @iota_c1() {
  // expected-error@+1 {{iota dimension cannot go beyond the output rank. [C1]}}
  %0 = "stablehlo.iota"() {iota_dimension = 2 : i64} : () -> tensor<3x2xi32>
  return
}

// -----

func.func @iota_c1_2() {
  // expected-error@+1 {{'stablehlo.iota' op attribute 'iota_dimension' failed to satisfy constraint: 64-bit signless integer attribute whose value is non-negative [C1]}}
  %0 = "stablehlo.iota"() {iota_dimension = -1 : i64} : () -> tensor<3x2xi32>
  return
}

// -----

func.func @iota_c1_3() {
  // expected-error@+1 {{does not support scalars. [C1]}}
  %0 = "stablehlo.iota"() {iota_dimension = 0 : i64} : () -> tensor<i32>
  return
}

// -----

func.func @iota_c1_4() {
  // expected-error@+1 {{'stablehlo.iota' op result #0 must be statically shaped tensor of 2/4/8/16/32/64-bit integer or 4/6/8/16/32/64-bit float or complex type with 32/64-bit float elements or per-tensor integer quantized values, but got 'tensor<2xi1>'}}
  %0 = "stablehlo.iota"() {iota_dimension = 0 : i64} : () -> tensor<2xi1>
  return
}

// -----

func.func @iota_c1_5() {
  // expected-error@+1 {{'stablehlo.iota' op attribute 'iota_dimension' failed to satisfy constraint: 64-bit signless integer attribute whose value is non-negative}}
  %0 = "stablehlo.iota"() {iota_dimension = 0 : i32} : () -> tensor<2xi32>
  return
}

// -----

func.func @pad_c1(%a: tensor<4xf32>, %v: tensor<i32>) {
  // expected-error@+1 {{'stablehlo.pad' op requires the same element type for all operands and results [C1]}}
  %0 = "stablehlo.pad"(%a, %v) {edge_padding_low = array<i64: 0>, edge_padding_high = array<i64: 2>, interior_padding = array<i64: 0>} : (tensor<4xf32>, tensor<i32>) -> tensor<6xf32>
  return
}

// -----

func.func @pad_c1_2(%a: tensor<4xf32>, %v: tensor<1xf32>) {
  // expected-error@+1 {{'stablehlo.pad' op operand #1 must be 0D tensor of 4/6/8/16/32/64-bit float or bool or 2/4/8/16/32/64-bit integer or complex type with 32/64-bit float elements or per-tensor integer quantized values, but got 'tensor<1xf32>'}}
  %0 = "stablehlo.pad"(%a, %v) {edge_padding_low = array<i64: 0>, edge_padding_high = array<i64: 2>, interior_padding = array<i64: 0>} : (tensor<4xf32>, tensor<1xf32>) -> tensor<6xf32>
  return
}

// -----

func.func @pad_c2(%a: tensor<4xf32>, %v: tensor<f32>) {
  // expected-error@+1 {{'stablehlo.pad' op failed to verify that all of {edge_padding_low, edge_padding_high, interior_padding} have same size [C2]}}
  %0 = "stablehlo.pad"(%a, %v) {edge_padding_low = array<i64: 0, 0>, edge_padding_high = array<i64: 2>, interior_padding = array<i64: 0>} : (tensor<4xf32>, tensor<f32>) -> tensor<6xf32>
  return
}

// -----

func.func @pad_c2_2(%a: tensor<4xf32>, %v: tensor<f32>) {
  // expected-error@+2 {{edge_padding_low length (2) must match operand rank (1) [C2]}}
  // expected-error@+1 {{'stablehlo.pad' op failed to infer returned types}}
  %0 = "stablehlo.pad"(%a, %v) {edge_padding_low = array<i64: 0, 0>, edge_padding_high = array<i64: 2, 0>, interior_padding = array<i64: 0, 0>} : (tensor<4xf32>, tensor<f32>) -> tensor<6xf32>
  return
}

// -----

func.func @pad_c3(%a: tensor<4xf32>, %v: tensor<f32>) {
  // expected-error@+2 {{Interior padding cannot be negative: -1 [C3]}}
  // expected-error@+1 {{'stablehlo.pad' op failed to infer returned types}}
  %0 = "stablehlo.pad"(%a, %v) {edge_padding_low = array<i64: 0>, edge_padding_high = array<i64: 2>, interior_padding = array<i64: -1>} : (tensor<4xf32>, tensor<f32>) -> tensor<6xf32>
  return
}

// -----

func.func @pad_c4(%a: tensor<4xf32>, %v: tensor<f32>) {
  // expected-error@+2 {{'stablehlo.pad' op inferred type(s) 'tensor<6xf32>' are incompatible with return type(s) of operation 'tensor<7xf32>' [C4]}}
  // expected-error@+1 {{'stablehlo.pad' op failed to infer returned types}}
  %0 = "stablehlo.pad"(%a, %v) {edge_padding_low = array<i64: 0>, edge_padding_high = array<i64: 2>, interior_padding = array<i64: 0>} : (tensor<4xf32>, tensor<f32>) -> tensor<7xf32>
  return
}

// -----

func.func @pad_c4_2(%a: tensor<4xf32>, %v: tensor<f32>) {
  // expected-error@+2 {{Padding result in negative size for dimension 0 [C4]}}
  // expected-error@+1 {{'stablehlo.pad' op failed to infer returned types}}
  %0 = "stablehlo.pad"(%a, %v) {edge_padding_low = array<i64: -3>, edge_padding_high = array<i64: -2>, interior_padding = array<i64: 0>} : (tensor<4xf32>, tensor<f32>) -> tensor<7xf32>
  return
}

// -----

func.func @reshape_c1(%a: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.reshape' op requires compatible element types for all operands and results [C1]}}
  %0 = "stablehlo.reshape"(%a) : (tensor<2xf32>) -> tensor<2x1xi32>
  return
}

// -----

func.func @reshape_c2(%a: tensor<2xf32>) {
  // expected-error@+1 {{number of output elements (4) doesn't match expected number of elements (2) [C2]}}
  %0 = "stablehlo.reshape"(%a) : (tensor<2xf32>) -> tensor<2x2xf32>
  return
}

// -----

func.func @reverse_c1(%a: tensor<2xf32>) {
  // expected-error@+2 {{'stablehlo.reverse' op inferred type(s) 'tensor<2xf32>' are incompatible with return type(s) of operation 'tensor<3xf32>' [C1]}}
  // expected-error@+1 {{'stablehlo.reverse' op failed to infer returned types}}
  %0 = "stablehlo.reverse"(%a) {dimensions = array<i64: 0>} : (tensor<2xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @reverse_element(%a: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.reverse' op requires the same element type for all operands and results}}
  %0 = "stablehlo.reverse"(%a) {dimensions = array<i64: 0>} : (tensor<2xf32>) -> tensor<2xf16>
  return
}

// -----

func.func @reverse_c2(%a: tensor<2xf32>) {
  // expected-error@+1 {{dimensions should be unique. Got: 0, 0 [C2]}}
  %0 = "stablehlo.reverse"(%a) {dimensions = array<i64: 0, 0>} : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @reverse_c3(%a: tensor<2xf32>) {
  // expected-error@+1 {{all dimensions should be between [0, 1). Got dimension: 1. [C3]}}
  %0 = "stablehlo.reverse"(%a) {dimensions = array<i64: 1>} : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @reverse_c3_2(%a: tensor<2xf32>) {
  // expected-error@+1 {{all dimensions should be non-negative. Got dimension: -1. [C3]}}
  %0 = "stablehlo.reverse"(%a) {dimensions = array<i64: -1>} : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @slice_c3_bounded(%a: tensor<?x3xf32, #stablehlo.bounds<4, ?>>) {
  // expected-error@+2 {{limit index 9 is larger than dimension bound 4 in dimension 0 [C3]}}
  // expected-error@+1 {{'stablehlo.slice' op failed to infer returned types}}
  %0 = "stablehlo.slice"(%a) {start_indices = array<i64: 0, 0>, limit_indices = array<i64: 9, 3>, strides = array<i64: 1, 1>} : (tensor<?x3xf32, #stablehlo.bounds<4, ?>>) -> tensor<9x3xf32>
  return
}

// -----

func.func @slice_c1(%a: tensor<4xf32>) {
  // expected-error@+1 {{'stablehlo.slice' op requires the same element type for all operands and results [C1]}}
  %0 = "stablehlo.slice"(%a) {start_indices = array<i64: 0>, limit_indices = array<i64: 2>, strides = array<i64: 1>} : (tensor<4xf32>) -> tensor<2xi32>
  return
}

// -----

func.func @slice_c2(%a: tensor<4xf32>) {
  // expected-error@+1 {{'stablehlo.slice' op failed to verify that all of {start_indices, limit_indices, strides} have same size [C2]}}
  %0 = "stablehlo.slice"(%a) {start_indices = array<i64: 0, 0>, limit_indices = array<i64: 2>, strides = array<i64: 1>} : (tensor<4xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @slice_c2_2(%a: tensor<4xf32>) {
  // expected-error@+2 {{the number of elements in start_indices (2) does not match the rank of the operand (1) [C2]}}
  // expected-error@+1 {{'stablehlo.slice' op failed to infer returned types}}
  %0 = "stablehlo.slice"(%a) {start_indices = array<i64: 0, 0>, limit_indices = array<i64: 2, 2>, strides = array<i64: 1, 1>} : (tensor<4xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @slice_c3(%a: tensor<4xf32>) {
  // expected-error@+2 {{negative start index -1 in dimension 0 [C3]}}
  // expected-error@+1 {{'stablehlo.slice' op failed to infer returned types}}
  %0 = "stablehlo.slice"(%a) {start_indices = array<i64: -1>, limit_indices = array<i64: 2>, strides = array<i64: 1>} : (tensor<4xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @slice_c3_2(%a: tensor<4xf32>) {
  // expected-error@+2 {{start index 3 is larger than limit index 2 in dimension 0 [C3]}}
  // expected-error@+1 {{'stablehlo.slice' op failed to infer returned types}}
  %0 = "stablehlo.slice"(%a) {start_indices = array<i64: 3>, limit_indices = array<i64: 2>, strides = array<i64: 1>} : (tensor<4xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @slice_c3_3(%a: tensor<4xf32>) {
  // expected-error@+2 {{limit index 5 is larger than dimension size 4 in dimension 0 [C3]}}
  // expected-error@+1 {{'stablehlo.slice' op failed to infer returned types}}
  %0 = "stablehlo.slice"(%a) {start_indices = array<i64: 0>, limit_indices = array<i64: 5>, strides = array<i64: 1>} : (tensor<4xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @slice_c4(%a: tensor<4xf32>) {
  // expected-error@+2 {{stride must be positive but got 0 in dimension 0 [C4]}}
  // expected-error@+1 {{'stablehlo.slice' op failed to infer returned types}}
  %0 = "stablehlo.slice"(%a) {start_indices = array<i64: 0>, limit_indices = array<i64: 2>, strides = array<i64: 0>} : (tensor<4xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @slice_c5(%a: tensor<4xf32>) {
  // expected-error@+2 {{'stablehlo.slice' op inferred type(s) 'tensor<2xf32>' are incompatible with return type(s) of operation 'tensor<3xf32>' [C5]}}
  // expected-error@+1 {{'stablehlo.slice' op failed to infer returned types}}
  %0 = "stablehlo.slice"(%a) {start_indices = array<i64: 0>, limit_indices = array<i64: 2>, strides = array<i64: 1>} : (tensor<4xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @transpose_c1(%a: tensor<2x3xf32>) {
  // expected-error@+1 {{'stablehlo.transpose' op requires compatible element types for all operands and results [C1]}}
  %0 = "stablehlo.transpose"(%a) {permutation = array<i64: 1, 0>} : (tensor<2x3xf32>) -> tensor<3x2xi32>
  return
}

// -----

func.func @transpose_c2(%a: tensor<2x3xf32>) {
  // expected-error@+2 {{TransposeOp operand rank 2 does not match permutation size 1 [C2]}}
  // expected-error@+1 {{'stablehlo.transpose' op failed to infer returned types}}
  %0 = "stablehlo.transpose"(%a) {permutation = array<i64: 1>} : (tensor<2x3xf32>) -> tensor<3x2xf32>
  return
}

// -----

func.func @transpose_c2_2(%a: tensor<2x3xf32>) {
  // expected-error@+2 {{attribute permutation must be a permutation of [0, 1] but got 1, 1 [C2]}}
  // expected-error@+1 {{'stablehlo.transpose' op failed to infer returned types}}
  %0 = "stablehlo.transpose"(%a) {permutation = array<i64: 1, 1>} : (tensor<2x3xf32>) -> tensor<3x2xf32>
  return
}

// -----

func.func @transpose_c2_3(%a: tensor<2x3xf32>) {
  // expected-error@+2 {{attribute permutation must be a permutation of [0, 1] but got 1, 2 [C2]}}
  // expected-error@+1 {{'stablehlo.transpose' op failed to infer returned types}}
  %0 = "stablehlo.transpose"(%a) {permutation = array<i64: 1, 2>} : (tensor<2x3xf32>) -> tensor<3x2xf32>
  return
}

// -----

func.func @transpose_c3(%a: tensor<2x3xf32>) {
  // expected-error@+2 {{'stablehlo.transpose' op inferred type(s) 'tensor<3x2xf32>' are incompatible with return type(s) of operation 'tensor<2x3xf32>' [C3]}}
  // expected-error@+1 {{'stablehlo.transpose' op failed to infer returned types}}
  %0 = "stablehlo.transpose"(%a) {permutation = array<i64: 1, 0>} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @dynamic_iota_c2() {
  %shape = stablehlo.constant dense<[1, 2]> : tensor<2xi64>
  // expected-error@+1 {{output shape [1, 2] is incompatible with return type of operation 'tensor<3x2xi32>' [C2]}}
  %0 = "stablehlo.dynamic_iota"(%shape) <{iota_dimension = 0 : i64}> : (tensor<2xi64>) -> tensor<3x2xi32>
  return
}
