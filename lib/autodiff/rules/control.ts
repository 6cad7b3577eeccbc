/** @file Gradients of barriers, and the control flow that has none. */
import type { ControlOpName, StablehloDef } from "#lib/dialects/stablehlo/ops.ts";
import type { Value } from "#lib/ir/graph.ts";
import { at } from "#lib/support/shape.ts";
import { once } from "../combinators.ts";
import {
  isStopGradient,
  nonDifferentiable,
  noRule,
  type VjpFunction,
  type VjpRules,
} from "../rule.ts";

/** All cotangents go through one barrier, so that what was kept apart stays apart. */
const barrier: VjpFunction<StablehloDef<"optimization_barrier">> = ({ op, cts, b }) => {
  if (isStopGradient(op)) return { operand: cts.map(() => null) };
  const present = cts.flatMap((ct) => (ct === null ? [] : [ct]));
  const passed = once(() => b.optimizationBarrier(present).results);
  const slots = new Map(present.map((ct, i) => [ct, () => at(passed(), i)]));
  return { operand: cts.map((ct): (() => Value) | null => (ct && slots.get(ct)) ?? null) };
};

export const controlRules: VjpRules<ControlOpName> = {
  if: noRule("gradients of branches are not supported; use stablehlo.select"),
  case: noRule("gradients of branches are not supported; use stablehlo.select"),
  while: noRule("gradients of loops are not supported; unroll it"),
  return: nonDifferentiable("ends a region"),
  optimization_barrier: barrier,
  custom_call: noRule("what it computes is known to its implementation only"),
  composite: noRule("its decomposition is not in the module"),
};
