// RUN: pcp-opt %s --split-input-file --verify-diagnostics
// One function per constraint of the specification that an op of the reduce family breaks.

func.func @reduce_c1(%a0: tensor<2x3xf32>, %a1: tensor<2x4xf32>, %i0: tensor<f32>, %i1: tensor<f32>) {
  // expected-error@+1 {{expects all inputs to have compatible shapes. Shape at input-index 1 is not compatible with shape at input-index 0 [C1]}}
  %0:2 = "stablehlo.reduce"(%a0, %a1, %i0, %i1) <{dimensions = array<i64: 1>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>, %u: tensor<f32>, %v: tensor<f32>):
    stablehlo.return %x, %y : tensor<f32>, tensor<f32>
  }) : (tensor<2x3xf32>, tensor<2x4xf32>, tensor<f32>, tensor<f32>) -> (tensor<2xf32>, tensor<2xf32>)
  return
}

// -----

func.func @reduce_c1_2(%a0: tensor<2x3xf32>, %a1: tensor<2xf32>, %i0: tensor<f32>, %i1: tensor<f32>) {
  // expected-error@+1 {{expects all inputs to have compatible shapes. Shape at input-index 1 is not compatible with shape at input-index 0 [C1]}}
  %0:2 = "stablehlo.reduce"(%a0, %a1, %i0, %i1) <{dimensions = array<i64: 1>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>, %u: tensor<f32>, %v: tensor<f32>):
    stablehlo.return %x, %y : tensor<f32>, tensor<f32>
  }) : (tensor<2x3xf32>, tensor<2xf32>, tensor<f32>, tensor<f32>) -> (tensor<2xf32>, tensor<2xf32>)
  return
}

// -----

func.func @reduce_c2(%a0: tensor<2x3xf32>, %i0: tensor<i32>) {
  // expected-error@+1 {{The element-type of reduction-region's result type at index 0 is expected to be promotable from the op's corresponding init-value element-type: 'tensor<f32>' vs 'tensor<i32>' [C2]}}
  %0:1 = "stablehlo.reduce"(%a0, %i0) <{dimensions = array<i64: 1>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %p = stablehlo.add %x, %y : tensor<f32>
    stablehlo.return %p : tensor<f32>
  }) : (tensor<2x3xf32>, tensor<i32>) -> (tensor<2xf32>)
  return
}

// -----

func.func @reduce_c3() {
  // expected-error@+1 {{expects at least 1 input value [C3]}}
  "stablehlo.reduce"() <{dimensions = array<i64: 1>}> ({
  ^bb0:
    stablehlo.return
  }) : () -> ()
  return
}

// -----

func.func @reduce_c3_2(%a0: tensor<2x3xf32>, %i0: tensor<f32>) {
  // expected-error@+2 {{'stablehlo.reduce' op inferred type(s) 'tensor<2xf32>' are incompatible with return type(s) of operation 'tensor<2xf32>', 'tensor<2xf32>' [C3]}}
  // expected-error@+1 {{'stablehlo.reduce' op failed to infer returned types}}
  %0:2 = "stablehlo.reduce"(%a0, %i0) <{dimensions = array<i64: 1>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %p = stablehlo.add %x, %y : tensor<f32>
    stablehlo.return %p : tensor<f32>
  }) : (tensor<2x3xf32>, tensor<f32>) -> (tensor<2xf32>, tensor<2xf32>)
  return
}

// -----

func.func @reduce_c4(%a0: tensor<2x3xf32>, %i0: tensor<f32>) {
  // expected-error@+1 {{Out-of-bounds dimension 2, expected to be in range [0, 2) [C4]}}
  %0:1 = "stablehlo.reduce"(%a0, %i0) <{dimensions = array<i64: 2>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %p = stablehlo.add %x, %y : tensor<f32>
    stablehlo.return %p : tensor<f32>
  }) : (tensor<2x3xf32>, tensor<f32>) -> (tensor<2xf32>)
  return
}

// -----

func.func @reduce_c4_2(%a0: tensor<2x3xf32>, %i0: tensor<f32>) {
  // expected-error@+1 {{Out-of-bounds dimension -1, expected to be in range [0, 2) [C4]}}
  %0:1 = "stablehlo.reduce"(%a0, %i0) <{dimensions = array<i64: -1>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %p = stablehlo.add %x, %y : tensor<f32>
    stablehlo.return %p : tensor<f32>
  }) : (tensor<2x3xf32>, tensor<f32>) -> (tensor<2xf32>)
  return
}

// -----

func.func @reduce_c5(%a0: tensor<2x3xf32>, %i0: tensor<f32>) {
  // expected-error@+1 {{Duplicate reduction dimension: 1 [C5]}}
  %0:1 = "stablehlo.reduce"(%a0, %i0) <{dimensions = array<i64: 1, 1>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %p = stablehlo.add %x, %y : tensor<f32>
    stablehlo.return %p : tensor<f32>
  }) : (tensor<2x3xf32>, tensor<f32>) -> (tensor<2xf32>)
  return
}

// -----

func.func @reduce_c6(%a0: tensor<2x3xf32>, %i0: tensor<f32>) {
  // expected-error@+1 {{Reduction-region must take 2 parameters, but takes 4 parameter(s) [C6]}}
  %0:1 = "stablehlo.reduce"(%a0, %i0) <{dimensions = array<i64: 1>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>, %u: tensor<f32>, %v: tensor<f32>):
    stablehlo.return %x, %y : tensor<f32>, tensor<f32>
  }) : (tensor<2x3xf32>, tensor<f32>) -> (tensor<2xf32>)
  return
}

// -----

func.func @reduce_c6_2(%a0: tensor<2x3xf32>, %i0: tensor<f32>) {
  // expected-error@+1 {{Reduction-region here must produce 1 tensors, but produces 2 instead [C6]}}
  %0:1 = "stablehlo.reduce"(%a0, %i0) <{dimensions = array<i64: 1>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    stablehlo.return %x, %y : tensor<f32>, tensor<f32>
  }) : (tensor<2x3xf32>, tensor<f32>) -> (tensor<2xf32>)
  return
}

// -----

func.func @reduce_c6_3(%a0: tensor<2x3xf32>, %i0: tensor<f32>) {
  // expected-error@+1 {{The element-type of reduction-region's result type at index 0 is expected to be promotable from the op's corresponding init-value element-type: 'tensor<i32>' vs 'tensor<f32>' [C6]}}
  %0:1 = "stablehlo.reduce"(%a0, %i0) <{dimensions = array<i64: 1>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x3xf32>, tensor<f32>) -> (tensor<2xf32>)
  return
}

// -----

func.func @reduce_c6_4(%a0: tensor<2x3xf32>, %i0: tensor<f32>) {
  // expected-error@+1 {{The type of reduction-region's parameter at index 0 is different than the corresponding result type: 'tensor<f32>' vs 'tensor<i32>' [C6]}}
  %0:1 = "stablehlo.reduce"(%a0, %i0) <{dimensions = array<i64: 1>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %c = stablehlo.constant dense<1> : tensor<i32>
    stablehlo.return %c : tensor<i32>
  }) : (tensor<2x3xf32>, tensor<f32>) -> (tensor<2xf32>)
  return
}

// -----

func.func @reduce_c6_5(%a0: tensor<2x3xf32>, %i0: tensor<f32>) {
  // expected-error@+1 {{The type of reduction-region's parameter at index 1 is different than the corresponding result type: 'tensor<i32>' vs 'tensor<f32>' [C6]}}
  %0:1 = "stablehlo.reduce"(%a0, %i0) <{dimensions = array<i64: 1>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<f32>
  }) : (tensor<2x3xf32>, tensor<f32>) -> (tensor<2xf32>)
  return
}

// -----

func.func @reduce_c6_6(%a0: tensor<2x3xf32>, %i0: tensor<f32>) {
  // expected-error@+1 {{The shape of reduction-region's result type at index 0 differs from the op's corresponding init-value type: 'tensor<1xf32>' vs 'tensor<f32>' [C6]}}
  %0:1 = "stablehlo.reduce"(%a0, %i0) <{dimensions = array<i64: 1>}> ({
  ^bb0(%x: tensor<1xf32>, %y: tensor<1xf32>):
    stablehlo.return %x : tensor<1xf32>
  }) : (tensor<2x3xf32>, tensor<f32>) -> (tensor<2xf32>)
  return
}

// -----

func.func @reduce_c6_7(%a0: tensor<2x3xf32>, %i0: tensor<f32>) {
  // expected-error@+1 {{The reduction-region expected to return some value(s) [C6]}}
  %0:1 = "stablehlo.reduce"(%a0, %i0) <{dimensions = array<i64: 1>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    stablehlo.return 
  }) : (tensor<2x3xf32>, tensor<f32>) -> (tensor<2xf32>)
  return
}

// -----

func.func @reduce_c7(%a0: tensor<2x3xf32>, %i0: tensor<f32>) {
  // expected-error@+2 {{'stablehlo.reduce' op inferred type(s) 'tensor<2xf32>' are incompatible with return type(s) of operation 'tensor<3xf32>' [C7]}}
  // expected-error@+1 {{'stablehlo.reduce' op failed to infer returned types}}
  %0:1 = "stablehlo.reduce"(%a0, %i0) <{dimensions = array<i64: 1>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %p = stablehlo.add %x, %y : tensor<f32>
    stablehlo.return %p : tensor<f32>
  }) : (tensor<2x3xf32>, tensor<f32>) -> (tensor<3xf32>)
  return
}

// -----

func.func @reduce_c8(%a0: tensor<2x3xf32>, %i0: tensor<f32>) {
  // expected-error@+2 {{'stablehlo.reduce' op inferred type(s) 'tensor<2xf32>' are incompatible with return type(s) of operation 'tensor<2xi32>' [C8]}}
  // expected-error@+1 {{'stablehlo.reduce' op failed to infer returned types}}
  %0:1 = "stablehlo.reduce"(%a0, %i0) <{dimensions = array<i64: 1>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %p = stablehlo.add %x, %y : tensor<f32>
    stablehlo.return %p : tensor<f32>
  }) : (tensor<2x3xf32>, tensor<f32>) -> (tensor<2xi32>)
  return
}

// -----

func.func @reduce_window_c1() {
  // expected-error@+1 {{requires at least 1 input value [C1]}}
  "stablehlo.reduce_window"() <{window_dimensions = array<i64: 1, 2>}> ({
  ^bb0:
    stablehlo.return
  }) : () -> ()
  return
}

// -----

func.func @reduce_window_c2(%a0: tensor<2x4xf32>, %a1: tensor<2x5xf32>, %i0: tensor<f32>, %i1: tensor<f32>) {
  // expected-error@+1 {{expects all inputs to have compatible shapes. Shape at input-index 1 is not compatible with shape at input-index 0 [C2]}}
  %0:2 = "stablehlo.reduce_window"(%a0, %a1, %i0, %i1) <{window_dimensions = array<i64: 1, 2>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>, %u: tensor<f32>, %v: tensor<f32>):
    stablehlo.return %x, %y : tensor<f32>, tensor<f32>
  }) : (tensor<2x4xf32>, tensor<2x5xf32>, tensor<f32>, tensor<f32>) -> (tensor<2x3xf32>, tensor<2x3xf32>)
  return
}

// -----

func.func @reduce_window_c3(%a0: tensor<2x4xf32>, %i0: tensor<i32>) {
  // expected-error@+1 {{The element-type of reduction-region's result type at index 0 is expected to be promotable from the op's corresponding init-value element-type: 'tensor<f32>' vs 'tensor<i32>' [C3]}}
  %0:1 = "stablehlo.reduce_window"(%a0, %i0) <{window_dimensions = array<i64: 1, 2>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %p = stablehlo.add %x, %y : tensor<f32>
    stablehlo.return %p : tensor<f32>
  }) : (tensor<2x4xf32>, tensor<i32>) -> (tensor<2x3xf32>)
  return
}

// -----

func.func @reduce_window_c4(%a0: tensor<2x4xf32>, %i0: tensor<f32>) {
  // expected-error@+1 {{expects window-dimensions size == input rank, but got window-dimensions size: 1 and input: 'tensor<2x4xf32>' with rank = 2. [C4]}}
  %0:1 = "stablehlo.reduce_window"(%a0, %i0) <{window_dimensions = array<i64: 2>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %p = stablehlo.add %x, %y : tensor<f32>
    stablehlo.return %p : tensor<f32>
  }) : (tensor<2x4xf32>, tensor<f32>) -> (tensor<2x3xf32>)
  return
}

// -----

func.func @reduce_window_c5(%a0: tensor<2x4xf32>, %i0: tensor<f32>) {
  // expected-error@+1 {{expects window to have positive value for 1-th window dimension, but got 0. [C5]}}
  %0:1 = "stablehlo.reduce_window"(%a0, %i0) <{window_dimensions = array<i64: 1, 0>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %p = stablehlo.add %x, %y : tensor<f32>
    stablehlo.return %p : tensor<f32>
  }) : (tensor<2x4xf32>, tensor<f32>) -> (tensor<2x3xf32>)
  return
}

// -----

func.func @reduce_window_c6(%a0: tensor<2x4xf32>, %i0: tensor<f32>) {
  // expected-error@+1 {{expects window-strides to have same dimension-size as size of window dimensions (2), but got: 1. [C6]}}
  %0:1 = "stablehlo.reduce_window"(%a0, %i0) <{window_dimensions = array<i64: 1, 2>, window_strides = array<i64: 1>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %p = stablehlo.add %x, %y : tensor<f32>
    stablehlo.return %p : tensor<f32>
  }) : (tensor<2x4xf32>, tensor<f32>) -> (tensor<2x3xf32>)
  return
}

// -----

func.func @reduce_window_c7(%a0: tensor<2x4xf32>, %i0: tensor<f32>) {
  // expected-error@+1 {{expects window to have positive stride for 1-th window dimension, but got 0. [C7]}}
  %0:1 = "stablehlo.reduce_window"(%a0, %i0) <{window_dimensions = array<i64: 1, 2>, window_strides = array<i64: 1, 0>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %p = stablehlo.add %x, %y : tensor<f32>
    stablehlo.return %p : tensor<f32>
  }) : (tensor<2x4xf32>, tensor<f32>) -> (tensor<2x3xf32>)
  return
}

// -----

func.func @reduce_window_c8(%a0: tensor<2x4xf32>, %i0: tensor<f32>) {
  // expected-error@+1 {{expects base-dilation factors to have same dimension-size as size of window dimensions (2), but got: 1. [C8]}}
  %0:1 = "stablehlo.reduce_window"(%a0, %i0) <{window_dimensions = array<i64: 1, 2>, base_dilations = array<i64: 1>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %p = stablehlo.add %x, %y : tensor<f32>
    stablehlo.return %p : tensor<f32>
  }) : (tensor<2x4xf32>, tensor<f32>) -> (tensor<2x3xf32>)
  return
}

// -----

func.func @reduce_window_c9(%a0: tensor<2x4xf32>, %i0: tensor<f32>) {
  // expected-error@+1 {{expects window to have positive base dilation factor for 1-th window dimension, but got 0. [C9]}}
  %0:1 = "stablehlo.reduce_window"(%a0, %i0) <{window_dimensions = array<i64: 1, 2>, base_dilations = array<i64: 1, 0>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %p = stablehlo.add %x, %y : tensor<f32>
    stablehlo.return %p : tensor<f32>
  }) : (tensor<2x4xf32>, tensor<f32>) -> (tensor<2x3xf32>)
  return
}

// -----

func.func @reduce_window_c10(%a0: tensor<2x4xf32>, %i0: tensor<f32>) {
  // expected-error@+1 {{expects window-dilation factors to have same dimension-size as size of window dimensions (2), but got: 1. [C10]}}
  %0:1 = "stablehlo.reduce_window"(%a0, %i0) <{window_dimensions = array<i64: 1, 2>, window_dilations = array<i64: 1>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %p = stablehlo.add %x, %y : tensor<f32>
    stablehlo.return %p : tensor<f32>
  }) : (tensor<2x4xf32>, tensor<f32>) -> (tensor<2x3xf32>)
  return
}

// -----

func.func @reduce_window_c11(%a0: tensor<2x4xf32>, %i0: tensor<f32>) {
  // expected-error@+1 {{expects window to have positive window dilation factor for 1-th window dimension, but got 0. [C11]}}
  %0:1 = "stablehlo.reduce_window"(%a0, %i0) <{window_dimensions = array<i64: 1, 2>, window_dilations = array<i64: 1, 0>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %p = stablehlo.add %x, %y : tensor<f32>
    stablehlo.return %p : tensor<f32>
  }) : (tensor<2x4xf32>, tensor<f32>) -> (tensor<2x3xf32>)
  return
}

// -----

func.func @reduce_window_c12(%a0: tensor<2x4xf32>, %i0: tensor<f32>) {
  // expected-error@+1 {{expects padding-entries to have same dimension-size as size of window dimensions (2), but got: 1. [C12]}}
  %0:1 = "stablehlo.reduce_window"(%a0, %i0) <{window_dimensions = array<i64: 1, 2>, padding = dense<0> : tensor<1x2xi64>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %p = stablehlo.add %x, %y : tensor<f32>
    stablehlo.return %p : tensor<f32>
  }) : (tensor<2x4xf32>, tensor<f32>) -> (tensor<2x3xf32>)
  return
}

// -----

func.func @reduce_window_c12_2(%a0: tensor<2x4xf32>, %i0: tensor<f32>) {
  // expected-error@+1 {{expects the shape of padding-attribute to be {N, 2}, but got {2, 3}. [C12]}}
  %0:1 = "stablehlo.reduce_window"(%a0, %i0) <{window_dimensions = array<i64: 1, 2>, padding = dense<0> : tensor<2x3xi64>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %p = stablehlo.add %x, %y : tensor<f32>
    stablehlo.return %p : tensor<f32>
  }) : (tensor<2x4xf32>, tensor<f32>) -> (tensor<2x3xf32>)
  return
}

// -----

func.func @reduce_window_c12_3(%a0: tensor<2x4xf32>, %i0: tensor<f32>) {
  // expected-error@+1 {{'stablehlo.reduce_window' op attribute 'padding' failed to satisfy constraint: 64-bit signless integer elements attribute}}
  %0:1 = "stablehlo.reduce_window"(%a0, %i0) <{window_dimensions = array<i64: 1, 2>, padding = dense<0> : tensor<4xi64>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %p = stablehlo.add %x, %y : tensor<f32>
    stablehlo.return %p : tensor<f32>
  }) : (tensor<2x4xf32>, tensor<f32>) -> (tensor<2x3xf32>)
  return
}

// -----

func.func @reduce_window_c12_4(%a0: tensor<2x4xf32>, %i0: tensor<f32>) {
  // expected-error@+1 {{'stablehlo.reduce_window' op attribute 'padding' failed to satisfy constraint: 64-bit signless integer elements attribute}}
  %0:1 = "stablehlo.reduce_window"(%a0, %i0) <{window_dimensions = array<i64: 1, 2>, padding = dense<0> : tensor<2x2xi32>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %p = stablehlo.add %x, %y : tensor<f32>
    stablehlo.return %p : tensor<f32>
  }) : (tensor<2x4xf32>, tensor<f32>) -> (tensor<2x3xf32>)
  return
}

// -----

func.func @reduce_window_c13(%a0: tensor<2x4xf32>, %i0: tensor<f32>) {
  // expected-error@+1 {{Reduction-region must take 2 parameters, but takes 4 parameter(s) [C13]}}
  %0:1 = "stablehlo.reduce_window"(%a0, %i0) <{window_dimensions = array<i64: 1, 2>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>, %u: tensor<f32>, %v: tensor<f32>):
    stablehlo.return %x, %y : tensor<f32>, tensor<f32>
  }) : (tensor<2x4xf32>, tensor<f32>) -> (tensor<2x3xf32>)
  return
}

// -----

func.func @reduce_window_c13_2(%a0: tensor<2x4xf32>, %i0: tensor<f32>) {
  // expected-error@+1 {{The element-type of reduction-region's result type at index 0 is expected to be promotable from the op's corresponding init-value element-type: 'tensor<i32>' vs 'tensor<f32>' [C13]}}
  %0:1 = "stablehlo.reduce_window"(%a0, %i0) <{window_dimensions = array<i64: 1, 2>}> ({
  ^bb0(%x: tensor<i32>, %y: tensor<i32>):
    stablehlo.return %x : tensor<i32>
  }) : (tensor<2x4xf32>, tensor<f32>) -> (tensor<2x3xf32>)
  return
}

// -----

func.func @reduce_window_c14(%a0: tensor<2x4xf32>, %a1: tensor<2x4xf32>, %i0: tensor<f32>, %i1: tensor<f32>) {
  // expected-error@+2 {{'stablehlo.reduce_window' op inferred type(s) 'tensor<2x3xf32>', 'tensor<2x3xf32>' are incompatible with return type(s) of operation 'tensor<2x3xf32>', 'tensor<2x4xf32>' [C14]}}
  // expected-error@+1 {{'stablehlo.reduce_window' op failed to infer returned types}}
  %0:2 = "stablehlo.reduce_window"(%a0, %a1, %i0, %i1) <{window_dimensions = array<i64: 1, 2>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>, %u: tensor<f32>, %v: tensor<f32>):
    stablehlo.return %x, %y : tensor<f32>, tensor<f32>
  }) : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<f32>, tensor<f32>) -> (tensor<2x3xf32>, tensor<2x4xf32>)
  return
}

// -----

func.func @reduce_window_c15(%a0: tensor<2x4xf32>, %i0: tensor<f32>) {
  // expected-error@+2 {{'stablehlo.reduce_window' op inferred type(s) 'tensor<2x3xf32>' are incompatible with return type(s) of operation 'tensor<2x4xf32>' [C15]}}
  // expected-error@+1 {{'stablehlo.reduce_window' op failed to infer returned types}}
  %0:1 = "stablehlo.reduce_window"(%a0, %i0) <{window_dimensions = array<i64: 1, 2>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %p = stablehlo.add %x, %y : tensor<f32>
    stablehlo.return %p : tensor<f32>
  }) : (tensor<2x4xf32>, tensor<f32>) -> (tensor<2x4xf32>)
  return
}

// -----

func.func @reduce_window_c16(%a0: tensor<2x4xf32>, %i0: tensor<f32>) {
  // expected-error@+2 {{'stablehlo.reduce_window' op inferred type(s) 'tensor<2x3xf32>' are incompatible with return type(s) of operation 'tensor<2x3xi32>' [C16]}}
  // expected-error@+1 {{'stablehlo.reduce_window' op failed to infer returned types}}
  %0:1 = "stablehlo.reduce_window"(%a0, %i0) <{window_dimensions = array<i64: 1, 2>}> ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %p = stablehlo.add %x, %y : tensor<f32>
    stablehlo.return %p : tensor<f32>
  }) : (tensor<2x4xf32>, tensor<f32>) -> (tensor<2x3xi32>)
  return
}
