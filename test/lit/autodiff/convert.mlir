// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// Cotangents are converted back.

func.func @f(%x: tensor<4xf32>) -> tensor<4xf64> {
  %0 = stablehlo.convert %x : (tensor<4xf32>) -> tensor<4xf64>
  %1 = stablehlo.multiply %0, %0 : tensor<4xf64>
  return %1 : tensor<4xf64>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]:
// CHECK: %[[V2:[^ :,)]+]] = stablehlo.constant dense<2.000000e+00> : tensor<4xf64>
// CHECK: %[[V3:[^ :,)]+]] = stablehlo.convert %[[ARG0]]
// CHECK: %[[V4:[^ :,)]+]] = stablehlo.multiply %[[V3]], %[[V2]]
// CHECK: %[[V5:[^ :,)]+]] = stablehlo.multiply %[[V4]], %[[ARG1]]
// CHECK: %[[V6:[^ :,)]+]] = stablehlo.convert %[[V5]]
// CHECK: return %[[V6]]

func.func private @f_grad(tensor<4xf32>, tensor<4xf64>) -> tensor<4xf32>

func.func @main() {
  %x = stablehlo.constant dense<[1.5, -0.5, 2.0, 0.25]> : tensor<4xf32>
  %ct = stablehlo.constant dense<[1.0, 2.0, -1.0, 0.5]> : tensor<4xf64>
  %g = func.call @f_grad(%x, %ct) : (tensor<4xf32>, tensor<4xf64>) -> tensor<4xf32>
  check.expect_almost_eq_const %g, dense<[3.0, -2.0, -4.0, 0.25]> : tensor<4xf32>
  return
}
