// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// d x^(-1/2) = -1/2 y^3 dx.

func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = stablehlo.rsqrt %x : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]:
// CHECK: %[[V2:[^ :,)]+]] = stablehlo.constant dense<-5.000000e-01> : tensor<4xf32>
// CHECK: %[[V3:[^ :,)]+]] = stablehlo.rsqrt %[[ARG0]]
// CHECK: %[[V4:[^ :,)]+]] = stablehlo.multiply %[[ARG1]], %[[V2]]
// CHECK: %[[V5:[^ :,)]+]] = stablehlo.multiply %[[V3]], %[[V3]]
// CHECK: %[[V6:[^ :,)]+]] = stablehlo.multiply %[[V3]], %[[V5]]
// CHECK: %[[V7:[^ :,)]+]] = stablehlo.multiply %[[V4]], %[[V6]]
// CHECK: return %[[V7]]

func.func private @f_grad(tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>

func.func @main() {
  %x = stablehlo.constant dense<[0.5, 1.0, 2.0, 4.0]> : tensor<4xf32>
  %ct = stablehlo.constant dense<[1.0, 2.0, -1.0, 0.5]> : tensor<4xf32>
  %g = func.call @f_grad(%x, %ct) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  check.expect_almost_eq_const %g, dense<[-1.4142135, -1.0, 0.1767767, -0.03125]> : tensor<4xf32>
  return
}
