// RUN: pcp-run %s --engine=interp
// Remainders have the sign of the dividend; the remainder by zero is the dividend.

func.func @main() {
  %c1 = stablehlo.constant dense<[-5.5, 5.5, 1.0]> : tensor<3xf32>
  %c2 = stablehlo.constant dense<[2.0, -2.0, 0x7F800000]> : tensor<3xf32>
  %r3 = stablehlo.remainder %c1, %c2 : tensor<3xf32>
  check.expect_eq_const %r3, dense<[-1.5, 1.5, 1.0]> : tensor<3xf32>
  %c4 = stablehlo.constant dense<[1.0, 0x7F800000]> : tensor<2xf32>
  %c5 = stablehlo.constant dense<[0.0, 2.0]> : tensor<2xf32>
  %r6 = stablehlo.remainder %c4, %c5 : tensor<2xf32>
  check.expect_eq_const %r6, dense<[0x7FC00000, 0x7FC00000]> : tensor<2xf32>
  %c7 = stablehlo.constant dense<[5, -7, 7, -2147483648]> : tensor<4xi32>
  %c8 = stablehlo.constant dense<[0, 2, -2, -1]> : tensor<4xi32>
  %r9 = stablehlo.remainder %c7, %c8 : tensor<4xi32>
  check.expect_eq_const %r9, dense<[5, -1, 1, 0]> : tensor<4xi32>
  %c10 = stablehlo.constant dense<[5, -9223372036854775808, 9007199254740993]> : tensor<3xi64>
  %c11 = stablehlo.constant dense<[0, -1, 2]> : tensor<3xi64>
  %r12 = stablehlo.remainder %c10, %c11 : tensor<3xi64>
  check.expect_eq_const %r12, dense<[5, 0, 1]> : tensor<3xi64>
  return
}
