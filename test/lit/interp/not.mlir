// RUN: pcp-run %s --engine=interp
// Complements.

func.func @main() {
  %c1 = stablehlo.constant dense<[false, true]> : tensor<2xi1>
  %r2 = stablehlo.not %c1 : tensor<2xi1>
  check.expect_eq_const %r2, dense<[true, false]> : tensor<2xi1>
  %c3 = stablehlo.constant dense<[0, 5]> : tensor<2xi8>
  %r4 = stablehlo.not %c3 : tensor<2xi8>
  check.expect_eq_const %r4, dense<[-1, -6]> : tensor<2xi8>
  %c5 = stablehlo.constant dense<[0, 5]> : tensor<2xui8>
  %r6 = stablehlo.not %c5 : tensor<2xui8>
  check.expect_eq_const %r6, dense<[255, 250]> : tensor<2xui8>
  %c7 = stablehlo.constant dense<[0, 4611686018427387904]> : tensor<2xi64>
  %r8 = stablehlo.not %c7 : tensor<2xi64>
  check.expect_eq_const %r8, dense<[-1, -4611686018427387905]> : tensor<2xi64>
  return
}
