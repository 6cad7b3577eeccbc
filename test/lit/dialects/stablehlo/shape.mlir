// RUN: pcp-opt %s | pcp-opt | FileCheck %s
// RUN: pcp-opt %s --mlir-print-op-generic | pcp-opt | FileCheck %s

// Pretty forms of constants and data movement.

// CHECK-LABEL: func.func @shape
func.func @shape(%arg0: tensor<2x3xf32>, %arg1: tensor<f32>, %arg2: tensor<i64>, %arg3: tensor<1xi64>) {
  // CHECK-NEXT: %c = stablehlo.constant {x = 1 : i32} dense<[1, 2]> : tensor<2xi64>
  %c = stablehlo.constant {x = 1 : i32} dense<[1, 2]> : tensor<2xi64>
  // CHECK-NEXT: %cst = stablehlo.constant dense<0xFF800000> : tensor<f32>
  %cst = stablehlo.constant dense<0xFF800000> : tensor<f32>
  // CHECK-NEXT: %0 = stablehlo.iota dim = 1 : tensor<1x10xf32>
  %0 = stablehlo.iota dim = 1 : tensor<1x10xf32>
  // CHECK-NEXT: %1 = stablehlo.dynamic_iota %arg3, dim = 0 : (tensor<1xi64>) -> tensor<4xi32>
  %1 = stablehlo.dynamic_iota %arg3, dim = 0 : (tensor<1xi64>) -> tensor<4xi32>
  // CHECK-NEXT: %2 = stablehlo.broadcast_in_dim %arg0, dims = [2, 1] : (tensor<2x3xf32>) -> tensor<5x3x2xf32>
  %2 = stablehlo.broadcast_in_dim %arg0, dims = [2, 1] : (tensor<2x3xf32>) -> tensor<5x3x2xf32>
  // CHECK-NEXT: %3 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<f32>) -> tensor<5xf32>
  %3 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<f32>) -> tensor<5xf32>
  // CHECK-NEXT: %4 = stablehlo.reshape %arg0 : (tensor<2x3xf32>) -> tensor<6xf32>
  %4 = stablehlo.reshape %arg0 : (tensor<2x3xf32>) -> tensor<6xf32>
  // CHECK-NEXT: %5 = stablehlo.transpose %arg0, dims = [1, 0] : (tensor<2x3xf32>) -> tensor<3x2xf32>
  %5 = stablehlo.transpose %arg0, dims = [1, 0] : (tensor<2x3xf32>) -> tensor<3x2xf32>
  // CHECK-NEXT: %6 = stablehlo.reverse %arg0, dims = [1] : tensor<2x3xf32>
  %6 = stablehlo.reverse %arg0, dims = [1] : tensor<2x3xf32>
  // CHECK-NEXT: %7 = stablehlo.slice %arg0 [0:2, 0:3:2] : (tensor<2x3xf32>) -> tensor<2x2xf32>
  %7 = stablehlo.slice %arg0 [0:2, 0:3:2] : (tensor<2x3xf32>) -> tensor<2x2xf32>
  // CHECK-NEXT: %8 = stablehlo.pad %arg0, %arg1, low = [0, 1], high = [2, -1], interior = [1, 2] : (tensor<2x3xf32>, tensor<f32>) -> tensor<5x7xf32>
  %8 = stablehlo.pad %arg0, %arg1, low = [0, 1], high = [2, -1], interior = [1, 2] : (tensor<2x3xf32>, tensor<f32>) -> tensor<5x7xf32>
  // CHECK-NEXT: %9 = stablehlo.concatenate %arg0, %arg0, dim = 0 : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<4x3xf32>
  %9 = stablehlo.concatenate %arg0, %arg0, dim = 0 : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<4x3xf32>
  // CHECK-NEXT: %10 = stablehlo.dynamic_slice %arg0, %arg2, %arg2, sizes = [1, 2] : (tensor<2x3xf32>, tensor<i64>, tensor<i64>) -> tensor<1x2xf32>
  %10 = stablehlo.dynamic_slice %arg0, %arg2, %arg2, sizes = [1, 2] : (tensor<2x3xf32>, tensor<i64>, tensor<i64>) -> tensor<1x2xf32>
  // CHECK-NEXT: %11 = stablehlo.dynamic_update_slice %arg0, %10, %arg2, %arg2 : (tensor<2x3xf32>, tensor<1x2xf32>, tensor<i64>, tensor<i64>) -> tensor<2x3xf32>
  %11 = stablehlo.dynamic_update_slice %arg0, %10, %arg2, %arg2 : (tensor<2x3xf32>, tensor<1x2xf32>, tensor<i64>, tensor<i64>) -> tensor<2x3xf32>
  // CHECK-NEXT: %12 = "stablehlo.gather"(%arg0, %c) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 1, 3>}> : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<2x3xf32>
  %12 = "stablehlo.gather"(%arg0, %c) {dimension_numbers = #stablehlo.gather<index_vector_dim = 1, start_index_map = [0], collapsed_slice_dims = [0], offset_dims = [1], operand_batching_dims = []>, slice_sizes = array<i64: 1, 3>, indices_are_sorted = false} : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<2x3xf32>
  // CHECK-NEXT: %13 = "stablehlo.sort"(%arg0) <{dimension = 1 : i64, is_stable = true}> ({
  // CHECK-NEXT: ^bb0(%arg4: tensor<f32>, %arg5: tensor<f32>):
  // CHECK-NEXT:   %16 = stablehlo.compare LT, %arg4, %arg5 : (tensor<f32>, tensor<f32>) -> tensor<i1>
  // CHECK-NEXT:   stablehlo.return %16 : tensor<i1>
  // CHECK-NEXT: }) : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %13 = "stablehlo.sort"(%arg0) <{dimension = 1 : i64, is_stable = true}> ({
    ^entry(%a: tensor<f32>, %b: tensor<f32>):
      %lt = stablehlo.compare LT, %a, %b : (tensor<f32>, tensor<f32>) -> tensor<i1>
      stablehlo.return %lt : tensor<i1>
  }) : (tensor<2x3xf32>) -> tensor<2x3xf32>
  // CHECK-NEXT: %14 = stablehlo.dot %arg0, %5, precision = [HIGH, HIGHEST] : (tensor<2x3xf32>, tensor<3x2xf32>) -> tensor<2x2xf32>
  %14 = stablehlo.dot %arg0, %5, precision = [HIGH, HIGHEST] : (tensor<2x3xf32>, tensor<3x2xf32>) -> tensor<2x2xf32>
  // CHECK-NEXT: %15 = stablehlo.dot_general %2, %2, batching_dims = [0] x [0], contracting_dims = [2] x [2], precision = [DEFAULT, DEFAULT], algorithm = <lhs_precision_type = tf32, rhs_precision_type = tf32, accumulation_type = f32, lhs_component_count = 1, rhs_component_count = 1, num_primitive_operations = 1, allow_imprecise_accumulation = false> : (tensor<5x3x2xf32>, tensor<5x3x2xf32>) -> tensor<5x3x3xf32>
  %15 = stablehlo.dot_general %2, %2, batching_dims = [0] x [0], contracting_dims = [2] x [2], precision = [DEFAULT, DEFAULT], algorithm = <lhs_precision_type = tf32, rhs_precision_type = tf32, accumulation_type = f32, lhs_component_count = 1, rhs_component_count = 1, num_primitive_operations = 1, allow_imprecise_accumulation = false> : (tensor<5x3x2xf32>, tensor<5x3x2xf32>) -> tensor<5x3x3xf32>
  return
}
