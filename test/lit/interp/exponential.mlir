// RUN: pcp-run %s --engine=interp
// e^x.

func.func @main() {
  %c1 = stablehlo.constant dense<[0.0, 1.0, -1.0, 2.5]> : tensor<4xf64>
  %r2 = stablehlo.exponential %c1 : tensor<4xf64>
  check.expect_almost_eq_const %r2, dense<[1.0, 2.718281828459045, 0.36787944117144233, 12.182493960703473]> : tensor<4xf64>
  %c3 = stablehlo.constant dense<[0.0, 1.0, -1.0, 2.5]> : tensor<4xf32>
  %r4 = stablehlo.exponential %c3 : tensor<4xf32>
  check.expect_almost_eq_const %r4, dense<[1.0, 2.718281828459045, 0.36787944117144233, 12.182493960703473]> : tensor<4xf32>
  %c5 = stablehlo.constant dense<[0x7F800000, 0xFF800000, 0x7FC00000, 100.0]> : tensor<4xf32>
  %r6 = stablehlo.exponential %c5 : tensor<4xf32>
  check.expect_almost_eq_const %r6, dense<[0x7F800000, 0.0, 0x7FC00000, 0x7F800000]> : tensor<4xf32>
  return
}
