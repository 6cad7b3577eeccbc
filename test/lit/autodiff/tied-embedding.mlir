// RUN: pcp-autodiff %s --function=f --emit=value-and-grad --wrt=w | FileCheck %s
// One table read by a gather and by the head: the rows are added into the head's gradient, not into zeros.

func.func @f(%w: tensor<8x4xf32> {pcp.name = "w", pcp.role = "param"}, %i: tensor<3xi64> {pcp.name = "tokens", pcp.role = "data"}) -> (tensor<f32> {pcp.name = "loss", pcp.role = "loss"}) {
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %0 = "stablehlo.gather"(%w, %i) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 1, 4>}> : (tensor<8x4xf32>, tensor<3xi64>) -> tensor<3x4xf32>
  %1 = stablehlo.dot_general %0, %w, contracting_dims = [1] x [1] : (tensor<3x4xf32>, tensor<8x4xf32>) -> tensor<3x8xf32>
  %2 = stablehlo.tanh %1 : tensor<3x8xf32>
  %3 = stablehlo.reduce(%2 init: %z) applies stablehlo.add across dimensions = [0, 1] : (tensor<3x8xf32>, tensor<f32>) -> tensor<f32>
  return %3 : tensor<f32>
}

// CHECK-LABEL: func.func @f_value_and_grad(
// CHECK-SAME: pcp.name = "w", pcp.role = "param"
// CHECK-SAME: -> (tensor<f32> {pcp.name = "loss", pcp.role = "loss"}, tensor<8x4xf32> {pcp.name = "w/grad", pcp.role = "aux"})
// CHECK: %[[HEAD:.*]] = stablehlo.dot_general {{.*}} -> tensor<8x4xf32>
// CHECK: "stablehlo.scatter"(%[[HEAD]],
// CHECK-SAME: inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1
