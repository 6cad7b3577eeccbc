/** @file The plan of a run: defaults by algorithm, what the config changes, contradictions in words. */
import { describe, expect, it } from "vitest";
import { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { SourceFile } from "#lib/diag/source-file.ts";
import { isProblem } from "#lib/support/problem.ts";
import { type DataFacts, makePlan } from "#lib/train/cluster/plan.ts";
import { parseConfig, type TrainConfig } from "#lib/train/config.ts";
import { trainingModule } from "#lib/train/module.ts";
import type { RunPlan } from "#lib/train/protocol/plan.ts";
import { root } from "../tools/processes.ts";

function configOf(keys: Record<string, unknown>): TrainConfig {
  const engine = new DiagnosticEngine();
  const text = JSON.stringify({
    model_path: "examples/nanochat/small.mlir",
    data_path: "d",
    learning_rate: 0.1,
    tau: 10,
    outer_loop_steps: 6,
    ...keys,
  });
  const config = parseConfig(new SourceFile("c.json", text), [], engine);
  if (config === null) throw new Error(engine.diagnostics.map(({ message }) => message).join());
  return config;
}

const module = (() => {
  const engine = new DiagnosticEngine();
  const path = `${root}/examples/nanochat/small.mlir`;
  const made = trainingModule(path, configOf({}), engine);
  if (made === null) throw new Error("no module");
  return made;
})();

const data: DataFacts = {
  digest: "d".repeat(64),
  bytes: 100_000,
  vocabulary: 256,
  alphabet: null,
  trainTokens: 100_000,
  shards: null,
};

function plan(keys: Record<string, unknown> = {}): RunPlan {
  const made = makePlan(configOf(keys), module, data, "run");
  if (isProblem(made)) throw new Error(made.problem);
  return made;
}

const problem = (keys: Record<string, unknown>): string => {
  const made = makePlan(configOf(keys), module, data, "run");
  return isProblem(made) ? made.problem : "none";
};

describe("plan", () => {
  it("has the defaults of DiLoCo", () => {
    const made = plan();
    expect(made).toMatchObject({
      algorithm: "diloco",
      innerSteps: 10,
      rounds: 6,
      workers: 2,
      quorum: 1,
      overlapSteps: 0,
      blend: 0,
      outer: { kind: "nesterov", learningRate: 0.6, momentum: 0.9 },
      merge: { kind: "mean", normGate: 10 },
      wire: { up: "int8", down: "int8", topK: null, errorDecay: null },
      unitTokens: 4 * 32,
      timing: { heartbeatTimeoutMs: 10_000 },
    });
    expect(made.slots).toEqual([{ slot: 0, afterStep: 10, fragments: [0] }]);
    expect(made.schedule.totalTokens).toBe(10 * 6 * 2 * 4 * 32);
  });

  it("exchanges every trained tensor once, whatever the fragments", () => {
    const names = plan().fragments.flatMap(({ tensors }) => tensors.map(({ name }) => name));
    expect(names).toContain("wte.weight");
    for (const algorithm of ["streaming", "decoupled", "diloco"]) {
      const made = plan({ algorithm, fragments: 4 });
      const exchanged = made.fragments.flatMap(({ tensors }) => tensors.map(({ name }) => name));
      expect(exchanged.sort()).toEqual([...names].sort());
      expect(made.slots.flatMap(({ fragments }) => fragments).sort()).toEqual([0, 1, 2, 3]);
    }
  });

  it("takes algorithm, wire and outer optimizer from the config", () => {
    expect(plan({ algorithm: "streaming" })).toMatchObject({ overlapSteps: 1, blend: 0.5 });
    expect(plan({ algorithm: "decoupled" })).toMatchObject({
      outer: { kind: "delayed_nesterov", delay: 2 },
      dynamicSteps: true,
      wire: { up: "int8", down: "int8", downWhole: true },
    });
    expect(plan({ algorithm: "decoupled", top_k_down: 64 }).wire.downWhole).toBeUndefined();
    expect(plan({ wire: "int8" }).wire.downWhole).toBeUndefined();
    expect(plan({ wire: "int4" }).outer).toMatchObject({ learningRate: 1, momentum: 0 });
    expect(plan({ wire: "int4", nesterov_momentum: 0.9 }).outer).toMatchObject({ momentum: 0.9 });
    expect(plan({ wire: "int4" }).wire).toMatchObject({
      up: "int4",
      down: "int4",
      errorDecay: 0.95,
    });
    expect(plan({ wire: "int4", wire_up: "f32", wire_down: "bf16" }).wire).toEqual({
      up: "f32",
      down: "bf16",
      topK: null,
      downTopK: null,
      errorDecay: null,
    });
    expect(plan({ top_k: 64, error_decay: "off" }).wire).toMatchObject({
      topK: 64,
      errorDecay: null,
    });
    expect(plan({ outer_learning_rate: 1, nesterov_momentum: 0 }).outer).toMatchObject({
      learningRate: 1,
      momentum: 0,
    });
  });

  it("counts rounds from steps, and ends the schedule with the data", () => {
    expect(plan({ steps: 25 })).toMatchObject({ innerSteps: 10, rounds: 3 });
    const made = plan({ max_epochs: 1, outer_loop_steps: 10_000, sampling: "fifo" });
    expect(made.data.maxEpochs).toBe(1);
    expect(made.schedule.totalTokens).toBe(made.data.unitsPerEpoch * made.unitTokens);
  });

  it("says what does not go together, by the names of keys", () => {
    expect(problem({ quorum: 3 })).toBe("config key 'quorum' is 3, more than the 2 of 'workers'");
    expect(problem({ algorithm: "data_parallel" })).toContain("but 'tau' is 10");
    expect(problem({ overlap_steps: 10 })).toContain("'overlap_steps' is 10");
    expect(problem({ heartbeat_seconds: 6 })).toContain("'heartbeat_timeout' must be at least");
    expect(problem({ algorithm: "decoupled", merge: "trimmed" })).toContain("'merge' trimmed");
  });

  it("asks for the functions that data parallel training needs", () => {
    expect(() => plan({ tau: 1 })).toThrow("the module has no function @grad_step");
  });

  it("refuses data that cannot be cut so", () => {
    expect(() => plan({ chunk_size: 16 })).toThrow("no piece of the data holds a unit");
    expect(() => plan({ chunk_size_mode: "diloco_slices" })).toThrow("diloco_slices needs");
  });
});
