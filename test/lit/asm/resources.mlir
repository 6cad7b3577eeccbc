// RUN: pcp-opt %s | FileCheck %s
// RUN: pcp-opt %s | pcp-opt | FileCheck %s
// RUN: pcp-opt %s --mlir-elide-resource-strings-if-larger=20 | FileCheck %s --check-prefix=ELIDE

// Resources come back in the order of their use; what nothing uses is left out.

// CHECK: stablehlo.constant dense_resource<b> : tensor<2xi8>
// CHECK: stablehlo.constant dense_resource<"odd key"> : tensor<4xf32>
// CHECK: {-#
// CHECK-NEXT: dialect_resources: {
// CHECK-NEXT: builtin: {
// CHECK-NEXT: b: "0x010000000102",
// CHECK-NEXT: "odd key": "0x040000000000803F0000803F0000803F0000803F"
// CHECK-NEXT: }
// CHECK-NEXT: }
// CHECK-NEXT: #-}
// CHECK-NOT: unused

// ELIDE: b: "0x010000000102"
// ELIDE-NOT: "odd key":
%0 = stablehlo.constant dense_resource<b> : tensor<2xi8>
%1 = stablehlo.constant dense_resource<"odd key"> : tensor<4xf32>

{-#
  dialect_resources: {
    builtin: {
      "odd key": "0x040000000000803F0000803F0000803F0000803F",
      unused: "0x0100000000",
      b: "0x010000000102"
    }
  }
#-}
