// RUN: pcp-run %s --engine=interp
// Repeats elements along new dimensions and those of size 1; the mapping may permute.

func.func @main() {
  %c1 = stablehlo.constant dense<[1, 2, 3]> : tensor<3xi32>
  %r2 = stablehlo.broadcast_in_dim %c1, dims = [1] : (tensor<3xi32>) -> tensor<2x3xi32>
  check.expect_eq_const %r2, dense<[[1, 2, 3], [1, 2, 3]]> : tensor<2x3xi32>
  %r3 = stablehlo.broadcast_in_dim %c1, dims = [0] : (tensor<3xi32>) -> tensor<3x2xi32>
  check.expect_eq_const %r3, dense<[[1, 1], [2, 2], [3, 3]]> : tensor<3x2xi32>
  %c4 = stablehlo.constant dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xi32>
  %r5 = stablehlo.broadcast_in_dim %c4, dims = [1, 0] : (tensor<2x3xi32>) -> tensor<3x2xi32>
  check.expect_eq_const %r5, dense<[[1, 4], [2, 5], [3, 6]]> : tensor<3x2xi32>
  %c6 = stablehlo.constant dense<[[1.0], [2.0]]> : tensor<2x1xf32>
  %c7 = stablehlo.constant dense<[10.0, 20.0, 30.0]> : tensor<3xf32>
  // Operands of elementwise ops are seen through broadcasts of every form.
  %r8 = stablehlo.broadcast_in_dim %c6, dims = [0, 1] : (tensor<2x1xf32>) -> tensor<2x3xf32>
  %r9 = stablehlo.broadcast_in_dim %c7, dims = [1] : (tensor<3xf32>) -> tensor<2x3xf32>
  %r10 = stablehlo.add %r8, %r9 : tensor<2x3xf32>
  check.expect_eq_const %r10, dense<[[11.0, 21.0, 31.0], [12.0, 22.0, 32.0]]> : tensor<2x3xf32>
  return
}
