// RUN: pcp-run %s --engine=interp
// Magnitudes; the least integer stays as it is.

func.func @main() {
  %c1 = stablehlo.constant dense<[-1.5, -0.0, 0xFF800000, 0x7FC00000]> : tensor<4xf32>
  %r2 = stablehlo.abs %c1 : tensor<4xf32>
  check.expect_eq_const %r2, dense<[1.5, 0.0, 0x7F800000, 0x7FC00000]> : tensor<4xf32>
  %c3 = stablehlo.constant dense<[-3, -2147483648]> : tensor<2xi32>
  %r4 = stablehlo.abs %c3 : tensor<2xi32>
  check.expect_eq_const %r4, dense<[3, -2147483648]> : tensor<2xi32>
  %c5 = stablehlo.constant dense<[-3, -9223372036854775808]> : tensor<2xi64>
  %r6 = stablehlo.abs %c5 : tensor<2xi64>
  check.expect_eq_const %r6, dense<[3, -9223372036854775808]> : tensor<2xi64>
  return
}
