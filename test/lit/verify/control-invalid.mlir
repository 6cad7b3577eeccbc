// RUN: pcp-opt %s --split-input-file --verify-diagnostics
// One function per constraint of the specification that an op of the control family breaks.

func.func @case_c1(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<i32>) {
  // expected-error@+2 {{expect at least one branch [C1]}}
  // expected-error@+1 {{'stablehlo.case' op failed to infer returned types}}
  %0 = "stablehlo.case"(%y) : (tensor<i32>) -> tensor<f32>
  return
}

// -----

func.func @case_c1_2(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<i32>) {
  // expected-error@+2 {{expect at least one branch [C1]}}
  // expected-error@+1 {{'stablehlo.case' op failed to infer returned types}}
  "stablehlo.case"(%y) : (tensor<i32>) -> ()
  return
}

// -----

func.func @case_c2(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<i32>) {
  // expected-error@+2 {{branch 0 must have 0 arguments, but found 1 [C2]}}
  // expected-error@+1 {{'stablehlo.case' op failed to infer returned types}}
  %0 = "stablehlo.case"(%y) ({
  ^bb0(%z: tensor<f32>):
    stablehlo.return %x : tensor<f32>
  }): (tensor<i32>) -> tensor<f32>
  return
}

// -----

func.func @case_c3(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<i32>) {
  // expected-error@+2 {{branch 0 and branch 1 have mismatched return types: 'tensor<f32>' vs 'tensor<i32>' [C3]}}
  // expected-error@+1 {{'stablehlo.case' op failed to infer returned types}}
  %0 = "stablehlo.case"(%y) ({
    stablehlo.return %x : tensor<f32>
  }, {
    stablehlo.return %y : tensor<i32>
  }): (tensor<i32>) -> tensor<f32>
  return
}

// -----

func.func @case_c4(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<i32>) {
  // expected-error@+2 {{'stablehlo.case' op inferred type(s) 'tensor<f32>' are incompatible with return type(s) of operation 'tensor<i32>' [C4]}}
  // expected-error@+1 {{'stablehlo.case' op failed to infer returned types}}
  %0 = "stablehlo.case"(%y) ({
    stablehlo.return %x : tensor<f32>
  }): (tensor<i32>) -> tensor<i32>
  return
}

// -----

func.func @composite_c1(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<i32>) {
  // expected-error@+1 {{name must be a valid namespaced op name, i.e. it must match the following regular expression: ^[a-zA-Z][a-zA-Z0-9_]*([.][a-zA-Z0-9_$]+)+$ e.g. "my_namespace.my_op" [C1]}}
  %0 = "stablehlo.composite"(%x) <{name = "ab", decomposition = @impl}> : (tensor<f32>) -> tensor<f32>
  return
}
func.func private @impl(%a: tensor<f32>) -> tensor<f32> { return %a : tensor<f32> }

// -----

func.func @composite_c1_2(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<i32>) {
  // expected-error@+1 {{name must be a valid namespaced op name, i.e. it must match the following regular expression: ^[a-zA-Z][a-zA-Z0-9_]*([.][a-zA-Z0-9_$]+)+$ e.g. "my_namespace.my_op" [C1]}}
  %0 = "stablehlo.composite"(%x) <{name = "", decomposition = @impl}> : (tensor<f32>) -> tensor<f32>
  return
}
func.func private @impl(%a: tensor<f32>) -> tensor<f32> { return %a : tensor<f32> }

// -----

func.func @composite_c1_3(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<i32>) {
  // expected-error@+1 {{name must be a valid namespaced op name, i.e. it must match the following regular expression: ^[a-zA-Z][a-zA-Z0-9_]*([.][a-zA-Z0-9_$]+)+$ e.g. "my_namespace.my_op" [C1]}}
  %0 = "stablehlo.composite"(%x) <{name = "a.", decomposition = @impl}> : (tensor<f32>) -> tensor<f32>
  return
}
func.func private @impl(%a: tensor<f32>) -> tensor<f32> { return %a : tensor<f32> }

// -----

func.func @composite_c2(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<i32>) {
  // expected-error@+1 {{'nope' does not reference a valid function [C2]}}
  %0 = "stablehlo.composite"(%x) <{name = "a.b", decomposition = @nope}> : (tensor<f32>) -> tensor<f32>
  return
}
func.func private @impl(%a: tensor<f32>) -> tensor<f32> { return %a : tensor<f32> }

// -----

func.func @composite_c3(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<i32>) {
  // expected-error@+1 {{operand at index 0 has type 'tensor<f32>', but decomposition has type 'tensor<i32>' [C3]}}
  %0 = "stablehlo.composite"(%x) <{name = "a.b", decomposition = @impl}> : (tensor<f32>) -> tensor<f32>
  return
}
func.func private @impl(%a: tensor<i32>) -> tensor<f32> { %x = stablehlo.constant dense<1.0> : tensor<f32> return %x : tensor<f32> }

// -----

func.func @composite_c4(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<i32>) {
  // expected-error@+1 {{result at index 0 has type 'tensor<i32>', but decomposition has type 'tensor<f32>' [C4]}}
  %0 = "stablehlo.composite"(%x) <{name = "a.b", decomposition = @impl}> : (tensor<f32>) -> tensor<i32>
  return
}
func.func private @impl(%a: tensor<f32>) -> tensor<f32> { return %a : tensor<f32> }

// -----

func.func @if_c1(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<i32>) {
  // expected-error@+2 {{branch 0 must have 0 arguments, but found 1 [C1]}}
  // expected-error@+1 {{'stablehlo.if' op failed to infer returned types}}
  %0 = "stablehlo.if"(%p) ({
  ^bb0(%z: tensor<f32>):
    stablehlo.return %z : tensor<f32>
  }, {
    stablehlo.return %x : tensor<f32>
  }) : (tensor<i1>) -> tensor<f32>
  return
}

// -----

func.func @if_c1_2(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<i32>) {
  // expected-error@+2 {{branch 1 must have 0 arguments, but found 1 [C1]}}
  // expected-error@+1 {{'stablehlo.if' op failed to infer returned types}}
  %0 = "stablehlo.if"(%p) ({
    stablehlo.return %x : tensor<f32>
  }, {
  ^bb0(%z: tensor<f32>):
    stablehlo.return %z : tensor<f32>
  }) : (tensor<i1>) -> tensor<f32>
  return
}

// -----

func.func @if_c2(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<i32>) {
  // expected-error@+2 {{branch 0 and branch 1 have mismatched return types: 'tensor<f32>' vs 'tensor<i32>' [C2]}}
  // expected-error@+1 {{'stablehlo.if' op failed to infer returned types}}
  %0 = "stablehlo.if"(%p) ({
    stablehlo.return %x : tensor<f32>
  }, {
    stablehlo.return %y : tensor<i32>
  }) : (tensor<i1>) -> tensor<f32>
  return
}

// -----

func.func @if_c2_2(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<i32>) {
  // expected-error@+2 {{branch 0 and branch 1 have mismatched return types: 'tensor<f32>' vs 'tensor<f32>', 'tensor<f32>' [C2]}}
  // expected-error@+1 {{'stablehlo.if' op failed to infer returned types}}
  %0 = "stablehlo.if"(%p) ({
    stablehlo.return %x : tensor<f32>
  }, {
    stablehlo.return %x, %x : tensor<f32>, tensor<f32>
  }) : (tensor<i1>) -> tensor<f32>
  return
}

// -----

func.func @if_c3(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<i32>) {
  // expected-error@+2 {{'stablehlo.if' op inferred type(s) 'tensor<f32>' are incompatible with return type(s) of operation 'tensor<i32>' [C3]}}
  // expected-error@+1 {{'stablehlo.if' op failed to infer returned types}}
  %0 = "stablehlo.if"(%p) ({
    stablehlo.return %x : tensor<f32>
  }, {
    stablehlo.return %x : tensor<f32>
  }) : (tensor<i1>) -> tensor<i32>
  return
}

// -----

func.func @optimization_barrier_c1(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<i32>) {
  // expected-error@+1 {{'stablehlo.optimization_barrier' op requires the same type for operand and result at index 0 [C1]}}
  %0 = "stablehlo.optimization_barrier"(%x) : (tensor<f32>) -> tensor<i32>
  return
}

// -----

func.func @optimization_barrier_c1_3(%x: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.optimization_barrier' op requires the same type for operand and result at index 0 [C1]}}
  %0 = "stablehlo.optimization_barrier"(%x) : (tensor<2xf32>) -> tensor<?xf32>
  return
}

// -----

func.func @optimization_barrier_c1_2(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<i32>) {
  // expected-error@+1 {{'stablehlo.optimization_barrier' op requires the same number of operands and results [C1]}}
  %0:2 = "stablehlo.optimization_barrier"(%x) : (tensor<f32>) -> (tensor<f32>, tensor<f32>)
  return
}

// -----

func.func @while_c1(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<i32>) {
  // expected-error@+1 {{expect condition block return a zero-ranked tensor of i1 but got 'tensor<f32>' [C1]}}
  %0 = "stablehlo.while"(%x) ({
  ^bb0(%z: tensor<f32>):
    stablehlo.return %z : tensor<f32>
  }, {
  ^bb0(%z: tensor<f32>):
    stablehlo.return %z : tensor<f32>
  }) : (tensor<f32>) -> tensor<f32>
  return
}

// -----

func.func @while_c1_2(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<i32>) {
  // expected-error@+1 {{expect operands to be compatible with condition block arguments but got 'tensor<f32>' vs 'tensor<i32>' [C1]}}
  %0 = "stablehlo.while"(%x) ({
  ^bb0(%z: tensor<i32>):
    stablehlo.return %p : tensor<i1>
  }, {
  ^bb0(%z: tensor<f32>):
    stablehlo.return %z : tensor<f32>
  }) : (tensor<f32>) -> tensor<f32>
  return
}

// -----

func.func @while_c1_3(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<i32>) {
  // expected-error@+1 {{expect operands to be compatible with condition block arguments but got 'tensor<f32>' vs 'tensor<f32>', 'tensor<f32>' [C1]}}
  %0 = "stablehlo.while"(%x) ({
  ^bb0(%z: tensor<f32>, %w: tensor<f32>):
    stablehlo.return %p : tensor<i1>
  }, {
  ^bb0(%z: tensor<f32>):
    stablehlo.return %z : tensor<f32>
  }) : (tensor<f32>) -> tensor<f32>
  return
}

// -----

func.func @while_c1_4(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<i32>) {
  // expected-error@+1 {{expect condition body returns a single value but got 2 [C1]}}
  %0 = "stablehlo.while"(%x) ({
  ^bb0(%z: tensor<f32>):
    stablehlo.return %p, %p : tensor<i1>, tensor<i1>
  }, {
  ^bb0(%z: tensor<f32>):
    stablehlo.return %z : tensor<f32>
  }) : (tensor<f32>) -> tensor<f32>
  return
}

// -----

func.func @while_c1_5(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<i32>) {
  // expected-error@+1 {{expect condition body returns a single value but got 0 [C1]}}
  %0 = "stablehlo.while"(%x) ({
  ^bb0(%z: tensor<f32>):
    stablehlo.return
  }, {
  ^bb0(%z: tensor<f32>):
    stablehlo.return %z : tensor<f32>
  }) : (tensor<f32>) -> tensor<f32>
  return
}

// -----

func.func @while_c1_6(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<i32>) {
  // expected-error@+1 {{expect condition block return a zero-ranked tensor of i1 but got 'tensor<1xi1>' [C1]}}
  %0 = "stablehlo.while"(%x) ({
  ^bb0(%z: tensor<f32>):
    %q = stablehlo.constant dense<true> : tensor<1xi1>
    stablehlo.return %q : tensor<1xi1>
  }, {
  ^bb0(%z: tensor<f32>):
    stablehlo.return %z : tensor<f32>
  }) : (tensor<f32>) -> tensor<f32>
  return
}

// -----

func.func @while_c2(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<i32>) {
  // expected-error@+1 {{expect operands to be compatible with body block arguments but got 'tensor<f32>' vs 'tensor<i32>' [C2]}}
  %0 = "stablehlo.while"(%x) ({
  ^bb0(%z: tensor<f32>):
    stablehlo.return %p : tensor<i1>
  }, {
  ^bb0(%z: tensor<i32>):
    stablehlo.return %x : tensor<f32>
  }) : (tensor<f32>) -> tensor<f32>
  return
}

// -----

func.func @while_c2_2(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<i32>) {
  // expected-error@+1 {{expect operands to be compatible with body block return types but got 'tensor<f32>' vs 'tensor<i32>' [C2]}}
  %0 = "stablehlo.while"(%x) ({
  ^bb0(%z: tensor<f32>):
    stablehlo.return %p : tensor<i1>
  }, {
  ^bb0(%z: tensor<f32>):
    stablehlo.return %y : tensor<i32>
  }) : (tensor<f32>) -> tensor<f32>
  return
}

// -----

func.func @while_c2_3(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<i32>) {
  // expected-error@+1 {{expect operands to be compatible with body block return types but got 'tensor<f32>' vs  [C2]}}
  %0 = "stablehlo.while"(%x) ({
  ^bb0(%z: tensor<f32>):
    stablehlo.return %p : tensor<i1>
  }, {
  ^bb0(%z: tensor<f32>):
    stablehlo.return
  }) : (tensor<f32>) -> tensor<f32>
  return
}

// -----

func.func @while_c2_4(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<i32>) {
  // expected-error@+1 {{expect operands to be compatible with body block arguments but got 'tensor<f32>' vs  [C2]}}
  %0 = "stablehlo.while"(%x) ({
  ^bb0(%z: tensor<f32>):
    stablehlo.return %p : tensor<i1>
  }, {
  ^bb0:
    stablehlo.return %x : tensor<f32>
  }) : (tensor<f32>) -> tensor<f32>
  return
}

// -----

func.func @while_c3(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<i32>) {
  // expected-error@+2 {{'stablehlo.while' op inferred type(s) 'tensor<f32>' are incompatible with return type(s) of operation 'tensor<i32>' [C3]}}
  // expected-error@+1 {{'stablehlo.while' op failed to infer returned types}}
  %0 = "stablehlo.while"(%x) ({
  ^bb0(%z: tensor<f32>):
    stablehlo.return %p : tensor<i1>
  }, {
  ^bb0(%z: tensor<f32>):
    stablehlo.return %z : tensor<f32>
  }) : (tensor<f32>) -> tensor<i32>
  return
}

// -----

func.func @while_c3_2(%p: tensor<i1>, %x: tensor<f32>, %y: tensor<i32>) {
  // expected-error@+2 {{'stablehlo.while' op inferred type(s) 'tensor<f32>' are incompatible with return type(s) of operation 'tensor<f32>', 'tensor<f32>' [C3]}}
  // expected-error@+1 {{'stablehlo.while' op failed to infer returned types}}
  %0:2 = "stablehlo.while"(%x) ({
  ^bb0(%z: tensor<f32>):
    stablehlo.return %p : tensor<i1>
  }, {
  ^bb0(%z: tensor<f32>):
    stablehlo.return %z : tensor<f32>
  }) : (tensor<f32>) -> (tensor<f32>, tensor<f32>)
  return
}

// -----

func.func @custom_call_api_version(%x: tensor<f32>) {
  // expected-error@+1 {{'stablehlo.custom_call' op attribute 'api_version' failed to satisfy constraint: Custom call API version}}
  %0 = "stablehlo.custom_call"(%x) <{api_version = 9 : i32, call_target_name = "a"}> : (tensor<f32>) -> tensor<i32>
  return
}

// -----

func.func @custom_call_backend_config(%x: tensor<f32>) {
  // expected-error@+1 {{'stablehlo.custom_call' op backend_config for api_version API_VERSION_TYPED_FFI must be a dictionary attribute.}}
  %0 = "stablehlo.custom_call"(%x) <{api_version = 4 : i32, backend_config = "x", call_target_name = "a"}> : (tensor<f32>) -> tensor<i32>
  return
}

// -----

func.func @custom_call_backend_config_text(%x: tensor<f32>) {
  // expected-error@+1 {{'stablehlo.custom_call' op backend_config for api_version API_VERSION_ORIGINAL must be a string attribute.}}
  %0 = "stablehlo.custom_call"(%x) <{api_version = 1 : i32, backend_config = {a = 1}, call_target_name = "a"}> : (tensor<f32>) -> tensor<i32>
  return
}
