/** @file Puts the forward computation and its gradient into a function under construction. */
import type { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { derivedLoc } from "#lib/diag/loc.ts";
import type { Builder } from "#lib/ir/builder.ts";
import { cloneOp, type ValueMap } from "#lib/ir/clone.ts";
import type { Operation, Value } from "#lib/ir/graph.ts";
import { invariant } from "#lib/support/assert.ts";
import { at } from "#lib/support/shape.ts";
import { analyseActivity, reportRefusals } from "./activity.ts";
import { Emitter } from "./emitter.ts";
import { reverse, VJP } from "./reverse.ts";
import type { Ties } from "./rule.ts";

export interface GradientInput {
  /** The prepared forward function. */
  readonly forward: Operation;
  /** Where to build: a block without a terminator. */
  readonly builder: Builder;
  /** Values of that block for the forward's arguments, in order. */
  readonly args: readonly Value[];
  /** Indices of the arguments whose gradients are wanted. */
  readonly wrt: readonly number[];
  /** Index of the result to differentiate, and its cotangent; null stands for ones. */
  readonly loss: number;
  readonly seed: Value | null;
  readonly ties: Ties;
}

export interface GradientOutput {
  /** Results of the forward function. */
  readonly results: readonly Value[];
  /** One per wanted argument; null where the result does not depend on it. */
  readonly gradients: readonly (Value | null)[];
  readonly rulesUsed: ReadonlyMap<string, number>;
}

/** Copies the forward's operations and, for as long as the gradient is built, its return: rules may replace what it returns. */
function copyForward(
  forward: Operation,
  builder: Builder,
  args: readonly Value[],
): Operation | null {
  const { entry } = forward.region();
  const map: ValueMap = new Map(entry.args.map((arg, index) => [arg, at(args, index)]));
  for (let op = entry.first; op !== null; op = op.next) builder.insert(cloneOp(op, map));
  return builder.block.last;
}

/** Builds forward and gradient; null after an error about operations without a gradient. */
export function buildGradient(
  input: GradientInput,
  engine: DiagnosticEngine,
): GradientOutput | null {
  const { builder, args, wrt, ties } = input;
  const terminator = copyForward(input.forward, builder, args);
  invariant(terminator !== null, "a function without a return");
  const { block } = builder;
  const sources = wrt.map((index) => at(args, index));
  const loss = terminator.operand(input.loss);
  const activity = analyseActivity(block, sources, [loss]);
  reportRefusals(engine, activity.refusals);
  if (activity.refusals.length > 0) return null;
  const b = new Emitter(builder);
  b.loc = derivedLoc(VJP, loss.loc);
  const seeds = new Map<Value, Value>();
  if (activity.active.has(loss)) seeds.set(loss, input.seed ?? b.splatLike(loss, 1));
  const { gradients, rulesUsed } = reverse(block, activity, sources, seeds, { ties });
  const results = terminator.operands;
  terminator.erase();
  return {
    results,
    gradients: sources.map((source) => gradients.get(source) ?? null),
    rulesUsed,
  };
}
