// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// Cotangents go back to where each element came from.

func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = "stablehlo.sort"(%x) <{dimension = 0 : i64, is_stable = true}> ({
  ^bb0(%l: tensor<f32>, %r: tensor<f32>):
    %c = stablehlo.compare LT, %l, %r, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %c : tensor<i1>
  }) : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]:
// CHECK: %[[V2:[^ :,)]+]] = stablehlo.constant dense<0.000000e+00> : tensor<4xf32>
// CHECK: %[[V3:[^ :,)]+]] = stablehlo.iota dim = 0
// CHECK: %[[V4:[^ :,)]+]]:2 = "stablehlo.sort"(%[[ARG0]], %[[V3]])
// CHECK: %[[V5:[^ :,)]+]] = stablehlo.reshape %[[V4]]#1
// CHECK: %[[V6:[^ :,)]+]] = "stablehlo.scatter"(%[[V2]], %[[V5]], %[[ARG1]])
// CHECK: return %[[V6]]

func.func private @f_grad(tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>

func.func @main() {
  %x = stablehlo.constant dense<[1.5, -0.5, 2.0, 0.25]> : tensor<4xf32>
  %ct = stablehlo.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
  %g = func.call @f_grad(%x, %ct) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  check.expect_almost_eq_const %g, dense<[3.0, 1.0, 4.0, 2.0]> : tensor<4xf32>
  return
}
