/** @file What distributed processes compute beside one machine: the identities that hold whatever the model, on real runs. */
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { present } from "#lib/support/assert.ts";
import { isProblem } from "#lib/support/problem.ts";
import { readSafetensorsFile } from "#lib/tensors/files.ts";
import type { Tensor } from "#lib/tensors/tensor.ts";
import { root } from "./processes.ts";
import { TestCluster } from "./test-cluster.ts";

let cluster: TestCluster | null = null;
afterEach(async () => {
  await cluster?.end();
  cluster = null;
});

/** Everything that decides the numbers on one machine; `fifo` gives one machine and many the same sequences in the same order. */
const SHARED = {
  model_path: join(root, "examples/nanochat/small.mlir"),
  manifest_path: join(root, "examples/nanochat/small.manifest.json"),
  data_path: "text.txt",
  engine: "interp",
  sampling: "fifo",
  learning_rate: 0.01,
  min_learning_rate: 0.001,
  schedule: "cosine",
  warmup_steps: 2,
  optimizer: { name: "adamw", weight_decay: 0.1, clip_grad_norm: 0.5 },
  eval_every: 0,
};

/** Rows of a batch of the model. */
const ROWS = 4;

type Weights = ReadonlyMap<string, Tensor>;

/** Weights of a run's last checkpoint. */
function lastWeights(folder: string): Weights {
  const last = readdirSync(folder)
    .filter((name) => name.startsWith("step-"))
    .sort()
    .at(-1);
  const read = readSafetensorsFile(
    join(folder, present(last, "checkpoint"), "weights.safetensors"),
  );
  if (isProblem(read)) throw new Error(read.problem);
  return read.tensors;
}

/** A run on one machine in the folder of the distributed one. */
async function singleMachine(here: TestCluster, keys: object): Promise<Weights> {
  const config = { ...SHARED, checkpoint_dir: "single", ...keys };
  writeFileSync(join(here.folder, "single.json"), JSON.stringify(config));
  const single = here.start(["--config", "single.json"]);
  expect(await single.ended(), single.output).toBe(0);
  return lastWeights(join(here.folder, "single"));
}

/** A distributed run to its end. */
async function distributed(
  keys: object,
  workers: readonly string[],
): Promise<{ here: TestCluster; weights: Weights }> {
  const here = await TestCluster.make({ ...SHARED, workers: workers.length, wire: "f32", ...keys });
  cluster = here;
  const shepherd = await here.shepherd();
  const started = workers.map((name) => here.worker(name));
  expect(await shepherd.ended(), here.said()).toBe(0);
  for (const worker of started) expect(await worker.ended(), here.said()).toBe(0);
  expect(await here.violations()).toEqual([]);
  return { here, weights: lastWeights(here.run) };
}

/** Largest difference of two runs' weights. */
function distance(a: Weights, b: Weights): number {
  expect([...a.keys()].sort()).toEqual([...b.keys()].sort());
  let difference = 0;
  for (const [name, { data }] of a) {
    const other = present(b.get(name), name).data;
    data.forEach((value: number | bigint, i: number) => {
      difference = Math.max(difference, Math.abs(Number(value) - Number(other[i])));
    });
  }
  return difference;
}

/** Weights that a distributed run began with; it has one fragment, in f32. */
async function initialWeights(here: TestCluster): Promise<Weights> {
  const [start] = await here.records();
  if (start?.kind !== "start") throw new Error("the journal does not begin with its start");
  const { digest } = present(start.fragments[0], "fragment").parameters;
  const read = readSafetensorsFile(join(here.run, "blobs", digest.slice(0, 2), digest));
  if (isProblem(read)) throw new Error(read.problem);
  return read.tensors;
}

describe("a distributed run", () => {
  it("of one worker with outer rate 1 and no momentum is a run on one machine, bit for bit", async () => {
    const outer = { outer_learning_rate: 1, nesterov_momentum: 0 };
    const keys = { algorithm: "diloco", tau: 2, outer_loop_steps: 2, ...outer };
    const { here, weights } = await distributed(keys, ["only"]);
    const single = await singleMachine(here, { steps: 4 });
    expect(distance(weights, single)).toBe(0);
    expect(distance(weights, await initialWeights(here))).toBeGreaterThan(1e-3);
  }, 120_000);

  it("that exchanges gradients is a run on one machine with a batch as large as all its workers'", async () => {
    const keys = { algorithm: "data_parallel", tau: 1, outer_loop_steps: 4 };
    const { here, weights } = await distributed(keys, ["a", "b"]);
    const single = await singleMachine(here, { steps: 4, effective_batch_size: 2 * ROWS });
    // The mean of two gradients is rounded once here and once there: with two workers nothing differs.
    expect(distance(weights, single)).toBe(0);
    expect(distance(weights, await initialWeights(here))).toBeGreaterThan(1e-3);
  }, 120_000);
});
