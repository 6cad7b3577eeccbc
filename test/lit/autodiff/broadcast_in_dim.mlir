// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// Cotangents are summed over what was repeated.

func.func @f(%x: tensor<2x1xf32>) -> tensor<3x2x2xf32> {
  %0 = stablehlo.broadcast_in_dim %x, dims = [1, 2] : (tensor<2x1xf32>) -> tensor<3x2x2xf32>
  return %0 : tensor<3x2x2xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]:
// CHECK: %[[V2:[^ :,)]+]] = stablehlo.constant dense<0.000000e+00> : tensor<f32>
// CHECK: %[[V3:[^ :,)]+]] = stablehlo.reduce(%[[ARG1]] init: %[[V2]]) applies stablehlo.add across dimensions = [0, 2]
// CHECK: %[[V4:[^ :,)]+]] = stablehlo.reshape %[[V3]]
// CHECK: return %[[V4]]

func.func private @f_grad(tensor<2x1xf32>, tensor<3x2x2xf32>) -> tensor<2x1xf32>

func.func @main() {
  %x = stablehlo.constant dense<[[1.0], [2.0]]> : tensor<2x1xf32>
  %ct = stablehlo.constant dense<[[[0.0, 1.0], [2.0, 3.0]], [[4.0, 5.0], [6.0, 7.0]], [[8.0, 9.0], [10.0, 11.0]]]> : tensor<3x2x2xf32>
  %g = func.call @f_grad(%x, %ct) : (tensor<2x1xf32>, tensor<3x2x2xf32>) -> tensor<2x1xf32>
  check.expect_almost_eq_const %g, dense<[[27.0], [39.0]]> : tensor<2x1xf32>
  return
}
