// Pipelines: nesting, what they print around passes, and their errors.
// RUN: pcp-opt %s --pass-pipeline='builtin.module(func.func(cse),dce)' --mlir-print-ir-before=cse 2>&1 | FileCheck %s --check-prefix=BEFORE
// RUN: pcp-opt %s --cse --cse --mlir-print-ir-after-change 2>&1 | FileCheck %s --check-prefix=CHANGE
// RUN: pcp-opt %s --cse --mlir-pass-statistics 2>&1 | FileCheck %s --check-prefix=STATISTICS
// RUN: pcp-opt %s --cse --mlir-timing 2>&1 | FileCheck %s --check-prefix=TIMING
// RUN: not pcp-opt %s --pass-pipeline='builtin.module(cse,foo)' 2>&1 | FileCheck %s --check-prefix=UNKNOWN --strict-whitespace
// RUN: not pcp-opt %s --pass-pipeline='builtin.module(canonicalise)' 2>&1 | FileCheck %s --check-prefix=NEAREST
// RUN: not pcp-opt %s --pass-pipeline='builtin.module(func.func(cse)' 2>&1 | FileCheck %s --check-prefix=UNBALANCED
// RUN: not pcp-opt %s --pass-pipeline='cse' 2>&1 | FileCheck %s --check-prefix=WRAPPED
// RUN: not pcp-opt %s --pass-pipeline='builtin.module(func.func(inline))' 2>&1 | FileCheck %s --check-prefix=TABLE
// RUN: not pcp-opt %s --pass-pipeline='builtin.module(canonicalize{max-iterations=1 test-convergence=true})' 2>&1 | FileCheck %s --check-prefix=CONVERGE

// BEFORE: // -----// IR Dump Before CSEPass: cse //----- //
// BEFORE-NEXT: func.func @main(
// BEFORE: module {

// CHANGE: // -----// IR Diff After CSEPass: cse //----- //
// CHANGE: @@
// CHANGE: -{{ *}}%1 = stablehlo.abs
// CHANGE-NOT: IR Diff
// CHANGE: module {

// STATISTICS: ... Pass statistics report ...
// STATISTICS: CSEPass
// STATISTICS-NEXT: (S) 1 num-cse'd - Number of operations CSE'd
// STATISTICS-NEXT: (S) 1 num-dce'd - Number of operations DCE'd

// TIMING: ... Execution time report ...
// TIMING: Total Execution Time: {{[0-9.]+}} seconds
// TIMING: ----Wall Time----  ----Name----
// TIMING: CSEPass
// TIMING: (100.0%)  Total

// UNKNOWN: MLIR Textual PassPipeline Parser:1:5: error: 'foo' does not refer to a registered pass or pass pipeline
// UNKNOWN-NEXT:{{^}}cse,foo
// UNKNOWN-NEXT:{{^}}    ^
// NEAREST: error: 'canonicalise' does not refer to a registered pass or pass pipeline
// NEAREST: did you mean 'canonicalize'?
// UNBALANCED: MLIR Textual PassPipeline Parser:1:11: error: encountered unbalanced parentheses while parsing pipeline
// WRAPPED: expected pass pipeline to be wrapped with the anchor operation type, e.g. 'builtin.module(...)'
// TABLE: pipelines.mlir:{{[0-9]+}}:1: error: 'func.func' op  was scheduled to run under the inliner, but does not define a symbol table
// CONVERGE: error: patterns still applied after 1 iteration

func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = stablehlo.abs %x : tensor<4xf32>
  %1 = stablehlo.abs %x : tensor<4xf32>
  %2 = stablehlo.add %0, %1 : tensor<4xf32>
  %3 = stablehlo.tanh %2 : tensor<4xf32>
  return %2 : tensor<4xf32>
}
