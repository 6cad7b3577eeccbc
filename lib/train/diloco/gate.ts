/** @file Whether an update counts, and how much of it: finite, and of a size like those before it. */
import type { MergePlan } from "../protocol/plan.ts";
import type { Rejection } from "../protocol/records.ts";

/** Accepted norms that a run looks back on. */
export const RECENT_NORMS = 64;
/** Before so many norms are known, an update's size tells nothing. */
export const FEWEST_NORMS = 4;

/** Middle of some numbers (mean of the two in the middle); null of none. */
export function median(numbers: readonly number[]): number | null {
  if (numbers.length === 0) return null;
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] as number) + upper) / 2;
}

/** What the gate says: the factor on the update, or why it does not count. */
export type Judgement =
  | { readonly kind: "accepted"; readonly scale: number }
  | { readonly kind: "rejected"; readonly why: Rejection; readonly detail: string };

/**
 * Judges an update by its L2 norm. With a median of recent accepted norms: above `normGate` times it the update is rejected; with
 * `clip`, above `clipFactor` times it the update is scaled down to that.
 *
 * @param recent - norms of accepted updates of the same slot, newest last; of them the last {@link RECENT_NORMS} count.
 */
export function judgeUpdate(
  { finite, norm }: { readonly finite: boolean; readonly norm: number },
  recent: readonly number[],
  { kind, clipFactor, normGate }: MergePlan,
): Judgement {
  if (!finite || !Number.isFinite(norm))
    return {
      kind: "rejected",
      why: "not_finite",
      detail: "the update has values that are not finite",
    };
  const usual = recent.length < FEWEST_NORMS ? null : median(recent.slice(-RECENT_NORMS));
  if (usual === null || usual === 0) return { kind: "accepted", scale: 1 };
  const times = norm / usual;
  if (normGate !== null && times > normGate)
    return {
      kind: "rejected",
      why: "norm",
      detail: `norm ${norm.toPrecision(4)} is ${times.toPrecision(3)} times the median of ${usual.toPrecision(4)}; ${normGate} times is allowed`,
    };
  return {
    kind: "accepted",
    scale: kind === "clip" && times > clipFactor ? clipFactor / times : 1,
  };
}
