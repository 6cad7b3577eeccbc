// RUN: not pcp-run %s --input=i32=3 2>&1 | FileCheck %s --implicit-check-not=error:
// RUN: not pcp-run compile %s -o %t.vmfb 2>&1 | FileCheck %s --implicit-check-not=error:
// RUN: pcp-run %s --engine=interp --input=i32=5 | FileCheck %s --check-prefix=INTERP
// REQUIRES: iree-compile, python
// iree-compile never ends on functions that call themselves: they are named before it starts.

// INTERP: i32=1
// CHECK: recursion.mlir:[[#@LINE+7]]:{{[0-9]+}}: error: 'func.call' op calls '@odd' recursively, which iree-compile cannot compile; write it with 'stablehlo.while'
// CHECK: recursion.mlir:[[#@LINE+19]]:{{[0-9]+}}: note: '@even' is called from there
func.func @main(%x: tensor<i32>) -> tensor<i32> {
  %0 = call @odd(%x) : (tensor<i32>) -> tensor<i32>
  return %0 : tensor<i32>
}
func.func private @even(%x: tensor<i32>) -> tensor<i32> {
  %0 = call @odd(%x) : (tensor<i32>) -> tensor<i32>
  %one = stablehlo.constant dense<1> : tensor<i32>
  %1 = stablehlo.subtract %one, %0 : tensor<i32>
  return %1 : tensor<i32>
}
func.func private @odd(%x: tensor<i32>) -> tensor<i32> {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %one = stablehlo.constant dense<1> : tensor<i32>
  %p = stablehlo.compare LE, %x, %zero : (tensor<i32>, tensor<i32>) -> tensor<i1>
  %0 = "stablehlo.if"(%p) ({
    stablehlo.return %zero : tensor<i32>
  }, {
    %1 = stablehlo.subtract %x, %one : tensor<i32>
    %2 = func.call @even(%1) : (tensor<i32>) -> tensor<i32>
    stablehlo.return %2 : tensor<i32>
  }) : (tensor<i1>) -> tensor<i32>
  return %0 : tensor<i32>
}
