// RUN: pcp-opt %s --pcp-resources-to-args | FileCheck %s

// Before the data by role.
// CHECK-LABEL: func.func @roles(%arg0: tensor<2xf32> {pcp.name = "w", pcp.role = "param"}, %arg1: tensor<2xf32> {pcp.name = "rope_cos", pcp.role = "frozen"}, %arg2: tensor<2xf32> {pcp.name = "rope_sin", pcp.role = "frozen"}, %arg3: tensor<2xf32> {pcp.name = "x", pcp.role = "data"}) -> tensor<2xf32> {
// CHECK-NEXT: %0 = stablehlo.add %arg0, %arg1 : tensor<2xf32>
// CHECK-NEXT: %1 = stablehlo.multiply %0, %arg2 : tensor<2xf32>
// CHECK-NEXT: %2 = stablehlo.multiply %1, %arg1 : tensor<2xf32>
// CHECK-NEXT: %3 = stablehlo.multiply %2, %arg3 : tensor<2xf32>
// CHECK-NEXT: return %3 : tensor<2xf32>
// CHECK-NEXT: }
func.func @roles(%w: tensor<2xf32> {pcp.name = "w", pcp.role = "param"}, %x: tensor<2xf32> {pcp.name = "x", pcp.role = "data"}) -> tensor<2xf32> {
  %0 = stablehlo.constant dense_resource<rope_cos> : tensor<2xf32>
  %1 = stablehlo.constant dense_resource<rope_sin> : tensor<2xf32>
  %2 = stablehlo.constant dense_resource<rope_cos> : tensor<2xf32>
  %3 = stablehlo.add %w, %0 : tensor<2xf32>
  %4 = stablehlo.multiply %3, %1 : tensor<2xf32>
  %5 = stablehlo.multiply %4, %2 : tensor<2xf32>
  %6 = stablehlo.multiply %5, %x : tensor<2xf32>
  return %6 : tensor<2xf32>
}

// Without roles, before the trailing integers.
// CHECK-LABEL: func.func @no_roles(%arg0: tensor<2xf32>, %arg1: tensor<2xf32> {pcp.name = "rope_cos", pcp.role = "frozen"}, %arg2: tensor<2xi32>) -> tensor<2xf32> {
// CHECK-NEXT: %0 = stablehlo.add %arg0, %arg1 : tensor<2xf32>
// CHECK-NEXT: return %0 : tensor<2xf32>
// CHECK-NEXT: }
func.func @no_roles(%w: tensor<2xf32>, %i: tensor<2xi32>) -> tensor<2xf32> {
  %0 = stablehlo.constant dense_resource<rope_cos> : tensor<2xf32>
  %1 = stablehlo.add %w, %0 : tensor<2xf32>
  return %1 : tensor<2xf32>
}

{-#
  dialect_resources: {
    builtin: {
      rope_cos: "0x040000000000803F00000040",
      rope_sin: "0x040000000000404000008040"
    }
  }
#-}
