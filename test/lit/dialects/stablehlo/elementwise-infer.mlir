// RUN: pcp-opt %s | FileCheck %s
// Result types of elementwise ops, unknown sizes included.

// CHECK-LABEL: func.func @same
func.func @same(%a: tensor<2x3xf32>, %b: tensor<?x3xf32>, %i: tensor<4xi32>) {
  // CHECK: stablehlo.add %{{.*}}, %{{.*}} : tensor<2x3xf32>
  %0 = "stablehlo.add"(%a, %a) : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  // CHECK: stablehlo.multiply %{{.*}}, %{{.*}} : (tensor<2x3xf32>, tensor<?x3xf32>) -> tensor<2x3xf32>
  %1 = "stablehlo.multiply"(%a, %b) : (tensor<2x3xf32>, tensor<?x3xf32>) -> tensor<2x3xf32>
  // CHECK: stablehlo.tanh %{{.*}} : tensor<?x3xf32>
  %2 = "stablehlo.tanh"(%b) : (tensor<?x3xf32>) -> tensor<?x3xf32>
  // CHECK: stablehlo.xor %{{.*}}, %{{.*}} : tensor<4xi32>
  %3 = "stablehlo.xor"(%i, %i) : (tensor<4xi32>, tensor<4xi32>) -> tensor<4xi32>
  // CHECK: stablehlo.reduce_precision %{{.*}}, format = e8m7 : tensor<2x3xf32>
  %4 = "stablehlo.reduce_precision"(%a) <{exponent_bits = 8 : i32, mantissa_bits = 7 : i32}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}

// CHECK-LABEL: func.func @other_element
func.func @other_element(%a: tensor<2xcomplex<f32>>, %b: tensor<2xf32>, %c: tensor<2xi32>) {
  // CHECK: stablehlo.abs %{{.*}} : (tensor<2xcomplex<f32>>) -> tensor<2xf32>
  %0 = "stablehlo.abs"(%a) : (tensor<2xcomplex<f32>>) -> tensor<2xf32>
  // CHECK: stablehlo.is_finite %{{.*}} : (tensor<2xf32>) -> tensor<2xi1>
  %1 = "stablehlo.is_finite"(%b) : (tensor<2xf32>) -> tensor<2xi1>
  // CHECK: stablehlo.compare LT, %{{.*}}, %{{.*}} : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi1>
  %2 = "stablehlo.compare"(%c, %c) <{comparison_direction = #stablehlo<comparison_direction LT>}> : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi1>
  // CHECK: stablehlo.convert %{{.*}} : (tensor<2xi32>) -> tensor<2xbf16>
  %3 = "stablehlo.convert"(%c) : (tensor<2xi32>) -> tensor<2xbf16>
  // CHECK: stablehlo.bitcast_convert %{{.*}} : (tensor<2xi32>) -> tensor<2x4xi8>
  %4 = "stablehlo.bitcast_convert"(%c) : (tensor<2xi32>) -> tensor<2x4xi8>
  return
}

// CHECK-LABEL: func.func @scalars
func.func @scalars(%p: tensor<i1>, %q: tensor<2xi1>, %a: tensor<2xf32>, %s: tensor<f32>) {
  // CHECK: stablehlo.select %{{.*}}, %{{.*}}, %{{.*}} : tensor<i1>, tensor<2xf32>
  %0 = "stablehlo.select"(%p, %a, %a) : (tensor<i1>, tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  // CHECK: stablehlo.select %{{.*}}, %{{.*}}, %{{.*}} : tensor<2xi1>, tensor<2xf32>
  %1 = "stablehlo.select"(%q, %a, %a) : (tensor<2xi1>, tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  // CHECK: stablehlo.clamp %{{.*}}, %{{.*}}, %{{.*}} : (tensor<f32>, tensor<2xf32>, tensor<f32>) -> tensor<2xf32>
  %2 = "stablehlo.clamp"(%s, %a, %s) : (tensor<f32>, tensor<2xf32>, tensor<f32>) -> tensor<2xf32>
  return
}
