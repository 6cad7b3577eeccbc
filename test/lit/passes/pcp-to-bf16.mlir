// RUN: pcp-opt %s --pcp-to-bf16 | FileCheck %s

// Operands are narrowed once each; results stay f32. A barrier follows the contraction that gives the loss's logits.
// CHECK-LABEL: func.func @main(%arg0: tensor<8x16xf32> {pcp.name = "x", pcp.role = "data"}, %arg1: tensor<16x16xf32> {pcp.name = "w", pcp.role = "param"}, %arg2: tensor<16x32xf32> {pcp.name = "v", pcp.role = "param"}) -> (tensor<f32> {pcp.name = "loss", pcp.role = "loss"}) {
// CHECK-NEXT: %0 = stablehlo.convert %arg2 : (tensor<16x32xf32>) -> tensor<16x32xbf16>
// CHECK-NEXT: %1 = stablehlo.convert %arg1 : (tensor<16x16xf32>) -> tensor<16x16xbf16>
// CHECK-NEXT: %2 = stablehlo.convert %arg0 : (tensor<8x16xf32>) -> tensor<8x16xbf16>
// CHECK-NEXT: %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
// CHECK-NEXT: %3 = stablehlo.dot_general %2, %1, contracting_dims = [1] x [0] : (tensor<8x16xbf16>, tensor<16x16xbf16>) -> tensor<8x16xf32>
// CHECK-NEXT: %4 = stablehlo.convert %3 : (tensor<8x16xf32>) -> tensor<8x16xbf16>
// CHECK-NEXT: %5 = stablehlo.dot_general %4, %1, contracting_dims = [1] x [0] : (tensor<8x16xbf16>, tensor<16x16xbf16>) -> tensor<8x16xf32>
// CHECK-NEXT: %6 = stablehlo.convert %5 : (tensor<8x16xf32>) -> tensor<8x16xbf16>
// CHECK-NEXT: %7 = stablehlo.dot_general %6, %0, contracting_dims = [1] x [0] : (tensor<8x16xbf16>, tensor<16x32xbf16>) -> tensor<8x32xf32>
// CHECK-NEXT: %8 = stablehlo.optimization_barrier %7 : tensor<8x32xf32>
// CHECK-NEXT: %9 = stablehlo.tanh %8 : tensor<8x32xf32>
// CHECK-NEXT: %10 = stablehlo.reduce(%9 init: %cst) applies stablehlo.add across dimensions = [0, 1] : (tensor<8x32xf32>, tensor<f32>) -> tensor<f32>
// CHECK-NEXT: return %10 : tensor<f32>
// CHECK-NEXT: }
func.func @main(%x: tensor<8x16xf32> {pcp.name = "x", pcp.role = "data"}, %w: tensor<16x16xf32> {pcp.name = "w", pcp.role = "param"}, %v: tensor<16x32xf32> {pcp.name = "v", pcp.role = "param"}) -> (tensor<f32> {pcp.name = "loss", pcp.role = "loss"}) {
  %z = stablehlo.constant dense<0.000000e+00> : tensor<f32>
  %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (tensor<8x16xf32>, tensor<16x16xf32>) -> tensor<8x16xf32>
  %1 = stablehlo.dot_general %0, %w, contracting_dims = [1] x [0] : (tensor<8x16xf32>, tensor<16x16xf32>) -> tensor<8x16xf32>
  %2 = stablehlo.dot_general %1, %v, contracting_dims = [1] x [0] : (tensor<8x16xf32>, tensor<16x32xf32>) -> tensor<8x32xf32>
  %3 = stablehlo.tanh %2 : tensor<8x32xf32>
  %4 = stablehlo.reduce(%3 init: %z) applies stablehlo.add across dimensions = [0, 1] : (tensor<8x32xf32>, tensor<f32>) -> tensor<f32>
  return %4 : tensor<f32>
}

// CHECK-LABEL: func.func @attention(%arg0: tensor<4x8x16xf32>, %arg1: tensor<4x8x16xf32>) -> tensor<4x8x8xf32> {
// CHECK-NEXT: %0 = stablehlo.convert %arg1 : (tensor<4x8x16xf32>) -> tensor<4x8x16xbf16>
// CHECK-NEXT: %1 = stablehlo.convert %arg0 : (tensor<4x8x16xf32>) -> tensor<4x8x16xbf16>
// CHECK-NEXT: %2 = stablehlo.dot_general %1, %0, batching_dims = [0] x [0], contracting_dims = [2] x [2] : (tensor<4x8x16xbf16>, tensor<4x8x16xbf16>) -> tensor<4x8x8xf32>
// CHECK-NEXT: return %2 : tensor<4x8x8xf32>
// CHECK-NEXT: }
func.func @attention(%q: tensor<4x8x16xf32>, %k: tensor<4x8x16xf32>) -> tensor<4x8x8xf32> {
  %0 = stablehlo.dot_general %q, %k, batching_dims = [0] x [0], contracting_dims = [2] x [2] : (tensor<4x8x16xf32>, tensor<4x8x16xf32>) -> tensor<4x8x8xf32>
  return %0 : tensor<4x8x8xf32>
}

// A value that was bf16 is used as it was.
// CHECK-LABEL: func.func @widened(%arg0: tensor<8x16xbf16>, %arg1: tensor<16x16xf32>) -> tensor<8x16xf32> {
// CHECK-NEXT: %0 = stablehlo.convert %arg1 : (tensor<16x16xf32>) -> tensor<16x16xbf16>
// CHECK-NEXT: %1 = stablehlo.convert %arg0 : (tensor<8x16xbf16>) -> tensor<8x16xf32>
// CHECK-NEXT: %2 = stablehlo.dot_general %arg0, %0, contracting_dims = [1] x [0] : (tensor<8x16xbf16>, tensor<16x16xbf16>) -> tensor<8x16xf32>
// CHECK-NEXT: return %2 : tensor<8x16xf32>
// CHECK-NEXT: }
func.func @widened(%x: tensor<8x16xbf16>, %w: tensor<16x16xf32>) -> tensor<8x16xf32> {
  %0 = stablehlo.convert %x : (tensor<8x16xbf16>) -> tensor<8x16xf32>
  %1 = stablehlo.dot_general %0, %w, contracting_dims = [1] x [0] : (tensor<8x16xf32>, tensor<16x16xf32>) -> tensor<8x16xf32>
  return %1 : tensor<8x16xf32>
}

// CHECK-LABEL: func.func @other_types_stay(%arg0: tensor<8x16xf64>, %arg1: tensor<16x16xf64>) -> tensor<8x16xf64> {
// CHECK-NEXT: %0 = stablehlo.dot_general %arg0, %arg1, contracting_dims = [1] x [0] : (tensor<8x16xf64>, tensor<16x16xf64>) -> tensor<8x16xf64>
// CHECK-NEXT: return %0 : tensor<8x16xf64>
// CHECK-NEXT: }
func.func @other_types_stay(%x: tensor<8x16xf64>, %w: tensor<16x16xf64>) -> tensor<8x16xf64> {
  %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (tensor<8x16xf64>, tensor<16x16xf64>) -> tensor<8x16xf64>
  return %0 : tensor<8x16xf64>
}
