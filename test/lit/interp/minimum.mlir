// RUN: pcp-run %s --engine=interp
// Minima propagate NaN and put -0 below +0.

func.func @main() {
  %c1 = stablehlo.constant dense<[1.0, 0x7FC00000, -0.0, 0.0]> : tensor<4xf32>
  %c2 = stablehlo.constant dense<[2.0, 1.0, 0.0, -0.0]> : tensor<4xf32>
  %r3 = stablehlo.minimum %c1, %c2 : tensor<4xf32>
  check.expect_eq_const %r3, dense<[1.0, 0x7FC00000, -0.0, -0.0]> : tensor<4xf32>
  %c4 = stablehlo.constant dense<[-1, 4611686018427387904]> : tensor<2xi64>
  %c5 = stablehlo.constant dense<[1, 5]> : tensor<2xi64>
  %r6 = stablehlo.minimum %c4, %c5 : tensor<2xi64>
  check.expect_eq_const %r6, dense<[-1, 5]> : tensor<2xi64>
  %c7 = stablehlo.constant dense<[200]> : tensor<1xui8>
  %c8 = stablehlo.constant dense<[100]> : tensor<1xui8>
  %r9 = stablehlo.minimum %c7, %c8 : tensor<1xui8>
  check.expect_eq_const %r9, dense<[100]> : tensor<1xui8>
  %c10 = stablehlo.constant dense<[true, true]> : tensor<2xi1>
  %c11 = stablehlo.constant dense<[true, false]> : tensor<2xi1>
  %r12 = stablehlo.minimum %c10, %c11 : tensor<2xi1>
  check.expect_eq_const %r12, dense<[true, false]> : tensor<2xi1>
  return
}
