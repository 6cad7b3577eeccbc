// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// Seen as one function: dx = y (g - sum(g y)), with nothing through the maximum.

func.func @f(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %i = stablehlo.constant dense<0xFF800000> : tensor<f32>
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %0 = stablehlo.reduce(%x init: %i) applies stablehlo.maximum across dimensions = [1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
  %1 = stablehlo.broadcast_in_dim %0, dims = [0] : (tensor<2xf32>) -> tensor<2x3xf32>
  %2 = stablehlo.subtract %x, %1 : tensor<2x3xf32>
  %3 = stablehlo.exponential %2 : tensor<2x3xf32>
  %4 = stablehlo.reduce(%3 init: %z) applies stablehlo.add across dimensions = [1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
  %5 = stablehlo.broadcast_in_dim %4, dims = [0] : (tensor<2xf32>) -> tensor<2x3xf32>
  %6 = stablehlo.divide %3, %5 : tensor<2x3xf32>
  return %6 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]:
// CHECK: %[[V2:[^ :,)]+]] = stablehlo.constant dense<0xFF800000> : tensor<f32>
// CHECK: %[[V3:[^ :,)]+]] = stablehlo.constant dense<0.000000e+00> : tensor<f32>
// CHECK: %[[V4:[^ :,)]+]] = stablehlo.reduce(%[[ARG0]] init: %[[V2]]) applies stablehlo.maximum across dimensions = [1]
// CHECK: %[[V5:[^ :,)]+]] = stablehlo.broadcast_in_dim %[[V4]], dims = [0]
// CHECK: %[[V6:[^ :,)]+]] = stablehlo.subtract %[[ARG0]], %[[V5]]
// CHECK: %[[V7:[^ :,)]+]] = stablehlo.exponential %[[V6]]
// CHECK: %[[V8:[^ :,)]+]] = stablehlo.reduce(%[[V7]] init: %[[V3]]) applies stablehlo.add across dimensions = [1]
// CHECK: %[[V9:[^ :,)]+]] = stablehlo.broadcast_in_dim %[[V8]], dims = [0]
// CHECK: %[[V10:[^ :,)]+]] = stablehlo.divide %[[V7]], %[[V9]]
// CHECK: %[[V11:[^ :,)]+]] = stablehlo.multiply %[[ARG1]], %[[V10]]
// CHECK: %[[V12:[^ :,)]+]] = stablehlo.reduce(%[[V11]] init: %[[V3]]) applies stablehlo.add across dimensions = [1]
// CHECK: %[[V13:[^ :,)]+]] = stablehlo.broadcast_in_dim %[[V12]], dims = [0]
// CHECK: %[[V14:[^ :,)]+]] = stablehlo.subtract %[[ARG1]], %[[V13]]
// CHECK: %[[V15:[^ :,)]+]] = stablehlo.multiply %[[V14]], %[[V10]]
// CHECK: return %[[V15]]
// CHECK-NOT: stablehlo.compare

func.func private @f_grad(tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>

func.func @main() {
  %x = stablehlo.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32>
  %ct = stablehlo.constant dense<[[1.0, 0.0, 2.0], [-1.0, 1.0, 0.5]]> : tensor<2x3xf32>
  %g = func.call @f_grad(%x, %ct) : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  check.expect_almost_eq_const %g, dense<[[-0.037859, -0.3476399, 0.3854988], [-0.1339041, 0.1254678, 0.0084363]]> : tensor<2x3xf32>
  return
}
