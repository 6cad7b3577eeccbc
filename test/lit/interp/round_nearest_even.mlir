// RUN: pcp-run %s --engine=interp
// Rounds halves to even.

func.func @main() {
  %c1 = stablehlo.constant dense<[2.5, 3.5, -2.5, 0.5, -0.5, 8388609.0]> : tensor<6xf32>
  %r2 = stablehlo.round_nearest_even %c1 : tensor<6xf32>
  check.expect_eq_const %r2, dense<[2.0, 4.0, -2.0, 0.0, -0.0, 8388609.0]> : tensor<6xf32>
  %c3 = stablehlo.constant dense<[0.49999999999999994, 4503599627370498.0]> : tensor<2xf64>
  %r4 = stablehlo.round_nearest_even %c3 : tensor<2xf64>
  check.expect_eq_const %r4, dense<[0.0, 4503599627370498.0]> : tensor<2xf64>
  return
}
