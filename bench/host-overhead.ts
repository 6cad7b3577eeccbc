/**
 * @file What the device host adds to the demo's training step: time of a step as this process sees it less the time inside of the
 * runtime, one step after the other and with one step begun ahead. Prints one line of JSON.
 */
import { autodiffMain } from "#lib/driver/autodiff.ts";
import { memoryIo } from "#lib/driver/memory-io.ts";
import {
  type DeviceTensor,
  EngineError,
  type FunctionInfo,
  isDeviceTensor,
  type LoadedModule,
  type Value,
} from "#lib/runtime/engine.ts";
import type { IreeEngine } from "#lib/runtime/iree-engine.ts";
import { openEngine } from "#lib/runtime/open.ts";
import { type Tensor, zeros } from "#lib/tensors/tensor.ts";

const STEPS = 80;
const WARMUP = 15;
/** Roles of what a step hands to the next one. */
const CARRIED = new Set(["param", "state", "buffer", "step"]);

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

interface Timing {
  readonly stepMs: number;
  readonly overheadMs: number;
  readonly ratio: number;
}

/** The demo's module with its training step, from the shipped forward module. */
async function trainModule(): Promise<string> {
  const argv = ["examples/nanochat/tiny.mlir", "--emit=train", "--optimizer=adamw"];
  const io = memoryIo({ argv });
  if ((await autodiffMain(io)) !== 0) throw new Error(io.stderrText());
  return io.stdoutText();
}

interface Plan {
  readonly info: FunctionInfo;
  /** For each argument the result that it takes over, or null. */
  readonly from: readonly (number | null)[];
  readonly consume: readonly number[];
  readonly loss: number;
}

function planOf(module: LoadedModule): Plan {
  const info = module.functions.find(({ name }) => name === "train_step") as FunctionInfo;
  const from = info.args.map(({ name, role }) => {
    const index = info.results.findIndex((result) => result.name === name);
    return role !== null && CARRIED.has(role) && index !== -1 ? index : null;
  });
  const consume = from.flatMap((source, index) => (source === null ? [] : [index]));
  return { info, from, consume, loss: info.results.findIndex(({ role }) => role === "loss") };
}

/** Runs steps that hand their state on; only the loss comes back. `ahead`: each begins before that has come. */
async function timeSteps(
  engine: IreeEngine,
  module: LoadedModule,
  plan: Plan,
  ahead: boolean,
): Promise<Timing> {
  const { info, from, consume, loss } = plan;
  const tensors = info.args.map(
    ({ dtype, shape }): Tensor => zeros(dtype ?? "f32", (shape ?? []) as number[]),
  );
  const uploaded = await engine.upload(consume.map((index) => tensors[index] as Tensor));
  let inputs: Value[] = [...tensors];
  consume.forEach((index, order) => {
    inputs[index] = uploaded[order] as DeviceTensor;
  });
  const options = { fetch: [loss], consume };
  const next = (results: readonly (Value | null)[]): Value[] =>
    from.map((source, index) =>
      source === null ? (tensors[index] as Tensor) : (results[source] as Value),
    );
  const [steps, overheads]: [number[], number[]] = [[], []];
  let previous: Promise<readonly Value[]> = Promise.resolve([]);
  let [last, inside] = [performance.now(), engine.invokeSeconds];
  for (let index = 0; index < STEPS; index++) {
    const started = module.start?.("train_step", inputs, options);
    if (started === undefined) throw new Error("the engine cannot begin calls");
    if (ahead) {
      await previous;
      inputs = next(started.kept);
    } else inputs = next(await started.done);
    previous = started.done;
    const now = performance.now();
    if (index >= WARMUP) {
      steps.push(now - last);
      overheads.push(now - last - (engine.invokeSeconds - inside) * 1000);
    }
    [last, inside] = [now, engine.invokeSeconds];
    // What a step leaves and the next one does not take.
    for (const [result, value] of (
      await (ahead ? Promise.resolve(started.kept) : started.done)
    ).entries())
      if (value !== null && isDeviceTensor(value) && !from.includes(result)) value.release();
  }
  await previous;
  for (const value of inputs) if (isDeviceTensor(value)) value.release();
  const [stepMs, overheadMs] = [median(steps), median(overheads)];
  return { stepMs, overheadMs, ratio: overheadMs / stepMs };
}

try {
  const place = { env: process.env, cwd: process.cwd() };
  const engine = (await openEngine({ engine: "iree", place })) as IreeEngine;
  try {
    const module = await engine.load({ kind: "mlir", name: "train", text: await trainModule() });
    const plan = planOf(module);
    const one = await timeSteps(engine, module, plan, false);
    const ahead = await timeSteps(engine, module, plan, true);
    const report = {
      stateTensors: plan.consume.length,
      oneByOne: one,
      oneAhead: ahead,
      target: 0.01,
    };
    process.stdout.write(`${JSON.stringify(report)}\n`);
  } finally {
    await engine.close();
  }
} catch (error) {
  if (!(error instanceof EngineError)) throw error;
  process.stdout.write(`${JSON.stringify({ skipped: error.message })}\n`);
}
