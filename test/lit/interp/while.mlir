// RUN: pcp-run %s --engine=interp
// Repeats a body; no trip at all leaves the carried values.

func.func @main() {
  %c1 = stablehlo.constant dense<1> : tensor<i64>
  %c2 = stablehlo.constant dense<0> : tensor<i64>
  %c3 = stablehlo.constant dense<5> : tensor<i64>
  %w4:2 = stablehlo.while(%i = %c3, %x = %c1) : tensor<i64>, tensor<i64>
  cond {
    %p = stablehlo.compare GT, %i, %c2, SIGNED : (tensor<i64>, tensor<i64>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  } do {
    %y = stablehlo.multiply %x, %i : tensor<i64>
    %n = stablehlo.subtract %i, %c1 : tensor<i64>
    stablehlo.return %n, %y : tensor<i64>, tensor<i64>
  }
  check.expect_eq_const %w4#1, dense<120> : tensor<i64>
  %c5 = stablehlo.constant dense<0> : tensor<i64>
  %w6:2 = stablehlo.while(%i = %c5, %x = %c1) : tensor<i64>, tensor<i64>
  cond {
    %p = stablehlo.compare GT, %i, %c2, SIGNED : (tensor<i64>, tensor<i64>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  } do {
    %y = stablehlo.multiply %x, %i : tensor<i64>
    %n = stablehlo.subtract %i, %c1 : tensor<i64>
    stablehlo.return %n, %y : tensor<i64>, tensor<i64>
  }
  check.expect_eq_const %w6#1, dense<1> : tensor<i64>
  return
}
