// What passes take out of a module can be kept, and comes back as arguments.
// RUN: pcp-opt %s --pcp-resources-to-args --weights %t.safetensors -o %t.mlir
// RUN: pcp-run %t.mlir --engine=interp --weights %t.safetensors --input=2xf32="1 2" | FileCheck %s
// RUN: pcp-opt %s --pcp-resources-to-args -o %t.lost.mlir 2>&1 | FileCheck %s --check-prefix=LOST
// RUN: not pcp-opt %s --pcp-resources-to-args --weights %t.missing/w.safetensors 2>&1 | FileCheck %s --check-prefix=MISSING
// RUN: not pcp-opt %s --split-input-file --weights %t.safetensors 2>&1 | FileCheck %s --check-prefix=SPLIT

// SPLIT: pcp-opt: error: '--weights' takes what leaves one module, and '--split-input-file' may make several
// CHECK: 2xf32=3 5
// LOST: pcp-opt: note: 1 tensor no longer in the module; --weights FILE keeps what passes take out
// MISSING: pcp-opt: error: cannot write '{{.*}}w.safetensors'
// MISSING-NOT: func.func
module {
  func.func @main(%x: tensor<2xf32> {pcp.name = "x", pcp.role = "data"}) -> tensor<2xf32> {
    %0 = stablehlo.constant dense_resource<rope> : tensor<2xf32>
    %1 = stablehlo.add %x, %0 : tensor<2xf32>
    return %1 : tensor<2xf32>
  }
}

{-#
  dialect_resources: {
    builtin: {
      rope: "0x040000000000004000004040"
    }
  }
#-}
