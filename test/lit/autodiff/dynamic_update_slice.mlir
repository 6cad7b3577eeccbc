// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// The update takes its window, the operand the rest.

func.func @f(%x: tensor<6xf32>, %u: tensor<2xf32>, %i: tensor<i32>) -> tensor<6xf32> {
  %0 = stablehlo.dynamic_update_slice %x, %u, %i : (tensor<6xf32>, tensor<2xf32>, tensor<i32>) -> tensor<6xf32>
  return %0 : tensor<6xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]: {{.*}}%[[ARG2:[^ :]+]]: {{.*}}%[[ARG3:[^ :]+]]:
// CHECK: %[[V4:[^ :,)]+]] = stablehlo.constant dense<0> : tensor<i32>
// CHECK: %[[V5:[^ :,)]+]] = stablehlo.constant dense<0.000000e+00> : tensor<2xf32>
// CHECK: %[[V6:[^ :,)]+]] = stablehlo.dynamic_update_slice %[[ARG3]], %[[V5]], %[[ARG2]]
// CHECK: %[[V7:[^ :,)]+]] = stablehlo.dynamic_slice %[[ARG3]], %[[ARG2]], sizes = [2]
// CHECK: return %[[V6]], %[[V7]], %[[V4]]

func.func private @f_grad(tensor<6xf32>, tensor<2xf32>, tensor<i32>, tensor<6xf32>) -> (tensor<6xf32>, tensor<2xf32>, tensor<i32>)

func.func @main() {
  %x = stablehlo.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  %u = stablehlo.constant dense<[7.0, 8.0]> : tensor<2xf32>
  %i = stablehlo.constant dense<1> : tensor<i32>
  %ct = stablehlo.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  %g:3 = func.call @f_grad(%x, %u, %i, %ct) : (tensor<6xf32>, tensor<2xf32>, tensor<i32>, tensor<6xf32>) -> (tensor<6xf32>, tensor<2xf32>, tensor<i32>)
  check.expect_almost_eq_const %g#0, dense<[1.0, 0.0, 0.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  check.expect_almost_eq_const %g#1, dense<[2.0, 3.0]> : tensor<2xf32>
  check.expect_eq_const %g#2, dense<0> : tensor<i32>
  return
}
