// RUN: pcp-run %s --engine=interp
// Runs the branch of an index; an index out of range takes the last.

func.func @main() {
  %c1 = stablehlo.constant dense<0> : tensor<i32>
  %r2 = "stablehlo.case"(%c1) ({
    %t = stablehlo.constant dense<7> : tensor<i64>
    stablehlo.return %t : tensor<i64>
  }, {
    %t = stablehlo.constant dense<8> : tensor<i64>
    stablehlo.return %t : tensor<i64>
  }) : (tensor<i32>) -> tensor<i64>
  check.expect_eq_const %r2, dense<7> : tensor<i64>
  %c3 = stablehlo.constant dense<1> : tensor<i32>
  %r4 = "stablehlo.case"(%c3) ({
    %t = stablehlo.constant dense<7> : tensor<i64>
    stablehlo.return %t : tensor<i64>
  }, {
    %t = stablehlo.constant dense<8> : tensor<i64>
    stablehlo.return %t : tensor<i64>
  }) : (tensor<i32>) -> tensor<i64>
  check.expect_eq_const %r4, dense<8> : tensor<i64>
  %c5 = stablehlo.constant dense<2> : tensor<i32>
  %r6 = "stablehlo.case"(%c5) ({
    %t = stablehlo.constant dense<7> : tensor<i64>
    stablehlo.return %t : tensor<i64>
  }, {
    %t = stablehlo.constant dense<8> : tensor<i64>
    stablehlo.return %t : tensor<i64>
  }) : (tensor<i32>) -> tensor<i64>
  check.expect_eq_const %r6, dense<8> : tensor<i64>
  %c7 = stablehlo.constant dense<-1> : tensor<i32>
  %r8 = "stablehlo.case"(%c7) ({
    %t = stablehlo.constant dense<7> : tensor<i64>
    stablehlo.return %t : tensor<i64>
  }, {
    %t = stablehlo.constant dense<8> : tensor<i64>
    stablehlo.return %t : tensor<i64>
  }) : (tensor<i32>) -> tensor<i64>
  check.expect_eq_const %r8, dense<8> : tensor<i64>
  return
}
