// RUN: pcp-run %s --engine=interp
// Cube roots, of negative numbers too.

func.func @main() {
  %c1 = stablehlo.constant dense<[1.0, -8.0, 27.0, 0.001]> : tensor<4xf64>
  %r2 = stablehlo.cbrt %c1 : tensor<4xf64>
  check.expect_almost_eq_const %r2, dense<[1.0, -2.0, 3.0, 0.10000000000000002]> : tensor<4xf64>
  %c3 = stablehlo.constant dense<[1.0, -8.0, 27.0, 0.001]> : tensor<4xf32>
  %r4 = stablehlo.cbrt %c3 : tensor<4xf32>
  check.expect_almost_eq_const %r4, dense<[1.0, -2.0, 3.0, 0.10000000000000002]> : tensor<4xf32>
  %c5 = stablehlo.constant dense<[0xFF800000]> : tensor<1xf32>
  %r6 = stablehlo.cbrt %c5 : tensor<1xf32>
  check.expect_almost_eq_const %r6, dense<[0xFF800000]> : tensor<1xf32>
  return
}
