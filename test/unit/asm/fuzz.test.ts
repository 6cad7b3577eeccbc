/** @file Random modules print and parse to the same text; broken texts end in a diagnostic, never in an exception. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { printModule } from "#lib/asm/printer.ts";
import { builtin } from "#lib/dialects/builtin/ops.ts";
import { randomModule } from "./random-module.ts";
import { parse, read } from "./support.ts";

const SAMPLE = `#loc1 = loc("a.py":1:2)
!t = tensor<2x3xf32>
module @m attributes {pcp.format = 1 : i32} {
  func.func @main(%x: !t {pcp.name = "x"} loc(#loc1), %i: tensor<1xi64>) -> (tensor<f32> {pcp.role = "loss"}) {
    %cst = stablehlo.constant dense<[[1.0, 0x7FC00000, -2.5e-3], [0.0, 1.0, 2.0]]> : !t
    %r = stablehlo.constant dense_resource<blob> : tensor<2xi8>
    %0 = stablehlo.add %x, %cst : !t loc(fused<"f">[#loc1, "g"])
    %1 = "stablehlo.gather"(%0, %i) <{dimension_numbers = #stablehlo.gather<offset_dims = [0], collapsed_slice_dims = [0], start_index_map = [0]>, slice_sizes = array<i64: 1, 3>}> : (!t, tensor<1xi64>) -> tensor<3xf32>
    %z = stablehlo.constant dense<0.0> : tensor<f32>
    %2 = stablehlo.reduce(%1 init: %z) applies stablehlo.add across dimensions = [0] : (tensor<3xf32>, tensor<f32>) -> tensor<f32>
    %3:2 = stablehlo.while(%a = %2, %b = %z) : tensor<f32>, tensor<f32>
    cond {
      %c = stablehlo.compare LT, %a, %b, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      stablehlo.return %c : tensor<i1>
    } do {
      stablehlo.return %b, %a : tensor<f32>, tensor<f32>
    }
    return %3#1 : tensor<f32>
  }
}
{-# dialect_resources: { builtin: { blob: "0x010000000102" } } #-}
`;

const printings = [
  {},
  { generic: true },
  { debugInfo: true },
  { debugInfo: true, generic: true },
  { debugInfo: true, localScope: true },
];

describe("random modules", () => {
  test("print the same again after parsing", () => {
    fc.assert(
      fc.property(randomModule(builtin.module), (module) => {
        for (const options of printings) {
          const text = printModule(module, options);
          expect(printModule(parse(text), options)).toBe(text);
        }
      }),
      { numRuns: 150, seed: 20261121, endOnFailure: true },
    );
  });
});

describe("the sample", () => {
  test("prints the same again in every way", () => {
    for (const options of printings) {
      const text = printModule(parse(SAMPLE), options);
      expect(printModule(parse(text), options)).toBe(text);
    }
  });

  test("survives truncation at every character", () => {
    for (let end = 0; end < SAMPLE.length; end++) read(SAMPLE.slice(0, end));
  });

  test("survives the loss and the change of any character", () => {
    fc.assert(
      fc.property(
        fc.nat(SAMPLE.length - 1),
        fc.nat(4),
        fc.string({ unit: "binary", maxLength: 3 }),
        (at, length, inserted) => {
          read(SAMPLE.slice(0, at) + inserted + SAMPLE.slice(at + length));
        },
      ),
      { numRuns: 1500, seed: 7 },
    );
  });
});

describe("random text", () => {
  test("ends in a diagnostic or in a module", () => {
    const piece = fc.constantFrom(
      ...'%0 %a = # ! @f ^bb { } ( ) [ ] < > , : :: -> - . " tensor< f32 2x 1 0x1F 1.5 module func.func stablehlo.add loc( dense< array< {-# #-} true \n // <{ }> #a<'.split(
        " ",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const result = read(pieces.join(""));
        if ("errors" in result) expect(result.errors).toMatch(/^t\.mlir:\d+:\d+: error: /);
      }),
      { numRuns: 3000, seed: 3 },
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        read(text);
      }),
      { numRuns: 1000, seed: 4 },
    );
  });
});
