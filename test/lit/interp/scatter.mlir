// RUN: pcp-run %s --engine=interp
// Combines updates at indices; equal indices accumulate, elements outside are dropped one by one.

func.func @main() {
  %c1 = stablehlo.constant dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf32>
  %c2 = stablehlo.constant dense<[2, 0, 2, 5]> : tensor<4xi32>
  %c3 = stablehlo.constant dense<[[1.0, 1.0], [2.0, 2.0], [3.0, 3.0], [9.0, 9.0]]> : tensor<4x2xf32>
  %r4 = "stablehlo.scatter"(%c1, %c2, %c3) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = false}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %s = stablehlo.add %a, %b : tensor<f32>
    stablehlo.return %s : tensor<f32>
  }) : (tensor<3x2xf32>, tensor<4xi32>, tensor<4x2xf32>) -> tensor<3x2xf32>
  check.expect_eq_const %r4, dense<[[3.0, 4.0], [3.0, 4.0], [9.0, 10.0]]> : tensor<3x2xf32>
  %r5 = "stablehlo.scatter"(%c1, %c2, %c3) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = false}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    stablehlo.return %b : tensor<f32>
  }) : (tensor<3x2xf32>, tensor<4xi32>, tensor<4x2xf32>) -> tensor<3x2xf32>
  check.expect_eq_const %r5, dense<[[2.0, 2.0], [3.0, 4.0], [3.0, 3.0]]> : tensor<3x2xf32>
  // A window of 2 at 3 and at -1: the parts inside a tensor of 4 are written.
  %c6 = stablehlo.constant dense<[0, 0, 0, 0]> : tensor<4xi64>
  %c7 = stablehlo.constant dense<[[3], [-1]]> : tensor<2x1xi64>
  %c8 = stablehlo.constant dense<[[1, 2], [3, 4]]> : tensor<2x2xi64>
  %r9 = "stablehlo.scatter"(%c6, %c7, %c8) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = false}> ({
  ^bb0(%a: tensor<i64>, %b: tensor<i64>):
    %s = stablehlo.add %a, %b : tensor<i64>
    stablehlo.return %s : tensor<i64>
  }) : (tensor<4xi64>, tensor<2x1xi64>, tensor<2x2xi64>) -> tensor<4xi64>
  check.expect_eq_const %r9, dense<[4, 0, 0, 1]> : tensor<4xi64>
  return
}
