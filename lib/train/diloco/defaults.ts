/** @file Numbers of a distributed run that a config leaves out. */
import type { Algorithm, OuterPlan, WireFormat, WirePlan } from "../protocol/plan.ts";
import { CHUNK } from "./sparse.ts";

/**
 * Outer learning rate, constant over the run: the best by number of workers of arXiv 2503.09799, which has 1, 2, 4 and 8 workers
 * (between 4 and 8: that of arXiv 2311.08105). Streaming: that of arXiv 2501.18512.
 */
export function defaultOuterLearningRate(algorithm: Algorithm, workers: number): number {
  if (algorithm === "data_parallel") return 1;
  if (algorithm === "streaming" || workers <= 1) return 0.4;
  if (workers <= 4) return 0.6;
  return workers < 8 ? 0.7 : 0.8;
}

/**
 * The outer optimizer of an algorithm. Where updates leave values out and feed them back, what is fed back is the momentum: the mean is
 * taken as it is, as SparseLoCo does (arXiv 2603.08163). Momentum besides would carry what comes late on once more.
 */
export function outerDefaults(
  algorithm: Algorithm,
  workers: number,
  { topK, errorDecay }: Pick<WirePlan, "topK" | "errorDecay">,
): Pick<OuterPlan, "kind" | "learningRate" | "momentum"> {
  const learningRate = defaultOuterLearningRate(algorithm, workers);
  if (algorithm === "data_parallel") return { kind: "module", learningRate, momentum: 0 };
  const kind = algorithm === "decoupled" ? "delayed_nesterov" : "nesterov";
  const isFedBack = topK !== null && topK < CHUNK && errorDecay !== null;
  return isFedBack ? { kind, learningRate: 1, momentum: 0 } : { kind, learningRate, momentum: 0.9 };
}

/**
 * What goes up and down under one name; docs/algorithms.md has the bytes of each. `int4` keeps a quarter of an update and of a
 * difference, the largest values of each chunk, and feeds back what it leaves out.
 */
const PRESETS: Readonly<Record<WireFormat, WirePlan>> = {
  f32: { up: "f32", down: "f32", topK: null, downTopK: null, errorDecay: null },
  bf16: { up: "bf16", down: "bf16", topK: null, downTopK: null, errorDecay: null },
  int8: { up: "int8", down: "int8", topK: null, downTopK: null, errorDecay: null },
  int4: { up: "int4", down: "int4", topK: 1024, downTopK: 1024, errorDecay: 0.95 },
};

/** The wire of a run by the name of a preset; null: int8. */
export const wireOf = (preset: WireFormat | null): WirePlan => PRESETS[preset ?? "int8"];

/**
 * Whether parameters go down whole though their format has differences. Decoupled: between two of a worker's own merges lie those
 * of all others, and so many differences are longer than the whole. Four bits are too few for values, or such as leave some out.
 */
export const isWholeDown = (
  algorithm: Algorithm,
  { down, downTopK }: Pick<WirePlan, "down" | "downTopK">,
): boolean => algorithm === "decoupled" && down === "int8" && (downTopK ?? null) === null;
