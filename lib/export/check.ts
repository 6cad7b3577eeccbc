/** @file `--check`: the loss of an exported module in our engines beside the model's own. */
import { join } from "node:path";
import {
  type Engine,
  EngineError,
  fetched,
  type LoadedModule,
  type Value,
} from "#lib/runtime/engine.ts";
import { ENGINES, type EngineName, openEngine } from "#lib/runtime/open.ts";
import type { SearchPlace } from "#lib/runtime/python.ts";
import { isProblem } from "#lib/support/problem.ts";
import { readSafetensorsFile } from "#lib/tensors/files.ts";
import { readNumber, type Tensor } from "#lib/tensors/tensor.ts";
import type { CheckLosses } from "./protocol.ts";

/** What is compared. */
export interface LossCheck {
  readonly text: string;
  /** What messages call the module. */
  readonly name: string;
  /** Has `check-weights.safetensors` and `check-batch-N.safetensors`. */
  readonly folder: string;
  readonly expected: CheckLosses;
  readonly place: SearchPlace;
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
}

/** Largest difference by the coarsest type that the model computes in, for losses up to 10; relative beyond. */
const TOLERANCE: Readonly<Record<string, number>> = { f64: 1e-9, f32: 1e-5, f16: 1e-2, bf16: 5e-2 };

const limitOf = (dtype: string, loss: number): number =>
  (TOLERANCE[dtype] ?? 1e-5) * Math.max(1, Math.abs(loss) / 10);

function readTensors(folder: string, name: string): ReadonlyMap<string, Tensor> {
  const file = readSafetensorsFile(join(folder, `${name}.safetensors`));
  if (isProblem(file)) throw new EngineError(file.problem);
  return file.tensors;
}

/** The arguments of `@main` by name. */
function inputsOf(module: LoadedModule, tensors: readonly ReadonlyMap<string, Tensor>[]): Value[] {
  const main = module.functions.find(({ name }) => name === "main");
  if (main === undefined) throw new EngineError("the module has no function @main");
  return main.args.map(({ name }) => {
    for (const map of tensors) {
      const found = map.get(name ?? "");
      if (found !== undefined) return found;
    }
    throw new EngineError(`argument '${name}' has no value`);
  });
}

async function lossesIn(engine: Engine, check: LossCheck): Promise<number[]> {
  const module = await engine.load({ kind: "mlir", name: check.name, text: check.text });
  const weights = readTensors(check.folder, "check-weights");
  const losses: number[] = [];
  for (const index of check.expected.losses.keys()) {
    const inputs = inputsOf(module, [weights, readTensors(check.folder, `check-batch-${index}`)]);
    const results = await module.call("main", inputs, { fetch: [0] });
    losses.push(readNumber(fetched(results, 0), 0));
  }
  return losses;
}

/** Losses in one engine; a string says why there are none. */
async function tryEngine(name: EngineName, check: LossCheck): Promise<readonly number[] | string> {
  let engine: Engine | null = null;
  try {
    engine = await openEngine({ engine: name, place: check.place, signal: check.signal });
    return await lossesIn(engine, check);
  } catch (error) {
    if (error instanceof EngineError) return error.message;
    throw error;
  } finally {
    await engine?.close();
  }
}

const difference = (got: number, expected: number): number =>
  Object.is(got, expected) ? 0 : Math.abs(got - expected);

/** Compares on every batch and prints what it finds; false where a difference is too large or no engine runs. */
export async function checkLosses(check: LossCheck): Promise<boolean> {
  const { dtype, losses: expected } = check.expected;
  let passed = true;
  let ran = 0;
  const row = (index: number, who: string, loss: number, eager: number): void => {
    const off = difference(loss, eager);
    const isClose = off <= limitOf(dtype, eager);
    passed &&= isClose;
    check.print(
      `check: batch ${index}: eager ${eager.toPrecision(8)}  ${who} ${loss.toPrecision(8)}  difference ${off.toExponential(1)}  ${isClose ? "OK" : "TOO LARGE"}`,
    );
  };
  for (const [index, { eager, graph }] of expected.entries()) row(index, "graph", graph, eager);
  for (const name of ENGINES) {
    const losses = await tryEngine(name, check);
    if (typeof losses === "string") {
      check.print(`check: ${name}: skipped: ${losses}`);
      continue;
    }
    ran++;
    for (const [index, loss] of losses.entries())
      row(index, name, loss, expected[index]?.eager ?? Number.NaN);
  }
  if (ran === 0) check.print("check: no engine could run the module");
  return passed && ran > 0;
}
