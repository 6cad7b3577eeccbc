/** @file Checkpoints of the reference system are read by the order of parameters; every other file is refused in words. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type DirectoryResult, dir } from "tmp-promise";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { SourceFile } from "#lib/diag/source-file.ts";
import type { Tensor } from "#lib/tensors/tensor.ts";
import { parseConfig } from "#lib/train/config.ts";
import { functionNamed } from "#lib/train/machine.ts";
import { trainingModule } from "#lib/train/module.ts";
import { isPcpCheck, type ParameterSlot, readPcpCheck } from "#lib/train/pcpcheck.ts";
import { startingValues } from "#lib/train/prepare.ts";
import { root } from "../tools/processes.ts";

let folder: DirectoryResult;
let path: string;
beforeEach(async () => {
  folder = await dir({ unsafeCleanup: true });
  path = join(folder.path, "checkpoint_10.bin");
});
afterEach(() => folder.cleanup());

const u = (bytes: 1 | 4 | 8, value: number): Buffer => {
  const buffer = Buffer.alloc(bytes);
  if (bytes === 8) buffer.writeBigInt64LE(BigInt(value));
  else buffer.writeUIntLE(value, 0, bytes);
  return buffer;
};

const tensor = (shape: readonly number[], data: Uint16Array | Float32Array): Buffer =>
  Buffer.concat([
    u(1, shape.length),
    ...shape.map((size) => u(8, size)),
    u(8, data.byteLength),
    Buffer.from(data.buffer),
  ]);

const file = (version: number, ...tensors: readonly Buffer[]): Buffer =>
  Buffer.concat([Buffer.from("PCPCHECK"), u(4, version), u(4, tensors.length), ...tensors]);

const slots: readonly ParameterSlot[] = [
  { name: "w", dtype: "f32", shape: [2, 3] },
  { name: "b", dtype: "f32", shape: [] },
];
const weight = tensor([2, 3], Float32Array.of(1, -2, 3, 4.5, 0, 6));
const bias = tensor([], Float32Array.of(0.25));

describe("PCPCHECK", () => {
  it("gives tensors the names of the parameters in order", () => {
    writeFileSync(path, file(1, weight, bias));
    expect(isPcpCheck(path)).toBe(true);
    const read = readPcpCheck(path, slots);
    expect(read).toEqual(
      new Map([
        ["w", { dtype: "f32", shape: [2, 3], data: Float32Array.of(1, -2, 3, 4.5, 0, 6) }],
        ["b", { dtype: "f32", shape: [], data: Float32Array.of(0.25) }],
      ]),
    );
  });

  it("widens bf16 files", () => {
    writeFileSync(path, file(1, weight, tensor([], Uint16Array.of(0x3fc0))));
    const read = readPcpCheck(path, slots) as ReadonlyMap<string, Tensor>;
    expect(read.get("b")).toEqual({ dtype: "f32", shape: [], data: Float32Array.of(1.5) });
  });

  it("says what is wrong with a file", () => {
    const cases: readonly (readonly [Buffer, string])[] = [
      [file(2, weight, bias), "it has version 2; this reads 1"],
      [file(1, weight), "it has 1 tensors, but the model has 2 parameters"],
      [file(1, bias, weight), "'w' has shape [], but the model's has [2, 3]"],
      [file(1, weight, bias).subarray(0, 60), "it ends too early"],
      [Buffer.concat([file(1, weight, bias), u(4, 0)]), "4 bytes follow its last tensor"],
      [
        file(1, weight, tensor([], Float32Array.of(1, 2))),
        "'b' has 8 bytes, which is not 1 of f32",
      ],
      [file(1, Buffer.concat([u(1, 200)]), bias), "a tensor of rank 200"],
    ];
    for (const [bytes, message] of cases) {
      writeFileSync(path, bytes);
      expect(readPcpCheck(path, slots)).toEqual({ problem: `checkpoint '${path}': ${message}` });
    }
    expect(isPcpCheck(join(folder.path, "missing"))).toBe(false);
    writeFileSync(path, "PCP");
    expect(isPcpCheck(path)).toBe(false);
  });

  it("is what a run can begin from", () => {
    const model = join(root, "test/fixtures/train/bigram.mlir");
    const engine = new DiagnosticEngine();
    const text = JSON.stringify({
      ...{ model_path: model, data_path: "d", learning_rate: 0.1, steps: 1 },
      weights_path: path,
    });
    const config = parseConfig(new SourceFile("c.json", text), [], engine);
    const module = config === null ? null : trainingModule(model, config, engine);
    if (config === null || module === null) throw new Error("no module");
    const values = Float32Array.from({ length: 256 * 256 }, (_, i) => i / 7);
    writeFileSync(path, file(1, tensor([256, 256], values)));
    const info = functionNamed(module.functions, "train_step");
    const begin = () => startingValues(info, config, { checkpoint: null, tensors: null }, "/");
    expect(begin().get("table")?.data).toEqual(values);
    writeFileSync(path, file(1, tensor([256, 256], values), bias));
    expect(begin).toThrow("it has 2 tensors, but the model has 1 parameters");
  });
});
