/** @file The example nanochat against PyTorch's own operations and against its formulas written out head by head in NumPy. */
import { execa } from "execa";
import { expect, it } from "vitest";
import { findTorch, inRoot, say } from "./environment.ts";

const torch = await findTorch();

it.skipIf(torch === null)("nanochat computes what its formulas say", async () => {
  const script = inRoot("test/parity/python/nanochat_ops.py");
  const { stdout } = await execa(torch?.path ?? "", [script], {
    env: { PYTHONDONTWRITEBYTECODE: "1", CUDA_VISIBLE_DEVICES: "" },
  });
  const differences = Object.entries(JSON.parse(stdout) as Record<string, number>);
  expect(differences).toHaveLength(8);
  for (const [what, off] of differences)
    say(`${what}: difference ${off.toExponential(1)}  ${off <= 1e-5 ? "OK" : "FAILED"}`);
  expect(differences.filter(([, off]) => !(off <= 1e-5))).toEqual([]);
});
