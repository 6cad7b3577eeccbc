// RUN: pcp-opt %s --split-input-file --verify-diagnostics
// Both sides of a check have one type.

func.func @expect_eq_types(%arg0: tensor<2xf32>, %arg1: tensor<3xf32>) {
  // expected-error@+1 {{'check.expect_eq' op requires compatible types for all operands}}
  "check.expect_eq"(%arg0, %arg1) : (tensor<2xf32>, tensor<3xf32>) -> ()
  return
}

// -----

func.func @expect_eq_const_types(%arg0: tensor<2xf32>) {
  // expected-error@+1 {{'check.expect_eq_const' op requires compatible types for all operands}}
  "check.expect_eq_const"(%arg0) <{value = dense<1> : tensor<2xi32>}> : (tensor<2xf32>) -> ()
  return
}

// -----

func.func @expect_almost_eq_types(%arg0: tensor<2xf32>, %arg1: tensor<2xf64>) {
  // expected-error@+1 {{'check.expect_almost_eq' op requires compatible types for all operands}}
  "check.expect_almost_eq"(%arg0, %arg1) : (tensor<2xf32>, tensor<2xf64>) -> ()
  return
}

// -----

func.func @expect_almost_eq_const_types(%arg0: tensor<2xf32>) {
  // expected-error@+1 {{'check.expect_almost_eq_const' op requires compatible types for all operands}}
  "check.expect_almost_eq_const"(%arg0) <{value = dense<1.0> : tensor<1xf32>}> : (tensor<2xf32>) -> ()
  return
}

// -----

func.func @expect_close_types(%arg0: tensor<2xf32>, %arg1: tensor<2x1xf32>) {
  // expected-error@+1 {{'check.expect_close' op requires compatible types for all operands}}
  "check.expect_close"(%arg0, %arg1) : (tensor<2xf32>, tensor<2x1xf32>) -> ()
  return
}
