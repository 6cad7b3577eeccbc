// RUN: pcp-run %s --engine=interp
// Reads bits as another type; the last dimension appears or vanishes.

func.func @main() {
  %c1 = stablehlo.constant dense<[1.0, -2.0]> : tensor<2xf32>
  %r2 = stablehlo.bitcast_convert %c1 : (tensor<2xf32>) -> tensor<2xi32>
  check.expect_eq_const %r2, dense<[1065353216, -1073741824]> : tensor<2xi32>
  %r3 = stablehlo.bitcast_convert %c1 : (tensor<2xf32>) -> tensor<2x2xui16>
  check.expect_eq_const %r3, dense<[[0, 16256], [0, 49152]]> : tensor<2x2xui16>
  %c4 = stablehlo.constant dense<[[1, 0], [255, 255]]> : tensor<2x2xui8>
  %r5 = stablehlo.bitcast_convert %c4 : (tensor<2x2xui8>) -> tensor<2xi16>
  check.expect_eq_const %r5, dense<[1, -1]> : tensor<2xi16>
  return
}
