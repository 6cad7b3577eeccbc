// RUN: pcp-run %s --engine=interp
// Combines windows; padding is the initial value.

func.func @main() {
  %c1 = stablehlo.constant dense<[1, 2, 3, 4]> : tensor<4xi32>
  %c2 = stablehlo.constant dense<0> : tensor<i32>
  // A running sum is a window as long as the tensor, padded in front.
  %r3 = "stablehlo.reduce_window"(%c1, %c2) <{padding = dense<[[3, 0]]> : tensor<1x2xi64>, window_dimensions = array<i64: 4>}> ({
  ^bb0(%a: tensor<i32>, %b: tensor<i32>):
    %d = stablehlo.add %a, %b : tensor<i32>
    stablehlo.return %d : tensor<i32>
  }) : (tensor<4xi32>, tensor<i32>) -> tensor<4xi32>
  check.expect_eq_const %r3, dense<[1, 3, 6, 10]> : tensor<4xi32>
  %r4 = "stablehlo.reduce_window"(%c1, %c2) <{window_dimensions = array<i64: 2>, window_strides = array<i64: 2>}> ({
  ^bb0(%a: tensor<i32>, %b: tensor<i32>):
    %d = stablehlo.maximum %a, %b : tensor<i32>
    stablehlo.return %d : tensor<i32>
  }) : (tensor<4xi32>, tensor<i32>) -> tensor<2xi32>
  check.expect_eq_const %r4, dense<[2, 4]> : tensor<2xi32>
  return
}
