// RUN: pcp-run %s --engine=interp
// Stable sorts of several tensors together, by known comparators and by any other.

func.func @main() {
  %c1 = stablehlo.constant dense<[3.0, 1.0, 2.0, 1.0]> : tensor<4xf32>
  %r2 = stablehlo.iota dim = 0 : tensor<4xi32>
  %s3:2 = "stablehlo.sort"(%c1, %r2) <{dimension = 0 : i64, is_stable = true}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>, %c: tensor<i32>, %d: tensor<i32>):
    %p = stablehlo.compare LT, %a, %b, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  }) : (tensor<4xf32>, tensor<4xi32>) -> (tensor<4xf32>, tensor<4xi32>)
  check.expect_eq_const %s3#0, dense<[1.0, 1.0, 2.0, 3.0]> : tensor<4xf32>
  check.expect_eq_const %s3#1, dense<[1, 3, 2, 0]> : tensor<4xi32>
  %s4:2 = "stablehlo.sort"(%c1, %r2) <{dimension = 0 : i64, is_stable = true}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>, %c: tensor<i32>, %d: tensor<i32>):
    %p = stablehlo.compare GT, %a, %b, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  }) : (tensor<4xf32>, tensor<4xi32>) -> (tensor<4xf32>, tensor<4xi32>)
  check.expect_eq_const %s4#0, dense<[3.0, 2.0, 1.0, 1.0]> : tensor<4xf32>
  check.expect_eq_const %s4#1, dense<[0, 2, 1, 3]> : tensor<4xi32>
  %c5 = stablehlo.constant dense<[[3, -4], [-1, 2]]> : tensor<2x2xi64>
  // By magnitude, along dimension 1.
  %r6 = "stablehlo.sort"(%c5) <{dimension = 1 : i64, is_stable = true}> ({
  ^bb0(%a: tensor<i64>, %b: tensor<i64>):
    %m = stablehlo.abs %a : tensor<i64>
    %n = stablehlo.abs %b : tensor<i64>
    %p = stablehlo.compare GT, %m, %n, SIGNED : (tensor<i64>, tensor<i64>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  }) : (tensor<2x2xi64>) -> tensor<2x2xi64>
  check.expect_eq_const %r6, dense<[[-4, 3], [2, -1]]> : tensor<2x2xi64>
  return
}
