/** @file Questions that patterns ask about values: constants, splats, shapes, defining ops. */
import { DenseAttr, denseTensor } from "#lib/ir/attributes.ts";
import type { Operation, Value } from "#lib/ir/graph.ts";
import { dtypeOf, isInteger, isStatic, type TensorType, tensorOf } from "#lib/ir/types.ts";
import { elementCount } from "#lib/support/shape.ts";
import { bitWidth } from "#lib/tensors/dtype.ts";
import { readNumber, type Tensor } from "#lib/tensors/tensor.ts";

/** The defining op of a value if it has this name, or null. */
export const definedBy = (value: Value, name: string): Operation | null =>
  value.op !== null && value.op.name === name ? value.op : null;

/** Content of a StableHLO constant, or null where the value is something else. */
export function denseOf(value: Value): DenseAttr | null {
  const { op } = value;
  if (op === null || op.name !== "stablehlo.constant") return null;
  const attr = op.properties.get("value");
  return attr instanceof DenseAttr && attr.layout !== null ? attr : null;
}

/** The one element of a splat constant as a rank-0 tensor, or null. */
export function splatOf(value: Value): Tensor | null {
  const attr = denseOf(value);
  const layout = attr?.layout ?? null;
  if (attr === null || layout === null) return null;
  if (!attr.isSplat && elementCount(layout.shape) !== 1) return null;
  return denseTensor(new DenseAttr(tensorOf(layout.dtype, []), { bytes: attr.bytes, splat: true }));
}

/** The number that a splat constant holds everywhere, or null; i64 values beyond 2^53 are rounded. */
export function splatNumber(value: Value): number | null {
  const splat = splatOf(value);
  return splat === null || splat.data.length !== 1 ? null : readNumber(splat, 0);
}

/** Whether a value is a constant with this number everywhere; 0 and -0 differ. */
export function isSplat(value: Value, number: number): boolean {
  const found = splatNumber(value);
  return found !== null && Object.is(found, number);
}

/** All elements of a constant, or null. */
export function tensorOfConstant(value: Value): Tensor | null {
  const attr = denseOf(value);
  return attr === null ? null : denseTensor(attr);
}

/** The type of a value if it is a tensor of known shape with storable elements, or null. */
export const staticType = (value: Value): TensorType | null =>
  isStatic(value.type) && dtypeOf(value.type.element) !== null ? value.type : null;

/** Number of elements of a statically shaped value, or null. */
export const countOf = (value: Value): number | null =>
  isStatic(value.type) ? elementCount(value.type.shape) : null;

/** Whether a value is a splat of 0; for floats 0 and -0 alike. */
export const isZero = (value: Value): boolean => splatNumber(value) === 0;

/** Whether a value is an integer splat of all one bits. */
export function isAllOnes(value: Value): boolean {
  const attr = denseOf(value);
  if (attr === null || !isInteger(value.type)) return false;
  if (attr.layout === null || splatOf(value) === null) return false;
  const ones = 2 ** Math.min(bitWidth(attr.layout.dtype), 8) - 1;
  return attr.bytes.every((byte) => byte === ones);
}

/** Whether a statically shaped value has no elements. */
export const isEmpty = (value: Value): boolean => countOf(value) === 0;

/** Constant numbers of a list of rank-0 operands, or null where one is not constant. */
export function constantScalars(values: readonly Value[]): number[] | null {
  const numbers: number[] = [];
  for (const value of values) {
    const number = splatNumber(value);
    if (number === null) return null;
    numbers.push(number);
  }
  return numbers;
}

/** Shape of a tensor value; empty for other types. */
export const dimsOf = (value: Value): readonly number[] =>
  value.type.kind === "tensor" ? value.type.shape : [];
