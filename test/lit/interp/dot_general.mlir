// RUN: pcp-run %s --engine=interp
// Contractions with batches, of narrow floats into wide ones, of integers that wrap, and over nothing.

func.func @main() {
  %c1 = stablehlo.constant dense<[[[1.0, 2.0]], [[3.0, 4.0]]]> : tensor<2x1x2xf32>
  %c2 = stablehlo.constant dense<[[[5.0, 6.0]], [[7.0, 8.0]]]> : tensor<2x1x2xf32>
  %r3 = stablehlo.dot_general %c1, %c2, batching_dims = [0] x [0], contracting_dims = [2] x [2] : (tensor<2x1x2xf32>, tensor<2x1x2xf32>) -> tensor<2x1x1xf32>
  check.expect_eq_const %r3, dense<[[[17.0]], [[53.0]]]> : tensor<2x1x1xf32>
  %c4 = stablehlo.constant dense<[256.0, 1.0]> : tensor<2xbf16>
  %c5 = stablehlo.constant dense<[1.0, 1.0]> : tensor<2xbf16>
  %r6 = stablehlo.dot_general %c4, %c5, contracting_dims = [0] x [0] : (tensor<2xbf16>, tensor<2xbf16>) -> tensor<f32>
  check.expect_eq_const %r6, dense<257.0> : tensor<f32>
  %c7 = stablehlo.constant dense<[65536, 2]> : tensor<2xi32>
  %c8 = stablehlo.constant dense<[65536, 3]> : tensor<2xi32>
  %r9 = stablehlo.dot_general %c7, %c8, contracting_dims = [0] x [0] : (tensor<2xi32>, tensor<2xi32>) -> tensor<i32>
  check.expect_eq_const %r9, dense<6> : tensor<i32>
  %c10 = stablehlo.constant dense<[4294967296, 3]> : tensor<2xi64>
  %c11 = stablehlo.constant dense<[4294967297, 5]> : tensor<2xi64>
  %r12 = stablehlo.dot_general %c10, %c11, contracting_dims = [0] x [0] : (tensor<2xi64>, tensor<2xi64>) -> tensor<i64>
  check.expect_eq_const %r12, dense<4294967311> : tensor<i64>
  %c13 = stablehlo.constant dense<[]> : tensor<0xf32>
  %r14 = stablehlo.dot_general %c13, %c13, contracting_dims = [0] x [0] : (tensor<0xf32>, tensor<0xf32>) -> tensor<f32>
  check.expect_eq_const %r14, dense<0.0> : tensor<f32>
  return
}
