// RUN: pcp-run %s --engine=interp
// Reciprocal square roots.

func.func @main() {
  %c1 = stablehlo.constant dense<[1.0, 2.0, 9.0, 0.25]> : tensor<4xf64>
  %r2 = stablehlo.rsqrt %c1 : tensor<4xf64>
  check.expect_almost_eq_const %r2, dense<[1.0, 0.7071067811865475, 0.3333333333333333, 2.0]> : tensor<4xf64>
  %c3 = stablehlo.constant dense<[1.0, 2.0, 9.0, 0.25]> : tensor<4xf32>
  %r4 = stablehlo.rsqrt %c3 : tensor<4xf32>
  check.expect_almost_eq_const %r4, dense<[1.0, 0.7071067811865475, 0.3333333333333333, 2.0]> : tensor<4xf32>
  %c5 = stablehlo.constant dense<[0.0, -1.0, 0x7F800000]> : tensor<3xf32>
  %r6 = stablehlo.rsqrt %c5 : tensor<3xf32>
  check.expect_almost_eq_const %r6, dense<[0x7F800000, 0x7FC00000, 0.0]> : tensor<3xf32>
  return
}
