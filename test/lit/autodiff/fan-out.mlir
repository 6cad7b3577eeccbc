// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// A value that is used often sums what its uses give; an unused result gives nothing.

func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = stablehlo.exponential %x : tensor<4xf32>
  %1 = stablehlo.multiply %0, %x : tensor<4xf32>
  %2 = stablehlo.add %1, %0 : tensor<4xf32>
  %3 = stablehlo.tanh %0 : tensor<4xf32>
  return %2 : tensor<4xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]:
// CHECK: %[[V2:[^ :,)]+]] = stablehlo.exponential %[[ARG0]]
// CHECK: %[[V3:[^ :,)]+]] = stablehlo.multiply %[[ARG1]], %[[ARG0]]
// CHECK: %[[V4:[^ :,)]+]] = stablehlo.multiply %[[ARG1]], %[[V2]]
// CHECK: %[[V5:[^ :,)]+]] = stablehlo.add %[[ARG1]], %[[V3]]
// CHECK: %[[V6:[^ :,)]+]] = stablehlo.multiply %[[V5]], %[[V2]]
// CHECK: %[[V7:[^ :,)]+]] = stablehlo.add %[[V4]], %[[V6]]
// CHECK: return %[[V7]]

func.func private @f_grad(tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>

func.func @main() {
  %x = stablehlo.constant dense<[1.5, -0.5, 2.0, 0.25]> : tensor<4xf32>
  %ct = stablehlo.constant dense<[1.0, 2.0, -1.0, 0.5]> : tensor<4xf32>
  %g = func.call @f_grad(%x, %ct) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  check.expect_almost_eq_const %g, dense<[15.6859121, 1.819592, -29.5562248, 1.4445286]> : tensor<4xf32>
  return
}
