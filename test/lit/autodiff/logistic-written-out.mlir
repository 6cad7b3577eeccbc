// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// 1 / (1 + exp(-x)) has the gradient of the logistic function: y is kept and nothing else, and infinite exponentials give 0.

func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  %one = stablehlo.constant dense<1.0> : tensor<4xf32>
  %0 = stablehlo.negate %x : tensor<4xf32>
  %1 = stablehlo.exponential %0 : tensor<4xf32>
  %2 = stablehlo.add %one, %1 : tensor<4xf32>
  %3 = stablehlo.divide %one, %2 : tensor<4xf32>
  return %3 : tensor<4xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[X:[^ :]+]]: {{.*}}%[[CT:[^ :]+]]:
// CHECK: %[[ONE:[^ :,)]+]] = stablehlo.constant dense<1.000000e+00>
// CHECK: %[[Y:[^ :,)]+]] = stablehlo.divide
// CHECK-NEXT: %[[REST:[^ :,)]+]] = stablehlo.subtract %[[ONE]], %[[Y]]
// CHECK-NEXT: %[[SLOPE:[^ :,)]+]] = stablehlo.multiply %[[Y]], %[[REST]]
// CHECK-NEXT: %[[DX:[^ :,)]+]] = stablehlo.multiply %[[CT]], %[[SLOPE]]
// CHECK-NEXT: return %[[DX]]

func.func private @f_grad(tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>

func.func @main() {
  %x = stablehlo.constant dense<[0.0, 1.0, -100.0, 100.0]> : tensor<4xf32>
  %ct = stablehlo.constant dense<[1.0, -2.0, 1.0, 1.0]> : tensor<4xf32>
  %g = func.call @f_grad(%x, %ct) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  check.expect_almost_eq_const %g, dense<[0.25, -0.3932239, 0.0, 0.0]> : tensor<4xf32>
  return
}
