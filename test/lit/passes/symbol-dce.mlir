// RUN: pcp-opt %s --symbol-dce | FileCheck %s

// CHECK-LABEL: func.func @main(%arg0: tensor<2xf32>) -> tensor<2xf32> {
// CHECK-NEXT: %0 = call @used(%arg0) : (tensor<2xf32>) -> tensor<2xf32>
// CHECK-NEXT: %1 = stablehlo.composite "my.op" %0 {decomposition = @decomposition} : (tensor<2xf32>) -> tensor<2xf32>
// CHECK-NEXT: return %1 : tensor<2xf32>
// CHECK-NEXT: }
func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> {
  %0 = call @used(%x) : (tensor<2xf32>) -> tensor<2xf32>
  %1 = stablehlo.composite "my.op" %0 {decomposition = @decomposition} : (tensor<2xf32>) -> tensor<2xf32>
  return %1 : tensor<2xf32>
}

// CHECK-LABEL: func.func private @used(%arg0: tensor<2xf32>) -> tensor<2xf32> {
// CHECK-NEXT: return %arg0 : tensor<2xf32>
// CHECK-NEXT: }
func.func private @used(%x: tensor<2xf32>) -> tensor<2xf32> {
  return %x : tensor<2xf32>
}

// CHECK-LABEL: func.func private @decomposition(%arg0: tensor<2xf32>) -> tensor<2xf32> {
// CHECK-NEXT: return %arg0 : tensor<2xf32>
// CHECK-NEXT: }
func.func private @decomposition(%x: tensor<2xf32>) -> tensor<2xf32> {
  return %x : tensor<2xf32>
}

// CHECK-NOT: @dead(
func.func private @dead(%x: tensor<2xf32>) -> tensor<2xf32> {
  %0 = call @dead_too(%x) : (tensor<2xf32>) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-NOT: @dead_too(
func.func private @dead_too(%x: tensor<2xf32>) -> tensor<2xf32> {
  return %x : tensor<2xf32>
}

// CHECK-NOT: @declared_dead(
func.func private @declared_dead(tensor<2xf32>) -> tensor<2xf32>
