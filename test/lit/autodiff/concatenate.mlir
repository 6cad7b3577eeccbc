// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// Each operand takes its slice.

func.func @f(%a: tensor<2x1xf32>, %b: tensor<2x2xf32>) -> tensor<2x3xf32> {
  %0 = stablehlo.concatenate %a, %b, dim = 1 : (tensor<2x1xf32>, tensor<2x2xf32>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]: {{.*}}%[[ARG2:[^ :]+]]:
// CHECK: %[[V3:[^ :,)]+]] = stablehlo.slice %[[ARG2]] [0:2, 0:1]
// CHECK: %[[V4:[^ :,)]+]] = stablehlo.slice %[[ARG2]] [0:2, 1:3]
// CHECK: return %[[V3]], %[[V4]]

func.func private @f_grad(tensor<2x1xf32>, tensor<2x2xf32>, tensor<2x3xf32>) -> (tensor<2x1xf32>, tensor<2x2xf32>)

func.func @main() {
  %a = stablehlo.constant dense<[[1.0], [2.0]]> : tensor<2x1xf32>
  %b = stablehlo.constant dense<[[3.0, 4.0], [5.0, 6.0]]> : tensor<2x2xf32>
  %ct = stablehlo.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32>
  %g:2 = func.call @f_grad(%a, %b, %ct) : (tensor<2x1xf32>, tensor<2x2xf32>, tensor<2x3xf32>) -> (tensor<2x1xf32>, tensor<2x2xf32>)
  check.expect_almost_eq_const %g#0, dense<[[1.0], [4.0]]> : tensor<2x1xf32>
  check.expect_almost_eq_const %g#1, dense<[[2.0, 3.0], [5.0, 6.0]]> : tensor<2x2xf32>
  return
}
