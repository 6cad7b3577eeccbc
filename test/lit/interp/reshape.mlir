// RUN: pcp-run %s --engine=interp
// The same elements under another shape.

func.func @main() {
  %c1 = stablehlo.constant dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xi32>
  %r2 = stablehlo.reshape %c1 : (tensor<2x3xi32>) -> tensor<3x2xi32>
  check.expect_eq_const %r2, dense<[[1, 2], [3, 4], [5, 6]]> : tensor<3x2xi32>
  return
}
