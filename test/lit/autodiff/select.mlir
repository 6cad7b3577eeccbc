// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// The cotangent goes where the predicate chose.

func.func @f(%p: tensor<4xi1>, %a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
  %0 = stablehlo.select %p, %a, %b : tensor<4xi1>, tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]: {{.*}}%[[ARG2:[^ :]+]]: {{.*}}%[[ARG3:[^ :]+]]:
// CHECK: %[[V4:[^ :,)]+]] = stablehlo.constant dense<false> : tensor<4xi1>
// CHECK: %[[V5:[^ :,)]+]] = stablehlo.constant dense<0.000000e+00> : tensor<4xf32>
// CHECK: %[[V6:[^ :,)]+]] = stablehlo.select %[[ARG0]], %[[ARG3]], %[[V5]]
// CHECK: %[[V7:[^ :,)]+]] = stablehlo.select %[[ARG0]], %[[V5]], %[[ARG3]]
// CHECK: return %[[V4]], %[[V6]], %[[V7]]

func.func private @f_grad(tensor<4xi1>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xi1>, tensor<4xf32>, tensor<4xf32>)

func.func @main() {
  %p = stablehlo.constant dense<[true, false, false, true]> : tensor<4xi1>
  %a = stablehlo.constant dense<[1.5, -0.5, 2.0, 0.25]> : tensor<4xf32>
  %b = stablehlo.constant dense<[0.5, 1.0, 2.0, 4.0]> : tensor<4xf32>
  %ct = stablehlo.constant dense<[1.0, 2.0, -1.0, 0.5]> : tensor<4xf32>
  %g:3 = func.call @f_grad(%p, %a, %b, %ct) : (tensor<4xi1>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xi1>, tensor<4xf32>, tensor<4xf32>)
  check.expect_eq_const %g#0, dense<false> : tensor<4xi1>
  check.expect_almost_eq_const %g#1, dense<[1.0, 0.0, 0.0, 0.5]> : tensor<4xf32>
  check.expect_almost_eq_const %g#2, dense<[0.0, 2.0, -1.0, 0.0]> : tensor<4xf32>
  return
}
