// RUN: pcp-run %s --engine=interp
// Rounds halves away from zero.

func.func @main() {
  %c1 = stablehlo.constant dense<[2.5, -2.5, 0.5, -0.5, 1.4]> : tensor<5xf32>
  %r2 = stablehlo.round_nearest_afz %c1 : tensor<5xf32>
  check.expect_eq_const %r2, dense<[3.0, -3.0, 1.0, -1.0, 1.0]> : tensor<5xf32>
  %c3 = stablehlo.constant dense<[0.49999999999999994]> : tensor<1xf64>
  %r4 = stablehlo.round_nearest_afz %c3 : tensor<1xf64>
  check.expect_eq_const %r4, dense<[0.0]> : tensor<1xf64>
  return
}
