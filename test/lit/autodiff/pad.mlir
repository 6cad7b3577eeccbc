// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// Padding is cut off again; its value takes the sum over the padding.

func.func @f(%x: tensor<2xf32>, %v: tensor<f32>) -> tensor<6xf32> {
  %0 = stablehlo.pad %x, %v, low = [1], high = [2], interior = [1] : (tensor<2xf32>, tensor<f32>) -> tensor<6xf32>
  return %0 : tensor<6xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]: {{.*}}%[[ARG2:[^ :]+]]:
// CHECK: %[[V3:[^ :,)]+]] = stablehlo.constant dense<0.000000e+00> : tensor<f32>
// CHECK: %[[V4:[^ :,)]+]] = stablehlo.constant dense<0.000000e+00> : tensor<6xf32>
// CHECK: %[[V5:[^ :,)]+]] = stablehlo.constant dense<false> : tensor<i1>
// CHECK: %[[V6:[^ :,)]+]] = stablehlo.constant dense<true> : tensor<2xi1>
// CHECK: %[[V7:[^ :,)]+]] = stablehlo.slice %[[ARG2]] [1:4:2]
// CHECK: %[[V8:[^ :,)]+]] = stablehlo.pad %[[V6]], %[[V5]], low = [1], high = [2], interior = [1]
// CHECK: %[[V9:[^ :,)]+]] = stablehlo.select %[[V8]], %[[V4]], %[[ARG2]]
// CHECK: %[[V10:[^ :,)]+]] = stablehlo.reduce(%[[V9]] init: %[[V3]]) applies stablehlo.add across dimensions = [0]
// CHECK: return %[[V7]], %[[V10]]

func.func private @f_grad(tensor<2xf32>, tensor<f32>, tensor<6xf32>) -> (tensor<2xf32>, tensor<f32>)

func.func @main() {
  %x = stablehlo.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %v = stablehlo.constant dense<3.0> : tensor<f32>
  %ct = stablehlo.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  %g:2 = func.call @f_grad(%x, %v, %ct) : (tensor<2xf32>, tensor<f32>, tensor<6xf32>) -> (tensor<2xf32>, tensor<f32>)
  check.expect_almost_eq_const %g#0, dense<[2.0, 4.0]> : tensor<2xf32>
  check.expect_almost_eq_const %g#1, dense<15.0> : tensor<f32>
  return
}
