// RUN: pcp-run %s --engine=interp
// A window whose start is clamped into the operand.

func.func @main() {
  %c1 = stablehlo.constant dense<[0, 1, 2, 3, 4]> : tensor<5xi32>
  %c2 = stablehlo.constant dense<1> : tensor<i64>
  %r3 = stablehlo.dynamic_slice %c1, %c2, sizes = [2] : (tensor<5xi32>, tensor<i64>) -> tensor<2xi32>
  check.expect_eq_const %r3, dense<[1, 2]> : tensor<2xi32>
  %c4 = stablehlo.constant dense<4> : tensor<i64>
  %r5 = stablehlo.dynamic_slice %c1, %c4, sizes = [2] : (tensor<5xi32>, tensor<i64>) -> tensor<2xi32>
  check.expect_eq_const %r5, dense<[3, 4]> : tensor<2xi32>
  %c6 = stablehlo.constant dense<-3> : tensor<i64>
  %r7 = stablehlo.dynamic_slice %c1, %c6, sizes = [2] : (tensor<5xi32>, tensor<i64>) -> tensor<2xi32>
  check.expect_eq_const %r7, dense<[0, 1]> : tensor<2xi32>
  return
}
