// RUN: pcp-run %s --engine=interp
// Neither infinite nor NaN.

func.func @main() {
  %c1 = stablehlo.constant dense<[1.0, 0x7F800000, 0xFF800000, 0x7FC00000, -0.0]> : tensor<5xf32>
  %r2 = stablehlo.is_finite %c1 : (tensor<5xf32>) -> tensor<5xi1>
  check.expect_eq_const %r2, dense<[true, false, false, false, true]> : tensor<5xi1>
  return
}
