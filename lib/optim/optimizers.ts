/** @file Optimizers by name, with the defaults and the arithmetic of torch.optim. */
import type { Transform } from "./base.ts";
import { chain } from "./combine.ts";
import {
  addDecayedWeights,
  clipByGlobalNorm,
  scaleByAdam,
  scaleByLearningRate,
  trace,
} from "./transform.ts";

export const OPTIMIZERS = ["adamw", "sgd"] as const;
export type OptimizerName = (typeof OPTIMIZERS)[number];

/** Settings of an optimizer; those of the other one are ignored. */
export interface OptimizerOptions {
  readonly name: OptimizerName;
  readonly weightDecay: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
  readonly momentum: number;
  readonly nesterov: boolean;
  /** Largest global norm of the gradients; null for no limit. */
  readonly clipGradNorm: number | null;
}

/** Weight decay where the command line says none. */
export const DEFAULT_WEIGHT_DECAY: { readonly [K in OptimizerName]: number } = {
  adamw: 0.01,
  sgd: 0,
};

/** As torch.optim.AdamW: decay apart from the moments, eps added after the root. */
const adamw = (options: OptimizerOptions): Transform =>
  chain(scaleByAdam(options), addDecayedWeights(options.weightDecay));

/** As torch.optim.SGD: decay joins the gradient before momentum. */
const sgd = ({ weightDecay, momentum, nesterov }: OptimizerOptions): Transform =>
  momentum === 0
    ? addDecayedWeights(weightDecay)
    : chain(addDecayedWeights(weightDecay), trace(momentum, nesterov));

const MAKERS: { readonly [K in OptimizerName]: (options: OptimizerOptions) => Transform } = {
  adamw,
  sgd,
};

/** Clipping, the named optimizer, the learning rate. */
export function makeOptimizer(options: OptimizerOptions): Transform {
  const clip = options.clipGradNorm === null ? [] : [clipByGlobalNorm(options.clipGradNorm)];
  return chain(...clip, MAKERS[options.name](options), scaleByLearningRate);
}
