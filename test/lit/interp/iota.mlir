// RUN: pcp-run %s --engine=interp
// Counts along a dimension.

func.func @main() {
  %r1 = stablehlo.iota dim = 1 : tensor<2x3xi32>
  check.expect_eq_const %r1, dense<[[0, 1, 2], [0, 1, 2]]> : tensor<2x3xi32>
  %r2 = stablehlo.iota dim = 0 : tensor<2x3xf32>
  check.expect_eq_const %r2, dense<[[0.0, 0.0, 0.0], [1.0, 1.0, 1.0]]> : tensor<2x3xf32>
  %r3 = stablehlo.iota dim = 0 : tensor<3xi64>
  check.expect_eq_const %r3, dense<[0, 1, 2]> : tensor<3xi64>
  return
}
