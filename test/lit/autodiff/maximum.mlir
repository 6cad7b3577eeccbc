// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// The larger operand takes the cotangent.

func.func @f(%a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
  %0 = stablehlo.maximum %a, %b : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]: {{.*}}%[[ARG2:[^ :]+]]:
// CHECK: %[[V3:[^ :,)]+]] = stablehlo.constant dense<0.000000e+00> : tensor<4xf32>
// CHECK: %[[V4:[^ :,)]+]] = stablehlo.constant dense<5.000000e-01> : tensor<4xf32>
// CHECK: %[[V5:[^ :,)]+]] = stablehlo.compare LT, %[[ARG0]], %[[ARG1]], FLOAT
// CHECK: %[[V6:[^ :,)]+]] = stablehlo.compare EQ, %[[ARG0]], %[[ARG1]], FLOAT
// CHECK: %[[V7:[^ :,)]+]] = stablehlo.multiply %[[ARG2]], %[[V4]]
// CHECK: %[[V8:[^ :,)]+]] = stablehlo.select %[[V6]], %[[V7]], %[[ARG2]]
// CHECK: %[[V9:[^ :,)]+]] = stablehlo.select %[[V5]], %[[V3]], %[[V8]]
// CHECK: %[[V10:[^ :,)]+]] = stablehlo.compare LT, %[[ARG1]], %[[ARG0]], FLOAT
// CHECK: %[[V11:[^ :,)]+]] = stablehlo.select %[[V10]], %[[V3]], %[[V8]]
// CHECK: return %[[V9]], %[[V11]]

func.func private @f_grad(tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)

func.func @main() {
  %a = stablehlo.constant dense<[1.5, -0.5, 2.0, 0.25]> : tensor<4xf32>
  %b = stablehlo.constant dense<[0.5, 1.0, 2.0, 4.0]> : tensor<4xf32>
  %ct = stablehlo.constant dense<[1.0, 2.0, -1.0, 0.5]> : tensor<4xf32>
  %g:2 = func.call @f_grad(%a, %b, %ct) : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  check.expect_almost_eq_const %g#0, dense<[1.0, 0.0, -0.5, 0.0]> : tensor<4xf32>
  check.expect_almost_eq_const %g#1, dense<[0.0, 2.0, -0.5, 0.5]> : tensor<4xf32>
  return
}
