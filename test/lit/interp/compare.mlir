// RUN: pcp-run %s --engine=interp
// Comparisons of floats, where NaN is unequal to all, in total order, of signed and of unsigned integers.

func.func @main() {
  %c1 = stablehlo.constant dense<[1.0, 2.0, 0x7FC00000, 0.0]> : tensor<4xf32>
  %c2 = stablehlo.constant dense<[2.0, 2.0, 0x7FC00000, -0.0]> : tensor<4xf32>
  %r3 = stablehlo.compare EQ, %c1, %c2, FLOAT : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
  check.expect_eq_const %r3, dense<[false, true, false, true]> : tensor<4xi1>
  %c4 = stablehlo.constant dense<[1.0, 2.0, 0x7FC00000, 0.0]> : tensor<4xf32>
  %c5 = stablehlo.constant dense<[2.0, 2.0, 0x7FC00000, -0.0]> : tensor<4xf32>
  %r6 = stablehlo.compare NE, %c4, %c5, FLOAT : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
  check.expect_eq_const %r6, dense<[true, false, true, false]> : tensor<4xi1>
  %c7 = stablehlo.constant dense<[1.0, 2.0, 0x7FC00000, 0.0]> : tensor<4xf32>
  %c8 = stablehlo.constant dense<[2.0, 2.0, 0x7FC00000, -0.0]> : tensor<4xf32>
  %r9 = stablehlo.compare LT, %c7, %c8, FLOAT : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
  check.expect_eq_const %r9, dense<[true, false, false, false]> : tensor<4xi1>
  %c10 = stablehlo.constant dense<[1.0, 2.0, 0x7FC00000, 0.0]> : tensor<4xf32>
  %c11 = stablehlo.constant dense<[2.0, 2.0, 0x7FC00000, -0.0]> : tensor<4xf32>
  %r12 = stablehlo.compare LE, %c10, %c11, FLOAT : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
  check.expect_eq_const %r12, dense<[true, true, false, true]> : tensor<4xi1>
  %c13 = stablehlo.constant dense<[1.0, 2.0, 0x7FC00000, 0.0]> : tensor<4xf32>
  %c14 = stablehlo.constant dense<[2.0, 2.0, 0x7FC00000, -0.0]> : tensor<4xf32>
  %r15 = stablehlo.compare GT, %c13, %c14, FLOAT : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
  check.expect_eq_const %r15, dense<[false, false, false, false]> : tensor<4xi1>
  %c16 = stablehlo.constant dense<[1.0, 2.0, 0x7FC00000, 0.0]> : tensor<4xf32>
  %c17 = stablehlo.constant dense<[2.0, 2.0, 0x7FC00000, -0.0]> : tensor<4xf32>
  %r18 = stablehlo.compare GE, %c16, %c17, FLOAT : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
  check.expect_eq_const %r18, dense<[false, true, false, true]> : tensor<4xi1>
  // In total order -0 comes before +0, and NaN after infinity.
  %c19 = stablehlo.constant dense<[-0.0, 0.0, 0x7F800000, 0x7FC00000, 0xFF800000]> : tensor<5xf32>
  %c20 = stablehlo.constant dense<[0.0, -0.0, 0x7FC00000, 0x7FC00000, -1.0]> : tensor<5xf32>
  %r21 = stablehlo.compare LT, %c19, %c20, TOTALORDER : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xi1>
  check.expect_eq_const %r21, dense<[true, false, true, false, true]> : tensor<5xi1>
  %c22 = stablehlo.constant dense<[-0.0, 0x7FC00000]> : tensor<2xf32>
  %c23 = stablehlo.constant dense<[0.0, 0x7FC00000]> : tensor<2xf32>
  %r24 = stablehlo.compare EQ, %c22, %c23, TOTALORDER : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
  check.expect_eq_const %r24, dense<[false, true]> : tensor<2xi1>
  %c25 = stablehlo.constant dense<[-0.0, 0.0, 0x7FF0000000000000, 0x7FF8000000000000, 0xFFF0000000000000]> : tensor<5xf64>
  %c26 = stablehlo.constant dense<[0.0, -0.0, 0x7FF8000000000000, 0x7FF8000000000000, -1.0]> : tensor<5xf64>
  %r27 = stablehlo.compare LT, %c25, %c26, TOTALORDER : (tensor<5xf64>, tensor<5xf64>) -> tensor<5xi1>
  check.expect_eq_const %r27, dense<[true, false, true, false, true]> : tensor<5xi1>
  %c28 = stablehlo.constant dense<[-0.0, 0x7FF8000000000000]> : tensor<2xf64>
  %c29 = stablehlo.constant dense<[0.0, 0x7FF8000000000000]> : tensor<2xf64>
  %r30 = stablehlo.compare EQ, %c28, %c29, TOTALORDER : (tensor<2xf64>, tensor<2xf64>) -> tensor<2xi1>
  check.expect_eq_const %r30, dense<[false, true]> : tensor<2xi1>
  %c31 = stablehlo.constant dense<[-0.0, 0.0, 0x7F80, 0x7FC0, 0xFF80]> : tensor<5xbf16>
  %c32 = stablehlo.constant dense<[0.0, -0.0, 0x7FC0, 0x7FC0, -1.0]> : tensor<5xbf16>
  %r33 = stablehlo.compare LT, %c31, %c32, TOTALORDER : (tensor<5xbf16>, tensor<5xbf16>) -> tensor<5xi1>
  check.expect_eq_const %r33, dense<[true, false, true, false, true]> : tensor<5xi1>
  %c34 = stablehlo.constant dense<[-0.0, 0x7FC0]> : tensor<2xbf16>
  %c35 = stablehlo.constant dense<[0.0, 0x7FC0]> : tensor<2xbf16>
  %r36 = stablehlo.compare EQ, %c34, %c35, TOTALORDER : (tensor<2xbf16>, tensor<2xbf16>) -> tensor<2xi1>
  check.expect_eq_const %r36, dense<[false, true]> : tensor<2xi1>
  %c37 = stablehlo.constant dense<[-1, 3]> : tensor<2xi32>
  %c38 = stablehlo.constant dense<[1, 3]> : tensor<2xi32>
  %r39 = stablehlo.compare LT, %c37, %c38, SIGNED : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi1>
  check.expect_eq_const %r39, dense<[true, false]> : tensor<2xi1>
  %c40 = stablehlo.constant dense<[4294967295, 1]> : tensor<2xui32>
  %c41 = stablehlo.constant dense<[1, 2]> : tensor<2xui32>
  %r42 = stablehlo.compare LT, %c40, %c41, UNSIGNED : (tensor<2xui32>, tensor<2xui32>) -> tensor<2xi1>
  check.expect_eq_const %r42, dense<[false, true]> : tensor<2xi1>
  %c43 = stablehlo.constant dense<[9007199254740993, -9223372036854775808]> : tensor<2xi64>
  %c44 = stablehlo.constant dense<[9007199254740992, 0]> : tensor<2xi64>
  %r45 = stablehlo.compare GT, %c43, %c44, SIGNED : (tensor<2xi64>, tensor<2xi64>) -> tensor<2xi1>
  check.expect_eq_const %r45, dense<[true, false]> : tensor<2xi1>
  %c46 = stablehlo.constant dense<[18446744073709551615]> : tensor<1xui64>
  %c47 = stablehlo.constant dense<[1]> : tensor<1xui64>
  %r48 = stablehlo.compare GT, %c46, %c47, UNSIGNED : (tensor<1xui64>, tensor<1xui64>) -> tensor<1xi1>
  check.expect_eq_const %r48, dense<[true]> : tensor<1xi1>
  %c49 = stablehlo.constant dense<[false, true]> : tensor<2xi1>
  %c50 = stablehlo.constant dense<[true, true]> : tensor<2xi1>
  %r51 = stablehlo.compare GE, %c49, %c50, UNSIGNED : (tensor<2xi1>, tensor<2xi1>) -> tensor<2xi1>
  check.expect_eq_const %r51, dense<[false, true]> : tensor<2xi1>
  return
}
