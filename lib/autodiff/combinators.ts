/** @file Small pieces that rules are made of. */
import { shapeOf } from "#lib/dialects/stablehlo/build.ts";
import type { Value } from "#lib/ir/graph.ts";
import { elementOf, isFloat, type Type } from "#lib/ir/types.ts";
import { argsort, at, isPermutation, range } from "#lib/support/shape.ts";
import type { Emitter } from "./emitter.ts";

/** Builds once, on the first call: for what the cotangents of two operands share. */
export function once<T>(build: () => T): () => T {
  let built: { readonly value: T } | null = null;
  return () => {
    built ??= { value: build() };
    return built.value;
  };
}

/** Undoes `broadcastInDim(x, shape, dims)`: sums over what was repeated, back to `operand`'s shape. */
export function unbroadcast(b: Emitter, ct: Value, operand: Value, dims: readonly number[]): Value {
  const [from, to] = [shapeOf(operand), shapeOf(ct)];
  const source = new Map(dims.map((dim, index) => [dim, index]));
  const isRepeated = (dim: number): boolean => {
    const index = source.get(dim);
    return index === undefined || (at(from, index) === 1 && at(to, dim) !== 1);
  };
  const summed = b.reduceSum(ct, range(to.length).filter(isRepeated));
  // The kept dimensions are in the order of the result; the operand may list them in another.
  const kept = range(from.length).filter((index) => !isRepeated(at(dims, index)));
  const order = argsort(argsort(kept.map((index) => at(dims, index))));
  return b.reshape(b.transpose(summed, order), from);
}

/** `ct` where `pred` holds, half of it where `tie` holds as well. */
export const halfOnTie = (b: Emitter, tie: Value, ct: Value): Value =>
  b.select(tie, b.scale(ct, 0.5), ct);

/** -inf, the identity of maximum; +inf, that of minimum. */
export const extremeOf = (name: "maximum" | "minimum"): number =>
  name === "maximum" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;

/** Largest number that an integer type holds; 2^53 where it holds more. */
export function largestInteger(type: Type): number {
  const element = elementOf(type);
  if (element.kind !== "integer") return Number.MAX_SAFE_INTEGER;
  const bits = element.signedness === "unsigned" ? element.width : element.width - 1;
  return bits > 52 ? Number.MAX_SAFE_INTEGER : 2 ** bits - 1;
}

/** A scalar integer constant in the element type of `like`, limited to what that type holds. */
export const integerLike = (b: Emitter, like: Value, type: Type, value: number): Value =>
  b.splat(type, Math.min(value, largestInteger(like.type)));

/** Whether a value can carry a cotangent. */
export const carriesCotangent = (value: Value): boolean =>
  value.type.kind === "tensor" && isFloat(value.type);

/** The permutation that moves `dims`, listed by where each entry of the operand is found, into operand order. */
export const permutationTo = (dims: readonly number[]): number[] | null =>
  isPermutation(dims) ? argsort(dims) : null;
