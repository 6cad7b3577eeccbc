// RUN: pcp-run %s --engine=interp
// Hyperbolic tangents.

func.func @main() {
  %c1 = stablehlo.constant dense<[0.0, 1.0, -2.0, 20.0]> : tensor<4xf64>
  %r2 = stablehlo.tanh %c1 : tensor<4xf64>
  check.expect_almost_eq_const %r2, dense<[0.0, 0.7615941559557649, -0.9640275800758169, 1.0]> : tensor<4xf64>
  %c3 = stablehlo.constant dense<[0.0, 1.0, -2.0, 20.0]> : tensor<4xf32>
  %r4 = stablehlo.tanh %c3 : tensor<4xf32>
  check.expect_almost_eq_const %r4, dense<[0.0, 0.7615941559557649, -0.9640275800758169, 1.0]> : tensor<4xf32>
  %c5 = stablehlo.constant dense<[0x7F800000, 0xFF800000]> : tensor<2xf32>
  %r6 = stablehlo.tanh %c5 : tensor<2xf32>
  check.expect_almost_eq_const %r6, dense<[1.0, -1.0]> : tensor<2xf32>
  return
}
