// RUN: pcp-run %s --engine=interp
// Counts along a dimension of a shape that is an operand; the result type is static.

func.func @main() {
  %c1 = stablehlo.constant dense<[2, 3]> : tensor<2xi64>
  %r2 = stablehlo.dynamic_iota %c1, dim = 1 : (tensor<2xi64>) -> tensor<2x3xi64>
  check.expect_eq_const %r2, dense<[[0, 1, 2], [0, 1, 2]]> : tensor<2x3xi64>
  return
}
