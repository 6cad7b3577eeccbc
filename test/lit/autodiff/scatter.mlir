// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// Updates read their rows of the cotangent; one outside gets nothing.

func.func @f(%x: tensor<3x2xf32>, %i: tensor<2x1xi32>, %u: tensor<2x2xf32>) -> tensor<3x2xf32> {
  %0 = "stablehlo.scatter"(%x, %i, %u) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = false}> ({
  ^bb0(%l: tensor<f32>, %r: tensor<f32>):
    %s = stablehlo.add %l, %r : tensor<f32>
    stablehlo.return %s : tensor<f32>
  }) : (tensor<3x2xf32>, tensor<2x1xi32>, tensor<2x2xf32>) -> tensor<3x2xf32>
  return %0 : tensor<3x2xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]: {{.*}}%[[ARG2:[^ :]+]]: {{.*}}%[[ARG3:[^ :]+]]:
// CHECK: %[[V4:[^ :,)]+]] = stablehlo.constant dense<0.000000e+00> : tensor<2x2xf32>
// CHECK: %[[V5:[^ :,)]+]] = stablehlo.constant dense<true> : tensor<i1>
// CHECK: %[[V6:[^ :,)]+]] = stablehlo.constant dense<2> : tensor<2x1xi32>
// CHECK: %[[V7:[^ :,)]+]] = stablehlo.constant dense<0> : tensor<2x1xi32>
// CHECK: %[[V8:[^ :,)]+]] = "stablehlo.gather"(%[[ARG3]], %[[ARG1]])
// CHECK: %[[V9:[^ :,)]+]] = stablehlo.compare GE, %[[ARG1]], %[[V7]], SIGNED
// CHECK: %[[V10:[^ :,)]+]] = stablehlo.compare LE, %[[ARG1]], %[[V6]], SIGNED
// CHECK: %[[V11:[^ :,)]+]] = stablehlo.and %[[V9]], %[[V10]]
// CHECK: %[[V12:[^ :,)]+]] = stablehlo.reduce(%[[V11]] init: %[[V5]]) applies stablehlo.and across dimensions = [1]
// CHECK: %[[V13:[^ :,)]+]] = stablehlo.broadcast_in_dim %[[V12]], dims = [0]
// CHECK: %[[V14:[^ :,)]+]] = stablehlo.select %[[V13]], %[[V8]], %[[V4]]
// CHECK: return %[[ARG3]], %[[V7]], %[[V14]]

func.func private @f_grad(tensor<3x2xf32>, tensor<2x1xi32>, tensor<2x2xf32>, tensor<3x2xf32>) -> (tensor<3x2xf32>, tensor<2x1xi32>, tensor<2x2xf32>)

func.func @main() {
  %x = stablehlo.constant dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf32>
  %i = stablehlo.constant dense<[[1], [7]]> : tensor<2x1xi32>
  %u = stablehlo.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %ct = stablehlo.constant dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf32>
  %g:3 = func.call @f_grad(%x, %i, %u, %ct) : (tensor<3x2xf32>, tensor<2x1xi32>, tensor<2x2xf32>, tensor<3x2xf32>) -> (tensor<3x2xf32>, tensor<2x1xi32>, tensor<2x2xf32>)
  check.expect_almost_eq_const %g#0, dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf32>
  check.expect_eq_const %g#1, dense<0> : tensor<2x1xi32>
  check.expect_almost_eq_const %g#2, dense<[[3.0, 4.0], [0.0, 0.0]]> : tensor<2x2xf32>
  return
}
