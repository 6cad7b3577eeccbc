// RUN: pcp-opt %s --split-input-file | FileCheck %s
// RUN: pcp-opt %s --split-input-file --output-split-marker="// next" | FileCheck %s --check-prefix=MARKER

// CHECK: module @a
// CHECK: // -----
// CHECK-NEXT: module @b
// MARKER: module @a
// MARKER: // next
// MARKER-NEXT: module @b
module @a {}
// -----
module @b {}
