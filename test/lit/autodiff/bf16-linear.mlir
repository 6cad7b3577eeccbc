// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// Narrow operands with a wide result: gradients multiply narrow numbers, sum wide, and are not rounded on the way to f32 weights.

func.func @f(%x: tensor<4x8xf32>, %w: tensor<8x2xf32>) -> tensor<4x2xf32> {
  %0 = stablehlo.convert %x : (tensor<4x8xf32>) -> tensor<4x8xbf16>
  %1 = stablehlo.convert %w : (tensor<8x2xf32>) -> tensor<8x2xbf16>
  %2 = stablehlo.dot_general %0, %1, contracting_dims = [1] x [0] : (tensor<4x8xbf16>, tensor<8x2xbf16>) -> tensor<4x2xf32>
  return %2 : tensor<4x2xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK: %[[G:.*]] = stablehlo.convert %arg2 : (tensor<4x2xf32>) -> tensor<4x2xbf16>
// CHECK-DAG: %[[DX:.*]] = stablehlo.dot_general %[[G]], %{{.*}}, contracting_dims = [1] x [1] : (tensor<4x2xbf16>, tensor<8x2xbf16>) -> tensor<4x8xf32>
// CHECK-DAG: %[[DW:.*]] = stablehlo.dot_general %{{.*}}, %[[G]], contracting_dims = [0] x [0] : (tensor<4x8xbf16>, tensor<4x2xbf16>) -> tensor<8x2xf32>
// CHECK-NOT: stablehlo.convert
// CHECK: return %[[DX]], %[[DW]]
