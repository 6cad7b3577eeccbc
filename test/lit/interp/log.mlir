// RUN: pcp-run %s --engine=interp
// Natural logarithms.

func.func @main() {
  %c1 = stablehlo.constant dense<[1.0, 2.5, 0.1, 100.0]> : tensor<4xf64>
  %r2 = stablehlo.log %c1 : tensor<4xf64>
  check.expect_almost_eq_const %r2, dense<[0.0, 0.9162907318741551, -2.3025850929940455, 4.605170185988092]> : tensor<4xf64>
  %c3 = stablehlo.constant dense<[1.0, 2.5, 0.1, 100.0]> : tensor<4xf32>
  %r4 = stablehlo.log %c3 : tensor<4xf32>
  check.expect_almost_eq_const %r4, dense<[0.0, 0.9162907318741551, -2.3025850929940455, 4.605170185988092]> : tensor<4xf32>
  %c5 = stablehlo.constant dense<[0.0, -1.0, 0x7F800000]> : tensor<3xf32>
  %r6 = stablehlo.log %c5 : tensor<3xf32>
  check.expect_almost_eq_const %r6, dense<[0xFF800000, 0x7FC00000, 0x7F800000]> : tensor<3xf32>
  return
}
