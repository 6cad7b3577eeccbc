// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// d(a - b) = da - db.

func.func @f(%a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
  %0 = stablehlo.subtract %a, %b : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]: {{.*}}%[[ARG2:[^ :]+]]:
// CHECK: %[[V3:[^ :,)]+]] = stablehlo.negate %[[ARG2]]
// CHECK: return %[[ARG2]], %[[V3]]

func.func private @f_grad(tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)

func.func @main() {
  %a = stablehlo.constant dense<[1.5, -0.5, 2.0, 0.25]> : tensor<4xf32>
  %b = stablehlo.constant dense<[0.5, 1.0, 2.0, 4.0]> : tensor<4xf32>
  %ct = stablehlo.constant dense<[1.0, 2.0, -1.0, 0.5]> : tensor<4xf32>
  %g:2 = func.call @f_grad(%a, %b, %ct) : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  check.expect_almost_eq_const %g#0, dense<[1.0, 2.0, -1.0, 0.5]> : tensor<4xf32>
  check.expect_almost_eq_const %g#1, dense<[-1.0, -2.0, 1.0, -0.5]> : tensor<4xf32>
  return
}
