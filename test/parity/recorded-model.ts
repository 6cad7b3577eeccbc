/** @file A model as PyTorch had it, read back, and the comparisons of our engines and gradients with it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LoadedModule } from "#lib/runtime/engine.ts";
import type { EngineName } from "#lib/runtime/open.ts";
import { isProblem } from "#lib/support/problem.ts";
import { readSafetensorsFile } from "#lib/tensors/files.ts";
import { readNumber, type Tensor, tensorFromNumbers } from "#lib/tensors/tensor.ts";
import { say } from "./environment.ts";
import {
  argumentsOf,
  differentiate,
  functionOf,
  relativeDifference,
  resultsByName,
  withModule,
  worst,
} from "./pipeline.ts";

/** Largest difference allowed, of a loss and relative to the largest element of a tensor. */
export const TOLERANCE = 1e-5;

interface Record {
  readonly losses: readonly number[];
  readonly steps: {
    readonly losses: readonly number[];
    readonly grad_norms: readonly number[];
    readonly lr: number;
    readonly beta1: number;
    readonly beta2: number;
    readonly eps: number;
    readonly weight_decay: number;
    readonly clip: number;
  };
}

/** What record_model.py left in a folder, and the module that was exported from the same model. */
export interface RecordedModel {
  readonly name: string;
  readonly module: string;
  readonly record: Record;
  readonly weights: ReadonlyMap<string, Tensor>;
  readonly batches: readonly ReadonlyMap<string, Tensor>[];
  readonly gradients: ReadonlyMap<string, Tensor>;
  readonly steps: ReadonlyMap<string, Tensor>;
}

/** Reads a folder. */
export function readRecorded(folder: string, name: string): RecordedModel {
  const tensors = (file: string): ReadonlyMap<string, Tensor> => {
    const read = readSafetensorsFile(join(folder, `${file}.safetensors`));
    if (isProblem(read)) throw new Error(read.problem);
    return read.tensors;
  };
  return {
    name,
    module: readFileSync(join(folder, "module.mlir"), "utf8"),
    record: JSON.parse(readFileSync(join(folder, "record.json"), "utf8")) as Record,
    weights: tensors("weights"),
    batches: [tensors("batch-0"), tensors("batch-1")],
    gradients: tensors("gradients"),
    steps: tensors("steps"),
  };
}

interface Row {
  readonly what: string;
  readonly off: number;
}

/** Prints the largest difference and the verdict; returns it as well. */
function verdict(title: string, rows: readonly Row[]): string {
  const largest = worst(rows, ({ off }) => off);
  const isClose = rows.length > 0 && rows.every(({ off }) => off <= TOLERANCE);
  const line = `${title}: ${rows.length} compared, largest difference ${largest?.off.toExponential(1)} (${largest?.what})  ${isClose ? "OK" : "FAILED"}`;
  say(line);
  return line;
}

const scalar = (tensor: Tensor | undefined): number =>
  tensor === undefined ? Number.NaN : readNumber(tensor, 0);

/** Loss of the forward module on two batches. */
export async function compareForward(model: RecordedModel, engine: EngineName): Promise<string> {
  return withModule(engine, model.module, async (module) => {
    const main = functionOf(module, "main");
    const rows: Row[] = [];
    for (const [index, batch] of model.batches.entries()) {
      const results = await module.call("main", argumentsOf(main, [model.weights, batch]));
      const loss = scalar(resultsByName(main, results).get("loss"));
      rows.push({
        what: `loss of batch ${index}`,
        off: Math.abs(loss - (model.record.losses[index] ?? 0)),
      });
    }
    return verdict(`${model.name}: forward in ${engine}`, rows);
  });
}

/** Gradient of every parameter on the first batch. */
export async function compareGradients(model: RecordedModel, engine: EngineName): Promise<string> {
  const text = await differentiate(model.module, ["--emit=value-and-grad"]);
  return withModule(engine, text, async (module) => {
    const info = functionOf(module, "main_value_and_grad");
    const inputs = argumentsOf(info, [model.weights, model.batches[0] ?? new Map()]);
    const results = resultsByName(info, await module.call(info.name, inputs));
    const rows = [...model.gradients].map(([name, expected]) => {
      const got = results.get(`${name}/grad`);
      return {
        what: name,
        off: got === undefined ? Number.POSITIVE_INFINITY : relativeDifference(got, expected),
      };
    });
    const off = Math.abs(scalar(results.get("loss")) - (model.record.losses[0] ?? 0));
    return verdict(`${model.name}: gradients in ${engine}`, [...rows, { what: "loss", off }]);
  });
}

const optimizerFlags = ({ steps }: Record): string[] => [
  "--emit=train",
  "--optimizer=adamw",
  `--beta1=${steps.beta1}`,
  `--beta2=${steps.beta2}`,
  `--eps=${steps.eps}`,
  `--weight-decay=${steps.weight_decay}`,
  `--clip-grad-norm=${steps.clip}`,
];

/** Two AdamW steps: parameters, both moments, losses, gradient norms. */
export async function compareSteps(model: RecordedModel, engine: EngineName): Promise<string> {
  const text = await differentiate(model.module, optimizerFlags(model.record));
  return withModule(engine, text, async (module) => {
    const rows: Row[] = [];
    let state = new Map([...model.weights, ...(await initialState(module))]);
    for (const [index, batch] of model.batches.entries())
      state = await step(module, model, state, batch, index, rows);
    for (const [name, expected] of model.steps) {
      const got = state.get(name);
      rows.push({
        what: name,
        off: got === undefined ? Number.POSITIVE_INFINITY : relativeDifference(got, expected),
      });
    }
    return verdict(`${model.name}: two AdamW steps in ${engine}`, rows);
  });
}

async function initialState(module: LoadedModule): Promise<Map<string, Tensor>> {
  const info = functionOf(module, "init_state");
  return resultsByName(info, await module.call("init_state", []));
}

/** One call of @train_step; what it returns under the names of its arguments is the next state. */
async function step(
  module: LoadedModule,
  model: RecordedModel,
  state: Map<string, Tensor>,
  batch: ReadonlyMap<string, Tensor>,
  index: number,
  rows: Row[],
): Promise<Map<string, Tensor>> {
  const info = functionOf(module, "train_step");
  const scalars = new Map<string, Tensor>();
  for (const { name, role, dtype } of info.args) {
    if (role === "step" && !state.has(name ?? ""))
      scalars.set(name ?? "", tensorFromNumbers(dtype ?? "i32", [], [0]));
    if (role === "lr")
      scalars.set(name ?? "", tensorFromNumbers(dtype ?? "f32", [], [model.record.steps.lr]));
  }
  const results = await module.call("train_step", argumentsOf(info, [state, scalars, batch]));
  const named = resultsByName(info, results);
  const { losses, grad_norms: norms } = model.record.steps;
  rows.push({
    what: `loss of step ${index + 1}`,
    off: Math.abs(scalar(named.get("loss")) - (losses[index] ?? 0)),
  });
  const norm = norms[index] ?? 1;
  rows.push({
    what: `norm of step ${index + 1}`,
    off: Math.abs(scalar(named.get("grad_norm")) - norm) / norm,
  });
  return named;
}
