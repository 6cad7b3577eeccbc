// RUN: pcp-opt %s --summary | FileCheck %s
// RUN: pcp-opt %s --summary --json | FileCheck %s --check-prefix=JSON

// CHECK: @main: 3 arguments, 2 results, 4 ops
// CHECK-NEXT: arguments
// CHECK-NEXT: #0 w.weight param tensor<4x3xf32> 48 B
// CHECK-NEXT: #1 scale frozen tensor<bf16> 2 B
// CHECK-NEXT: #2 - - tensor<?x4xf32> ?
// CHECK-NEXT: results
// CHECK-NEXT: #0 loss loss tensor<f32> 4 B
// CHECK-NEXT: #1 - - tensor<f32> 4 B
// CHECK-NEXT: by role
// CHECK-NEXT: param 1 argument 12 elements 48 B
// CHECK: loss: result #0
// CHECK-NEXT: ops
// CHECK-NEXT: 2 stablehlo.add
// CHECK: 1 function, 4 ops

// JSON: "name": "main"
// JSON: "loss": 0
// JSON: "stablehlo.add": 2
func.func @main(%w: tensor<4x3xf32> {pcp.name = "w.weight", pcp.role = "param"}, %s: tensor<bf16> {pcp.name = "scale", pcp.role = "frozen"}, %x: tensor<?x4xf32>) -> (tensor<f32> {pcp.name = "loss", pcp.role = "loss"}, tensor<f32>) {
  %c = stablehlo.constant dense<1.0> : tensor<f32>
  %0 = stablehlo.add %c, %c : tensor<f32>
  %1 = stablehlo.add %c, %0 : tensor<f32>
  return %0, %1 : tensor<f32>, tensor<f32>
}
