/** @file Adds up what the uses of a value give to its cotangent. */
import { shapeOf } from "#lib/dialects/stablehlo/build.ts";
import { Value } from "#lib/ir/graph.ts";
import { elementOf, tensorType } from "#lib/ir/types.ts";
import { at, range, sameShape } from "#lib/support/shape.ts";
import type { Emitter } from "./emitter.ts";
import type { Part, SlicePart } from "./rule.ts";

/** Parts by value, in the order in which they came. */
export class Cotangents {
  private readonly parts = new Map<Value, Part[]>();

  add(value: Value, part: Part): void {
    const parts = this.parts.get(value);
    if (parts === undefined) this.parts.set(value, [part]);
    else parts.push(part);
  }

  has(value: Value): boolean {
    return this.parts.has(value);
  }

  /** The whole cotangent of a value; null where no use gave any. Called once per value. */
  take(b: Emitter, value: Value): Value | null {
    const parts = this.parts.get(value);
    if (parts === undefined) return null;
    this.parts.delete(value);
    let total: Value | null = null;
    const slices: SlicePart[] = [];
    const updates: ((base: Value) => Value)[] = [];
    for (const part of parts) {
      if (part instanceof Value) total = total === null ? part : b.add(total, part);
      else if (part.kind === "slice") slices.push(part);
      else updates.push(part.addTo);
    }
    if (slices.length > 0) {
      const joined = joinSlices(b, value, slices);
      total = total === null ? joined : b.add(total, joined);
    }
    for (const addTo of updates) total = addTo(total ?? b.zerosLike(value));
    return total;
  }
}

const isWhole = (shape: readonly number[], slice: SlicePart, dim: number): boolean =>
  slice.start[dim] === 0 && slice.limit[dim] === shape[dim] && slice.strides[dim] === 1;

/** The one dimension that all slices cut, at stride 1, without overlap; null where there is none. */
function cutDimension(shape: readonly number[], slices: readonly SlicePart[]): number | null {
  const cut = range(shape.length).filter((dim) => slices.some((s) => !isWhole(shape, s, dim)));
  const [dim] = cut;
  if (cut.length !== 1 || dim === undefined) return null;
  if (slices.some(({ strides }) => strides[dim] !== 1)) return null;
  for (let i = 1; i < slices.length; i++)
    if (at(at(slices, i).start, dim) < at(at(slices, i - 1).limit, dim)) return null;
  return dim;
}

/** Windows of one value as one tensor: side by side where they share a dimension, else padded and added. */
function joinSlices(b: Emitter, value: Value, slices: readonly SlicePart[]): Value {
  const shape = shapeOf(value);
  const inOrder = [...slices].sort((a, c) => firstDifference(a.start, c.start));
  const dim = cutDimension(shape, inOrder);
  if (dim === null || slices.length === 1)
    return slices.map((slice) => widen(b, shape, slice)).reduce((sum, part) => b.add(sum, part));
  const pieces: Value[] = [];
  let end = 0;
  const fill = (to: number): void => {
    if (to <= end) return;
    const gap = shape.map((size, i) => (i === dim ? to - end : size));
    pieces.push(b.splat(tensorType(gap, elementOf(value.type)), 0));
  };
  for (const { ct, start, limit } of inOrder) {
    fill(at(start, dim));
    pieces.push(ct);
    end = at(limit, dim);
  }
  fill(at(shape, dim));
  return pieces.length === 1 ? at(pieces, 0) : b.concatenate(pieces, dim);
}

const firstDifference = (a: readonly number[], c: readonly number[]): number => {
  for (let i = 0; i < a.length; i++) if (a[i] !== c[i]) return at(a, i) - at(c, i);
  return 0;
};

/** A slice's cotangent with zeros around it and between its elements. */
function widen(b: Emitter, shape: readonly number[], slice: SlicePart): Value {
  const { ct, start, strides } = slice;
  const taken = shapeOf(ct);
  if (sameShape(taken, shape)) return ct;
  const high = shape.map((size, dim) => {
    const count = at(taken, dim);
    const reach = count === 0 ? 0 : 1 + (count - 1) * at(strides, dim);
    return size - at(start, dim) - reach;
  });
  return b.pad(
    ct,
    b.splat(tensorType([], elementOf(ct.type)), 0),
    start,
    high,
    strides.map((stride) => stride - 1),
  );
}
