/** @file Declarations as compiled modules carry them. */
import { describe, expect, it } from "vitest";
import { parseDeclaration, parseTensorType } from "#lib/runtime/reflection.ts";

describe("parseDeclaration", () => {
  it("reads names, roles and types", () => {
    const info = parseDeclaration(
      "main",
      'sync func @main(%input0: tensor<2x3xf32> {pcp.name = "w", pcp.role = "param"}, %input1: tensor<i32>) -> (%output0: tensor<f32> {pcp.role = "loss"})',
    );
    expect(info?.args).toEqual([
      {
        kind: "tensor",
        dtype: "f32",
        shape: [2, 3],
        name: "w",
        role: "param",
        type: "tensor<2x3xf32>",
      },
      { kind: "tensor", dtype: "i32", shape: [], name: null, role: null, type: "tensor<i32>" },
    ]);
    expect(info?.results).toEqual([
      { kind: "tensor", dtype: "f32", shape: [], name: null, role: "loss", type: "tensor<f32>" },
    ]);
  });

  it("is not misled by brackets, commas and quotes in names", () => {
    const info = parseDeclaration(
      "one",
      'sync func @one(%input0: tensor<2xf32> {pcp.foo = {x = [1, 2], y = "}"}, pcp.name = "a\\22b\\\\c(,)>\\0A\\C3\\A9x"}) -> (%output0: tensor<f32>)',
    );
    expect(info?.args).toHaveLength(1);
    expect(info?.args[0]?.name).toBe('a"b\\c(,)>\n\u00e9x');
    expect(info?.results).toHaveLength(1);
  });

  it("reads dynamic sizes, unsigned types, numbers and what it does not know", () => {
    const info = parseDeclaration(
      "f",
      "async func @f(%input0: tensor<?x3xf32>, %input1: tensor<3xi8> {iree.abi.encoding = tensor<3xui8>}, %input2: i32, %input3: !hal.buffer_view) -> ()",
    );
    expect(info?.args.map(({ kind, dtype, shape }) => [kind, dtype, shape])).toEqual([
      ["tensor", "f32", [null, 3]],
      ["tensor", "ui8", [3]],
      ["scalar", "i32", []],
      ["opaque", null, null],
    ]);
    expect(info?.results).toEqual([]);
  });

  it("gives up on other text", () => {
    expect(parseDeclaration("f", "nonsense")).toBeNull();
    expect(parseTensorType("tensor<4xfoo>")).toBeNull();
    expect(parseTensorType("tensor<2xcomplex<f32>>")).toEqual({
      dtype: "complex<f32>",
      shape: [2],
    });
  });
});
