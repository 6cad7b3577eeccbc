// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// d(e^x - 1) = (y + 1) dx.

func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = stablehlo.exponential_minus_one %x : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]:
// CHECK: %[[V2:[^ :,)]+]] = stablehlo.constant dense<1.000000e+00> : tensor<4xf32>
// CHECK: %[[V3:[^ :,)]+]] = stablehlo.exponential_minus_one %[[ARG0]]
// CHECK: %[[V4:[^ :,)]+]] = stablehlo.add %[[V3]], %[[V2]]
// CHECK: %[[V5:[^ :,)]+]] = stablehlo.multiply %[[ARG1]], %[[V4]]
// CHECK: return %[[V5]]

func.func private @f_grad(tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>

func.func @main() {
  %x = stablehlo.constant dense<[1.5, -0.5, 2.0, 0.25]> : tensor<4xf32>
  %ct = stablehlo.constant dense<[1.0, 2.0, -1.0, 0.5]> : tensor<4xf32>
  %g = func.call @f_grad(%x, %ct) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  check.expect_almost_eq_const %g, dense<[4.481689, 1.2130613, -7.3890562, 0.6420127]> : tensor<4xf32>
  return
}
