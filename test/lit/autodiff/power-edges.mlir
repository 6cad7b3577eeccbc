// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// Zeros of the base and of the exponent give the limits and no NaN.

func.func @f(%x: tensor<5xf32>, %p: tensor<5xf32>) -> tensor<5xf32> {
  %0 = stablehlo.power %x, %p : tensor<5xf32>
  return %0 : tensor<5xf32>
}


func.func private @f_grad(tensor<5xf32>, tensor<5xf32>, tensor<5xf32>) -> (tensor<5xf32>, tensor<5xf32>)

func.func @main() {
  %x = stablehlo.constant dense<[0.0, 0.0, 0.0, 4.0, 3.0]> : tensor<5xf32>
  %p = stablehlo.constant dense<[0.0, 1.0, 2.0, 0.5, 0.0]> : tensor<5xf32>
  %ct = stablehlo.constant dense<1.0> : tensor<5xf32>
  %g:2 = func.call @f_grad(%x, %p, %ct) : (tensor<5xf32>, tensor<5xf32>, tensor<5xf32>) -> (tensor<5xf32>, tensor<5xf32>)
  check.expect_almost_eq_const %g#0, dense<[0.0, 1.0, 0.0, 0.25, 0.0]> : tensor<5xf32>
  check.expect_almost_eq_const %g#1, dense<[0.0, 0.0, 0.0, 2.7725887, 1.0986123]> : tensor<5xf32>
  return
}
