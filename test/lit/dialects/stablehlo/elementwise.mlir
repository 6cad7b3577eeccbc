// RUN: pcp-opt %s | pcp-opt | FileCheck %s
// RUN: pcp-opt %s --mlir-print-op-generic | pcp-opt | FileCheck %s

// Pretty forms of elementwise ops read and print the same, also through the generic form.

// CHECK-LABEL: func.func @unary
func.func @unary(%f: tensor<2xf32>, %i: tensor<2xi32>, %c: tensor<2xcomplex<f32>>) {
  // CHECK-NEXT: %0 = stablehlo.abs %arg0 : tensor<2xf32>
  %0 = stablehlo.abs %f : tensor<2xf32>
  // CHECK-NEXT: %1 = stablehlo.abs %arg2 : (tensor<2xcomplex<f32>>) -> tensor<2xf32>
  %1 = stablehlo.abs %c : (tensor<2xcomplex<f32>>) -> tensor<2xf32>
  // CHECK-NEXT: %2 = stablehlo.negate %arg1 : tensor<2xi32>
  %2 = stablehlo.negate %i : tensor<2xi32>
  // CHECK-NEXT: %3 = stablehlo.sign %arg0 : tensor<2xf32>
  %3 = stablehlo.sign %f : tensor<2xf32>
  // CHECK-NEXT: %4 = stablehlo.exponential %arg0 : tensor<2xf32>
  %4 = stablehlo.exponential %f : tensor<2xf32>
  // CHECK-NEXT: %5 = stablehlo.exponential_minus_one %arg0 : tensor<2xf32>
  %5 = stablehlo.exponential_minus_one %f : tensor<2xf32>
  // CHECK-NEXT: %6 = stablehlo.log %arg0 : tensor<2xf32>
  %6 = stablehlo.log %f : tensor<2xf32>
  // CHECK-NEXT: %7 = stablehlo.log_plus_one %arg0 : tensor<2xf32>
  %7 = stablehlo.log_plus_one %f : tensor<2xf32>
  // CHECK-NEXT: %8 = stablehlo.sqrt %arg0 : tensor<2xf32>
  %8 = stablehlo.sqrt %f : tensor<2xf32>
  // CHECK-NEXT: %9 = stablehlo.rsqrt %arg0 : tensor<2xf32>
  %9 = stablehlo.rsqrt %f : tensor<2xf32>
  // CHECK-NEXT: %10 = stablehlo.cbrt %arg0 : tensor<2xf32>
  %10 = stablehlo.cbrt %f : tensor<2xf32>
  // CHECK-NEXT: %11 = stablehlo.tanh %arg0 {a = 1 : i32, b} : tensor<2xf32>
  %11 = stablehlo.tanh %f {b, a = 1 : i32} : tensor<2xf32>
  // CHECK-NEXT: %12 = stablehlo.tan %arg0 : tensor<2xf32>
  %12 = stablehlo.tan %f : tensor<2xf32>
  // CHECK-NEXT: %13 = stablehlo.logistic %arg2 : tensor<2xcomplex<f32>>
  %13 = stablehlo.logistic %c : tensor<2xcomplex<f32>>
  // CHECK-NEXT: %14 = stablehlo.sine %arg0 : tensor<2xf32>
  %14 = stablehlo.sine %f : tensor<2xf32>
  // CHECK-NEXT: %15 = stablehlo.cosine %arg0 : tensor<2xf32>
  %15 = stablehlo.cosine %f : tensor<2xf32>
  // CHECK-NEXT: %16 = stablehlo.ceil %arg0 : tensor<2xf32>
  %16 = stablehlo.ceil %f : tensor<2xf32>
  // CHECK-NEXT: %17 = stablehlo.floor %arg0 : tensor<2xf32>
  %17 = stablehlo.floor %f : tensor<2xf32>
  // CHECK-NEXT: %18 = stablehlo.round_nearest_even %arg0 : tensor<2xf32>
  %18 = stablehlo.round_nearest_even %f : tensor<2xf32>
  // CHECK-NEXT: %19 = stablehlo.round_nearest_afz %arg0 : tensor<2xf32>
  %19 = stablehlo.round_nearest_afz %f : tensor<2xf32>
  // CHECK-NEXT: %20 = stablehlo.is_finite %arg0 : (tensor<2xf32>) -> tensor<2xi1>
  %20 = stablehlo.is_finite %f : (tensor<2xf32>) -> tensor<2xi1>
  // CHECK-NEXT: %21 = stablehlo.not %arg1 : tensor<2xi32>
  %21 = stablehlo.not %i : tensor<2xi32>
  // CHECK-NEXT: %22 = stablehlo.convert %arg0 : tensor<2xf32>
  %22 = stablehlo.convert %f : tensor<2xf32>
  // CHECK-NEXT: %23 = stablehlo.convert %arg1 : (tensor<2xi32>) -> tensor<2xbf16>
  %23 = stablehlo.convert %i : (tensor<2xi32>) -> tensor<2xbf16>
  // CHECK-NEXT: %24 = stablehlo.bitcast_convert %arg0 : (tensor<2xf32>) -> tensor<2x4xi8>
  %24 = stablehlo.bitcast_convert %f : (tensor<2xf32>) -> tensor<2x4xi8>
  // CHECK-NEXT: %25 = stablehlo.reduce_precision %arg0, format = e8m10 : tensor<2xf32>
  %25 = stablehlo.reduce_precision %f, format = e8m10 : tensor<2xf32>
  return
}

// CHECK-LABEL: func.func @binary
func.func @binary(%f: tensor<2xf32>, %i: tensor<2xi32>, %d: tensor<?xf32>, %s: tensor<f32>) {
  // CHECK-NEXT: %0 = stablehlo.add %arg0, %arg0 : tensor<2xf32>
  %0 = stablehlo.add %f, %f : tensor<2xf32>
  // CHECK-NEXT: %1 = stablehlo.add %arg0, %arg2 : (tensor<2xf32>, tensor<?xf32>) -> tensor<2xf32>
  %1 = stablehlo.add %f, %d : (tensor<2xf32>, tensor<?xf32>) -> tensor<2xf32>
  // CHECK-NEXT: %2 = stablehlo.subtract %arg0, %arg0 : tensor<2xf32>
  %2 = stablehlo.subtract %f, %f : tensor<2xf32>
  // CHECK-NEXT: %3 = stablehlo.multiply %arg0, %arg0 : tensor<2xf32>
  %3 = stablehlo.multiply %f, %f : tensor<2xf32>
  // CHECK-NEXT: %4 = stablehlo.divide %arg0, %arg0 : tensor<2xf32>
  %4 = stablehlo.divide %f, %f : tensor<2xf32>
  // CHECK-NEXT: %5 = stablehlo.remainder %arg0, %arg0 : tensor<2xf32>
  %5 = stablehlo.remainder %f, %f : tensor<2xf32>
  // CHECK-NEXT: %6 = stablehlo.power %arg0, %arg0 : tensor<2xf32>
  %6 = stablehlo.power %f, %f : tensor<2xf32>
  // CHECK-NEXT: %7 = stablehlo.maximum %arg0, %arg0 : tensor<2xf32>
  %7 = stablehlo.maximum %f, %f : tensor<2xf32>
  // CHECK-NEXT: %8 = stablehlo.minimum %arg0, %arg0 : tensor<2xf32>
  %8 = stablehlo.minimum %f, %f : tensor<2xf32>
  // CHECK-NEXT: %9 = stablehlo.atan2 %arg0, %arg0 : tensor<2xf32>
  %9 = stablehlo.atan2 %f, %f : tensor<2xf32>
  // CHECK-NEXT: %10 = stablehlo.and %arg1, %arg1 : tensor<2xi32>
  %10 = stablehlo.and %i, %i : tensor<2xi32>
  // CHECK-NEXT: %11 = stablehlo.or %arg1, %arg1 : tensor<2xi32>
  %11 = stablehlo.or %i, %i : tensor<2xi32>
  // CHECK-NEXT: %12 = stablehlo.xor %arg1, %arg1 : tensor<2xi32>
  %12 = stablehlo.xor %i, %i : tensor<2xi32>
  // CHECK-NEXT: %13 = stablehlo.shift_left %arg1, %arg1 : tensor<2xi32>
  %13 = stablehlo.shift_left %i, %i : tensor<2xi32>
  // CHECK-NEXT: %14 = stablehlo.shift_right_arithmetic %arg1, %arg1 : tensor<2xi32>
  %14 = stablehlo.shift_right_arithmetic %i, %i : tensor<2xi32>
  // CHECK-NEXT: %15 = stablehlo.shift_right_logical %arg1, %arg1 : tensor<2xi32>
  %15 = stablehlo.shift_right_logical %i, %i : tensor<2xi32>
  // CHECK-NEXT: %16 = stablehlo.compare LT, %arg0, %arg0 : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
  %16 = stablehlo.compare LT, %f, %f : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
  // CHECK-NEXT: %17 = stablehlo.compare EQ, %arg0, %arg0, TOTALORDER {x} : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
  %17 = stablehlo.compare EQ, %f, %f, TOTALORDER {x} : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
  // CHECK-NEXT: %18 = stablehlo.select %16, %arg0, %arg0 : tensor<2xi1>, tensor<2xf32>
  %18 = stablehlo.select %16, %f, %f : tensor<2xi1>, tensor<2xf32>
  // CHECK-NEXT: %19 = stablehlo.select %16, %arg0, %arg2 : (tensor<2xi1>, tensor<2xf32>, tensor<?xf32>) -> tensor<2xf32>
  %19 = stablehlo.select %16, %f, %d : (tensor<2xi1>, tensor<2xf32>, tensor<?xf32>) -> tensor<2xf32>
  // CHECK-NEXT: %20 = stablehlo.clamp %arg0, %arg0, %arg0 : tensor<2xf32>
  %20 = stablehlo.clamp %f, %f, %f : tensor<2xf32>
  // CHECK-NEXT: %21 = stablehlo.clamp %arg3, %arg0, %arg3 : (tensor<f32>, tensor<2xf32>, tensor<f32>) -> tensor<2xf32>
  %21 = stablehlo.clamp %s, %f, %s : (tensor<f32>, tensor<2xf32>, tensor<f32>) -> tensor<2xf32>
  return
}
