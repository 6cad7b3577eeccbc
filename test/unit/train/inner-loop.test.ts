/** @file The inner loop of a worker on real modules: the steps of a run on one machine bit for bit, gradients, the check, state that comes back bit for bit. */
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ByteSource, openFileSource } from "#lib/data/byte-source.ts";
import { byteTokenizer } from "#lib/data/tokenizer.ts";
import { makeChunks, UnitReader } from "#lib/data/units.ts";
import { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { SourceFile } from "#lib/diag/source-file.ts";
import { memoryIo } from "#lib/driver/memory-io.ts";
import { trainMain } from "#lib/driver/train.ts";
import { openEngine } from "#lib/runtime/open.ts";
import { present } from "#lib/support/assert.ts";
import { isProblem } from "#lib/support/problem.ts";
import { elementCount } from "#lib/support/shape.ts";
import { readSafetensorsFile } from "#lib/tensors/files.ts";
import type { Tensor } from "#lib/tensors/tensor.ts";
import { type InnerPlan, ModelInnerLoop } from "#lib/train/cluster/inner-loop.ts";
import { WorkerStateFolder, WorkerStates } from "#lib/train/cluster/worker-state.ts";
import { parseConfig, type TrainConfig } from "#lib/train/config.ts";
import { functionNamed, Machine } from "#lib/train/machine.ts";
import { type TrainingModule, trainingModule } from "#lib/train/module.ts";
import { batchShape, scheduleOf, startingValues } from "#lib/train/prepare.ts";
import type { Fragment, FragmentTensor } from "#lib/train/protocol/plan.ts";
import { learningRate } from "#lib/train/schedule.ts";
import { root } from "../tools/processes.ts";

let folder: string;
const sources: ByteSource[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pcp-inner-"));
  writeFileSync(
    join(folder, "text.txt"),
    "the quick brown fox jumps over the lazy dog. ".repeat(400),
  );
});
afterAll(async () => {
  await Promise.all(sources.map((source) => source.close()));
  rmSync(folder, { recursive: true, force: true });
});

interface Model {
  readonly config: TrainConfig;
  readonly configText: string;
  readonly module: TrainingModule;
  readonly values: ReadonlyMap<string, Tensor>;
  readonly shape: readonly [number, number];
  readonly fragments: readonly Fragment[];
}

function modelOf(name: string, keys: Record<string, unknown>): Model {
  const configText = JSON.stringify({
    model_path: join(root, `${name}.mlir`),
    manifest_path: join(root, `${name}.manifest.json`),
    data_path: "text.txt",
    engine: "interp",
    sampling: "fifo",
    seed: 3,
    learning_rate: 0.01,
    steps: 4,
    schedule: "cosine",
    ...keys,
  });
  const engine = new DiagnosticEngine();
  const config = present(parseConfig(new SourceFile("c.json", configText), [], engine), "config");
  const module = present(trainingModule(config.model_path, config, engine), "module");
  const info = functionNamed(module.functions, "train_step");
  const values = startingValues(info, config, { checkpoint: null, tensors: null }, folder);
  const tensors = info.args.flatMap(({ name: key, role, shape }): FragmentTensor[] =>
    key !== null && (role === "param" || role === "buffer")
      ? [{ name: key, role, shape: shape as number[], elements: elementCount(shape as number[]) }]
      : [],
  );
  // Two fragments, one tensor to each in turn.
  const fragments = [0, 1]
    .map((half) => tensors.filter((_, index) => index % 2 === half))
    .filter((list) => list.length > 0)
    .map((list, index) => ({
      index,
      tensors: list,
      elements: list.reduce((sum, { elements }) => sum + elements, 0),
    }));
  return { config, configText, module, values, shape: batchShape(info), fragments };
}

const flat = (model: Model, index: number): Float32Array =>
  Float32Array.from(
    present(model.fragments[index], "fragment").tensors.flatMap(({ name }) => [
      ...(present(model.values.get(name), name).data as Float32Array),
    ]),
  );

async function loopOf(
  model: Model,
  algorithm: InnerPlan["algorithm"] = "diloco",
  states: WorkerStateFolder | null = null,
  micro = 1,
  stateEvery = 1,
): Promise<ModelInnerLoop> {
  const engine = await openEngine({ engine: "interp", place: { env: {}, cwd: folder } });
  const loaded = await engine.load({ kind: "mlir", name: "model", text: model.module.text });
  const source = await openFileSource(join(folder, "text.txt"));
  sources.push(source);
  const [rows, length] = [model.shape[0] * micro, model.shape[1]];
  const data = { rows, length, vocabulary: 256, seed: 3 };
  const chunks = makeChunks({
    mode: "fixed_bytes",
    tokenizer: "byte",
    sampling: "fifo",
    chunkBytes: source.size,
    innerSteps: 1,
    trainTokens: source.size,
    shards: null,
    ...data,
  });
  const loop = await ModelInnerLoop.create({
    machine: new Machine(engine, loaded),
    plan: { fragments: model.fragments, algorithm, overlapSteps: 0, stateEvery, data },
    reader: new UnitReader(
      { ...data, sampling: "fifo", chunks, shuffleChunks: false },
      source,
      byteTokenizer(),
    ),
    frozen: new Map(),
    states,
  });
  for (const { index } of model.fragments) await loop.setFragment(index, flat(model, index));
  return loop;
}

/** Parameters after the steps of a run on one machine, by fragment. */
async function singleMachine(model: Model, name: string): Promise<Float32Array[]> {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, model.configText);
  const dir = join(folder, name);
  const io = memoryIo({ argv: ["--config", path, "--checkpoint-dir", dir], cwd: folder });
  expect(await trainMain(io), io.stderrText()).toBe(0);
  const step = present(
    readdirSync(dir).find((entry) => entry.startsWith("step-")),
    "checkpoint",
  );
  const read = readSafetensorsFile(join(dir, step, "weights.safetensors"));
  if (isProblem(read)) throw new Error(read.problem);
  return model.fragments.map(({ tensors }) =>
    Float32Array.from(
      tensors.flatMap((tensor) => [
        ...(present(read.tensors.get(tensor.name), tensor.name).data as Float32Array),
      ]),
    ),
  );
}

const rateAt = ({ config, shape }: Model, step: number, micro = 1): number => {
  const tokens = shape[0] * shape[1] * micro;
  return learningRate(scheduleOf(config, 4, tokens), step * tokens, tokens);
};

const bits = (values: Float32Array): Buffer =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength);

async function parametersOf(loop: ModelInnerLoop, model: Model): Promise<Buffer[]> {
  const fragments: Buffer[] = [];
  for (const { index } of model.fragments) fragments.push(bits(await loop.getFragment(index)));
  return fragments;
}

describe("steps", () => {
  it("are those of a run on one machine, bit for bit", async () => {
    const model = modelOf("examples/nanochat/small", {});
    const loop = await loopOf(model);
    for (let step = 0; step < 4; step++)
      await loop.step({ epoch: 0, position: step }, rateAt(model, step));
    const expected = await singleMachine(model, "plain");
    expect(await parametersOf(loop, model)).toEqual(expected.map(bits));
  }, 60_000);

  it("of several batches are those of a run on one machine that adds gradients up", async () => {
    const { shape } = modelOf("test/fixtures/train/bigram", {});
    const keys = { effective_batch_size: 3 * shape[0] };
    const model = modelOf("test/fixtures/train/bigram", keys);
    const loop = await loopOf(model, "diloco", null, 3);
    for (let step = 0; step < 4; step++)
      await loop.step({ epoch: 0, position: step }, rateAt(model, step, 3));
    const expected = await singleMachine(model, "accumulated");
    expect(await parametersOf(loop, model)).toEqual(expected.map(bits));
  }, 60_000);

  it("do not depend on the order in which units were asked for before", async () => {
    const model = modelOf("test/fixtures/train/bigram", {});
    const units = [3, 4, 0].map((position) => ({ epoch: 0, position }));
    const losses = async (order: readonly number[]): Promise<number[]> => {
      const loop = await loopOf(model);
      const found: number[] = [];
      for (const index of order)
        found.push((await loop.step(present(units[index], "unit"), 0)).loss);
      return found;
    };
    expect(await losses([0, 1, 2])).toEqual((await losses([2, 1, 0])).reverse());
  });
});

describe("fragments", () => {
  it("give back what was put in", async () => {
    const model = modelOf("test/fixtures/train/buffer", {});
    const loop = await loopOf(model);
    for (const { index, elements } of model.fragments) {
      const values = Float32Array.from({ length: elements }, (_, i) => i / 7 - index);
      await loop.setFragment(index, values);
      expect(await loop.getFragment(index)).toEqual(values);
    }
  });

  it("of gradients are the mean over the batches of a unit; of buffers, their values", async () => {
    const { shape } = modelOf("test/fixtures/train/bigram", {});
    const micro = {
      effective_batch_size: shape[0],
      optimizer: { name: "sgd", clip_grad_norm: "off", weight_decay: 0 },
    };
    const model = modelOf("test/fixtures/train/bigram", micro);
    const one = await loopOf(model, "data_parallel");
    const sums = new Float64Array(present(model.fragments[0], "fragment").elements);
    for (const position of [0, 1]) {
      await one.gradient({ epoch: 0, position });
      (await one.gradientFragment(0)).forEach((value, i) => {
        sums[i] = (sums[i] as number) + value / 2;
      });
    }
    const both = await loopOf(model, "data_parallel", null, 2);
    const { loss } = await both.gradient({ epoch: 0, position: 0 });
    expect(loss).toBeGreaterThan(5);
    const mean = await both.gradientFragment(0);
    expect(Math.max(...mean)).toBeGreaterThan(0);
    mean.forEach((value, i) => void expect(value).toBeCloseTo(sums[i] as number, 6));
    expect(await one.getFragment(0)).toEqual(flat(model, 0));
  });

  it("that the program does not have are refused", async () => {
    const model = modelOf("test/fixtures/train/bigram", {});
    const [first] = model.fragments;
    const other = { ...present(first?.tensors[0], "tensor"), name: "strange" };
    const wrong = { ...model, fragments: [{ ...present(first, "fragment"), tensors: [other] }] };
    await expect(loopOf(wrong)).rejects.toThrow("exchanges param 'strange'");
  });
});

describe("check", () => {
  it("gives the same numbers on every machine and leaves values and state as they were", async () => {
    const model = modelOf("examples/nanochat/small", {});
    const [a, b] = [await loopOf(model), await loopOf(model)];
    const before = await parametersOf(a, model);
    const checked = await a.check();
    expect(checked.loss).toBeGreaterThan(5);
    expect(checked.gradNorm).toBeGreaterThan(0);
    expect(await b.check()).toEqual(checked);
    expect(await parametersOf(a, model)).toEqual(before);
    const [stepA, stepB] = [
      await a.step({ epoch: 0, position: 0 }, 0.01),
      await (await loopOf(model)).step({ epoch: 0, position: 0 }, 0.01),
    ];
    expect(stepA).toEqual(stepB);
    expect((await a.check()).loss).not.toBe(checked.loss);
  }, 60_000);
});

describe("kept state", () => {
  const stateFolder = (name: string) => new WorkerStateFolder(join(folder, name));

  it("goes on bit for bit in another process's loop", async () => {
    const model = modelOf("examples/nanochat/small", {});
    const straight = await loopOf(model, "diloco", stateFolder("exact"));
    for (const position of [0, 1]) await straight.step({ epoch: 0, position }, 0.01);
    const residual = Float32Array.of(1.5, -2.25, Number.MIN_VALUE);
    await straight.saveState("1.w.abc", new Map([[1, residual]]));
    const resumed = await loopOf(model, "diloco", stateFolder("exact"));
    for (const { index } of model.fragments)
      await resumed.setFragment(index, await straight.getFragment(index));
    expect(await resumed.loadState("1.w.abc")).toEqual(new Map([[1, residual]]));
    for (const loop of [straight, resumed]) await loop.step({ epoch: 0, position: 2 }, 0.01);
    expect(await parametersOf(resumed, model)).toEqual(await parametersOf(straight, model));
    const fresh = await loopOf(model);
    for (const { index } of model.fragments)
      await fresh.setFragment(index, await straight.getFragment(index));
    await fresh.step({ epoch: 0, position: 2 }, 0.01);
    expect(await parametersOf(fresh, model)).not.toEqual(await parametersOf(straight, model));
  }, 60_000);

  it("has the parameters as well where they are not the published ones", async () => {
    const model = modelOf("test/fixtures/train/bigram", {});
    const loop = await loopOf(model, "streaming", stateFolder("streaming"));
    await loop.step({ epoch: 0, position: 0 }, 0.1);
    await loop.saveState("one", new Map());
    const after = await parametersOf(loop, model);
    const resumed = await loopOf(model, "streaming", stateFolder("streaming"));
    expect(await parametersOf(resumed, model)).not.toEqual(after);
    expect(await resumed.loadState("one")).toEqual(new Map());
    expect(await parametersOf(resumed, model)).toEqual(after);
  });

  it("is written after every so many leases only, where the run says so", async () => {
    const model = modelOf("test/fixtures/train/bigram", {});
    const states = stateFolder("seldom");
    const loop = await loopOf(model, "diloco", states, 1, 3);
    for (const name of ["a", "b", "c", "d"]) await loop.saveState(name, new Map());
    expect(states.names()).toEqual(["c"]);
  });

  it("of another run is never that of this one, whatever runs are called", async () => {
    const model = modelOf("test/fixtures/train/bigram", {});
    const worker = join(folder, "worker");
    const states = () => new WorkerStates(worker);
    expect(states().newest()).toBeNull();
    const first = await loopOf(model, "diloco", states().ofRun("../../first"));
    await first.saveState("7.w.aaaaaaaa", new Map());
    const second = await loopOf(model, "diloco", states().ofRun("second"));
    expect(states().newest()).toBe("7.w.aaaaaaaa");
    expect(await second.loadState("7.w.aaaaaaaa")).toBeNull();
    expect(await first.loadState("7.w.aaaaaaaa")).not.toBeNull();
    expect(readdirSync(join(worker, "runs"))).toHaveLength(1);
    for (const run of ["second", "third", "fourth"])
      await (await loopOf(model, "diloco", states().ofRun(run))).saveState(`1.${run}.b`, new Map());
    expect(readdirSync(join(worker, "runs")).length).toBeLessThanOrEqual(2);
  });

  it("is that of the last two names; what is damaged is not used", async () => {
    const model = modelOf("test/fixtures/train/bigram", {});
    const states = stateFolder("kept");
    const loop = await loopOf(model, "diloco", states);
    for (const name of ["a", "b", "c"]) await loop.saveState(name, new Map());
    expect(states.names()).toEqual(["c", "b"]);
    expect(await loop.loadState("a")).toBeNull();
    const files = readdirSync(join(folder, "kept")).sort();
    expect(files).toHaveLength(2);
    const last = join(folder, "kept", present(files[1], "file"));
    const bytes = readFileSync(last);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
    writeFileSync(last, bytes);
    expect(await loop.loadState("c")).toBeNull();
    truncateSync(last, 100);
    expect(states.names()).toEqual(["b"]);
    expect(await loop.loadState("b")).toEqual(new Map());
  });
});
