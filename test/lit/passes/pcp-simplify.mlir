// RUN: pcp-opt %s --pcp-simplify | FileCheck %s

// CHECK-LABEL: func.func @negate_negate(%arg0: tensor<4xf32>) -> tensor<4xf32> {
// CHECK-NEXT: return %arg0 : tensor<4xf32>
// CHECK-NEXT: }
func.func @negate_negate(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = stablehlo.negate %x : tensor<4xf32>
  %1 = stablehlo.negate %0 : tensor<4xf32>
  return %1 : tensor<4xf32>
}

// CHECK-LABEL: func.func @add_negate(%arg0: tensor<4xf32>, %arg1: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
// CHECK-NEXT: %0 = stablehlo.subtract %arg0, %arg1 : tensor<4xf32>
// CHECK-NEXT: %1 = stablehlo.subtract %arg0, %arg1 : tensor<4xf32>
// CHECK-NEXT: return %0, %1 : tensor<4xf32>, tensor<4xf32>
// CHECK-NEXT: }
func.func @add_negate(%x: tensor<4xf32>, %y: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %0 = stablehlo.negate %y : tensor<4xf32>
  %1 = stablehlo.add %x, %0 : tensor<4xf32>
  %2 = stablehlo.add %0, %x : tensor<4xf32>
  return %1, %2 : tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: func.func @subtract_negate(%arg0: tensor<4xf32>, %arg1: tensor<4xf32>) -> tensor<4xf32> {
// CHECK-NEXT: %0 = stablehlo.add %arg0, %arg1 : tensor<4xf32>
// CHECK-NEXT: return %0 : tensor<4xf32>
// CHECK-NEXT: }
func.func @subtract_negate(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %0 = stablehlo.negate %y : tensor<4xf32>
  %1 = stablehlo.subtract %x, %0 : tensor<4xf32>
  return %1 : tensor<4xf32>
}

// CHECK-LABEL: func.func @self_is_self(%arg0: tensor<4xf32>, %arg1: tensor<4xi1>) -> (tensor<4xf32>, tensor<4xi1>) {
// CHECK-NEXT: return %arg0, %arg1 : tensor<4xf32>, tensor<4xi1>
// CHECK-NEXT: }
func.func @self_is_self(%x: tensor<4xf32>, %p: tensor<4xi1>) -> (tensor<4xf32>, tensor<4xi1>) {
  %0 = stablehlo.maximum %x, %x : tensor<4xf32>
  %1 = stablehlo.and %p, %p : tensor<4xi1>
  return %0, %1 : tensor<4xf32>, tensor<4xi1>
}

// CHECK-LABEL: func.func @not_not(%arg0: tensor<4xi1>) -> tensor<4xi1> {
// CHECK-NEXT: return %arg0 : tensor<4xi1>
// CHECK-NEXT: }
func.func @not_not(%p: tensor<4xi1>) -> tensor<4xi1> {
  %0 = stablehlo.not %p : tensor<4xi1>
  %1 = stablehlo.not %0 : tensor<4xi1>
  return %1 : tensor<4xi1>
}

// CHECK-LABEL: func.func @multiply_minus_one(%arg0: tensor<4xf32>) -> tensor<4xf32> {
// CHECK-NEXT: %0 = stablehlo.negate %arg0 : tensor<4xf32>
// CHECK-NEXT: return %0 : tensor<4xf32>
// CHECK-NEXT: }
func.func @multiply_minus_one(%x: tensor<4xf32>) -> tensor<4xf32> {
  %c = stablehlo.constant dense<-1.0> : tensor<4xf32>
  %0 = stablehlo.multiply %x, %c : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// Exact for powers of two; other divisors stay.
// CHECK-LABEL: func.func @divide_power_of_two(%arg0: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
// CHECK-NEXT: %cst = stablehlo.constant dense<3.000000e+00> : tensor<4xf32>
// CHECK-NEXT: %cst_0 = stablehlo.constant dense<4.8828125E-4> : tensor<4xf32>
// CHECK-NEXT: %0 = stablehlo.multiply %arg0, %cst_0 : tensor<4xf32>
// CHECK-NEXT: %1 = stablehlo.divide %arg0, %cst : tensor<4xf32>
// CHECK-NEXT: return %0, %arg0, %1 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
// CHECK-NEXT: }
func.func @divide_power_of_two(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %c = stablehlo.constant dense<2048.0> : tensor<4xf32>
  %o = stablehlo.constant dense<1.0> : tensor<4xf32>
  %t = stablehlo.constant dense<3.0> : tensor<4xf32>
  %0 = stablehlo.divide %x, %c : tensor<4xf32>
  %1 = stablehlo.divide %x, %o : tensor<4xf32>
  %2 = stablehlo.divide %x, %t : tensor<4xf32>
  return %0, %1, %2 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: func.func @multiply_constants(%arg0: tensor<4xi32>) -> tensor<4xi32> {
// CHECK-NEXT: %c = stablehlo.constant dense<15> : tensor<4xi32>
// CHECK-NEXT: %0 = stablehlo.multiply %arg0, %c : tensor<4xi32>
// CHECK-NEXT: return %0 : tensor<4xi32>
// CHECK-NEXT: }
func.func @multiply_constants(%x: tensor<4xi32>) -> tensor<4xi32> {
  %c = stablehlo.constant dense<3> : tensor<4xi32>
  %d = stablehlo.constant dense<5> : tensor<4xi32>
  %0 = stablehlo.multiply %x, %c : tensor<4xi32>
  %1 = stablehlo.multiply %0, %d : tensor<4xi32>
  return %1 : tensor<4xi32>
}

// CHECK-LABEL: func.func @convert_convert(%arg0: tensor<4xf32>, %arg1: tensor<4xi1>, %arg2: tensor<4xi32>) -> (tensor<4xf32>, tensor<4xbf16>, tensor<4xf32>, tensor<4xf32>) {
// CHECK-NEXT: %0 = stablehlo.convert %arg0 : (tensor<4xf32>) -> tensor<4xbf16>
// CHECK-NEXT: %1 = stablehlo.convert %arg1 : (tensor<4xi1>) -> tensor<4xf32>
// CHECK-NEXT: %2 = stablehlo.convert %arg2 : (tensor<4xi32>) -> tensor<4xf32>
// CHECK-NEXT: return %arg0, %0, %1, %2 : tensor<4xf32>, tensor<4xbf16>, tensor<4xf32>, tensor<4xf32>
// CHECK-NEXT: }
func.func @convert_convert(%x: tensor<4xf32>, %i: tensor<4xi1>, %j: tensor<4xi32>) -> (tensor<4xf32>, tensor<4xbf16>, tensor<4xf32>, tensor<4xf32>) {
  %0 = stablehlo.convert %x : (tensor<4xf32>) -> tensor<4xf64>
  %1 = stablehlo.convert %0 : (tensor<4xf64>) -> tensor<4xf32>
  %2 = stablehlo.convert %0 : (tensor<4xf64>) -> tensor<4xbf16>
  %3 = stablehlo.convert %i : (tensor<4xi1>) -> tensor<4xi32>
  %4 = stablehlo.convert %3 : (tensor<4xi32>) -> tensor<4xf32>
  %5 = stablehlo.convert %j : (tensor<4xi32>) -> tensor<4xf64>
  %6 = stablehlo.convert %5 : (tensor<4xf64>) -> tensor<4xf32>
  return %1, %2, %4, %6 : tensor<4xf32>, tensor<4xbf16>, tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: func.func @narrowing_convert_stays(%arg0: tensor<4xf32>) -> tensor<4xf32> {
// CHECK-NEXT: %0 = stablehlo.convert %arg0 : (tensor<4xf32>) -> tensor<4xbf16>
// CHECK-NEXT: %1 = stablehlo.convert %0 : (tensor<4xbf16>) -> tensor<4xf32>
// CHECK-NEXT: return %1 : tensor<4xf32>
// CHECK-NEXT: }
func.func @narrowing_convert_stays(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = stablehlo.convert %x : (tensor<4xf32>) -> tensor<4xbf16>
  %1 = stablehlo.convert %0 : (tensor<4xbf16>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// CHECK-LABEL: func.func @select_select(%arg0: tensor<4xi1>, %arg1: tensor<4xf32>, %arg2: tensor<4xf32>, %arg3: tensor<4xf32>) -> tensor<4xf32> {
// CHECK-NEXT: %0 = stablehlo.select %arg0, %arg1, %arg3 : tensor<4xi1>, tensor<4xf32>
// CHECK-NEXT: return %0 : tensor<4xf32>
// CHECK-NEXT: }
func.func @select_select(%p: tensor<4xi1>, %x: tensor<4xf32>, %y: tensor<4xf32>, %z: tensor<4xf32>) -> tensor<4xf32> {
  %0 = stablehlo.select %p, %x, %y : tensor<4xi1>, tensor<4xf32>
  %1 = stablehlo.select %p, %0, %z : tensor<4xi1>, tensor<4xf32>
  return %1 : tensor<4xf32>
}

// CHECK-LABEL: func.func @unary_of_broadcast(%arg0: tensor<3xf32>) -> tensor<2x3xf32> {
// CHECK-NEXT: %0 = stablehlo.exponential %arg0 : tensor<3xf32>
// CHECK-NEXT: %1 = stablehlo.broadcast_in_dim %0, dims = [1] : (tensor<3xf32>) -> tensor<2x3xf32>
// CHECK-NEXT: return %1 : tensor<2x3xf32>
// CHECK-NEXT: }
func.func @unary_of_broadcast(%x: tensor<3xf32>) -> tensor<2x3xf32> {
  %0 = stablehlo.broadcast_in_dim %x, dims = [1] : (tensor<3xf32>) -> tensor<2x3xf32>
  %1 = stablehlo.exponential %0 : tensor<2x3xf32>
  return %1 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @binary_of_broadcasts(%arg0: tensor<3xf32>, %arg1: tensor<3xf32>) -> (tensor<2x3xf32>, tensor<2x3xf32>) {
// CHECK-NEXT: %cst = stablehlo.constant dense<2.000000e+00> : tensor<3xf32>
// CHECK-NEXT: %0 = stablehlo.multiply %arg0, %arg1 : tensor<3xf32>
// CHECK-NEXT: %1 = stablehlo.broadcast_in_dim %0, dims = [1] : (tensor<3xf32>) -> tensor<2x3xf32>
// CHECK-NEXT: %2 = stablehlo.subtract %cst, %arg1 : tensor<3xf32>
// CHECK-NEXT: %3 = stablehlo.broadcast_in_dim %2, dims = [1] : (tensor<3xf32>) -> tensor<2x3xf32>
// CHECK-NEXT: return %1, %3 : tensor<2x3xf32>, tensor<2x3xf32>
// CHECK-NEXT: }
func.func @binary_of_broadcasts(%x: tensor<3xf32>, %y: tensor<3xf32>) -> (tensor<2x3xf32>, tensor<2x3xf32>) {
  %c = stablehlo.constant dense<2.0> : tensor<2x3xf32>
  %0 = stablehlo.broadcast_in_dim %x, dims = [1] : (tensor<3xf32>) -> tensor<2x3xf32>
  %1 = stablehlo.broadcast_in_dim %y, dims = [1] : (tensor<3xf32>) -> tensor<2x3xf32>
  %2 = stablehlo.multiply %0, %1 : tensor<2x3xf32>
  %3 = stablehlo.broadcast_in_dim %y, dims = [1] : (tensor<3xf32>) -> tensor<2x3xf32>
  %4 = stablehlo.subtract %c, %3 : tensor<2x3xf32>
  return %2, %4 : tensor<2x3xf32>, tensor<2x3xf32>
}

// CHECK-LABEL: func.func @convert_of_broadcast(%arg0: tensor<3xf32>) -> tensor<2x3xbf16> {
// CHECK-NEXT: %0 = stablehlo.convert %arg0 : (tensor<3xf32>) -> tensor<3xbf16>
// CHECK-NEXT: %1 = stablehlo.broadcast_in_dim %0, dims = [1] : (tensor<3xbf16>) -> tensor<2x3xbf16>
// CHECK-NEXT: return %1 : tensor<2x3xbf16>
// CHECK-NEXT: }
func.func @convert_of_broadcast(%x: tensor<3xf32>) -> tensor<2x3xbf16> {
  %0 = stablehlo.broadcast_in_dim %x, dims = [1] : (tensor<3xf32>) -> tensor<2x3xf32>
  %1 = stablehlo.convert %0 : (tensor<2x3xf32>) -> tensor<2x3xbf16>
  return %1 : tensor<2x3xbf16>
}

// CHECK-LABEL: func.func @broadcast_of_reshape(%arg0: tensor<2xf32>) -> tensor<2x3xf32> {
// CHECK-NEXT: %0 = stablehlo.broadcast_in_dim %arg0, dims = [0] : (tensor<2xf32>) -> tensor<2x3xf32>
// CHECK-NEXT: return %0 : tensor<2x3xf32>
// CHECK-NEXT: }
func.func @broadcast_of_reshape(%x: tensor<2xf32>) -> tensor<2x3xf32> {
  %0 = stablehlo.reshape %x : (tensor<2xf32>) -> tensor<2x1xf32>
  %1 = stablehlo.broadcast_in_dim %0, dims = [0, 1] : (tensor<2x1xf32>) -> tensor<2x3xf32>
  return %1 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @reshape_of_broadcast(%arg0: tensor<3xf32>, %arg1: tensor<f32>) -> (tensor<2x1x3xf32>, tensor<6xf32>) {
// CHECK-NEXT: %0 = stablehlo.broadcast_in_dim %arg0, dims = [2] : (tensor<3xf32>) -> tensor<2x1x3xf32>
// CHECK-NEXT: %1 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<f32>) -> tensor<6xf32>
// CHECK-NEXT: return %0, %1 : tensor<2x1x3xf32>, tensor<6xf32>
// CHECK-NEXT: }
func.func @reshape_of_broadcast(%x: tensor<3xf32>, %s: tensor<f32>) -> (tensor<2x1x3xf32>, tensor<6xf32>) {
  %0 = stablehlo.broadcast_in_dim %x, dims = [1] : (tensor<3xf32>) -> tensor<2x3xf32>
  %1 = stablehlo.reshape %0 : (tensor<2x3xf32>) -> tensor<2x1x3xf32>
  %2 = stablehlo.broadcast_in_dim %s, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
  %3 = stablehlo.reshape %2 : (tensor<2x3xf32>) -> tensor<6xf32>
  return %1, %3 : tensor<2x1x3xf32>, tensor<6xf32>
}

// CHECK-LABEL: func.func @transpose_of_broadcast(%arg0: tensor<3xf32>) -> tensor<3x2xf32> {
// CHECK-NEXT: %0 = stablehlo.broadcast_in_dim %arg0, dims = [0] : (tensor<3xf32>) -> tensor<3x2xf32>
// CHECK-NEXT: return %0 : tensor<3x2xf32>
// CHECK-NEXT: }
func.func @transpose_of_broadcast(%x: tensor<3xf32>) -> tensor<3x2xf32> {
  %0 = stablehlo.broadcast_in_dim %x, dims = [1] : (tensor<3xf32>) -> tensor<2x3xf32>
  %1 = stablehlo.transpose %0, dims = [1, 0] : (tensor<2x3xf32>) -> tensor<3x2xf32>
  return %1 : tensor<3x2xf32>
}

// CHECK-LABEL: func.func @slice_of_slice(%arg0: tensor<10xf32>) -> tensor<2xf32> {
// CHECK-NEXT: %0 = stablehlo.slice %arg0 [3:8:4] : (tensor<10xf32>) -> tensor<2xf32>
// CHECK-NEXT: return %0 : tensor<2xf32>
// CHECK-NEXT: }
func.func @slice_of_slice(%x: tensor<10xf32>) -> tensor<2xf32> {
  %0 = stablehlo.slice %x [1:9:2] : (tensor<10xf32>) -> tensor<4xf32>
  %1 = stablehlo.slice %0 [1:4:2] : (tensor<4xf32>) -> tensor<2xf32>
  return %1 : tensor<2xf32>
}

// CHECK-LABEL: func.func @slice_of_pad(%arg0: tensor<4xf32>) -> tensor<2xf32> {
// CHECK-NEXT: %0 = stablehlo.slice %arg0 [1:3] : (tensor<4xf32>) -> tensor<2xf32>
// CHECK-NEXT: return %0 : tensor<2xf32>
// CHECK-NEXT: }
func.func @slice_of_pad(%x: tensor<4xf32>) -> tensor<2xf32> {
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %0 = stablehlo.pad %x, %z, low = [2], high = [3], interior = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<9xf32>
  %1 = stablehlo.slice %0 [3:5] : (tensor<9xf32>) -> tensor<2xf32>
  return %1 : tensor<2xf32>
}

// The gradient of a split: a concatenation of all parts, or one pad of some.
// CHECK-LABEL: func.func @add_of_pads(%arg0: tensor<2x4xf32>, %arg1: tensor<2x4xf32>, %arg2: tensor<2x3xf32>) -> (tensor<2x11xf32>, tensor<2x11xf32>) {
// CHECK-NEXT: %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
// CHECK-NEXT: %0 = stablehlo.concatenate %arg0, %arg1, %arg2, dim = 1 : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<2x3xf32>) -> tensor<2x11xf32>
// CHECK-NEXT: %1 = stablehlo.concatenate %arg1, %arg2, dim = 1 : (tensor<2x4xf32>, tensor<2x3xf32>) -> tensor<2x7xf32>
// CHECK-NEXT: %2 = stablehlo.pad %1, %cst, low = [0, 4], high = [0, 0], interior = [0, 0] : (tensor<2x7xf32>, tensor<f32>) -> tensor<2x11xf32>
// CHECK-NEXT: return %0, %2 : tensor<2x11xf32>, tensor<2x11xf32>
// CHECK-NEXT: }
func.func @add_of_pads(%q: tensor<2x4xf32>, %k: tensor<2x4xf32>, %v: tensor<2x3xf32>) -> (tensor<2x11xf32>, tensor<2x11xf32>) {
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %0 = stablehlo.pad %q, %z, low = [0, 0], high = [0, 7], interior = [0, 0] : (tensor<2x4xf32>, tensor<f32>) -> tensor<2x11xf32>
  %1 = stablehlo.pad %v, %z, low = [0, 8], high = [0, 0], interior = [0, 0] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x11xf32>
  %2 = stablehlo.add %0, %1 : tensor<2x11xf32>
  %3 = stablehlo.pad %k, %z, low = [0, 4], high = [0, 3], interior = [0, 0] : (tensor<2x4xf32>, tensor<f32>) -> tensor<2x11xf32>
  %4 = stablehlo.add %2, %3 : tensor<2x11xf32>
  %5 = stablehlo.pad %k, %z, low = [0, 4], high = [0, 3], interior = [0, 0] : (tensor<2x4xf32>, tensor<f32>) -> tensor<2x11xf32>
  %6 = stablehlo.pad %v, %z, low = [0, 8], high = [0, 0], interior = [0, 0] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x11xf32>
  %7 = stablehlo.add %5, %6 : tensor<2x11xf32>
  return %4, %7 : tensor<2x11xf32>, tensor<2x11xf32>
}

// CHECK-LABEL: func.func @overlapping_pads_stay(%arg0: tensor<3xf32>) -> tensor<4xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
// CHECK-NEXT: %0 = stablehlo.pad %arg0, %cst, low = [1], high = [0], interior = [0] : (tensor<3xf32>, tensor<f32>) -> tensor<4xf32>
// CHECK-NEXT: %1 = stablehlo.pad %arg0, %cst, low = [0], high = [1], interior = [0] : (tensor<3xf32>, tensor<f32>) -> tensor<4xf32>
// CHECK-NEXT: %2 = stablehlo.add %0, %1 : tensor<4xf32>
// CHECK-NEXT: return %2 : tensor<4xf32>
// CHECK-NEXT: }
func.func @overlapping_pads_stay(%x: tensor<3xf32>) -> tensor<4xf32> {
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %0 = stablehlo.pad %x, %z, low = [1], high = [0], interior = [0] : (tensor<3xf32>, tensor<f32>) -> tensor<4xf32>
  %1 = stablehlo.pad %x, %z, low = [0], high = [1], interior = [0] : (tensor<3xf32>, tensor<f32>) -> tensor<4xf32>
  %2 = stablehlo.add %0, %1 : tensor<4xf32>
  return %2 : tensor<4xf32>
}

// CHECK-LABEL: func.func @dot_of_transpose(%arg0: tensor<4x2xf32>, %arg1: tensor<3x4xf32>) -> tensor<2x3xf32> {
// CHECK-NEXT: %0 = stablehlo.dot_general %arg0, %arg1, contracting_dims = [0] x [1] : (tensor<4x2xf32>, tensor<3x4xf32>) -> tensor<2x3xf32>
// CHECK-NEXT: return %0 : tensor<2x3xf32>
// CHECK-NEXT: }
func.func @dot_of_transpose(%x: tensor<4x2xf32>, %y: tensor<3x4xf32>) -> tensor<2x3xf32> {
  %0 = stablehlo.transpose %x, dims = [1, 0] : (tensor<4x2xf32>) -> tensor<2x4xf32>
  %1 = stablehlo.transpose %y, dims = [1, 0] : (tensor<3x4xf32>) -> tensor<4x3xf32>
  %2 = stablehlo.dot_general %0, %1, contracting_dims = [1] x [0] : (tensor<2x4xf32>, tensor<4x3xf32>) -> tensor<2x3xf32>
  return %2 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @dot_of_batched_transpose(%arg0: tensor<2x4x3xf32>, %arg1: tensor<2x5x4xf32>) -> tensor<2x3x5xf32> {
// CHECK-NEXT: %0 = stablehlo.dot_general %arg0, %arg1, batching_dims = [0] x [0], contracting_dims = [1] x [2] : (tensor<2x4x3xf32>, tensor<2x5x4xf32>) -> tensor<2x3x5xf32>
// CHECK-NEXT: return %0 : tensor<2x3x5xf32>
// CHECK-NEXT: }
func.func @dot_of_batched_transpose(%x: tensor<2x4x3xf32>, %y: tensor<2x5x4xf32>) -> tensor<2x3x5xf32> {
  %0 = stablehlo.transpose %x, dims = [0, 2, 1] : (tensor<2x4x3xf32>) -> tensor<2x3x4xf32>
  %1 = stablehlo.dot_general %0, %y, batching_dims = [0] x [0], contracting_dims = [2] x [2] : (tensor<2x3x4xf32>, tensor<2x5x4xf32>) -> tensor<2x3x5xf32>
  return %1 : tensor<2x3x5xf32>
}

// CHECK-LABEL: func.func @transpose_of_dot(%arg0: tensor<2x4xf32>, %arg1: tensor<4x3xf32>) -> tensor<3x2xf32> {
// CHECK-NEXT: %0 = stablehlo.dot_general %arg1, %arg0, contracting_dims = [0] x [1] : (tensor<4x3xf32>, tensor<2x4xf32>) -> tensor<3x2xf32>
// CHECK-NEXT: return %0 : tensor<3x2xf32>
// CHECK-NEXT: }
func.func @transpose_of_dot(%x: tensor<2x4xf32>, %y: tensor<4x3xf32>) -> tensor<3x2xf32> {
  %0 = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<2x4xf32>, tensor<4x3xf32>) -> tensor<2x3xf32>
  %1 = stablehlo.transpose %0, dims = [1, 0] : (tensor<2x3xf32>) -> tensor<3x2xf32>
  return %1 : tensor<3x2xf32>
}

// CHECK-LABEL: func.func @reduce_of_units(%arg0: tensor<2x1x3xf32>) -> (tensor<2x3xf32>, tensor<2xf32>) {
// CHECK-NEXT: %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
// CHECK-NEXT: %0 = stablehlo.reshape %arg0 : (tensor<2x1x3xf32>) -> tensor<2x3xf32>
// CHECK-NEXT: %1 = stablehlo.reshape %arg0 : (tensor<2x1x3xf32>) -> tensor<2x3xf32>
// CHECK-NEXT: %2 = stablehlo.reduce(%1 init: %cst) applies stablehlo.add across dimensions = [1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
// CHECK-NEXT: return %0, %2 : tensor<2x3xf32>, tensor<2xf32>
// CHECK-NEXT: }
func.func @reduce_of_units(%x: tensor<2x1x3xf32>) -> (tensor<2x3xf32>, tensor<2xf32>) {
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %0 = stablehlo.reduce(%x init: %z) applies stablehlo.add across dimensions = [1] : (tensor<2x1x3xf32>, tensor<f32>) -> tensor<2x3xf32>
  %1 = stablehlo.reduce(%x init: %z) applies stablehlo.add across dimensions = [1, 2] : (tensor<2x1x3xf32>, tensor<f32>) -> tensor<2xf32>
  return %0, %1 : tensor<2x3xf32>, tensor<2xf32>
}

// CHECK-LABEL: func.func @reduce_of_broadcast(%arg0: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>) {
// CHECK-NEXT: %cst = stablehlo.constant dense<4.000000e+00> : tensor<3xf32>
// CHECK-NEXT: %0 = stablehlo.multiply %arg0, %cst : tensor<3xf32>
// CHECK-NEXT: return %0, %arg0 : tensor<3xf32>, tensor<3xf32>
// CHECK-NEXT: }
func.func @reduce_of_broadcast(%x: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>) {
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %m = stablehlo.constant dense<0xFF800000> : tensor<f32>
  %0 = stablehlo.broadcast_in_dim %x, dims = [1] : (tensor<3xf32>) -> tensor<4x3xf32>
  %1 = stablehlo.reduce(%0 init: %z) applies stablehlo.add across dimensions = [0] : (tensor<4x3xf32>, tensor<f32>) -> tensor<3xf32>
  %2 = stablehlo.reduce(%0 init: %m) applies stablehlo.maximum across dimensions = [0] : (tensor<4x3xf32>, tensor<f32>) -> tensor<3xf32>
  return %1, %2 : tensor<3xf32>, tensor<3xf32>
}

// CHECK-LABEL: func.func @reduce_of_reduce(%arg0: tensor<2x3x4xf32>) -> tensor<f32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
// CHECK-NEXT: %0 = stablehlo.reduce(%arg0 init: %cst) applies stablehlo.add across dimensions = [0, 1, 2] : (tensor<2x3x4xf32>, tensor<f32>) -> tensor<f32>
// CHECK-NEXT: return %0 : tensor<f32>
// CHECK-NEXT: }
func.func @reduce_of_reduce(%x: tensor<2x3x4xf32>) -> tensor<f32> {
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %0 = stablehlo.reduce(%x init: %z) applies stablehlo.add across dimensions = [1] : (tensor<2x3x4xf32>, tensor<f32>) -> tensor<2x4xf32>
  %1 = stablehlo.reduce(%0 init: %z) applies stablehlo.add across dimensions = [0, 1] : (tensor<2x4xf32>, tensor<f32>) -> tensor<f32>
  return %1 : tensor<f32>
}

// CHECK-LABEL: func.func @add_of_scatter(%arg0: tensor<4xf32>, %arg1: tensor<2xf32>) -> tensor<4xf32> {
// CHECK-NEXT: %c = stablehlo.constant dense<3> : tensor<2x1xi32>
// CHECK-NEXT: %0 = "stablehlo.scatter"(%arg0, %c, %arg1) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = false}> ({
// CHECK-NEXT: ^bb0(%arg2: tensor<f32>, %arg3: tensor<f32>):
// CHECK-NEXT: %1 = stablehlo.add %arg2, %arg3 : tensor<f32>
// CHECK-NEXT: stablehlo.return %1 : tensor<f32>
// CHECK-NEXT: }) : (tensor<4xf32>, tensor<2x1xi32>, tensor<2xf32>) -> tensor<4xf32>
// CHECK-NEXT: return %0 : tensor<4xf32>
// CHECK-NEXT: }
func.func @add_of_scatter(%x: tensor<4xf32>, %u: tensor<2xf32>) -> tensor<4xf32> {
  %z = stablehlo.constant dense<0.0> : tensor<4xf32>
  %i = stablehlo.constant dense<[[3], [3]]> : tensor<2x1xi32>
  %0 = "stablehlo.scatter"(%z, %i, %u) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %s = stablehlo.add %a, %b : tensor<f32>
    stablehlo.return %s : tensor<f32>
  }) : (tensor<4xf32>, tensor<2x1xi32>, tensor<2xf32>) -> tensor<4xf32>
  %1 = stablehlo.add %x, %0 : tensor<4xf32>
  return %1 : tensor<4xf32>
}

// The exclusive or of what a broadcast repeats is not the value.
// CHECK-LABEL: func.func @reduce_xor_of_broadcast_stays(%arg0: tensor<3xi32>) -> tensor<3xi32> {
// CHECK-NEXT: %c = stablehlo.constant dense<0> : tensor<i32>
// CHECK-NEXT: %0 = stablehlo.broadcast_in_dim %arg0, dims = [1] : (tensor<3xi32>) -> tensor<4x3xi32>
// CHECK-NEXT: %1 = stablehlo.reduce(%0 init: %c) applies stablehlo.xor across dimensions = [0] : (tensor<4x3xi32>, tensor<i32>) -> tensor<3xi32>
// CHECK-NEXT: return %1 : tensor<3xi32>
// CHECK-NEXT: }
func.func @reduce_xor_of_broadcast_stays(%x: tensor<3xi32>) -> tensor<3xi32> {
  %z = stablehlo.constant dense<0> : tensor<i32>
  %0 = stablehlo.broadcast_in_dim %x, dims = [1] : (tensor<3xi32>) -> tensor<4x3xi32>
  %1 = stablehlo.reduce(%0 init: %z) applies stablehlo.xor across dimensions = [0] : (tensor<4x3xi32>, tensor<i32>) -> tensor<3xi32>
  return %1 : tensor<3xi32>
}
