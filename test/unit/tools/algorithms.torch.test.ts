/** @file A run of three worker processes, tau 2, two rounds, beside the same in PyTorch: units of data, rates, clip, AdamW that stays, merge, outer step. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { afterEach, expect, it } from "vitest";
import { present } from "#lib/support/assert.ts";
import { isProblem } from "#lib/support/problem.ts";
import { readSafetensorsFile } from "#lib/tensors/files.ts";
import type { Tensor } from "#lib/tensors/tensor.ts";
import type { RunPlan } from "#lib/train/protocol/plan.ts";
import { findTorch, inRoot, say } from "../../parity/environment.ts";
import { TestCluster } from "./test-cluster.ts";

let cluster: TestCluster | null = null;
afterEach(async () => {
  await cluster?.end();
  cluster = null;
});

type Tensors = ReadonlyMap<string, Tensor>;

function readTensors(path: string): Tensors {
  const read = readSafetensorsFile(path);
  if (isProblem(read)) throw new Error(read.problem);
  return read.tensors;
}

const blobPath = (here: TestCluster, digest: string): string =>
  join(here.run, "blobs", digest.slice(0, 2), digest);

/** Units of every round by worker, as the journal assigns them. */
async function assignments(here: TestCluster): Promise<Record<string, number[][]>[]> {
  return (await here.records()).flatMap((record) =>
    record.kind === "open"
      ? [
          Object.fromEntries(
            record.assignments.map(({ worker, units }) => [
              worker,
              units.map(({ epoch, from, to }) => [epoch, from, to]),
            ]),
          ),
        ]
      : [],
  );
}

/** Largest difference, and how far the second has moved from where it began at most. */
function compare(ours: Tensors, theirs: Tensors, start: Tensors | null) {
  let [difference, moved] = [0, 0];
  for (const [name, { data }] of theirs) {
    const own = present(ours.get(name), name).data;
    const begun = start === null ? null : present(start.get(name), name).data;
    data.forEach((value: number | bigint, i: number) => {
      difference = Math.max(difference, Math.abs(Number(value) - Number(own[i])));
      moved = Math.max(moved, Math.abs(Number(value) - Number(begun?.[i] ?? 0)));
    });
  }
  return { difference, relative: difference / moved };
}

/**
 * Sampling, seed, AdamW's eps and the largest difference of a parameter. Where a gradient is as small as eps, its rounding decides the step:
 * with a larger eps nothing is left but the last bits of the largest parameters, which are some 4.
 */
it.for([
  ["fifo", 11, 1e-8, 3e-5],
  ["random", 2 ** 33 + 5, 1e-4, 1e-5],
] as const)(
  "is that of PyTorch: sampling %s",
  { timeout: 300_000 },
  async ([sampling, seed, eps, bound], context) => {
    const python = await findTorch();
    if (python === null) return context.skip("no Python with requirements/export.txt");
    const config = {
      model_path: inRoot("examples/nanochat/small.mlir"),
      manifest_path: inRoot("examples/nanochat/small.manifest.json"),
      workers: 3,
      tau: 2,
      outer_loop_steps: 2,
      wire: "f32",
      sampling,
      seed,
      learning_rate: 0.01,
      min_learning_rate: 0.001,
      schedule: "cosine",
      warmup_steps: 1,
      optimizer: { name: "adamw", weight_decay: 0.1, clip_grad_norm: 0.5, eps },
    };
    const here = await TestCluster.make(config);
    cluster = here;
    const shepherd = await here.shepherd();
    for (const name of ["w0", "w1", "w2"]) here.worker(name);
    expect(await shepherd.ended(), here.said()).toBe(0);

    const records = await here.records();
    const [start] = records;
    if (start?.kind !== "start") throw new Error("the journal does not begin with its start");
    const begun = blobPath(here, present(start.fragments[0], "fragment").parameters.digest);
    const plan = JSON.parse(readFileSync(join(here.run, "plan.json"), "utf8")) as RunPlan;
    expect(plan.outer).toMatchObject({ kind: "nesterov", learningRate: 0.6, momentum: 0.9 });
    const rounds = await assignments(here);
    expect(rounds.map((each) => Object.keys(each))).toEqual([
      ["w0", "w1", "w2"],
      ["w0", "w1", "w2"],
    ]);
    const at = (name: string): string => join(here.folder, name);
    writeFileSync(
      at("torch.json"),
      JSON.stringify({ plan, config, data: at("text.txt"), start: begun, rounds }),
    );
    const model = [inRoot("examples/nanochat/model.py"), "NanoChat"];
    await execa(python.path, [
      inRoot("test/parity/python/diloco_run.py"),
      ...model,
      inRoot("examples/nanochat/small.json"),
      ...[at("torch.json"), at("torch.safetensors")],
    ]);

    const all = readTensors(at("torch.safetensors"));
    const part = (isMomentum: boolean): Tensors =>
      new Map(
        [...all].flatMap(([name, tensor]) =>
          name.startsWith("momentum:") === isMomentum
            ? [[name.replace("momentum:", ""), tensor] as const]
            : [],
        ),
      );
    const step = present(
      readdirSync(here.run)
        .filter((name) => name.startsWith("step-"))
        .sort()
        .at(-1),
      "checkpoint",
    );
    const weights = compare(
      readTensors(join(here.run, step, "weights.safetensors")),
      part(false),
      readTensors(begun),
    );
    const commit = records.findLast((record) => record.kind === "commit");
    const momentumBlob = present(commit?.fragments[0]?.state.momentum, "momentum");
    const momentum = compare(readTensors(blobPath(here, momentumBlob.digest)), part(true), null);
    say(
      `OK three workers, tau 2, two rounds, ${sampling}: parameters ${weights.difference.toExponential(1)} (${weights.relative.toExponential(1)} of the largest change), outer momentum ${momentum.relative.toExponential(1)} from PyTorch's`,
    );
    expect(weights.difference).toBeLessThan(bound);
    expect(weights.relative).toBeLessThan(5e-4);
    expect(momentum.relative).toBeLessThan(5e-4);
  },
);
