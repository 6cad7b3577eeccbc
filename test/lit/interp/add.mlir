// RUN: pcp-run %s --engine=interp
// Sums; integers wrap, booleans are ORed, bf16 rounds to nearest even.

func.func @main() {
  %c1 = stablehlo.constant dense<[1.0, -2.0, 0x7F800000, 0xFF800000]> : tensor<4xf32>
  %c2 = stablehlo.constant dense<[2.5, 2.0, 1.0, 0x7F800000]> : tensor<4xf32>
  %r3 = stablehlo.add %c1, %c2 : tensor<4xf32>
  check.expect_eq_const %r3, dense<[3.5, 0.0, 0x7F800000, 0x7FC00000]> : tensor<4xf32>
  %c4 = stablehlo.constant dense<[2147483647, -5]> : tensor<2xi32>
  %c5 = stablehlo.constant dense<[1, 3]> : tensor<2xi32>
  %r6 = stablehlo.add %c4, %c5 : tensor<2xi32>
  check.expect_eq_const %r6, dense<[-2147483648, -2]> : tensor<2xi32>
  %c7 = stablehlo.constant dense<[250, 1]> : tensor<2xui8>
  %c8 = stablehlo.constant dense<[10, 2]> : tensor<2xui8>
  %r9 = stablehlo.add %c7, %c8 : tensor<2xui8>
  check.expect_eq_const %r9, dense<[4, 3]> : tensor<2xui8>
  // Beyond 2^53 nothing is lost.
  %c10 = stablehlo.constant dense<[9223372036854775807, 9007199254740992]> : tensor<2xi64>
  %c11 = stablehlo.constant dense<[1, 1]> : tensor<2xi64>
  %r12 = stablehlo.add %c10, %c11 : tensor<2xi64>
  check.expect_eq_const %r12, dense<[-9223372036854775808, 9007199254740993]> : tensor<2xi64>
  %c13 = stablehlo.constant dense<[false, false, true, true]> : tensor<4xi1>
  %c14 = stablehlo.constant dense<[false, true, false, true]> : tensor<4xi1>
  %r15 = stablehlo.add %c13, %c14 : tensor<4xi1>
  check.expect_eq_const %r15, dense<[false, true, true, true]> : tensor<4xi1>
  // 257 and 259 lie half way between bf16 values.
  %c16 = stablehlo.constant dense<[256.0, 256.0]> : tensor<2xbf16>
  %c17 = stablehlo.constant dense<[1.0, 3.0]> : tensor<2xbf16>
  %r18 = stablehlo.add %c16, %c17 : tensor<2xbf16>
  check.expect_eq_const %r18, dense<[256.0, 260.0]> : tensor<2xbf16>
  return
}
