// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// d x^(1/3) = dx / (3 y^2).

func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = stablehlo.cbrt %x : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]:
// CHECK: %[[V2:[^ :,)]+]] = stablehlo.constant dense<3.000000e+00> : tensor<4xf32>
// CHECK: %[[V3:[^ :,)]+]] = stablehlo.cbrt %[[ARG0]]
// CHECK: %[[V4:[^ :,)]+]] = stablehlo.multiply %[[V3]], %[[V3]]
// CHECK: %[[V5:[^ :,)]+]] = stablehlo.multiply %[[V4]], %[[V2]]
// CHECK: %[[V6:[^ :,)]+]] = stablehlo.divide %[[ARG1]], %[[V5]]
// CHECK: return %[[V6]]

func.func private @f_grad(tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>

func.func @main() {
  %x = stablehlo.constant dense<[0.5, 1.0, 2.0, 4.0]> : tensor<4xf32>
  %ct = stablehlo.constant dense<[1.0, 2.0, -1.0, 0.5]> : tensor<4xf32>
  %g = func.call @f_grad(%x, %ct) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  check.expect_almost_eq_const %g, dense<[0.5291337, 0.6666667, -0.2099868, 0.0661417]> : tensor<4xf32>
  return
}
