/** @file The .irpa codec: an archive of IREE's own writer, round trips, IREE reading ours, damaged files. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, describe, expect, it } from "vitest";
import { isProblem, type Problem } from "#lib/support/problem.ts";
import { decodeIrpa, encodeIrpa } from "#lib/tensors/irpa.ts";
import { type Tensor, tensorFromNumbers, toNumbers } from "#lib/tensors/tensor.ts";
import { findIree } from "../runtime/iree.ts";

const iree = await findIree();
const folder = mkdtempSync(join(tmpdir(), "pcp-irpa-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function ok<T extends object>(value: T | Problem): T {
  if (isProblem(value)) throw new Error(value.problem);
  return value;
}

const recorded = new Uint8Array(
  readFileSync(new URL("./fixtures/parameters.irpa", import.meta.url)),
);
const tensors = new Map<string, Tensor>([
  ["b", tensorFromNumbers("bf16", [3], [1, 2, 3])],
  ["empty", tensorFromNumbers("f32", [0, 2], [])],
  ["layer.é", tensorFromNumbers("i64", [2, 2], [1, 2, 3, 4])],
]);

describe("irpa", () => {
  it("reads what IREE wrote, patterns included", () => {
    const read = ok(decodeIrpa(recorded));
    expect([...read.keys()].sort()).toEqual(["a.weight", "b.bias", "s"]);
    expect(toNumbers(read.get("b.bias") as Tensor)).toEqual([1, 2]);
    expect(read.get("a.weight")?.shape).toEqual([2, 3]);
    expect(read.get("s")).toMatchObject({ dtype: "ui8", shape: [40] });
    const typed = ok(decodeIrpa(recorded, new Map([["s", { dtype: "f32", shape: [10] }]])));
    expect(toNumbers(typed.get("s") as Tensor)).toEqual(new Array(10).fill(0.5));
  });

  it("gives back what it was given", () => {
    expect([...ok(decodeIrpa(encodeIrpa(tensors)))]).toEqual([...tensors]);
    expect([...ok(decodeIrpa(encodeIrpa(new Map())))]).toEqual([]);
  });

  it("refuses an archive cut anywhere that matters, and never throws", () => {
    const bytes = encodeIrpa(tensors);
    for (let size = 0; size < bytes.length; size++)
      expect(isProblem(decodeIrpa(bytes.subarray(0, size)))).toBe(true);
    for (let index = 0; index < bytes.length; index++) {
      const damaged = bytes.slice();
      damaged[index] = (damaged[index] as number) ^ 0xff;
      const result = decodeIrpa(damaged);
      if (isProblem(result)) expect(result.problem).not.toContain("\n");
    }
  });

  it("does not believe a pattern that claims to be huge", () => {
    const damaged = recorded.slice();
    const at = 96 + 2 * 80;
    expect(damaged[at + 8]).toBe(1);
    damaged.fill(0x7f, at + 60, at + 67);
    const result = decodeIrpa(damaged);
    expect(isProblem(result) && result.problem).toMatch(/'s' claims \d+ bytes/);
  });

  it.skipIf(iree === null)("is read by IREE", async () => {
    const path = join(folder, "x.irpa");
    // Its Python package has no name for bfloat16.
    writeFileSync(path, encodeIrpa(new Map([...tensors].filter(([name]) => name !== "b"))));
    const script = `
import sys, iree.runtime as rt
index = rt.ParameterIndex()
index.load(sys.argv[1])
for name, entry in sorted((entry.key, entry) for _, entry in index.items()):
    array = rt.parameter_index_entry_as_numpy_ndarray(entry)
    print(name, array.dtype, array.shape, array.astype("float64").flatten().tolist())`;
    const { stdout } = await execa(iree?.python.path ?? "", ["-c", script, path], {
      env: { PYTHONIOENCODING: "utf-8" },
    });
    expect(stdout.split("\n")).toEqual([
      "empty float32 (0, 2) []",
      "layer.é int64 (2, 2) [1.0, 2.0, 3.0, 4.0]",
    ]);
  });
});
