// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// d atan2(a, b) = (b da - a db) / (a^2 + b^2).

func.func @f(%a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
  %0 = stablehlo.atan2 %a, %b : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]: {{.*}}%[[ARG2:[^ :]+]]:
// CHECK: %[[V3:[^ :,)]+]] = stablehlo.multiply %[[ARG0]], %[[ARG0]]
// CHECK: %[[V4:[^ :,)]+]] = stablehlo.multiply %[[ARG1]], %[[ARG1]]
// CHECK: %[[V5:[^ :,)]+]] = stablehlo.add %[[V3]], %[[V4]]
// CHECK: %[[V6:[^ :,)]+]] = stablehlo.divide %[[ARG2]], %[[V5]]
// CHECK: %[[V7:[^ :,)]+]] = stablehlo.multiply %[[V6]], %[[ARG1]]
// CHECK: %[[V8:[^ :,)]+]] = stablehlo.multiply %[[V6]], %[[ARG0]]
// CHECK: %[[V9:[^ :,)]+]] = stablehlo.negate %[[V8]]
// CHECK: return %[[V7]], %[[V9]]

func.func private @f_grad(tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)

func.func @main() {
  %a = stablehlo.constant dense<[1.5, -0.5, 2.0, 0.25]> : tensor<4xf32>
  %b = stablehlo.constant dense<[0.5, 1.0, 2.0, 4.0]> : tensor<4xf32>
  %ct = stablehlo.constant dense<[1.0, 2.0, -1.0, 0.5]> : tensor<4xf32>
  %g:2 = func.call @f_grad(%a, %b, %ct) : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  check.expect_almost_eq_const %g#0, dense<[0.2, 1.6, -0.25, 0.1245136]> : tensor<4xf32>
  check.expect_almost_eq_const %g#1, dense<[-0.6, 0.8, 0.25, -0.0077821]> : tensor<4xf32>
  return
}
