// Options of passes, as a flag and in a pipeline.
// RUN: pcp-opt %s --stablehlo-aggressive-folder=optimize-float=false | FileCheck %s --check-prefixes=CHECK,INTEGER
// RUN: pcp-opt %s --pass-pipeline='builtin.module(func.func(stablehlo-aggressive-folder{fold-op-element-limit=1}))' | FileCheck %s --check-prefixes=CHECK,SMALL
// RUN: pcp-opt %s --stablehlo-aggressive-folder=assume-no-undeclared-side-effects | FileCheck %s --check-prefixes=CHECK,ASSUME
// RUN: pcp-opt %s --pcp-prepare=roots | FileCheck %s --check-prefix=ROOTS
// RUN: pcp-opt %s --pass-pipeline='builtin.module(pcp-to-bf16{barriers={head,scores} batched=true})' | FileCheck %s --check-prefix=SCORES
// RUN: pcp-opt %s --pass-pipeline='builtin.module(pcp-to-bf16{batched=false})' | FileCheck %s --check-prefix=FLAT

// CHECK-LABEL: func.func @float()
// INTEGER: stablehlo.add
// SMALL: stablehlo.add
// ASSUME-NOT: stablehlo.add
func.func @float() -> tensor<2xf32> {
  %a = stablehlo.constant dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf32>
  %0 = stablehlo.add %a, %a : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @integer()
// INTEGER-NOT: stablehlo.add
// SMALL: stablehlo.add
func.func @integer() -> tensor<2xi32> {
  %a = stablehlo.constant dense<[1, 2]> : tensor<2xi32>
  %0 = stablehlo.add %a, %a : tensor<2xi32>
  return %0 : tensor<2xi32>
}

// CHECK-LABEL: func.func @loop(
// INTEGER: stablehlo.while
// SMALL: stablehlo.while
// ASSUME-NOT: stablehlo.while
func.func @loop(%x: tensor<i32>) -> tensor<i32> {
  %0 = stablehlo.while(%i = %x) : tensor<i32>
  cond {
    %1 = stablehlo.compare LT, %i, %x, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %1 : tensor<i1>
  } do {
    %1 = func.call @opaque(%i) : (tensor<i32>) -> tensor<i32>
    stablehlo.return %1 : tensor<i32>
  }
  return %x : tensor<i32>
}

func.func private @opaque(tensor<i32>) -> tensor<i32>

// ROOTS-LABEL: func.func @root(
// ROOTS: stablehlo.sqrt %arg0
func.func @root(%x: tensor<4xf32>) -> tensor<4xf32> {
  %c = stablehlo.constant dense<5.000000e-01> : tensor<4xf32>
  %0 = stablehlo.power %x, %c : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// SCORES-LABEL: func.func @attention(
// SCORES: stablehlo.dot_general {{.*}} -> tensor<4x8x8xf32>
// SCORES-NEXT: stablehlo.optimization_barrier
// FLAT-LABEL: func.func @attention(
// FLAT-NOT: bf16
func.func @attention(%q: tensor<4x8x16xf32>, %k: tensor<4x8x16xf32>) -> tensor<4x8x8xf32> {
  %0 = stablehlo.dot_general %q, %k, batching_dims = [0] x [0], contracting_dims = [2] x [2] : (tensor<4x8x16xf32>, tensor<4x8x16xf32>) -> tensor<4x8x8xf32>
  return %0 : tensor<4x8x8xf32>
}
