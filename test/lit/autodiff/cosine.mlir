// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// d cos x = -sin x dx.

func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = stablehlo.cosine %x : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]:
// CHECK: %[[V2:[^ :,)]+]] = stablehlo.sine %[[ARG0]]
// CHECK: %[[V3:[^ :,)]+]] = stablehlo.multiply %[[ARG1]], %[[V2]]
// CHECK: %[[V4:[^ :,)]+]] = stablehlo.negate %[[V3]]
// CHECK: return %[[V4]]

func.func private @f_grad(tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>

func.func @main() {
  %x = stablehlo.constant dense<[1.5, -0.5, 2.0, 0.25]> : tensor<4xf32>
  %ct = stablehlo.constant dense<[1.0, 2.0, -1.0, 0.5]> : tensor<4xf32>
  %g = func.call @f_grad(%x, %ct) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  check.expect_almost_eq_const %g, dense<[-0.997495, 0.9588511, 0.9092974, -0.123702]> : tensor<4xf32>
  return
}
