// RUN: pcp-run %s --engine=interp
// Replaces a window whose start is clamped; the operand itself stays.

func.func @main() {
  %c1 = stablehlo.constant dense<[0, 1, 2, 3, 4]> : tensor<5xi32>
  %c2 = stablehlo.constant dense<[8, 9]> : tensor<2xi32>
  %c3 = stablehlo.constant dense<1> : tensor<i32>
  %r4 = stablehlo.dynamic_update_slice %c1, %c2, %c3 : (tensor<5xi32>, tensor<2xi32>, tensor<i32>) -> tensor<5xi32>
  check.expect_eq_const %r4, dense<[0, 8, 9, 3, 4]> : tensor<5xi32>
  %c5 = stablehlo.constant dense<4> : tensor<i32>
  %r6 = stablehlo.dynamic_update_slice %c1, %c2, %c5 : (tensor<5xi32>, tensor<2xi32>, tensor<i32>) -> tensor<5xi32>
  check.expect_eq_const %r6, dense<[0, 1, 2, 8, 9]> : tensor<5xi32>
  %c7 = stablehlo.constant dense<-3> : tensor<i32>
  %r8 = stablehlo.dynamic_update_slice %c1, %c2, %c7 : (tensor<5xi32>, tensor<2xi32>, tensor<i32>) -> tensor<5xi32>
  check.expect_eq_const %r8, dense<[8, 9, 2, 3, 4]> : tensor<5xi32>
  check.expect_eq_const %c1, dense<[0, 1, 2, 3, 4]> : tensor<5xi32>
  return
}
