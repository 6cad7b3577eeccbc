// RUN: pcp-opt %s --split-input-file --verify-diagnostics
// One function per constraint of the specification that an op of the elementwise family breaks.

func.func @abs_c1(%a: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.abs' op all non-scalar operands/results must have the same shape and base type [C1]}}
  %0 = "stablehlo.abs"(%a) : (tensor<2xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @add_c1(%a: tensor<2xf32>, %b: tensor<3xf32>) {
  // expected-error@+1 {{'stablehlo.add' op requires the same shape for all operands and results [C1]}}
  %0 = "stablehlo.add"(%a, %b) : (tensor<2xf32>, tensor<3xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @add_c1_2(%a: tensor<2xf32>, %b: tensor<2xf32>) {
  // expected-error@+1 {{op requires the same element type for all operands and results [C1]}}
  %0 = "stablehlo.add"(%a, %b) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi32>
  return
}

// -----

func.func @add_c1_element(%a: tensor<2xf32>, %b: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.add' op requires the same element type for all operands and results [C1]}}
  %0 = "stablehlo.add"(%a, %b) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf64>
  return
}

// -----

func.func @and_c1(%a: tensor<2xi32>, %b: tensor<3xi32>) {
  // expected-error@+1 {{'stablehlo.and' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.and"(%a, %b) : (tensor<2xi32>, tensor<3xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @and_c1_element(%a: tensor<2xi32>, %b: tensor<2xi32>) {
  // expected-error@+1 {{'stablehlo.and' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.and"(%a, %b) : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi64>
  return
}

// -----

func.func @atan2_c1(%a: tensor<2xf32>, %b: tensor<3xf32>) {
  // expected-error@+1 {{'stablehlo.atan2' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.atan2"(%a, %b) : (tensor<2xf32>, tensor<3xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @atan2_c1_element(%a: tensor<2xf32>, %b: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.atan2' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.atan2"(%a, %b) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf64>
  return
}

// -----

func.func @bitcast_convert_c1(%a: tensor<2xf32>) {
  // expected-error@+1 {{operand and result shapes must match except for the innermost dimension of the shape with the smaller element type. Got: 'tensor<2xf32>' and 'tensor<3xi32>'. [C1]}}
  %0 = "stablehlo.bitcast_convert"(%a) : (tensor<2xf32>) -> tensor<3xi32>
  return
}

// -----

func.func @bitcast_convert_c1_2(%a: tensor<2xf32>) {
  // expected-error@+1 {{rank of smaller element type (1) should be 1 more than rank of larger element type (1), but 1 != 1 + 1. [C1]}}
  %0 = "stablehlo.bitcast_convert"(%a) : (tensor<2xf32>) -> tensor<2xi8>
  return
}

// -----

func.func @bitcast_convert_c1_3(%a: tensor<2xf32>) {
  // expected-error@+1 {{requires compatible bit widths. Got: 'tensor<2xf32>' and 'tensor<2x2xi8>', but 8 * 2 != 32. [C1]}}
  %0 = "stablehlo.bitcast_convert"(%a) : (tensor<2xf32>) -> tensor<2x2xi8>
  return
}

// -----

func.func @bitcast_convert_c1_4(%a: tensor<2xf32>) {
  // expected-error@+1 {{operand and result shapes must match except for the innermost dimension of the shape with the smaller element type. Got: 'tensor<2xf32>' and 'tensor<3x4xi8>'. [C1]}}
  %0 = "stablehlo.bitcast_convert"(%a) : (tensor<2xf32>) -> tensor<3x4xi8>
  return
}

// -----

func.func @bitcast_convert_c2(%a: tensor<2xcomplex<f32>>) {
  // expected-error@+1 {{cannot convert between real and complex types, but got: 'tensor<2xcomplex<f32>>' and 'tensor<2xf64>' [C2]}}
  %0 = "stablehlo.bitcast_convert"(%a) : (tensor<2xcomplex<f32>>) -> tensor<2xf64>
  return
}

// -----

func.func @cbrt_c1(%a: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.cbrt' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.cbrt"(%a) : (tensor<2xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @ceil_c1(%a: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.ceil' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.ceil"(%a) : (tensor<2xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @clamp_c1(%m: tensor<1xf32>, %a: tensor<2xf32>) {
  // expected-error@+2 {{min shape [1] is not scalar and is not compatible to operand shape [2] [C1]}}
  // expected-error@+1 {{'stablehlo.clamp' op failed to infer returned types}}
  %0 = "stablehlo.clamp"(%m, %a, %a) : (tensor<1xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @clamp_c2(%m: tensor<1xf32>, %a: tensor<2xf32>) {
  // expected-error@+2 {{max shape [1] is not scalar and is not compatible to operand shape [2] [C2]}}
  // expected-error@+1 {{'stablehlo.clamp' op failed to infer returned types}}
  %0 = "stablehlo.clamp"(%a, %a, %m) : (tensor<2xf32>, tensor<2xf32>, tensor<1xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @clamp_c3(%m: tensor<i32>, %a: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.clamp' op requires compatible element types for all operands and results [C3]}}
  %0 = "stablehlo.clamp"(%m, %a, %a) : (tensor<i32>, tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @clamp_c3_2(%m: tensor<i32>, %a: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.clamp' op requires compatible element types for all operands and results [C3]}}
  %0 = "stablehlo.clamp"(%a, %a, %m) : (tensor<2xf32>, tensor<2xf32>, tensor<i32>) -> tensor<2xf32>
  return
}

// -----

func.func @clamp_c4(%a: tensor<2xf32>) {
  // expected-error@+2 {{'stablehlo.clamp' op inferred type(s) 'tensor<2xf32>' are incompatible with return type(s) of operation 'tensor<3xf32>' [C4]}}
  // expected-error@+1 {{'stablehlo.clamp' op failed to infer returned types}}
  %0 = "stablehlo.clamp"(%a, %a, %a) : (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @compare_c1(%a: tensor<2xf32>, %b: tensor<2xi32>) {
  // expected-error@+1 {{'stablehlo.compare' op requires compatible element types for all operands [C1]}}
  %0 = "stablehlo.compare"(%a, %b) {comparison_direction = #stablehlo<comparison_direction LT>}: (tensor<2xf32>, tensor<2xi32>) -> tensor<2xi1>
  return
}

// -----

func.func @compare_c2(%a: tensor<2xf32>, %b: tensor<3xf32>) {
  // expected-error@+1 {{'stablehlo.compare' op all non-scalar operands/results must have the same shape and base type [C2]}}
  %0 = "stablehlo.compare"(%a, %b) {comparison_direction = #stablehlo<comparison_direction LT>}: (tensor<2xf32>, tensor<3xf32>) -> tensor<2xi1>
  return
}

// -----

func.func @compare_c2_2(%a: tensor<2xf32>, %b: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.compare' op all non-scalar operands/results must have the same shape and base type [C2]}}
  %0 = "stablehlo.compare"(%a, %b) {comparison_direction = #stablehlo<comparison_direction LT>}: (tensor<2xf32>, tensor<2xf32>) -> tensor<3xi1>
  return
}

// -----

func.func @convert_c1(%a: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.convert' op requires the same shape for all operands and results [C1]}}
  %0 = "stablehlo.convert"(%a) : (tensor<2xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @cosine_c1(%a: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.cosine' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.cosine"(%a) : (tensor<2xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @divide_c1(%a: tensor<2xf32>, %b: tensor<3xf32>) {
  // expected-error@+1 {{'stablehlo.divide' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.divide"(%a, %b) : (tensor<2xf32>, tensor<3xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @divide_c1_element(%a: tensor<2xf32>, %b: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.divide' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.divide"(%a, %b) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf64>
  return
}

// -----

func.func @exponential_c1(%a: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.exponential' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.exponential"(%a) : (tensor<2xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @exponential_minus_one_c1(%a: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.exponential_minus_one' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.exponential_minus_one"(%a) : (tensor<2xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @floor_c1(%a: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.floor' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.floor"(%a) : (tensor<2xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @is_finite_c1(%a: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.is_finite' op all non-scalar operands/results must have the same shape and base type [C1]}}
  %0 = "stablehlo.is_finite"(%a) : (tensor<2xf32>) -> tensor<3xi1>
  return
}

// -----

func.func @log_c1(%a: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.log' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.log"(%a) : (tensor<2xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @log_plus_one_c1(%a: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.log_plus_one' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.log_plus_one"(%a) : (tensor<2xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @logistic_c1(%a: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.logistic' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.logistic"(%a) : (tensor<2xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @maximum_c1(%a: tensor<2xf32>, %b: tensor<3xf32>) {
  // expected-error@+1 {{'stablehlo.maximum' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.maximum"(%a, %b) : (tensor<2xf32>, tensor<3xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @maximum_c1_element(%a: tensor<2xf32>, %b: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.maximum' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.maximum"(%a, %b) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf64>
  return
}

// -----

func.func @minimum_c1(%a: tensor<2xf32>, %b: tensor<3xf32>) {
  // expected-error@+1 {{'stablehlo.minimum' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.minimum"(%a, %b) : (tensor<2xf32>, tensor<3xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @minimum_c1_element(%a: tensor<2xf32>, %b: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.minimum' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.minimum"(%a, %b) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf64>
  return
}

// -----

func.func @multiply_c1(%a: tensor<2xf32>, %b: tensor<3xf32>) {
  // expected-error@+1 {{'stablehlo.multiply' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.multiply"(%a, %b) : (tensor<2xf32>, tensor<3xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @multiply_c1_element(%a: tensor<2xf32>, %b: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.multiply' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.multiply"(%a, %b) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf64>
  return
}

// -----

func.func @negate_c1(%a: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.negate' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.negate"(%a) : (tensor<2xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @not_c1(%a: tensor<2xi32>) {
  // expected-error@+1 {{'stablehlo.not' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.not"(%a) : (tensor<2xi32>) -> tensor<3xi32>
  return
}

// -----

func.func @or_c1(%a: tensor<2xi32>, %b: tensor<3xi32>) {
  // expected-error@+1 {{'stablehlo.or' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.or"(%a, %b) : (tensor<2xi32>, tensor<3xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @or_c1_element(%a: tensor<2xi32>, %b: tensor<2xi32>) {
  // expected-error@+1 {{'stablehlo.or' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.or"(%a, %b) : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi64>
  return
}

// -----

func.func @power_c1(%a: tensor<2xf32>, %b: tensor<3xf32>) {
  // expected-error@+1 {{'stablehlo.power' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.power"(%a, %b) : (tensor<2xf32>, tensor<3xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @power_c1_element(%a: tensor<2xf32>, %b: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.power' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.power"(%a, %b) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf64>
  return
}

// -----

func.func @reduce_precision_c1(%a: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.reduce_precision' op all non-scalar operands/results must have the same shape and base type [C1]}}
  %0 = "stablehlo.reduce_precision"(%a) {exponent_bits = 8 : i32, mantissa_bits = 2 : i32} : (tensor<2xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @reduce_precision_c2(%a: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.reduce_precision' op attribute 'exponent_bits' failed to satisfy constraint: 32-bit signless integer attribute whose value is positive [C2]}}
  %0 = "stablehlo.reduce_precision"(%a) {exponent_bits = 0 : i32, mantissa_bits = 2 : i32} : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @reduce_precision_c3(%a: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.reduce_precision' op attribute 'mantissa_bits' failed to satisfy constraint: 32-bit signless integer attribute whose value is non-negative [C3]}}
  %0 = "stablehlo.reduce_precision"(%a) {exponent_bits = 8 : i32, mantissa_bits = -2 : i32} : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @remainder_c1(%a: tensor<2xf32>, %b: tensor<3xf32>) {
  // expected-error@+1 {{'stablehlo.remainder' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.remainder"(%a, %b) : (tensor<2xf32>, tensor<3xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @remainder_c1_element(%a: tensor<2xf32>, %b: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.remainder' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.remainder"(%a, %b) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf64>
  return
}

// -----

func.func @round_nearest_afz_c1(%a: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.round_nearest_afz' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.round_nearest_afz"(%a) : (tensor<2xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @round_nearest_even_c1(%a: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.round_nearest_even' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.round_nearest_even"(%a) : (tensor<2xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @rsqrt_c1(%a: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.rsqrt' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.rsqrt"(%a) : (tensor<2xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @select_c1(%p: tensor<3xi1>, %a: tensor<2xf32>) {
  // expected-error@+2 {{requires the same shape for all operands [C1]}}
  // expected-error@+1 {{'stablehlo.select' op failed to infer returned types}}
  %0 = "stablehlo.select"(%p, %a, %a) : (tensor<3xi1>, tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @select_c2(%p: tensor<2xi1>, %a: tensor<2xf32>, %b: tensor<2xi32>) {
  // expected-error@+2 {{requires compatible types for non-predicate operands [C2]}}
  // expected-error@+1 {{'stablehlo.select' op failed to infer returned types}}
  %0 = "stablehlo.select"(%p, %a, %b) : (tensor<2xi1>, tensor<2xf32>, tensor<2xi32>) -> tensor<2xf32>
  return
}

// -----

func.func @select_c2_2(%p: tensor<2xi1>, %a: tensor<2xf32>, %b: tensor<2xf32>) {
  // expected-error@+2 {{'stablehlo.select' op inferred type(s) 'tensor<2xf32>' are incompatible with return type(s) of operation 'tensor<2xi32>' [C2]}}
  // expected-error@+1 {{'stablehlo.select' op failed to infer returned types}}
  %0 = "stablehlo.select"(%p, %a, %b) : (tensor<2xi1>, tensor<2xf32>, tensor<2xf32>) -> tensor<2xi32>
  return
}

// -----

func.func @shift_left_c1(%a: tensor<2xi32>, %b: tensor<3xi32>) {
  // expected-error@+1 {{'stablehlo.shift_left' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.shift_left"(%a, %b) : (tensor<2xi32>, tensor<3xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @shift_left_c1_element(%a: tensor<2xi32>, %b: tensor<2xi32>) {
  // expected-error@+1 {{'stablehlo.shift_left' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.shift_left"(%a, %b) : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi64>
  return
}

// -----

func.func @shift_right_arithmetic_c1(%a: tensor<2xi32>, %b: tensor<3xi32>) {
  // expected-error@+1 {{'stablehlo.shift_right_arithmetic' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.shift_right_arithmetic"(%a, %b) : (tensor<2xi32>, tensor<3xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @shift_right_arithmetic_c1_element(%a: tensor<2xi32>, %b: tensor<2xi32>) {
  // expected-error@+1 {{'stablehlo.shift_right_arithmetic' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.shift_right_arithmetic"(%a, %b) : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi64>
  return
}

// -----

func.func @shift_right_logical_c1(%a: tensor<2xi32>, %b: tensor<3xi32>) {
  // expected-error@+1 {{'stablehlo.shift_right_logical' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.shift_right_logical"(%a, %b) : (tensor<2xi32>, tensor<3xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @shift_right_logical_c1_element(%a: tensor<2xi32>, %b: tensor<2xi32>) {
  // expected-error@+1 {{'stablehlo.shift_right_logical' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.shift_right_logical"(%a, %b) : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi64>
  return
}

// -----

func.func @sign_c1(%a: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.sign' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.sign"(%a) : (tensor<2xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @sine_c1(%a: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.sine' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.sine"(%a) : (tensor<2xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @sqrt_c1(%a: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.sqrt' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.sqrt"(%a) : (tensor<2xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @subtract_c1(%a: tensor<2xf32>, %b: tensor<3xf32>) {
  // expected-error@+1 {{'stablehlo.subtract' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.subtract"(%a, %b) : (tensor<2xf32>, tensor<3xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @subtract_c1_element(%a: tensor<2xf32>, %b: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.subtract' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.subtract"(%a, %b) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf64>
  return
}

// -----

func.func @tan_c1(%a: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.tan' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.tan"(%a) : (tensor<2xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @tanh_c1(%a: tensor<2xf32>) {
  // expected-error@+1 {{'stablehlo.tanh' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.tanh"(%a) : (tensor<2xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @xor_c1(%a: tensor<2xi32>, %b: tensor<3xi32>) {
  // expected-error@+1 {{'stablehlo.xor' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.xor"(%a, %b) : (tensor<2xi32>, tensor<3xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @xor_c1_element(%a: tensor<2xi32>, %b: tensor<2xi32>) {
  // expected-error@+1 {{'stablehlo.xor' op requires compatible types for all operands and results [C1]}}
  %0 = "stablehlo.xor"(%a, %b) : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi64>
  return
}

// -----

func.func @abs_c2(%a: tensor<2xf32>) {
  // expected-error@+2 {{'stablehlo.abs' op inferred type(s) 'tensor<2xf32>' are incompatible with return type(s) of operation 'tensor<2xf64>' [C2]}}
  // expected-error@+1 {{'stablehlo.abs' op failed to infer returned types}}
  %0 = "stablehlo.abs"(%a) : (tensor<2xf32>) -> tensor<2xf64>
  return
}
