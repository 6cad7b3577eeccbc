// RUN: pcp-opt %s | pcp-opt | FileCheck %s
// RUN: pcp-opt %s --mlir-print-op-generic | pcp-opt | FileCheck %s

// Pretty forms of control flow, reductions and calls.

// CHECK-LABEL: func.func @control
func.func @control(%arg0: tensor<2x3xf32>, %arg1: tensor<f32>, %arg2: tensor<i1>, %arg3: tensor<i32>, %t: !stablehlo.token) {
  // CHECK-NEXT: %0 = stablehlo.reduce(%arg0 init: %arg1) applies stablehlo.add across dimensions = [1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
  %0 = stablehlo.reduce(%arg0 init: %arg1) applies stablehlo.add across dimensions = [1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
  // CHECK-NEXT: %1 = stablehlo.reduce(%arg0 init: %arg1) across dimensions = [0, 1] {x} : (tensor<2x3xf32>, tensor<f32>) -> tensor<f32>
  // CHECK-NEXT:  reducer(%arg5: tensor<f32>, %arg6: tensor<f32>) {
  // CHECK-NEXT:   %[[SUM:.*]] = stablehlo.subtract %arg5, %arg6 : tensor<f32>
  // CHECK-NEXT:   stablehlo.return %[[SUM]] : tensor<f32>
  // CHECK-NEXT: }
  %1 = stablehlo.reduce(%arg0 init: %arg1) across dimensions = [0, 1] {x} : (tensor<2x3xf32>, tensor<f32>) -> tensor<f32>
    reducer(%a: tensor<f32>, %b: tensor<f32>) {
      %s = stablehlo.subtract %a, %b : tensor<f32>
      stablehlo.return %s : tensor<f32>
    }
  // CHECK-NEXT: %2 = "stablehlo.reduce_window"(%arg0, %arg1) <{padding = dense<{{\[\[}}0, 1], [0, 0]]> : tensor<2x2xi64>, window_dimensions = array<i64: 1, 2>}> ({
  %2 = "stablehlo.reduce_window"(%arg0, %arg1) <{padding = dense<[[0, 1], [0, 0]]> : tensor<2x2xi64>, window_dimensions = array<i64: 1, 2>}> ({
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %s = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %s : tensor<f32>
  }) : (tensor<2x3xf32>, tensor<f32>) -> tensor<3x2xf32>
  // CHECK: %3 = "stablehlo.if"(%arg2) ({
  %3 = "stablehlo.if"(%arg2) ({
    stablehlo.return %arg1 : tensor<f32>
  }, {
    stablehlo.return %1 : tensor<f32>
  }) : (tensor<i1>) -> tensor<f32>
  // CHECK: %4 = "stablehlo.case"(%arg3) ({
  %4 = "stablehlo.case"(%arg3) ({
    stablehlo.return %arg1 : tensor<f32>
  }) : (tensor<i32>) -> tensor<f32>
  // CHECK: %5:2 = stablehlo.while(%iterArg = %arg3, %iterArg_0 = %arg1) : tensor<i32>, tensor<f32> attributes {x = 1 : i64}
  // CHECK-NEXT: cond {
  %5:2 = stablehlo.while(%i = %arg3, %x = %arg1) : tensor<i32>, tensor<f32> attributes {x = 1 : i64}
  cond {
    %p = stablehlo.compare LT, %i, %i, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  // CHECK: } do {
  } do {
    %y = func.call @scale(%x) : (tensor<f32>) -> tensor<f32>
    stablehlo.return %i, %y : tensor<i32>, tensor<f32>
  }
  // CHECK: %6:2 = stablehlo.optimization_barrier %arg1, %arg0 : tensor<f32>, tensor<2x3xf32>
  %6:2 = stablehlo.optimization_barrier %arg1, %arg0 : tensor<f32>, tensor<2x3xf32>
  // CHECK-NEXT: stablehlo.optimization_barrier()
  stablehlo.optimization_barrier()
  // CHECK-NEXT: %7 = stablehlo.custom_call @foo(%arg1) {has_side_effect = true} : (tensor<f32>) -> tensor<f32>
  %7 = stablehlo.custom_call @foo(%arg1) {has_side_effect = true, api_version = 1 : i32} : (tensor<f32>) -> tensor<f32>
  // CHECK-NEXT: %8:2 = stablehlo.custom_call @"foo-bar"() {backend_config = "x"} : () -> (tensor<f32>, tensor<f32>)
  %8:2 = stablehlo.custom_call @"foo-bar"() {backend_config = "x"} : () -> (tensor<f32>, tensor<f32>)
  // CHECK-NEXT: %9 = stablehlo.composite "my.op" %arg1 {composite_attributes = {a = 1 : i32}, decomposition = @scale, version = 1 : i32} : (tensor<f32>) -> tensor<f32>
  %9 = stablehlo.composite "my.op" %arg1 {composite_attributes = {a = 1 : i32}, decomposition = @scale, version = 1 : i32} : (tensor<f32>) -> tensor<f32>
  // CHECK-NEXT: %10 = call @scale(%arg1) : (tensor<f32>) -> tensor<f32>
  %10 = call @scale(%arg1) : (tensor<f32>) -> tensor<f32>
  // CHECK-NEXT: %11 = "stablehlo.after_all"(%arg4) : (!stablehlo.token) -> !stablehlo.token
  %11 = "stablehlo.after_all"(%t) : (!stablehlo.token) -> !stablehlo.token
  // CHECK-NEXT: return
  func.return
}

// CHECK: func.func private @scale(tensor<f32> {foo.x = 1 : i32}) -> (tensor<f32> {foo.y})
func.func private @scale(tensor<f32> {foo.x = 1 : i32}) -> (tensor<f32> {foo.y})
// CHECK: func.func @attrs(%arg0: tensor<f32> {pcp.name = "a"}) -> (tensor<f32>, tensor<f32> {pcp.name = "b"}) attributes {foo.z = "z", no_inline} {
func.func @attrs(%arg0: tensor<f32> {pcp.name = "a"}) -> (tensor<f32>, tensor<f32> {pcp.name = "b"}) attributes {foo.z = "z", no_inline} {
  return %arg0, %arg0 : tensor<f32>, tensor<f32>
}
// CHECK: func.func private @"odd name"()
func.func private @"odd name"()
