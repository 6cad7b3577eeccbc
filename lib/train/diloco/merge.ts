/** @file How pseudo-gradients of several workers become one: means in f64, in the order in which they are given. */

/**
 * Part of a pseudo-gradient in twice the precision of f64: the value is high + low. Only differences of parameters have a low part,
 * so that base - (base - local) is local again to the last bit whatever their magnitudes.
 */
export interface GradientBlock {
  readonly high: Float64Array;
  readonly low: Float64Array | null;
}

/** A block of zeros of `length` values. */
export const gradientBlock = (length: number, precise: boolean): GradientBlock => ({
  high: new Float64Array(length),
  low: precise ? new Float64Array(length) : null,
});

/** The first `length` values of a block, sharing its memory. */
export const headOf = ({ high, low }: GradientBlock, length: number): GradientBlock =>
  high.length === length
    ? { high, low }
    : { high: high.subarray(0, length), low: low?.subarray(0, length) ?? null };

/** base - local into `out`, exactly: the rounding error of the difference (Knuth's two-sum) is its low part. */
export function difference(base: Float32Array, local: Float32Array, out: GradientBlock): void {
  const { high, low } = out;
  for (let i = 0; i < high.length; i++) {
    const a = base[i] as number;
    const b = local[i] as number;
    const rounded = a - b;
    high[i] = rounded;
    if (low !== null) {
      const part = rounded - a;
      low[i] = a - (rounded - part) - (b + part);
    }
  }
}

/**
 * Shares of a running weighted mean: mean_k = mean_(k-1) + share_k (x_k - mean_(k-1)) with share_k = w_k / (w_1 + ... + w_k). So
 * that equal updates have that very update as mean, bit for bit. Where all weights are 0 they count the same.
 */
export function sharesOf(weights: readonly number[]): number[] {
  const none = weights.every((weight) => weight === 0);
  let total = 0;
  return weights.map((given) => {
    const weight = none ? 1 : given;
    total += weight;
    return weight === 0 ? 0 : weight / total;
  });
}

function addValues(mean: Float64Array, update: Float64Array, share: number, scale: number): void {
  for (let i = 0; i < mean.length; i++) {
    const before = mean[i] as number;
    mean[i] = before + share * (scale * (update[i] as number) - before);
  }
}

/** Takes one more update, times `scale`, into a running mean; the first one has share 1. */
export function addToMean(
  mean: GradientBlock,
  update: GradientBlock,
  share: number,
  scale: number,
): void {
  addValues(mean.high, update.high, share, scale);
  if (mean.low === null) return;
  if (update.low !== null) addValues(mean.low, update.low, share, scale);
  else
    for (let i = 0; i < mean.low.length; i++) mean.low[i] = (mean.low[i] as number) * (1 - share);
}

/** Updates left out at either end of `count`, so that at least one is left. */
export const trimmedOf = (count: number, fraction: number): number =>
  Math.max(0, Math.min(Math.floor(fraction * count), Math.floor((count - 1) / 2)));

/**
 * Weighted mean of every coordinate without the `trim` smallest and largest values of it (equal ones in the order given).
 *
 * @param updates - all updates of the block; `out` must be none of them.
 */
export function trimmedMean(
  updates: readonly GradientBlock[],
  weights: readonly number[],
  trim: number,
  out: GradientBlock,
): void {
  const order = new Uint32Array(updates.length);
  const none = weights.every((weight) => weight === 0);
  for (let i = 0; i < out.high.length; i++) {
    const at = (update: number): number => updates[update]?.high[i] as number;
    // Insertion: there are few updates, and the order must be stable.
    for (let k = 0; k < order.length; k++) {
      const value = at(k);
      let place = k;
      for (; place > 0 && at(order[place - 1] as number) > value; place--)
        order[place] = order[place - 1] as number;
      order[place] = k;
    }
    let total = 0;
    let high = 0;
    let low = 0;
    for (let k = trim; k < order.length - trim; k++) {
      const update = order[k] as number;
      const weight = none ? 1 : (weights[update] as number);
      if (weight === 0) continue;
      total += weight;
      const share = weight / total;
      high += share * (at(update) - high);
      low += share * ((updates[update]?.low?.[i] ?? 0) - low);
    }
    out.high[i] = high;
    if (out.low !== null) out.low[i] = low;
  }
}
