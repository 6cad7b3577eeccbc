// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// Window sums: each element meets the windows that held it.

func.func @f(%x: tensor<5xf32>) -> tensor<3xf32> {
  %c = stablehlo.constant dense<0.0> : tensor<f32>
  %0 = "stablehlo.reduce_window"(%x, %c) <{window_dimensions = array<i64: 2>, window_strides = array<i64: 2>, padding = dense<[[1, 0]]> : tensor<1x2xi64>}> ({
  ^bb0(%l: tensor<f32>, %r: tensor<f32>):
    %s = stablehlo.add %l, %r : tensor<f32>
    stablehlo.return %s : tensor<f32>
  }) : (tensor<5xf32>, tensor<f32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]:
// CHECK: %[[V2:[^ :,)]+]] = stablehlo.constant dense<0.000000e+00> : tensor<f32>
// CHECK: %[[V3:[^ :,)]+]] = stablehlo.pad %[[ARG1]], %[[V2]], low = [0], high = [1], interior = [1]
// CHECK: %[[V4:[^ :,)]+]] = "stablehlo.reduce_window"(%[[V3]], %[[V2]])
// CHECK: return %[[V4]]

func.func private @f_grad(tensor<5xf32>, tensor<3xf32>) -> tensor<5xf32>

func.func @main() {
  %x = stablehlo.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0]> : tensor<5xf32>
  %ct = stablehlo.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %g = func.call @f_grad(%x, %ct) : (tensor<5xf32>, tensor<3xf32>) -> tensor<5xf32>
  check.expect_almost_eq_const %g, dense<[1.0, 2.0, 2.0, 3.0, 3.0]> : tensor<5xf32>
  return
}
