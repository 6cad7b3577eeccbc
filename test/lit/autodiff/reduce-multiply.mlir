// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// Right at zeros: each element takes the product of the others.

func.func @f(%x: tensor<2x3xf32>) -> tensor<2xf32> {
  %c = stablehlo.constant dense<1.0> : tensor<f32>
  %0 = stablehlo.reduce(%x init: %c) applies stablehlo.multiply across dimensions = [1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]:
// CHECK: %[[V2:[^ :,)]+]] = stablehlo.constant dense<1.000000e+00> : tensor<2xf32>
// CHECK: %[[V3:[^ :,)]+]] = stablehlo.constant dense<0.000000e+00> : tensor<2xf32>
// CHECK: %[[V4:[^ :,)]+]] = stablehlo.constant dense<0.000000e+00> : tensor<f32>
// CHECK: %[[V5:[^ :,)]+]] = stablehlo.constant dense<1.000000e+00> : tensor<2x3xf32>
// CHECK: %[[V6:[^ :,)]+]] = stablehlo.constant dense<0.000000e+00> : tensor<2x3xf32>
// CHECK: %[[V7:[^ :,)]+]] = stablehlo.constant dense<1.000000e+00> : tensor<f32>
// CHECK: %[[V8:[^ :,)]+]] = stablehlo.compare EQ, %[[ARG0]], %[[V6]], FLOAT
// CHECK: %[[V9:[^ :,)]+]] = stablehlo.select %[[V8]], %[[V5]], %[[ARG0]]
// CHECK: %[[V10:[^ :,)]+]] = stablehlo.reduce(%[[V9]] init: %[[V7]]) applies stablehlo.multiply across dimensions = [1]
// CHECK: %[[V11:[^ :,)]+]] = stablehlo.convert %[[V8]]
// CHECK: %[[V12:[^ :,)]+]] = stablehlo.reduce(%[[V11]] init: %[[V4]]) applies stablehlo.add across dimensions = [1]
// CHECK: %[[V13:[^ :,)]+]] = stablehlo.multiply %[[ARG1]], %[[V10]]
// CHECK: %[[V14:[^ :,)]+]] = stablehlo.compare EQ, %[[V12]], %[[V3]], FLOAT
// CHECK: %[[V15:[^ :,)]+]] = stablehlo.select %[[V14]], %[[V13]], %[[V3]]
// CHECK: %[[V16:[^ :,)]+]] = stablehlo.compare EQ, %[[V12]], %[[V2]], FLOAT
// CHECK: %[[V17:[^ :,)]+]] = stablehlo.select %[[V16]], %[[V13]], %[[V3]]
// CHECK: %[[V18:[^ :,)]+]] = stablehlo.broadcast_in_dim %[[V17]], dims = [0]
// CHECK: %[[V19:[^ :,)]+]] = stablehlo.broadcast_in_dim %[[V15]], dims = [0]
// CHECK: %[[V20:[^ :,)]+]] = stablehlo.divide %[[V19]], %[[V9]]
// CHECK: %[[V21:[^ :,)]+]] = stablehlo.select %[[V8]], %[[V18]], %[[V20]]
// CHECK: return %[[V21]]

func.func private @f_grad(tensor<2x3xf32>, tensor<2xf32>) -> tensor<2x3xf32>

func.func @main() {
  %x = stablehlo.constant dense<[[2.0, 0.0, 3.0], [2.0, 4.0, 5.0]]> : tensor<2x3xf32>
  %ct = stablehlo.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %g = func.call @f_grad(%x, %ct) : (tensor<2x3xf32>, tensor<2xf32>) -> tensor<2x3xf32>
  check.expect_almost_eq_const %g, dense<[[0.0, 6.0, 0.0], [40.0, 20.0, 16.0]]> : tensor<2x3xf32>
  return
}
