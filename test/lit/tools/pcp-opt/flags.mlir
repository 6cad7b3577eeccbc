// RUN: pcp-opt %s --cse --symbol-dce | FileCheck %s --check-prefix=PASSES
// RUN: pcp-opt %s --pass-pipeline='builtin.module(func.func(cse))' | FileCheck %s --check-prefix=PIPELINE
// RUN: pcp-opt %s --cse --dump-pass-pipeline -o /dev/null 2>&1 | FileCheck %s --check-prefix=DUMP
// RUN: pcp-opt %s --cse --mlir-print-ir-after-change -o /dev/null 2>&1 | FileCheck %s --check-prefix=CHANGE
// RUN: pcp-opt %s --cse --mlir-print-ir-before=cse --mlir-print-ir-after-all -o /dev/null 2>&1 | FileCheck %s --check-prefix=AROUND
// RUN: pcp-opt %s --cse --mlir-timing --mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=TABLES
// RUN: pcp-opt --show-dialects | FileCheck %s --check-prefix=DIALECTS
// RUN: pcp-opt --list-passes | FileCheck %s --check-prefix=LIST
// RUN: not pcp-opt %s --csee 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// RUN: not pcp-opt %s --pass-pipeline='builtin.module(csee)' 2>&1 | FileCheck %s --check-prefix=UNKNOWN-PASS
// RUN: not pcp-opt %s --pass-pipeline='builtin.module(func.fun(cse))' 2>&1 | FileCheck %s --check-prefix=UNKNOWN-OP
// RUN: not pcp-opt %s --pass-pipeline='builtin.modul(cse)' 2>&1 | FileCheck %s --check-prefix=UNKNOWN-ROOT
// RUN: pcp-opt %s --pass-pipeline='builtin.module(my.op(cse),any(cse))' --allow-unregistered-dialect | FileCheck %s --check-prefix=UNREGISTERED
// RUN: not pcp-opt %s --cse --pass-pipeline='builtin.module(cse)' 2>&1 | FileCheck %s --check-prefix=BOTH
// RUN: not pcp-opt %t.missing 2>&1 | FileCheck %s --check-prefix=MISSING
// RUN: not pcp-opt %S 2>&1 | FileCheck %s --check-prefix=FOLDER
// RUN: not pcp-opt %s -o %t.none/out.mlir 2>&1 | FileCheck %s --check-prefix=NOWHERE
// RUN: not pcp-opt %s --no-implicit-module 2>&1 | FileCheck %s --check-prefix=TOP

// PASSES: func.func @f
// PASSES-COUNT-1: stablehlo.add
// PASSES-NOT: stablehlo.add
// PASSES-NOT: @unused
// PIPELINE: func.func @f
// PIPELINE-COUNT-1: stablehlo.add
// PIPELINE-NOT: stablehlo.add
// PIPELINE: @unused
// DUMP: Pass Manager with 1 passes:
// DUMP-NEXT: builtin.module(
// DUMP-NEXT:   cse
// DUMP-NEXT: )
// CHANGE: IR Diff After CSEPass: cse
// CHANGE: - {{.*}}stablehlo.add
// AROUND: IR Dump Before CSEPass: cse
// AROUND: IR Dump After CSEPass: cse
// TABLES: Pass statistics report
// TABLES: Execution time report
// TABLES: Parser
// TABLES: CSEPass
// TABLES: Output
// DIALECTS: Available Dialects: arith,builtin,check,chlo,func,stablehlo,vhlo
// LIST: --canonicalize
// LIST: --cse
// UNKNOWN: pcp-opt: error: unknown option '--csee'; did you mean '--cse'?
// UNKNOWN-PASS: 'csee' does not refer to a registered pass or pass pipeline
// UNKNOWN-PASS: did you mean 'cse'?
// UNKNOWN-OP: pcp-opt: error: 'func.fun' in the pass pipeline is no operation; did you mean 'func.func'?
// UNKNOWN-ROOT: pcp-opt: error: 'builtin.modul' in the pass pipeline is no operation; did you mean 'builtin.module'?
// UNREGISTERED: module
// BOTH: '--pass-pipeline' and passes as flags cannot be used together
// MISSING: cannot open input file '{{.*}}.missing': No such file or directory
// FOLDER: cannot open input file '{{.*}}': Is a directory
// NOWHERE: cannot open output file '{{.*}}': No such file or directory
// TOP: source must contain a single top-level operation
func.func @f(%a: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  %0 = stablehlo.add %a, %a : tensor<f32>
  %1 = stablehlo.add %a, %a : tensor<f32>
  return %0, %1 : tensor<f32>, tensor<f32>
}
func.func private @unused() {
  return
}
