// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// Starts are clamped alike on both ways: 5 means 3 here.

func.func @f(%x: tensor<6xf32>, %i: tensor<i32>) -> tensor<3xf32> {
  %0 = stablehlo.dynamic_slice %x, %i, sizes = [3] : (tensor<6xf32>, tensor<i32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]: {{.*}}%[[ARG2:[^ :]+]]:
// CHECK: %[[V3:[^ :,)]+]] = stablehlo.constant dense<0> : tensor<i32>
// CHECK: %[[V4:[^ :,)]+]] = stablehlo.constant dense<0.000000e+00> : tensor<6xf32>
// CHECK: %[[V5:[^ :,)]+]] = stablehlo.dynamic_update_slice %[[V4]], %[[ARG2]], %[[ARG1]]
// CHECK: return %[[V5]], %[[V3]]

func.func private @f_grad(tensor<6xf32>, tensor<i32>, tensor<3xf32>) -> (tensor<6xf32>, tensor<i32>)

func.func @main() {
  %x = stablehlo.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  %i = stablehlo.constant dense<5> : tensor<i32>
  %ct = stablehlo.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %g:2 = func.call @f_grad(%x, %i, %ct) : (tensor<6xf32>, tensor<i32>, tensor<3xf32>) -> (tensor<6xf32>, tensor<i32>)
  check.expect_almost_eq_const %g#0, dense<[0.0, 0.0, 0.0, 1.0, 2.0, 3.0]> : tensor<6xf32>
  check.expect_eq_const %g#1, dense<0> : tensor<i32>
  return
}
