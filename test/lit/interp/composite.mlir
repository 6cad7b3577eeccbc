// RUN: pcp-run %s --engine=interp
// Runs the function that says what a composite computes.

func.func @main() {
  %c1 = stablehlo.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %r2 = stablehlo.composite "my.double" %c1 {decomposition = @double} : (tensor<2xf32>) -> tensor<2xf32>
  check.expect_eq_const %r2, dense<[2.0, 4.0]> : tensor<2xf32>
  return
}

func.func private @double(%x: tensor<2xf32>) -> tensor<2xf32> {
  %0 = stablehlo.add %x, %x : tensor<2xf32>
  return %0 : tensor<2xf32>
}
