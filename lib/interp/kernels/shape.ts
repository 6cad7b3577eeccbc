/** @file Kernels of constants and of data movement that depends on shapes only: planned strided copies. */
import type { ShapeOpName } from "#lib/dialects/stablehlo/ops.ts";
import { type Attribute, denseTensor } from "#lib/ir/attributes.ts";
import { at, rowMajorStrides, type Shape } from "#lib/support/shape.ts";
import { type DType, isComplexDType, isIntegerDType } from "#lib/tensors/dtype.ts";
import {
  allocate,
  type TensorData,
  tensorByteLength,
  tensorFromBytes,
  tensorFromNumbers,
} from "#lib/tensors/tensor.ts";
import { type KernelTable, type Plan, type TensorSpec, Unsupported, valueSpec } from "../plan.ts";
import { encode } from "../storage.ts";
import {
  broadcastStrides,
  fillAll,
  planCopy,
  runCopy,
  type StridedCopy,
  unitsOf,
  unitsPerElement,
} from "../strided.ts";

/** One planned copy from operand 0 to result 0. */
const copyPlan = (copy: StridedCopy): Plan => ({
  kind: "compute",
  run: (inputs, outputs) =>
    runCopy(copy, unitsOf(inputs[0] as TensorData), unitsOf(outputs[0] as TensorData)),
});

/** Elements of a constant's attribute. */
export function constantPlan(value: Attribute, { dtype, shape }: TensorSpec): Plan | Unsupported {
  if (value.kind === "dense") {
    const tensor = denseTensor(value);
    return tensor === null
      ? new Unsupported("has elements without storage")
      : { kind: "constant", data: tensor.data };
  }
  if (value.kind === "denseResource") {
    const bytes = value.blob?.bytes;
    if (bytes === undefined)
      return new Unsupported(`needs resource '${value.key}', which is missing`);
    const length = tensorByteLength(dtype, shape);
    if (bytes.length !== length)
      return new Unsupported(
        `needs ${length} bytes of resource '${value.key}', which has ${bytes.length}`,
      );
    return { kind: "constant", data: tensorFromBytes(dtype, shape, bytes).data };
  }
  return scalarPlan(value, dtype);
}

/** An attribute that is one number. */
function scalarPlan(value: Attribute, dtype: DType): Plan | Unsupported {
  if (value.kind === "integer" && (dtype === "i64" || dtype === "ui64")) {
    const data = allocate(dtype, 1) as BigInt64Array;
    data[0] = value.value;
    return { kind: "constant", data };
  }
  const number =
    value.kind === "bool"
      ? Number(value.value)
      : value.kind === "integer" || value.kind === "float"
        ? Number(value.value)
        : null;
  return number === null
    ? new Unsupported("has a value that is no number")
    : { kind: "constant", data: tensorFromNumbers(dtype, [], [number]).data };
}

/** Counts along a dimension, wrapped or rounded to the type. */
export function iotaData({ dtype, shape, count }: TensorSpec, dimension: number): TensorData {
  const size = at(shape, dimension);
  const inner = shape.slice(dimension + 1).reduce((product, n) => product * n, 1);
  const data = allocate(dtype, count);
  const whole = data instanceof BigInt64Array || data instanceof BigUint64Array;
  const row = allocate(dtype, size * inner);
  for (let i = 0, to = 0; i < size; i++)
    for (let j = 0; j < inner; j++, to++) {
      if (whole) (row as BigInt64Array)[to] = BigInt(i);
      else if (isComplexDType(dtype)) row[2 * to] = i;
      else if (isIntegerDType(dtype)) row[to] = i;
      else encode(dtype, Float64Array.of(i), row, to, 1);
    }
  const units = unitsOf(data);
  const rowUnits = unitsOf(row);
  if (rowUnits.length > 0)
    for (let to = 0; to < units.length; to += rowUnits.length) units.set(rowUnits, to);
  return data;
}

/** Where a padded operand's elements go, cut where negative padding leaves them out. */
function padCopy(
  operand: Shape,
  result: Shape,
  low: readonly number[],
  interior: readonly number[],
  units: number,
): StridedCopy {
  const sourceStrides = rowMajorStrides(operand);
  const targetStrides = rowMajorStrides(result);
  const shape: number[] = [];
  let sourceStart = 0;
  let targetStart = 0;
  operand.forEach((size, i) => {
    const step = at(interior, i) + 1;
    const first = Math.max(0, Math.ceil(-at(low, i) / step));
    const end = Math.min(size, Math.ceil((at(result, i) - at(low, i)) / step));
    shape.push(Math.max(0, end - first));
    sourceStart += first * at(sourceStrides, i);
    targetStart += (at(low, i) + first * step) * at(targetStrides, i);
    targetStrides[i] = at(targetStrides, i) * step;
  });
  return planCopy(shape, sourceStrides, sourceStart, targetStrides, targetStart, units);
}

export const shapeKernels: KernelTable<ShapeOpName> = {
  constant: ({ attrs: { value }, results: { output } }) => constantPlan(value, valueSpec(output)),
  iota: ({ attrs, results: { output } }) => ({
    kind: "constant",
    data: iotaData(valueSpec(output), attrs.iota_dimension),
  }),
  dynamic_iota: ({ attrs, results: { result } }) => ({
    kind: "constant",
    data: iotaData(valueSpec(result), attrs.iota_dimension),
  }),
  broadcast_in_dim: ({ operands: { operand }, attrs, results: { result } }) => {
    const from = valueSpec(operand);
    const to = valueSpec(result);
    if (from.count === to.count && isIncreasing(attrs.broadcast_dimensions))
      return { kind: "alias" };
    const units = unitsPerElement(to.dtype);
    if (from.count === 1)
      return {
        kind: "compute",
        run: (inputs, outputs) => fillAll(outputs[0] as TensorData, inputs[0] as TensorData, units),
      };
    const strides = broadcastStrides(from.shape, to.shape, attrs.broadcast_dimensions);
    return copyPlan(planCopy(to.shape, strides, 0, rowMajorStrides(to.shape), 0, units));
  },
  reshape: () => ({ kind: "alias" }),
  transpose: ({ operands: { operand }, attrs: { permutation }, results: { result } }) => {
    const from = valueSpec(operand);
    const to = valueSpec(result);
    const moved = permutation.filter((dim) => at(from.shape, dim) !== 1);
    if (isIncreasing(moved)) return { kind: "alias" };
    const own = rowMajorStrides(from.shape);
    const strides = permutation.map((dim) => at(own, dim));
    return copyPlan(
      planCopy(to.shape, strides, 0, rowMajorStrides(to.shape), 0, unitsPerElement(to.dtype)),
    );
  },
  reverse: ({ operands: { operand }, attrs: { dimensions } }) => {
    const { shape, dtype } = valueSpec(operand);
    const own = rowMajorStrides(shape);
    let start = 0;
    const strides = own.map((stride, i) => {
      if (!dimensions.includes(i)) return stride;
      start += Math.max(0, at(shape, i) - 1) * stride;
      return -stride;
    });
    return copyPlan(planCopy(shape, strides, start, own, 0, unitsPerElement(dtype)));
  },
  slice: ({ operands: { operand }, attrs, results: { result } }) => {
    const from = valueSpec(operand);
    const to = valueSpec(result);
    if (from.count === to.count) return { kind: "alias" };
    const own = rowMajorStrides(from.shape);
    const strides = own.map((stride, i) => stride * at(attrs.strides, i));
    const start = own.reduce((sum, stride, i) => sum + stride * at(attrs.start_indices, i), 0);
    return copyPlan(
      planCopy(to.shape, strides, start, rowMajorStrides(to.shape), 0, unitsPerElement(to.dtype)),
    );
  },
  pad: ({ operands: { operand }, attrs, results: { result } }) => {
    const to = valueSpec(result);
    const units = unitsPerElement(to.dtype);
    const copy = padCopy(
      valueSpec(operand).shape,
      to.shape,
      attrs.edge_padding_low,
      attrs.interior_padding,
      units,
    );
    return {
      kind: "compute",
      run: (inputs, outputs) => {
        fillAll(outputs[0] as TensorData, inputs[1] as TensorData, units);
        runCopy(copy, unitsOf(inputs[0] as TensorData), unitsOf(outputs[0] as TensorData));
      },
    };
  },
  concatenate: ({ operands: { inputs }, attrs: { dimension }, results: { result } }) => {
    if (inputs.length === 1) return { kind: "alias" };
    const { shape, dtype } = valueSpec(result);
    const strides = rowMajorStrides(shape);
    let start = 0;
    const copies = inputs.map((input) => {
      const own = valueSpec(input).shape;
      const copy = planCopy(
        own,
        rowMajorStrides(own),
        0,
        strides,
        start * at(strides, dimension),
        unitsPerElement(dtype),
      );
      start += at(own, dimension);
      return copy;
    });
    return {
      kind: "compute",
      run: (arrays, outputs) => {
        const target = unitsOf(outputs[0] as TensorData);
        copies.forEach((copy, i) => {
          runCopy(copy, unitsOf(arrays[i] as TensorData), target);
        });
      },
    };
  },
};

function isIncreasing(values: readonly number[]): boolean {
  return values.every((value, i) => i === 0 || value > at(values, i - 1));
}
