// RUN: pcp-run %s --engine=interp
// 1 / (1 + e^-x), without overflow on either side.

func.func @main() {
  %c1 = stablehlo.constant dense<[0.0, 1.0, -2.0, 20.0]> : tensor<4xf64>
  %r2 = stablehlo.logistic %c1 : tensor<4xf64>
  check.expect_almost_eq_const %r2, dense<[0.5, 0.7310585786300049, 0.11920292202211755, 0.9999999979388463]> : tensor<4xf64>
  %c3 = stablehlo.constant dense<[0.0, 1.0, -2.0, 20.0]> : tensor<4xf32>
  %r4 = stablehlo.logistic %c3 : tensor<4xf32>
  check.expect_almost_eq_const %r4, dense<[0.5, 0.7310585786300049, 0.11920292202211755, 0.9999999979388463]> : tensor<4xf32>
  %c5 = stablehlo.constant dense<[0x7F800000, 0xFF800000, -100.0, 100.0]> : tensor<4xf32>
  %r6 = stablehlo.logistic %c5 : tensor<4xf32>
  check.expect_almost_eq_const %r6, dense<[1.0, 0.0, 0.0, 1.0]> : tensor<4xf32>
  return
}
