// RUN: pcp-run %s --engine=interp
// Rounds to a narrower format and back.

func.func @main() {
  %c1 = stablehlo.constant dense<[1.2345678, 65519.0, 70000.0, 1.00000000000000006e-09, 0x7FC00000]> : tensor<5xf32>
  %r2 = stablehlo.reduce_precision %c1, format = e5m10 : tensor<5xf32>
  check.expect_eq_const %r2, dense<[1.234375, 65504.0, 0x7F800000, 0.0, 0x7FC00000]> : tensor<5xf32>

  // A format as wide as that of the type changes nothing, denormals included.
  %c3 = stablehlo.constant dense<"0x011F9B7B"> : tensor<4xf8E5M2>
  %r4 = stablehlo.reduce_precision %c3, format = e5m2 : tensor<4xf8E5M2>
  check.expect_eq_const %r4, dense<"0x011F9B7B"> : tensor<4xf8E5M2>
  %c5 = stablehlo.constant dense<"0x02898D2E"> : tensor<4xf8E3M4>
  %r6 = stablehlo.reduce_precision %c5, format = e3m4 : tensor<4xf8E3M4>
  check.expect_eq_const %r6, dense<"0x02898D2E"> : tensor<4xf8E3M4>
  %c7 = stablehlo.constant dense<"0x01858D77"> : tensor<4xf8E4M3FNUZ>
  %r8 = stablehlo.reduce_precision %c7, format = e4m3 : tensor<4xf8E4M3FNUZ>
  check.expect_eq_const %r8, dense<"0x01858D77"> : tensor<4xf8E4M3FNUZ>
  return
}
