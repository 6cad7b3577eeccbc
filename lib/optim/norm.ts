/** @file The global norm of many tensors. */

import type { Emitter } from "#lib/autodiff/emitter.ts";
import { shapeOf } from "#lib/dialects/stablehlo/build.ts";
import type { Value } from "#lib/ir/graph.ts";
import { floatType } from "#lib/ir/types.ts";
import { elementCount, range } from "#lib/support/shape.ts";

/** Tensors with more elements than this are summed in two steps, rows first, so that rows can be summed side by side. */
const ONE_STEP = 4096;

/** Sum of squares of one tensor, a scalar in f32. */
function squareSum(b: Emitter, value: Value): Value {
  const squares = b.square(value);
  const rank = shapeOf(squares).length;
  const rows =
    rank > 1 && elementCount(shapeOf(squares)) > ONE_STEP
      ? b.reduceSum(squares, range(rank - 1, 1))
      : squares;
  return b.convert(b.sumAll(rows), floatType("f32"));
}

/** Square root of the sum of the squares of all elements of all tensors, in f32. */
export function globalNorm(b: Emitter, values: readonly Value[]): Value {
  const sums = values.map((value) => squareSum(b, value));
  const [first = b.scalar("f32", 0), ...rest] = sums;
  return b.unary(
    "sqrt",
    rest.reduce((total, sum) => b.add(total, sum), first),
  );
}
