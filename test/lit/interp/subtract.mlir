// RUN: pcp-run %s --engine=interp
// Differences; integers wrap.

func.func @main() {
  %c1 = stablehlo.constant dense<[1.0, 0x7F800000]> : tensor<2xf32>
  %c2 = stablehlo.constant dense<[2.5, 0x7F800000]> : tensor<2xf32>
  %r3 = stablehlo.subtract %c1, %c2 : tensor<2xf32>
  check.expect_eq_const %r3, dense<[-1.5, 0x7FC00000]> : tensor<2xf32>
  %c4 = stablehlo.constant dense<[-128, 5]> : tensor<2xi8>
  %c5 = stablehlo.constant dense<[1, 7]> : tensor<2xi8>
  %r6 = stablehlo.subtract %c4, %c5 : tensor<2xi8>
  check.expect_eq_const %r6, dense<[127, -2]> : tensor<2xi8>
  %c7 = stablehlo.constant dense<[0]> : tensor<1xui16>
  %c8 = stablehlo.constant dense<[1]> : tensor<1xui16>
  %r9 = stablehlo.subtract %c7, %c8 : tensor<1xui16>
  check.expect_eq_const %r9, dense<[65535]> : tensor<1xui16>
  %c10 = stablehlo.constant dense<[-9223372036854775808]> : tensor<1xi64>
  %c11 = stablehlo.constant dense<[1]> : tensor<1xi64>
  %r12 = stablehlo.subtract %c10, %c11 : tensor<1xi64>
  check.expect_eq_const %r12, dense<[9223372036854775807]> : tensor<1xi64>
  return
}
