// RUN: pcp-opt %s --stablehlo-aggressive-simplification | FileCheck %s

// Constants go to the right of commutative ops.
// CHECK-LABEL: func.func @constant_to_rhs_add(%arg0: tensor<2x3xf32>) -> tensor<2x3xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<2.500000e+00> : tensor<2x3xf32>
// CHECK-NEXT: %0 = stablehlo.add %arg0, %cst : tensor<2x3xf32>
// CHECK-NEXT: return %0 : tensor<2x3xf32>
// CHECK-NEXT: }
func.func @constant_to_rhs_add(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %c = stablehlo.constant dense<2.5> : tensor<2x3xf32>
  %0 = stablehlo.add %c, %x : tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @constant_to_rhs_maximum(%arg0: tensor<2x3xf32>) -> tensor<2x3xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<2.500000e+00> : tensor<2x3xf32>
// CHECK-NEXT: %0 = stablehlo.maximum %arg0, %cst : tensor<2x3xf32>
// CHECK-NEXT: return %0 : tensor<2x3xf32>
// CHECK-NEXT: }
func.func @constant_to_rhs_maximum(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %c = stablehlo.constant dense<2.5> : tensor<2x3xf32>
  %0 = stablehlo.maximum %c, %x : tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @constant_to_rhs_and(%arg0: tensor<4xi32>) -> tensor<4xi32> {
// CHECK-NEXT: %c = stablehlo.constant dense<12> : tensor<4xi32>
// CHECK-NEXT: %0 = stablehlo.and %arg0, %c : tensor<4xi32>
// CHECK-NEXT: return %0 : tensor<4xi32>
// CHECK-NEXT: }
func.func @constant_to_rhs_and(%x: tensor<4xi32>) -> tensor<4xi32> {
  %c = stablehlo.constant dense<12> : tensor<4xi32>
  %0 = stablehlo.and %c, %x : tensor<4xi32>
  return %0 : tensor<4xi32>
}

// Neutral constants.
// CHECK-LABEL: func.func @add_zero(%arg0: tensor<4xi32>) -> tensor<4xi32> {
// CHECK-NEXT: return %arg0 : tensor<4xi32>
// CHECK-NEXT: }
func.func @add_zero(%x: tensor<4xi32>) -> tensor<4xi32> {
  %c = stablehlo.constant dense<0> : tensor<4xi32>
  %0 = stablehlo.add %c, %x : tensor<4xi32>
  return %0 : tensor<4xi32>
}

// As upstream, for floats too: -0 + 0 becomes -0.
// CHECK-LABEL: func.func @add_zero_float(%arg0: tensor<2x3xf32>) -> tensor<2x3xf32> {
// CHECK-NEXT: return %arg0 : tensor<2x3xf32>
// CHECK-NEXT: }
func.func @add_zero_float(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %c = stablehlo.constant dense<0.0> : tensor<2x3xf32>
  %0 = stablehlo.add %x, %c : tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @subtract_zero(%arg0: tensor<2x3xf32>) -> tensor<2x3xf32> {
// CHECK-NEXT: return %arg0 : tensor<2x3xf32>
// CHECK-NEXT: }
func.func @subtract_zero(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %c = stablehlo.constant dense<0.0> : tensor<2x3xf32>
  %0 = stablehlo.subtract %x, %c : tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @multiply_one(%arg0: tensor<2x3xf32>) -> tensor<2x3xf32> {
// CHECK-NEXT: return %arg0 : tensor<2x3xf32>
// CHECK-NEXT: }
func.func @multiply_one(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %c = stablehlo.constant dense<1.0> : tensor<2x3xf32>
  %0 = stablehlo.multiply %x, %c : tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @or_zero(%arg0: tensor<4xi32>) -> tensor<4xi32> {
// CHECK-NEXT: return %arg0 : tensor<4xi32>
// CHECK-NEXT: }
func.func @or_zero(%x: tensor<4xi32>) -> tensor<4xi32> {
  %c = stablehlo.constant dense<0> : tensor<4xi32>
  %0 = stablehlo.or %x, %c : tensor<4xi32>
  return %0 : tensor<4xi32>
}

// CHECK-LABEL: func.func @xor_zero(%arg0: tensor<4xi1>) -> tensor<4xi1> {
// CHECK-NEXT: return %arg0 : tensor<4xi1>
// CHECK-NEXT: }
func.func @xor_zero(%x: tensor<4xi1>) -> tensor<4xi1> {
  %c = stablehlo.constant dense<false> : tensor<4xi1>
  %0 = stablehlo.xor %x, %c : tensor<4xi1>
  return %0 : tensor<4xi1>
}

// CHECK-LABEL: func.func @and_ones(%arg0: tensor<4xi32>) -> tensor<4xi32> {
// CHECK-NEXT: return %arg0 : tensor<4xi32>
// CHECK-NEXT: }
func.func @and_ones(%x: tensor<4xi32>) -> tensor<4xi32> {
  %c = stablehlo.constant dense<-1> : tensor<4xi32>
  %0 = stablehlo.and %x, %c : tensor<4xi32>
  return %0 : tensor<4xi32>
}

// CHECK-LABEL: func.func @and_ones_unsigned(%arg0: tensor<4xui8>) -> tensor<4xui8> {
// CHECK-NEXT: return %arg0 : tensor<4xui8>
// CHECK-NEXT: }
func.func @and_ones_unsigned(%x: tensor<4xui8>) -> tensor<4xui8> {
  %c = stablehlo.constant dense<255> : tensor<4xui8>
  %0 = stablehlo.and %x, %c : tensor<4xui8>
  return %0 : tensor<4xui8>
}

// CHECK-LABEL: func.func @and_ones_bool(%arg0: tensor<4xi1>) -> tensor<4xi1> {
// CHECK-NEXT: return %arg0 : tensor<4xi1>
// CHECK-NEXT: }
func.func @and_ones_bool(%x: tensor<4xi1>) -> tensor<4xi1> {
  %c = stablehlo.constant dense<true> : tensor<4xi1>
  %0 = stablehlo.and %x, %c : tensor<4xi1>
  return %0 : tensor<4xi1>
}

// Absorbing constants.
// CHECK-LABEL: func.func @and_zero(%arg0: tensor<4xi32>) -> tensor<4xi32> {
// CHECK-NEXT: %c = stablehlo.constant dense<0> : tensor<4xi32>
// CHECK-NEXT: return %c : tensor<4xi32>
// CHECK-NEXT: }
func.func @and_zero(%x: tensor<4xi32>) -> tensor<4xi32> {
  %c = stablehlo.constant dense<0> : tensor<4xi32>
  %0 = stablehlo.and %x, %c : tensor<4xi32>
  return %0 : tensor<4xi32>
}

// CHECK-LABEL: func.func @or_ones(%arg0: tensor<4xi1>) -> tensor<4xi1> {
// CHECK-NEXT: %c = stablehlo.constant dense<true> : tensor<4xi1>
// CHECK-NEXT: return %c : tensor<4xi1>
// CHECK-NEXT: }
func.func @or_ones(%x: tensor<4xi1>) -> tensor<4xi1> {
  %c = stablehlo.constant dense<true> : tensor<4xi1>
  %0 = stablehlo.or %x, %c : tensor<4xi1>
  return %0 : tensor<4xi1>
}

// CHECK-LABEL: func.func @multiply_integer_zero(%arg0: tensor<4xi32>) -> tensor<4xi32> {
// CHECK-NEXT: %c = stablehlo.constant dense<0> : tensor<4xi32>
// CHECK-NEXT: return %c : tensor<4xi32>
// CHECK-NEXT: }
func.func @multiply_integer_zero(%x: tensor<4xi32>) -> tensor<4xi32> {
  %c = stablehlo.constant dense<0> : tensor<4xi32>
  %0 = stablehlo.multiply %x, %c : tensor<4xi32>
  return %0 : tensor<4xi32>
}

// NaN * 0 is NaN.
// CHECK-LABEL: func.func @multiply_float_zero_stays(%arg0: tensor<2x3xf32>) -> tensor<2x3xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<0.000000e+00> : tensor<2x3xf32>
// CHECK-NEXT: %0 = stablehlo.multiply %arg0, %cst : tensor<2x3xf32>
// CHECK-NEXT: return %0 : tensor<2x3xf32>
// CHECK-NEXT: }
func.func @multiply_float_zero_stays(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %c = stablehlo.constant dense<0.0> : tensor<2x3xf32>
  %0 = stablehlo.multiply %x, %c : tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @self_is_zero(%arg0: tensor<4xi32>) -> (tensor<4xi32>, tensor<4xi32>) {
// CHECK-NEXT: %c = stablehlo.constant dense<0> : tensor<4xi32>
// CHECK-NEXT: return %c, %c : tensor<4xi32>, tensor<4xi32>
// CHECK-NEXT: }
func.func @self_is_zero(%x: tensor<4xi32>) -> (tensor<4xi32>, tensor<4xi32>) {
  %0 = stablehlo.subtract %x, %x : tensor<4xi32>
  %1 = stablehlo.xor %x, %x : tensor<4xi32>
  return %0, %1 : tensor<4xi32>, tensor<4xi32>
}

// NaN - NaN is NaN.
// CHECK-LABEL: func.func @self_float_stays(%arg0: tensor<2x3xf32>) -> tensor<2x3xf32> {
// CHECK-NEXT: %0 = stablehlo.subtract %arg0, %arg0 : tensor<2x3xf32>
// CHECK-NEXT: return %0 : tensor<2x3xf32>
// CHECK-NEXT: }
func.func @self_float_stays(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %0 = stablehlo.subtract %x, %x : tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @compare_constant_to_rhs(%arg0: tensor<2x3xf32>) -> tensor<2x3xi1> {
// CHECK-NEXT: %cst = stablehlo.constant dense<1.000000e+00> : tensor<2x3xf32>
// CHECK-NEXT: %0 = stablehlo.compare GT, %arg0, %cst, FLOAT : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xi1>
// CHECK-NEXT: return %0 : tensor<2x3xi1>
// CHECK-NEXT: }
func.func @compare_constant_to_rhs(%x: tensor<2x3xf32>) -> tensor<2x3xi1> {
  %c = stablehlo.constant dense<1.0> : tensor<2x3xf32>
  %0 = stablehlo.compare LT, %c, %x, FLOAT : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xi1>
  return %0 : tensor<2x3xi1>
}

// CHECK-LABEL: func.func @compare_self(%arg0: tensor<4xi32>) -> (tensor<4xi1>, tensor<4xi1>) {
// CHECK-NEXT: %c = stablehlo.constant dense<true> : tensor<4xi1>
// CHECK-NEXT: %c_0 = stablehlo.constant dense<false> : tensor<4xi1>
// CHECK-NEXT: return %c, %c_0 : tensor<4xi1>, tensor<4xi1>
// CHECK-NEXT: }
func.func @compare_self(%x: tensor<4xi32>) -> (tensor<4xi1>, tensor<4xi1>) {
  %0 = stablehlo.compare LE, %x, %x, SIGNED : (tensor<4xi32>, tensor<4xi32>) -> tensor<4xi1>
  %1 = stablehlo.compare NE, %x, %x, SIGNED : (tensor<4xi32>, tensor<4xi32>) -> tensor<4xi1>
  return %0, %1 : tensor<4xi1>, tensor<4xi1>
}

// NaN == NaN is false.
// CHECK-LABEL: func.func @compare_self_float_stays(%arg0: tensor<2x3xf32>) -> tensor<2x3xi1> {
// CHECK-NEXT: %0 = stablehlo.compare EQ, %arg0, %arg0, FLOAT : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xi1>
// CHECK-NEXT: return %0 : tensor<2x3xi1>
// CHECK-NEXT: }
func.func @compare_self_float_stays(%x: tensor<2x3xf32>) -> tensor<2x3xi1> {
  %0 = stablehlo.compare EQ, %x, %x, FLOAT : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xi1>
  return %0 : tensor<2x3xi1>
}

// CHECK-LABEL: func.func @compare_with_bool(%arg0: tensor<4xi1>) -> (tensor<4xi1>, tensor<4xi1>, tensor<4xi1>) {
// CHECK-NEXT: %c = stablehlo.constant dense<false> : tensor<4xi1>
// CHECK-NEXT: %0 = stablehlo.compare EQ, %arg0, %c, UNSIGNED : (tensor<4xi1>, tensor<4xi1>) -> tensor<4xi1>
// CHECK-NEXT: return %arg0, %arg0, %0 : tensor<4xi1>, tensor<4xi1>, tensor<4xi1>
// CHECK-NEXT: }
func.func @compare_with_bool(%x: tensor<4xi1>) -> (tensor<4xi1>, tensor<4xi1>, tensor<4xi1>) {
  %f = stablehlo.constant dense<false> : tensor<4xi1>
  %t = stablehlo.constant dense<true> : tensor<4xi1>
  %0 = stablehlo.compare NE, %x, %f, UNSIGNED : (tensor<4xi1>, tensor<4xi1>) -> tensor<4xi1>
  %1 = stablehlo.compare EQ, %t, %x, UNSIGNED : (tensor<4xi1>, tensor<4xi1>) -> tensor<4xi1>
  %2 = stablehlo.compare EQ, %x, %f, UNSIGNED : (tensor<4xi1>, tensor<4xi1>) -> tensor<4xi1>
  return %0, %1, %2 : tensor<4xi1>, tensor<4xi1>, tensor<4xi1>
}

// CHECK-LABEL: func.func @select_same(%arg0: tensor<2x3xi1>, %arg1: tensor<2x3xf32>) -> tensor<2x3xf32> {
// CHECK-NEXT: return %arg1 : tensor<2x3xf32>
// CHECK-NEXT: }
func.func @select_same(%p: tensor<2x3xi1>, %x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %0 = stablehlo.select %p, %x, %x : tensor<2x3xi1>, tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @select_constant(%arg0: tensor<2x3xf32>, %arg1: tensor<2x3xf32>) -> (tensor<2x3xf32>, tensor<2x3xf32>) {
// CHECK-NEXT: return %arg0, %arg1 : tensor<2x3xf32>, tensor<2x3xf32>
// CHECK-NEXT: }
func.func @select_constant(%x: tensor<2x3xf32>, %y: tensor<2x3xf32>) -> (tensor<2x3xf32>, tensor<2x3xf32>) {
  %t = stablehlo.constant dense<true> : tensor<2x3xi1>
  %f = stablehlo.constant dense<false> : tensor<i1>
  %0 = stablehlo.select %t, %x, %y : tensor<2x3xi1>, tensor<2x3xf32>
  %1 = stablehlo.select %f, %x, %y : tensor<i1>, tensor<2x3xf32>
  return %0, %1 : tensor<2x3xf32>, tensor<2x3xf32>
}

// CHECK-LABEL: func.func @select_not(%arg0: tensor<2x3xi1>, %arg1: tensor<2x3xf32>, %arg2: tensor<2x3xf32>) -> tensor<2x3xf32> {
// CHECK-NEXT: %0 = stablehlo.select %arg0, %arg2, %arg1 : tensor<2x3xi1>, tensor<2x3xf32>
// CHECK-NEXT: return %0 : tensor<2x3xf32>
// CHECK-NEXT: }
func.func @select_not(%p: tensor<2x3xi1>, %x: tensor<2x3xf32>, %y: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %n = stablehlo.not %p : tensor<2x3xi1>
  %0 = stablehlo.select %n, %x, %y : tensor<2x3xi1>, tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @select_broadcast_not(%arg0: tensor<3xi1>, %arg1: tensor<2x3xf32>, %arg2: tensor<2x3xf32>) -> tensor<2x3xf32> {
// CHECK-NEXT: %0 = stablehlo.broadcast_in_dim %arg0, dims = [1] : (tensor<3xi1>) -> tensor<2x3xi1>
// CHECK-NEXT: %1 = stablehlo.select %0, %arg2, %arg1 : tensor<2x3xi1>, tensor<2x3xf32>
// CHECK-NEXT: return %1 : tensor<2x3xf32>
// CHECK-NEXT: }
func.func @select_broadcast_not(%p: tensor<3xi1>, %x: tensor<2x3xf32>, %y: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %n = stablehlo.not %p : tensor<3xi1>
  %b = stablehlo.broadcast_in_dim %n, dims = [1] : (tensor<3xi1>) -> tensor<2x3xi1>
  %0 = stablehlo.select %b, %x, %y : tensor<2x3xi1>, tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @convert_same(%arg0: tensor<2x3xf32>) -> tensor<2x3xf32> {
// CHECK-NEXT: return %arg0 : tensor<2x3xf32>
// CHECK-NEXT: }
func.func @convert_same(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %0 = stablehlo.convert %x : tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @reshape_reshape(%arg0: tensor<2x3xf32>) -> tensor<3x2xf32> {
// CHECK-NEXT: %0 = stablehlo.reshape %arg0 : (tensor<2x3xf32>) -> tensor<3x2xf32>
// CHECK-NEXT: return %0 : tensor<3x2xf32>
// CHECK-NEXT: }
func.func @reshape_reshape(%x: tensor<2x3xf32>) -> tensor<3x2xf32> {
  %0 = stablehlo.reshape %x : (tensor<2x3xf32>) -> tensor<6xf32>
  %1 = stablehlo.reshape %0 : (tensor<6xf32>) -> tensor<3x2xf32>
  return %1 : tensor<3x2xf32>
}

// CHECK-LABEL: func.func @reshape_same(%arg0: tensor<2x3xf32>) -> tensor<2x3xf32> {
// CHECK-NEXT: return %arg0 : tensor<2x3xf32>
// CHECK-NEXT: }
func.func @reshape_same(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %0 = stablehlo.reshape %x : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @transpose_identity(%arg0: tensor<2x3xf32>) -> tensor<2x3xf32> {
// CHECK-NEXT: return %arg0 : tensor<2x3xf32>
// CHECK-NEXT: }
func.func @transpose_identity(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %0 = stablehlo.transpose %x, dims = [0, 1] : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @transpose_transpose(%arg0: tensor<4x3x2xf32>) -> tensor<2x4x3xf32> {
// CHECK-NEXT: %0 = stablehlo.transpose %arg0, dims = [2, 0, 1] : (tensor<4x3x2xf32>) -> tensor<2x4x3xf32>
// CHECK-NEXT: return %0 : tensor<2x4x3xf32>
// CHECK-NEXT: }
func.func @transpose_transpose(%x: tensor<4x3x2xf32>) -> tensor<2x4x3xf32> {
  %0 = stablehlo.transpose %x, dims = [1, 2, 0] : (tensor<4x3x2xf32>) -> tensor<3x2x4xf32>
  %1 = stablehlo.transpose %0, dims = [1, 2, 0] : (tensor<3x2x4xf32>) -> tensor<2x4x3xf32>
  return %1 : tensor<2x4x3xf32>
}

// CHECK-LABEL: func.func @transpose_is_reshape(%arg0: tensor<1x3x2xf32>) -> tensor<3x2x1xf32> {
// CHECK-NEXT: %0 = stablehlo.reshape %arg0 : (tensor<1x3x2xf32>) -> tensor<3x2x1xf32>
// CHECK-NEXT: return %0 : tensor<3x2x1xf32>
// CHECK-NEXT: }
func.func @transpose_is_reshape(%x: tensor<1x3x2xf32>) -> tensor<3x2x1xf32> {
  %0 = stablehlo.transpose %x, dims = [1, 2, 0] : (tensor<1x3x2xf32>) -> tensor<3x2x1xf32>
  return %0 : tensor<3x2x1xf32>
}

// CHECK-LABEL: func.func @broadcast_identity(%arg0: tensor<2x3xf32>) -> tensor<2x3xf32> {
// CHECK-NEXT: return %arg0 : tensor<2x3xf32>
// CHECK-NEXT: }
func.func @broadcast_identity(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %0 = stablehlo.broadcast_in_dim %x, dims = [0, 1] : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @broadcast_square_is_transpose(%arg0: tensor<3x3xf32>) -> tensor<3x3xf32> {
// CHECK-NEXT: %0 = stablehlo.transpose %arg0, dims = [1, 0] : (tensor<3x3xf32>) -> tensor<3x3xf32>
// CHECK-NEXT: return %0 : tensor<3x3xf32>
// CHECK-NEXT: }
func.func @broadcast_square_is_transpose(%x: tensor<3x3xf32>) -> tensor<3x3xf32> {
  %0 = stablehlo.broadcast_in_dim %x, dims = [1, 0] : (tensor<3x3xf32>) -> tensor<3x3xf32>
  return %0 : tensor<3x3xf32>
}

// CHECK-LABEL: func.func @broadcast_broadcast(%arg0: tensor<3xf32>) -> tensor<5x2x3xf32> {
// CHECK-NEXT: %0 = stablehlo.broadcast_in_dim %arg0, dims = [2] : (tensor<3xf32>) -> tensor<5x2x3xf32>
// CHECK-NEXT: return %0 : tensor<5x2x3xf32>
// CHECK-NEXT: }
func.func @broadcast_broadcast(%x: tensor<3xf32>) -> tensor<5x2x3xf32> {
  %0 = stablehlo.broadcast_in_dim %x, dims = [1] : (tensor<3xf32>) -> tensor<2x3xf32>
  %1 = stablehlo.broadcast_in_dim %0, dims = [1, 2] : (tensor<2x3xf32>) -> tensor<5x2x3xf32>
  return %1 : tensor<5x2x3xf32>
}

// CHECK-LABEL: func.func @broadcast_is_reshape(%arg0: tensor<2x3xf32>) -> tensor<2x1x3xf32> {
// CHECK-NEXT: %0 = stablehlo.reshape %arg0 : (tensor<2x3xf32>) -> tensor<2x1x3xf32>
// CHECK-NEXT: return %0 : tensor<2x1x3xf32>
// CHECK-NEXT: }
func.func @broadcast_is_reshape(%x: tensor<2x3xf32>) -> tensor<2x1x3xf32> {
  %0 = stablehlo.broadcast_in_dim %x, dims = [0, 2] : (tensor<2x3xf32>) -> tensor<2x1x3xf32>
  return %0 : tensor<2x1x3xf32>
}

// CHECK-LABEL: func.func @broadcast_is_transpose(%arg0: tensor<2x3xf32>) -> tensor<3x2xf32> {
// CHECK-NEXT: %0 = stablehlo.transpose %arg0, dims = [1, 0] : (tensor<2x3xf32>) -> tensor<3x2xf32>
// CHECK-NEXT: return %0 : tensor<3x2xf32>
// CHECK-NEXT: }
func.func @broadcast_is_transpose(%x: tensor<2x3xf32>) -> tensor<3x2xf32> {
  %0 = stablehlo.broadcast_in_dim %x, dims = [1, 0] : (tensor<2x3xf32>) -> tensor<3x2xf32>
  return %0 : tensor<3x2xf32>
}

// CHECK-LABEL: func.func @reverse_nothing(%arg0: tensor<1x3xf32>) -> (tensor<1x3xf32>, tensor<1x3xf32>) {
// CHECK-NEXT: %cst = stablehlo.constant dense<1.000000e+00> : tensor<1x3xf32>
// CHECK-NEXT: return %arg0, %cst : tensor<1x3xf32>, tensor<1x3xf32>
// CHECK-NEXT: }
func.func @reverse_nothing(%x: tensor<1x3xf32>) -> (tensor<1x3xf32>, tensor<1x3xf32>) {
  %c = stablehlo.constant dense<1.0> : tensor<1x3xf32>
  %0 = stablehlo.reverse %x, dims = [0] : tensor<1x3xf32>
  %1 = stablehlo.reverse %c, dims = [1] : tensor<1x3xf32>
  return %0, %1 : tensor<1x3xf32>, tensor<1x3xf32>
}

// CHECK-LABEL: func.func @pad_nothing(%arg0: tensor<2x3xf32>, %arg1: tensor<f32>) -> tensor<2x3xf32> {
// CHECK-NEXT: return %arg0 : tensor<2x3xf32>
// CHECK-NEXT: }
func.func @pad_nothing(%x: tensor<2x3xf32>, %v: tensor<f32>) -> tensor<2x3xf32> {
  %0 = stablehlo.pad %x, %v, low = [0, 0], high = [0, 0], interior = [0, 0] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @pad_empty(%arg0: tensor<0x3xf32>, %arg1: tensor<f32>) -> tensor<2x3xf32> {
// CHECK-NEXT: %0 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
// CHECK-NEXT: return %0 : tensor<2x3xf32>
// CHECK-NEXT: }
func.func @pad_empty(%x: tensor<0x3xf32>, %v: tensor<f32>) -> tensor<2x3xf32> {
  %0 = stablehlo.pad %x, %v, low = [2, 0], high = [0, 0], interior = [0, 0] : (tensor<0x3xf32>, tensor<f32>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @slice_all(%arg0: tensor<2x3xf32>) -> tensor<2x3xf32> {
// CHECK-NEXT: return %arg0 : tensor<2x3xf32>
// CHECK-NEXT: }
func.func @slice_all(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %0 = stablehlo.slice %x [0:2, 0:3] : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @slice_concatenate(%arg0: tensor<2x3xf32>, %arg1: tensor<2x3xf32>, %arg2: tensor<2x3xf32>) -> (tensor<2x3xf32>, tensor<2x3xf32>) {
// CHECK-NEXT: %0 = stablehlo.concatenate %arg1, %arg2, dim = 0 : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<4x3xf32>
// CHECK-NEXT: %1 = stablehlo.slice %0 [1:3, 0:3] : (tensor<4x3xf32>) -> tensor<2x3xf32>
// CHECK-NEXT: return %arg1, %1 : tensor<2x3xf32>, tensor<2x3xf32>
// CHECK-NEXT: }
func.func @slice_concatenate(%x: tensor<2x3xf32>, %y: tensor<2x3xf32>, %z: tensor<2x3xf32>) -> (tensor<2x3xf32>, tensor<2x3xf32>) {
  %c = stablehlo.concatenate %x, %y, %z, dim = 0 : (tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<6x3xf32>
  %0 = stablehlo.slice %c [2:4, 0:3] : (tensor<6x3xf32>) -> tensor<2x3xf32>
  %1 = stablehlo.slice %c [3:5, 0:3] : (tensor<6x3xf32>) -> tensor<2x3xf32>
  return %0, %1 : tensor<2x3xf32>, tensor<2x3xf32>
}

// CHECK-LABEL: func.func @concatenate_one(%arg0: tensor<2x3xf32>) -> tensor<2x3xf32> {
// CHECK-NEXT: return %arg0 : tensor<2x3xf32>
// CHECK-NEXT: }
func.func @concatenate_one(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %0 = stablehlo.concatenate %x, dim = 0 : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @concatenate_empty(%arg0: tensor<2x3xf32>, %arg1: tensor<0x3xf32>) -> tensor<4x3xf32> {
// CHECK-NEXT: %0 = stablehlo.concatenate %arg0, %arg0, dim = 0 : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<4x3xf32>
// CHECK-NEXT: return %0 : tensor<4x3xf32>
// CHECK-NEXT: }
func.func @concatenate_empty(%x: tensor<2x3xf32>, %e: tensor<0x3xf32>) -> tensor<4x3xf32> {
  %0 = stablehlo.concatenate %x, %e, %x, dim = 0 : (tensor<2x3xf32>, tensor<0x3xf32>, tensor<2x3xf32>) -> tensor<4x3xf32>
  return %0 : tensor<4x3xf32>
}

// CHECK-LABEL: func.func @concatenate_flatten(%arg0: tensor<2x3xf32>, %arg1: tensor<2x3xf32>) -> tensor<6x3xf32> {
// CHECK-NEXT: %0 = stablehlo.concatenate %arg0, %arg0, %arg1, dim = 0 : (tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<6x3xf32>
// CHECK-NEXT: return %0 : tensor<6x3xf32>
// CHECK-NEXT: }
func.func @concatenate_flatten(%x: tensor<2x3xf32>, %y: tensor<2x3xf32>) -> tensor<6x3xf32> {
  %0 = stablehlo.concatenate %x, %y, dim = 0 : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<4x3xf32>
  %1 = stablehlo.concatenate %x, %0, dim = 0 : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<6x3xf32>
  return %1 : tensor<6x3xf32>
}

// CHECK-LABEL: func.func @iota_of_one() -> tensor<1x3xi32> {
// CHECK-NEXT: %c = stablehlo.constant dense<0> : tensor<1x3xi32>
// CHECK-NEXT: return %c : tensor<1x3xi32>
// CHECK-NEXT: }
func.func @iota_of_one() -> tensor<1x3xi32> {
  %0 = stablehlo.iota dim = 0 : tensor<1x3xi32>
  return %0 : tensor<1x3xi32>
}

// CHECK-LABEL: func.func @iota_broadcast() -> tensor<2x3xi32> {
// CHECK-NEXT: %0 = stablehlo.iota dim = 0 : tensor<3xi32>
// CHECK-NEXT: %1 = stablehlo.broadcast_in_dim %0, dims = [1] : (tensor<3xi32>) -> tensor<2x3xi32>
// CHECK-NEXT: return %1 : tensor<2x3xi32>
// CHECK-NEXT: }
func.func @iota_broadcast() -> tensor<2x3xi32> {
  %0 = stablehlo.iota dim = 1 : tensor<2x3xi32>
  return %0 : tensor<2x3xi32>
}

// CHECK-LABEL: func.func @dynamic_iota_static() -> tensor<3xi32> {
// CHECK-NEXT: %0 = stablehlo.iota dim = 0 : tensor<3xi32>
// CHECK-NEXT: return %0 : tensor<3xi32>
// CHECK-NEXT: }
func.func @dynamic_iota_static() -> tensor<3xi32> {
  %c = stablehlo.constant dense<3> : tensor<1xi64>
  %0 = stablehlo.dynamic_iota %c, dim = 0 : (tensor<1xi64>) -> tensor<3xi32>
  return %0 : tensor<3xi32>
}

// CHECK-LABEL: func.func @zero_extent(%arg0: tensor<0x3xf32>) -> tensor<0x3xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<> : tensor<0x3xf32>
// CHECK-NEXT: return %cst : tensor<0x3xf32>
// CHECK-NEXT: }
func.func @zero_extent(%x: tensor<0x3xf32>) -> tensor<0x3xf32> {
  %0 = stablehlo.add %x, %x : tensor<0x3xf32>
  return %0 : tensor<0x3xf32>
}

// CHECK-LABEL: func.func @reduce_nothing(%arg0: tensor<2x3xf32>) -> tensor<2x3xf32> {
// CHECK-NEXT: return %arg0 : tensor<2x3xf32>
// CHECK-NEXT: }
func.func @reduce_nothing(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %0 = stablehlo.reduce(%x init: %z) applies stablehlo.add across dimensions = [] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @reduce_empty(%arg0: tensor<0x3xf32>, %arg1: tensor<f32>) -> tensor<3xf32> {
// CHECK-NEXT: %0 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<f32>) -> tensor<3xf32>
// CHECK-NEXT: return %0 : tensor<3xf32>
// CHECK-NEXT: }
func.func @reduce_empty(%x: tensor<0x3xf32>, %i: tensor<f32>) -> tensor<3xf32> {
  %0 = stablehlo.reduce(%x init: %i) applies stablehlo.add across dimensions = [0] : (tensor<0x3xf32>, tensor<f32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// CHECK-LABEL: func.func @reduce_captured(%arg0: tensor<2x3xf32>, %arg1: tensor<f32>) -> tensor<2xf32> {
// CHECK-NEXT: %0 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<f32>) -> tensor<2xf32>
// CHECK-NEXT: return %0 : tensor<2xf32>
// CHECK-NEXT: }
func.func @reduce_captured(%x: tensor<2x3xf32>, %i: tensor<f32>) -> tensor<2xf32> {
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %0 = stablehlo.reduce(%x init: %z) across dimensions = [1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
    reducer(%a: tensor<f32>, %b: tensor<f32>) {
      stablehlo.return %i : tensor<f32>
    }
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @reduce_unused(%arg0: tensor<2x3xf32>, %arg1: tensor<2x3xf32>) -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
// CHECK-NEXT: %0 = stablehlo.reduce(%arg1 init: %cst) applies stablehlo.maximum across dimensions = [1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
// CHECK-NEXT: return %0 : tensor<2xf32>
// CHECK-NEXT: }
func.func @reduce_unused(%x: tensor<2x3xf32>, %y: tensor<2x3xf32>) -> tensor<2xf32> {
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %0:2 = stablehlo.reduce(%x init: %z), (%y init: %z) across dimensions = [1] : (tensor<2x3xf32>, tensor<2x3xf32>, tensor<f32>, tensor<f32>) -> (tensor<2xf32>, tensor<2xf32>)
    reducer(%a: tensor<f32>, %c: tensor<f32>) (%b: tensor<f32>, %d: tensor<f32>) {
      %s = stablehlo.add %a, %c : tensor<f32>
      %m = stablehlo.maximum %b, %d : tensor<f32>
      stablehlo.return %s, %m : tensor<f32>, tensor<f32>
    }
  return %0#1 : tensor<2xf32>
}

// CHECK-LABEL: func.func @dynamic_slice_constant(%arg0: tensor<4x4xf32>) -> tensor<2x2xf32> {
// CHECK-NEXT: %0 = stablehlo.slice %arg0 [1:3, 2:4] : (tensor<4x4xf32>) -> tensor<2x2xf32>
// CHECK-NEXT: return %0 : tensor<2x2xf32>
// CHECK-NEXT: }
func.func @dynamic_slice_constant(%x: tensor<4x4xf32>) -> tensor<2x2xf32> {
  %i = stablehlo.constant dense<1> : tensor<i32>
  %j = stablehlo.constant dense<3> : tensor<i32>
  %0 = stablehlo.dynamic_slice %x, %i, %j, sizes = [2, 2] : (tensor<4x4xf32>, tensor<i32>, tensor<i32>) -> tensor<2x2xf32>
  return %0 : tensor<2x2xf32>
}

// CHECK-LABEL: func.func @dynamic_update_slice_all(%arg0: tensor<4xf32>, %arg1: tensor<4xf32>, %arg2: tensor<i32>) -> tensor<4xf32> {
// CHECK-NEXT: return %arg1 : tensor<4xf32>
// CHECK-NEXT: }
func.func @dynamic_update_slice_all(%x: tensor<4xf32>, %u: tensor<4xf32>, %i: tensor<i32>) -> tensor<4xf32> {
  %0 = stablehlo.dynamic_update_slice %x, %u, %i : (tensor<4xf32>, tensor<4xf32>, tensor<i32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @dynamic_update_slice_nothing(%arg0: tensor<4xf32>, %arg1: tensor<0xf32>, %arg2: tensor<i32>) -> tensor<4xf32> {
// CHECK-NEXT: return %arg0 : tensor<4xf32>
// CHECK-NEXT: }
func.func @dynamic_update_slice_nothing(%x: tensor<4xf32>, %u: tensor<0xf32>, %i: tensor<i32>) -> tensor<4xf32> {
  %0 = stablehlo.dynamic_update_slice %x, %u, %i : (tensor<4xf32>, tensor<0xf32>, tensor<i32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @gather_constant(%arg0: tensor<5x4xf32>) -> tensor<4xf32> {
// CHECK-NEXT: %0 = stablehlo.slice %arg0 [4:5, 0:4] : (tensor<5x4xf32>) -> tensor<1x4xf32>
// CHECK-NEXT: %1 = stablehlo.reshape %0 : (tensor<1x4xf32>) -> tensor<4xf32>
// CHECK-NEXT: return %1 : tensor<4xf32>
// CHECK-NEXT: }
func.func @gather_constant(%x: tensor<5x4xf32>) -> tensor<4xf32> {
  %i = stablehlo.constant dense<7> : tensor<1xi32>
  %0 = "stablehlo.gather"(%x, %i) <{dimension_numbers = #stablehlo.gather<offset_dims = [0], collapsed_slice_dims = [0], start_index_map = [0]>, indices_are_sorted = false, slice_sizes = array<i64: 1, 4>}> : (tensor<5x4xf32>, tensor<1xi32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @sort_unused(%arg0: tensor<4xf32>, %arg1: tensor<4xf32>) -> tensor<4xf32> {
// CHECK-NEXT: %0 = "stablehlo.sort"(%arg0) <{dimension = 0 : i64, is_stable = false}> ({
// CHECK-NEXT: ^bb0(%arg2: tensor<f32>, %arg3: tensor<f32>):
// CHECK-NEXT: %1 = stablehlo.compare LT, %arg2, %arg3, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
// CHECK-NEXT: stablehlo.return %1 : tensor<i1>
// CHECK-NEXT: }) : (tensor<4xf32>) -> tensor<4xf32>
// CHECK-NEXT: return %0 : tensor<4xf32>
// CHECK-NEXT: }
func.func @sort_unused(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %0:2 = "stablehlo.sort"(%x, %y) <{dimension = 0 : i64}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>, %c: tensor<f32>, %d: tensor<f32>):
    %l = stablehlo.compare LT, %a, %b, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %l : tensor<i1>
  }) : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %0#0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @sort_dimension(%arg0: tensor<4xf32>) -> tensor<4xf32> {
// CHECK-NEXT: %0 = "stablehlo.sort"(%arg0) <{dimension = 0 : i64}> ({
// CHECK-NEXT: ^bb0(%arg1: tensor<f32>, %arg2: tensor<f32>):
// CHECK-NEXT: %1 = stablehlo.compare LT, %arg1, %arg2, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
// CHECK-NEXT: stablehlo.return %1 : tensor<i1>
// CHECK-NEXT: }) : (tensor<4xf32>) -> tensor<4xf32>
// CHECK-NEXT: return %0 : tensor<4xf32>
// CHECK-NEXT: }
func.func @sort_dimension(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = "stablehlo.sort"(%x) ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %l = stablehlo.compare LT, %a, %b, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %l : tensor<i1>
  }) : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @while_invariants(%arg0: tensor<4xf32>) -> (tensor<4xf32>, tensor<i32>) {
// CHECK-NEXT: %c = stablehlo.constant dense<0> : tensor<i32>
// CHECK-NEXT: %c_0 = stablehlo.constant dense<3> : tensor<i32>
// CHECK-NEXT: %c_1 = stablehlo.constant dense<1> : tensor<i32>
// CHECK-NEXT: %0:2 = stablehlo.while(%iterArg = %c, %iterArg_2 = %arg0) : tensor<i32>, tensor<4xf32>
// CHECK-NEXT: cond {
// CHECK-NEXT: %1 = stablehlo.compare LT, %iterArg, %c_0, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
// CHECK-NEXT: stablehlo.return %1 : tensor<i1>
// CHECK-NEXT: } do {
// CHECK-NEXT: %1 = stablehlo.add %iterArg, %c_1 : tensor<i32>
// CHECK-NEXT: %2 = stablehlo.add %iterArg_2, %arg0 : tensor<4xf32>
// CHECK-NEXT: stablehlo.return %1, %2 : tensor<i32>, tensor<4xf32>
// CHECK-NEXT: }
// CHECK-NEXT: return %0#1, %c_0 : tensor<4xf32>, tensor<i32>
// CHECK-NEXT: }
func.func @while_invariants(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<i32>) {
  %z = stablehlo.constant dense<0> : tensor<i32>
  %n = stablehlo.constant dense<3> : tensor<i32>
  %o = stablehlo.constant dense<1> : tensor<i32>
  %0:4 = stablehlo.while(%i = %z, %limit = %n, %sum = %x, %step = %x) : tensor<i32>, tensor<i32>, tensor<4xf32>, tensor<4xf32>
  cond {
    %1 = stablehlo.compare LT, %i, %limit, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %1 : tensor<i1>
  } do {
    %1 = stablehlo.add %i, %o : tensor<i32>
    %2 = stablehlo.add %sum, %step : tensor<4xf32>
    stablehlo.return %1, %limit, %2, %step : tensor<i32>, tensor<i32>, tensor<4xf32>, tensor<4xf32>
  }
  return %0#2, %0#1 : tensor<4xf32>, tensor<i32>
}
