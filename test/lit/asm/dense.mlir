// RUN: pcp-opt %s | FileCheck %s
// RUN: pcp-opt %s | pcp-opt --mlir-print-op-generic | pcp-opt | FileCheck %s
// RUN: pcp-opt %s --mlir-elide-elementsattrs-if-larger=2 | FileCheck %s --check-prefix=ELIDE

// Dense literals in all spellings.

// CHECK: dense<[1, -2, 127]> : tensor<3xi8>
// ELIDE: dense_resource<__elided__> : tensor<3xi8>
%0 = stablehlo.constant dense<[1, -2, 0x7F]> : tensor<3xi8>
// CHECK: dense<5> : tensor<2x2xi64>
// ELIDE: dense<5> : tensor<2x2xi64>
%1 = stablehlo.constant dense<[[5, 5], [5, 5]]> : tensor<2x2xi64>
// CHECK: dense<[1.000000e+00, -0.000000e+00]> : tensor<2xf32>
// ELIDE: dense<[1.000000e+00, -0.000000e+00]> : tensor<2xf32>
%2 = stablehlo.constant dense<[1.0, -0.0]> : tensor<2xf32>
// CHECK: dense<[0x7FC00000, 0xFF800000, 0.333333343]> : tensor<3xf32>
%3 = stablehlo.constant dense<[0x7FC00000, 0xFF800000, 0.3333333432674408]> : tensor<3xf32>
// CHECK: dense<(1.000000e+00,-2.000000e+00)> : tensor<4xcomplex<f64>>
%4 = stablehlo.constant dense<(1.0, -2.0)> : tensor<4xcomplex<f64>>
// CHECK: dense<[true, false]> : tensor<2xi1>
%5 = stablehlo.constant dense<[true, 0]> : tensor<2xi1>
// CHECK: dense<> : tensor<0x3xf32>
%6 = stablehlo.constant dense<> : tensor<0x3xf32>
// CHECK: dense<[1, 2]> : tensor<2xi32>
%7 = stablehlo.constant dense<"0x0100000002000000"> : tensor<2xi32>
// CHECK: dense<3> : tensor<9xi16>
%8 = stablehlo.constant dense<"0x0300"> : tensor<9xi16>
// CHECK: dense<[9.997550e-02, 6.550400e+04]> : tensor<2xf16>
%9 = stablehlo.constant dense<[0.0999755859375, 65504.0]> : tensor<2xf16>
// CHECK: dense<[255, 0]> : tensor<2xui8>
%10 = stablehlo.constant dense<[255, 0]> : tensor<2xui8>
// CHECK: dense<[-8, 7]> : tensor<2xi4>
%11 = stablehlo.constant dense<[-8, 7]> : tensor<2xi4>
// CHECK: dense<[9.9999997400000002E-6, 123456.789, 1.000000e+22]> : tensor<3xf64>
%12 = stablehlo.constant dense<[9.99999974E-6, 123456.789, 1.0e22]> : tensor<3xf64>
// CHECK: dense<0x4996B438> : tensor<f32>
%13 = stablehlo.constant dense<1234567.0> : tensor<f32>
// CHECK: dense<[9223372036854775807, -9223372036854775808]> : tensor<2xi64>
%14 = stablehlo.constant dense<[9223372036854775807, -9223372036854775808]> : tensor<2xi64>
// CHECK: dense<[5.877470e-39, 4.000000e+00]> : tensor<2xf8E8M0FNU>
%e8m0 = stablehlo.constant dense<[0.0, 3.0]> : tensor<2xf8E8M0FNU>
// Hexadecimal text of equal elements is a splat, whatever the case of its digits.
// CHECK: dense<67305985> : tensor<4xi32>
// ELIDE: dense<67305985> : tensor<4xi32>
%same0 = stablehlo.constant dense<"0x01020304010203040102030401020304"> : tensor<4xi32>
// CHECK: dense<-1> : tensor<3xi8>
// ELIDE: dense<-1> : tensor<3xi8>
%same1 = stablehlo.constant dense<"0xFFffFf"> : tensor<3xi8>
// CHECK: dense<(1.000000e+00,1.000000e+00)> : tensor<2xcomplex<f32>>
// ELIDE: dense<(1.000000e+00,1.000000e+00)> : tensor<2xcomplex<f32>>
%same2 = stablehlo.constant dense<"0x0000803F0000803F0000803F0000803F"> : tensor<2xcomplex<f32>>
// CHECK: dense<[true, false]> : tensor<2xi1>
// ELIDE: dense<[true, false]> : tensor<2xi1>
%other = stablehlo.constant dense<"0x0100"> : tensor<2xi1>
