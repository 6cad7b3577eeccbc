// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// Seen as one function, dx = g exp(x - y): nothing flows through the maximum, nor through the abs of a sum that is positive.

func.func @f(%x: tensor<2x3xf32>) -> tensor<2xf32> {
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %least = stablehlo.constant dense<0xFF800000> : tensor<f32>
  %m = stablehlo.reduce(%x init: %least) applies stablehlo.maximum across dimensions = [1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
  %finite = stablehlo.is_finite %m : (tensor<2xf32>) -> tensor<2xi1>
  %zeros = stablehlo.constant dense<0.0> : tensor<2xf32>
  %shift = stablehlo.select %finite, %m, %zeros : tensor<2xi1>, tensor<2xf32>
  %wide = stablehlo.broadcast_in_dim %shift, dims = [0] : (tensor<2xf32>) -> tensor<2x3xf32>
  %d = stablehlo.subtract %x, %wide : tensor<2x3xf32>
  %e = stablehlo.exponential %d : tensor<2x3xf32>
  %s = stablehlo.reduce(%e init: %z) applies stablehlo.add across dimensions = [1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
  %abs = stablehlo.abs %s : tensor<2xf32>
  %l = stablehlo.log %abs : tensor<2xf32>
  %y = stablehlo.add %l, %shift : tensor<2xf32>
  return %y : tensor<2xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[X:[^ :]+]]: {{.*}}%[[CT:[^ :]+]]:
// CHECK: %[[Y:[^ :,)]+]] = stablehlo.add
// CHECK-NEXT: %[[ROWS:[^ :,)]+]] = stablehlo.broadcast_in_dim %[[Y]], dims = [0]
// CHECK-NEXT: %[[D:[^ :,)]+]] = stablehlo.subtract %[[X]], %[[ROWS]]
// CHECK-NEXT: %[[SOFTMAX:[^ :,)]+]] = stablehlo.exponential %[[D]]
// CHECK-NEXT: %[[G:[^ :,)]+]] = stablehlo.broadcast_in_dim %[[CT]], dims = [0]
// CHECK-NEXT: %[[DX:[^ :,)]+]] = stablehlo.multiply %[[SOFTMAX]], %[[G]]
// CHECK-NEXT: return %[[DX]]

func.func private @f_grad(tensor<2x3xf32>, tensor<2xf32>) -> tensor<2x3xf32>

func.func @main() {
  %x = stablehlo.constant dense<[[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]]> : tensor<2x3xf32>
  %ct = stablehlo.constant dense<[1.0, -3.0]> : tensor<2xf32>
  %g = func.call @f_grad(%x, %ct) : (tensor<2x3xf32>, tensor<2xf32>) -> tensor<2x3xf32>
  check.expect_almost_eq_const %g, dense<[[0.0900306, 0.2447285, 0.6652410], [-1.0, -1.0, -1.0]]> : tensor<2x3xf32>
  return
}
