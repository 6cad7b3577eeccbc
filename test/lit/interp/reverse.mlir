// RUN: pcp-run %s --engine=interp
// Reverses along dimensions.

func.func @main() {
  %c1 = stablehlo.constant dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xi32>
  %r2 = stablehlo.reverse %c1, dims = [1] : tensor<2x3xi32>
  check.expect_eq_const %r2, dense<[[3, 2, 1], [6, 5, 4]]> : tensor<2x3xi32>
  %r3 = stablehlo.reverse %c1, dims = [0, 1] : tensor<2x3xi32>
  check.expect_eq_const %r3, dense<[[6, 5, 4], [3, 2, 1]]> : tensor<2x3xi32>
  return
}
