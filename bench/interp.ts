/**
 * @file The interpreter beside IREE: the small demo model's training step, and a larger forward where that module is at hand.
 * Prints one line of JSON.
 */
import { existsSync, readFileSync } from "node:fs";
import { autodiffMain } from "#lib/driver/autodiff.ts";
import { memoryIo } from "#lib/driver/memory-io.ts";
import { type Engine, EngineError, type FunctionInfo } from "#lib/runtime/engine.ts";
import { openEngine } from "#lib/runtime/open.ts";
import { type Tensor, writeNumber, zeros } from "#lib/tensors/tensor.ts";

const RUNS = 20;
const WARMUP = 8;
const FORWARD = "../shared/models/nanochat_forward_32.mlir";

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

/** Small numbers everywhere; integers are tokens. */
function inputsOf({ args }: FunctionInfo): Tensor[] {
  let state = 1;
  const next = (): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x80000000;
  };
  return args.map(({ dtype, shape }) => {
    const tensor = zeros(dtype ?? "f32", (shape ?? []) as number[]);
    const isFloat = tensor.dtype.startsWith("f");
    for (let i = 0; i < tensor.data.length; i++)
      writeNumber(tensor, i, isFloat ? (next() - 0.5) / 5 : Math.floor(next() * 60));
    return tensor;
  });
}

interface Timing {
  readonly firstMs: number;
  readonly medianMs: number;
}

async function time(engine: Engine, text: string, name: string): Promise<Timing> {
  const module = await engine.load({ kind: "mlir", name, text });
  const info = module.functions.find((fn) => fn.name === name) as FunctionInfo;
  const inputs = inputsOf(info);
  const times: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    const begun = performance.now();
    await module.call(name, inputs);
    times.push(performance.now() - begun);
  }
  return { firstMs: times[0] as number, medianMs: median(times.slice(WARMUP)) };
}

/** The small demo model's module with its training step. */
async function trainModule(): Promise<string> {
  const argv = ["examples/nanochat/small.mlir", "--emit=train", "--optimizer=adamw"];
  const io = memoryIo({ argv });
  if ((await autodiffMain(io)) !== 0) throw new Error(io.stderrText());
  return io.stdoutText();
}

async function compare(text: string, name: string): Promise<object> {
  const place = { env: process.env, cwd: process.cwd() };
  const ours = await openEngine({ engine: "interp", place });
  const interp = await time(ours, text, name);
  await ours.close();
  const rss = process.memoryUsage().rss / 2 ** 20;
  try {
    const theirs = await openEngine({ engine: "iree", place });
    const iree = await time(theirs, text, name);
    await theirs.close();
    return { interp, iree, ratio: interp.medianMs / iree.medianMs, rssMiB: rss };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { interp, iree: { skipped: error.message }, rssMiB: rss };
  }
}

const report = {
  smallTrainStep: { ...(await compare(await trainModule(), "train_step")), targetMs: 300 },
  forward: existsSync(FORWARD)
    ? { ...(await compare(readFileSync(FORWARD, "utf8"), "main")), targetMs: 3000 }
    : { skipped: `${FORWARD} is missing` },
};
process.stdout.write(`${JSON.stringify(report)}\n`);
