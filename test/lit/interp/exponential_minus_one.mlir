// RUN: pcp-run %s --engine=interp
// e^x - 1, accurate near zero.

func.func @main() {
  %c1 = stablehlo.constant dense<[0.0, 9.99999999999999980e-13, -1.0, 2.5]> : tensor<4xf64>
  %r2 = stablehlo.exponential_minus_one %c1 : tensor<4xf64>
  check.expect_almost_eq_const %r2, dense<[0.0, 1.00000000000050000e-12, -0.6321205588285577, 11.182493960703473]> : tensor<4xf64>
  %c3 = stablehlo.constant dense<[0.0, 9.99999999999999980e-13, -1.0, 2.5]> : tensor<4xf32>
  %r4 = stablehlo.exponential_minus_one %c3 : tensor<4xf32>
  check.expect_almost_eq_const %r4, dense<[0.0, 1.00000000000050000e-12, -0.6321205588285577, 11.182493960703473]> : tensor<4xf32>
  %c5 = stablehlo.constant dense<[0x7F800000, 0xFF800000]> : tensor<2xf32>
  %r6 = stablehlo.exponential_minus_one %c5 : tensor<2xf32>
  check.expect_almost_eq_const %r6, dense<[0x7F800000, -1.0]> : tensor<2xf32>
  return
}
