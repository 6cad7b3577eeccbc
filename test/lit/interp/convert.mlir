// RUN: pcp-run %s --engine=interp
// Conversions: floats to integers truncate and saturate, integers wrap, NaN becomes 0.

func.func @main() {
  %c1 = stablehlo.constant dense<[3000000000.0, -3000000000.0, 1.9, -1.9, 0x7FC00000, 0x7F800000]> : tensor<6xf32>
  %r2 = stablehlo.convert %c1 : (tensor<6xf32>) -> tensor<6xi32>
  check.expect_eq_const %r2, dense<[2147483647, -2147483648, 1, -1, 0, 2147483647]> : tensor<6xi32>
  %c3 = stablehlo.constant dense<[300.0, -1.0, 0x7FC00000]> : tensor<3xf32>
  %r4 = stablehlo.convert %c3 : (tensor<3xf32>) -> tensor<3xui8>
  check.expect_eq_const %r4, dense<[255, 0, 0]> : tensor<3xui8>
  %c5 = stablehlo.constant dense<[1.00000000000000000e+19, -1.00000000000000000e+19, 0x7FF8000000000000, 9007199254740992.0]> : tensor<4xf64>
  %r6 = stablehlo.convert %c5 : (tensor<4xf64>) -> tensor<4xi64>
  check.expect_eq_const %r6, dense<[9223372036854775807, -9223372036854775808, 0, 9007199254740992]> : tensor<4xi64>
  %c7 = stablehlo.constant dense<[-1.0, 0x7F800000]> : tensor<2xf32>
  %r8 = stablehlo.convert %c7 : (tensor<2xf32>) -> tensor<2xui64>
  check.expect_eq_const %r8, dense<[0, 18446744073709551615]> : tensor<2xui64>
  %c9 = stablehlo.constant dense<[300, -1]> : tensor<2xi32>
  %r10 = stablehlo.convert %c9 : (tensor<2xi32>) -> tensor<2xi8>
  check.expect_eq_const %r10, dense<[44, -1]> : tensor<2xi8>
  %c11 = stablehlo.constant dense<[4294967301, -1]> : tensor<2xi64>
  %r12 = stablehlo.convert %c11 : (tensor<2xi64>) -> tensor<2xi32>
  check.expect_eq_const %r12, dense<[5, -1]> : tensor<2xi32>
  %c13 = stablehlo.constant dense<[-1]> : tensor<1xi32>
  %r14 = stablehlo.convert %c13 : (tensor<1xi32>) -> tensor<1xui64>
  check.expect_eq_const %r14, dense<[18446744073709551615]> : tensor<1xui64>
  %c15 = stablehlo.constant dense<[9223372036854775807]> : tensor<1xi64>
  %r16 = stablehlo.convert %c15 : (tensor<1xi64>) -> tensor<1xf64>
  check.expect_eq_const %r16, dense<[9.22337203685477581e+18]> : tensor<1xf64>
  // Rounded once: through f64 the first would be 2^60 and the second 2^53.
  %c17 = stablehlo.constant dense<[1152921573326323713, 9007199791611905]> : tensor<2xi64>
  %r18 = stablehlo.convert %c17 : (tensor<2xi64>) -> tensor<2xf32>
  check.expect_eq_const %r18, dense<[1.15292164204580045e+18, 9007200328482816.0]> : tensor<2xf32>
  %c19 = stablehlo.constant dense<[1.0000000596046448, 1.0000000596046448]> : tensor<2xf64>
  %r20 = stablehlo.convert %c19 : (tensor<2xf64>) -> tensor<2xf32>
  check.expect_eq_const %r20, dense<[1.0, 1.0]> : tensor<2xf32>
  %c21 = stablehlo.constant dense<[0.0, -0.0, 0.1, 0x7FC00000]> : tensor<4xf32>
  %r22 = stablehlo.convert %c21 : (tensor<4xf32>) -> tensor<4xi1>
  check.expect_eq_const %r22, dense<[false, false, true, true]> : tensor<4xi1>
  %c23 = stablehlo.constant dense<[0, 1099511627776]> : tensor<2xi64>
  %r24 = stablehlo.convert %c23 : (tensor<2xi64>) -> tensor<2xi1>
  check.expect_eq_const %r24, dense<[false, true]> : tensor<2xi1>
  %c25 = stablehlo.constant dense<[false, true]> : tensor<2xi1>
  %r26 = stablehlo.convert %c25 : (tensor<2xi1>) -> tensor<2xf32>
  check.expect_eq_const %r26, dense<[0.0, 1.0]> : tensor<2xf32>
  %c27 = stablehlo.constant dense<[65519.9, 65520.0, 1.00000000000000002e-08]> : tensor<3xf64>
  %r28 = stablehlo.convert %c27 : (tensor<3xf64>) -> tensor<3xf16>
  check.expect_eq_const %r28, dense<[65504.0, 0x7C00, 0.0]> : tensor<3xf16>
  %c29 = stablehlo.constant dense<[1.00390625, 1.0039062500000002]> : tensor<2xf64>
  %r30 = stablehlo.convert %c29 : (tensor<2xf64>) -> tensor<2xbf16>
  check.expect_eq_const %r30, dense<[1.0, 1.0078125]> : tensor<2xbf16>
  return
}
