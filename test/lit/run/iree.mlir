// RUN: pcp-run %s --input=2x3xf32="1 2 3 4 5 6" --input=0.5 2> %t.err | FileCheck %s
// RUN: FileCheck %s --check-prefix=NOTE --input-file=%t.err
// RUN: pcp-run compile %s -o %t.vmfb
// RUN: pcp-run %t.vmfb --input=2x3xf32="1 2 3 4 5 6" --input=0.5 | FileCheck %s
// RUN: iree-run-module --device=local-sync --module=%t.vmfb --function=main --input=2x3xf32="1 2 3 4 5 6" --input=f32=0.5 > %t.theirs
// RUN: pcp-run %t.vmfb --input=2x3xf32="1 2 3 4 5 6" --input=f32=0.5 > %t.ours
// RUN: diff %t.theirs %t.ours
// RUN: cat %s | pcp-run - --input=2x3xf32=2 --input=1 --output_max_element_count=2 | FileCheck %s --check-prefix=CUT
// REQUIRES: iree-compile, python
// A module is compiled when needed and runs as iree-run-module runs it.

// CHECK: EXEC @main
// CHECK-NEXT: result[0]: hal.buffer_view
// CHECK-NEXT: 2x3xf32=[1.5 2.5 3.5][4.5 5.5 6.5]
// NOTE: note: '{{.*}}iree.mlir' {{compiled in|taken from the cache}}
// CUT: 2x3xf32=[3 3...][...]
func.func @main(%x: tensor<2x3xf32>, %y: tensor<f32>) -> tensor<2x3xf32> {
  %0 = stablehlo.broadcast_in_dim %y, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
  %1 = stablehlo.add %x, %0 : tensor<2x3xf32>
  return %1 : tensor<2x3xf32>
}
