/** @file Outer optimizers: what a merged pseudo-gradient does to the shepherd's parameters. */
import type { GradientBlock } from "./merge.ts";

/** Learning rate and momentum of the outer optimizer. */
export interface OuterRates {
  readonly learningRate: number;
  readonly momentum: number;
}

/**
 * One step of torch.optim.SGD(nesterov=True) in place: v = momentum * v + g; theta = theta - rate * (g + momentum * v). A first step
 * with v = 0 is torch's own, which sets v = g. Sums are taken in f64 and stored as f32.
 */
export function nesterovStep(
  parameters: Float32Array,
  momentum: Float32Array,
  gradient: GradientBlock,
  rates: OuterRates,
): void {
  const { high, low } = gradient;
  const { learningRate, momentum: decay } = rates;
  for (let i = 0; i < high.length; i++) {
    const g = high[i] as number;
    momentum[i] = decay * (momentum[i] as number) + g;
    const step = g + decay * (momentum[i] as number);
    parameters[i] =
      (parameters[i] as number) - learningRate * step - learningRate * (low?.[i] ?? 0);
  }
}

/**
 * One step of delayed Nesterov (arXiv 2401.09135, with c = 0) in place. Every update: sum = sum + g. The last one of
 * every `delay`: m = momentum * m + sum / delay; theta = theta - rate * (momentum * m + g / delay); sum = 0. All others:
 * theta = theta - rate * g / delay. With a delay of 1 it is {@link nesterovStep}.
 *
 * @param last - whether this is the last update of its `delay`.
 */
export function delayedNesterovStep(
  parameters: Float32Array,
  momentum: Float32Array,
  sum: Float32Array,
  gradient: GradientBlock,
  rates: OuterRates & { readonly delay: number },
  last: boolean,
): void {
  const { high, low } = gradient;
  const { learningRate, momentum: decay, delay } = rates;
  for (let i = 0; i < high.length; i++) {
    const g = high[i] as number;
    let step = g / delay;
    if (last) {
      momentum[i] = decay * (momentum[i] as number) + ((sum[i] as number) + g) / delay;
      step += decay * (momentum[i] as number);
      sum[i] = 0;
    } else sum[i] = (sum[i] as number) + g;
    parameters[i] =
      (parameters[i] as number) - learningRate * step - (learningRate * (low?.[i] ?? 0)) / delay;
  }
}

/** Buffers take the mean of the workers' values as it is: theta = theta - g, without rate or momentum. */
export function averageStep(values: Float32Array, gradient: GradientBlock): void {
  const { high, low } = gradient;
  for (let i = 0; i < high.length; i++)
    values[i] = (values[i] as number) - (high[i] as number) - (low?.[i] ?? 0);
}
