// RUN: pcp-run %s --engine=interp
// Right shifts that fill with zeros.

func.func @main() {
  %c1 = stablehlo.constant dense<[-8, -8, 8]> : tensor<3xi32>
  %c2 = stablehlo.constant dense<[1, 32, -1]> : tensor<3xi32>
  %r3 = stablehlo.shift_right_logical %c1, %c2 : tensor<3xi32>
  check.expect_eq_const %r3, dense<[2147483644, 0, 0]> : tensor<3xi32>
  %c4 = stablehlo.constant dense<[-1]> : tensor<1xi8>
  %c5 = stablehlo.constant dense<[4]> : tensor<1xi8>
  %r6 = stablehlo.shift_right_logical %c4, %c5 : tensor<1xi8>
  check.expect_eq_const %r6, dense<[15]> : tensor<1xi8>
  %c7 = stablehlo.constant dense<[65535]> : tensor<1xui16>
  %c8 = stablehlo.constant dense<[8]> : tensor<1xui16>
  %r9 = stablehlo.shift_right_logical %c7, %c8 : tensor<1xui16>
  check.expect_eq_const %r9, dense<[255]> : tensor<1xui16>
  %c10 = stablehlo.constant dense<[-1, -1]> : tensor<2xi64>
  %c11 = stablehlo.constant dense<[60, 64]> : tensor<2xi64>
  %r12 = stablehlo.shift_right_logical %c10, %c11 : tensor<2xi64>
  check.expect_eq_const %r12, dense<[15, 0]> : tensor<2xi64>
  return
}
