// RUN: not pcp-run %s --engine=interp 2>&1 | FileCheck %s
// A call to something unknown is a diagnostic at its place, before anything runs.

func.func @main() -> tensor<f32> {
  %0 = stablehlo.constant dense<1.0> : tensor<f32>
  %1 = stablehlo.custom_call @unknown(%0) : (tensor<f32>) -> tensor<f32>
  return %1 : tensor<f32>
}
// CHECK: custom_call.mlir:6:{{[0-9]+}}: error: 'stablehlo.custom_call' op calls 'unknown', which the interpreter does not know
