/** @file Cleanup of reductions: of what a broadcast repeats, and along dimensions of size 1. */
import { stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import type { Operation, Value } from "#lib/ir/graph.ts";
import { attrsOf } from "#lib/ir/op-def.ts";
import { elementOf } from "#lib/ir/types.ts";
import { at, range } from "#lib/support/shape.ts";
import { combinerOf, IDEMPOTENT, isNeutral } from "../rewrite/combiner.ts";
import { definedBy, dimsOf, staticType } from "../rewrite/match.ts";
import type { Pattern, Rewriter } from "../rewrite/pattern.ts";

/** A reduction of one operand with a known combiner and a neutral start, or null. */
function plainReduce(
  op: Operation,
): { readonly combiner: string; readonly dims: readonly number[] } | null {
  if (op.results.length !== 1 || staticType(op.operand(0)) === null) return null;
  const combiner = combinerOf(op);
  if (combiner === null || !isNeutral(combiner, op.operand(1))) return null;
  return { combiner, dims: attrsOf(stablehlo.reduce, op).dimensions };
}

/** A reduction along dimensions of size 1 is a reshape. */
const reduceOfUnits: Pattern = {
  name: "reduce-of-units",
  ops: ["stablehlo.reduce"],
  rewrite: (op, rewriter) => {
    const plain = plainReduce(op);
    if (plain === null || plain.dims.length === 0) return false;
    const shape = dimsOf(op.operand(0));
    const units = plain.dims.filter((dim) => shape[dim] === 1);
    if (units.length === 0) return false;
    if (units.length === plain.dims.length)
      return rewriter.replaceWith(op, rewriter.b.reshape(op.operand(0), dimsOf(op.result())));
    const kept = range(shape.length).filter((dim) => !units.includes(dim));
    const squeezed = rewriter.b.reshape(
      op.operand(0),
      kept.map((dim) => at(shape, dim)),
    );
    const dimensions = plain.dims
      .filter((dim) => !units.includes(dim))
      .map((dim) => kept.indexOf(dim));
    op.properties.set("dimensions", stablehlo.reduce.attrs.dimensions.encode(dimensions));
    rewriter.setOperand(op, 0, squeezed);
    return true;
  },
};

/** The value that remains of a broadcast when repeated dimensions are taken away, or null. */
function withoutRepeats(
  rewriter: Rewriter,
  broadcast: Operation,
  dims: readonly number[],
  result: Value,
): Value | null {
  const source = broadcast.operand(0);
  const { broadcast_dimensions: places } = attrsOf(stablehlo.broadcast_in_dim, broadcast);
  const rank = dimsOf(broadcast.result()).length;
  const kept = range(rank).filter((dim) => !dims.includes(dim));
  if (places.some((place) => !kept.includes(place))) return null;
  return rewriter.b.broadcastInDim(
    source,
    dimsOf(result),
    places.map((place) => kept.indexOf(place)),
  );
}

/**
 * A reduction along dimensions that a broadcast repeats: the value itself for maximum and minimum, a product with the count
 * for sums, which rounds once instead of at every addition.
 */
const reduceOfBroadcast: Pattern = {
  name: "reduce-of-broadcast",
  ops: ["stablehlo.reduce"],
  rewrite: (op, rewriter) => {
    const plain = plainReduce(op);
    const broadcast = definedBy(op.operand(0), "stablehlo.broadcast_in_dim");
    if (plain === null || broadcast === null) return false;
    const isSum = plain.combiner === "stablehlo.add";
    if (!isSum && !IDEMPOTENT.has(plain.combiner)) return false;
    const count = plain.dims.reduce((n, dim) => n * at(dimsOf(op.operand(0)), dim), 1);
    if (count === 0 || (isSum && !holdsExactly(op.result(), count))) return false;
    const value = withoutRepeats(rewriter, broadcast, plain.dims, op.result());
    if (value === null) return false;
    if (!isSum) return rewriter.replaceWith(op, value);
    const factor = rewriter.b.splat(op.result().type, count);
    return rewriter.replaceWith(op, rewriter.b.multiply(value, factor));
  },
};

/** Largest integers up to which float types count exactly; integer types wrap as sums do. */
const EXACT: { readonly [type: string]: number } = {
  f64: 2 ** 53,
  f32: 2 ** 24,
  bf16: 2 ** 8,
  f16: 2 ** 11,
};

const holdsExactly = (value: Value, count: number): boolean => {
  const element = elementOf(value.type);
  return element.kind === "integer"
    ? element.width >= 32 && count < 2 ** 31
    : count <= (EXACT[element.text] ?? 0);
};

/** A reduction of a reduction with the same combiner reduces along all dimensions at once. */
const reduceOfReduce: Pattern = {
  name: "reduce-of-reduce",
  ops: ["stablehlo.reduce"],
  rewrite: (op, rewriter) => {
    const plain = plainReduce(op);
    const inner = definedBy(op.operand(0), "stablehlo.reduce");
    if (plain === null || inner === null || !op.operand(0).hasOneUse) return false;
    const first = plainReduce(inner);
    if (first === null || first.combiner !== plain.combiner) return false;
    const rank = dimsOf(inner.operand(0)).length;
    const kept = range(rank).filter((dim) => !first.dims.includes(dim));
    const dimensions = [...first.dims, ...plain.dims.map((dim) => at(kept, dim))];
    op.properties.set(
      "dimensions",
      stablehlo.reduce.attrs.dimensions.encode(dimensions.sort((a, b) => a - b)),
    );
    rewriter.setOperand(op, 0, inner.operand(0));
    return true;
  },
};

export const reduceCleanups: readonly Pattern[] = [
  reduceOfUnits,
  reduceOfBroadcast,
  reduceOfReduce,
];
