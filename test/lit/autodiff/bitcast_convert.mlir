// RUN: not pcp-autodiff %s --function=f 2>&1 | FileCheck %s
// RUN: pcp-autodiff %s --function=g | FileCheck %s --check-prefix=DISCRETE
// Bits read as another float have no gradient, which is an error; bits read as integers are discrete.

func.func @f(%x: tensor<4xf32>) -> tensor<4x2xbf16> {
  %0 = stablehlo.bitcast_convert %x : (tensor<4xf32>) -> tensor<4x2xbf16>
  return %0 : tensor<4x2xbf16>
}

func.func @g(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = stablehlo.bitcast_convert %x : (tensor<4xf32>) -> tensor<4xi32>
  %1 = stablehlo.convert %0 : (tensor<4xi32>) -> tensor<4xf32>
  %2 = stablehlo.add %1, %x : tensor<4xf32>
  return %2 : tensor<4xf32>
}

// CHECK: bitcast_convert.mlir:6:8: error: 1 operation between the arguments and the loss has no gradient
// CHECK: note: 'stablehlo.bitcast_convert': it reads bits as another number

// DISCRETE-LABEL: func.func @g_grad
// DISCRETE-NEXT: return %arg1 : tensor<4xf32>
