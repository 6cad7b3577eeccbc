/**
 * @file The interpreter beside IREE on the same functions: the loss and the training step of the small demo model, and the loss of the
 * demo model; seconds of a call and their ratio. Prints one line of JSON.
 */
import { readFileSync } from "node:fs";
import { initialiseWeights, parseManifestWeights } from "#lib/data/initialise.ts";
import { autodiffMain } from "#lib/driver/autodiff.ts";
import { memoryIo } from "#lib/driver/memory-io.ts";
import { type Engine, EngineError, type LoadedModule } from "#lib/runtime/engine.ts";
import { type EngineName, openEngine } from "#lib/runtime/open.ts";
import { type Tensor, tensorFromNumbers, zeros } from "#lib/tensors/tensor.ts";
import { median, round } from "./support/measure.ts";

const ROUNDS = 7;

async function trainModule(model: string): Promise<string> {
  const io = memoryIo({ argv: [`${model}.mlir`, "--optimizer=adamw"] });
  if ((await autodiffMain(io)) !== 0) throw new Error(io.stderrText());
  return io.stdoutText();
}

/** Inputs by role: weights from the manifest, zeros for state, tokens 0, 1, 2, ... */
function inputsOf(
  module: LoadedModule,
  name: string,
  weights: ReadonlyMap<string, Tensor>,
): Tensor[] {
  const info = module.functions.find((candidate) => candidate.name === name);
  if (info === undefined) throw new Error(`no @${name}`);
  return info.args.map(({ name: arg, role, dtype, shape }) => {
    const known = arg === null ? undefined : weights.get(arg);
    if (known !== undefined) return known;
    if (dtype === null || shape === null) throw new Error(`@${name} does not describe '${arg}'`);
    const sizes = shape.map((size) => size ?? 0);
    if (role === "lr") return tensorFromNumbers(dtype, sizes, [1e-3]);
    const tensor = zeros(dtype, sizes);
    if (role !== "data") return tensor;
    const tokens = Array.from({ length: tensor.data.length }, (_, i) => (i * 7) % 256);
    return tensorFromNumbers(dtype, sizes, tokens);
  });
}

interface Subject {
  readonly model: string;
  readonly functionName: string;
}

async function opened(engine: EngineName): Promise<Engine | string> {
  try {
    return await openEngine({ engine, place: { env: process.env, cwd: process.cwd() } });
  } catch (error) {
    if (error instanceof EngineError) return error.message;
    throw error;
  }
}

async function seconds(
  module: LoadedModule,
  name: string,
  inputs: readonly Tensor[],
): Promise<number> {
  const start = performance.now();
  await module.call(name, inputs, { fetch: "none" });
  return (performance.now() - start) / 1000;
}

async function compare(
  { model, functionName }: Subject,
  interp: Engine,
  iree: Engine,
): Promise<object> {
  const path = `examples/nanochat/${model}`;
  const text = await trainModule(path);
  const manifest = `${path}.manifest.json`;
  const weights = initialiseWeights(
    parseManifestWeights(readFileSync(manifest, "utf8"), manifest),
    0,
  );
  const program = { kind: "mlir", name: `${model}.train.mlir`, text } as const;
  const modules = [await interp.load(program), await iree.load(program)] as const;
  const times: [number[], number[]] = [[], []];
  for (let i = 0; i < ROUNDS; i++)
    for (const which of [0, 1] as const) {
      const module = modules[which];
      const took = await seconds(module, functionName, inputsOf(module, functionName, weights));
      // The first round warms up.
      if (i > 0) times[which].push(took);
    }
  const [ours, theirs] = times.map(median) as [number, number];
  return {
    interpSeconds: round(ours, 4),
    ireeSeconds: round(theirs, 4),
    ratio: round(ours / theirs, 1),
  };
}

async function main(): Promise<object> {
  const [interp, iree] = [await opened("interp"), await opened("iree")];
  if (typeof interp === "string") return { skipped: interp };
  if (typeof iree === "string") return { skipped: iree };
  try {
    return {
      smallLoss: await compare({ model: "small", functionName: "main" }, interp, iree),
      smallTrainStep: await compare({ model: "small", functionName: "train_step" }, interp, iree),
      demoLoss: await compare({ model: "tiny", functionName: "main" }, interp, iree),
      targetSmallTrainStepSeconds: 0.3,
    };
  } finally {
    await iree.close();
    await interp.close();
  }
}

process.stdout.write(`${JSON.stringify(await main())}\n`);
process.exit(0);
