// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// Elements inside take the cotangent; each bound takes the sum over those that it holds.

func.func @f(%l: tensor<f32>, %x: tensor<4xf32>, %h: tensor<f32>) -> tensor<4xf32> {
  %0 = stablehlo.clamp %l, %x, %h : (tensor<f32>, tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]: {{.*}}%[[ARG2:[^ :]+]]: {{.*}}%[[ARG3:[^ :]+]]:
// CHECK: %[[V4:[^ :,)]+]] = stablehlo.constant dense<0.000000e+00> : tensor<f32>
// CHECK: %[[V5:[^ :,)]+]] = stablehlo.constant dense<0.000000e+00> : tensor<4xf32>
// CHECK: %[[V6:[^ :,)]+]] = stablehlo.broadcast_in_dim %[[ARG0]], dims = []
// CHECK: %[[V7:[^ :,)]+]] = stablehlo.broadcast_in_dim %[[ARG2]], dims = []
// CHECK: %[[V8:[^ :,)]+]] = stablehlo.compare LT, %[[ARG1]], %[[V6]], FLOAT
// CHECK: %[[V9:[^ :,)]+]] = stablehlo.compare LT, %[[V6]], %[[V7]], FLOAT
// CHECK: %[[V10:[^ :,)]+]] = stablehlo.and %[[V8]], %[[V9]]
// CHECK: %[[V11:[^ :,)]+]] = stablehlo.select %[[V10]], %[[ARG3]], %[[V5]]
// CHECK: %[[V12:[^ :,)]+]] = stablehlo.reduce(%[[V11]] init: %[[V4]]) applies stablehlo.add across dimensions = [0]
// CHECK: %[[V13:[^ :,)]+]] = stablehlo.compare GT, %[[ARG1]], %[[V6]], FLOAT
// CHECK: %[[V14:[^ :,)]+]] = stablehlo.compare LT, %[[ARG1]], %[[V7]], FLOAT
// CHECK: %[[V15:[^ :,)]+]] = stablehlo.and %[[V13]], %[[V14]]
// CHECK: %[[V16:[^ :,)]+]] = stablehlo.select %[[V15]], %[[ARG3]], %[[V5]]
// CHECK: %[[V17:[^ :,)]+]] = stablehlo.compare GT, %[[ARG1]], %[[V7]], FLOAT
// CHECK: %[[V18:[^ :,)]+]] = stablehlo.compare LT, %[[V7]], %[[V6]], FLOAT
// CHECK: %[[V19:[^ :,)]+]] = stablehlo.or %[[V17]], %[[V18]]
// CHECK: %[[V20:[^ :,)]+]] = stablehlo.select %[[V19]], %[[ARG3]], %[[V5]]
// CHECK: %[[V21:[^ :,)]+]] = stablehlo.reduce(%[[V20]] init: %[[V4]]) applies stablehlo.add across dimensions = [0]
// CHECK: return %[[V12]], %[[V16]], %[[V21]]

func.func private @f_grad(tensor<f32>, tensor<4xf32>, tensor<f32>, tensor<4xf32>) -> (tensor<f32>, tensor<4xf32>, tensor<f32>)

func.func @main() {
  %l = stablehlo.constant dense<0.0> : tensor<f32>
  %x = stablehlo.constant dense<[1.5, -0.5, 2.0, 0.25]> : tensor<4xf32>
  %h = stablehlo.constant dense<1.0> : tensor<f32>
  %ct = stablehlo.constant dense<[1.0, 2.0, -1.0, 0.5]> : tensor<4xf32>
  %g:3 = func.call @f_grad(%l, %x, %h, %ct) : (tensor<f32>, tensor<4xf32>, tensor<f32>, tensor<4xf32>) -> (tensor<f32>, tensor<4xf32>, tensor<f32>)
  check.expect_almost_eq_const %g#0, dense<2.0> : tensor<f32>
  check.expect_almost_eq_const %g#1, dense<[0.0, 0.0, -0.0, 0.5]> : tensor<4xf32>
  check.expect_almost_eq_const %g#2, dense<0.0> : tensor<f32>
  return
}
