// RUN: pcp-autodiff %s --function=f --emit=grad | FileCheck %s
// RUN: pcp-autodiff %s --function=f --emit=grad | pcp-run - --engine=interp --function=main
// d(a^b) = b a^(b-1) da + a^b log(a) db.

func.func @f(%a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
  %0 = stablehlo.power %a, %b : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @f_grad
// CHECK-SAME: (%[[ARG0:[^ :]+]]: {{.*}}%[[ARG1:[^ :]+]]: {{.*}}%[[ARG2:[^ :]+]]:
// CHECK: %[[V3:[^ :,)]+]] = stablehlo.constant dense<0.000000e+00> : tensor<4xf32>
// CHECK: %[[V4:[^ :,)]+]] = stablehlo.constant dense<1.000000e+00> : tensor<4xf32>
// CHECK: %[[V5:[^ :,)]+]] = stablehlo.power %[[ARG0]], %[[ARG1]]
// CHECK: %[[V6:[^ :,)]+]] = stablehlo.subtract %[[ARG1]], %[[V4]]
// CHECK: %[[V7:[^ :,)]+]] = stablehlo.power %[[ARG0]], %[[V6]]
// CHECK: %[[V8:[^ :,)]+]] = stablehlo.compare EQ, %[[ARG1]], %[[V3]], FLOAT
// CHECK: %[[V9:[^ :,)]+]] = stablehlo.multiply %[[ARG1]], %[[V7]]
// CHECK: %[[V10:[^ :,)]+]] = stablehlo.multiply %[[ARG2]], %[[V9]]
// CHECK: %[[V11:[^ :,)]+]] = stablehlo.select %[[V8]], %[[V3]], %[[V10]]
// CHECK: %[[V12:[^ :,)]+]] = stablehlo.compare EQ, %[[ARG0]], %[[V3]], FLOAT
// CHECK: %[[V13:[^ :,)]+]] = stablehlo.compare GE, %[[ARG1]], %[[V3]], FLOAT
// CHECK: %[[V14:[^ :,)]+]] = stablehlo.and %[[V12]], %[[V13]]
// CHECK: %[[V15:[^ :,)]+]] = stablehlo.select %[[V14]], %[[V4]], %[[ARG0]]
// CHECK: %[[V16:[^ :,)]+]] = stablehlo.multiply %[[ARG2]], %[[V5]]
// CHECK: %[[V17:[^ :,)]+]] = stablehlo.log %[[V15]]
// CHECK: %[[V18:[^ :,)]+]] = stablehlo.multiply %[[V16]], %[[V17]]
// CHECK: %[[V19:[^ :,)]+]] = stablehlo.select %[[V14]], %[[V3]], %[[V18]]
// CHECK: return %[[V11]], %[[V19]]

func.func private @f_grad(tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)

func.func @main() {
  %a = stablehlo.constant dense<[0.5, 1.0, 2.0, 4.0]> : tensor<4xf32>
  %b = stablehlo.constant dense<[2.0, 3.0, -1.0, 0.5]> : tensor<4xf32>
  %ct = stablehlo.constant dense<[1.0, 2.0, -1.0, 0.5]> : tensor<4xf32>
  %g:2 = func.call @f_grad(%a, %b, %ct) : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  check.expect_almost_eq_const %g#0, dense<[1.0, 6.0, 0.25, 0.125]> : tensor<4xf32>
  check.expect_almost_eq_const %g#1, dense<[-0.1732868, 0.0, -0.3465736, 1.3862944]> : tensor<4xf32>
  return
}
