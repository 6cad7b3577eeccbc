/** @file Parts of a model that are exchanged one by one, and when in a round each of them is. */
import type { Algorithm, Fragment, FragmentTensor, SyncSlot } from "../protocol/plan.ts";

/** How tensors are put together: by size, by layer in turn (arXiv 2501.18512), or all in one. */
export const FRAGMENT_KINDS = ["balanced", "strided", "whole"] as const;
export type FragmentKind = (typeof FRAGMENT_KINDS)[number];

export interface FragmentOptions {
  /** Fragments to make, 1 or more; there are fewer where there is not as much to put into them. */
  readonly count: number;
  readonly kind: FragmentKind;
}

/** Everything up to the first number of a name: `h.3` of `h.3.attn.weight`; the whole name where it has none. */
function layerOf(name: string): string {
  const match = /^(?:.*?[._/])??\d+(?=$|[._/])/.exec(name);
  return match === null ? name : match[0];
}

/** Tensors of one layer, which lie side by side, go into the same bin; bins take layers in turn. */
function stridedBins(tensors: readonly FragmentTensor[], count: number): number[] {
  let layers = 0;
  let before: string | null = null;
  return tensors.map(({ name }) => {
    const layer = layerOf(name);
    if (layer !== before) layers++;
    before = layer;
    return (layers - 1) % count;
  });
}

/** Greedy bin packing: the largest tensor that is left goes into the emptiest bin; equal ones in the model's order. */
function balancedBins(tensors: readonly FragmentTensor[], count: number): number[] {
  const order = tensors
    .map((_, index) => index)
    .sort((a, b) => (tensors[b]?.elements ?? 0) - (tensors[a]?.elements ?? 0) || a - b);
  const loads = new Array<number>(count).fill(0);
  const bins = new Array<number>(tensors.length).fill(0);
  for (const index of order) {
    let emptiest = 0;
    for (let bin = 1; bin < count; bin++)
      if ((loads[bin] ?? 0) < (loads[emptiest] ?? 0)) emptiest = bin;
    bins[index] = emptiest;
    loads[emptiest] = (loads[emptiest] ?? 0) + (tensors[index]?.elements ?? 0);
  }
  return bins;
}

/**
 * Divides a model into fragments: every tensor is in one of them, and within one they keep the model's order. Fragments are
 * numbered by their first tensor. `balanced`: no fragment has more elements than another by more than its largest tensor.
 */
export function makeFragments(
  tensors: readonly FragmentTensor[],
  { count, kind }: FragmentOptions,
): Fragment[] {
  const most = Math.max(1, Math.min(Math.trunc(count), tensors.length));
  let bins: number[];
  if (kind === "whole") bins = tensors.map(() => 0);
  else bins = (kind === "strided" ? stridedBins : balancedBins)(tensors, most);
  const members = new Map<number, FragmentTensor[]>();
  tensors.forEach((tensor, index) => {
    const bin = bins[index] ?? 0;
    const list = members.get(bin);
    if (list === undefined) members.set(bin, [tensor]);
    else list.push(tensor);
  });
  return [...members.values()].map((list, index) => ({
    index,
    tensors: list,
    elements: list.reduce((sum, { elements }) => sum + elements, 0),
  }));
}

/**
 * Points of a round at which fragments are handed in. `diloco` and `data_parallel`: all at the end. Else fragment p of P is
 * handed in after step ceil((p + 1) H / P), so that each is once in every H steps, the load is even, and the last slot covers
 * all steps of the round; fragments that fall on the same step share a slot.
 */
export function makeSlots(
  algorithm: Algorithm,
  innerSteps: number,
  fragments: readonly Fragment[],
): SyncSlot[] {
  const indices = fragments.map(({ index }) => index);
  if (algorithm === "diloco" || algorithm === "data_parallel")
    return [{ slot: 0, afterStep: innerSteps, fragments: indices }];
  const bySteps = new Map<number, number[]>();
  indices.forEach((fragment, position) => {
    const afterStep = Math.ceil(((position + 1) * innerSteps) / indices.length);
    bySteps.set(afterStep, [...(bySteps.get(afterStep) ?? []), fragment]);
  });
  return [...bySteps].map(([afterStep, members], slot) => ({
    slot,
    afterStep,
    fragments: members,
  }));
}
