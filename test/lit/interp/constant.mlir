// RUN: pcp-run %s --engine=interp
// Constants in all spellings.

func.func @main() {
  %c1 = stablehlo.constant dense<2.5> : tensor<3xf32>
  check.expect_eq_const %c1, dense<[2.5, 2.5, 2.5]> : tensor<3xf32>
  %c2 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
  check.expect_eq_const %c2, dense<0x7FC00000> : tensor<f32>
  %c3 = stablehlo.constant dense<"0x0100000002000000"> : tensor<2xi32>
  check.expect_eq_const %c3, dense<[1, 2]> : tensor<2xi32>
  %c4 = stablehlo.constant dense<[]> : tensor<0xf32>
  check.expect_eq_const %c4, dense<[]> : tensor<0xf32>
  %c5 = stablehlo.constant dense<[true, false]> : tensor<2xi1>
  check.expect_eq_const %c5, dense<[true, false]> : tensor<2xi1>
  %c6 = stablehlo.constant dense<(1.0,2.0)> : tensor<2xcomplex<f32>>
  check.expect_eq_const %c6, dense<[(1.0,2.0), (1.0,2.0)]> : tensor<2xcomplex<f32>>

  // Integers of less than a byte have signs.
  %n0 = stablehlo.constant dense<[-8, -1, 7]> : tensor<3xi4>
  %n1 = stablehlo.abs %n0 : tensor<3xi4>
  check.expect_eq_const %n1, dense<[-8, 1, 7]> : tensor<3xi4>
  %n2 = stablehlo.constant dense<-2> : tensor<3xi2>
  %n3 = stablehlo.constant dense<"0x010003"> : tensor<3xi2>
  %n4 = stablehlo.maximum %n2, %n3 : tensor<3xi2>
  check.expect_eq_const %n4, dense<[1, 0, -1]> : tensor<3xi2>
  %n5 = stablehlo.constant dense<[15, 8, 0]> : tensor<3xui4>
  %n6 = stablehlo.convert %n5 : (tensor<3xui4>) -> tensor<3xi32>
  check.expect_eq_const %n6, dense<[15, 8, 0]> : tensor<3xi32>
  return
}
