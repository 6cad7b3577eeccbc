// RUN: pcp-run %s --engine=interp
// Passes values through.

func.func @main() {
  %c1 = stablehlo.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %c2 = stablehlo.constant dense<3> : tensor<i32>
  %b:2 = stablehlo.optimization_barrier %c1, %c2 : tensor<2xf32>, tensor<i32>
  check.expect_eq_const %b#0, dense<[1.0, 2.0]> : tensor<2xf32>
  check.expect_eq_const %b#1, dense<3> : tensor<i32>
  return
}
