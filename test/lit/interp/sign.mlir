// RUN: pcp-run %s --engine=interp
// Signs; NaN stays NaN and -0 stays -0.

func.func @main() {
  %c1 = stablehlo.constant dense<[-2.0, 3.0, -0.0, 0x7FC00000, 0x7F800000]> : tensor<5xf32>
  %r2 = stablehlo.sign %c1 : tensor<5xf32>
  check.expect_eq_const %r2, dense<[-1.0, 1.0, -0.0, 0x7FC00000, 1.0]> : tensor<5xf32>
  %c3 = stablehlo.constant dense<[-7, 0, 9]> : tensor<3xi32>
  %r4 = stablehlo.sign %c3 : tensor<3xi32>
  check.expect_eq_const %r4, dense<[-1, 0, 1]> : tensor<3xi32>
  %c5 = stablehlo.constant dense<[-9223372036854775808, 0, 4611686018427387904]> : tensor<3xi64>
  %r6 = stablehlo.sign %c5 : tensor<3xi64>
  check.expect_eq_const %r6, dense<[-1, 0, 1]> : tensor<3xi64>
  return
}
