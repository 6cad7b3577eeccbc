/** @file Inputs as text, and how they fill the arguments of a function. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { FunctionInfo, ValueInfo } from "#lib/runtime/engine.ts";
import { bindInputs, parseInput } from "#lib/runtime/inputs.ts";
import { isProblem, type Problem } from "#lib/support/problem.ts";
import { writeSafetensorsFile } from "#lib/tensors/files.ts";
import { encodeNpy } from "#lib/tensors/npy.ts";
import { encodeNpz } from "#lib/tensors/npz.ts";
import { type Tensor, tensorFromNumbers, toNumbers } from "#lib/tensors/tensor.ts";

const folder = mkdtempSync(join(tmpdir(), "pcp-inputs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const one = (text: string): Tensor => {
  const part = parseInput(text, folder);
  if (isProblem(part)) throw new Error(part.problem);
  if (part.kind !== "tensors" || part.tensors[0] === undefined) throw new Error(part.kind);
  return part.tensors[0];
};
const problem = (text: string): string => {
  const part = parseInput(text, folder);
  return isProblem(part) ? part.problem : "no problem";
};

describe("parseInput", () => {
  it.each([
    ["2x2xf32=1 2 3 4", "f32", [2, 2], [1, 2, 3, 4]],
    ["2x2xi32=[[1 2][3 4]]", "i32", [2, 2], [1, 2, 3, 4]],
    ["4xf32=1,2,3,-4e1", "f32", [4], [1, 2, 3, -40]],
    ["3xf32=7", "f32", [3], [7, 7, 7]],
    ["3xf32", "f32", [3], [0, 0, 0]],
    ["f32=2.5", "f32", [], [2.5]],
    ["2xi8=255 -128", "i8", [2], [-1, -128]],
    ["2xui64=18446744073709551615 0x10", "ui64", [2], [18446744073709552000, 16]],
    ["2xi1=true 0", "i1", [2], [1, 0]],
    ["3xbf16=nan inf -Infinity", "bf16", [3], [Number.NaN, Infinity, -Infinity]],
    ["2xsi32=1 2", "i32", [2], [1, 2]],
    ["5xf32=0x1p3 0x10 -0x1.8p-1 0x.8 0X1P+2", "f32", [5], [8, 16, -0.75, 0.5, 4]],
    ["0x3xf32=", "f32", [0, 3], []],
  ])("%s", (text, dtype, shape, values) => {
    const tensor = one(text);
    expect([tensor.dtype, tensor.shape, toNumbers(tensor)]).toEqual([dtype, shape, values]);
  });

  it("keeps all digits of 64-bit integers", () => {
    expect(one("1xi64=-9223372036854775808").data[0]).toBe(-9223372036854775808n);
  });

  it.each([
    ["3xf32=1 2", "3xf32 has 3 elements, but 2 are given"],
    ["2xf32=1 2 3", "2xf32 has 2 elements, but 3 are given"],
    ["2xf32=1 x", "'x' is not a number that f32 can hold"],
    ["2xi32=1 1.5", "'1.5' is not a number that i32 can hold"],
    ["2xi8=1 256", "'256' is not a number that i8 can hold"],
    ["2xui8=1 -1", "'-1' is not a number that ui8 can hold"],
    ["2xf33=1", "'f33' is not an element type"],
    ["hello", "'hello' is not an element type"],
    ["", "'' is not an element type"],
    ["99999999999x99999999999xf32", "is too large"],
    ["@none.npy", "no such file"],
    ["@x.txt", "'@x.txt' is none of .npy, .npz, .safetensors and .irpa"],
    ["2xf32=@none.bin", "no such file"],
    ["2xcomplex<f32>=1 2", "complex<f32> elements are given by a file"],
  ])("refuses '%s'", (text, message) => {
    expect(problem(text)).toContain(message);
  });

  it("reads raw bytes whose size fits", () => {
    writeFileSync(join(folder, "x.bin"), new Uint8Array(new Float32Array([1, 2]).buffer));
    expect(toNumbers(one("2xf32=@x.bin"))).toEqual([1, 2]);
    expect(problem("3xf32=@x.bin")).toContain("has 8 bytes where the type takes 12");
  });
});

const arg = (dtype: "f32" | "i32", shape: number[], name: string | null): ValueInfo => ({
  kind: "tensor",
  dtype,
  shape,
  name,
  role: null,
  type: `tensor<${[...shape, dtype].join("x")}>`,
});
const info: FunctionInfo = {
  name: "f",
  args: [arg("f32", [2], "w"), arg("f32", [1], "b"), arg("i32", [], null)],
  results: [],
};
const bind = (...texts: string[]): Tensor[] | Problem => {
  const parts = texts.map((text) => {
    const part = parseInput(text, folder);
    if (isProblem(part)) throw new Error(part.problem);
    return part;
  });
  return bindInputs(info, parts);
};
const bound = (...texts: string[]): number[][] => {
  const tensors = bind(...texts);
  if (isProblem(tensors)) throw new Error(tensors.problem);
  return tensors.map(toNumbers);
};

describe("bindInputs", () => {
  const w = tensorFromNumbers("f32", [2], [1, 2]);
  const b = tensorFromNumbers("f32", [1], [3]);
  writeSafetensorsFile(
    join(folder, "w.safetensors"),
    new Map([
      ["b", b],
      ["w", w],
    ]),
  );
  const npz = encodeNpz(
    new Map([
      ["arr_0", w],
      ["arr_1", b],
    ]),
  );
  const npy = encodeNpy(w);
  if (isProblem(npz) || isProblem(npy)) throw new Error("fixtures");
  writeFileSync(join(folder, "x.npz"), npz);
  writeFileSync(join(folder, "x.npy"), npy);

  it("fills in order", () => {
    expect(bound("2xf32=1 2", "1xf32=3", "4")).toEqual([[1, 2], [3], [4]]);
    expect(bound("@x.npz", "i32=5")).toEqual([[1, 2], [3], [5]]);
    expect(bound("@x.npy", "1xf32=9", "-1")).toEqual([[1, 2], [9], [-1]]);
  });

  it("fills by name, the rest in order", () => {
    expect(bound("7", "@w.safetensors")).toEqual([[1, 2], [3], [7]]);
  });

  it.each([
    [
      ["2xf32=1"],
      "@f takes 3 inputs; nothing is given for 'b' (argument 1, tensor<1xf32>), argument 2 (tensor<i32>)",
    ],
    [["2xf32", "1xf32", "1", "2"], "@f takes 3 inputs, but 1 more is given"],
    [["1", "1xf32", "1"], "input 0 must be tensor<2xf32>, but got the number 1"],
    [["2xf32", "1xf32", "1.5"], "input 2: '1.5' is not a number that i32 can hold"],
  ])("refuses %j", (texts, message) => {
    const result = bind(...texts);
    expect(isProblem(result) ? result.problem : "").toBe(message);
  });
});
