/** @file Checkpoints of a distributed run, made from blobs: outer parameters as weights, outer momentum as state. */
import type { FunctionInfo } from "#lib/runtime/engine.ts";
import { present } from "#lib/support/assert.ts";
import { isProblem, type Problem } from "#lib/support/problem.ts";
import { readNumber, type Tensor, writeNumber, zeros } from "#lib/tensors/tensor.ts";
import {
  type Checkpoint,
  type CheckpointManifest,
  pruneCheckpoints,
  saveCheckpoint,
} from "../checkpoint.ts";
import { decodeBlob } from "../diloco/layout.ts";
import { stateLayout } from "../diloco/merge-fragment.ts";
import type { BlobStore } from "../net/blob-store.ts";
import type { Fragment, RunPlan } from "../protocol/plan.ts";
import type { FailPoint } from "../protocol/ports.ts";
import type { BlobRef, FragmentState } from "../protocol/records.ts";
import { carriedNames } from "../steps.ts";

type StateContent = "values" | "momentum" | "pending";

/** f32 values of one blob of a fragment's state. */
async function readBlob(
  store: BlobStore,
  fragment: Fragment,
  content: StateContent,
  { digest }: BlobRef,
): Promise<Float32Array | Problem> {
  const bytes = await store.read(digest);
  if (bytes === null)
    return { problem: `blob ${digest} of fragment ${fragment.index} is missing or damaged` };
  return decodeBlob(stateLayout(fragment, content), bytes);
}

/** Outer parameters by fragment. */
export async function readParameters(
  store: BlobStore,
  plan: RunPlan,
  states: readonly FragmentState[],
): Promise<Float32Array[] | Problem> {
  const all: Float32Array[] = [];
  for (const fragment of plan.fragments) {
    const state = present(states[fragment.index], `state of fragment ${fragment.index}`);
    const values = await readBlob(store, fragment, "values", state.parameters);
    if (isProblem(values)) return values;
    all.push(values);
  }
  return all;
}

/** Tensors of a fragment by name, sharing its memory. */
function* split({ tensors }: Fragment, values: Float32Array): Generator<[string, Tensor]> {
  let at = 0;
  for (const { name, shape, elements } of tensors) {
    yield [name, { dtype: "f32", shape, data: values.subarray(at, at + elements) }];
    at += elements;
  }
}

/** A tensor in the type in which the module takes it. */
function asModuleTakesIt(info: FunctionInfo, name: string, tensor: Tensor): Tensor {
  const dtype = info.args.find((arg) => arg.name === name)?.dtype ?? tensor.dtype;
  if (dtype === tensor.dtype) return tensor;
  const other = zeros(dtype, tensor.shape);
  for (let i = 0; i < tensor.data.length; i++) writeNumber(other, i, readNumber(tensor, i));
  return other;
}

/** Weights in the module's order: outer parameters, and those that no fragment holds. */
export function weightsOf(
  info: FunctionInfo,
  plan: RunPlan,
  parameters: readonly Float32Array[],
  frozen: ReadonlyMap<string, Tensor>,
): Map<string, Tensor> {
  const exchanged = new Map(
    plan.fragments.flatMap((fragment) => [
      ...split(fragment, present(parameters[fragment.index], "parameters of a fragment")),
    ]),
  );
  return new Map(
    carriedNames(info).weights.map((name) => {
      const tensor = exchanged.get(name) ?? frozen.get(name);
      return [name, asModuleTakesIt(info, name, present(tensor, `weight '${name}'`))];
    }),
  );
}

/** f32 values of weights, by fragment. */
export const fragmentsOfWeights = (
  plan: Pick<RunPlan, "fragments">,
  weights: ReadonlyMap<string, Tensor>,
): Float32Array[] =>
  plan.fragments.map(({ tensors, elements }) => {
    const values = new Float32Array(elements);
    let at = 0;
    for (const { name, elements: count } of tensors) {
      const tensor = present(weights.get(name), `weight '${name}'`);
      if (tensor.dtype === "f32") values.set(tensor.data as Float32Array, at);
      else for (let i = 0; i < count; i++) values[at + i] = readNumber(tensor, i);
      at += count;
    }
    return values;
  });

/** State of the outer optimizer by name: `<weight>/outer_momentum`, `<weight>/outer_pending`. */
async function outerState(
  store: BlobStore,
  plan: RunPlan,
  states: readonly FragmentState[],
): Promise<Map<string, Tensor> | Problem> {
  const tensors = new Map<string, Tensor>();
  for (const fragment of plan.fragments) {
    const { momentum, pending } = present(states[fragment.index], "state of a fragment");
    for (const [content, blob] of [
      ["momentum", momentum],
      ["pending", pending.sum],
    ] as const) {
      // The module's own optimizer keeps a state of its own form.
      if (blob === null || plan.outer.kind === "module") continue;
      const values = await readBlob(store, fragment, content, blob);
      if (isProblem(values)) return values;
      for (const [name, tensor] of split(fragment, values))
        tensors.set(`${name}/outer_${content}`, tensor);
    }
  }
  return tensors;
}

export interface CheckpointParts {
  readonly folder: string;
  readonly store: BlobStore;
  readonly plan: RunPlan;
  readonly info: FunctionInfo;
  readonly frozen: ReadonlyMap<string, Tensor>;
  readonly settings: CheckpointManifest["settings"];
  readonly keepLast: number;
  readonly failPoint: FailPoint;
}

/** A point of a run that a checkpoint is made of. */
export interface Snapshot {
  /** Rounds done. */
  readonly rounds: number;
  readonly tokens: number;
  readonly evalLoss: number | null;
  readonly states: readonly FragmentState[];
}

/** Writes a checkpoint that `pcp-train sample` and the single trainer read, and removes old ones. */
export async function writeCheckpoint(
  { folder, store, plan, info, frozen, settings, keepLast, failPoint }: CheckpointParts,
  { rounds, tokens, evalLoss, states }: Snapshot,
): Promise<Checkpoint | Problem> {
  const parameters = await readParameters(store, plan, states);
  if (isProblem(parameters)) return parameters;
  const state = await outerState(store, plan, states);
  if (isProblem(state)) return state;
  const { tokenizer, alphabet } = plan.data;
  const saved = await saveCheckpoint(
    folder,
    { weights: weightsOf(info, plan, parameters, frozen), state },
    {
      step: rounds * plan.innerSteps,
      tokens,
      evalLoss,
      module: plan.module,
      settings,
      tokenizer: { name: tokenizer, alphabet },
    },
    failPoint,
  );
  if (!isProblem(saved)) pruneCheckpoints(folder, keepLast);
  return saved;
}
