// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// d(a rem b) = da - trunc(a/b) db.

func.func @f(%a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
  %0 = stablehlo.remainder %a, %b : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]: {{.*}}%[[ARG2:[^ :]+]]:
// CHECK: %[[V3:[^ :,)]+]] = stablehlo.divide %[[ARG0]], %[[ARG1]]
// CHECK: %[[V4:[^ :,)]+]] = stablehlo.sign %[[V3]]
// CHECK: %[[V5:[^ :,)]+]] = stablehlo.abs %[[V3]]
// CHECK: %[[V6:[^ :,)]+]] = stablehlo.floor %[[V5]]
// CHECK: %[[V7:[^ :,)]+]] = stablehlo.multiply %[[V4]], %[[V6]]
// CHECK: %[[V8:[^ :,)]+]] = stablehlo.multiply %[[ARG2]], %[[V7]]
// CHECK: %[[V9:[^ :,)]+]] = stablehlo.negate %[[V8]]
// CHECK: return %[[ARG2]], %[[V9]]

func.func private @f_grad(tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)

func.func @main() {
  %a = stablehlo.constant dense<[5.5, -7.25, 2.0, 0.5]> : tensor<4xf32>
  %b = stablehlo.constant dense<[2.0, 3.0, -0.75, 4.0]> : tensor<4xf32>
  %ct = stablehlo.constant dense<[1.0, 2.0, -1.0, 0.5]> : tensor<4xf32>
  %g:2 = func.call @f_grad(%a, %b, %ct) : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  check.expect_almost_eq_const %g#0, dense<[1.0, 2.0, -1.0, 0.5]> : tensor<4xf32>
  check.expect_almost_eq_const %g#1, dense<[-2.0, 4.0, -2.0, -0.0]> : tensor<4xf32>
  return
}
