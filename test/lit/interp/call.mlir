// RUN: pcp-run %s --engine=interp
// Runs a function of the module, itself calling another.

func.func @main() {
  %c1 = stablehlo.constant dense<5> : tensor<i64>
  %r2 = func.call @factorial(%c1) : (tensor<i64>) -> tensor<i64>
  check.expect_eq_const %r2, dense<120> : tensor<i64>
  return
}

func.func private @factorial(%n: tensor<i64>) -> tensor<i64> {
  %one = stablehlo.constant dense<1> : tensor<i64>
  %more = stablehlo.compare GT, %n, %one, SIGNED : (tensor<i64>, tensor<i64>) -> tensor<i1>
  %0 = "stablehlo.if"(%more) ({
    %less = stablehlo.subtract %n, %one : tensor<i64>
    %rest = func.call @factorial(%less) : (tensor<i64>) -> tensor<i64>
    %product = stablehlo.multiply %n, %rest : tensor<i64>
    stablehlo.return %product : tensor<i64>
  }, {
    stablehlo.return %one : tensor<i64>
  }) : (tensor<i1>) -> tensor<i64>
  return %0 : tensor<i64>
}
