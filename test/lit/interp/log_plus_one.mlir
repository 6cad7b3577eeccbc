// RUN: pcp-run %s --engine=interp
// log(1 + x), accurate near zero.

func.func @main() {
  %c1 = stablehlo.constant dense<[0.0, 9.99999999999999980e-13, -0.5, 2.5]> : tensor<4xf64>
  %r2 = stablehlo.log_plus_one %c1 : tensor<4xf64>
  check.expect_almost_eq_const %r2, dense<[0.0, 9.99999999999499956e-13, -0.6931471805599453, 1.252762968495368]> : tensor<4xf64>
  %c3 = stablehlo.constant dense<[0.0, 9.99999999999999980e-13, -0.5, 2.5]> : tensor<4xf32>
  %r4 = stablehlo.log_plus_one %c3 : tensor<4xf32>
  check.expect_almost_eq_const %r4, dense<[0.0, 9.99999999999499956e-13, -0.6931471805599453, 1.252762968495368]> : tensor<4xf32>
  %c5 = stablehlo.constant dense<[-1.0, -2.0]> : tensor<2xf32>
  %r6 = stablehlo.log_plus_one %c5 : tensor<2xf32>
  check.expect_almost_eq_const %r6, dense<[0xFF800000, 0x7FC00000]> : tensor<2xf32>
  return
}
