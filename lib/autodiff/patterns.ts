/** @file Softmax, log-softmax and logsumexp seen as one function each, with the gradient that needs only the result. */
import { shapeOf } from "#lib/dialects/stablehlo/build.ts";
import { stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import type { Operation, Value } from "#lib/ir/graph.ts";
import { attrsOf } from "#lib/ir/op-def.ts";
import { range } from "#lib/support/shape.ts";
import type { Emitter } from "./emitter.ts";
import { plainReduction } from "./rules/reduce.ts";

/** A function recognised at its last operation. */
export interface Pattern {
  readonly name: "softmax" | "log_softmax" | "logsumexp";
  /** What the function is of; its cotangent is `gradient`. */
  readonly input: Value;
  readonly gradient: (b: Emitter, ct: Value) => Value;
}

const is = (op: Operation | null, name: string): op is Operation =>
  op?.name === `stablehlo.${name}`;

/** The value under broadcasts and reshapes that repeat it along `dimensions` of `shape` and change nothing else. */
function rowSource(
  value: Value,
  shape: readonly number[],
  dimensions: readonly number[],
): Value | null {
  const rows = shape.filter((_, dim) => !dimensions.includes(dim));
  const kept = shape.map((size, dim) => (dimensions.includes(dim) ? 1 : size));
  const sameList = (a: readonly number[], c: readonly number[]): boolean =>
    a.length === c.length && a.every((size, i) => size === c[i]);
  const { op } = value;
  if (!is(op, "broadcast_in_dim")) return null;
  const source = op.operand(0);
  const dims = attrsOf(stablehlo.broadcast_in_dim, op).broadcast_dimensions;
  const keptDims = range(shape.length).filter((dim) => !dimensions.includes(dim));
  if (sameList(shapeOf(source), rows) && sameList(dims, keptDims)) return source;
  if (!sameList(shapeOf(source), kept) || !sameList(dims, range(shape.length))) return null;
  return source;
}

/** Under reshapes that add or drop dimensions of size 1. */
const unreshaped = (value: Value): Value =>
  is(value.op, "reshape") ? unreshaped(value.op.operand(0)) : value;

/** z of `sum(exp z)` along its dimensions, from the sum. */
function exponentialSum(sum: Value): {
  readonly exponential: Value;
  readonly z: Value;
  readonly dimensions: readonly number[];
} | null {
  const reduction = plainReduction(unreshaped(sum).op, "add");
  if (reduction === null || !is(reduction.input.op, "exponential")) return null;
  return {
    exponential: reduction.input,
    z: reduction.input.op.operand(0),
    dimensions: reduction.dimensions,
  };
}

/** x of `z = x - m` where m is the same along the dimensions: a shift that softmax and log-softmax do not see. */
function unshifted(z: Value, dimensions: readonly number[]): Value {
  if (!is(z.op, "subtract")) return z;
  return rowSource(z.op.operand(1), shapeOf(z), dimensions) === null ? z : z.op.operand(0);
}

/** y = exp(z) / sum(exp(z)): dz = y (g - sum(g y)). */
function softmax(op: Operation): Pattern | null {
  if (!is(op, "divide")) return null;
  const [top, bottom] = [op.operand(0), op.operand(1)];
  if (!is(top.op, "exponential") || !is(bottom.op, "broadcast_in_dim")) return null;
  const sums = exponentialSum(bottom.op.operand(0));
  if (sums === null || sums.exponential !== top) return null;
  const { dimensions, z } = sums;
  const shape = shapeOf(top);
  if (rowSource(bottom, shape, dimensions) === null) return null;
  const y = op.result();
  return {
    name: "softmax",
    input: unshifted(z, dimensions),
    gradient: (b, ct) => {
      const rows = b.spread(b.reduceSum(b.multiply(ct, y), dimensions), shape, dimensions);
      return b.multiply(b.subtract(ct, rows), y);
    },
  };
}

/** y = z - log(sum(exp(z))): dz = g - exp(y) sum(g). */
function logSoftmax(op: Operation): Pattern | null {
  if (!is(op, "subtract") || !is(op.operand(1).op, "broadcast_in_dim")) return null;
  const z = op.operand(0);
  const logarithm = unreshaped((op.operand(1).op as Operation).operand(0));
  if (!is(logarithm.op, "log")) return null;
  const sums = exponentialSum(logarithm.op.operand(0));
  if (sums === null || sums.z !== z) return null;
  const { dimensions } = sums;
  const shape = shapeOf(z);
  if (rowSource(op.operand(1), shape, dimensions) === null) return null;
  const y = op.result();
  return {
    name: "log_softmax",
    input: unshifted(z, dimensions),
    gradient: (b, ct) => {
      const rows = b.spread(b.reduceSum(ct, dimensions), shape, dimensions);
      return b.subtract(ct, b.multiply(b.unary("exponential", y), rows));
    },
  };
}

/** y = log(sum(exp(x - m))) + m: dx = g exp(x - y). */
function logSumExp(op: Operation): Pattern | null {
  if (!is(op, "add")) return null;
  for (const [first, second] of [
    [op.operand(0), op.operand(1)],
    [op.operand(1), op.operand(0)],
  ] as const) {
    if (!is(first.op, "log")) continue;
    const sums = exponentialSum(first.op.operand(0));
    if (sums === null || !is(sums.z.op, "subtract")) continue;
    const { dimensions } = sums;
    const shape = shapeOf(sums.z);
    const x = sums.z.op.operand(0);
    const m = rowSource(sums.z.op.operand(1), shape, dimensions);
    if (m === null || unreshaped(m) !== unreshaped(second)) continue;
    const rowShape = shape.filter((_, dim) => !dimensions.includes(dim));
    const wide = (b: Emitter, value: Value): Value =>
      b.spread(b.reshape(value, rowShape), shape, dimensions);
    return {
      name: "logsumexp",
      input: x,
      gradient: (b, ct) =>
        b.multiply(b.unary("exponential", b.subtract(x, wide(b, op.result()))), wide(b, ct)),
    };
  }
  return null;
}

/** The pattern that ends in an operation, or null. */
export const patternAt = (op: Operation): Pattern | null =>
  softmax(op) ?? logSoftmax(op) ?? logSumExp(op);
