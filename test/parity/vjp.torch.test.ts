/** @file Every gradient rule against PyTorch now, on shapes of another seed than the recorded ones. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findTorch, inRoot } from "./environment.ts";
import { withModule } from "./pipeline.ts";
import { compareCases, FAMILIES, moduleOf, readCases } from "./vjp-cases.ts";

const SEED = "1234";
const torch = await findTorch();
let scratch = "";

beforeAll(async () => {
  if (torch === null) return;
  scratch = mkdtempSync(join(tmpdir(), "pcp-parity-"));
  await execa(torch.path, [inRoot("test/parity/python/record_vjp.py"), scratch, SEED], {
    env: { PYTHONDONTWRITEBYTECODE: "1", CUDA_VISIBLE_DEVICES: "" },
  });
}, 120_000);

afterAll(() => scratch === "" || rmSync(scratch, { recursive: true, force: true }));

describe.skipIf(torch === null).each(FAMILIES)("%s", (family) => {
  it.each(["interp", "iree"] as const)("in %s", async (engine) => {
    const cases = readCases(join(scratch, `vjp-${family}.json`));
    const failed = await withModule(engine, await moduleOf(cases), (module) =>
      compareCases(`gradient rules, ${family}, seed ${SEED}, in ${engine}`, module, cases),
    );
    expect(failed).toEqual([]);
  });
});
