// RUN: pcp-run %s --engine=interp
// Joins along a dimension; parts may be empty.

func.func @main() {
  %c1 = stablehlo.constant dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xi32>
  %c2 = stablehlo.constant dense<[[7], [8]]> : tensor<2x1xi32>
  %r3 = stablehlo.concatenate %c1, %c2, dim = 1 : (tensor<2x3xi32>, tensor<2x1xi32>) -> tensor<2x4xi32>
  check.expect_eq_const %r3, dense<[[1, 2, 3, 7], [4, 5, 6, 8]]> : tensor<2x4xi32>
  %r4 = stablehlo.concatenate %c1, %c1, dim = 0 : (tensor<2x3xi32>, tensor<2x3xi32>) -> tensor<4x3xi32>
  check.expect_eq_const %r4, dense<[[1, 2, 3], [4, 5, 6], [1, 2, 3], [4, 5, 6]]> : tensor<4x3xi32>
  return
}
