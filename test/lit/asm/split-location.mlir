// RUN: pcp-opt %s --split-input-file --mlir-print-debuginfo --mlir-print-local-scope | FileCheck %s

// The module put around a piece is where the piece begins: behind the marker.

// CHECK: } loc("{{.*}}split-location.mlir":0:0)
func.func private @first()

// -----

// CHECK: } loc("{{.*}}split-location.mlir":8:9)
func.func private @second()
