/** @file Strided copies: the one loop behind transposes, slices, pads, broadcasts and concatenations. */
import { rowMajorStrides, type Shape } from "#lib/support/shape.ts";
import { bitWidth, type DType } from "#lib/tensors/dtype.ts";
import type { TensorData } from "#lib/tensors/tensor.ts";

/** Elements as what they are copied as: units of 1, 2 or 4 bytes. */
export type Units = Uint8Array | Uint16Array | Int32Array;

/** Units per element: 1 up to 32 bits, 2 for 64, 4 for 128. */
export const unitsPerElement = (dtype: DType): number => Math.max(1, bitWidth(dtype) >> 5);

/** A view for copying; it shares memory. */
export function unitsOf(data: TensorData): Units {
  if (data instanceof Uint8Array || data instanceof Uint16Array || data instanceof Int32Array)
    return data;
  const buffer = data.buffer as ArrayBuffer;
  if (data.BYTES_PER_ELEMENT === 1) return new Uint8Array(buffer, data.byteOffset, data.byteLength);
  if (data.BYTES_PER_ELEMENT === 2)
    return new Uint16Array(buffer, data.byteOffset, data.byteLength >> 1);
  return new Int32Array(buffer, data.byteOffset, data.byteLength >> 2);
}

/** A copy of a block of elements between two layouts, in units, dimensions merged where both layouts allow it. */
export interface StridedCopy {
  readonly shape: Shape;
  readonly sourceStrides: readonly number[];
  readonly targetStrides: readonly number[];
  readonly sourceStart: number;
  readonly targetStart: number;
}

/** Plans a copy; strides and starts count elements, and `units` is how many units make one. */
export function planCopy(
  shape: Shape,
  sourceStrides: readonly number[],
  sourceStart: number,
  targetStrides: readonly number[],
  targetStart: number,
  units: number,
): StridedCopy {
  const dims: { size: number; source: number; target: number }[] = [];
  shape.forEach((size, i) => {
    if (size !== 1)
      dims.push({
        size,
        source: (sourceStrides[i] as number) * units,
        target: (targetStrides[i] as number) * units,
      });
  });
  if (units > 1) dims.push({ size: units, source: 1, target: 1 });
  const merged: typeof dims = [];
  for (const dim of dims) {
    const last = merged[merged.length - 1];
    if (
      last !== undefined &&
      last.source === dim.source * dim.size &&
      last.target === dim.target * dim.size
    ) {
      last.size *= dim.size;
      last.source = dim.source;
      last.target = dim.target;
    } else merged.push({ ...dim });
  }
  return {
    shape: merged.map(({ size }) => size),
    sourceStrides: merged.map(({ source }) => source),
    targetStrides: merged.map(({ target }) => target),
    sourceStart: sourceStart * units,
    targetStart: targetStart * units,
  };
}

/** One run with both strides; contiguous ones and repeated ones take shorter loops. */
function copyRun(
  source: Units,
  from: number,
  sourceStride: number,
  target: Units,
  to: number,
  targetStride: number,
  count: number,
): void {
  if (sourceStride === 1 && targetStride === 1) {
    if (count >= 128) target.set(source.subarray(from, from + count), to);
    else for (let i = 0; i < count; i++) target[to + i] = source[from + i] as number;
  } else if (sourceStride === 0 && targetStride === 1)
    target.fill(source[from] as number, to, to + count);
  else
    for (let i = 0, s = from, t = to; i < count; i++, s += sourceStride, t += targetStride)
      target[t] = source[s] as number;
}

/** Two dimensions; where the source is contiguous across the runs, blocks keep both sides in cache. */
function copyPlane(
  source: Units,
  from: number,
  target: Units,
  to: number,
  copy: StridedCopy,
  outer: number,
): void {
  const rows = copy.shape[outer] as number;
  const columns = copy.shape[outer + 1] as number;
  const sourceRow = copy.sourceStrides[outer] as number;
  const targetRow = copy.targetStrides[outer] as number;
  const sourceColumn = copy.sourceStrides[outer + 1] as number;
  const targetColumn = copy.targetStrides[outer + 1] as number;
  if (sourceColumn > 16 && rows > 1) {
    for (let c0 = 0; c0 < columns; c0 += 32) {
      const c1 = Math.min(c0 + 32, columns);
      for (let r = 0; r < rows; r++) {
        let s = from + r * sourceRow + c0 * sourceColumn;
        let t = to + r * targetRow + c0 * targetColumn;
        for (let c = c0; c < c1; c++, s += sourceColumn, t += targetColumn)
          target[t] = source[s] as number;
      }
    }
    return;
  }
  for (let r = 0; r < rows; r++)
    copyRun(
      source,
      from + r * sourceRow,
      sourceColumn,
      target,
      to + r * targetRow,
      targetColumn,
      columns,
    );
}

function copyFrom(
  source: Units,
  from: number,
  target: Units,
  to: number,
  copy: StridedCopy,
  dim: number,
): void {
  const rank = copy.shape.length;
  const size = copy.shape[dim] as number;
  const sourceStride = copy.sourceStrides[dim] as number;
  const targetStride = copy.targetStrides[dim] as number;
  if (rank - dim === 2) copyPlane(source, from, target, to, copy, dim);
  else if (rank - dim === 1) copyRun(source, from, sourceStride, target, to, targetStride, size);
  else
    for (let i = 0; i < size; i++)
      copyFrom(source, from + i * sourceStride, target, to + i * targetStride, copy, dim + 1);
}

/** Carries out a planned copy, with starts moved by so many units. */
export function runCopy(
  copy: StridedCopy,
  source: Units,
  target: Units,
  sourceShift = 0,
  targetShift = 0,
): void {
  if (copy.shape.includes(0)) return;
  const from = copy.sourceStart + sourceShift;
  const to = copy.targetStart + targetShift;
  if (copy.shape.length === 0) target[to] = source[from] as number;
  else copyFrom(source, from, target, to, copy, 0);
}

/** Copies all elements. */
export function copyAll(source: TensorData, target: TensorData): void {
  unitsOf(target).set(unitsOf(source));
}

/** Writes one element everywhere; `value` holds it at index 0. */
export function fillAll(target: TensorData, value: TensorData, units: number): void {
  const to = unitsOf(target);
  const from = unitsOf(value);
  if (to.length === 0) return;
  if (units === 1) {
    to.fill(from[0] as number);
    return;
  }
  for (let i = 0; i < units; i++) to[i] = from[i] as number;
  // Doubling copies: each pass copies what is filled already.
  for (let filled = units; filled < to.length; filled *= 2)
    to.copyWithin(filled, 0, Math.min(filled, to.length - filled));
}

/** Row-major strides with 0 where a size of 1 is repeated along the target's dimension. */
export function broadcastStrides(
  source: Shape,
  target: Shape,
  dimensions: readonly number[],
): number[] {
  const own = rowMajorStrides(source);
  const strides = new Array<number>(target.length).fill(0);
  dimensions.forEach((dim, i) => {
    if (source[i] !== 1) strides[dim] = own[i] as number;
  });
  return strides;
}
