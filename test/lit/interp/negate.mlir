// RUN: pcp-run %s --engine=interp
// Negation; the least integer stays as it is.

func.func @main() {
  %c1 = stablehlo.constant dense<[1.0, -2.0, 0.0, 0x7F800000]> : tensor<4xf32>
  %r2 = stablehlo.negate %c1 : tensor<4xf32>
  check.expect_eq_const %r2, dense<[-1.0, 2.0, -0.0, 0xFF800000]> : tensor<4xf32>
  %c3 = stablehlo.constant dense<[-128, 5]> : tensor<2xi8>
  %r4 = stablehlo.negate %c3 : tensor<2xi8>
  check.expect_eq_const %r4, dense<[-128, -5]> : tensor<2xi8>
  %c5 = stablehlo.constant dense<[-9223372036854775808, 7]> : tensor<2xi64>
  %r6 = stablehlo.negate %c5 : tensor<2xi64>
  check.expect_eq_const %r6, dense<[-9223372036854775808, -7]> : tensor<2xi64>
  return
}
