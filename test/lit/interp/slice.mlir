// RUN: pcp-run %s --engine=interp
// A strided window.

func.func @main() {
  %c1 = stablehlo.constant dense<[0, 1, 2, 3, 4, 5, 6]> : tensor<7xi32>
  %r2 = stablehlo.slice %c1 [1:6:2] : (tensor<7xi32>) -> tensor<3xi32>
  check.expect_eq_const %r2, dense<[1, 3, 5]> : tensor<3xi32>
  %r3 = stablehlo.slice %c1 [3:3] : (tensor<7xi32>) -> tensor<0xi32>
  check.expect_eq_const %r3, dense<[]> : tensor<0xi32>
  return
}
