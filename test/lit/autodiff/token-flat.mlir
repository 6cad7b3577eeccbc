// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// A linear of rank 3 becomes one of rank 2 over tokens, and so do both gradients; no transpose is emitted.

func.func @f(%x: tensor<2x3x4xf32>, %w: tensor<5x4xf32>) -> tensor<2x3x5xf32> {
  %0 = stablehlo.transpose %w, dims = [1, 0] : (tensor<5x4xf32>) -> tensor<4x5xf32>
  %1 = stablehlo.dot_general %x, %0, contracting_dims = [2] x [0] : (tensor<2x3x4xf32>, tensor<4x5xf32>) -> tensor<2x3x5xf32>
  return %1 : tensor<2x3x5xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-NOT: stablehlo.transpose
// CHECK: stablehlo.dot_general {{.*}} contracting_dims = [1] x [0] : (tensor<6x5xf32>, tensor<5x4xf32>) -> tensor<6x4xf32>
// CHECK: stablehlo.dot_general {{.*}} contracting_dims = [0] x [0] : (tensor<6x5xf32>, tensor<6x4xf32>) -> tensor<5x4xf32>
// CHECK-NOT: stablehlo.transpose
// CHECK: return
