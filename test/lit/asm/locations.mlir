// RUN: pcp-opt %s --mlir-print-debuginfo | FileCheck %s
// RUN: pcp-opt %s --mlir-print-debuginfo | pcp-opt --mlir-print-debuginfo | FileCheck %s
// RUN: pcp-opt %s --mlir-print-debuginfo --mlir-print-local-scope | FileCheck %s --check-prefix=LOCAL
// RUN: pcp-opt %s --strip-debuginfo --mlir-print-debuginfo | FileCheck %s --check-prefix=STRIP

// Every form of location, aliases before and after their use, on ops and on arguments.

#before = loc("before.py":1:2)

// CHECK: #loc{{[0-9]*}} = loc("arg.py":4:5)
// CHECK-NEXT: #[[BEFORE:loc[0-9]*]] = loc("before.py":1:2)
// CHECK-NEXT: #loc{{[0-9]*}} = loc("part of"(#loc{{[0-9]*}}))
// CHECK-NEXT: module {
// CHECK-NEXT: func.func @f(%arg0: tensor<f32> loc("arg.py":4:5), %arg1: tensor<f32> loc("part of"(#[[BEFORE]]))) -> tensor<f32> {
// CHECK-NEXT: %0 = stablehlo.add %arg0, %arg1 : tensor<f32> loc(#[[BEFORE]])
// CHECK-NEXT: %1 = stablehlo.add %0, %arg1 : tensor<f32> loc(#[[AFTER:loc[0-9]*]])
// CHECK-NEXT: %2 = stablehlo.add %1, %arg1 : tensor<f32> loc(#[[CALL:loc[0-9]*]])
// CHECK-NEXT: %3 = stablehlo.add %2, %arg1 : tensor<f32> loc(#[[FUSED:loc[0-9]*]])
// CHECK-NEXT: %4 = stablehlo.add %3, %arg1 : tensor<f32> loc(#[[RANGE:loc[0-9]*]])
// CHECK-DAG: #[[AFTER]] = loc("layer"(#{{loc[0-9]*}}))
// CHECK-DAG: #[[CALL]] = loc(callsite(#{{loc[0-9]*}} at #{{loc[0-9]*}}))
// CHECK-DAG: #[[FUSED]] = loc(fused<"vjp">[#{{loc[0-9]*}}, #[[BEFORE]]])
// CHECK-DAG: #[[RANGE]] = loc("f.py":7:30 to :33)

// LOCAL: %0 = stablehlo.add %arg0, %arg1 : tensor<f32> loc("before.py":1:2)
// LOCAL-NEXT: %1 = stablehlo.add %0, %arg1 : tensor<f32> loc("layer"("after.py":3:4))
// LOCAL-NEXT: %2 = stablehlo.add %1, %arg1 : tensor<f32> loc(callsite("callee" at "caller"))
// LOCAL-NEXT: %3 = stablehlo.add %2, %arg1 : tensor<f32> loc(fused<"vjp">["x", "before.py":1:2])
// LOCAL-NEXT: %4 = stablehlo.add %3, %arg1 : tensor<f32> loc("f.py":7:30 to :33)
// LOCAL-NOT: #loc

// STRIP: #loc = loc(unknown)
// STRIP: %0 = stablehlo.add %arg0, %arg1 : tensor<f32> loc(#loc)
// STRIP-NOT: = loc(
func.func @f(%a: tensor<f32> loc("arg.py":4:5), %b: tensor<f32> loc("part of"(#before))) -> tensor<f32> {
  %0 = stablehlo.add %a, %b : tensor<f32> loc(#before)
  %1 = stablehlo.add %0, %b : tensor<f32> loc(#after)
  %2 = stablehlo.add %1, %b : tensor<f32> loc(callsite("callee" at "caller"))
  %3 = stablehlo.add %2, %b : tensor<f32> loc(fused<"vjp">["x", #before])
  %4 = stablehlo.add %3, %b : tensor<f32> loc("f.py":7:30 to :33)
  return %4 : tensor<f32> loc(unknown)
} loc("f")
#place = loc("after.py":3:4)
#after = loc("layer"(#place))
