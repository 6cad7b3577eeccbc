/** @file What all reducers share: from a request to the blobs that it needs, and from blobs to the state after it. */
import { invariant } from "#lib/support/assert.ts";
import { isProblem, type Problem } from "#lib/support/problem.ts";
import { decodeSafetensors, encodeSafetensors } from "#lib/tensors/safetensors.ts";
import type { Fragment, RunPlan, WirePlan } from "../protocol/plan.ts";
import type { MergeReply, MergeRequest } from "../protocol/ports.ts";
import type { BlobRef, FragmentState } from "../protocol/records.ts";
import { decodeBlob, encodeBlob } from "./layout.ts";
import {
  DamagedBlob,
  type MergeRules,
  type MergeSums,
  type StateBlob,
  stateLayout,
} from "./merge-fragment.ts";
import { encodePublished, publishedFormat, updateContent } from "./wire.ts";

/** The module's own `@apply_step` (data_parallel), run by the shepherd. */
export type ModuleStep = (input: {
  readonly fragment: Fragment;
  /** In the fragment's order. */
  readonly parameters: Float32Array;
  /** What the step before returned; null at first. */
  readonly state: Float32Array | null;
  /** Token-weighted mean over workers. */
  readonly gradient: Float32Array;
  /** Tokens merged before: they decide the learning rate. */
  readonly tokens: number;
}) => Promise<{ readonly parameters: Float32Array; readonly state: Float32Array }>;

/** The parts of a plan that a merge of one fragment depends on. */
export function rulesOf(
  plan: Pick<RunPlan, "fragments" | "algorithm" | "outer" | "merge" | "wire">,
  index: number,
): MergeRules {
  const fragment = plan.fragments[index];
  invariant(fragment?.index === index, "fragments are numbered in order");
  const { algorithm, outer, merge, wire } = plan;
  return { fragment, algorithm, outer, merge, wire };
}

/** Whether updates can be read only beside the published parameters that they were trained from. */
export const needsBase = ({ algorithm, wire }: MergeRules): boolean =>
  updateContent(algorithm, wire) === "parameters";

/** State after a merge that wrote these blobs. */
export function nextState(
  { outer }: MergeRules,
  state: FragmentState,
  written: ReadonlyMap<StateBlob, BlobRef>,
): FragmentState {
  const parameters = written.get("parameters");
  invariant(parameters !== undefined, "a merge writes parameters");
  const difference = written.get("difference");
  const pending = written.get("pending");
  return {
    version: state.version + 1,
    parameters,
    momentum: written.get("momentum") ?? state.momentum,
    pending:
      outer.kind === "delayed_nesterov" && pending !== undefined
        ? { sum: pending, count: state.pending.count + 1 }
        : { sum: null, count: 0 },
    published: written.get("published") ?? parameters,
    ...(difference === undefined ? {} : { difference }),
  };
}

/** The reply to a request. */
export const replyOf = (state: FragmentState, sums: MergeSums): MergeReply => ({ state, ...sums });

/** Blob of the state of a module's optimizer: one vector of any length. */
export function encodeModuleState(state: Float32Array): Uint8Array {
  const bytes = encodeSafetensors(
    new Map([["state", { dtype: "f32", shape: [state.length], data: state }]]),
    { content: "optimizer" },
  );
  invariant(!isProblem(bytes), "safetensors knows f32");
  return bytes;
}

/** Reads what {@link encodeModuleState} wrote. */
function decodeModuleState(bytes: Uint8Array): Float32Array | Problem {
  const read = decodeSafetensors(bytes);
  if (isProblem(read)) return read;
  const data = read.tensors.get("state")?.data;
  return data instanceof Float32Array ? data : { problem: "it has no optimizer state" };
}

/** Reads the shepherd's parameters and the module's optimizer state, and makes the module's step. @throws DamagedBlob */
export async function runModuleStep(
  fragment: Fragment,
  step: ModuleStep,
  blobs: {
    readonly parameters: Uint8Array;
    readonly state: Uint8Array | null;
    readonly gradient: Float32Array;
    readonly tokens: number;
  },
): Promise<{ parameters: Float32Array; state: Float32Array; sums: MergeSums }> {
  const before = decodeBlob(stateLayout(fragment, "values"), blobs.parameters);
  if (isProblem(before)) throw new DamagedBlob(before.problem);
  const state = blobs.state === null ? null : decodeModuleState(blobs.state);
  if (state !== null && isProblem(state)) throw new DamagedBlob(state.problem);
  const { gradient, tokens } = blobs;
  // The sums are taken from what was there before: a step may work in place.
  const parameters = before.slice();
  const after = await step({ fragment, parameters, state, gradient: gradient.slice(), tokens });
  invariant(after.parameters.length === before.length, "a step keeps the number of parameters");
  const sums = {
    updateSquaredNorm: 0,
    gradientSquaredNorm: 0,
    momentumDot: 0,
    momentumSquaredNorm: 0,
  };
  for (let i = 0; i < before.length; i++) {
    sums.updateSquaredNorm += ((after.parameters[i] as number) - (before[i] as number)) ** 2;
    sums.gradientSquaredNorm += (gradient[i] as number) ** 2;
  }
  return { ...after, sums };
}

/** State of version 0 of a fragment; `put` stores a blob, durably. */
export async function initialState(
  fragment: Fragment,
  values: Float32Array,
  wire: WirePlan,
  put: (bytes: Uint8Array) => Promise<BlobRef>,
): Promise<FragmentState> {
  const parameters = await put(encodeBlob(stateLayout(fragment, "values"), values));
  const published =
    publishedFormat(wire) === "f32"
      ? parameters
      : await put(encodePublished(fragment, values, wire));
  return { version: 0, parameters, momentum: null, pending: { sum: null, count: 0 }, published };
}

/** Blobs that a merge reads, by digest, without repetition. */
export function readDigests(rules: MergeRules, { state, updates }: MergeRequest): string[] {
  const { parameters, momentum, pending, published } = state;
  const refs = [parameters, momentum, pending.sum, published].flatMap((ref) =>
    ref === null ? [] : [ref.digest],
  );
  const inputs = updates.flatMap(({ digest, base }) =>
    needsBase(rules) ? [digest, base] : [digest],
  );
  return [...new Set([...refs, ...inputs])];
}
