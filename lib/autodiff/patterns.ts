/** @file Softmax, log-softmax, logsumexp, squared relu and logistic seen as one function each, with the gradient that keeps least alive. */
import { shapeOf } from "#lib/dialects/stablehlo/build.ts";
import { stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import type { Operation, Value } from "#lib/ir/graph.ts";
import { attrsOf } from "#lib/ir/op-def.ts";
import { at, elementCount, range } from "#lib/support/shape.ts";
import { type Emitter, splatOf } from "./emitter.ts";
import { plainReduction } from "./rules/reduce.ts";

/** A function recognised at its last operation. */
export interface Pattern {
  readonly name: "softmax" | "log_softmax" | "logsumexp" | "squared_relu" | "logistic";
  /** What the function is of; its cotangent is `gradient`. */
  readonly input: Value;
  readonly gradient: (b: Emitter, ct: Value) => Value;
}

const is = (op: Operation | null, name: string): op is Operation =>
  op?.name === `stablehlo.${name}`;

/** A value seen through broadcasts and unit reshapes: where each dimension of the source went, null for one of size 1. */
interface Spread {
  readonly source: Value;
  readonly dims: readonly (number | null)[];
  /** Whether a logarithm was passed on the way. */
  readonly log: boolean;
}

/** Where dimensions go in a reshape that adds or drops dimensions of size 1; null for any other reshape. */
function unitReshape(op: Operation): (number | null)[] | null {
  const [from, to] = [shapeOf(op.operand(0)), shapeOf(op.result())];
  const solid = range(to.length).filter((dim) => to[dim] !== 1);
  let next = 0;
  const dims = from.map((size) => (size === 1 ? null : (solid[next++] ?? null)));
  if (next !== solid.length) return null;
  return from.every((size, i) => size === 1 || to[dims[i] ?? -1] === size) ? dims : null;
}

/** Follows a value to what it repeats, through at most one logarithm where that is allowed (of a sum that is not negative, so of its abs). */
function spreadOf(value: Value, allowLog: boolean): Spread {
  let source = value;
  let dims: (number | null)[] = range(shapeOf(value).length);
  let log = false;
  for (;;) {
    const op: Operation | null = source.op;
    if (op === null || op.operandCount === 0) return { source, dims, log };
    const inner = op.operand(0);
    let step: readonly (number | null)[] | null = null;
    if (is(op, "broadcast_in_dim")) {
      const targets = attrsOf(stablehlo.broadcast_in_dim, op).broadcast_dimensions;
      step = shapeOf(op.operand(0)).map((size, i) => (size === 1 ? null : at(targets, i)));
    } else if (is(op, "reshape")) step = unitReshape(op);
    else if (is(op, "log") && allowLog && !log) {
      log = true;
      source = inner;
      continue;
    } else if (is(op, "abs") && log) {
      source = inner;
      continue;
    }
    if (step === null) return { source, dims, log };
    const outer = dims;
    dims = step.map((dim) => (dim === null ? null : (outer[dim] ?? null)));
    source = inner;
  }
}

/** Sums of exponentials that a value repeats along the dimensions that they were summed over. */
function exponentialSums(
  value: Value,
  log: boolean,
): {
  readonly exponential: Value;
  readonly z: Value;
  readonly dimensions: readonly number[];
} | null {
  const spread = spreadOf(value, log);
  const reduction = plainReduction(spread.source.op, "add");
  if (spread.log !== log || reduction === null || !is(reduction.input.op, "exponential"))
    return null;
  const { input: exponential, dimensions } = reduction;
  if (splatOf(reduction.init) !== 0) return null;
  const kept = range(shapeOf(exponential).length).filter((dim) => !dimensions.includes(dim));
  const aligned = spread.dims.every((dim, i) => dim === null || dim === kept[i]);
  const z = exponential.op?.operand(0);
  return aligned && z !== undefined ? { exponential, z, dimensions } : null;
}

/** Whether a value is the same along dimensions because it was repeated along them. */
function isRepeated(value: Value, dimensions: readonly number[]): boolean {
  const { op } = value;
  if (!is(op, "broadcast_in_dim")) return false;
  const targets = attrsOf(stablehlo.broadcast_in_dim, op).broadcast_dimensions;
  const from = shapeOf(op.operand(0));
  return dimensions.every((dim) => {
    const source = targets.indexOf(dim);
    return source === -1 || from[source] === 1;
  });
}

/** x of `z = x - m` where m is the same along the dimensions: a shift that softmax and log-softmax do not see. */
const unshifted = (z: Value, dimensions: readonly number[]): Value =>
  is(z.op, "subtract") && isRepeated(z.op.operand(1), dimensions) ? z.op.operand(0) : z;

/** y = exp(z) / sum(exp(z)): dz = y (g - sum(g y)). */
function softmax(op: Operation): Pattern | null {
  if (!is(op, "divide") || !is(op.operand(0).op, "exponential")) return null;
  const top = op.operand(0);
  const sums = exponentialSums(op.operand(1), false);
  if (sums === null || sums.exponential !== top) return null;
  const { dimensions, z } = sums;
  const shape = shapeOf(top);
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
  if (!is(op, "subtract")) return null;
  const z = op.operand(0);
  const sums = exponentialSums(op.operand(1), true);
  if (sums === null || sums.z !== z) return null;
  const { dimensions } = sums;
  const shape = shapeOf(z);
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

/** y = log(sum(exp(x - m))) + m, one per row: dx = g exp(x - y). */
function logSumExp(op: Operation): Pattern | null {
  if (!is(op, "add")) return null;
  for (const [first, second] of [
    [op.operand(0), op.operand(1)],
    [op.operand(1), op.operand(0)],
  ] as const) {
    if (!is(first.op, "log")) continue;
    const sums = exponentialSums(first, true);
    if (sums === null || !is(sums.z.op, "subtract")) continue;
    const { dimensions } = sums;
    const shape = shapeOf(sums.z);
    const [x, shift] = [sums.z.op.operand(0), sums.z.op.operand(1)];
    const rowShape = shape.filter((_, dim) => !dimensions.includes(dim));
    const sameRows = spreadOf(shift, false).source === spreadOf(second, false).source;
    const isRows = elementCount(shapeOf(second)) === elementCount(rowShape);
    if (!isRepeated(shift, dimensions) || !sameRows || !isRows) continue;
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

/** y = max(x, 0)^2: dx = 2x g where x > 0, so that x alone is kept and not its relu as well. */
function squaredRelu(op: Operation): Pattern | null {
  if (!is(op, "multiply") || op.operand(0) !== op.operand(1)) return null;
  const relu = op.operand(0).op;
  if (!is(relu, "maximum")) return null;
  const side = splatOf(relu.operand(1)) === 0 ? 0 : splatOf(relu.operand(0)) === 0 ? 1 : null;
  if (side === null) return null;
  const x = relu.operand(side);
  return {
    name: "squared_relu",
    input: x,
    gradient: (b, ct) => b.keepWhere(b.compare("GT", x, b.zerosLike(x)), b.doubleProduct(x, ct)),
  };
}

/** The other operand of an addition of 1, or null. */
function withoutOne(op: Operation | null): Value | null {
  if (!is(op, "add")) return null;
  if (splatOf(op.operand(0)) === 1) return op.operand(1);
  return splatOf(op.operand(1)) === 1 ? op.operand(0) : null;
}

/** y = 1 / (1 + exp(-x)): dx = g y (1 - y), which is 0 where exp(-x) is infinite. */
function logistic(op: Operation): Pattern | null {
  if (!is(op, "divide") || splatOf(op.operand(0)) !== 1) return null;
  const exponential = withoutOne(op.operand(1).op)?.op ?? null;
  if (!is(exponential, "exponential")) return null;
  const negated = exponential.operand(0).op;
  if (!is(negated, "negate")) return null;
  const y = op.result();
  return {
    name: "logistic",
    input: negated.operand(0),
    gradient: (b, ct) => b.multiply(ct, b.multiply(y, b.subtract(b.splatLike(y, 1), y))),
  };
}

/** The pattern that ends in an operation, or null. */
export const patternAt = (op: Operation): Pattern | null =>
  softmax(op) ?? logSoftmax(op) ?? logSumExp(op) ?? squaredRelu(op) ?? logistic(op);
