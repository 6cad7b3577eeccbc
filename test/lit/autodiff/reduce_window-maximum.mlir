// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// The first largest element of each window takes the cotangent.

func.func @f(%x: tensor<5xf32>) -> tensor<3xf32> {
  %c = stablehlo.constant dense<0xFF800000> : tensor<f32>
  %0 = "stablehlo.reduce_window"(%x, %c) <{window_dimensions = array<i64: 3>}> ({
  ^bb0(%l: tensor<f32>, %r: tensor<f32>):
    %s = stablehlo.maximum %l, %r : tensor<f32>
    stablehlo.return %s : tensor<f32>
  }) : (tensor<5xf32>, tensor<f32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]:
// CHECK: %[[V2:[^ :,)]+]] = stablehlo.constant dense<0.000000e+00> : tensor<f32>
// CHECK: %[[V3:[^ :,)]+]] = stablehlo.constant dense<0.000000e+00> : tensor<3xf32>
// CHECK: %[[V4:[^ :,)]+]] = stablehlo.constant dense<0xFF800000> : tensor<f32>
// CHECK: %[[V5:[^ :,)]+]] = "stablehlo.reduce_window"(%[[ARG0]], %[[V4]])
// CHECK: %[[V6:[^ :,)]+]] = stablehlo.slice %[[ARG0]] [0:3]
// CHECK: %[[V7:[^ :,)]+]] = stablehlo.compare EQ, %[[V6]], %[[V5]], FLOAT
// CHECK: %[[V8:[^ :,)]+]] = stablehlo.select %[[V7]], %[[ARG1]], %[[V3]]
// CHECK: %[[V9:[^ :,)]+]] = stablehlo.select %[[V7]], %[[V3]], %[[ARG1]]
// CHECK: %[[V10:[^ :,)]+]] = stablehlo.slice %[[ARG0]] [1:4]
// CHECK: %[[V11:[^ :,)]+]] = stablehlo.compare EQ, %[[V10]], %[[V5]], FLOAT
// CHECK: %[[V12:[^ :,)]+]] = stablehlo.select %[[V11]], %[[V9]], %[[V3]]
// CHECK: %[[V13:[^ :,)]+]] = stablehlo.select %[[V11]], %[[V3]], %[[V9]]
// CHECK: %[[V14:[^ :,)]+]] = stablehlo.slice %[[ARG0]] [2:5]
// CHECK: %[[V15:[^ :,)]+]] = stablehlo.compare EQ, %[[V14]], %[[V5]], FLOAT
// CHECK: %[[V16:[^ :,)]+]] = stablehlo.select %[[V15]], %[[V13]], %[[V3]]
// CHECK: %[[V17:[^ :,)]+]] = stablehlo.pad %[[V8]], %[[V2]], low = [0], high = [2], interior = [0]
// CHECK: %[[V18:[^ :,)]+]] = stablehlo.pad %[[V12]], %[[V2]], low = [1], high = [1], interior = [0]
// CHECK: %[[V19:[^ :,)]+]] = stablehlo.pad %[[V16]], %[[V2]], low = [2], high = [0], interior = [0]
// CHECK: %[[V20:[^ :,)]+]] = stablehlo.add %[[V17]], %[[V18]]
// CHECK: %[[V21:[^ :,)]+]] = stablehlo.add %[[V20]], %[[V19]]
// CHECK: return %[[V21]]

func.func private @f_grad(tensor<5xf32>, tensor<3xf32>) -> tensor<5xf32>

func.func @main() {
  %x = stablehlo.constant dense<[1.0, 3.0, 3.0, 2.0, 4.0]> : tensor<5xf32>
  %ct = stablehlo.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %g = func.call @f_grad(%x, %ct) : (tensor<5xf32>, tensor<3xf32>) -> tensor<5xf32>
  check.expect_almost_eq_const %g, dense<[0.0, 3.0, 0.0, 0.0, 3.0]> : tensor<5xf32>
  return
}
