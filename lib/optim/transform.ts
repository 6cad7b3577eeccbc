/** @file The transformations that optimizers are made of. */

import { once } from "#lib/autodiff/combinators.ts";
import type { Emitter } from "#lib/autodiff/emitter.ts";
import type { Value } from "#lib/ir/graph.ts";
import { present } from "#lib/support/assert.ts";
import { type SlotValues, scaleBy, spreadScalar, stateless, type Transform } from "./base.ts";

const slot = (state: SlotValues | undefined, name: string): Value =>
  present(state?.get(name), `optimizer state '${name}'`);

/** `a * x + b * y` for numbers a and b. */
const mix = (
  b: Emitter,
  [a, x]: readonly [number, Value],
  [c, y]: readonly [number, Value],
): Value => b.add(b.scale(x, a), b.scale(y, c));

/** 1 - beta^count in f32; through e^x - 1, since beta^count is rounded where it is near 1. */
const biasCorrection = (b: Emitter, beta: number, count: Value): Value =>
  beta === 0
    ? b.splatLike(count, 1)
    : b.negate(b.unary("exponential_minus_one", b.scale(count, Math.log(beta))));

export interface AdamOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
}

/**
 * m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, update = (m / c1) / (sqrt(v) / sqrt(c2) + eps) with c = 1 - beta^count.
 * State: `m`, `v`.
 */
export const scaleByAdam = ({ beta1, beta2, eps }: AdamOptions): Transform => ({
  slots: ["m", "v"],
  update: ({ b, count }, updates, state) => {
    const one = b.splatLike(count, 1);
    const first = b.divide(one, biasCorrection(b, beta1, count));
    const second = b.unary("rsqrt", biasCorrection(b, beta2, count));
    const steps = updates.map((g, i) => {
      const m = mix(b, [beta1, slot(state[i], "m")], [1 - beta1, g]);
      const v = mix(b, [beta2, slot(state[i], "v")], [1 - beta2, b.square(g)]);
      const root = scaleBy(b, b.unary("sqrt", v), second);
      const update = b.divide(scaleBy(b, m, first), b.add(root, b.splatLike(root, eps)));
      return { update, state: new Map([["m", m] as const, ["v", v] as const]) };
    });
    return { updates: steps.map((s) => s.update), state: steps.map((s) => s.state) };
  },
});

/** buffer = momentum * buffer + g; the update is the buffer, or g + momentum * buffer for Nesterov. State: `momentum`. */
export const trace = (momentum: number, nesterov: boolean): Transform => ({
  slots: ["momentum"],
  update: ({ b }, updates, state) => {
    const steps = updates.map((g, i) => {
      const buffer = b.add(b.scale(slot(state[i], "momentum"), momentum), g);
      return { buffer, update: nesterov ? b.add(g, b.scale(buffer, momentum)) : buffer };
    });
    return {
      updates: steps.map(({ update }) => update),
      state: steps.map(({ buffer }) => new Map([["momentum", buffer] as const])),
    };
  },
});

/** update + decay * parameter, for parameters that decay. */
export const addDecayedWeights = (decay: number): Transform =>
  stateless(({ b }, update, { param, decays }) =>
    decays && decay !== 0 ? b.add(update, b.scale(param, decay)) : update,
  );

/** -lr * update: the last transformation, since the result is added to the parameter. */
export const scaleByLearningRate: Transform = {
  slots: [],
  update: ({ b, lr }, updates, state) => {
    const down = once(() => b.negate(lr));
    return { updates: updates.map((update) => scaleBy(b, update, down())), state };
  },
};

/** Scales all gradients by min(1, max / (norm + 1e-6)), so that their global norm is at most `max`. */
export const clipByGlobalNorm = (max: number): Transform => ({
  slots: [],
  update: ({ b, gradNorm }, updates, state) => {
    const safe = b.add(gradNorm, b.splatLike(gradNorm, 1e-6));
    const ratio = b.divide(b.splatLike(gradNorm, max), safe);
    const factor = b.binary("minimum", ratio, b.splatLike(gradNorm, 1));
    return {
      updates: updates.map((update) => b.multiply(update, spreadScalar(b, factor, update))),
      state,
    };
  },
});
