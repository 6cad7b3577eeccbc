// RUN: pcp-autodiff %s --optimizer=adamw 2>&1 | FileCheck %s --implicit-check-not=note:
// RUN: pcp-autodiff %s --optimizer=adamw --accumulate | FileCheck %s --check-prefix=ACC
// RUN: pcp-autodiff %s --optimizer=sgd | FileCheck %s --check-prefix=SGD
// RUN: pcp-autodiff %s --optimizer=sgd --momentum=0.9 | FileCheck %s --check-prefix=MOM
// Order, names and roles of the training functions; other functions stay as they are.

module attributes {pcp.format = 1 : i64} {
  func.func @main(%w: tensor<3x2xf32> {pcp.name = "w", pcp.role = "param"}, %n: tensor<2xf32> {pcp.name = "running", pcp.role = "buffer"}, %s: tensor<2xf32> {pcp.name = "scale", pcp.role = "frozen"}, %x: tensor<4x3xf32> {pcp.name = "x", pcp.role = "data"}) -> (tensor<f32> {pcp.name = "loss", pcp.role = "loss"}, tensor<2xf32> {pcp.name = "running", pcp.role = "buffer"}) {
    %z = stablehlo.constant dense<0.0> : tensor<f32>
    %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (tensor<4x3xf32>, tensor<3x2xf32>) -> tensor<4x2xf32>
    %1 = stablehlo.broadcast_in_dim %s, dims = [1] : (tensor<2xf32>) -> tensor<4x2xf32>
    %2 = stablehlo.multiply %0, %1 : tensor<4x2xf32>
    %3 = stablehlo.reduce(%2 init: %z) applies stablehlo.add across dimensions = [0] : (tensor<4x2xf32>, tensor<f32>) -> tensor<2xf32>
    %4 = stablehlo.add %n, %3 : tensor<2xf32>
    %5 = stablehlo.multiply %3, %3 : tensor<2xf32>
    %6 = stablehlo.reduce(%5 init: %z) applies stablehlo.add across dimensions = [0] : (tensor<2xf32>, tensor<f32>) -> tensor<f32>
    return %6, %4 : tensor<f32>, tensor<2xf32>
  }
  func.func @logits(%w: tensor<3x2xf32> {pcp.name = "w", pcp.role = "param"}, %x: tensor<1x3xf32> {pcp.name = "x", pcp.role = "data"}) -> (tensor<1x2xf32> {pcp.name = "logits", pcp.role = "aux"}) {
    %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (tensor<1x3xf32>, tensor<3x2xf32>) -> tensor<1x2xf32>
    return %0 : tensor<1x2xf32>
  }
}

// CHECK: module attributes {pcp.format = 1 : i64}
// CHECK-LABEL: func.func @main(
// CHECK-LABEL: func.func @train_step(
// CHECK-SAME: %arg0: tensor<3x2xf32> {pcp.name = "w", pcp.role = "param"}, %arg1: tensor<3x2xf32> {pcp.name = "w/m", pcp.role = "state"}, %arg2: tensor<3x2xf32> {pcp.name = "w/v", pcp.role = "state"}, %arg3: tensor<2xf32> {pcp.name = "running", pcp.role = "buffer"}, %arg4: tensor<2xf32> {pcp.name = "scale", pcp.role = "frozen"}, %arg5: tensor<i32> {pcp.name = "step", pcp.role = "step"}, %arg6: tensor<f32> {pcp.name = "lr", pcp.role = "lr"}, %arg7: tensor<4x3xf32> {pcp.name = "x", pcp.role = "data"})
// CHECK-SAME: -> (tensor<3x2xf32> {pcp.name = "w", pcp.role = "param"}, tensor<3x2xf32> {pcp.name = "w/m", pcp.role = "state"}, tensor<3x2xf32> {pcp.name = "w/v", pcp.role = "state"}, tensor<2xf32> {pcp.name = "running", pcp.role = "buffer"}, tensor<i32> {pcp.name = "step", pcp.role = "step"}, tensor<f32> {pcp.name = "loss", pcp.role = "loss"}, tensor<f32> {pcp.name = "grad_norm", pcp.role = "aux"}) {
// CHECK-LABEL: func.func @init_state() -> (tensor<3x2xf32> {pcp.name = "w/m", pcp.role = "state"}, tensor<3x2xf32> {pcp.name = "w/v", pcp.role = "state"}) {
// CHECK-NEXT: %[[ZERO:.*]] = stablehlo.constant dense<0.000000e+00> : tensor<3x2xf32>
// CHECK-NEXT: return %[[ZERO]], %[[ZERO]]
// CHECK-LABEL: func.func @logits(
// CHECK-NEXT: stablehlo.dot_general %arg1, %arg0, contracting_dims = [1] x [0]
// CHECK-NEXT: return

// ACC-LABEL: func.func @train_step(
// ACC-LABEL: func.func @init_state(
// ACC-LABEL: func.func @grad_step(
// ACC-SAME: {pcp.name = "w", pcp.role = "param"}, %arg1: tensor<3x2xf32> {pcp.name = "w/acc", pcp.role = "state"}, %arg2: tensor<2xf32> {pcp.name = "running", pcp.role = "buffer"}, %arg3: tensor<2xf32> {pcp.name = "scale", pcp.role = "frozen"}, %arg4: tensor<4x3xf32> {pcp.name = "x", pcp.role = "data"})
// ACC-SAME: -> (tensor<3x2xf32> {pcp.name = "w/acc", pcp.role = "state"}, tensor<2xf32> {pcp.name = "running", pcp.role = "buffer"}, tensor<f32> {pcp.name = "loss", pcp.role = "loss"}) {
// ACC-LABEL: func.func @apply_step(
// ACC-SAME: "w", pcp.role = "param"}, {{.*}}"w/m", {{.*}}"w/v", {{.*}}"w/acc", pcp.role = "state"}, {{.*}}tensor<i32> {pcp.name = "count", pcp.role = "aux"}, {{.*}}"step", pcp.role = "step"}, {{.*}}"lr", pcp.role = "lr"})
// ACC-SAME: -> (tensor<3x2xf32> {pcp.name = "w", pcp.role = "param"}, {{.*}}"w/m", {{.*}}"w/v", {{.*}}"step", {{.*}}"grad_norm", pcp.role = "aux"}) {
// ACC-LABEL: func.func @init_acc() -> (tensor<3x2xf32> {pcp.name = "w/acc", pcp.role = "state"})

// SGD-LABEL: func.func @train_step(
// SGD-SAME: "w", pcp.role = "param"}, %arg1: tensor<2xf32> {pcp.name = "running"
// SGD: func.func @init_state() {

// MOM-LABEL: func.func @train_step(
// MOM-SAME: %arg1: tensor<3x2xf32> {pcp.name = "w/momentum", pcp.role = "state"}
