// RUN: pcp-opt %s | FileCheck %s
// Result types of control flow: what the branches return, what the loop carries.

// CHECK-LABEL: func.func @branches
func.func @branches(%p: tensor<i1>, %i: tensor<i32>, %x: tensor<2xf32>, %y: tensor<?xf32>) {
  // CHECK: (tensor<i1>) -> (tensor<2xf32>, tensor<i32>)
  %0:2 = "stablehlo.if"(%p) ({
    stablehlo.return %x, %i : tensor<2xf32>, tensor<i32>
  }, {
    stablehlo.return %x, %i : tensor<2xf32>, tensor<i32>
  }) : (tensor<i1>) -> (tensor<2xf32>, tensor<i32>)
  // CHECK: (tensor<i32>) -> tensor<?xf32>
  %1 = "stablehlo.case"(%i) ({
    stablehlo.return %y : tensor<?xf32>
  }, {
    stablehlo.return %x : tensor<2xf32>
  }) : (tensor<i32>) -> tensor<?xf32>
  return
}

// CHECK-LABEL: func.func @loop
func.func @loop(%x: tensor<2xf32>, %p: tensor<i1>) {
  // CHECK: stablehlo.while
  %0:2 = "stablehlo.while"(%x, %p) ({
  ^bb0(%y: tensor<2xf32>, %q: tensor<i1>):
    stablehlo.return %q : tensor<i1>
  }, {
  ^bb0(%y: tensor<2xf32>, %q: tensor<i1>):
    stablehlo.return %x, %q : tensor<2xf32>, tensor<i1>
  }) : (tensor<2xf32>, tensor<i1>) -> (tensor<2xf32>, tensor<i1>)
  // CHECK: stablehlo.optimization_barrier %{{.*}}, %{{.*}} : tensor<2xf32>, tensor<i1>
  %1:2 = "stablehlo.optimization_barrier"(%x, %p) : (tensor<2xf32>, tensor<i1>) -> (tensor<2xf32>, tensor<i1>)
  return
}
