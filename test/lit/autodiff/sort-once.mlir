// RUN: pcp-autodiff %s --emit=value-and-grad | FileCheck %s
// What the loss and the gradient both need is sorted once: the forward's sort carries positions along. Its result is returned too.

func.func @main(%x: tensor<4xf32> {pcp.name = "x", pcp.role = "param"}, %w: tensor<4xf32> {pcp.name = "w", pcp.role = "data"}) -> (tensor<f32> {pcp.name = "loss", pcp.role = "loss"}, tensor<4xf32> {pcp.name = "sorted", pcp.role = "aux"}) {
  %0 = "stablehlo.sort"(%x) <{dimension = 0 : i64, is_stable = true}> ({
  ^bb0(%l: tensor<f32>, %r: tensor<f32>):
    %c = stablehlo.compare LT, %l, %r, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %c : tensor<i1>
  }) : (tensor<4xf32>) -> tensor<4xf32>
  %1 = stablehlo.exponential %0 : tensor<4xf32>
  %2 = stablehlo.multiply %1, %w : tensor<4xf32>
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %3 = stablehlo.reduce(%2 init: %z) applies stablehlo.add across dimensions = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<f32>
  return %3, %0 : tensor<f32>, tensor<4xf32>
}

// CHECK-LABEL: func.func @main_value_and_grad
// CHECK-SAME: (%[[X:[^ :]+]]:
// CHECK: %[[IOTA:[^ :,)]+]] = stablehlo.iota
// CHECK: %[[SORT:[^ :,)]+]]:2 = "stablehlo.sort"(%[[X]], %[[IOTA]])
// CHECK: stablehlo.exponential %[[SORT]]#0
// CHECK: stablehlo.reshape %[[SORT]]#1
// CHECK-NOT: stablehlo.sort
// CHECK: return %{{[^ ,]+}}, %[[SORT]]#0,
