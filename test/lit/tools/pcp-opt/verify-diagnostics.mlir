// RUN: not pcp-opt %s --verify-diagnostics --split-input-file 2>&1 | FileCheck %s
// RUN: not pcp-opt %s --verify-diagnostics=only-expected --split-input-file 2>&1 | FileCheck %s --check-prefix=ONLY --implicit-check-not='unexpected error' --implicit-check-not='diagnostic emitted when'

// What was announced and did not come, what came and was not announced, and what came as another kind.

// CHECK: verify-diagnostics.mlir:[[#@LINE+2]]:4: error: expected error "nothing" was not produced
// ONLY: :[[#@LINE+1]]:4: error: expected error "nothing" was not produced
// expected-error {{nothing}}
// CHECK-NEXT: {{^// expected.*nothing}}
// CHECK-NEXT: {{^   \^~~~~~~$}}
module {}
// -----
// CHECK: verify-diagnostics.mlir:[[#@LINE+1]]:1: error: unexpected error: custom op 'stablehlo.nothing' is unknown
stablehlo.nothing
// -----
// CHECK: error: 'error' diagnostic emitted when expecting a 'warning'
// ONLY: :[[#@LINE+1]]:4: error: expected warning "is unknown" was not produced
// expected-warning@+1 {{is unknown}}
stablehlo.nothing
// -----
// expected-error-re@+1 {{custom op 'stablehlo.{{[a-z]+}}' is unknown}}
stablehlo.nothing
