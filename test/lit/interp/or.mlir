// RUN: pcp-run %s --engine=interp
// Bitwise and logical OR.

func.func @main() {
  %c1 = stablehlo.constant dense<[false, false, true, true]> : tensor<4xi1>
  %c2 = stablehlo.constant dense<[false, true, false, true]> : tensor<4xi1>
  %r3 = stablehlo.or %c1, %c2 : tensor<4xi1>
  check.expect_eq_const %r3, dense<[false, true, true, true]> : tensor<4xi1>
  %c4 = stablehlo.constant dense<[12]> : tensor<1xui8>
  %c5 = stablehlo.constant dense<[3]> : tensor<1xui8>
  %r6 = stablehlo.or %c4, %c5 : tensor<1xui8>
  check.expect_eq_const %r6, dense<[15]> : tensor<1xui8>
  %c7 = stablehlo.constant dense<[1099511627776]> : tensor<1xi64>
  %c8 = stablehlo.constant dense<[3]> : tensor<1xi64>
  %r9 = stablehlo.or %c7, %c8 : tensor<1xi64>
  check.expect_eq_const %r9, dense<[1099511627779]> : tensor<1xi64>
  return
}
