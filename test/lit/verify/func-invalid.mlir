// RUN: pcp-opt %s --split-input-file --verify-diagnostics
// Functions, calls and returns.

// expected-error@+1 {{'func.func' op entry block must have 1 arguments to match function signature}}
"func.func"() <{function_type = (tensor<f32>) -> (), sym_name = "func_arguments"}> ({
  "func.return"() : () -> ()
}) : () -> ()

// -----

// expected-error@+1 {{'func.func' op type of entry block argument #0('tensor<i32>') must match the type of the corresponding argument in function signature('tensor<f32>')}}
"func.func"() <{function_type = (tensor<f32>) -> (), sym_name = "func_arguments_type"}> ({
^bb0(%arg0: tensor<i32>):
  "func.return"() : () -> ()
}) : () -> ()

// -----

// expected-error@+1 {{'func.func' op expects argument attribute array to have the same number of elements as the number of function arguments, got 2, but expected 1}}
"func.func"() <{arg_attrs = [{}, {}], function_type = (i32) -> (), sym_name = "func_arg_attrs"}> ({
^bb0(%arg0: i32):
  "func.return"() : () -> ()
}) : () -> ()

// -----

// expected-error@+1 {{'func.func' op attribute 'arg_attrs' failed to satisfy constraint: Array of dictionary attributes}}
"func.func"() <{arg_attrs = [3], function_type = (i32) -> (), sym_name = "func_arg_attrs_form"}> ({
^bb0(%arg0: i32):
  "func.return"() : () -> ()
}) : () -> ()

// -----

// expected-error@+1 {{'func.func' op arguments may only have dialect attributes}}
"func.func"() <{arg_attrs = [{plain = 1}], function_type = (i32) -> (), sym_name = "func_arg_attrs_names"}> ({
^bb0(%arg0: i32):
  "func.return"() : () -> ()
}) : () -> ()

// -----

// expected-error@+1 {{'func.func' op expects result attribute array to have the same number of elements as the number of function results, got 2, but expected 0}}
"func.func"() <{function_type = () -> (), res_attrs = [{}, {}], sym_name = "func_res_attrs"}> ({
  "func.return"() : () -> ()
}) : () -> ()

// -----

// expected-error@+1 {{'func.func' op symbol declaration cannot have public visibility}}
func.func @func_declaration()

// -----

// expected-error@+1 {{'func.func' op body must end in 'func.return', but ends in 'stablehlo.return'}}
func.func @func_body() {
  stablehlo.return
}

// -----

// expected-error@+1 {{'func.func' op requires attribute 'sym_name'}}
"func.func"() <{function_type = () -> ()}> ({
  "func.return"() : () -> ()
}) : () -> ()

// -----

// expected-error@+1 {{'func.func' op attribute 'function_type' failed to satisfy constraint: type attribute of function type}}
"func.func"() <{function_type = i32, sym_name = "func_type"}> ({
  "func.return"() : () -> ()
}) : () -> ()

// -----

// expected-error@+1 {{'func.func' op visibility expected to be one of ["public", "private", "nested"], but got "hidden"}}
"func.func"() <{function_type = () -> (), sym_name = "func_visibility", sym_visibility = "hidden"}> ({
  "func.return"() : () -> ()
}) : () -> ()

// -----

// expected-error@+1 {{'func.func' op requires one region}}
"func.func"() <{function_type = () -> (), sym_name = "func_regions"}> : () -> ()

// -----

func.func @call_callee(%arg0: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{'func.call' op 'nowhere' does not reference a valid function}}
  %0 = call @nowhere(%arg0) : (tensor<f32>) -> tensor<f32>
  return %0 : tensor<f32>
}

// -----

func.func @call_callee_other(%arg0: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{'func.call' op 'inner' does not reference a valid function}}
  %0 = call @inner(%arg0) : (tensor<f32>) -> tensor<f32>
  return %0 : tensor<f32>
}
module @inner {
}

// -----

func.func @call_operands(%arg0: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{'func.call' op incorrect number of operands for callee: expected 2, but got 1}}
  %0 = call @callee(%arg0) : (tensor<f32>) -> tensor<f32>
  return %0 : tensor<f32>
}
func.func private @callee(tensor<f32>, tensor<f32>) -> tensor<f32>

// -----

func.func @call_operands_type(%arg0: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{'func.call' op operand type mismatch: expected operand type 'tensor<i32>', but provided 'tensor<f32>' for operand number 0}}
  %0 = call @callee(%arg0) : (tensor<f32>) -> tensor<f32>
  return %0 : tensor<f32>
}
func.func private @callee(tensor<i32>) -> tensor<f32>

// -----

func.func @call_results(%arg0: tensor<f32>) {
  // expected-error@+1 {{'func.call' op incorrect number of results for callee: expected 1, but got 0}}
  call @callee(%arg0) : (tensor<f32>) -> ()
  return
}
func.func private @callee(tensor<f32>) -> tensor<f32>

// -----

func.func @call_results_type(%arg0: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{'func.call' op result type mismatch at index 0}}
  %0 = call @callee(%arg0) : (tensor<f32>) -> tensor<f32>
  return %0 : tensor<f32>
}
func.func private @callee(tensor<f32>) -> tensor<i32>

// -----

func.func @return_parent(%arg0: tensor<i1>) {
  "stablehlo.if"(%arg0) ({
    // expected-error@+1 {{'func.return' op expects parent op 'func.func'}}
    func.return
  }, {
    stablehlo.return
  }) : (tensor<i1>) -> ()
  return
}

// -----

func.func @return_operands(%arg0: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{'func.return' op has 0 operands, but enclosing function (@return_operands) returns 1}}
  return
}

// -----

func.func @return_operands_type(%arg0: tensor<f32>) -> tensor<i32> {
  // expected-error@+1 {{type of return operand 0 ('tensor<f32>') doesn't match function result type ('tensor<i32>') in function @return_operands_type}}
  return %arg0 : tensor<f32>
}
