// RUN: pcp-opt %s | FileCheck %s
// Result types of constants and of data movement, unknown sizes included.

// CHECK-LABEL: func.func @static
func.func @static(%a: tensor<2x3x4xf32>, %v: tensor<f32>) {
  // CHECK: stablehlo.constant dense<1> : tensor<2xi32>
  %0 = "stablehlo.constant"() <{value = dense<1> : tensor<2xi32>}> : () -> tensor<2xi32>
  // CHECK: stablehlo.transpose %{{.*}}, dims = [2, 0, 1] : (tensor<2x3x4xf32>) -> tensor<4x2x3xf32>
  %1 = "stablehlo.transpose"(%a) <{permutation = array<i64: 2, 0, 1>}> : (tensor<2x3x4xf32>) -> tensor<4x2x3xf32>
  // CHECK: stablehlo.reverse %{{.*}}, dims = [0, 2] : tensor<2x3x4xf32>
  %2 = "stablehlo.reverse"(%a) <{dimensions = array<i64: 0, 2>}> : (tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  // CHECK: stablehlo.slice %{{.*}} [0:2, 1:3, 0:4:3] : (tensor<2x3x4xf32>) -> tensor<2x2x2xf32>
  %3 = "stablehlo.slice"(%a) <{limit_indices = array<i64: 2, 3, 4>, start_indices = array<i64: 0, 1, 0>, strides = array<i64: 1, 1, 3>}> : (tensor<2x3x4xf32>) -> tensor<2x2x2xf32>
  // CHECK: stablehlo.pad {{.*}} -> tensor<5x4x2xf32>
  %4 = "stablehlo.pad"(%a, %v) <{edge_padding_high = array<i64: 1, 1, -1>, edge_padding_low = array<i64: 1, 0, -1>, interior_padding = array<i64: 1, 0, 0>}> : (tensor<2x3x4xf32>, tensor<f32>) -> tensor<5x4x2xf32>
  // CHECK: stablehlo.concatenate {{.*}} -> tensor<2x6x4xf32>
  %5 = "stablehlo.concatenate"(%a, %a) <{dimension = 1 : i64}> : (tensor<2x3x4xf32>, tensor<2x3x4xf32>) -> tensor<2x6x4xf32>
  // CHECK: stablehlo.concatenate {{.*}} -> tensor<2x3x4xf32>
  %6 = "stablehlo.concatenate"(%a) <{dimension = 0 : i64}> : (tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  return
}

// CHECK-LABEL: func.func @empty
func.func @empty(%a: tensor<0x3xf32>, %s: tensor<f32>) {
  // CHECK: stablehlo.slice {{.*}} -> tensor<0x0xf32>
  %0 = "stablehlo.slice"(%a) <{limit_indices = array<i64: 0, 3>, start_indices = array<i64: 0, 3>, strides = array<i64: 1, 2>}> : (tensor<0x3xf32>) -> tensor<0x0xf32>
  // CHECK: stablehlo.pad {{.*}} -> tensor<2x5xf32>
  %1 = "stablehlo.pad"(%a, %s) <{edge_padding_high = array<i64: 1, 0>, edge_padding_low = array<i64: 1, 0>, interior_padding = array<i64: 4, 1>}> : (tensor<0x3xf32>, tensor<f32>) -> tensor<2x5xf32>
  // CHECK: stablehlo.transpose %{{.*}}, dims = [] : (tensor<f32>) -> tensor<f32>
  %2 = "stablehlo.transpose"(%s) <{permutation = array<i64>}> : (tensor<f32>) -> tensor<f32>
  // CHECK: stablehlo.reshape %{{.*}} : (tensor<0x3xf32>) -> tensor<5x0xf32>
  %3 = "stablehlo.reshape"(%a) : (tensor<0x3xf32>) -> tensor<5x0xf32>
  return
}

// CHECK-LABEL: func.func @unknown
func.func @unknown(%a: tensor<?x3xf32>, %b: tensor<2x?xf32>, %v: tensor<f32>, %n: tensor<2xi64>) {
  // CHECK: stablehlo.transpose {{.*}} -> tensor<3x?xf32>
  %0 = "stablehlo.transpose"(%a) <{permutation = array<i64: 1, 0>}> : (tensor<?x3xf32>) -> tensor<3x?xf32>
  // CHECK: stablehlo.slice {{.*}} -> tensor<9x3xf32>
  %1 = "stablehlo.slice"(%a) <{limit_indices = array<i64: 9, 3>, start_indices = array<i64: 0, 0>, strides = array<i64: 1, 1>}> : (tensor<?x3xf32>) -> tensor<9x3xf32>
  // CHECK: stablehlo.pad {{.*}} -> tensor<?x4xf32>
  %2 = "stablehlo.pad"(%a, %v) <{edge_padding_high = array<i64: 1, 1>, edge_padding_low = array<i64: 1, 0>, interior_padding = array<i64: 0, 0>}> : (tensor<?x3xf32>, tensor<f32>) -> tensor<?x4xf32>
  // CHECK: stablehlo.concatenate {{.*}} -> tensor<?x3xf32>
  %3 = "stablehlo.concatenate"(%a, %b) <{dimension = 0 : i64}> : (tensor<?x3xf32>, tensor<2x?xf32>) -> tensor<?x3xf32>
  // CHECK: stablehlo.dynamic_iota {{.*}} -> tensor<?x?xi32>
  %4 = "stablehlo.dynamic_iota"(%n) <{iota_dimension = 1 : i64}> : (tensor<2xi64>) -> tensor<?x?xi32>
  // CHECK: stablehlo.broadcast_in_dim {{.*}} -> tensor<5x2x3xf32>
  %5 = "stablehlo.broadcast_in_dim"(%b) <{broadcast_dimensions = array<i64: 1, 2>}> : (tensor<2x?xf32>) -> tensor<5x2x3xf32>
  return
}
