// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// Both gradients of x W^T contract without a transpose.

func.func @f(%x: tensor<2x3xf32>, %w: tensor<2x3xf32>) -> tensor<2x2xf32> {
  %0 = stablehlo.transpose %w, dims = [1, 0] : (tensor<2x3xf32>) -> tensor<3x2xf32>
  %1 = stablehlo.dot_general %x, %0, contracting_dims = [1] x [0] : (tensor<2x3xf32>, tensor<3x2xf32>) -> tensor<2x2xf32>
  return %1 : tensor<2x2xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]: {{.*}}%[[ARG2:[^ :]+]]:
// CHECK: %[[V3:[^ :,)]+]] = stablehlo.dot_general %[[ARG2]], %[[ARG1]], contracting_dims = [1] x [0]
// CHECK: %[[V4:[^ :,)]+]] = stablehlo.dot_general %[[ARG2]], %[[ARG0]], contracting_dims = [0] x [0]
// CHECK: return %[[V3]], %[[V4]]
// CHECK-NOT: stablehlo.transpose

func.func private @f_grad(tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x2xf32>) -> (tensor<2x3xf32>, tensor<2x3xf32>)

func.func @main() {
  %x = stablehlo.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32>
  %w = stablehlo.constant dense<[[1.0, 0.0, -1.0], [2.0, 0.5, 1.0]]> : tensor<2x3xf32>
  %ct = stablehlo.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %g:2 = func.call @f_grad(%x, %w, %ct) : (tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x2xf32>) -> (tensor<2x3xf32>, tensor<2x3xf32>)
  check.expect_almost_eq_const %g#0, dense<[[5.0, 1.0, 1.0], [11.0, 2.0, 1.0]]> : tensor<2x3xf32>
  check.expect_almost_eq_const %g#1, dense<[[13.0, 17.0, 21.0], [18.0, 24.0, 30.0]]> : tensor<2x3xf32>
  return
}
