/** @file Folds of reductions of constants. */

import { DenseAttr } from "#lib/ir/attributes.ts";
import type { Operation, Value } from "#lib/ir/graph.ts";
import { at } from "#lib/support/shape.ts";
import { type Tensor, tensorBytes } from "#lib/tensors/tensor.ts";
import { splatOf, staticType } from "../rewrite/match.ts";
import type { Pattern, Rewriter } from "../rewrite/pattern.ts";
import { foldByEvaluation } from "./evaluate.ts";

/** Combiners for which combining a value with itself gives the value. */
const IDEMPOTENT = new Set(["maximum", "minimum", "and", "or"].map((name) => `stablehlo.${name}`));

const sameBytes = (a: Tensor, b: Tensor): boolean => {
  const [x, y] = [tensorBytes(a), tensorBytes(b)];
  return x.length === y.length && x.every((byte, i) => byte === y[i]);
};

/** Name of the op that a body of one op applies to its two arguments, or null. */
export function combinerOf(op: Operation): string | null {
  const { blocks } = op.region();
  const entry = blocks[0];
  const first = entry?.first ?? null;
  const last = entry?.last ?? null;
  if (blocks.length !== 1 || entry === undefined || first === null || last === null) return null;
  if (first.next !== last || entry.args.length !== 2 || first.operandCount !== 2) return null;
  const [a, b] = [first.operand(0), first.operand(1)];
  const [x, y] = [at(entry.args, 0), at(entry.args, 1)];
  const commutative = first.def?.traits.has("commutative") === true;
  const ordered = (a === x && b === y) || (commutative && a === y && b === x);
  return ordered && last.operandCount === 1 && last.operand(0) === first.result()
    ? first.name
    : null;
}

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
