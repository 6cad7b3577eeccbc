// RUN: pcp-run %s --engine=interp
// Maxima propagate NaN and put -0 below +0.

func.func @main() {
  %c1 = stablehlo.constant dense<[1.0, 0x7FC00000, -0.0, 0.0]> : tensor<4xf32>
  %c2 = stablehlo.constant dense<[2.0, 1.0, 0.0, -0.0]> : tensor<4xf32>
  %r3 = stablehlo.maximum %c1, %c2 : tensor<4xf32>
  check.expect_eq_const %r3, dense<[2.0, 0x7FC00000, 0.0, 0.0]> : tensor<4xf32>
  %c4 = stablehlo.constant dense<[-1, 5]> : tensor<2xi32>
  %c5 = stablehlo.constant dense<[1, -5]> : tensor<2xi32>
  %r6 = stablehlo.maximum %c4, %c5 : tensor<2xi32>
  check.expect_eq_const %r6, dense<[1, 5]> : tensor<2xi32>
  %c7 = stablehlo.constant dense<[4294967295]> : tensor<1xui32>
  %c8 = stablehlo.constant dense<[1]> : tensor<1xui32>
  %r9 = stablehlo.maximum %c7, %c8 : tensor<1xui32>
  check.expect_eq_const %r9, dense<[4294967295]> : tensor<1xui32>
  %c10 = stablehlo.constant dense<[18446744073709551615]> : tensor<1xui64>
  %c11 = stablehlo.constant dense<[1]> : tensor<1xui64>
  %r12 = stablehlo.maximum %c10, %c11 : tensor<1xui64>
  check.expect_eq_const %r12, dense<[18446744073709551615]> : tensor<1xui64>
  %c13 = stablehlo.constant dense<[false, true]> : tensor<2xi1>
  %c14 = stablehlo.constant dense<[false, false]> : tensor<2xi1>
  %r15 = stablehlo.maximum %c13, %c14 : tensor<2xi1>
  check.expect_eq_const %r15, dense<[false, true]> : tensor<2xi1>
  return
}
