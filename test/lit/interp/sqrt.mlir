// RUN: pcp-run %s --engine=interp
// Square roots.

func.func @main() {
  %c1 = stablehlo.constant dense<[0.0, 2.0, 9.0, 0.25]> : tensor<4xf64>
  %r2 = stablehlo.sqrt %c1 : tensor<4xf64>
  check.expect_almost_eq_const %r2, dense<[0.0, 1.4142135623730951, 3.0, 0.5]> : tensor<4xf64>
  %c3 = stablehlo.constant dense<[0.0, 2.0, 9.0, 0.25]> : tensor<4xf32>
  %r4 = stablehlo.sqrt %c3 : tensor<4xf32>
  check.expect_almost_eq_const %r4, dense<[0.0, 1.4142135623730951, 3.0, 0.5]> : tensor<4xf32>
  %c5 = stablehlo.constant dense<[-1.0, 0x7F800000]> : tensor<2xf32>
  %r6 = stablehlo.sqrt %c5 : tensor<2xf32>
  check.expect_almost_eq_const %r6, dense<[0x7FC00000, 0x7F800000]> : tensor<2xf32>
  return
}
