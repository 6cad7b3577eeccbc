/** @file The interpreter against recorded results of the StableHLO reference interpreter (test/fixtures/interp/generate.py). */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { prepareFunction, type TensorSpec } from "#lib/interp/interpret.ts";
import { totalOrderKeys } from "#lib/interp/precision.ts";
import { classOf, decodeAll } from "#lib/interp/storage.ts";
import { type Tensor, tensorBytes, tensorFromBytes } from "#lib/tensors/tensor.ts";
import { parse } from "./support.ts";

interface Case {
  readonly name: string;
  readonly text: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Representable values that floats may differ by. */
  readonly ulps?: number;
  /** Error relative to the larger of 1 and the expected magnitude. */
  readonly relative?: number;
}

const cases: readonly Case[] = gunzipSync(
  readFileSync(new URL("../../fixtures/interp/cases.jsonl.gz", import.meta.url)),
)
  .toString("utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Case);

/** Where a tensor differs by more than allowed, or null. */
function difference(actual: Tensor, expected: Tensor, { ulps, relative }: Case): string | null {
  const { dtype } = expected;
  if (Buffer.from(tensorBytes(actual)).equals(Buffer.from(tensorBytes(expected)))) return null;
  if (classOf(dtype) === "integer" || classOf(dtype) === "wide")
    return `expected ${[...expected.data]}\n  but got ${[...actual.data]}`;
  const [a, e] = [decodeAll(dtype, actual.data), decodeAll(dtype, expected.data)];
  const keys =
    classOf(dtype) === "float"
      ? [totalOrderKeys(dtype, actual.data), totalOrderKeys(dtype, expected.data)]
      : null;
  for (let i = 0; i < e.length; i++) {
    const [x, y] = [a[i] as number, e[i] as number];
    if (Object.is(x, y) || (Number.isNaN(x) && Number.isNaN(y))) continue;
    if (keys !== null && ulps !== undefined) {
      const distance = Math.abs(Number(keys[0]?.[i]) - Number(keys[1]?.[i]));
      if (distance <= ulps) continue;
    }
    if (relative !== undefined && Math.abs(x - y) <= relative * Math.max(1, Math.abs(y))) continue;
    return `expected ${y}, but got ${x} at ${i}`;
  }
  return null;
}

function problemOf(item: Case): string | null {
  const module = parse(item.text);
  const prepared = prepareFunction(module, "main");
  if (!prepared.ok) return prepared.diagnostics.map(({ message }) => message).join("\n");
  const { executable } = prepared;
  const inputs = executable.inputs.map(({ dtype, shape }, i) =>
    tensorFromBytes(dtype, shape, Buffer.from(item.inputs[i] as string, "hex")),
  );
  const before = inputs.map((tensor) => Buffer.from(tensorBytes(tensor)).toString("hex"));
  // Twice, so that a run on used arrays gives the same.
  executable.run(inputs);
  const result = executable.run(inputs);
  if (!result.ok) return result.diagnostics.map(({ message }) => message).join("\n");
  const after = inputs.map((tensor) => Buffer.from(tensorBytes(tensor)).toString("hex"));
  if (before.join() !== after.join()) return "an input was overwritten";
  for (let i = 0; i < executable.results.length; i++) {
    const { dtype, shape } = executable.results[i] as TensorSpec;
    const expected = tensorFromBytes(dtype, shape, Buffer.from(item.outputs[i] as string, "hex"));
    const found = difference(result.results[i] as Tensor, expected, item);
    if (found !== null) return `result ${i}: ${found}`;
  }
  return null;
}

const families = new Map<string, Case[]>();
for (const item of cases) {
  const family = item.name.split(" ")[0] as string;
  families.set(family, [...(families.get(family) ?? []), item]);
}

describe("recorded results of the StableHLO reference interpreter", () => {
  for (const [family, items] of families)
    test(`${family} (${items.length})`, () => {
      const failures = items.flatMap((item) => {
        const problem = problemOf(item);
        return problem === null ? [] : [`${item.name}: ${problem}`];
      });
      expect(failures).toEqual([]);
    });
});
