// RUN: pcp-run %s --engine=interp
// Left shifts; by the width or more, or by a negative amount, nothing is left.

func.func @main() {
  %c1 = stablehlo.constant dense<[1, 1, 1, 3]> : tensor<4xi32>
  %c2 = stablehlo.constant dense<[31, 32, -1, 2]> : tensor<4xi32>
  %r3 = stablehlo.shift_left %c1, %c2 : tensor<4xi32>
  check.expect_eq_const %r3, dense<[-2147483648, 0, 0, 12]> : tensor<4xi32>
  %c4 = stablehlo.constant dense<[255]> : tensor<1xui8>
  %c5 = stablehlo.constant dense<[4]> : tensor<1xui8>
  %r6 = stablehlo.shift_left %c4, %c5 : tensor<1xui8>
  check.expect_eq_const %r6, dense<[240]> : tensor<1xui8>
  %c7 = stablehlo.constant dense<[1, 1]> : tensor<2xi64>
  %c8 = stablehlo.constant dense<[63, 64]> : tensor<2xi64>
  %r9 = stablehlo.shift_left %c7, %c8 : tensor<2xi64>
  check.expect_eq_const %r9, dense<[-9223372036854775808, 0]> : tensor<2xi64>
  return
}
