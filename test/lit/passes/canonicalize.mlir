// RUN: pcp-opt %s --canonicalize | FileCheck %s

// Constants are uniqued and move to the start; dead ops go.
// CHECK-LABEL: func.func @constants(%arg0: tensor<2xf32>) -> tensor<2xf32> {
// CHECK-NEXT: %cst = arith.constant dense<1.000000e+00> : tensor<2xf32>
// CHECK-NEXT: %cst_0 = stablehlo.constant dense<2.000000e+00> : tensor<2xf32>
// CHECK-NEXT: %cst_1 = stablehlo.constant dense<1.000000e+00> : tensor<2xf32>
// CHECK-NEXT: %0 = stablehlo.abs %arg0 : tensor<2xf32>
// CHECK-NEXT: %1 = stablehlo.add %0, %cst_1 : tensor<2xf32>
// CHECK-NEXT: %2 = stablehlo.multiply %1, %cst_1 : tensor<2xf32>
// CHECK-NEXT: %3 = stablehlo.multiply %2, %cst_0 : tensor<2xf32>
// CHECK-NEXT: %4 = stablehlo.multiply %3, %cst : tensor<2xf32>
// CHECK-NEXT: return %4 : tensor<2xf32>
// CHECK-NEXT: }
func.func @constants(%x: tensor<2xf32>) -> tensor<2xf32> {
  %0 = stablehlo.abs %x : tensor<2xf32>
  %c = stablehlo.constant dense<1.000000e+00> : tensor<2xf32>
  %1 = stablehlo.add %0, %c : tensor<2xf32>
  %d = stablehlo.constant dense<1.000000e+00> : tensor<2xf32>
  %e = stablehlo.constant dense<2.000000e+00> : tensor<2xf32>
  %f = arith.constant dense<1.000000e+00> : tensor<2xf32>
  %2 = stablehlo.multiply %1, %d : tensor<2xf32>
  %3 = stablehlo.multiply %2, %e : tensor<2xf32>
  %4 = stablehlo.multiply %3, %f : tensor<2xf32>
  %5 = stablehlo.tanh %4 : tensor<2xf32>
  return %4 : tensor<2xf32>
}

// Constants of regions belong to the function.
// CHECK-LABEL: func.func @regions(%arg0: tensor<i1>, %arg1: tensor<2xf32>) -> tensor<2xf32> {
// CHECK-NEXT: %cst = stablehlo.constant dense<1.000000e+00> : tensor<2xf32>
// CHECK-NEXT: %0 = "stablehlo.if"(%arg0) ({
// CHECK-NEXT: %1 = stablehlo.add %arg1, %cst : tensor<2xf32>
// CHECK-NEXT: stablehlo.return %1 : tensor<2xf32>
// CHECK-NEXT: }, {
// CHECK-NEXT: stablehlo.return %cst : tensor<2xf32>
// CHECK-NEXT: }) : (tensor<i1>) -> tensor<2xf32>
// CHECK-NEXT: return %0 : tensor<2xf32>
// CHECK-NEXT: }
func.func @regions(%p: tensor<i1>, %x: tensor<2xf32>) -> tensor<2xf32> {
  %0 = "stablehlo.if"(%p) ({
    %c = stablehlo.constant dense<1.000000e+00> : tensor<2xf32>
    %1 = stablehlo.add %x, %c : tensor<2xf32>
    stablehlo.return %1 : tensor<2xf32>
  }, {
    %c = stablehlo.constant dense<1.000000e+00> : tensor<2xf32>
    stablehlo.return %c : tensor<2xf32>
  }) : (tensor<i1>) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @case_of_constant(%arg0: tensor<2xf32>) -> tensor<2xf32> {
// CHECK-NEXT: %0 = stablehlo.negate %arg0 : tensor<2xf32>
// CHECK-NEXT: return %0 : tensor<2xf32>
// CHECK-NEXT: }
func.func @case_of_constant(%x: tensor<2xf32>) -> tensor<2xf32> {
  %i = stablehlo.constant dense<0> : tensor<i32>
  %0 = "stablehlo.case"(%i) ({
    %1 = stablehlo.negate %x : tensor<2xf32>
    stablehlo.return %1 : tensor<2xf32>
  }, {
    stablehlo.return %x : tensor<2xf32>
  }) : (tensor<i32>) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

// Algebra is left to stablehlo-aggressive-simplification.
// CHECK-LABEL: func.func @algebra_stays(%arg0: tensor<2xf32>) -> tensor<2xf32> {
// CHECK-NEXT: %0 = stablehlo.reshape %arg0 : (tensor<2xf32>) -> tensor<1x2xf32>
// CHECK-NEXT: %1 = stablehlo.reshape %0 : (tensor<1x2xf32>) -> tensor<2xf32>
// CHECK-NEXT: return %1 : tensor<2xf32>
// CHECK-NEXT: }
func.func @algebra_stays(%x: tensor<2xf32>) -> tensor<2xf32> {
  %0 = stablehlo.reshape %x : (tensor<2xf32>) -> tensor<1x2xf32>
  %1 = stablehlo.reshape %0 : (tensor<1x2xf32>) -> tensor<2xf32>
  return %1 : tensor<2xf32>
}

// CHECK-LABEL: func.func @cast_of_cast(%arg0: tensor<2xi32>) -> tensor<2xi32> {
// CHECK-NEXT: return %arg0 : tensor<2xi32>
// CHECK-NEXT: }
func.func @cast_of_cast(%x: tensor<2xi32>) -> tensor<2xi32> {
  %0 = builtin.unrealized_conversion_cast %x : tensor<2xi32> to tensor<2xui32>
  %1 = builtin.unrealized_conversion_cast %0 : tensor<2xui32> to tensor<2xi32>
  return %1 : tensor<2xi32>
}
