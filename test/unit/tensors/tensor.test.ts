/** @file Storage of tensors: widths, wrapping, rounding, bytes. */
import { describe, expect, it } from "vitest";
import { bitWidth, byteWidth, type DType } from "#lib/tensors/dtype.ts";
import {
  readNumber,
  tensorByteLength,
  tensorBytes,
  tensorFromBytes,
  tensorFromNumbers,
  toNumbers,
  writeNumber,
  zeros,
} from "#lib/tensors/tensor.ts";

describe("widths", () => {
  it.each<[DType, number, number]>([
    ["i1", 1, 1],
    ["i4", 4, 1],
    ["ui2", 2, 1],
    ["i64", 64, 8],
    ["bf16", 16, 2],
    ["f8E4M3FN", 8, 1],
    ["f4E2M1FN", 4, 1],
    ["complex<f32>", 64, 8],
    ["complex<f64>", 128, 16],
  ])("%s has %i bits and takes %i bytes", (dtype, bits, bytes) => {
    expect([bitWidth(dtype), byteWidth(dtype)]).toEqual([bits, bytes]);
    expect(zeros(dtype, [3]).data.byteLength).toBe(3 * bytes);
    expect(tensorByteLength(dtype, [2, 3])).toBe(6 * bytes);
  });
});

describe("elements", () => {
  it.each<[DType, number, number]>([
    ["i8", 200, -56],
    ["ui8", -1, 255],
    ["i4", 9, -7],
    ["ui4", 17, 1],
    ["i2", 3, -1],
    ["i32", 2 ** 31, -(2 ** 31)],
    ["i64", -5.7, -5],
    ["i1", 7, 1],
    ["f32", 0.1, Math.fround(0.1)],
    ["bf16", 1 + 2 ** -9, 1],
    ["f16", 65520, Number.POSITIVE_INFINITY],
    ["f8E4M3FN", 0.3, 0.3125],
  ])("%s holds %d as %d", (dtype, value, held) => {
    const tensor = zeros(dtype, []);
    writeNumber(tensor, 0, value);
    expect(readNumber(tensor, 0)).toBe(held);
  });
});

describe("bytes", () => {
  it("are shared by a tensor and copied into one, however they are aligned", () => {
    const tensor = tensorFromNumbers("f32", [2], [1, 2]);
    const shifted = new Uint8Array(9);
    shifted.set(tensorBytes(tensor), 1);
    const copy = tensorFromBytes("f32", [2], shifted.subarray(1));
    shifted.fill(0);
    expect(toNumbers(copy)).toEqual([1, 2]);
    tensorBytes(tensor).fill(0);
    expect(toNumbers(tensor)).toEqual([0, 0]);
  });

  it("make booleans 0 or 1", () => {
    expect(toNumbers(tensorFromBytes("i1", [3], Uint8Array.of(0, 1, 255)))).toEqual([0, 1, 1]);
  });
});
