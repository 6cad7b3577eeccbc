// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// Rows are added at the indices that gather used: 9 was read as 2.

func.func @f(%x: tensor<3x2xf32>, %i: tensor<2x2xi64>) -> tensor<2x2x2xf32> {
  %0 = "stablehlo.gather"(%x, %i) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 2>}> : (tensor<3x2xf32>, tensor<2x2xi64>) -> tensor<2x2x2xf32>
  return %0 : tensor<2x2x2xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]: {{.*}}%[[ARG2:[^ :]+]]:
// CHECK: %[[V3:[^ :,)]+]] = stablehlo.constant dense<0> : tensor<2x2xi64>
// CHECK: %[[V4:[^ :,)]+]] = stablehlo.constant dense<2> : tensor<i64>
// CHECK: %[[V5:[^ :,)]+]] = stablehlo.constant dense<0> : tensor<i64>
// CHECK: %[[V6:[^ :,)]+]] = stablehlo.constant dense<0.000000e+00> : tensor<3x2xf32>
// CHECK: %[[V7:[^ :,)]+]] = stablehlo.clamp %[[V5]], %[[ARG1]], %[[V4]]
// CHECK: %[[V8:[^ :,)]+]] = stablehlo.reshape %[[V7]]
// CHECK: %[[V9:[^ :,)]+]] = stablehlo.reshape %[[ARG2]]
// CHECK: %[[V10:[^ :,)]+]] = "stablehlo.scatter"(%[[V6]], %[[V8]], %[[V9]])
// CHECK: return %[[V10]], %[[V3]]

func.func private @f_grad(tensor<3x2xf32>, tensor<2x2xi64>, tensor<2x2x2xf32>) -> (tensor<3x2xf32>, tensor<2x2xi64>)

func.func @main() {
  %x = stablehlo.constant dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf32>
  %i = stablehlo.constant dense<[[0, 9], [1, 0]]> : tensor<2x2xi64>
  %ct = stablehlo.constant dense<[[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]]> : tensor<2x2x2xf32>
  %g:2 = func.call @f_grad(%x, %i, %ct) : (tensor<3x2xf32>, tensor<2x2xi64>, tensor<2x2x2xf32>) -> (tensor<3x2xf32>, tensor<2x2xi64>)
  check.expect_almost_eq_const %g#0, dense<[[8.0, 10.0], [5.0, 6.0], [3.0, 4.0]]> : tensor<3x2xf32>
  check.expect_eq_const %g#1, dense<0> : tensor<2x2xi64>
  return
}
