/** @file Where the windows of gathers and scatters lie: per index vector a start, per window element an offset. */
import { at, elementCount, rowMajorStrides, type Shape } from "#lib/support/shape.ts";
import type { TensorData } from "#lib/tensors/tensor.ts";

/** Positions of index vectors, one per batch position, and of what belongs to them. */
export interface Batches {
  readonly count: number;
  /** Element offset of each index vector in the indices. */
  readonly vectors: Int32Array;
  /** Distance between the components of a vector. */
  readonly componentStride: number;
  /** Element offset of each batch position in the gathered or scattered slices. */
  readonly slices: Int32Array;
  /** Element offset that batching dimensions add in the operand. */
  readonly operand: Int32Array;
}

/** Row-major offsets of all positions of a shape under strides. */
export function offsetsOf(shape: Shape, strides: readonly number[]): Int32Array {
  const offsets = new Int32Array(elementCount(shape));
  let filled = 1;
  if (offsets.length === 0) return offsets;
  for (let dim = shape.length - 1; dim >= 0; dim--) {
    const size = at(shape, dim);
    for (let i = 1; i < size; i++)
      for (let j = 0; j < filled; j++)
        offsets[i * filled + j] = (offsets[j] as number) + i * at(strides, dim);
    filled *= size;
  }
  return offsets;
}

/**
 * Lays out the batch positions.
 * @param windowDims - dimensions of `slices` that run inside a window; the others follow the indices' dimensions in order.
 */
export function planBatches(options: {
  readonly indices: Shape;
  readonly indexVectorDim: number;
  readonly slices: Shape;
  readonly windowDims: readonly number[];
  readonly operand: Shape;
  readonly operandBatchingDims: readonly number[];
  readonly indicesBatchingDims: readonly number[];
}): Batches {
  const { indices, indexVectorDim, slices, operand } = options;
  const indexStrides = rowMajorStrides(indices);
  const sliceStrides = rowMajorStrides(slices);
  const operandStrides = rowMajorStrides(operand);
  const batchDims = indices.map((_, dim) => dim).filter((dim) => dim !== indexVectorDim);
  const batchShape = batchDims.map((dim) => at(indices, dim));
  const sliceDims = slices.map((_, dim) => dim).filter((dim) => !options.windowDims.includes(dim));
  return {
    count: elementCount(batchShape),
    vectors: offsetsOf(
      batchShape,
      batchDims.map((dim) => at(indexStrides, dim)),
    ),
    componentStride: indexStrides[indexVectorDim] ?? 1,
    slices: offsetsOf(
      batchShape,
      sliceDims.map((dim) => at(sliceStrides, dim)),
    ),
    operand: offsetsOf(
      batchShape,
      batchDims.map((dim) => {
        const batching = options.indicesBatchingDims.indexOf(dim);
        return batching === -1 ? 0 : at(operandStrides, at(options.operandBatchingDims, batching));
      }),
    ),
  };
}

/** An index as a number; beyond 2^53 it is as far outside as can be told. */
export const indexAt = (data: TensorData, position: number): number => Number(data[position]);

/** `index` moved into `0 .. most`. */
export const clampIndex = (index: number, most: number): number =>
  index < 0 ? 0 : index > most ? most : index;
