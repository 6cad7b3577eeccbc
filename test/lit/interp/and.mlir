// RUN: pcp-run %s --engine=interp
// Bitwise and logical AND.

func.func @main() {
  %c1 = stablehlo.constant dense<[false, false, true, true]> : tensor<4xi1>
  %c2 = stablehlo.constant dense<[false, true, false, true]> : tensor<4xi1>
  %r3 = stablehlo.and %c1, %c2 : tensor<4xi1>
  check.expect_eq_const %r3, dense<[false, false, false, true]> : tensor<4xi1>
  %c4 = stablehlo.constant dense<[12, -1]> : tensor<2xi32>
  %c5 = stablehlo.constant dense<[10, 7]> : tensor<2xi32>
  %r6 = stablehlo.and %c4, %c5 : tensor<2xi32>
  check.expect_eq_const %r6, dense<[8, 7]> : tensor<2xi32>
  %c7 = stablehlo.constant dense<[1099511627781]> : tensor<1xi64>
  %c8 = stablehlo.constant dense<[1099511627779]> : tensor<1xi64>
  %r9 = stablehlo.and %c7, %c8 : tensor<1xi64>
  check.expect_eq_const %r9, dense<[1099511627777]> : tensor<1xi64>
  return
}
