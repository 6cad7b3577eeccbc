/** @file The interpreter against IREE on random functions: floats within rounding, integers exactly. */

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Engine, fetched } from "#lib/runtime/engine.ts";
import { openEngine } from "#lib/runtime/open.ts";
import type { DType } from "#lib/tensors/dtype.ts";
import { readNumber, type Tensor, toNumbers, writeNumber, zeros } from "#lib/tensors/tensor.ts";
import { findIree, testFolder } from "../runtime/iree.ts";
import { randomFrom, randomFunction } from "./random-functions.ts";

const SEED = Number(process.env["PCP_SEED"] ?? 20261121);
const PER_TYPE = 6;

const iree = await findIree();
const { folder, env } = testFolder();
const place = { env, cwd: folder };

function randomTensor(dtype: DType, shape: readonly number[], random: () => number): Tensor {
  const tensor = zeros(dtype, shape);
  for (let i = 0; i < tensor.data.length; i++)
    writeNumber(
      tensor,
      i,
      dtype.startsWith("f") ? 4 * random() - 2 : Math.floor(random() * 200) - 100,
    );
  return tensor;
}

/** Largest difference relative to the larger of 1 and the magnitude; infinite where integers differ. */
function error(actual: Tensor, expected: Tensor): number {
  let most = 0;
  for (let i = 0; i < expected.data.length; i++) {
    if (Object.is(actual.data[i], expected.data[i])) continue;
    const [a, e] = [readNumber(actual, i), readNumber(expected, i)];
    if (Number.isNaN(a) && Number.isNaN(e)) continue;
    const off = expected.dtype.startsWith("f")
      ? Math.abs(a - e) / Math.max(1, Math.abs(e))
      : Infinity;
    most = Math.max(most, Number.isNaN(off) ? Infinity : off);
  }
  return most;
}

interface Case {
  readonly name: string;
  readonly text: string;
  readonly inputs: readonly Tensor[];
}

function casesOf(dtype: "f32" | "i32" | "i64", random: () => number): Case[] {
  return Array.from({ length: PER_TYPE }, (_, i) => {
    const name = `${dtype}_${i}`;
    const { text, shape } = randomFunction(name, dtype, random);
    const inputs = [randomTensor(dtype, shape, random), randomTensor(dtype, shape, random)];
    return { name, text, inputs };
  });
}

/** Both engines, closed afterwards. */
async function onBoth(work: (theirs: Engine, ours: Engine) => Promise<void>): Promise<void> {
  const theirs = await openEngine({ engine: "iree", place, device: "local-sync" });
  const ours = await openEngine({ engine: "interp", place });
  try {
    await work(theirs, ours);
  } finally {
    await theirs.close();
    await ours.close();
  }
}

describe.skipIf(iree === null)("random functions on both engines", () => {
  it(`agree, seed ${SEED}`, () =>
    onBoth(async (theirs, ours) => {
      const random = randomFrom(SEED);
      const cases = (["f32", "i32", "i64"] as const).flatMap((dtype) => casesOf(dtype, random));
      const text = `module {\n${cases.map((item) => item.text).join("\n")}\n}\n`;
      const program = { kind: "mlir", name: "random", text } as const;
      const [expecting, computing] = [await theirs.load(program), await ours.load(program)];
      for (const item of cases) {
        const expected = await expecting.call(item.name, item.inputs);
        const actual = await computing.call(item.name, item.inputs);
        expected.forEach((_, i) => {
          const [a, e] = [fetched(actual, i), fetched(expected, i)];
          const off = error(a, e);
          const [x, y] = item.inputs.map(toNumbers);
          const report = `seed ${SEED}: result ${i}: expected ${toNumbers(e)}, but got ${toNumbers(a)}\n${item.text}\n%a = ${x}\n%b = ${y}`;
          expect(off, report).toBeLessThanOrEqual(1e-5);
        });
      }
    }));
});

describe.skipIf(iree === null)("the small nanochat on both engines", () => {
  it("computes the same loss and logits", () =>
    onBoth(async (theirs, ours) => {
      const text = readFileSync(
        new URL("../../../examples/nanochat/small.mlir", import.meta.url),
        "utf8",
      );
      const random = randomFrom(SEED);
      const program = { kind: "mlir", name: "small", text } as const;
      const [expecting, computing] = [await theirs.load(program), await ours.load(program)];
      for (const { name, args } of expecting.functions) {
        const inputs = args.map(({ dtype, shape }) => {
          const tensor = zeros(
            dtype ?? "f32",
            (shape ?? []).map((size) => size ?? 1),
          );
          for (let i = 0; i < tensor.data.length; i++) {
            const value =
              tensor.dtype === "f32" ? (random() - 0.5) / 4 : Math.floor(random() * 256);
            writeNumber(tensor, i, value);
          }
          return tensor;
        });
        const expected = await expecting.call(name, inputs);
        const actual = await computing.call(name, inputs);
        expected.forEach((_, i) => {
          const off = error(fetched(actual, i), fetched(expected, i));
          expect(off, `@${name} result ${i}, seed ${SEED}`).toBeLessThan(1e-5);
        });
      }
    }));
});
