// RUN: pcp-autodiff %s --emit=grad | pcp-autodiff --function=main_grad --emit=grad | pcp-autodiff --function=main_grad_grad --emit=grad --check-grad | FileCheck %s
// RUN: pcp-autodiff %s --emit=value-and-grad | pcp-autodiff --function=main_value_and_grad --loss=0 --emit=value-and-grad | FileCheck %s --check-prefix=VALUE
// What comes out goes in again, and no name is given twice.

func.func @main(%x: tensor<3xf32> {pcp.name = "x", pcp.role = "param"}) -> (tensor<f32> {pcp.name = "y", pcp.role = "loss"}) {
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %0 = stablehlo.tanh %x : tensor<3xf32>
  %1 = stablehlo.multiply %0, %x : tensor<3xf32>
  %2 = stablehlo.reduce(%1 init: %z) applies stablehlo.add across dimensions = [0] : (tensor<3xf32>, tensor<f32>) -> tensor<f32>
  return %2 : tensor<f32>
}

// CHECK: func.func @main_grad_grad_grad(
// CHECK-SAME: "x", {{.*}}"y/cotangent", {{.*}}"x/grad/cotangent", {{.*}}"x/grad/cotangent_1",
// CHECK-SAME: -> ({{.*}}"x/grad", {{.*}}"y/cotangent/grad", {{.*}}"x/grad/cotangent/grad",
// VALUE: func.func @main_value_and_grad_value_and_grad(
// VALUE-SAME: -> ({{.*}}"y", {{.*}}"x/grad", {{.*}}"x/grad_1",
