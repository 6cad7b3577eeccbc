// RUN: pcp-run %s --engine=interp
// Sines.

func.func @main() {
  %c1 = stablehlo.constant dense<[0.0, 1.0, -2.0, 20.0]> : tensor<4xf64>
  %r2 = stablehlo.sine %c1 : tensor<4xf64>
  check.expect_almost_eq_const %r2, dense<[0.0, 0.8414709848078965, -0.9092974268256817, 0.9129452507276277]> : tensor<4xf64>
  %c3 = stablehlo.constant dense<[0.0, 1.0, -2.0, 20.0]> : tensor<4xf32>
  %r4 = stablehlo.sine %c3 : tensor<4xf32>
  check.expect_almost_eq_const %r4, dense<[0.0, 0.8414709848078965, -0.9092974268256817, 0.9129452507276277]> : tensor<4xf32>
  %c5 = stablehlo.constant dense<[0x7F800000]> : tensor<1xf32>
  %r6 = stablehlo.sine %c5 : tensor<1xf32>
  check.expect_almost_eq_const %r6, dense<[0x7FC00000]> : tensor<1xf32>
  return
}
