// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=torch
// RUN: pcp-autodiff %s --function=f --emit=grad --ties=jax | pcp-run - --engine=interp --function=jax
// Where a derivative does not exist: equal operands, the zero of relu, bounds of clamp, abs at zero.

func.func @f(%a: tensor<2xf32>, %b: tensor<2xf32>, %relu: tensor<2xf32>, %clamp: tensor<2xf32>, %abs: tensor<2xf32>) -> tensor<10xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<2xf32>
  %low = stablehlo.constant dense<-1.0> : tensor<f32>
  %high = stablehlo.constant dense<1.0> : tensor<f32>
  %0 = stablehlo.maximum %a, %b : tensor<2xf32>
  %1 = stablehlo.minimum %a, %b : tensor<2xf32>
  %2 = stablehlo.maximum %relu, %zero : tensor<2xf32>
  %3 = stablehlo.clamp %low, %clamp, %high : (tensor<f32>, tensor<2xf32>, tensor<f32>) -> tensor<2xf32>
  %4 = stablehlo.abs %abs : tensor<2xf32>
  %5 = stablehlo.concatenate %0, %1, %2, %3, %4, dim = 0 : (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<10xf32>
  return %5 : tensor<10xf32>
}

func.func private @f_grad(tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<10xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>)

func.func @torch() {
  %a = stablehlo.constant dense<[3.0, 1.0]> : tensor<2xf32>
  %b = stablehlo.constant dense<[3.0, 2.0]> : tensor<2xf32>
  %relu = stablehlo.constant dense<[0.0, 1.0]> : tensor<2xf32>
  %clamp = stablehlo.constant dense<[-1.0, 1.0]> : tensor<2xf32>
  %abs = stablehlo.constant dense<[0.0, -2.0]> : tensor<2xf32>
  %ct = stablehlo.constant dense<[1.0, 2.0, 10.0, 20.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]> : tensor<10xf32>
  %g:5 = func.call @f_grad(%a, %b, %relu, %clamp, %abs, %ct) : (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<10xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>)
  check.expect_eq_const %g#0, dense<[5.5, 20.0]> : tensor<2xf32>
  check.expect_eq_const %g#1, dense<[5.5, 2.0]> : tensor<2xf32>
  check.expect_eq_const %g#2, dense<[0.0, 1.0]> : tensor<2xf32>
  check.expect_eq_const %g#3, dense<[0.0, 0.0]> : tensor<2xf32>
  check.expect_eq_const %g#4, dense<[0.0, -1.0]> : tensor<2xf32>
  return
}

func.func @jax() {
  %a = stablehlo.constant dense<[3.0, 1.0]> : tensor<2xf32>
  %b = stablehlo.constant dense<[3.0, 2.0]> : tensor<2xf32>
  %relu = stablehlo.constant dense<[0.0, 1.0]> : tensor<2xf32>
  %clamp = stablehlo.constant dense<[-1.0, 1.0]> : tensor<2xf32>
  %abs = stablehlo.constant dense<[0.0, -2.0]> : tensor<2xf32>
  %ct = stablehlo.constant dense<[1.0, 2.0, 10.0, 20.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]> : tensor<10xf32>
  %g:5 = func.call @f_grad(%a, %b, %relu, %clamp, %abs, %ct) : (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<10xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>)
  check.expect_eq_const %g#0, dense<[5.5, 20.0]> : tensor<2xf32>
  check.expect_eq_const %g#1, dense<[5.5, 2.0]> : tensor<2xf32>
  check.expect_eq_const %g#2, dense<[0.5, 1.0]> : tensor<2xf32>
  check.expect_eq_const %g#3, dense<[0.0, 0.0]> : tensor<2xf32>
  check.expect_eq_const %g#4, dense<[1.0, -1.0]> : tensor<2xf32>
  return
}
