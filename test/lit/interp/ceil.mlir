// RUN: pcp-run %s --engine=interp
// Ceilings.

func.func @main() {
  %c1 = stablehlo.constant dense<[1.2, -1.2, -0.5, 0x7F800000]> : tensor<4xf32>
  %r2 = stablehlo.ceil %c1 : tensor<4xf32>
  check.expect_eq_const %r2, dense<[2.0, -1.0, -0.0, 0x7F800000]> : tensor<4xf32>
  %c3 = stablehlo.constant dense<[2.5]> : tensor<1xbf16>
  %r4 = stablehlo.ceil %c3 : tensor<1xbf16>
  check.expect_eq_const %r4, dense<[3.0]> : tensor<1xbf16>
  return
}
