// RUN: pcp-opt %s --strip-debuginfo --mlir-print-debuginfo --mlir-print-local-scope | FileCheck %s

// CHECK-LABEL: func.func @main(%arg0: tensor<2xf32> loc(unknown)) -> tensor<2xf32> {
// CHECK-NEXT: %0 = stablehlo.abs %arg0 : tensor<2xf32> loc(unknown)
// CHECK-NEXT: return %0 : tensor<2xf32> loc(unknown)
// CHECK-NEXT: } loc(unknown)
func.func @main(%x: tensor<2xf32> loc("model.py":1:1)) -> tensor<2xf32> {
  %0 = stablehlo.abs %x : tensor<2xf32> loc(fused<"x">["model.py":2:1, callsite("a" at "b.py":3:4)])
  return %0 : tensor<2xf32> loc("model.py":3:1)
} loc("model.py":1:1)
