// RUN: pcp-opt %s --pcp-prepare | FileCheck %s

// A scalar operand as torch-mlir writes it.
// CHECK-LABEL: func.func @scalar_operand(%arg0: tensor<2x3xf32>) -> tensor<2x3xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<2.500000e-01> : tensor<2x3xf32>
// CHECK-NEXT: %0 = stablehlo.add %arg0, %cst : tensor<2x3xf32>
// CHECK-NEXT: return %0 : tensor<2x3xf32>
// CHECK-NEXT: }
func.func @scalar_operand(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %c = arith.constant dense<2.500000e-01> : tensor<1xf64>
  %0 = stablehlo.convert %c : (tensor<1xf64>) -> tensor<1xf32>
  %1 = stablehlo.reshape %0 : (tensor<1xf32>) -> tensor<f32>
  %2 = stablehlo.broadcast_in_dim %1, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
  %3 = stablehlo.add %x, %2 : tensor<2x3xf32>
  return %3 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @arange() -> tensor<4xi64> {
// CHECK-NEXT: %0 = stablehlo.iota dim = 0 : tensor<4xi64>
// CHECK-NEXT: return %0 : tensor<4xi64>
// CHECK-NEXT: }
func.func @arange() -> tensor<4xi64> {
  %c = stablehlo.constant dense<1> : tensor<i64>
  %d = stablehlo.constant dense<4> : tensor<i64>
  %0 = stablehlo.convert %c : (tensor<i64>) -> tensor<f64>
  %1 = stablehlo.convert %d : (tensor<i64>) -> tensor<f64>
  %2 = stablehlo.divide %1, %0 : tensor<f64>
  %3 = stablehlo.ceil %2 : tensor<f64>
  %4 = stablehlo.convert %3 : (tensor<f64>) -> tensor<i64>
  %5 = stablehlo.reshape %4 : (tensor<i64>) -> tensor<1xi64>
  %6 = stablehlo.dynamic_iota %5, dim = 0 : (tensor<1xi64>) -> tensor<4xi64>
  return %6 : tensor<4xi64>
}

// CHECK-LABEL: func.func @identities(%arg0: tensor<2x3xf32>) -> tensor<6xf32> {
// CHECK-NEXT: %0 = stablehlo.reshape %arg0 : (tensor<2x3xf32>) -> tensor<6xf32>
// CHECK-NEXT: return %0 : tensor<6xf32>
// CHECK-NEXT: }
func.func @identities(%x: tensor<2x3xf32>) -> tensor<6xf32> {
  %0 = stablehlo.convert %x : tensor<2x3xf32>
  %1 = stablehlo.broadcast_in_dim %0, dims = [0, 1] : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %2 = stablehlo.reshape %1 : (tensor<2x3xf32>) -> tensor<3x2xf32>
  %3 = stablehlo.reshape %2 : (tensor<3x2xf32>) -> tensor<6xf32>
  return %3 : tensor<6xf32>
}

// CHECK-LABEL: func.func @power_square(%arg0: tensor<4xf32>) -> tensor<4xf32> {
// CHECK-NEXT: %0 = stablehlo.multiply %arg0, %arg0 : tensor<4xf32>
// CHECK-NEXT: return %0 : tensor<4xf32>
// CHECK-NEXT: }
func.func @power_square(%x: tensor<4xf32>) -> tensor<4xf32> {
  %c = arith.constant dense<2> : tensor<1xi64>
  %0 = stablehlo.convert %c : (tensor<1xi64>) -> tensor<1xf32>
  %1 = stablehlo.reshape %0 : (tensor<1xf32>) -> tensor<f32>
  %2 = stablehlo.broadcast_in_dim %1, dims = [] : (tensor<f32>) -> tensor<4xf32>
  %3 = stablehlo.power %x, %2 : tensor<4xf32>
  return %3 : tensor<4xf32>
}

// CHECK-LABEL: func.func @power_cube(%arg0: tensor<4xf32>) -> tensor<4xf32> {
// CHECK-NEXT: %0 = stablehlo.multiply %arg0, %arg0 : tensor<4xf32>
// CHECK-NEXT: %1 = stablehlo.multiply %0, %arg0 : tensor<4xf32>
// CHECK-NEXT: return %1 : tensor<4xf32>
// CHECK-NEXT: }
func.func @power_cube(%x: tensor<4xf32>) -> tensor<4xf32> {
  %c = arith.constant dense<3> : tensor<1xi64>
  %0 = stablehlo.convert %c : (tensor<1xi64>) -> tensor<1xf32>
  %1 = stablehlo.reshape %0 : (tensor<1xf32>) -> tensor<f32>
  %2 = stablehlo.broadcast_in_dim %1, dims = [] : (tensor<f32>) -> tensor<4xf32>
  %3 = stablehlo.power %x, %2 : tensor<4xf32>
  return %3 : tensor<4xf32>
}

// CHECK-LABEL: func.func @power_fourth(%arg0: tensor<4xf32>) -> tensor<4xf32> {
// CHECK-NEXT: %0 = stablehlo.multiply %arg0, %arg0 : tensor<4xf32>
// CHECK-NEXT: %1 = stablehlo.multiply %0, %0 : tensor<4xf32>
// CHECK-NEXT: return %1 : tensor<4xf32>
// CHECK-NEXT: }
func.func @power_fourth(%x: tensor<4xf32>) -> tensor<4xf32> {
  %c = arith.constant dense<4> : tensor<1xi64>
  %0 = stablehlo.convert %c : (tensor<1xi64>) -> tensor<1xf32>
  %1 = stablehlo.reshape %0 : (tensor<1xf32>) -> tensor<f32>
  %2 = stablehlo.broadcast_in_dim %1, dims = [] : (tensor<f32>) -> tensor<4xf32>
  %3 = stablehlo.power %x, %2 : tensor<4xf32>
  return %3 : tensor<4xf32>
}

// CHECK-LABEL: func.func @power_reciprocal(%arg0: tensor<4xf32>) -> tensor<4xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<1.000000e+00> : tensor<4xf32>
// CHECK-NEXT: %0 = stablehlo.divide %cst, %arg0 : tensor<4xf32>
// CHECK-NEXT: return %0 : tensor<4xf32>
// CHECK-NEXT: }
func.func @power_reciprocal(%x: tensor<4xf32>) -> tensor<4xf32> {
  %c = arith.constant dense<-1> : tensor<1xi64>
  %0 = stablehlo.convert %c : (tensor<1xi64>) -> tensor<1xf32>
  %1 = stablehlo.reshape %0 : (tensor<1xf32>) -> tensor<f32>
  %2 = stablehlo.broadcast_in_dim %1, dims = [] : (tensor<f32>) -> tensor<4xf32>
  %3 = stablehlo.power %x, %2 : tensor<4xf32>
  return %3 : tensor<4xf32>
}

// CHECK-LABEL: func.func @power_reciprocal_square(%arg0: tensor<4xf32>) -> tensor<4xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<1.000000e+00> : tensor<4xf32>
// CHECK-NEXT: %0 = stablehlo.multiply %arg0, %arg0 : tensor<4xf32>
// CHECK-NEXT: %1 = stablehlo.divide %cst, %0 : tensor<4xf32>
// CHECK-NEXT: return %1 : tensor<4xf32>
// CHECK-NEXT: }
func.func @power_reciprocal_square(%x: tensor<4xf32>) -> tensor<4xf32> {
  %c = arith.constant dense<-2> : tensor<1xi64>
  %0 = stablehlo.convert %c : (tensor<1xi64>) -> tensor<1xf32>
  %1 = stablehlo.reshape %0 : (tensor<1xf32>) -> tensor<f32>
  %2 = stablehlo.broadcast_in_dim %1, dims = [] : (tensor<f32>) -> tensor<4xf32>
  %3 = stablehlo.power %x, %2 : tensor<4xf32>
  return %3 : tensor<4xf32>
}

// CHECK-LABEL: func.func @power_zeroth(%arg0: tensor<4xf32>) -> tensor<4xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<1.000000e+00> : tensor<4xf32>
// CHECK-NEXT: return %cst : tensor<4xf32>
// CHECK-NEXT: }
func.func @power_zeroth(%x: tensor<4xf32>) -> tensor<4xf32> {
  %c = arith.constant dense<0> : tensor<1xi64>
  %0 = stablehlo.convert %c : (tensor<1xi64>) -> tensor<1xf32>
  %1 = stablehlo.reshape %0 : (tensor<1xf32>) -> tensor<f32>
  %2 = stablehlo.broadcast_in_dim %1, dims = [] : (tensor<f32>) -> tensor<4xf32>
  %3 = stablehlo.power %x, %2 : tensor<4xf32>
  return %3 : tensor<4xf32>
}

// CHECK-LABEL: func.func @power_first(%arg0: tensor<4xf32>) -> tensor<4xf32> {
// CHECK-NEXT: return %arg0 : tensor<4xf32>
// CHECK-NEXT: }
func.func @power_first(%x: tensor<4xf32>) -> tensor<4xf32> {
  %c = arith.constant dense<1> : tensor<1xi64>
  %0 = stablehlo.convert %c : (tensor<1xi64>) -> tensor<1xf32>
  %1 = stablehlo.reshape %0 : (tensor<1xf32>) -> tensor<f32>
  %2 = stablehlo.broadcast_in_dim %1, dims = [] : (tensor<f32>) -> tensor<4xf32>
  %3 = stablehlo.power %x, %2 : tensor<4xf32>
  return %3 : tensor<4xf32>
}

// Roots differ at -0 and -inf: only with roots=true.
// CHECK-LABEL: func.func @power_root(%arg0: tensor<4xf32>) -> tensor<4xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<5.000000e-01> : tensor<4xf32>
// CHECK-NEXT: %0 = stablehlo.power %arg0, %cst : tensor<4xf32>
// CHECK-NEXT: return %0 : tensor<4xf32>
// CHECK-NEXT: }
func.func @power_root(%x: tensor<4xf32>) -> tensor<4xf32> {
  %c = stablehlo.constant dense<0.5> : tensor<4xf32>
  %0 = stablehlo.power %x, %c : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @dot(%arg0: tensor<2x4xf32>, %arg1: tensor<4x3xf32>) -> tensor<2x3xf32> {
// CHECK-NEXT: %0 = stablehlo.dot_general %arg0, %arg1, contracting_dims = [1] x [0] : (tensor<2x4xf32>, tensor<4x3xf32>) -> tensor<2x3xf32>
// CHECK-NEXT: return %0 : tensor<2x3xf32>
// CHECK-NEXT: }
func.func @dot(%x: tensor<2x4xf32>, %y: tensor<4x3xf32>) -> tensor<2x3xf32> {
  %0 = stablehlo.dot %x, %y : (tensor<2x4xf32>, tensor<4x3xf32>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @resource(%arg0: tensor<4xf32>) -> tensor<4xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<[1.000000e+00, 2.000000e+00, 3.000000e+00, 4.000000e+00]> : tensor<4xf32>
// CHECK-NEXT: %0 = stablehlo.add %arg0, %cst : tensor<4xf32>
// CHECK-NEXT: return %0 : tensor<4xf32>
// CHECK-NEXT: }
func.func @resource(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = stablehlo.constant dense_resource<rope> : tensor<4xf32>
  %1 = stablehlo.add %x, %0 : tensor<4xf32>
  return %1 : tensor<4xf32>
}

{-#
  dialect_resources: {
    builtin: {
      rope: "0x040000000000803F000000400000404000008040"
    }
  }
#-}
