// RUN: pcp-opt %s --stablehlo-aggressive-simplification --cse | FileCheck %s

// The example of the tool's README.

// CHECK: func.func @f(%arg0: tensor<2x3xf32>) -> tensor<2x3xf32> {
// CHECK-NEXT: %0 = stablehlo.add %arg0, %arg0 : tensor<2x3xf32>
// CHECK-NEXT: %1 = stablehlo.multiply %0, %0 : tensor<2x3xf32>
// CHECK-NEXT: return %1 : tensor<2x3xf32>
func.func @f(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %0 = stablehlo.transpose %x, dims = [0, 1] : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %1 = stablehlo.add %0, %x : tensor<2x3xf32>
  %2 = stablehlo.add %0, %x : tensor<2x3xf32>
  %3 = stablehlo.multiply %1, %2 : tensor<2x3xf32>
  return %3 : tensor<2x3xf32>
}
