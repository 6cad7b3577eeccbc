// RUN: pcp-opt %s --allow-unregistered-dialect | pcp-opt --allow-unregistered-dialect | FileCheck %s

// Attributes of every kind, sorted by name, with numbers and strings as LLVM prints them.

#alias = 17 : i8
!type = tensor<2x!quant.uniform<i8:f32, 2.0:15>>

// CHECK: module @name attributes {d.a = 1 : i64, d.b = true, d.c = 2.500000e-01 : f32, d.d = "tab\09\22quote\22\\", d.e = [1, 2 : i8, 3.000000e+00], d.f = {x = 1 : i64, y}, d.g = @a::@"b c", d.h = tensor<4x?xf32>, d.i = array<i64: 1, -2>, d.j = array<i1: true, false>, d.k = array<i32>, d.l, d.m, d.n = 17 : i8, d.o = -5 : index, d.p = 0x7FC00000 : f32, d.q = #unknown.thing<[a, {b = ">"}]>, d.r = affine_map<(d0) -> (d0)>, d.s = dense<1> : tensor<2xi64>, d.t = #stablehlo<precision HIGH>, d.u = (i32, f32) -> (), d.v = "typed" : !foo.bar, d.w = 1.000000e+10 : f64, d.x = 255 : ui8, "d.y z" = none}
module @name attributes {"d.y z" = none, d.a = 1, d.b = true, d.c = 0.25 : f32, d.d = "tab\t\"quote\"\\", d.e = [1, 2 : i8, 3.0], d.f = {y, x = 1}, d.g = @a::@"b c", d.h = tensor<4x?xf32>, d.i = array<i64: 1, -2>, d.j = array<i1: true, false>, d.k = array<i32>, d.m, d.n = #alias, d.o = -5 : index, d.p = 0x7FC00000 : f32, d.q = #unknown.thing<[a, {b = ">"}]>, d.r = affine_map<(d0) -> (d0)>, d.s = dense<1> : tensor<2xi64>, d.t = #stablehlo<precision HIGH>, d.u = (i32, f32) -> (), d.v = "typed" : !foo.bar, d.w = 1.0e10, d.x = 255 : ui8, d.l} {
  // CHECK: func.func private @types(tensor<2x!quant.uniform<i8:f32, 2.000000e+00:15>>, tensor<?x?xf32, #stablehlo.bounds<3, ?>>, tensor<*xf32>, tuple<i32, tuple<>>, complex<f64>, memref<4xf32>, vector<4xf32>, (i32) -> (i32, i32), none, index, si4, ui2, f8E4M3FN)
  func.func private @types(!type, tensor<?x?xf32, #stablehlo.bounds<3, ?>>, tensor<*xf32>, tuple<i32, tuple<>>, complex<f64>, memref<4xf32>, vector<4xf32>, (i32) -> (i32, i32), none, index, si4, ui2, f8E4M3FN)
  // CHECK: %0:2 = "foo.op"() <{a = 1 : i64}> ({
  // CHECK-NEXT: ^bb0(%arg0: i32):
  // CHECK-NEXT:   "foo.br"(%arg0)[^bb1] : (i32) -> ()
  // CHECK-NEXT: ^bb1: // pred: ^bb0
  // CHECK-NEXT:   "foo.end"() : () -> ()
  // CHECK-NEXT: }) {b = 2 : i64} : () -> (i32, f32)
  %0:2 = "foo.op"() <{a = 1}> ({
    ^first(%x: i32):
      "foo.br"(%x)[^next] : (i32) -> ()
    ^next:
      "foo.end"() : () -> ()
  }) {b = 2} : () -> (i32, f32)
  // CHECK: "foo.use"(%0#1, %0#0) : (f32, i32) -> ()
  "foo.use"(%0#1, %0#0) : (f32, i32) -> ()
}
