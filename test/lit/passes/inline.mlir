// RUN: pcp-opt %s --inline | FileCheck %s

// CHECK-LABEL: func.func @main(%arg0: tensor<2xf32>, %arg1: tensor<i1>) -> (tensor<2xf32>, tensor<2xf32>) {
// CHECK-NEXT: %0 = stablehlo.cosine %arg0 : tensor<2xf32>
// CHECK-NEXT: %1 = stablehlo.cosine %0 : tensor<2xf32>
// CHECK-NEXT: %2 = "stablehlo.if"(%arg1) ({
// CHECK-NEXT: %3 = stablehlo.cosine %1 : tensor<2xf32>
// CHECK-NEXT: stablehlo.return %3 : tensor<2xf32>
// CHECK-NEXT: }, {
// CHECK-NEXT: stablehlo.return %1 : tensor<2xf32>
// CHECK-NEXT: }) : (tensor<i1>) -> tensor<2xf32>
// CHECK-NEXT: return %1, %2 : tensor<2xf32>, tensor<2xf32>
// CHECK-NEXT: }
func.func @main(%x: tensor<2xf32>, %p: tensor<i1>) -> (tensor<2xf32>, tensor<2xf32>) {
  %0 = call @twice(%x) : (tensor<2xf32>) -> tensor<2xf32>
  %1 = "stablehlo.if"(%p) ({
    %2 = func.call @leaf(%0) : (tensor<2xf32>) -> tensor<2xf32>
    stablehlo.return %2 : tensor<2xf32>
  }, {
    stablehlo.return %0 : tensor<2xf32>
  }) : (tensor<i1>) -> tensor<2xf32>
  return %0, %1 : tensor<2xf32>, tensor<2xf32>
}

// CHECK-NOT: @twice(
func.func private @twice(%x: tensor<2xf32>) -> tensor<2xf32> {
  %0 = call @leaf(%x) : (tensor<2xf32>) -> tensor<2xf32>
  %1 = call @leaf(%0) : (tensor<2xf32>) -> tensor<2xf32>
  return %1 : tensor<2xf32>
}

// CHECK-NOT: @leaf(
func.func private @leaf(%x: tensor<2xf32>) -> tensor<2xf32> {
  %0 = stablehlo.cosine %x : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// Functions marked no_inline, declarations and recursion stay calls.
// CHECK-LABEL: func.func @kept(%arg0: tensor<2xf32>) -> tensor<2xf32> {
// CHECK-NEXT: %0 = call @marked(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
// CHECK-NEXT: %1 = call @declared(%0) : (tensor<2xf32>) -> tensor<2xf32>
// CHECK-NEXT: %2 = call @forever(%1) : (tensor<2xf32>) -> tensor<2xf32>
// CHECK-NEXT: return %2 : tensor<2xf32>
// CHECK-NEXT: }
func.func @kept(%x: tensor<2xf32>) -> tensor<2xf32> {
  %0 = call @marked(%x) : (tensor<2xf32>) -> tensor<2xf32>
  %1 = call @declared(%0) : (tensor<2xf32>) -> tensor<2xf32>
  %2 = call @forever(%1) : (tensor<2xf32>) -> tensor<2xf32>
  return %2 : tensor<2xf32>
}

// CHECK-LABEL: func.func private @marked(%arg0: tensor<2xf32>) -> tensor<2xf32> attributes {no_inline} {
// CHECK-NEXT: return %arg0 : tensor<2xf32>
// CHECK-NEXT: }
func.func private @marked(%x: tensor<2xf32>) -> tensor<2xf32> attributes {no_inline} {
  return %x : tensor<2xf32>
}

// CHECK-LABEL: func.func private @declared(tensor<2xf32>) -> tensor<2xf32>
func.func private @declared(tensor<2xf32>) -> tensor<2xf32>

// CHECK-LABEL: func.func private @forever(%arg0: tensor<2xf32>) -> tensor<2xf32> {
// CHECK-NEXT: %0 = call @forever(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
// CHECK-NEXT: return %0 : tensor<2xf32>
// CHECK-NEXT: }
func.func private @forever(%x: tensor<2xf32>) -> tensor<2xf32> {
  %0 = call @forever(%x) : (tensor<2xf32>) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

// Callees are simplified before they are inlined, callers before and after: that is seen in the order of constants.
// CHECK-LABEL: func.func @ordered(%arg0: tensor<f32>) -> tensor<f32> {
// CHECK-NEXT: %[[FIRST:cst[_0-9]*]] = stablehlo.constant dense<1.000000e+00> : tensor<f32>
// CHECK-NEXT: %[[SECOND:cst[_0-9]*]] = stablehlo.constant dense<2.000000e+00> : tensor<f32>
// CHECK-NEXT: %0 = stablehlo.tanh %arg0 : tensor<f32>
// CHECK-NEXT: %1 = stablehlo.add %0, %[[FIRST]] : tensor<f32>
// CHECK-NEXT: %2 = stablehlo.multiply %1, %[[SECOND]] : tensor<f32>
func.func @ordered(%x: tensor<f32>) -> tensor<f32> {
  %0 = stablehlo.tanh %x : tensor<f32>
  %1 = call @constants(%0) : (tensor<f32>) -> tensor<f32>
  return %1 : tensor<f32>
}

// CHECK-NOT: @constants(
func.func private @constants(%x: tensor<f32>) -> tensor<f32> {
  %c0 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
  %0 = stablehlo.add %x, %c0 : tensor<f32>
  %c1 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
  %1 = stablehlo.multiply %0, %c1 : tensor<f32>
  return %1 : tensor<f32>
}
