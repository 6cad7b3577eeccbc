/** @file The .npy and .npz codecs: files of NumPy, round trips, damaged files. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { inflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { isProblem, type Problem } from "#lib/support/problem.ts";
import { range } from "#lib/support/shape.ts";
import { readNpyFile, readNpzFile } from "#lib/tensors/files.ts";
import { decodeNpy, encodeNpy } from "#lib/tensors/npy.ts";
import { decodeNpz, encodeNpz } from "#lib/tensors/npz.ts";
import { type Tensor, tensorFromNumbers, toNumbers } from "#lib/tensors/tensor.ts";

const pathOf = (name: string): string =>
  fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));
const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(pathOf(name)));

function ok<T extends object>(value: T | Problem): T {
  if (isProblem(value)) throw new Error(value.problem);
  return value;
}

const problemOf = (value: object): string => (isProblem(value) ? value.problem : "no problem");
const inflate = (bytes: Uint8Array, size: number): Uint8Array =>
  inflateRawSync(bytes, { maxOutputLength: Math.max(1, size) });

describe("npy", () => {
  it.each([
    ["f32", "f32", [2, 3], [0, 1 / 3, 2 / 3, 1, 4 / 3, 5 / 3].map(Math.fround)],
    ["i64", "i64", [3], [-(2 ** 62), 0, 2 ** 62]],
    ["u8", "ui8", [2], [0, 255]],
    ["bool", "i1", [2, 1], [1, 0]],
    ["f16", "f16", [2], [0.5, -2]],
    ["bf16", "bf16", [2], [1.5, -0.25]],
    ["scalar", "f64", [], [2.5]],
    ["empty", "f32", [0, 3], []],
    ["complex", "complex<f32>", [1], [1, 2]],
    ["big", "i32", [3], [1, -2, 3]],
    ["fortran", "i32", [2, 3, 4], range(24)],
  ])("reads NumPy's %s", (name, dtype, shape, values) => {
    const tensor = ok(decodeNpy(bytesOf(`${name}.npy`)));
    expect([tensor.dtype, tensor.shape, toNumbers(tensor)]).toEqual([dtype, shape, values]);
  });

  it.each(["f32", "i64", "u8", "bool", "f16", "scalar", "empty", "complex", "bf16"])(
    "writes the bytes that NumPy writes for %s",
    (name) => {
      const bytes = bytesOf(`${name}.npy`);
      expect(Buffer.from(ok(encodeNpy(ok(decodeNpy(bytes)))))).toEqual(Buffer.from(bytes));
    },
  );

  it("reads arrays one after the other", () => {
    const [first, second, ...rest] = ok(readNpyFile(pathOf("several.npy")));
    expect([first?.dtype, second?.dtype, rest]).toEqual(["f32", "i64", []]);
  });

  it("refuses a file cut at any byte, and bytes after the array", () => {
    const bytes = bytesOf("f32.npy");
    for (let size = 0; size < bytes.length; size++)
      expect(isProblem(decodeNpy(bytes.subarray(0, size)))).toBe(true);
    expect(problemOf(decodeNpy(bytesOf("several.npy")))).toMatch(/\d+ bytes follow the array/);
  });

  const withHeader = (text: string): Uint8Array => {
    const bytes = new Uint8Array(10 + text.length);
    bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length & 255, text.length >> 8]);
    bytes.set(new TextEncoder().encode(text), 10);
    return bytes;
  };

  it.each([
    [
      "pickled objects",
      "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }",
      '"|O" is not supported',
    ],
    [
      "records",
      "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }",
      "not one that NumPy writes",
    ],
    [
      "a huge shape",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }",
      "not one that NumPy",
    ],
    [
      "sizes that overflow",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (9007199254740991, 3), }",
      "cut short",
    ],
    [
      "code",
      "{'descr': __import__('os'), 'fortran_order': False, 'shape': (1,), }",
      "not one that NumPy writes",
    ],
  ])("refuses %s", (_, header, message) => {
    expect(problemOf(decodeNpy(withHeader(header)))).toContain(message);
  });
});

describe("npz", () => {
  it.each(["stored", "deflated"])("reads NumPy's %s archive", (name) => {
    const tensors = ok(readNpzFile(pathOf(`${name}.npz`)));
    expect(tensors.get("w")?.shape).toEqual([2, 3]);
    expect([...tensors.keys()]).toEqual(name === "stored" ? ["w", "step/é"] : ["zeros", "w"]);
  });

  it("reads what it writes", () => {
    const tensors = new Map<string, Tensor>([
      ["a/b", tensorFromNumbers("f32", [2], [1, 2])],
      ["é", tensorFromNumbers("i64", [], [3])],
    ]);
    expect([...ok(decodeNpz(ok(encodeNpz(tensors)), inflate))]).toEqual([...tensors]);
  });

  it("refuses an archive cut at any byte", () => {
    const bytes = bytesOf("deflated.npz");
    for (let size = 0; size < bytes.length; size++)
      expect(isProblem(decodeNpz(bytes.subarray(0, size), inflate))).toBe(true);
  });

  it("finds a flipped bit in an array, and never throws for one anywhere", () => {
    const bytes = bytesOf("deflated.npz");
    for (let index = 0; index < bytes.length; index++) {
      const damaged = bytes.slice();
      damaged[index] = (damaged[index] as number) ^ 0x40;
      const result = decodeNpz(damaged, inflate);
      if (isProblem(result)) expect(result.problem).not.toContain("\n");
    }
    const data = bytes.slice();
    data[80] = (data[80] as number) ^ 1;
    expect(problemOf(decodeNpz(data, inflate))).toMatch(
      /'zeros.npy' (has a wrong checksum|cannot be decompressed|has another size)/,
    );
  });
});
