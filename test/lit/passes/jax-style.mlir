// Helper functions, loops and conditionals as JAX writes them.
// RUN: pcp-opt %s --inline --cse --pcp-simplify | FileCheck %s

// CHECK: module @jit_f
// CHECK-NOT: call
// CHECK-COUNT-2: stablehlo.maximum
// CHECK: stablehlo.tanh
// CHECK-COUNT-2: stablehlo.maximum
// CHECK-NOT: stablehlo.maximum

module @jit_f attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<4x8xf32> {mhlo.layout_mode = "default"}, %arg1: tensor<8x8xf32>, %arg2: tensor<4xi32>) -> (tensor<f32> {jax.result_info = "[0]"}, tensor<4x8xf32> {jax.result_info = "[1]"}) {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<3> : tensor<i32>
    %0 = stablehlo.dot_general %arg0, %arg1, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<4x8xf32>, tensor<8x8xf32>) -> tensor<4x8xf32>
    %1 = call @relu(%0) : (tensor<4x8xf32>) -> tensor<4x8xf32>
    %2:2 = stablehlo.while(%iterArg = %c, %iterArg_1 = %1) : tensor<i32>, tensor<4x8xf32>
     cond {
      %9 = stablehlo.compare LT, %iterArg, %c_0, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %9 : tensor<i1>
    } do {
      %9 = func.call @closed_call(%iterArg_1, %arg1) : (tensor<4x8xf32>, tensor<8x8xf32>) -> tensor<4x8xf32>
      %c_2 = stablehlo.constant dense<1> : tensor<i32>
      %10 = stablehlo.add %iterArg, %c_2 : tensor<i32>
      stablehlo.return %10, %9 : tensor<i32>, tensor<4x8xf32>
    }
    %3 = stablehlo.reduce(%2#1 init: %cst) applies stablehlo.add across dimensions = [0, 1] : (tensor<4x8xf32>, tensor<f32>) -> tensor<f32>
    %4 = call @_where(%arg2, %2#1) : (tensor<4xi32>, tensor<4x8xf32>) -> tensor<4x8xf32>
    %5 = call @relu(%4) : (tensor<4x8xf32>) -> tensor<4x8xf32>
    %6 = call @relu(%4) : (tensor<4x8xf32>) -> tensor<4x8xf32>
    %7 = stablehlo.add %5, %6 : tensor<4x8xf32>
    return %3, %7 : tensor<f32>, tensor<4x8xf32>
  }
  func.func private @relu(%arg0: tensor<4x8xf32>) -> tensor<4x8xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<4x8xf32>
    %1 = stablehlo.maximum %arg0, %0 : tensor<4x8xf32>
    return %1 : tensor<4x8xf32>
  }
  func.func private @closed_call(%arg0: tensor<4x8xf32>, %arg1: tensor<8x8xf32>) -> tensor<4x8xf32> {
    %0 = stablehlo.dot_general %arg0, %arg1, contracting_dims = [1] x [0] : (tensor<4x8xf32>, tensor<8x8xf32>) -> tensor<4x8xf32>
    %1 = call @relu(%0) : (tensor<4x8xf32>) -> tensor<4x8xf32>
    %2:2 = call @pair(%1) : (tensor<4x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xf32>)
    %3 = stablehlo.add %2#0, %2#1 : tensor<4x8xf32>
    return %3 : tensor<4x8xf32>
  }
  func.func private @pair(%arg0: tensor<4x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xf32>) {
    %0 = stablehlo.tanh %arg0 : tensor<4x8xf32>
    return %arg0, %0 : tensor<4x8xf32>, tensor<4x8xf32>
  }
  func.func private @_where(%arg0: tensor<4xi32>, %arg1: tensor<4x8xf32>) -> tensor<4x8xf32> {
    %c = stablehlo.constant dense<2> : tensor<i32>
    %cst = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<4xi32>
    %1 = stablehlo.compare GT, %arg0, %0, SIGNED : (tensor<4xi32>, tensor<4xi32>) -> tensor<4xi1>
    %2 = stablehlo.broadcast_in_dim %1, dims = [0] : (tensor<4xi1>) -> tensor<4x8xi1>
    %3 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<4x8xf32>
    %4 = stablehlo.select %2, %arg1, %3 : tensor<4x8xi1>, tensor<4x8xf32>
    %s = stablehlo.slice %1 [0:1] : (tensor<4xi1>) -> tensor<1xi1>
    %p = stablehlo.reshape %s : (tensor<1xi1>) -> tensor<i1>
    %5 = "stablehlo.if"(%p) ({
      stablehlo.return %4 : tensor<4x8xf32>
    }, {
      %6 = func.call @relu(%4) : (tensor<4x8xf32>) -> tensor<4x8xf32>
      stablehlo.return %6 : tensor<4x8xf32>
    }) : (tensor<i1>) -> tensor<4x8xf32>
    return %5 : tensor<4x8xf32>
  }
}
