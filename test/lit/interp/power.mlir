// RUN: pcp-run %s --engine=interp
// Powers as in C; integer powers wrap and a negative exponent leaves 1, -1 or 0.

func.func @main() {
  %c1 = stablehlo.constant dense<[2.0, -8.0, 0.0, 1.0, -1.0, 2.0]> : tensor<6xf32>
  %c2 = stablehlo.constant dense<[3.0, 0.333333343, 0.0, 0x7FC00000, 0x7F800000, -1.0]> : tensor<6xf32>
  %r3 = stablehlo.power %c1, %c2 : tensor<6xf32>
  check.expect_eq_const %r3, dense<[8.0, 0x7FC00000, 1.0, 1.0, 1.0, 0.5]> : tensor<6xf32>
  %c4 = stablehlo.constant dense<[2, 0, 0, -1, -1, 1, 3]> : tensor<7xi32>
  %c5 = stablehlo.constant dense<[-1, -1, 0, -3, -2, -5, 21]> : tensor<7xi32>
  %r6 = stablehlo.power %c4, %c5 : tensor<7xi32>
  check.expect_eq_const %r6, dense<[0, 0, 1, -1, 1, 1, 1870418611]> : tensor<7xi32>
  %c7 = stablehlo.constant dense<[3, -2, 2]> : tensor<3xi64>
  %c8 = stablehlo.constant dense<[40, 63, 64]> : tensor<3xi64>
  %r9 = stablehlo.power %c7, %c8 : tensor<3xi64>
  check.expect_eq_const %r9, dense<[-6289078614652622815, -9223372036854775808, 0]> : tensor<3xi64>
  %c10 = stablehlo.constant dense<[3]> : tensor<1xui8>
  %c11 = stablehlo.constant dense<[6]> : tensor<1xui8>
  %r12 = stablehlo.power %c10, %c11 : tensor<1xui8>
  check.expect_eq_const %r12, dense<[217]> : tensor<1xui8>
  return
}
