// RUN: pcp-opt %s | FileCheck %s
// Result types of reductions: shapes without the reduced dimensions, elements as the computation returns them.

// CHECK-LABEL: func.func @one
func.func @one(%a: tensor<2x3x4xf32>, %i: tensor<f32>) {
  // CHECK: stablehlo.reduce{{.*}} -> tensor<3xf32>
  %0 = "stablehlo.reduce"(%a, %i) <{dimensions = array<i64: 0, 2>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %s = stablehlo.add %x, %y : tensor<f32>
    stablehlo.return %s : tensor<f32>
  }) : (tensor<2x3x4xf32>, tensor<f32>) -> tensor<3xf32>
  return
}

// CHECK-LABEL: func.func @two
func.func @two(%a: tensor<2x3xf32>, %b: tensor<2x3xi32>, %i: tensor<f32>, %j: tensor<i32>) {
  // CHECK: -> (tensor<2xf32>, tensor<2xi32>)
  %0:2 = "stablehlo.reduce"(%a, %b, %i, %j) <{dimensions = array<i64: 1>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<i32>, %z: tensor<f32>, %w: tensor<i32>):
    stablehlo.return %x, %w : tensor<f32>, tensor<i32>
  }) : (tensor<2x3xf32>, tensor<2x3xi32>, tensor<f32>, tensor<i32>) -> (tensor<2xf32>, tensor<2xi32>)
  return
}

// CHECK-LABEL: func.func @wider
func.func @wider(%a: tensor<2x3xbf16>, %i: tensor<bf16>) {
  // CHECK: -> tensor<2xf32>
  %0 = "stablehlo.reduce"(%a, %i) <{dimensions = array<i64: 1>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %s = stablehlo.add %x, %y : tensor<f32>
    stablehlo.return %s : tensor<f32>
  }) : (tensor<2x3xbf16>, tensor<bf16>) -> tensor<2xf32>
  return
}

// CHECK-LABEL: func.func @windows
func.func @windows(%a: tensor<2x8xf32>, %i: tensor<f32>) {
  // CHECK: -> tensor<2x7xf32>
  %0 = "stablehlo.reduce_window"(%a, %i) <{window_dimensions = array<i64: 1, 2>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %s = stablehlo.maximum %x, %y : tensor<f32>
    stablehlo.return %s : tensor<f32>
  }) : (tensor<2x8xf32>, tensor<f32>) -> tensor<2x7xf32>
  // ((8 - 1) * 2 + 1 + 1 + 2 - ((3 - 1) * 2 + 1)) / 3 + 1
  // CHECK: -> tensor<2x5xf32>
  %1 = "stablehlo.reduce_window"(%a, %i) <{base_dilations = array<i64: 1, 2>, padding = dense<[[0, 0], [1, 2]]> : tensor<2x2xi64>, window_dilations = array<i64: 1, 2>, window_dimensions = array<i64: 1, 3>, window_strides = array<i64: 1, 3>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %s = stablehlo.maximum %x, %y : tensor<f32>
    stablehlo.return %s : tensor<f32>
  }) : (tensor<2x8xf32>, tensor<f32>) -> tensor<2x5xf32>
  // CHECK: -> tensor<2x0xf32>
  %2 = "stablehlo.reduce_window"(%a, %i) <{window_dimensions = array<i64: 1, 9>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %s = stablehlo.maximum %x, %y : tensor<f32>
    stablehlo.return %s : tensor<f32>
  }) : (tensor<2x8xf32>, tensor<f32>) -> tensor<2x0xf32>
  return
}
