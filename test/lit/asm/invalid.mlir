// RUN: pcp-opt %s --split-input-file --verify-diagnostics

// Mistakes in the text, each found at its place.

// expected-error@+1 {{operation being parsed with an unregistered dialect. If this is intended, please use -allow-unregistered-dialect with the MLIR tool used}}
%0 = "foo.bar"() : () -> i32

// -----

func.func @open(%a: tensor<2xf32>) {
  // expected-error@+1 {{use of undeclared SSA value name}}
  %0 = stablehlo.add %a, %b : tensor<2xf32>
  // expected-error@+1 {{use of undeclared SSA value name}}
  %1 = stablehlo.add %0, %c : tensor<2xf32>
  return
}

// -----

// expected-note@+1 {{prior use here}}
func.func @types(%a: tensor<2xf32>) {
  // expected-error@+1 {{use of value '%a' expects different type than prior uses: 'tensor<3xf32>' vs 'tensor<2xf32>'}}
  %0 = stablehlo.add %a, %a : tensor<3xf32>
  return
}

// -----

func.func @later(%a: tensor<2xf32>) {
  // expected-note@+1 {{previously used here with type 'tensor<2xf32>'}}
  %0 = stablehlo.add %a, %b : tensor<2xf32>
  // expected-error@+1 {{definition of SSA value '%b#0' has type 'tensor<f32>'}}
  %b = stablehlo.constant dense<1.0> : tensor<f32>
  return
}

// -----

func.func @twice(%a: tensor<2xf32>) {
  // expected-note@+1 {{previously defined here}}
  %0 = stablehlo.add %a, %a : tensor<2xf32>
  // expected-error@+1 {{redefinition of SSA value '%0'}}
  %0 = stablehlo.add %a, %a : tensor<2xf32>
  return
}

// -----

// expected-error@+2 {{region entry argument '%a' is already in use}}
// expected-note@+1 {{previously referenced here}}
func.func @arguments(%a: tensor<2xf32>, %a: i32) { return }

// -----

// expected-error@+1 {{operation defines 1 results but was provided 2 to bind}}
%0:2 = stablehlo.constant dense<1> : tensor<3xi32>

// -----

// expected-error@+1 {{custom op 'stablehlo.ad' is unknown; did you mean 'stablehlo.add'?}}
%0 = stablehlo.ad %1, %1 : tensor<f32>

// -----

// expected-error@+1 {{unregistered operation 'stablehlo.transpos' found in dialect ('stablehlo') that does not allow unknown operations; did you mean 'stablehlo.transpose'?}}
"stablehlo.transpos"() : () -> ()

// -----

// expected-error@+2 {{dialect 'stablhlo' not found for custom op 'stablhlo.add'; did you mean 'stablehlo'?}}
// expected-note@+1 {{available dialects: arith, builtin, check, chlo, func, stablehlo, vhlo}}
stablhlo.add %1, %1 : tensor<f32>

// -----

// expected-error@+1 {{inferred shape of elements literal ([2]) does not match type ([3])}}
%0 = stablehlo.constant dense<[1, 2]> : tensor<3xi32>

// -----

// expected-error@+1 {{tensor literal is invalid; ranks are not consistent between elements}}
%0 = stablehlo.constant dense<[[1, 2], [3]]> : tensor<2x2xi32>

// -----

// expected-error@+1 {{expected integer elements, but parsed floating-point}}
%0 = stablehlo.constant dense<1.5> : tensor<i32>

// -----

// expected-error@+1 {{integer constant out of range for type}}
%0 = stablehlo.constant dense<[1, 256]> : tensor<2xi8>

// -----

// expected-error@+1 {{elements hex data size is invalid for provided type: 'tensor<3xi32>'}}
%0 = stablehlo.constant dense<"0x0000000000000000"> : tensor<3xi32>

// -----

// expected-error@+1 {{parsed zero elements, but type ('tensor<3xi32>') expected at least 1}}
%0 = stablehlo.constant dense<> : tensor<3xi32>

// -----

// expected-error@+1 {{expected '>' in tensor type}}
func.func private @f(tensor<2xf32)

// -----

// expected-error@+1 {{expected non-function type}}
func.func private @f(tensor<2x>)

// -----

// expected-error@+1 {{duplicate key 'x.a' in dictionary attribute}}
module attributes {x.a = 1, x.a = 2} {}

// -----

// expected-error@+1 {{undefined symbol alias id 'nowhere'}}
module attributes {x.a = #nowhere} {}

// -----

#a = 1
// expected-error@+1 {{redefinition of attribute alias id 'a'}}
#a = 2

// -----

// expected-error@+1 {{expected one of EQ, NE, GE, GT, LE, LT, but got 'LTE'; did you mean 'LE'?}}
%0 = stablehlo.compare LTE, %1, %1 : (tensor<f32>, tensor<f32>) -> tensor<i1>

// -----

// expected-error@+1 {{cannot name an operation with no results}}
%0 = func.func private @f()

// -----

func.func @block() {
  // expected-error@+1 {{reference to an undefined block}}
  "func.return"()[^away] : () -> ()
}

// -----

// expected-error@+1 {{variadic arguments are not allowed}}
func.func private @f(tensor<f32>, ...)

// -----

// expected-error@+1 {{unexpected character}}
module ` {}

// -----

// expected-error@+1 {{elements literal must be a shaped type}}
module attributes {x.a = dense<1> : i32} {}

// -----

// expected-error@+1 {{elements literal type must have static shape}}
module attributes {x.a = dense<1> : tensor<*xf32>} {}

// -----

// expected-error@+1 {{ranks are not consistent}}
module attributes {x.a = dense<[1, [0, 0]]> : tensor<2x2xi32>} {}

// -----

// expected-error@+1 {{negative floating point literal for a type with no signed representation}}
module attributes {x.a = -2.0 : f8E8M0FNU}

// -----

// expected-error@+1 {{negative floating point literal for a type with no signed representation}}
module attributes {x.a = dense<-1.0> : tensor<1xf8E8M0FNU>}

// -----

// expected-error@+1 {{unbalanced '(' character in pretty dialect name}}
module attributes {x.a = #foo.bar<[(]>} {}

// -----

// expected-error@+1 {{unbalanced '<' character in pretty dialect name}}
module attributes {x.a = #foo.bar<a -> ]>} {}

// -----

// What comes first is told first, though later text is none.
func.func @first(%x: tensor<2xf32>) {
  // expected-error@+1 {{expected ','}}
  %0 = stablehlo.add %x %x : tensor<2xf32>
  return
}
$ "unterminated
