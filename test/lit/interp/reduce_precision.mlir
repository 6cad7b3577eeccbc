// RUN: pcp-run %s --engine=interp
// Rounds to a narrower format and back.

func.func @main() {
  %c1 = stablehlo.constant dense<[1.2345678, 65519.0, 70000.0, 1.00000000000000006e-09, 0x7FC00000]> : tensor<5xf32>
  %r2 = stablehlo.reduce_precision %c1, format = e5m10 : tensor<5xf32>
  check.expect_eq_const %r2, dense<[1.234375, 65504.0, 0x7F800000, 0.0, 0x7FC00000]> : tensor<5xf32>
  return
}
