// RUN: pcp-run %s --engine=interp
// Pads at the edges and between elements; negative amounts cut.

func.func @main() {
  %c1 = stablehlo.constant dense<[1, 2, 3]> : tensor<3xi32>
  %c2 = stablehlo.constant dense<0> : tensor<i32>
  %r3 = stablehlo.pad %c1, %c2, low = [1], high = [2], interior = [1] : (tensor<3xi32>, tensor<i32>) -> tensor<8xi32>
  check.expect_eq_const %r3, dense<[0, 1, 0, 2, 0, 3, 0, 0]> : tensor<8xi32>
  %r4 = stablehlo.pad %c1, %c2, low = [-1], high = [1], interior = [0] : (tensor<3xi32>, tensor<i32>) -> tensor<3xi32>
  check.expect_eq_const %r4, dense<[2, 3, 0]> : tensor<3xi32>
  %r5 = stablehlo.pad %c1, %c2, low = [-1], high = [-1], interior = [1] : (tensor<3xi32>, tensor<i32>) -> tensor<3xi32>
  check.expect_eq_const %r5, dense<[0, 2, 0]> : tensor<3xi32>
  return
}
