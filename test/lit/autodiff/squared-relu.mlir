// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// From the pre-activation: 2 max(x, 0) g.

func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  %z = stablehlo.constant dense<0.0> : tensor<4xf32>
  %0 = stablehlo.maximum %x, %z : tensor<4xf32>
  %1 = stablehlo.multiply %0, %0 : tensor<4xf32>
  return %1 : tensor<4xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]:
// CHECK: %[[V2:[^ :,)]+]] = stablehlo.constant dense<2.000000e+00> : tensor<4xf32>
// CHECK: %[[V3:[^ :,)]+]] = stablehlo.constant dense<0.000000e+00> : tensor<4xf32>
// CHECK: %[[V4:[^ :,)]+]] = stablehlo.compare GT, %[[ARG0]], %[[V3]], FLOAT
// CHECK: %[[V5:[^ :,)]+]] = stablehlo.multiply %[[ARG0]], %[[V2]]
// CHECK: %[[V6:[^ :,)]+]] = stablehlo.multiply %[[V5]], %[[ARG1]]
// CHECK: %[[V7:[^ :,)]+]] = stablehlo.select %[[V4]], %[[V6]], %[[V3]]
// CHECK: return %[[V7]]

func.func private @f_grad(tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>

func.func @main() {
  %x = stablehlo.constant dense<[1.5, -0.5, 2.0, 0.25]> : tensor<4xf32>
  %ct = stablehlo.constant dense<[1.0, 2.0, -1.0, 0.5]> : tensor<4xf32>
  %g = func.call @f_grad(%x, %ct) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  check.expect_almost_eq_const %g, dense<[3.0, 0.0, -4.0, 0.25]> : tensor<4xf32>
  return
}
