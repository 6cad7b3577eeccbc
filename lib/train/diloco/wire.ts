/** @file What goes between workers and shepherd as bytes: updates up, parameters down. */
import { invariant } from "#lib/support/assert.ts";
import { isProblem, type Problem } from "#lib/support/problem.ts";
import type { Algorithm, Fragment, WireFormat, WirePlan } from "../protocol/plan.ts";
import {
  type Content,
  decodeBlob,
  encodeBlob,
  type Layout,
  layoutOf,
  layoutProblem,
  readerOf,
} from "./layout.ts";

/** An update on its way, and what it leaves out. */
export interface EncodedUpdate {
  readonly bytes: Uint8Array;
  /** Error-feedback residual for the next update of this fragment; null without error feedback. */
  readonly residual: Float32Array | null;
}

/** What a worker hands in. */
export function updateContent(algorithm: Algorithm, { up, topK }: WirePlan): Content {
  if (algorithm === "data_parallel") return "gradient";
  return up === "f32" && topK === null ? "parameters" : "pseudo_gradient";
}

/** Layout of updates of a fragment. */
export const updateLayout = (fragment: Fragment, wire: WirePlan, algorithm: Algorithm): Layout =>
  layoutOf(fragment, updateContent(algorithm, wire), wire.up, wire.topK);

/** Bytes of every update of a fragment, header included. */
export const encodedSize = (fragment: Fragment, wire: WirePlan, algorithm: Algorithm): number =>
  updateLayout(fragment, wire, algorithm).bytes;

/** Whether the published parameters of a version are told as their difference to those before. */
export const hasDifferences = ({ down, downWhole }: WirePlan): boolean =>
  downWhole !== true && (down === "int8" || down === "int4");

/** Encoding of whole published parameters. */
export const publishedFormat = (wire: WirePlan): WireFormat =>
  hasDifferences(wire) ? "f32" : wire.down;

/** Layout of whole published parameters. */
export const publishedLayout = (fragment: Fragment, wire: WirePlan): Layout =>
  layoutOf(fragment, "values", publishedFormat(wire));

/** Layout of the difference between two published versions. */
export const differenceLayout = (fragment: Fragment, wire: WirePlan): Layout =>
  layoutOf(fragment, "difference", wire.down, wire.downTopK ?? null);

/**
 * Encodes a vector with error feedback, where the plan wants it: r = decay * e + delta, the wire gets C(r), and r - C(r) is the next
 * residual e (as the SparseLoCo of arXiv 2603.08163 does). Where r is not finite, nothing is carried over: the update will be rejected.
 */
function encodeWithFeedback(
  layout: Layout,
  delta: Float32Array,
  { errorDecay }: WirePlan,
  residual: Float32Array | null,
): EncodedUpdate {
  if (errorDecay === null) return { bytes: encodeBlob(layout, delta), residual: null };
  const owed = new Float32Array(delta.length);
  for (let i = 0; i < delta.length; i++)
    owed[i] = (delta[i] as number) + errorDecay * (residual?.[i] ?? 0);
  const bytes = encodeBlob(layout, owed);
  const sent = decodeBlob(layout, bytes);
  invariant(!isProblem(sent), "what was just encoded can be read");
  for (let i = 0; i < delta.length; i++) {
    const rest = (owed[i] as number) - (sent[i] as number);
    owed[i] = Number.isFinite(rest) ? rest : 0;
  }
  return { bytes, residual: owed };
}

/**
 * Encodes what a worker has learned. Up in f32 without top-k: its parameters themselves, so that nothing is rounded; else the
 * pseudo-gradient, base - local.
 *
 * @param local - the worker's parameters, in the fragment's order.
 * @param base - the published parameters it began from.
 * @param residual - what the last update of this fragment left, null at first.
 */
export function encodeUpdate(
  fragment: Fragment,
  local: Float32Array,
  base: Float32Array,
  wire: WirePlan,
  residual: Float32Array | null,
): EncodedUpdate {
  const content = updateContent("diloco", wire);
  const layout = layoutOf(fragment, content, wire.up, wire.topK);
  if (content === "parameters") return { bytes: encodeBlob(layout, local), residual: null };
  const delta = new Float32Array(local.length);
  for (let i = 0; i < delta.length; i++) delta[i] = (base[i] as number) - (local[i] as number);
  return encodeWithFeedback(layout, delta, wire, residual);
}

/** Encodes the gradient of one step (data_parallel); `residual` as for {@link encodeUpdate}. */
export const encodeGradient = (
  fragment: Fragment,
  gradient: Float32Array,
  wire: WirePlan,
  residual: Float32Array | null,
): EncodedUpdate =>
  encodeWithFeedback(layoutOf(fragment, "gradient", wire.up, wire.topK), gradient, wire, residual);

/** Encodes whole parameters for workers. */
export const encodePublished = (
  fragment: Fragment,
  values: Float32Array,
  wire: WirePlan,
): Uint8Array => encodeBlob(publishedLayout(fragment, wire), values);

/** Reads whole published parameters. */
export const decodePublished = (
  fragment: Fragment,
  bytes: Uint8Array,
  wire: WirePlan,
): Float32Array | Problem => decodeBlob(publishedLayout(fragment, wire), bytes);

/** Adds a difference to the published values before it; both sides do this with the same result. */
export function addDifference(before: Float32Array, difference: Float32Array): Float32Array {
  const after = new Float32Array(before.length);
  for (let i = 0; i < after.length; i++)
    after[i] = (before[i] as number) + (difference[i] as number);
  return after;
}

/**
 * Published parameters after a blob: whole ones take the place of `previous`, a difference is added to it.
 *
 * @param previous - published parameters of the version before, null where there are none.
 */
export function applyPublished(
  fragment: Fragment,
  previous: Float32Array | null,
  bytes: Uint8Array,
  wire: WirePlan,
): Float32Array | Problem {
  if (!hasDifferences(wire)) return decodePublished(fragment, bytes, wire);
  const layout = differenceLayout(fragment, wire);
  if (layoutProblem(layout, bytes.byteLength, readerOf(bytes)) !== null)
    return decodePublished(fragment, bytes, wire);
  if (previous === null)
    return {
      problem: `fragment ${fragment.index}: a difference, and nothing that it could be added to`,
    };
  const difference = decodeBlob(layout, bytes);
  return isProblem(difference) ? difference : addDifference(previous, difference);
}
