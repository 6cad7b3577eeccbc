/** @file Exported models against what PyTorch gave when they were recorded: losses, gradients of every parameter, two AdamW steps. */
import { describe, expect, it } from "vitest";
import type { EngineName } from "#lib/runtime/open.ts";
import { findIree, inRoot } from "./environment.ts";
import { compareForward, compareGradients, compareSteps, readRecorded } from "./recorded-model.ts";

const MODELS = ["nanochat-mha", "nanochat-gqa", "nanogpt-mha", "nanogpt-gqa", "stopped", "masked"];
const iree = await findIree();

/** The interpreter takes all models; the compiler, which is slower to answer, those with grouped heads. `make parity` runs both on all. */
const enginesFor = (name: string): EngineName[] =>
  iree !== null && name.endsWith("-gqa") ? ["interp", "iree"] : ["interp"];

describe.each(MODELS)("%s", (name) => {
  const engines = enginesFor(name);
  const model = readRecorded(inRoot(`test/fixtures/parity/${name}`), name);

  it.each(engines)("forward in %s", async (engine) => {
    expect(await compareForward(model, engine)).toMatch(/OK$/);
  });

  it.each(engines)("gradient of every parameter in %s", async (engine) => {
    expect(await compareGradients(model, engine)).toMatch(/OK$/);
  });

  it.each(engines)("two AdamW steps in %s", async (engine) => {
    expect(await compareSteps(model, engine)).toMatch(/OK$/);
  });
});
