// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// Calls are inlined.

func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = func.call @square(%x) : (tensor<4xf32>) -> tensor<4xf32>
  %1 = func.call @square(%0) : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

func.func private @square(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = stablehlo.multiply %x, %x : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]:
// CHECK: %[[V2:[^ :,)]+]] = stablehlo.constant dense<2.000000e+00> : tensor<4xf32>
// CHECK: %[[V3:[^ :,)]+]] = stablehlo.multiply %[[ARG0]], %[[ARG0]]
// CHECK: %[[V4:[^ :,)]+]] = stablehlo.multiply %[[V3]], %[[V2]]
// CHECK: %[[V5:[^ :,)]+]] = stablehlo.multiply %[[V4]], %[[ARG1]]
// CHECK: %[[V6:[^ :,)]+]] = stablehlo.multiply %[[ARG0]], %[[V2]]
// CHECK: %[[V7:[^ :,)]+]] = stablehlo.multiply %[[V6]], %[[V5]]
// CHECK: return %[[V7]]

func.func private @f_grad(tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>

func.func @main() {
  %x = stablehlo.constant dense<[1.5, -0.5, 2.0, 0.25]> : tensor<4xf32>
  %ct = stablehlo.constant dense<[1.0, 2.0, -1.0, 0.5]> : tensor<4xf32>
  %g = func.call @f_grad(%x, %ct) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  check.expect_almost_eq_const %g, dense<[13.5, -1.0, -32.0, 0.03125]> : tensor<4xf32>
  return
}
