// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// Integers carry no gradient; what is made of them is a constant factor.

func.func @f(%x: tensor<4xf32>, %i: tensor<4xi32>) -> tensor<4xf32> {
  %c = stablehlo.constant dense<3> : tensor<4xi32>
  %0 = stablehlo.and %i, %c : tensor<4xi32>
  %1 = stablehlo.convert %0 : (tensor<4xi32>) -> tensor<4xf32>
  %2 = stablehlo.multiply %1, %x : tensor<4xf32>
  return %2 : tensor<4xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]: {{.*}}%[[ARG2:[^ :]+]]:
// CHECK: %[[V3:[^ :,)]+]] = stablehlo.constant dense<0> : tensor<4xi32>
// CHECK: %[[V4:[^ :,)]+]] = stablehlo.constant dense<3> : tensor<4xi32>
// CHECK: %[[V5:[^ :,)]+]] = stablehlo.and %[[ARG1]], %[[V4]]
// CHECK: %[[V6:[^ :,)]+]] = stablehlo.convert %[[V5]]
// CHECK: %[[V7:[^ :,)]+]] = stablehlo.multiply %[[ARG2]], %[[V6]]
// CHECK: return %[[V7]], %[[V3]]

func.func private @f_grad(tensor<4xf32>, tensor<4xi32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xi32>)

func.func @main() {
  %x = stablehlo.constant dense<[1.5, -0.5, 2.0, 0.25]> : tensor<4xf32>
  %i = stablehlo.constant dense<[1, 6, 9, 40]> : tensor<4xi32>
  %ct = stablehlo.constant dense<[1.0, 2.0, -1.0, 0.5]> : tensor<4xf32>
  %g:2 = func.call @f_grad(%x, %i, %ct) : (tensor<4xf32>, tensor<4xi32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xi32>)
  check.expect_almost_eq_const %g#0, dense<[1.0, 4.0, -1.0, 0.0]> : tensor<4xf32>
  check.expect_eq_const %g#1, dense<0> : tensor<4xi32>
  return
}
