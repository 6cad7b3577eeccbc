// RUN: pcp-opt %s --stablehlo-target-independent-optimization | FileCheck %s

// Folding makes a constant, which simplification then finds.
// CHECK-LABEL: func.func @together(%arg0: tensor<4xf32>) -> tensor<4xf32> {
// CHECK-NEXT: return %arg0 : tensor<4xf32>
// CHECK-NEXT: }
func.func @together(%x: tensor<4xf32>) -> tensor<4xf32> {
  %a = stablehlo.constant dense<2> : tensor<1xi64>
  %b = stablehlo.convert %a : (tensor<1xi64>) -> tensor<1xf32>
  %c = stablehlo.reshape %b : (tensor<1xf32>) -> tensor<f32>
  %d = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<f32>) -> tensor<4xf32>
  %e = stablehlo.subtract %d, %d : tensor<4xf32>
  %f = stablehlo.add %e, %x : tensor<4xf32>
  %p = stablehlo.compare GT, %d, %e, FLOAT : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
  %0 = stablehlo.select %p, %f, %d : tensor<4xi1>, tensor<4xf32>
  return %0 : tensor<4xf32>
}

// Neighbours that are equal splats are joined once, not taken apart again by flattening.
// CHECK-LABEL: func.func @neighbours(%arg0: tensor<2x1xi8>) -> tensor<2x6xi8> {
// CHECK-NEXT: %c = stablehlo.constant dense<3> : tensor<2x5xi8>
// CHECK-NEXT: %0 = stablehlo.concatenate %c, %arg0, dim = 1 : (tensor<2x5xi8>, tensor<2x1xi8>) -> tensor<2x6xi8>
// CHECK-NEXT: return %0 : tensor<2x6xi8>
func.func @neighbours(%x: tensor<2x1xi8>) -> tensor<2x6xi8> {
  %a = stablehlo.constant dense<3> : tensor<2x1xi8>
  %b = stablehlo.constant dense<3> : tensor<2x4xi8>
  %0 = stablehlo.concatenate %a, %b, %x, dim = 1 : (tensor<2x1xi8>, tensor<2x4xi8>, tensor<2x1xi8>) -> tensor<2x6xi8>
  return %0 : tensor<2x6xi8>
}
