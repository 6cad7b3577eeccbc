/** @file Index vectors of gathers and scatters: limited to where windows fit, or tested for it. */
import type { GatherDimensions } from "#lib/dialects/stablehlo/attrs.ts";
import { shapeOf } from "#lib/dialects/stablehlo/build.ts";
import { stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import type { Value } from "#lib/ir/graph.ts";
import { dtypeOf, elementOf, integerType, tensorType } from "#lib/ir/types.ts";
import { invariant } from "#lib/support/assert.ts";
import { at, range } from "#lib/support/shape.ts";
import { tensorFromNumbers } from "#lib/tensors/tensor.ts";
import { largestInteger } from "./combinators.ts";
import { type Emitter, splatOf } from "./emitter.ts";

/** A constant with one number per component of the index vectors, in the shape of `indices`. */
export function perComponent(
  b: Emitter,
  indices: Value,
  vectorDim: number,
  values: readonly number[],
): Value {
  const shape = shapeOf(indices);
  const element = elementOf(indices.type);
  const most = largestInteger(element);
  const limited = values.map((value) => Math.min(value, most));
  if (limited.every((value) => value === limited[0])) return b.splat(indices.type, at(limited, 0));
  const dtype = dtypeOf(element);
  invariant(dtype !== null, "indices of an element type without storage");
  const row = b.constant(tensorFromNumbers(dtype, [values.length], limited));
  return b.broadcastInDim(row, shape, [vectorDim]);
}

/** Whether a value is a clamp to constants within [0, last], so that clamping again would change nothing. */
function isWithin(value: Value, last: number): boolean {
  const { op } = value;
  if (op === null) return false;
  if (op.name === "stablehlo.reshape" || op.name === "stablehlo.broadcast_in_dim")
    return isWithin(op.operand(0), last);
  if (op.name !== "stablehlo.clamp") return false;
  const [low, high] = [splatOf(op.operand(0)), splatOf(op.operand(2))];
  return low !== null && low >= 0 && high !== null && high <= last;
}

/** Index vectors clamped to where whole windows fit, as gather itself does. */
export function clampStarts(
  b: Emitter,
  indices: Value,
  dims: Pick<GatherDimensions, "startIndexMap" | "indexVectorDim">,
  operandShape: readonly number[],
  sizes: readonly number[],
): Value {
  const lasts = dims.startIndexMap.map((dim) => at(operandShape, dim) - at(sizes, dim));
  if (lasts.length === 0) return indices;
  if (lasts.length === 1 && isWithin(indices, at(lasts, 0))) return indices;
  const same = lasts.every((last) => last === lasts[0]);
  const scalar = tensorType([], elementOf(indices.type));
  const most = largestInteger(indices.type);
  const [min, max] = same
    ? [b.splat(scalar, 0), b.splat(scalar, Math.min(at(lasts, 0), most))]
    : [b.splat(indices.type, 0), perComponent(b, indices, dims.indexVectorDim, lasts)];
  return b.builder
    .create(stablehlo.clamp, { min, operand: indices, max }, {}, { resultTypes: [indices.type] })
    .result();
}

/** Per index vector, whether its window lies inside: shape of `indices` without the vector dimension. */
export function windowsFit(
  b: Emitter,
  indices: Value,
  vectorDim: number,
  lasts: readonly number[],
): Value {
  const zero = b.splat(indices.type, 0);
  const inside = b.binary(
    "and",
    b.compare("GE", indices, zero),
    b.compare("LE", indices, perComponent(b, indices, vectorDim, lasts)),
  );
  if (vectorDim === shapeOf(indices).length) return inside;
  const truth = b.splat(tensorType([], integerType(1)), 1);
  return b.reduce("and", inside, truth, [vectorDim]);
}

/** Positions of `count` things with a list taken out. */
export const without = (count: number, taken: readonly number[]): number[] =>
  range(count).filter((index) => !taken.includes(index));
