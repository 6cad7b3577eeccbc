// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// Seen as one function: dx = g - e^y sum(g).

func.func @f(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %3 = stablehlo.exponential %x : tensor<2x3xf32>
  %4 = stablehlo.reduce(%3 init: %z) applies stablehlo.add across dimensions = [1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
  %l = stablehlo.log %4 : tensor<2xf32>
  %5 = stablehlo.broadcast_in_dim %l, dims = [0] : (tensor<2xf32>) -> tensor<2x3xf32>
  %6 = stablehlo.subtract %x, %5 : tensor<2x3xf32>
  return %6 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]:
// CHECK: %[[V2:[^ :,)]+]] = stablehlo.constant dense<0.000000e+00> : tensor<f32>
// CHECK: %[[V3:[^ :,)]+]] = stablehlo.exponential %[[ARG0]]
// CHECK: %[[V4:[^ :,)]+]] = stablehlo.reduce(%[[V3]] init: %[[V2]]) applies stablehlo.add across dimensions = [1]
// CHECK: %[[V5:[^ :,)]+]] = stablehlo.log %[[V4]]
// CHECK: %[[V6:[^ :,)]+]] = stablehlo.broadcast_in_dim %[[V5]], dims = [0]
// CHECK: %[[V7:[^ :,)]+]] = stablehlo.subtract %[[ARG0]], %[[V6]]
// CHECK: %[[V8:[^ :,)]+]] = stablehlo.reduce(%[[ARG1]] init: %[[V2]]) applies stablehlo.add across dimensions = [1]
// CHECK: %[[V9:[^ :,)]+]] = stablehlo.broadcast_in_dim %[[V8]], dims = [0]
// CHECK: %[[V10:[^ :,)]+]] = stablehlo.exponential %[[V7]]
// CHECK: %[[V11:[^ :,)]+]] = stablehlo.multiply %[[V10]], %[[V9]]
// CHECK: %[[V12:[^ :,)]+]] = stablehlo.subtract %[[ARG1]], %[[V11]]
// CHECK: return %[[V12]]

func.func private @f_grad(tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>

func.func @main() {
  %x = stablehlo.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32>
  %ct = stablehlo.constant dense<[[1.0, 0.0, 2.0], [-1.0, 1.0, 0.5]]> : tensor<2x3xf32>
  %g = func.call @f_grad(%x, %ct) : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  check.expect_almost_eq_const %g, dense<[[0.7299083, -0.7341854, 0.0042771], [-1.0450153, 0.8776358, 0.1673795]]> : tensor<2x3xf32>
  return
}
