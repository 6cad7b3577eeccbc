// RUN: pcp-run %s --engine=interp
// Limits to an interval with tensors or scalars for bounds; NaN stays NaN.

func.func @main() {
  %c1 = stablehlo.constant dense<[-5.0, 0.5, 5.0, 0x7FC00000]> : tensor<4xf32>
  %c2 = stablehlo.constant dense<-1.0> : tensor<f32>
  %c3 = stablehlo.constant dense<1.0> : tensor<f32>
  %r4 = stablehlo.clamp %c2, %c1, %c3 : (tensor<f32>, tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  check.expect_eq_const %r4, dense<[-1.0, 0.5, 1.0, 0x7FC00000]> : tensor<4xf32>
  %c5 = stablehlo.constant dense<[-5, 0, 5]> : tensor<3xi64>
  %c6 = stablehlo.constant dense<[-1, 1, 2]> : tensor<3xi64>
  %c7 = stablehlo.constant dense<[3, 3, 3]> : tensor<3xi64>
  %r8 = stablehlo.clamp %c6, %c5, %c7 : tensor<3xi64>
  check.expect_eq_const %r8, dense<[-1, 1, 3]> : tensor<3xi64>
  return
}
