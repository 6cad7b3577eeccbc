// RUN: pcp-run %s --engine=interp
// Runs one branch, which may use values from outside.

func.func @main() {
  %c1 = stablehlo.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %c2 = stablehlo.constant dense<true> : tensor<i1>
  %r3 = "stablehlo.if"(%c2) ({
    %t = stablehlo.add %c1, %c1 : tensor<2xf32>
    stablehlo.return %t : tensor<2xf32>
  }, {
    stablehlo.return %c1 : tensor<2xf32>
  }) : (tensor<i1>) -> tensor<2xf32>
  check.expect_eq_const %r3, dense<[2.0, 4.0]> : tensor<2xf32>
  %c4 = stablehlo.constant dense<false> : tensor<i1>
  %r5 = "stablehlo.if"(%c4) ({
    %t = stablehlo.add %c1, %c1 : tensor<2xf32>
    stablehlo.return %t : tensor<2xf32>
  }, {
    stablehlo.return %c1 : tensor<2xf32>
  }) : (tensor<i1>) -> tensor<2xf32>
  check.expect_eq_const %r5, dense<[1.0, 2.0]> : tensor<2xf32>
  return
}
