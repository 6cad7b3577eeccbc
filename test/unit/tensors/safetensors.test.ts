/** @file The safetensors codec: files of the reference writer, round trips, headers that lie. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { isProblem, type Problem } from "#lib/support/problem.ts";
import { readSafetensorsFile, writeSafetensorsFile } from "#lib/tensors/files.ts";
import { decodeSafetensors, encodeSafetensors } from "#lib/tensors/safetensors.ts";
import { type Tensor, tensorFromNumbers, toNumbers } from "#lib/tensors/tensor.ts";

const fixture = (name: string): Uint8Array =>
  readFileSync(new URL(`./fixtures/${name}`, import.meta.url));

const folder = mkdtempSync(join(tmpdir(), "pcp-safetensors-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function ok<T extends object>(value: T | Problem): T {
  if (isProblem(value)) throw new Error(value.problem);
  return value;
}

const problemOf = (value: object): string => (isProblem(value) ? value.problem : "no problem");

/** A file with any header text and so many bytes of data. */
function file(header: string, dataSize: number, claimed?: bigint): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + dataSize);
  new DataView(bytes.buffer).setBigUint64(0, claimed ?? BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const entry = (shape: unknown, offsets: unknown, dtype: unknown = "F32"): string =>
  JSON.stringify({ x: { dtype, shape, data_offsets: offsets } });

describe("reading", () => {
  it("reads what the reference library wrote", () => {
    const { tensors, metadata } = ok(decodeSafetensors(fixture("model.safetensors")));
    expect(metadata).toEqual({ format: "pt" });
    expect([...tensors.keys()].sort()).toEqual(["a.weight", "b.bias"]);
    expect(toNumbers(tensors.get("b.bias") as Tensor)).toEqual([1, 2]);
    expect(tensors.get("a.weight")?.shape).toEqual([2, 3]);
    expect(toNumbers(tensors.get("a.weight") as Tensor)[5]).toBeCloseTo(5 / 3, 6);
  });

  it.each([
    ["nothing", new Uint8Array(0), "shorter than 8 bytes"],
    ["a header longer than the file", file("{}", 0, 3n), "claims 3 bytes of 10"],
    ["a header of 2^63 bytes", file("{}", 0, 1n << 63n), "claims 9223372036854775808"],
    ["no JSON", file("{nope", 0), "the header is not JSON"],
    ["an array", file("[]", 0), "not an object"],
    ["an entry that is a number", file('{"x":1}', 0), "'x' is not described by an object"],
    ["an unknown type", file(entry([1], [0, 4], "F99"), 4), "unknown type 'F99'"],
    ["a type from Object.prototype", file(entry([1], [0, 4], "toString"), 4), "unknown type"],
    ["a negative size", file(entry([-1], [0, 4]), 4), "no valid shape"],
    ["a fractional size", file(entry([0.5], [0, 4]), 4), "no valid shape"],
    ["a size beyond 2^53", file(entry([2 ** 53], [0, 4]), 4), "no valid shape"],
    [
      "sizes whose product overflows",
      file(entry([2 ** 40, 2 ** 40], [0, 4]), 4),
      "more than a file can hold",
    ],
    ["a range beyond the end", file(entry([2], [0, 8]), 4), "cut short"],
    ["a range that ends before it begins", file(entry([1], [4, 0]), 4), "no valid byte range"],
    ["a range of strings", file(entry([1], ["0", "4"]), 4), "no valid byte range"],
    [
      "a range of another length",
      file(entry([1], [0, 8]), 8),
      "has 8 bytes where its type and shape take 4",
    ],
    ["bytes of nobody", file(entry([1], [0, 4]), 8), "4 bytes at the end belong to no tensor"],
    ["metadata of numbers", file('{"__metadata__":{"a":1}}', 0), "not an object of strings"],
    [
      "overlapping tensors",
      file(
        '{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}}',
        6,
      ),
      "'b' overlaps",
    ],
    [
      "a hole between tensors",
      file(
        '{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[1],"data_offsets":[3,4]}}',
        4,
      ),
      "2 bytes before tensor 'b' belong to none",
    ],
  ])("refuses %s", (_, bytes, message) => {
    expect(problemOf(decodeSafetensors(bytes))).toContain(message);
  });

  it("refuses a file cut at any byte", () => {
    const bytes = fixture("model.safetensors");
    for (let size = 0; size < bytes.length; size++)
      expect(isProblem(decodeSafetensors(bytes.slice(0, size)))).toBe(true);
  });

  it("keeps names like __proto__ apart from objects", () => {
    const bytes = file('{"__proto__":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}', 1);
    expect([...ok(decodeSafetensors(bytes)).tensors.keys()]).toEqual(["__proto__"]);
  });

  it("says nothing but one line for any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const result = decodeSafetensors(bytes);
        return !isProblem(result) || !result.problem.includes("\n");
      }),
    );
  });
});

describe("writing", () => {
  const tensors = new Map<string, Tensor>([
    ["flag", tensorFromNumbers("i1", [3], [1, 0, 1])],
    ["w", tensorFromNumbers("bf16", [2, 2], [1, -2, 0.5, 3])],
    ["none", tensorFromNumbers("f32", [0, 4], [])],
    ["s", tensorFromNumbers("f64", [], [Math.PI])],
    ["i", tensorFromNumbers("i64", [1], [-5])],
  ]);

  it("gives back what it was given, in order, at aligned data", () => {
    const bytes = ok(encodeSafetensors(tensors, { step: "7" }));
    const back = ok(decodeSafetensors(bytes));
    expect([...back.tensors]).toEqual([...tensors]);
    expect(back.metadata).toEqual({ step: "7" });
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect((8 + length) % 64).toBe(0);
  });

  it("names the element type that the format lacks", () => {
    const odd = new Map([["x", tensorFromNumbers("i4", [1], [1])]]);
    expect(problemOf(encodeSafetensors(odd))).toContain("'x': safetensors has no element type i4");
  });

  it("writes files whole or not at all", () => {
    const path = join(folder, "a.safetensors");
    expect(writeSafetensorsFile(path, tensors)).toBeNull();
    expect([...ok(readSafetensorsFile(path)).tensors]).toEqual([...tensors]);
    expect(
      problemOf(writeSafetensorsFile(join(folder, "no/such/x.safetensors"), tensors) ?? {}),
    ).toContain("no such file or folder");
    expect(readdirSync(folder)).toEqual(["a.safetensors"]);
  });

  it("names the file that cannot be read", () => {
    expect(problemOf(readSafetensorsFile(join(folder, "none")))).toMatch(
      /cannot read '.*none': no such file/,
    );
    expect(problemOf(readSafetensorsFile(folder))).toContain("it is a folder");
    const path = join(folder, "bad");
    writeFileSync(path, "x");
    expect(problemOf(readSafetensorsFile(path))).toContain("shorter than 8 bytes");
    rmSync(path);
  });
});
