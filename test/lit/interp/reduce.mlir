// RUN: pcp-run %s --engine=interp
// Reductions by known combiners and by any body; what there is nothing of is the initial value.

func.func @main() {
  %c1 = stablehlo.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32>
  %c2 = stablehlo.constant dense<0.0> : tensor<f32>
  %c3 = stablehlo.constant dense<0xFF800000> : tensor<f32>
  %r4 = stablehlo.reduce(%c1 init: %c2) applies stablehlo.add across dimensions = [1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
  check.expect_eq_const %r4, dense<[6.0, 15.0]> : tensor<2xf32>
  %r5 = stablehlo.reduce(%c1 init: %c2) applies stablehlo.add across dimensions = [0] : (tensor<2x3xf32>, tensor<f32>) -> tensor<3xf32>
  check.expect_eq_const %r5, dense<[5.0, 7.0, 9.0]> : tensor<3xf32>
  %r6 = stablehlo.reduce(%c1 init: %c3) applies stablehlo.maximum across dimensions = [0, 1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<f32>
  check.expect_eq_const %r6, dense<6.0> : tensor<f32>
  %c7 = stablehlo.constant dense<[]> : tensor<0xf32>
  %r8 = stablehlo.reduce(%c7 init: %c3) applies stablehlo.maximum across dimensions = [0] : (tensor<0xf32>, tensor<f32>) -> tensor<f32>
  check.expect_eq_const %r8, dense<0xFF800000> : tensor<f32>
  %c9 = stablehlo.constant dense<[true, false]> : tensor<2xi1>
  %c10 = stablehlo.constant dense<false> : tensor<i1>
  %r11 = stablehlo.reduce(%c9 init: %c10) applies stablehlo.or across dimensions = [0] : (tensor<2xi1>, tensor<i1>) -> tensor<i1>
  check.expect_eq_const %r11, dense<true> : tensor<i1>
  // Subtraction is not commutative: ((10 - 1) - 2) - 3.
  %c12 = stablehlo.constant dense<[1, 2, 3]> : tensor<3xi64>
  %c13 = stablehlo.constant dense<10> : tensor<i64>
  %r14 = "stablehlo.reduce"(%c12, %c13) <{dimensions = array<i64: 0>}> ({
  ^bb0(%a: tensor<i64>, %b: tensor<i64>):
    %d = stablehlo.subtract %a, %b : tensor<i64>
    stablehlo.return %d : tensor<i64>
  }) : (tensor<3xi64>, tensor<i64>) -> tensor<i64>
  check.expect_eq_const %r14, dense<4> : tensor<i64>
  return
}
