// RUN: pcp-run %s --engine=interp
// Products of vectors and matrices.

func.func @main() {
  %c1 = stablehlo.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %c2 = stablehlo.constant dense<[5.0, 6.0]> : tensor<2xf32>
  %r3 = stablehlo.dot %c1, %c2 : (tensor<2x2xf32>, tensor<2xf32>) -> tensor<2xf32>
  check.expect_eq_const %r3, dense<[17.0, 39.0]> : tensor<2xf32>
  %r4 = stablehlo.dot %c2, %c2 : (tensor<2xf32>, tensor<2xf32>) -> tensor<f32>
  check.expect_eq_const %r4, dense<61.0> : tensor<f32>
  return
}
