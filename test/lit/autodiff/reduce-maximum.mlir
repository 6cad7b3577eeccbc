// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// Equal largest elements share the cotangent.

func.func @f(%x: tensor<2x3xf32>) -> tensor<2xf32> {
  %c = stablehlo.constant dense<0xFF800000> : tensor<f32>
  %0 = stablehlo.reduce(%x init: %c) applies stablehlo.maximum across dimensions = [1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]:
// CHECK: %[[V2:[^ :,)]+]] = stablehlo.constant dense<0.000000e+00> : tensor<2x3xf32>
// CHECK: %[[V3:[^ :,)]+]] = stablehlo.constant dense<0.000000e+00> : tensor<f32>
// CHECK: %[[V4:[^ :,)]+]] = stablehlo.constant dense<0xFF800000> : tensor<f32>
// CHECK: %[[V5:[^ :,)]+]] = stablehlo.reduce(%[[ARG0]] init: %[[V4]]) applies stablehlo.maximum across dimensions = [1]
// CHECK: %[[V6:[^ :,)]+]] = stablehlo.broadcast_in_dim %[[V5]], dims = [0]
// CHECK: %[[V7:[^ :,)]+]] = stablehlo.compare EQ, %[[ARG0]], %[[V6]], FLOAT
// CHECK: %[[V8:[^ :,)]+]] = stablehlo.convert %[[V7]]
// CHECK: %[[V9:[^ :,)]+]] = stablehlo.reduce(%[[V8]] init: %[[V3]]) applies stablehlo.add across dimensions = [1]
// CHECK: %[[V10:[^ :,)]+]] = stablehlo.divide %[[ARG1]], %[[V9]]
// CHECK: %[[V11:[^ :,)]+]] = stablehlo.broadcast_in_dim %[[V10]], dims = [0]
// CHECK: %[[V12:[^ :,)]+]] = stablehlo.select %[[V7]], %[[V11]], %[[V2]]
// CHECK: return %[[V12]]

func.func private @f_grad(tensor<2x3xf32>, tensor<2xf32>) -> tensor<2x3xf32>

func.func @main() {
  %x = stablehlo.constant dense<[[1.0, 5.0, 5.0], [2.0, 0.0, 1.0]]> : tensor<2x3xf32>
  %ct = stablehlo.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %g = func.call @f_grad(%x, %ct) : (tensor<2x3xf32>, tensor<2xf32>) -> tensor<2x3xf32>
  check.expect_almost_eq_const %g, dense<[[0.0, 0.5, 0.5], [2.0, 0.0, 0.0]]> : tensor<2x3xf32>
  return
}
