/** @file Cleanup of the data movement that gradients leave: broadcasts, reshapes and transposes in a row, slices, pads. */
import { stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import type { Operation, Value } from "#lib/ir/graph.ts";
import { attrsOf } from "#lib/ir/op-def.ts";
import { at, range, sameShape } from "#lib/support/shape.ts";
import { definedBy, dimsOf, isZero, staticType } from "../rewrite/match.ts";
import type { Pattern } from "../rewrite/pattern.ts";

/**
 * Where a reshape only inserts dimensions of size 1: for every operand dimension its place in the result. Null for other
 * reshapes.
 */
function insertedUnits(from: readonly number[], to: readonly number[]): number[] | null {
  const places: number[] = [];
  let next = 0;
  for (const size of from) {
    while (next < to.length && to[next] === 1 && size !== 1) next++;
    if (to[next] !== size) return null;
    places.push(next++);
  }
  return to.slice(next).every((size) => size === 1) ? places : null;
}

/** A broadcast of a reshape that inserts sizes of 1 broadcasts the reshape's operand. */
const broadcastOfReshape: Pattern = {
  name: "broadcast-of-reshape",
  ops: ["stablehlo.broadcast_in_dim"],
  rewrite: (op, rewriter) => {
    const reshape = definedBy(op.operand(0), "stablehlo.reshape");
    const source = reshape?.operand(0);
    if (source === undefined || staticType(source) === null) return false;
    if (staticType(op.operand(0)) === null) return false;
    const places = insertedUnits(dimsOf(source), dimsOf(op.operand(0)));
    if (places === null) return false;
    const { broadcast_dimensions: dims } = attrsOf(stablehlo.broadcast_in_dim, op);
    const moved = places.map((place) => at(dims, place));
    return rewriter.replaceWith(op, rewriter.b.broadcastInDim(source, dimsOf(op.result()), moved));
  },
};

/** A reshape that inserts or drops sizes of 1 in a broadcast broadcasts to that shape at once. */
const reshapeOfBroadcast: Pattern = {
  name: "reshape-of-broadcast",
  ops: ["stablehlo.reshape"],
  rewrite: (op, rewriter) => {
    const broadcast = definedBy(op.operand(0), "stablehlo.broadcast_in_dim");
    if (broadcast === null || staticType(op.operand(0)) === null) return false;
    const source = broadcast.operand(0);
    const [from, to] = [dimsOf(op.operand(0)), dimsOf(op.result())];
    const { broadcast_dimensions: dims } = attrsOf(stablehlo.broadcast_in_dim, broadcast);
    const moved = movedDims(dims, from, to);
    if (moved === null) return false;
    return rewriter.replaceWith(op, rewriter.b.broadcastInDim(source, to, moved));
  },
};

/** Dimensions of a broadcast to `from` as dimensions of `to`; null where one has no place there. */
function movedDims(
  dims: readonly number[],
  from: readonly number[],
  to: readonly number[],
): number[] | null {
  if (dims.length === 0) return [];
  const inserted = insertedUnits(from, to);
  if (inserted !== null) return dims.map((dim) => at(inserted, dim));
  const dropped = insertedUnits(to, from);
  if (dropped === null) return null;
  const moved = dims.map((dim) => dropped.indexOf(dim));
  return moved.includes(-1) ? null : moved;
}

/** A transpose of a broadcast broadcasts to the other dimensions. */
const transposeOfBroadcast: Pattern = {
  name: "transpose-of-broadcast",
  ops: ["stablehlo.transpose"],
  rewrite: (op, rewriter) => {
    const broadcast = definedBy(op.operand(0), "stablehlo.broadcast_in_dim");
    if (broadcast === null || !op.operand(0).hasOneUse) return false;
    const { broadcast_dimensions: dims } = attrsOf(stablehlo.broadcast_in_dim, broadcast);
    const { permutation } = attrsOf(stablehlo.transpose, op);
    const moved = dims.map((dim) => permutation.indexOf(dim));
    const value = rewriter.b.broadcastInDim(broadcast.operand(0), dimsOf(op.result()), moved);
    return rewriter.replaceWith(op, value);
  },
};

/** A slice of a slice is one slice. */
const sliceOfSlice: Pattern = {
  name: "slice-of-slice",
  ops: ["stablehlo.slice"],
  rewrite: (op, rewriter) => {
    const inner = definedBy(op.operand(0), "stablehlo.slice");
    if (inner === null || staticType(inner.operand(0)) === null) return false;
    const [a, b] = [attrsOf(stablehlo.slice, inner), attrsOf(stablehlo.slice, op)];
    const start = b.start_indices.map(
      (from, i) => at(a.start_indices, i) + from * at(a.strides, i),
    );
    const strides = b.strides.map((stride, i) => stride * at(a.strides, i));
    const sizes = dimsOf(op.result());
    if (sizes.includes(0)) return false;
    const limit = start.map((from, i) => from + (at(sizes, i) - 1) * at(strides, i) + 1);
    return rewriter.replaceWith(op, rewriter.b.slice(inner.operand(0), start, limit, strides));
  },
};

/** A slice of a pad that reads only what was padded is a slice of that. */
const sliceOfPad: Pattern = {
  name: "slice-of-pad",
  ops: ["stablehlo.slice"],
  rewrite: (op, rewriter) => {
    const pad = definedBy(op.operand(0), "stablehlo.pad");
    if (pad === null || staticType(pad.operand(0)) === null) return false;
    const { edge_padding_low: low, interior_padding: interior } = attrsOf(stablehlo.pad, pad);
    const attrs = attrsOf(stablehlo.slice, op);
    const shape = dimsOf(pad.operand(0));
    const inside = attrs.start_indices.every(
      (start, i) =>
        at(interior, i) === 0 &&
        start >= at(low, i) &&
        at(attrs.limit_indices, i) <= at(low, i) + at(shape, i),
    );
    if (!inside) return false;
    const shift = (values: readonly number[]): number[] =>
      values.map((value, i) => value - at(low, i));
    const value = rewriter.b.slice(
      pad.operand(0),
      shift(attrs.start_indices),
      shift(attrs.limit_indices),
      attrs.strides,
    );
    return rewriter.replaceWith(op, value);
  },
};

/** A pad with zeros along one dimension, as its operand, its place and the size of the whole. */
interface Placed {
  readonly value: Value;
  readonly zero: Value;
  readonly dim: number;
  readonly low: number;
  readonly size: number;
}

function placedOf(value: Value): Placed | null {
  const pad = definedBy(value, "stablehlo.pad");
  if (pad === null || !isZero(pad.operand(1)) || staticType(pad.operand(0)) === null) return null;
  const attrs = attrsOf(stablehlo.pad, pad);
  const [low, high] = [attrs.edge_padding_low, attrs.edge_padding_high];
  if ([...low, ...high].some((amount) => amount < 0)) return null;
  if (attrs.interior_padding.some((amount) => amount !== 0)) return null;
  const padded = range(low.length).filter((i) => at(low, i) + at(high, i) > 0);
  const [dim] = padded;
  if (padded.length !== 1 || dim === undefined) return null;
  return {
    value: pad.operand(0),
    zero: pad.operand(1),
    dim,
    low: at(low, dim),
    size: at(dimsOf(pad.operand(0)), dim),
  };
}

/** Parts of a split that are looked for. */
const MAX_PARTS = 64;

/** Leaves of a tree of additions that have no other use, or null where one is no pad with zeros. */
function placedLeaves(op: Operation): Placed[] | null {
  const leaves: Placed[] = [];
  const work: Value[] = [...op.operands].reverse();
  for (let value = work.pop(); value !== undefined; value = work.pop()) {
    const inner = definedBy(value, "stablehlo.add");
    if (inner !== null && value.hasOneUse) {
      work.push(...[...inner.operands].reverse());
      continue;
    }
    const placed = placedOf(value);
    if (placed === null || leaves.length === MAX_PARTS) return null;
    leaves.push(placed);
  }
  return leaves;
}

/** A sum of pads with zeros that do not overlap, the gradient of a split, is a concatenation. */
const addOfPads: Pattern = {
  name: "add-of-pads",
  ops: ["stablehlo.add"],
  rewrite: (op, rewriter) => {
    const leaves = placedLeaves(op);
    const first = leaves?.[0];
    if (leaves === null || first === undefined) return false;
    const { dim } = first;
    if (leaves.some((leaf) => leaf.dim !== dim)) return false;
    const sorted = [...leaves].sort((a, b) => a.low - b.low);
    const adjacent = sorted.every((leaf, i) => {
      const next = sorted[i + 1];
      return next === undefined || leaf.low + leaf.size === next.low;
    });
    if (!adjacent) return false;
    const whole = rewriter.b.concatenate(
      sorted.map(({ value }) => value),
      dim,
    );
    const shape = dimsOf(op.result());
    const low = shape.map((_, i) => (i === dim ? at(sorted, 0).low : 0));
    const high = shape.map((size, i) => size - at(dimsOf(whole), i) - at(low, i));
    const isWhole = sameShape(dimsOf(whole), shape);
    return rewriter.replaceWith(op, isWhole ? whole : rewriter.b.pad(whole, first.zero, low, high));
  },
};

export const shapeCleanups: readonly Pattern[] = [
  broadcastOfReshape,
  reshapeOfBroadcast,
  transposeOfBroadcast,
  sliceOfSlice,
  sliceOfPad,
  addOfPads,
];
