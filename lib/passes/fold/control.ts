/** @file Folds of control flow whose way is known. */
import type { Operation } from "#lib/ir/graph.ts";
import { isPure } from "../effects.ts";
import { splatNumber } from "../rewrite/match.ts";
import type { Pattern } from "../rewrite/pattern.ts";

/** The condition of a loop as a constant, or null. */
const conditionOf = (op: Operation): number | null => {
  const last = op.region(0).entry.last;
  return last === null || last.operandCount !== 1 ? null : splatNumber(last.operand(0));
};

/** A loop whose condition is false from the start gives its operands. */
const foldWhileFalse: Pattern = {
  name: "fold-while-false",
  ops: ["stablehlo.while"],
  rewrite: (op, rewriter) => {
    if (conditionOf(op) !== 0) return false;
    const { entry } = op.region(0);
    const pure = entry.ops.every((inner) => inner === entry.last || isPure(inner));
    return pure ? rewriter.replace(op, op.operands) : false;
  },
};

/** A loop that nothing uses, taken to have no effect that it does not declare. */
const foldWhileUnused: Pattern = {
  name: "fold-while-unused",
  ops: ["stablehlo.while"],
  rewrite: (op, rewriter) => {
    if (!rewriter.limits.assumeNoUndeclaredSideEffects || op.hasUses) return false;
    let declared = false;
    op.walk((inner) => {
      const effect = inner.attribute("has_side_effect");
      if (effect?.kind === "bool" && effect.value) declared = true;
    });
    if (declared) return false;
    rewriter.erase(op);
    return true;
  },
};

/** A conditional whose predicate is known becomes the ops of that branch. */
const foldIf: Pattern = {
  name: "fold-if",
  ops: ["stablehlo.if"],
  rewrite: (op, rewriter) => {
    const value = splatNumber(op.operand(0));
    if (value === null) return false;
    const region = op.region(value !== 0 ? 0 : 1);
    return rewriter.replace(op, rewriter.inlineBlock(region.entry, [], op));
  },
};

/** A case whose index is known becomes the ops of that branch. */
export const foldCase: Pattern = {
  name: "fold-case",
  ops: ["stablehlo.case"],
  rewrite: (op, rewriter) => {
    const index = splatNumber(op.operand(0));
    if (index === null || index < 0 || index >= op.regions.length) return false;
    return rewriter.replace(op, rewriter.inlineBlock(op.region(index).entry, [], op));
  },
};

/** A case whose index is known to be out of range becomes the ops of the last branch. */
const foldCaseOutOfRange: Pattern = {
  name: "fold-case-out-of-range",
  ops: ["stablehlo.case"],
  rewrite: (op, rewriter) => {
    const index = splatNumber(op.operand(0));
    const last = op.regions.length - 1;
    if (index === null || last < 0 || (index >= 0 && index <= last)) return false;
    return rewriter.replace(op, rewriter.inlineBlock(op.region(last).entry, [], op));
  },
};

export const controlFolds: readonly Pattern[] = [
  foldWhileFalse,
  foldWhileUnused,
  foldIf,
  foldCase,
  foldCaseOutOfRange,
];
