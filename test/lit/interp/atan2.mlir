// RUN: pcp-run %s --engine=interp
// Angles of points, in all quadrants.

func.func @main() {
  %c1 = stablehlo.constant dense<[1.0, 1.0, -1.0, -1.0, 0.0, 0.0]> : tensor<6xf64>
  %c2 = stablehlo.constant dense<[1.0, -1.0, 1.0, -1.0, -1.0, 1.0]> : tensor<6xf64>
  %r3 = stablehlo.atan2 %c1, %c2 : tensor<6xf64>
  check.expect_almost_eq_const %r3, dense<[0.7853981633974483, 2.356194490192345, -0.7853981633974483, -2.356194490192345, 3.141592653589793, 0.0]> : tensor<6xf64>
  return
}
