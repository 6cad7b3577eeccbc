/** @file Models exported and run in PyTorch now, with a seed of their own: losses, gradients of every parameter, two AdamW steps. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportMain } from "#lib/driver/export.ts";
import { memoryIo } from "#lib/driver/memory-io.ts";
import type { EngineName } from "#lib/runtime/open.ts";
import { findTorch, inRoot, ROOT, say } from "./environment.ts";
import {
  compareForward,
  compareGradients,
  compareSteps,
  type RecordedModel,
  readRecorded,
} from "./recorded-model.ts";

const MODELS = [
  ["nanochat-mha", "examples/nanochat/model.py:NanoChat"],
  ["nanochat-gqa", "examples/nanochat/model.py:NanoChat"],
  ["nanogpt-mha", "examples/nanogpt/model.py:NanoGpt"],
  ["nanogpt-gqa", "examples/nanogpt/model.py:NanoGpt"],
  ["stopped", "test/parity/python/stopped.py:Stopped"],
  ["masked", "test/parity/python/masked.py:Masked"],
] as const;
const ENGINES: readonly EngineName[] = ["interp", "iree"];
const SEED = "7";

const torch = await findTorch();
let scratch = "";

beforeAll(() => {
  if (torch !== null) scratch = mkdtempSync(join(tmpdir(), "pcp-parity-"));
});

afterAll(() => scratch === "" || rmSync(scratch, { recursive: true, force: true }));

/** Exports the model, checking its loss on the way, and records PyTorch's numbers. */
async function record(python: string, name: string, target: string): Promise<RecordedModel> {
  const folder = join(scratch, name);
  mkdirSync(folder);
  const config = inRoot(`test/fixtures/parity/${name}/config.json`);
  const argv = [target, "--config", config, "--check", "-o", join(folder, "module.mlir")];
  const io = memoryIo({ argv, cwd: ROOT, env: process.env });
  const code = await exportMain(io);
  for (const line of io.stderrText().trimEnd().split("\n")) say(`${name}: ${line}`);
  expect(code).toBe(0);
  const script = inRoot("test/parity/python/record_model.py");
  await execa(python, [script, inRoot(target), config, folder, "--seed", SEED], {
    env: { PYTHONDONTWRITEBYTECODE: "1", CUDA_VISIBLE_DEVICES: "" },
  });
  return readRecorded(folder, name);
}

describe.skipIf(torch === null).each(MODELS)("%s", (name, target) => {
  let model: RecordedModel;

  beforeAll(async () => {
    model = await record(torch?.path ?? "", name, target);
  }, 180_000);

  it.each(ENGINES)("forward in %s", async (engine) => {
    expect(await compareForward(model, engine)).toMatch(/OK$/);
  });

  it.each(ENGINES)("gradient of every parameter in %s", async (engine) => {
    expect(await compareGradients(model, engine)).toMatch(/OK$/);
  });

  it.each(ENGINES)("two AdamW steps in %s", async (engine) => {
    expect(await compareSteps(model, engine)).toMatch(/OK$/);
  });
});
