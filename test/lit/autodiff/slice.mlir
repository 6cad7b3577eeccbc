// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// Windows of one value are put side by side again.

func.func @f(%x: tensor<6xf32>) -> tensor<2xf32> {
  %0 = stablehlo.slice %x [0:2] : (tensor<6xf32>) -> tensor<2xf32>
  %1 = stablehlo.slice %x [4:6] : (tensor<6xf32>) -> tensor<2xf32>
  %2 = stablehlo.multiply %0, %1 : tensor<2xf32>
  return %2 : tensor<2xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]:
// CHECK: %[[V2:[^ :,)]+]] = stablehlo.constant dense<0.000000e+00> : tensor<2xf32>
// CHECK: %[[V3:[^ :,)]+]] = stablehlo.slice %[[ARG0]] [0:2]
// CHECK: %[[V4:[^ :,)]+]] = stablehlo.slice %[[ARG0]] [4:6]
// CHECK: %[[V5:[^ :,)]+]] = stablehlo.multiply %[[ARG1]], %[[V4]]
// CHECK: %[[V6:[^ :,)]+]] = stablehlo.multiply %[[ARG1]], %[[V3]]
// CHECK: %[[V7:[^ :,)]+]] = stablehlo.concatenate %[[V5]], %[[V2]], %[[V6]], dim = 0
// CHECK: return %[[V7]]

func.func private @f_grad(tensor<6xf32>, tensor<2xf32>) -> tensor<6xf32>

func.func @main() {
  %x = stablehlo.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  %ct = stablehlo.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %g = func.call @f_grad(%x, %ct) : (tensor<6xf32>, tensor<2xf32>) -> tensor<6xf32>
  check.expect_almost_eq_const %g, dense<[5.0, 12.0, 0.0, 0.0, 1.0, 4.0]> : tensor<6xf32>
  return
}
