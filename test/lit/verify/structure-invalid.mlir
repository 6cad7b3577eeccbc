// RUN: pcp-opt %s --split-input-file --verify-diagnostics
// What holds for all ops: modules, symbols, blocks, terminators, uses.

// expected-error@+1 {{'builtin.module' op region should have no arguments}}
"builtin.module"() <{sym_name = "module_body"}> ({
^bb0(%arg0: i32):
}) : () -> ()

// -----

// expected-error@+1 {{'builtin.module' op can only contain attributes with dialect-prefixed names, found: 'plain'}}
module @module_attributes attributes {plain = 1} {
}

// -----

// expected-error@+1 {{'builtin.module' op requires one region}}
"builtin.module"() : () -> ()

// -----

func.func @unrealized_conversion_cast_outputs() {
  // expected-error@+1 {{'builtin.unrealized_conversion_cast' op expected at least one result for cast operation}}
  "builtin.unrealized_conversion_cast"() : () -> ()
  return
}

// -----

func.func @constant_type() {
  // expected-error@+1 {{'arith.constant' op failed to verify that all of {value, result} have same type}}
  %0 = "arith.constant"() <{value = 1 : i32}> : () -> i64
  return
}

// -----

func.func @constant_signless() {
  // expected-error@+1 {{'arith.constant' op integer return type must be signless}}
  %0 = "arith.constant"() <{value = 1 : si32}> : () -> si32
  return
}

// -----

// expected-note@+1 {{see existing symbol definition here}}
func.func @twice() {
  return
}
// expected-error@+1 {{redefinition of symbol named 'twice'}}
func.func @twice() {
  return
}

// -----

func.func @nested_symbol() {
  // expected-error@+1 {{'func.func' op symbol's parent must have the SymbolTable trait}}
  func.func @inner() {
    return
  }
  return
}

// -----

func.func @no_terminator() {
  // expected-error@+1 {{block with no terminator, has }}
  %0 = stablehlo.constant dense<1.0> : tensor<f32>
}

// -----

// expected-error@+1 {{empty block: expect at least a terminator}}
"func.func"() <{function_type = () -> (), sym_name = "empty_block"}> ({
^bb0:
}) : () -> ()

// -----

"func.func"() <{function_type = () -> (), sym_name = "early_terminator"}> ({
  // expected-error@+1 {{'func.return' op must be the last operation in the parent block}}
  "func.return"() : () -> ()
  "func.return"() : () -> ()
}) : () -> ()

// -----

func.func @before_definition() {
  // expected-error@+1 {{operand #0 does not dominate this use}}
  %0 = stablehlo.negate %1 : tensor<f32>
  // expected-note@+1 {{operand defined here (op in the same block)}}
  %1 = stablehlo.constant dense<1.0> : tensor<f32>
  return
}

// -----

func.func @inside_before_definition(%arg0: tensor<i1>) {
  "stablehlo.if"(%arg0) ({
    // expected-error@+1 {{operand #0 does not dominate this use}}
    %1 = stablehlo.negate %0 : tensor<f32>
    stablehlo.return
  }, {
    stablehlo.return
  }) : (tensor<i1>) -> ()
  // expected-note@+1 {{operand defined here (op in a parent region)}}
  %0 = stablehlo.constant dense<1.0> : tensor<f32>
  return
}

// -----

func.func @of_itself() {
  // expected-error@+2 {{operand #0 does not dominate this use}}
  // expected-note@+1 {{operand defined here (op in the same block)}}
  %0 = stablehlo.negate %0 : tensor<f32>
  return
}

// -----

func.func @counts(%arg0: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.add' op expected 2 operands, but found 1}}
  %0 = "stablehlo.add"(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
  // expected-error@+1 {{'stablehlo.abs' op requires a single operand}}
  %1 = "stablehlo.abs"(%arg0, %arg0) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  // expected-error@+1 {{'stablehlo.iota' op requires zero operands}}
  %2 = "stablehlo.iota"(%arg0) <{iota_dimension = 0 : i64}> : (tensor<2xf32>) -> tensor<2xf32>
  // expected-error@+1 {{'stablehlo.dynamic_slice' op expected 1 or more operands, but found 0}}
  %3 = "stablehlo.dynamic_slice"() <{slice_sizes = array<i64>}> : () -> tensor<f32>
  // expected-error@+1 {{'stablehlo.add' op requires one result}}
  %4:2 = "stablehlo.add"(%arg0, %arg0) : (tensor<2xf32>, tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  // expected-error@+1 {{'stablehlo.add' op requires zero regions}}
  %5 = "stablehlo.add"(%arg0, %arg0) ({
  }) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @regions(%arg0: tensor<i1>) {
  // expected-error@+1 {{'stablehlo.if' op expected 2 regions}}
  "stablehlo.if"(%arg0) ({
    stablehlo.return
  }) : (tensor<i1>) -> ()
  // expected-error@+1 {{'stablehlo.if' op region #0 ('true_branch') failed to verify constraint: region with 1 blocks}}
  "stablehlo.if"(%arg0) ({
  }, {
    stablehlo.return
  }) : (tensor<i1>) -> ()
  return
}

// -----

func.func @types(%arg0: i32, %arg1: tensor<2xi1>, %arg2: tensor<2xf32>, %arg3: tensor<2xui32>) {
  // expected-error@+1 {{'stablehlo.add' op operand #0 must be ranked tensor of 4/6/8/16/32/64-bit float or bool or 2/4/8/16/32/64-bit integer or complex type with 32/64-bit float elements or per-tensor integer quantized or per-axis integer quantized values, but got 'i32'}}
  %0 = "stablehlo.add"(%arg0, %arg0) : (i32, i32) -> i32
  // expected-error@+1 {{'stablehlo.negate' op operand #0 must be ranked tensor of 2/4/8/16/32/64-bit integer or 4/6/8/16/32/64-bit float or complex type with 32/64-bit float elements or per-tensor integer quantized values, but got 'tensor<2xi1>'}}
  %1 = "stablehlo.negate"(%arg1) : (tensor<2xi1>) -> tensor<2xi1>
  // expected-error@+1 {{'stablehlo.not' op operand #0 must be ranked tensor of bool or 2/4/8/16/32/64-bit integer values, but got 'tensor<2xf32>'}}
  %2 = "stablehlo.not"(%arg2) : (tensor<2xf32>) -> tensor<2xf32>
  // expected-error@+1 {{'stablehlo.abs' op operand #0 must be ranked tensor of 2/4/8/16/32/64-bit signless integer or 4/6/8/16/32/64-bit float or complex type with 32/64-bit float elements or per-tensor integer quantized values, but got 'tensor<2xui32>'}}
  %3 = "stablehlo.abs"(%arg3) : (tensor<2xui32>) -> tensor<2xui32>
  // expected-error@+1 {{'stablehlo.concatenate' op operand #1 must be variadic of ranked tensor of}}
  %4 = "stablehlo.concatenate"(%arg2, %arg0) <{dimension = 0 : i64}> : (tensor<2xf32>, i32) -> tensor<4xf32>
  // expected-error@+1 {{'stablehlo.compare' op result #0 must be ranked tensor of bool values, but got 'tensor<2xf32>'}}
  %5 = "stablehlo.compare"(%arg2, %arg2) <{comparison_direction = #stablehlo<comparison_direction LT>}> : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @attributes(%arg0: tensor<2x3xf32>) {
  // expected-error@+1 {{'stablehlo.transpose' op requires attribute 'permutation'}}
  %0 = "stablehlo.transpose"(%arg0) : (tensor<2x3xf32>) -> tensor<3x2xf32>
  // expected-error@+1 {{'stablehlo.transpose' op attribute 'permutation' failed to satisfy constraint: i64 dense array attribute}}
  %1 = "stablehlo.transpose"(%arg0) <{permutation = 1 : i64}> : (tensor<2x3xf32>) -> tensor<3x2xf32>
  // expected-error@+1 {{'stablehlo.compare' op requires attribute 'comparison_direction'}}
  %2 = "stablehlo.compare"(%arg0, %arg0) : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xi1>
  return
}
