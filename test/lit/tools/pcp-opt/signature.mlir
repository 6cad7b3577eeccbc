// RUN: pcp-opt %s --verify-signature=%S/Inputs/same.json | FileCheck %s --check-prefix=SAME
// RUN: not pcp-opt %s --verify-signature=%S/Inputs/shape.json 2>&1 | FileCheck %s --check-prefix=SHAPE
// RUN: not pcp-opt %s --verify-signature=%S/Inputs/name.json 2>&1 | FileCheck %s --check-prefix=NAME
// RUN: not pcp-opt %s --verify-signature=%s 2>&1 | FileCheck %s --check-prefix=NO-JSON

// SAME: func.func @main
// SHAPE: error: argument #0 'w' of function 'main' has type 'tensor<4x3xf32>', but the manifest says 'tensor<4x5xf32>'
// NAME: error: argument #1 'tokens' of function 'main' is named 'x', but the manifest says 'tokens'
// NO-JSON: error: manifest '{{.*}}' is no JSON
func.func @main(%w: tensor<4x3xf32> {pcp.name = "w", pcp.role = "param"}, %x: tensor<2xi64> {pcp.name = "x", pcp.role = "data"}) -> (tensor<f32> {pcp.name = "loss", pcp.role = "loss"}) {
  %c = stablehlo.constant dense<1.0> : tensor<f32>
  return %c : tensor<f32>
}
