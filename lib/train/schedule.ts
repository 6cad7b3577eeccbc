/** @file Learning rates by token count: warm-up, then constant, cosine or linear decay. */

/** A schedule; all lengths in tokens. */
export interface Schedule {
  readonly kind: "constant" | "cosine" | "linear";
  readonly peak: number;
  readonly end: number;
  readonly warmupTokens: number;
  readonly totalTokens: number;
}

/**
 * Learning rate of the step that follows `tokens` tokens, the step itself taking `stepTokens`.
 *
 * Warm-up: peak * (tokens + stepTokens) / warmupTokens, so that the first step moves already.
 * Decay with p = (tokens - warmup) / (total - warmup) in [0, 1]: cosine end + (peak - end) * (1 + cos(pi p)) / 2, linear peak + (end - peak) * p.
 */
export function learningRate(schedule: Schedule, tokens: number, stepTokens: number): number {
  const { kind, peak, end, warmupTokens, totalTokens } = schedule;
  if (tokens < warmupTokens) return peak * Math.min(1, (tokens + stepTokens) / warmupTokens);
  if (kind === "constant") return peak;
  const progress = Math.min(1, (tokens - warmupTokens) / Math.max(1, totalTokens - warmupTokens));
  if (kind === "linear") return peak + (end - peak) * progress;
  return end + ((peak - end) * (1 + Math.cos(Math.PI * progress))) / 2;
}
