// RUN: pcp-run %s --engine=interp
// Right shifts that keep the sign, all the way when the amount is too large.

func.func @main() {
  %c1 = stablehlo.constant dense<[-8, -8, 8, -8]> : tensor<4xi32>
  %c2 = stablehlo.constant dense<[1, 32, 40, -1]> : tensor<4xi32>
  %r3 = stablehlo.shift_right_arithmetic %c1, %c2 : tensor<4xi32>
  check.expect_eq_const %r3, dense<[-4, -1, 0, -1]> : tensor<4xi32>
  %c4 = stablehlo.constant dense<[-128]> : tensor<1xi8>
  %c5 = stablehlo.constant dense<[7]> : tensor<1xi8>
  %r6 = stablehlo.shift_right_arithmetic %c4, %c5 : tensor<1xi8>
  check.expect_eq_const %r6, dense<[-1]> : tensor<1xi8>
  %c7 = stablehlo.constant dense<[-9223372036854775808, -9223372036854775808]> : tensor<2xi64>
  %c8 = stablehlo.constant dense<[62, 64]> : tensor<2xi64>
  %r9 = stablehlo.shift_right_arithmetic %c7, %c8 : tensor<2xi64>
  check.expect_eq_const %r9, dense<[-2, -1]> : tensor<2xi64>
  return
}
