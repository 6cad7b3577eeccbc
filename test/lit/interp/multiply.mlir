// RUN: pcp-run %s --engine=interp
// Products; integers wrap, booleans are ANDed.

func.func @main() {
  %c1 = stablehlo.constant dense<[2.0, -0.0, 0x7F800000]> : tensor<3xf32>
  %c2 = stablehlo.constant dense<[3.5, 3.0, 0.0]> : tensor<3xf32>
  %r3 = stablehlo.multiply %c1, %c2 : tensor<3xf32>
  check.expect_eq_const %r3, dense<[7.0, -0.0, 0x7FC00000]> : tensor<3xf32>
  %c4 = stablehlo.constant dense<[65536, -3]> : tensor<2xi32>
  %c5 = stablehlo.constant dense<[65536, 7]> : tensor<2xi32>
  %r6 = stablehlo.multiply %c4, %c5 : tensor<2xi32>
  check.expect_eq_const %r6, dense<[0, -21]> : tensor<2xi32>
  %c7 = stablehlo.constant dense<[3037000500, -4]> : tensor<2xi64>
  %c8 = stablehlo.constant dense<[3037000500, 5]> : tensor<2xi64>
  %r9 = stablehlo.multiply %c7, %c8 : tensor<2xi64>
  check.expect_eq_const %r9, dense<[-9223372036709301616, -20]> : tensor<2xi64>
  %c10 = stablehlo.constant dense<[9223372036854775808]> : tensor<1xui64>
  %c11 = stablehlo.constant dense<[2]> : tensor<1xui64>
  %r12 = stablehlo.multiply %c10, %c11 : tensor<1xui64>
  check.expect_eq_const %r12, dense<[0]> : tensor<1xui64>
  %c13 = stablehlo.constant dense<[false, false, true, true]> : tensor<4xi1>
  %c14 = stablehlo.constant dense<[false, true, false, true]> : tensor<4xi1>
  %r15 = stablehlo.multiply %c13, %c14 : tensor<4xi1>
  check.expect_eq_const %r15, dense<[false, false, false, true]> : tensor<4xi1>
  return
}
