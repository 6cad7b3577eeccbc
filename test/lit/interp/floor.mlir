// RUN: pcp-run %s --engine=interp
// Floors.

func.func @main() {
  %c1 = stablehlo.constant dense<[1.2, -1.2, -0.0, 0x7FC00000]> : tensor<4xf32>
  %r2 = stablehlo.floor %c1 : tensor<4xf32>
  check.expect_eq_const %r2, dense<[1.0, -2.0, -0.0, 0x7FC00000]> : tensor<4xf32>
  %c3 = stablehlo.constant dense<[2.5]> : tensor<1xf16>
  %r4 = stablehlo.floor %c3 : tensor<1xf16>
  check.expect_eq_const %r4, dense<[2.0]> : tensor<1xf16>
  return
}
