// RUN: pcp-opt %s | FileCheck %s
// Result types of contractions are written; their shapes follow from the operands, their elements are free.

// CHECK-LABEL: func.func @dots
func.func @dots(%a: tensor<2x3x4xbf16>, %b: tensor<2x4x5xbf16>, %v: tensor<4xbf16>) {
  // CHECK: stablehlo.dot_general {{.*}} -> tensor<2x3x5xf32>
  %0 = "stablehlo.dot_general"(%a, %b) <{dot_dimension_numbers = #stablehlo.dot<lhs_batching_dimensions = [0], rhs_batching_dimensions = [0], lhs_contracting_dimensions = [2], rhs_contracting_dimensions = [1]>}> : (tensor<2x3x4xbf16>, tensor<2x4x5xbf16>) -> tensor<2x3x5xf32>
  // CHECK: stablehlo.dot_general {{.*}} -> tensor<2x3x4x2x4x5xbf16>
  %1 = "stablehlo.dot_general"(%a, %b) <{dot_dimension_numbers = #stablehlo.dot<>}> : (tensor<2x3x4xbf16>, tensor<2x4x5xbf16>) -> tensor<2x3x4x2x4x5xbf16>
  // CHECK: stablehlo.dot %{{.*}}, %{{.*}} : (tensor<4xbf16>, tensor<4xbf16>) -> tensor<bf16>
  %2 = "stablehlo.dot"(%v, %v) : (tensor<4xbf16>, tensor<4xbf16>) -> tensor<bf16>
  return
}
