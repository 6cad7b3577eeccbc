// RUN: pcp-run %s --engine=interp --input=2x3xf32="1 2 3 4 5 6" --input=0.5 | FileCheck %s
// RUN: pcp-run %s --engine=interp --input=2x3xf32=1 --input=0.5 --json | FileCheck %s --check-prefix=JSON
// RUN: not pcp-run %s --engine=interp --input=2x2xf32=1 --input=0.5 2>&1 | FileCheck %s --check-prefix=SHAPE
// RUN: not pcp-run %s --engine=interp --function=wrong 2>&1 | FileCheck %s --check-prefix=WRONG
// RUN: pcp-run %s --engine=interp --function=right | FileCheck %s --check-prefix=RIGHT
// The interpreter needs nothing installed; failed checks are diagnostics at their places.

// CHECK: EXEC @main
// CHECK-NEXT: result[0]: hal.buffer_view
// CHECK-NEXT: 2x3xf32=[1.5 2.5 3.5][4.5 5.5 6.5]
// JSON: {"function":"main","engine":"interp","seconds":{{.*}},"results":[{"name":"sum","role":null,"dtype":"f32","shape":[2,3],"values":[1.5,1.5,1.5,1.5,1.5,1.5],"truncated":false}]}
// SHAPE: pcp-run: error: input 0 ('x') of @main must be tensor<2x3xf32>, but got tensor<2x2xf32>
func.func @main(%x: tensor<2x3xf32> {pcp.name = "x"}, %y: tensor<f32>) -> (tensor<2x3xf32> {pcp.name = "sum"}) {
  %0 = stablehlo.broadcast_in_dim %y, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
  %1 = stablehlo.add %x, %0 : tensor<2x3xf32>
  return %1 : tensor<2x3xf32>
}

// WRONG: interp.mlir:[[#@LINE+3]]:3: error:
func.func @wrong() {
  %0 = stablehlo.constant dense<[1.0, 2.0]> : tensor<2xf32>
  check.expect_almost_eq_const %0, dense<[1.0, 3.0]> : tensor<2xf32>
  return
}

// RIGHT: EXEC @right
func.func @right() {
  %0 = stablehlo.constant dense<[1.0, 2.0]> : tensor<2xf32>
  check.expect_almost_eq_const %0, dense<[1.0, 2.0]> : tensor<2xf32>
  return
}
