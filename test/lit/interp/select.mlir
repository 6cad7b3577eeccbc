// RUN: pcp-run %s --engine=interp
// Takes elements by a predicate; a scalar one chooses a whole tensor.

func.func @main() {
  %c1 = stablehlo.constant dense<[true, false, true]> : tensor<3xi1>
  %c2 = stablehlo.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %c3 = stablehlo.constant dense<[4.0, 5.0, 6.0]> : tensor<3xf32>
  %r4 = stablehlo.select %c1, %c2, %c3 : tensor<3xi1>, tensor<3xf32>
  check.expect_eq_const %r4, dense<[1.0, 5.0, 3.0]> : tensor<3xf32>
  %c5 = stablehlo.constant dense<false> : tensor<i1>
  %r6 = stablehlo.select %c5, %c2, %c3 : tensor<i1>, tensor<3xf32>
  check.expect_eq_const %r6, dense<[4.0, 5.0, 6.0]> : tensor<3xf32>
  %c7 = stablehlo.constant dense<[1, 2, 3]> : tensor<3xi64>
  %c8 = stablehlo.constant dense<[4, 5, 9223372036854775807]> : tensor<3xi64>
  %r9 = stablehlo.select %c1, %c7, %c8 : tensor<3xi1>, tensor<3xi64>
  check.expect_eq_const %r9, dense<[1, 5, 3]> : tensor<3xi64>
  return
}
