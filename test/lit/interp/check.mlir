// RUN: not pcp-run %s --engine=interp 2>&1 | FileCheck %s
// Every failed check is reported at its place, with what was expected, what came, and where.

func.func @main() {
  %a = stablehlo.constant dense<[[1, 2], [3, 4]]> : tensor<2x2xi32>
  %b = stablehlo.constant dense<[[1, 5], [3, 6]]> : tensor<2x2xi32>
  check.expect_eq %a, %a : tensor<2x2xi32>
  // CHECK: check.mlir:[[#@LINE+1]]:{{[0-9]+}}: error: 'check.expect_eq' op failed: expected 5, but got 2 at [0, 1]; expected 6, but got 4 at [1, 1]
  check.expect_eq %a, %b : tensor<2x2xi32>
  // CHECK: check.mlir:[[#@LINE+1]]:{{[0-9]+}}: error: 'check.expect_eq_const' op failed: expected 9, but got 1 at [0, 0]; expected 9, but got 2 at [0, 1]; expected 9, but got 3 at [1, 0]; 4 of 4 elements differ
  check.expect_eq_const %a, dense<9> : tensor<2x2xi32>
  %x = stablehlo.constant dense<[1.0, 0x7FC00000]> : tensor<2xf32>
  %y = stablehlo.constant dense<[1.00001, 0x7FC00000]> : tensor<2xf32>
  check.expect_almost_eq %x, %y : tensor<2xf32>
  check.expect_almost_eq_const %x, dense<[1.0, 0x7FC00000]> : tensor<2xf32>
  // CHECK: error: 'check.expect_almost_eq_const' op failed: expected 1.1
  check.expect_almost_eq_const %x, dense<[1.1, 0x7FC00000]> : tensor<2xf32>
  // CHECK: error: 'check.expect_close' op failed: expected 1.0000
  check.expect_close %x, %y : tensor<2xf32>, tensor<2xf32>
  return
}
