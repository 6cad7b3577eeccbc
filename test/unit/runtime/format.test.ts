/** @file Printing of tensors: against recorded text, and against iree-run-module itself, byte for byte. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatG, formatTensor, spellElementType } from "#lib/runtime/format.ts";
import { compilerFor } from "#lib/runtime/open.ts";
import { byteWidth, type DType } from "#lib/tensors/dtype.ts";
import {
  type Tensor,
  tensorBytes,
  tensorFromBytes,
  tensorFromNumbers,
} from "#lib/tensors/tensor.ts";
import { findIree, testFolder } from "./iree.ts";

const iree = await findIree();
const { folder, env } = testFolder();

describe("formatG", () => {
  it.each([
    [0, "0"],
    [-0, "-0"],
    [1, "1"],
    [0.1, "0.1"],
    [123456, "123456"],
    [1234567, "1.23457E+06"],
    [100000, "100000"],
    [1e6, "1E+06"],
    [999999.5, "1E+06"],
    [123456.5, "123456"],
    [123457.5, "123458"],
    [1000000.5, "1E+06"],
    [0.0001, "0.0001"],
    [0.00001, "1E-05"],
    [0.00012345675, "0.000123457"],
    [5e-324, "4.94066E-324"],
    [1.7976931348623157e308, "1.79769E+308"],
    [Number.NaN, "NAN"],
    [Number.NEGATIVE_INFINITY, "-INF"],
  ])("%f is %s", (value, text) => {
    expect(formatG(value)).toBe(text);
  });
});

describe("formatTensor", () => {
  const numbers = tensorFromNumbers("f32", [2, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  it.each([
    [0, "[[...][...]][[...][...]]"],
    [1, "[[1...][...]][[...][...]]"],
    [5, "[[1 2 3][4 5...]][[...][...]]"],
    [6, "[[1 2 3][4 5 6]][[...][...]]"],
    [12, "[[1 2 3][4 5 6]][[7 8 9][10 11 12]]"],
  ])("with at most %i elements", (count, text) => {
    expect(formatTensor(numbers, count)).toBe(`2x2x3xf32=${text}`);
  });

  it("of empty and scalar tensors", () => {
    expect(formatTensor(tensorFromNumbers("f32", [1, 2, 0], []))).toBe("1x2x0xf32=[[][]]");
    expect(formatTensor(tensorFromNumbers("f32", [2, 0, 3], []))).toBe("2x0x3xf32=[][]");
    expect(formatTensor(tensorFromNumbers("f32", [0, 3], []))).toBe("0x3xf32=");
    expect(formatTensor(tensorFromNumbers("f32", [], [2]), 0)).toBe("f32=...");
    expect(formatTensor(tensorFromNumbers("i1", [2], [1, 0]))).toBe("2xi1=01 00");
  });
});

const ECHOED: readonly DType[] = [
  "f32",
  "f64",
  "f16",
  "bf16",
  "i8",
  "i16",
  "i32",
  "i64",
  "ui8",
  "ui16",
  "ui32",
  "ui64",
  "f8E4M3FN",
  "f8E5M2",
  "i1",
];

/** A module with one function for each element type that gives back what it is given. */
const echoModule = (): string =>
  ECHOED.map((dtype) => {
    const type = `tensor<?x?x${dtype}>`;
    return `func.func @echo_${dtype}(%a: ${type}) -> ${type} { return %a : ${type} }`;
  }).join("\n");

describe.skipIf(iree === null)("iree-run-module prints the same", () => {
  const theirs = async (tensor: Tensor, path: string, max: number): Promise<string> => {
    const data = join(folder, "data.bin");
    writeFileSync(data, tensorBytes(tensor));
    const type = [...tensor.shape, spellElementType(tensor.dtype)].join("x");
    const { stdout } = await execa(iree?.runModule ?? "", [
      "--device=local-sync",
      `--module=${path}`,
      `--function=echo_${tensor.dtype}`,
      `--input=${type}=@${data}`,
      `--output_max_element_count=${max}`,
    ]);
    return stdout.split("\n")[2] ?? "";
  };

  it.each(ECHOED)("for random and special bits of %s", async (dtype) => {
    const { path } = await compilerFor({ place: { env, cwd: folder }, backend: "cpu" })({
      name: "echo",
      text: echoModule(),
    });
    const width = byteWidth(dtype);
    const count = width === 1 ? 256 : 2000;
    const random = fc.sample(
      fc.uint8Array({ minLength: count * width, maxLength: count * width }),
      {
        numRuns: 1,
        seed: 11,
      },
    )[0] as Uint8Array;
    // Small numbers and halves, whose digits end early, beside random bits.
    const tame = tensorFromNumbers(
      dtype,
      [count, 1],
      Array.from(
        { length: count },
        (_, index) => ((index * 7919) % 1000) / 8 + (index % 3) * 100000,
      ),
    );
    const bytes =
      width === 1
        ? Uint8Array.from({ length: 256 }, (_, index) => (dtype === "i1" ? index & 1 : index))
        : random;
    const wild = tensorFromBytes(dtype, [count / 4, 4], bytes);
    expect(formatTensor(wild, 100000)).toBe(await theirs(wild, path, 100000));
    expect(formatTensor(tame, 1501)).toBe(await theirs(tame, path, 1501));
  });
});
