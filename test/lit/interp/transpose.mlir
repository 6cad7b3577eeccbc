// RUN: pcp-run %s --engine=interp
// Permutes dimensions.

func.func @main() {
  %c1 = stablehlo.constant dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xi32>
  %r2 = stablehlo.transpose %c1, dims = [1, 0] : (tensor<2x3xi32>) -> tensor<3x2xi32>
  check.expect_eq_const %r2, dense<[[1, 4], [2, 5], [3, 6]]> : tensor<3x2xi32>
  %c3 = stablehlo.constant dense<[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]> : tensor<2x2x2xi64>
  %r4 = stablehlo.transpose %c3, dims = [2, 0, 1] : (tensor<2x2x2xi64>) -> tensor<2x2x2xi64>
  check.expect_eq_const %r4, dense<[[[1, 3], [5, 7]], [[2, 4], [6, 8]]]> : tensor<2x2x2xi64>
  return
}
