// RUN: pcp-opt %s --stablehlo-aggressive-folder | FileCheck %s

// CHECK-LABEL: func.func @fold_abs() -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<2.500000e+00> : tensor<2xf32>
// CHECK-NEXT: return %cst : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_abs() -> tensor<2xf32> {
  %c = stablehlo.constant dense<-2.5> : tensor<2xf32>
  %0 = stablehlo.abs %c : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_cbrt() -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<3.000000e+00> : tensor<2xf32>
// CHECK-NEXT: return %cst : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_cbrt() -> tensor<2xf32> {
  %c = stablehlo.constant dense<27.0> : tensor<2xf32>
  %0 = stablehlo.cbrt %c : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_ceil() -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<2.000000e+00> : tensor<2xf32>
// CHECK-NEXT: return %cst : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_ceil() -> tensor<2xf32> {
  %c = stablehlo.constant dense<1.25> : tensor<2xf32>
  %0 = stablehlo.ceil %c : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_cosine() -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<1.000000e+00> : tensor<2xf32>
// CHECK-NEXT: return %cst : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_cosine() -> tensor<2xf32> {
  %c = stablehlo.constant dense<0.0> : tensor<2xf32>
  %0 = stablehlo.cosine %c : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_exponential() -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<1.000000e+00> : tensor<2xf32>
// CHECK-NEXT: return %cst : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_exponential() -> tensor<2xf32> {
  %c = stablehlo.constant dense<0.0> : tensor<2xf32>
  %0 = stablehlo.exponential %c : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_exponential_minus_one() -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<0.000000e+00> : tensor<2xf32>
// CHECK-NEXT: return %cst : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_exponential_minus_one() -> tensor<2xf32> {
  %c = stablehlo.constant dense<0.0> : tensor<2xf32>
  %0 = stablehlo.exponential_minus_one %c : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_floor() -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<-2.000000e+00> : tensor<2xf32>
// CHECK-NEXT: return %cst : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_floor() -> tensor<2xf32> {
  %c = stablehlo.constant dense<-1.25> : tensor<2xf32>
  %0 = stablehlo.floor %c : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_log() -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<0.000000e+00> : tensor<2xf32>
// CHECK-NEXT: return %cst : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_log() -> tensor<2xf32> {
  %c = stablehlo.constant dense<1.0> : tensor<2xf32>
  %0 = stablehlo.log %c : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_log_plus_one() -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<0.000000e+00> : tensor<2xf32>
// CHECK-NEXT: return %cst : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_log_plus_one() -> tensor<2xf32> {
  %c = stablehlo.constant dense<0.0> : tensor<2xf32>
  %0 = stablehlo.log_plus_one %c : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_logistic() -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<5.000000e-01> : tensor<2xf32>
// CHECK-NEXT: return %cst : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_logistic() -> tensor<2xf32> {
  %c = stablehlo.constant dense<0.0> : tensor<2xf32>
  %0 = stablehlo.logistic %c : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_negate() -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<-2.000000e+00> : tensor<2xf32>
// CHECK-NEXT: return %cst : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_negate() -> tensor<2xf32> {
  %c = stablehlo.constant dense<2.0> : tensor<2xf32>
  %0 = stablehlo.negate %c : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_round_nearest_afz() -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<3.000000e+00> : tensor<2xf32>
// CHECK-NEXT: return %cst : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_round_nearest_afz() -> tensor<2xf32> {
  %c = stablehlo.constant dense<2.5> : tensor<2xf32>
  %0 = stablehlo.round_nearest_afz %c : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_round_nearest_even() -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<2.000000e+00> : tensor<2xf32>
// CHECK-NEXT: return %cst : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_round_nearest_even() -> tensor<2xf32> {
  %c = stablehlo.constant dense<2.5> : tensor<2xf32>
  %0 = stablehlo.round_nearest_even %c : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_rsqrt() -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<5.000000e-01> : tensor<2xf32>
// CHECK-NEXT: return %cst : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_rsqrt() -> tensor<2xf32> {
  %c = stablehlo.constant dense<4.0> : tensor<2xf32>
  %0 = stablehlo.rsqrt %c : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_sign() -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<-1.000000e+00> : tensor<2xf32>
// CHECK-NEXT: return %cst : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_sign() -> tensor<2xf32> {
  %c = stablehlo.constant dense<-3.0> : tensor<2xf32>
  %0 = stablehlo.sign %c : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_sine() -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<0.000000e+00> : tensor<2xf32>
// CHECK-NEXT: return %cst : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_sine() -> tensor<2xf32> {
  %c = stablehlo.constant dense<0.0> : tensor<2xf32>
  %0 = stablehlo.sine %c : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_sqrt() -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<2.000000e+00> : tensor<2xf32>
// CHECK-NEXT: return %cst : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_sqrt() -> tensor<2xf32> {
  %c = stablehlo.constant dense<4.0> : tensor<2xf32>
  %0 = stablehlo.sqrt %c : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_tan() -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<0.000000e+00> : tensor<2xf32>
// CHECK-NEXT: return %cst : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_tan() -> tensor<2xf32> {
  %c = stablehlo.constant dense<0.0> : tensor<2xf32>
  %0 = stablehlo.tan %c : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_tanh() -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<0.000000e+00> : tensor<2xf32>
// CHECK-NEXT: return %cst : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_tanh() -> tensor<2xf32> {
  %c = stablehlo.constant dense<0.0> : tensor<2xf32>
  %0 = stablehlo.tanh %c : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_add() -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<3.500000e+00> : tensor<2xf32>
// CHECK-NEXT: return %cst : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_add() -> tensor<2xf32> {
  %a = stablehlo.constant dense<1.5> : tensor<2xf32>
  %b = stablehlo.constant dense<2.0> : tensor<2xf32>
  %0 = stablehlo.add %a, %b : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_atan2() -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<0.000000e+00> : tensor<2xf32>
// CHECK-NEXT: return %cst : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_atan2() -> tensor<2xf32> {
  %a = stablehlo.constant dense<0.0> : tensor<2xf32>
  %b = stablehlo.constant dense<1.0> : tensor<2xf32>
  %0 = stablehlo.atan2 %a, %b : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_divide() -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<1.500000e+00> : tensor<2xf32>
// CHECK-NEXT: return %cst : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_divide() -> tensor<2xf32> {
  %a = stablehlo.constant dense<3.0> : tensor<2xf32>
  %b = stablehlo.constant dense<2.0> : tensor<2xf32>
  %0 = stablehlo.divide %a, %b : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_maximum() -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<0xFFC00000> : tensor<2xf32>
// CHECK-NEXT: return %cst : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_maximum() -> tensor<2xf32> {
  %a = stablehlo.constant dense<1.0> : tensor<2xf32>
  %b = stablehlo.constant dense<0x7FC00000> : tensor<2xf32>
  %0 = stablehlo.maximum %a, %b : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_minimum() -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<-2.000000e+00> : tensor<2xf32>
// CHECK-NEXT: return %cst : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_minimum() -> tensor<2xf32> {
  %a = stablehlo.constant dense<1.0> : tensor<2xf32>
  %b = stablehlo.constant dense<-2.0> : tensor<2xf32>
  %0 = stablehlo.minimum %a, %b : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_multiply() -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<3.000000e+00> : tensor<2xf32>
// CHECK-NEXT: return %cst : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_multiply() -> tensor<2xf32> {
  %a = stablehlo.constant dense<1.5> : tensor<2xf32>
  %b = stablehlo.constant dense<2.0> : tensor<2xf32>
  %0 = stablehlo.multiply %a, %b : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_power() -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<9.000000e+00> : tensor<2xf32>
// CHECK-NEXT: return %cst : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_power() -> tensor<2xf32> {
  %a = stablehlo.constant dense<3.0> : tensor<2xf32>
  %b = stablehlo.constant dense<2.0> : tensor<2xf32>
  %0 = stablehlo.power %a, %b : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_remainder() -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<-1.500000e+00> : tensor<2xf32>
// CHECK-NEXT: return %cst : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_remainder() -> tensor<2xf32> {
  %a = stablehlo.constant dense<-5.5> : tensor<2xf32>
  %b = stablehlo.constant dense<2.0> : tensor<2xf32>
  %0 = stablehlo.remainder %a, %b : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_subtract() -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<-5.000000e-01> : tensor<2xf32>
// CHECK-NEXT: return %cst : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_subtract() -> tensor<2xf32> {
  %a = stablehlo.constant dense<1.5> : tensor<2xf32>
  %b = stablehlo.constant dense<2.0> : tensor<2xf32>
  %0 = stablehlo.subtract %a, %b : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_and() -> tensor<2xi32> {
// CHECK-NEXT: %c = stablehlo.constant dense<8> : tensor<2xi32>
// CHECK-NEXT: return %c : tensor<2xi32>
// CHECK-NEXT: }
func.func @fold_and() -> tensor<2xi32> {
  %a = stablehlo.constant dense<12> : tensor<2xi32>
  %b = stablehlo.constant dense<10> : tensor<2xi32>
  %0 = stablehlo.and %a, %b : tensor<2xi32>
  return %0 : tensor<2xi32>
}

// CHECK-LABEL: func.func @fold_or() -> tensor<2xi32> {
// CHECK-NEXT: %c = stablehlo.constant dense<14> : tensor<2xi32>
// CHECK-NEXT: return %c : tensor<2xi32>
// CHECK-NEXT: }
func.func @fold_or() -> tensor<2xi32> {
  %a = stablehlo.constant dense<12> : tensor<2xi32>
  %b = stablehlo.constant dense<10> : tensor<2xi32>
  %0 = stablehlo.or %a, %b : tensor<2xi32>
  return %0 : tensor<2xi32>
}

// CHECK-LABEL: func.func @fold_xor() -> tensor<2xi32> {
// CHECK-NEXT: %c = stablehlo.constant dense<6> : tensor<2xi32>
// CHECK-NEXT: return %c : tensor<2xi32>
// CHECK-NEXT: }
func.func @fold_xor() -> tensor<2xi32> {
  %a = stablehlo.constant dense<12> : tensor<2xi32>
  %b = stablehlo.constant dense<10> : tensor<2xi32>
  %0 = stablehlo.xor %a, %b : tensor<2xi32>
  return %0 : tensor<2xi32>
}

// CHECK-LABEL: func.func @fold_shift_left() -> tensor<2xi32> {
// CHECK-NEXT: %c = stablehlo.constant dense<12> : tensor<2xi32>
// CHECK-NEXT: return %c : tensor<2xi32>
// CHECK-NEXT: }
func.func @fold_shift_left() -> tensor<2xi32> {
  %a = stablehlo.constant dense<3> : tensor<2xi32>
  %b = stablehlo.constant dense<2> : tensor<2xi32>
  %0 = stablehlo.shift_left %a, %b : tensor<2xi32>
  return %0 : tensor<2xi32>
}

// CHECK-LABEL: func.func @fold_shift_right_arithmetic() -> tensor<2xi32> {
// CHECK-NEXT: %c = stablehlo.constant dense<-4> : tensor<2xi32>
// CHECK-NEXT: return %c : tensor<2xi32>
// CHECK-NEXT: }
func.func @fold_shift_right_arithmetic() -> tensor<2xi32> {
  %a = stablehlo.constant dense<-8> : tensor<2xi32>
  %b = stablehlo.constant dense<1> : tensor<2xi32>
  %0 = stablehlo.shift_right_arithmetic %a, %b : tensor<2xi32>
  return %0 : tensor<2xi32>
}

// CHECK-LABEL: func.func @fold_shift_right_logical() -> tensor<2xi32> {
// CHECK-NEXT: %c = stablehlo.constant dense<2147483644> : tensor<2xi32>
// CHECK-NEXT: return %c : tensor<2xi32>
// CHECK-NEXT: }
func.func @fold_shift_right_logical() -> tensor<2xi32> {
  %a = stablehlo.constant dense<-8> : tensor<2xi32>
  %b = stablehlo.constant dense<1> : tensor<2xi32>
  %0 = stablehlo.shift_right_logical %a, %b : tensor<2xi32>
  return %0 : tensor<2xi32>
}

// CHECK-LABEL: func.func @fold_add_elements() -> tensor<3xi32> {
// CHECK-NEXT: %c = stablehlo.constant dense<[11, 22, -2147483646]> : tensor<3xi32>
// CHECK-NEXT: return %c : tensor<3xi32>
// CHECK-NEXT: }
func.func @fold_add_elements() -> tensor<3xi32> {
  %a = stablehlo.constant dense<[1, 2, 3]> : tensor<3xi32>
  %b = stablehlo.constant dense<[10, 20, 2147483647]> : tensor<3xi32>
  %0 = stablehlo.add %a, %b : tensor<3xi32>
  return %0 : tensor<3xi32>
}

// CHECK-LABEL: func.func @fold_not() -> tensor<2xi1> {
// CHECK-NEXT: %c = stablehlo.constant dense<[false, true]> : tensor<2xi1>
// CHECK-NEXT: return %c : tensor<2xi1>
// CHECK-NEXT: }
func.func @fold_not() -> tensor<2xi1> {
  %a = stablehlo.constant dense<[true, false]> : tensor<2xi1>
  %0 = stablehlo.not %a : tensor<2xi1>
  return %0 : tensor<2xi1>
}

// CHECK-LABEL: func.func @fold_is_finite() -> tensor<2xi1> {
// CHECK-NEXT: %c = stablehlo.constant dense<[true, false]> : tensor<2xi1>
// CHECK-NEXT: return %c : tensor<2xi1>
// CHECK-NEXT: }
func.func @fold_is_finite() -> tensor<2xi1> {
  %a = stablehlo.constant dense<[1.0, 0x7F800000]> : tensor<2xf32>
  %0 = stablehlo.is_finite %a : (tensor<2xf32>) -> tensor<2xi1>
  return %0 : tensor<2xi1>
}

// CHECK-LABEL: func.func @fold_compare() -> tensor<2xi1> {
// CHECK-NEXT: %c = stablehlo.constant dense<[true, false]> : tensor<2xi1>
// CHECK-NEXT: return %c : tensor<2xi1>
// CHECK-NEXT: }
func.func @fold_compare() -> tensor<2xi1> {
  %a = stablehlo.constant dense<[1.0, 0x7FC00000]> : tensor<2xf32>
  %0 = stablehlo.compare EQ, %a, %a, FLOAT : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
  return %0 : tensor<2xi1>
}

// CHECK-LABEL: func.func @fold_select() -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf32>
// CHECK-NEXT: return %cst : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_select() -> tensor<2xf32> {
  %p = stablehlo.constant dense<[true, false]> : tensor<2xi1>
  %a = stablehlo.constant dense<1.0> : tensor<2xf32>
  %b = stablehlo.constant dense<2.0> : tensor<2xf32>
  %0 = stablehlo.select %p, %a, %b : tensor<2xi1>, tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_clamp() -> tensor<3xi32> {
// CHECK-NEXT: %c = stablehlo.constant dense<[0, 3, 5]> : tensor<3xi32>
// CHECK-NEXT: return %c : tensor<3xi32>
// CHECK-NEXT: }
func.func @fold_clamp() -> tensor<3xi32> {
  %a = stablehlo.constant dense<0> : tensor<i32>
  %b = stablehlo.constant dense<5> : tensor<i32>
  %x = stablehlo.constant dense<[-1, 3, 9]> : tensor<3xi32>
  %0 = stablehlo.clamp %a, %x, %b : (tensor<i32>, tensor<3xi32>, tensor<i32>) -> tensor<3xi32>
  return %0 : tensor<3xi32>
}

// CHECK-LABEL: func.func @fold_convert() -> tensor<3xi8> {
// CHECK-NEXT: %c = stablehlo.constant dense<[1, -1, 127]> : tensor<3xi8>
// CHECK-NEXT: return %c : tensor<3xi8>
// CHECK-NEXT: }
func.func @fold_convert() -> tensor<3xi8> {
  %x = stablehlo.constant dense<[1.75, -1.75, 300.0]> : tensor<3xf32>
  %0 = stablehlo.convert %x : (tensor<3xf32>) -> tensor<3xi8>
  return %0 : tensor<3xi8>
}

// CHECK-LABEL: func.func @fold_bitcast_convert() -> tensor<i32> {
// CHECK-NEXT: %c = stablehlo.constant dense<1065353216> : tensor<i32>
// CHECK-NEXT: return %c : tensor<i32>
// CHECK-NEXT: }
func.func @fold_bitcast_convert() -> tensor<i32> {
  %x = stablehlo.constant dense<1.0> : tensor<f32>
  %0 = stablehlo.bitcast_convert %x : (tensor<f32>) -> tensor<i32>
  return %0 : tensor<i32>
}

// CHECK-LABEL: func.func @fold_reduce_precision() -> tensor<f32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
// CHECK-NEXT: return %cst : tensor<f32>
// CHECK-NEXT: }
func.func @fold_reduce_precision() -> tensor<f32> {
  %x = stablehlo.constant dense<1.001> : tensor<f32>
  %0 = stablehlo.reduce_precision %x, format = e5m2 : tensor<f32>
  return %0 : tensor<f32>
}

// A splat stays small at any size.
// CHECK-LABEL: func.func @fold_broadcast_splat() -> tensor<1000x1000xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<1.500000e+00> : tensor<1000x1000xf32>
// CHECK-NEXT: return %cst : tensor<1000x1000xf32>
// CHECK-NEXT: }
func.func @fold_broadcast_splat() -> tensor<1000x1000xf32> {
  %x = stablehlo.constant dense<1.5> : tensor<f32>
  %0 = stablehlo.broadcast_in_dim %x, dims = [] : (tensor<f32>) -> tensor<1000x1000xf32>
  return %0 : tensor<1000x1000xf32>
}

// CHECK-LABEL: func.func @broadcast_of_elements_stays() -> tensor<2x2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf32>
// CHECK-NEXT: %0 = stablehlo.broadcast_in_dim %cst, dims = [1] : (tensor<2xf32>) -> tensor<2x2xf32>
// CHECK-NEXT: return %0 : tensor<2x2xf32>
// CHECK-NEXT: }
func.func @broadcast_of_elements_stays() -> tensor<2x2xf32> {
  %x = stablehlo.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %0 = stablehlo.broadcast_in_dim %x, dims = [1] : (tensor<2xf32>) -> tensor<2x2xf32>
  return %0 : tensor<2x2xf32>
}

// CHECK-LABEL: func.func @fold_reshape() -> tensor<3x2xi32> {
// CHECK-NEXT{LITERAL}: %c = stablehlo.constant dense<[[1, 2], [3, 4], [5, 6]]> : tensor<3x2xi32>
// CHECK-NEXT: return %c : tensor<3x2xi32>
// CHECK-NEXT: }
func.func @fold_reshape() -> tensor<3x2xi32> {
  %x = stablehlo.constant dense<[1, 2, 3, 4, 5, 6]> : tensor<6xi32>
  %0 = stablehlo.reshape %x : (tensor<6xi32>) -> tensor<3x2xi32>
  return %0 : tensor<3x2xi32>
}

// CHECK-LABEL: func.func @fold_transpose() -> tensor<3x2xi32> {
// CHECK-NEXT{LITERAL}: %c = stablehlo.constant dense<[[1, 4], [2, 5], [3, 6]]> : tensor<3x2xi32>
// CHECK-NEXT: return %c : tensor<3x2xi32>
// CHECK-NEXT: }
func.func @fold_transpose() -> tensor<3x2xi32> {
  %x = stablehlo.constant dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xi32>
  %0 = stablehlo.transpose %x, dims = [1, 0] : (tensor<2x3xi32>) -> tensor<3x2xi32>
  return %0 : tensor<3x2xi32>
}

// CHECK-LABEL: func.func @fold_slice() -> tensor<2xi32> {
// CHECK-NEXT: %c = stablehlo.constant dense<[2, 4]> : tensor<2xi32>
// CHECK-NEXT: return %c : tensor<2xi32>
// CHECK-NEXT: }
func.func @fold_slice() -> tensor<2xi32> {
  %x = stablehlo.constant dense<[1, 2, 3, 4, 5, 6]> : tensor<6xi32>
  %0 = stablehlo.slice %x [1:5:2] : (tensor<6xi32>) -> tensor<2xi32>
  return %0 : tensor<2xi32>
}

// CHECK-LABEL: func.func @fold_reverse() -> tensor<3xi32> {
// CHECK-NEXT: %c = stablehlo.constant dense<[3, 2, 1]> : tensor<3xi32>
// CHECK-NEXT: return %c : tensor<3xi32>
// CHECK-NEXT: }
func.func @fold_reverse() -> tensor<3xi32> {
  %x = stablehlo.constant dense<[1, 2, 3]> : tensor<3xi32>
  %0 = stablehlo.reverse %x, dims = [0] : tensor<3xi32>
  return %0 : tensor<3xi32>
}

// CHECK-LABEL: func.func @fold_dynamic_slice() -> tensor<2xi32> {
// CHECK-NEXT: %c = stablehlo.constant dense<[2, 3]> : tensor<2xi32>
// CHECK-NEXT: return %c : tensor<2xi32>
// CHECK-NEXT: }
func.func @fold_dynamic_slice() -> tensor<2xi32> {
  %x = stablehlo.constant dense<[1, 2, 3]> : tensor<3xi32>
  %i = stablehlo.constant dense<9> : tensor<i32>
  %0 = stablehlo.dynamic_slice %x, %i, sizes = [2] : (tensor<3xi32>, tensor<i32>) -> tensor<2xi32>
  return %0 : tensor<2xi32>
}

// CHECK-LABEL: func.func @fold_gather() -> tensor<2xi32> {
// CHECK-NEXT: %c = stablehlo.constant dense<[30, 10]> : tensor<2xi32>
// CHECK-NEXT: return %c : tensor<2xi32>
// CHECK-NEXT: }
func.func @fold_gather() -> tensor<2xi32> {
  %x = stablehlo.constant dense<[10, 20, 30]> : tensor<3xi32>
  %i = stablehlo.constant dense<[[2], [0]]> : tensor<2x1xi32>
  %0 = "stablehlo.gather"(%x, %i) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 1>}> : (tensor<3xi32>, tensor<2x1xi32>) -> tensor<2xi32>
  return %0 : tensor<2xi32>
}

// CHECK-LABEL: func.func @fold_concatenate() -> tensor<5xi32> {
// CHECK-NEXT: %c = stablehlo.constant dense<[1, 2, 3, 7, 7]> : tensor<5xi32>
// CHECK-NEXT: return %c : tensor<5xi32>
// CHECK-NEXT: }
func.func @fold_concatenate() -> tensor<5xi32> {
  %x = stablehlo.constant dense<[1, 2, 3]> : tensor<3xi32>
  %y = stablehlo.constant dense<7> : tensor<2xi32>
  %0 = stablehlo.concatenate %x, %y, dim = 0 : (tensor<3xi32>, tensor<2xi32>) -> tensor<5xi32>
  return %0 : tensor<5xi32>
}

// CHECK-LABEL: func.func @fold_concatenate_neighbours(%arg0: tensor<2xi32>) -> tensor<7xi32> {
// CHECK-NEXT: %c = stablehlo.constant dense<7> : tensor<5xi32>
// CHECK-NEXT: %0 = stablehlo.concatenate %arg0, %c, dim = 0 : (tensor<2xi32>, tensor<5xi32>) -> tensor<7xi32>
// CHECK-NEXT: return %0 : tensor<7xi32>
// CHECK-NEXT: }
func.func @fold_concatenate_neighbours(%x: tensor<2xi32>) -> tensor<7xi32> {
  %y = stablehlo.constant dense<7> : tensor<2xi32>
  %z = stablehlo.constant dense<7> : tensor<3xi32>
  %0 = stablehlo.concatenate %x, %y, %z, dim = 0 : (tensor<2xi32>, tensor<2xi32>, tensor<3xi32>) -> tensor<7xi32>
  return %0 : tensor<7xi32>
}

// CHECK-LABEL: func.func @fold_pad() -> tensor<4xi32> {
// CHECK-NEXT: %c = stablehlo.constant dense<[0, 1, 0, 2]> : tensor<4xi32>
// CHECK-NEXT: return %c : tensor<4xi32>
// CHECK-NEXT: }
func.func @fold_pad() -> tensor<4xi32> {
  %x = stablehlo.constant dense<[1, 2]> : tensor<2xi32>
  %v = stablehlo.constant dense<0> : tensor<i32>
  %0 = stablehlo.pad %x, %v, low = [1], high = [0], interior = [1] : (tensor<2xi32>, tensor<i32>) -> tensor<4xi32>
  return %0 : tensor<4xi32>
}

// CHECK-LABEL: func.func @fold_iota() -> tensor<4xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<[0.000000e+00, 1.000000e+00, 2.000000e+00, 3.000000e+00]> : tensor<4xf32>
// CHECK-NEXT: return %cst : tensor<4xf32>
// CHECK-NEXT: }
func.func @fold_iota() -> tensor<4xf32> {
  %0 = stablehlo.iota dim = 0 : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @iota_over_the_limit_stays() -> tensor<100000xi32> {
// CHECK-NEXT: %0 = stablehlo.iota dim = 0 : tensor<100000xi32>
// CHECK-NEXT: return %0 : tensor<100000xi32>
// CHECK-NEXT: }
func.func @iota_over_the_limit_stays() -> tensor<100000xi32> {
  %0 = stablehlo.iota dim = 0 : tensor<100000xi32>
  return %0 : tensor<100000xi32>
}

// CHECK-LABEL: func.func @fold_reduce() -> tensor<2xi32> {
// CHECK-NEXT: %c = stablehlo.constant dense<[6, 15]> : tensor<2xi32>
// CHECK-NEXT: return %c : tensor<2xi32>
// CHECK-NEXT: }
func.func @fold_reduce() -> tensor<2xi32> {
  %x = stablehlo.constant dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xi32>
  %z = stablehlo.constant dense<0> : tensor<i32>
  %0 = stablehlo.reduce(%x init: %z) applies stablehlo.add across dimensions = [1] : (tensor<2x3xi32>, tensor<i32>) -> tensor<2xi32>
  return %0 : tensor<2xi32>
}

// CHECK-LABEL: func.func @fold_reduce_splat() -> tensor<1000xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<0.000000e+00> : tensor<1000xf32>
// CHECK-NEXT: return %cst : tensor<1000xf32>
// CHECK-NEXT: }
func.func @fold_reduce_splat() -> tensor<1000xf32> {
  %x = stablehlo.constant dense<0.0> : tensor<1000x1000xf32>
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %0 = stablehlo.reduce(%x init: %z) applies stablehlo.add across dimensions = [1] : (tensor<1000x1000xf32>, tensor<f32>) -> tensor<1000xf32>
  return %0 : tensor<1000xf32>
}

// CHECK-LABEL: func.func @fold_if(%arg0: tensor<2xf32>) -> tensor<2xf32> {
// CHECK-NEXT: %0 = stablehlo.negate %arg0 : tensor<2xf32>
// CHECK-NEXT: return %0 : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_if(%x: tensor<2xf32>) -> tensor<2xf32> {
  %p = stablehlo.constant dense<true> : tensor<i1>
  %0 = "stablehlo.if"(%p) ({
    %1 = stablehlo.negate %x : tensor<2xf32>
    stablehlo.return %1 : tensor<2xf32>
  }, {
    stablehlo.return %x : tensor<2xf32>
  }) : (tensor<i1>) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_case(%arg0: tensor<2xf32>) -> tensor<2xf32> {
// CHECK-NEXT: return %arg0 : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_case(%x: tensor<2xf32>) -> tensor<2xf32> {
  %i = stablehlo.constant dense<0> : tensor<i32>
  %0 = "stablehlo.case"(%i) ({
    stablehlo.return %x : tensor<2xf32>
  }, {
    %1 = stablehlo.negate %x : tensor<2xf32>
    stablehlo.return %1 : tensor<2xf32>
  }) : (tensor<i32>) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

// An index out of range takes the last branch.
// CHECK-LABEL: func.func @fold_case_out_of_range(%arg0: tensor<2xf32>) -> tensor<2xf32> {
// CHECK-NEXT: %0 = stablehlo.negate %arg0 : tensor<2xf32>
// CHECK-NEXT: return %0 : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_case_out_of_range(%x: tensor<2xf32>) -> tensor<2xf32> {
  %i = stablehlo.constant dense<9> : tensor<i32>
  %0 = "stablehlo.case"(%i) ({
    stablehlo.return %x : tensor<2xf32>
  }, {
    %1 = stablehlo.negate %x : tensor<2xf32>
    stablehlo.return %1 : tensor<2xf32>
  }) : (tensor<i32>) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @fold_while_false(%arg0: tensor<2xf32>) -> tensor<2xf32> {
// CHECK-NEXT: return %arg0 : tensor<2xf32>
// CHECK-NEXT: }
func.func @fold_while_false(%x: tensor<2xf32>) -> tensor<2xf32> {
  %p = stablehlo.constant dense<false> : tensor<i1>
  %0 = stablehlo.while(%a = %x) : tensor<2xf32>
  cond {
    stablehlo.return %p : tensor<i1>
  } do {
    %1 = stablehlo.negate %a : tensor<2xf32>
    stablehlo.return %1 : tensor<2xf32>
  }
  return %0 : tensor<2xf32>
}
