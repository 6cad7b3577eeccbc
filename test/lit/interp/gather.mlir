// RUN: pcp-run %s --engine=interp
// Rows by index; starts are clamped into the operand.

func.func @main() {
  %c1 = stablehlo.constant dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf32>
  %c2 = stablehlo.constant dense<[2, -1, 7, 1]> : tensor<4xi64>
  %r3 = "stablehlo.gather"(%c1, %c2) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 1, 2>}> : (tensor<3x2xf32>, tensor<4xi64>) -> tensor<4x2xf32>
  check.expect_eq_const %r3, dense<[[5.0, 6.0], [1.0, 2.0], [5.0, 6.0], [3.0, 4.0]]> : tensor<4x2xf32>
  return
}
