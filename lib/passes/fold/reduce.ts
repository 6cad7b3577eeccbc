/** @file Folds of reductions of constants. */

import { DenseAttr } from "#lib/ir/attributes.ts";
import type { Operation, Value } from "#lib/ir/graph.ts";
import { type Tensor, tensorBytes } from "#lib/tensors/tensor.ts";
import { combinerOf, IDEMPOTENT } from "../rewrite/combiner.ts";
import { splatOf, staticType } from "../rewrite/match.ts";
import type { Pattern, Rewriter } from "../rewrite/pattern.ts";
import { foldByEvaluation } from "./evaluate.ts";

const sameBytes = (a: Tensor, b: Tensor): boolean => {
  const [x, y] = [tensorBytes(a), tensorBytes(b)];
  return x.length === y.length && x.every((byte, i) => byte === y[i]);
};

/** A splat whose value the combiner keeps, whatever the number of elements. */
function foldSplat(op: Operation, rewriter: Rewriter): boolean {
  if (op.results.length !== 1) return false;
  const input = splatOf(op.operand(0));
  const init = splatOf(op.operand(1));
  const type = staticType(op.result());
  if (input === null || init === null || type === null) return false;
  const combiner = combinerOf(op);
  const isZero = (tensor: Tensor): boolean => tensorBytes(tensor).every((byte) => byte === 0);
  const kept =
    combiner !== null &&
    sameBytes(input, init) &&
    (IDEMPOTENT.has(combiner) || (combiner === "stablehlo.add" && isZero(input)));
  if (!kept) return false;
  return rewriter.replaceWithConstant(
    op,
    new DenseAttr(type, { bytes: tensorBytes(init).slice(), splat: true }),
  );
}

const foldReduce: Pattern = {
  name: "fold-reduce",
  ops: ["stablehlo.reduce", "stablehlo.reduce_window"],
  rewrite: (op, rewriter) =>
    foldSplat(op, rewriter) || (capturesNothing(op) && foldByEvaluation(op, rewriter)),
};

/** Whether a region uses only what it defines. */
export function capturesNothing(op: Operation): boolean {
  const inside = new Set<Value>();
  let closed = true;
  op.walk((inner) => {
    if (inner !== op) {
      for (const value of inner.operands) if (!inside.has(value)) closed = false;
      for (const value of inner.results) inside.add(value);
    }
    for (const { blocks } of inner.regions)
      for (const { args } of blocks) for (const arg of args) inside.add(arg);
  });
  return closed;
}

export const reduceFolds: readonly Pattern[] = [foldReduce];
