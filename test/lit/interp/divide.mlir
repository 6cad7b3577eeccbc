// RUN: pcp-run %s --engine=interp
// Quotients; integers truncate toward zero, division by zero gives all bits set.

func.func @main() {
  %c1 = stablehlo.constant dense<[1.0, -1.0, 0.0, 7.0]> : tensor<4xf32>
  %c2 = stablehlo.constant dense<[0.0, 0.0, 0.0, 2.0]> : tensor<4xf32>
  %r3 = stablehlo.divide %c1, %c2 : tensor<4xf32>
  check.expect_eq_const %r3, dense<[0x7F800000, 0xFF800000, 0x7FC00000, 3.5]> : tensor<4xf32>
  %c4 = stablehlo.constant dense<[5, -7, 7, -2147483648, 0]> : tensor<5xi32>
  %c5 = stablehlo.constant dense<[0, 2, -2, -1, 0]> : tensor<5xi32>
  %r6 = stablehlo.divide %c4, %c5 : tensor<5xi32>
  check.expect_eq_const %r6, dense<[-1, -3, -3, -2147483648, -1]> : tensor<5xi32>
  %c7 = stablehlo.constant dense<[5, 255]> : tensor<2xui8>
  %c8 = stablehlo.constant dense<[0, 2]> : tensor<2xui8>
  %r9 = stablehlo.divide %c7, %c8 : tensor<2xui8>
  check.expect_eq_const %r9, dense<[255, 127]> : tensor<2xui8>
  %c10 = stablehlo.constant dense<[5, -9223372036854775808, -9007199254740993]> : tensor<3xi64>
  %c11 = stablehlo.constant dense<[0, -1, 2]> : tensor<3xi64>
  %r12 = stablehlo.divide %c10, %c11 : tensor<3xi64>
  check.expect_eq_const %r12, dense<[-1, -9223372036854775808, -4503599627370496]> : tensor<3xi64>
  return
}
