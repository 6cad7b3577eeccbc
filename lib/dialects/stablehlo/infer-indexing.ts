/** @file Result types and constraints of dynamic slices and gather. */
import type { Inferred } from "#lib/ir/op-def.ts";
import { DYNAMIC, type Type, tensorType } from "#lib/ir/types.ts";
import { isUnique } from "#lib/support/shape.ts";
import type { GatherDimensions } from "./attrs.ts";
import {
  agree,
  type Declares,
  firstBroken,
  isDim,
  plain,
  type Rule,
  type Rules,
  ranked,
  resultsAgree,
  sameElement,
  shapeAgrees,
  shapeOf,
  sizeAt,
  sizesText,
} from "./rules.ts";

type To = Declares<{ readonly result: Type }>;

const sameIndexTypes = (indices: readonly Type[]): string | null =>
  indices.every((type) => sameElement(type, indices[0] as Type))
    ? null
    : "start indices must have same element type";

type DynamicSlice = {
  readonly operands: { readonly operand: Type; readonly start_indices: readonly Type[] };
  readonly attrs: { readonly slice_sizes: readonly number[] };
};

const dynamicSliceInputs: Rules<DynamicSlice> = {
  C2: ({ operands, attrs: { slice_sizes: sizes } }) => {
    const [indices, { length: rank }] = [operands.start_indices.length, shapeOf(operands.operand)];
    if (sizes.length !== indices)
      return `has mismatched number of slice sizes (${sizes.length}) and number of start indices (${indices})`;
    return indices === rank
      ? null
      : `has mismatched number of start indices (${indices}) and the rank of operand (${rank})`;
  },
  C3: ({ operands }) => sameIndexTypes(operands.start_indices),
  C4: ({ operands, attrs: { slice_sizes: sizes } }) => {
    const shape = shapeOf(operands.operand);
    for (const [dim, size] of sizes.entries()) {
      if (size < 0) return `has negative size index to dynamic slice: ${size}`;
      const whole = shape[dim] as number;
      if (whole !== DYNAMIC && size > whole)
        return `has slice size ${size} greater than dimension size ${whole} in dimension ${dim} of operand`;
    }
    return null;
  },
};

/** A window of the given sizes. */
export function inferDynamicSlice(input: DynamicSlice): Inferred {
  const broken = firstBroken(dynamicSliceInputs, input);
  if (broken !== null) return broken;
  return [tensorType(input.attrs.slice_sizes, ranked(input.operands.operand).element)];
}

export const dynamicSliceRules: Rules<DynamicSlice & To> = {
  C1: ({ operands: { operand }, results: { result } }) =>
    sameElement(operand, result)
      ? null
      : "op failed to verify that all of {operand, result} have same element type",
  ...dynamicSliceInputs,
  C5: resultsAgree(shapeAgrees),
};

type DynamicUpdateSlice = {
  readonly operands: {
    readonly operand: Type;
    readonly update: Type;
    readonly start_indices: readonly Type[];
  };
};

const UPDATE_ELEMENT =
  "op failed to verify that all of {operand, update, result} have same element type";

const dynamicUpdateSliceInputs: Rules<DynamicUpdateSlice> = {
  C2: ({ operands: { operand, update } }) => (sameElement(operand, update) ? null : UPDATE_ELEMENT),
  C3: ({ operands: { operand, update } }) => {
    const [whole, part] = [shapeOf(operand).length, shapeOf(update).length];
    return whole === part ? null : `update rank does not match operand rank: ${part} vs ${whole}.`;
  },
  C4: ({ operands: { operand, start_indices: indices } }) => {
    const { length: rank } = shapeOf(operand);
    return indices.length === rank
      ? null
      : `expects number of start_indices to match operand rank: ${indices.length} vs ${rank}.`;
  },
  C5: ({ operands }) => sameIndexTypes(operands.start_indices),
  C6: ({ operands: { operand, update } }) => {
    const [whole, part] = [shapeOf(operand), shapeOf(update)];
    const dim = part.findIndex((size, i) => whole[i] !== DYNAMIC && size > (whole[i] as number));
    return dim === -1
      ? null
      : `expects size at dimension ${dim} of update to be in range [0, ${whole[dim]}]. Got: ${part[dim]}.`;
  },
};

/** The operand's type. */
export function inferDynamicUpdateSlice(input: DynamicUpdateSlice): Inferred {
  return firstBroken(dynamicUpdateSliceInputs, input) ?? [plain(input.operands.operand)];
}

export const dynamicUpdateSliceRules: Rules<DynamicUpdateSlice & To> = {
  ...dynamicUpdateSliceInputs,
  element: ({ operands: { operand }, results: { result } }) =>
    sameElement(operand, result) ? null : UPDATE_ELEMENT,
  C1: resultsAgree(shapeAgrees),
};

type Gather = {
  readonly operands: { readonly operand: Type; readonly start_indices: Type };
  readonly attrs: {
    readonly dimension_numbers: GatherDimensions;
    readonly slice_sizes: readonly number[];
  };
};

/** Dimensions of `dims` that lie outside of `rank`, as gather and scatter say it. */
export const outOfRange = (
  name: string,
  dims: readonly number[],
  of: string,
  rank: number,
): string | null => {
  const wrong = dims.find((dim) => !isDim(dim, rank));
  return wrong === undefined
    ? null
    : `Expects each element of ${name} to be in range [0, ${of}) i.e. [0, ${rank}). got: ${wrong}.`;
};

/** The first dimension that two lists name twice between them. */
export const duplicated = (
  aName: string,
  a: readonly number[],
  bName: string,
  b: readonly number[],
): string | null => {
  const seen = new Set<number>();
  for (const dim of [...a, ...b]) {
    if (seen.has(dim)) return `has duplicated dimension from ${aName} and ${bName}: ${dim}`;
    seen.add(dim);
  }
  return null;
};

export const isSorted = (dims: readonly number[]): boolean =>
  dims.every((dim, i) => i === 0 || (dims[i - 1] as number) <= dim);

const numbers = ({ attrs }: Gather): GatherDimensions => attrs.dimension_numbers;

const cutToOne =
  (name: string, dimsOf: (dims: GatherDimensions) => readonly number[]): Rule<Gather> =>
  (input) => {
    const sizes = input.attrs.slice_sizes;
    const wrong = dimsOf(numbers(input)).find((dim) => sizeAt(sizes, dim, 0) > 1);
    return wrong === undefined
      ? null
      : `Expects that for each dim in ${name}, slice_sizes[dim] should be <= 1, but got ${sizes[wrong]}`;
  };

/** Rank of the result: batch dimensions of the indices and window dimensions. */
function gatherRank(input: Gather): number {
  const { length: rank } = shapeOf(input.operands.start_indices);
  const { indexVectorDim, offsetDims } = numbers(input);
  return rank - (indexVectorDim === rank ? 0 : 1) + offsetDims.length;
}

/** Conditions on the dimension lists alone. */
const gatherLists: Rules<Gather> = {
  C1: (input) => {
    const { offsetDims, collapsedSliceDims, operandBatchingDims } = numbers(input);
    const { length: rank } = shapeOf(input.operands.operand);
    const [a, b, c] = [offsetDims.length, collapsedSliceDims.length, operandBatchingDims.length];
    return a + b + c === rank
      ? null
      : `offset_dims size (${a}) plus collapse_slice_dims size (${b}) plus operand_batching_dims size (${c}) is not equal to operand rank (${rank})`;
  },
  C2: (input) => {
    const { length: rank } = shapeOf(input.operands.start_indices);
    const { indexVectorDim: dim } = numbers(input);
    return isDim(dim, rank + 1)
      ? null
      : `Expects index_vector_dim to be in range [0, rank-of('start_indices')] i.e. [0, ${rank}]. got: ${dim}.`;
  },
  C3: (input) => {
    const { indexVectorDim, startIndexMap } = numbers(input);
    const size = sizeAt(shapeOf(input.operands.start_indices), indexVectorDim, 1);
    return agree(startIndexMap.length, size)
      ? null
      : `start_index_map size (${startIndexMap.length}) is not equal to size of index dimension (${indexVectorDim}) of start_indices (${size})`;
  },
  C4: (input) => {
    const { offsetDims: dims } = numbers(input);
    if (!isUnique(dims)) return `expects offset_dims to not repeat, got: ${sizesText(dims)}`;
    return isSorted(dims) ? null : `expects offset_dims to be sorted, got: ${sizesText(dims)}`;
  },
  C5: (input) =>
    outOfRange("offset_dims", numbers(input).offsetDims, "implied-result-rank", gatherRank(input)),
  C6: (input) =>
    duplicated(
      "collapsed_slice_dims",
      numbers(input).collapsedSliceDims,
      "operand_batching_dims",
      numbers(input).operandBatchingDims,
    ),
  C7: (input) => {
    const { collapsedSliceDims: dims } = numbers(input);
    return isSorted(dims)
      ? null
      : `expects collapsed_slice_dims to be sorted, got: ${sizesText(dims)}`;
  },
  C8: (input) =>
    outOfRange(
      "collapsed_slice_dims",
      numbers(input).collapsedSliceDims,
      "rank-of('operand')",
      shapeOf(input.operands.operand).length,
    ),
  C20: ({ operands: { operand }, attrs: { slice_sizes: sizes } }) => {
    const { length: rank } = shapeOf(operand);
    return sizes.length === rank
      ? null
      : `slice_sizes size (${sizes.length}) not equal to operand rank (${rank})`;
  },
  C9: cutToOne("collapsed_slice_dims", (dims) => dims.collapsedSliceDims),
};

/** Conditions on batching dimensions, the index map and the slice sizes. */
const gatherBatching: Rules<Gather> = {
  C10: (input) => {
    const { operandBatchingDims: dims } = numbers(input);
    return isSorted(dims)
      ? null
      : `expects operand_batching_dims to be sorted, got: ${sizesText(dims)}`;
  },
  C11: (input) =>
    outOfRange(
      "operand_batching_dims",
      numbers(input).operandBatchingDims,
      "rank-of('operand')",
      shapeOf(input.operands.operand).length,
    ),
  C12: cutToOne("operand_batching_dims", (dims) => dims.operandBatchingDims),
  C13: (input) => {
    const { startIndicesBatchingDims: dims } = numbers(input);
    return isUnique(dims)
      ? null
      : `expects start_indices_batching_dims to not repeat, got: ${sizesText(dims)}`;
  },
  C14: (input) =>
    outOfRange(
      "start_indices_batching_dims",
      numbers(input).startIndicesBatchingDims,
      "rank-of('start_indices')",
      shapeOf(input.operands.start_indices).length,
    ),
  C15: (input) => {
    const { startIndicesBatchingDims: dims, indexVectorDim } = numbers(input);
    return dims.includes(indexVectorDim)
      ? `expects start_indices_batching_dims not to include index_vector_dim ${indexVectorDim}`
      : null;
  },
  C16: (input) => {
    const { operandBatchingDims: a, startIndicesBatchingDims: b } = numbers(input);
    return a.length === b.length
      ? null
      : "operand_batching_dims and start_indices_batching_dims should have the same size";
  },
  C17: (input) => {
    const { operandBatchingDims: a, startIndicesBatchingDims: b } = numbers(input);
    const [operand, indices] = [
      shapeOf(input.operands.operand),
      shapeOf(input.operands.start_indices),
    ];
    const wrong = a.findIndex(
      (dim, i) => !agree(operand[dim] as number, indices[b[i] as number] as number),
    );
    return wrong === -1
      ? null
      : `operand_batching_dims[${wrong}] and start_indices_batching_dims[${wrong}] must have compatible sizes, but got ${operand[a[wrong] as number]} and ${indices[b[wrong] as number]}`;
  },
  C18: (input) =>
    duplicated(
      "start_index_map",
      numbers(input).startIndexMap,
      "operand_batching_dims",
      numbers(input).operandBatchingDims,
    ),
  C19: (input) =>
    outOfRange(
      "start_index_map",
      numbers(input).startIndexMap,
      "rank-of('operand')",
      shapeOf(input.operands.operand).length,
    ),
  C21: ({ operands: { operand }, attrs: { slice_sizes: sizes } }) => {
    const shape = shapeOf(operand);
    const dim = sizes.findIndex(
      (size, i) => size < 0 || (shape[i] !== DYNAMIC && size > (shape[i] as number)),
    );
    return dim === -1
      ? null
      : `slice size (${sizes[dim]}) is out of bounds for operand dimension (${shape[dim]}) at index ${dim}`;
  },
};

/** Batch dimensions of the indices, with window dimensions at `offset_dims`. */
export function inferGather(input: Gather): Inferred {
  const broken = firstBroken(gatherLists, input) ?? firstBroken(gatherBatching, input);
  if (broken !== null) return broken;
  const dims = numbers(input);
  const batch = shapeOf(input.operands.start_indices).filter(
    (_, dim) => dim !== dims.indexVectorDim,
  );
  const window = input.attrs.slice_sizes.filter(
    (_, dim) => !dims.collapsedSliceDims.includes(dim) && !dims.operandBatchingDims.includes(dim),
  );
  const shape: number[] = [];
  let [nextBatch, nextWindow] = [0, 0];
  for (let dim = 0; dim < batch.length + window.length; dim++)
    shape.push(
      dims.offsetDims.includes(dim) ? sizeAt(window, nextWindow++) : sizeAt(batch, nextBatch++),
    );
  return [tensorType(shape, ranked(input.operands.operand).element)];
}

export const gatherRules: Rules<Gather & To> = {
  ...gatherLists,
  ...gatherBatching,
  C22: resultsAgree(shapeAgrees),
  C23: ({ operands: { operand }, results: { result } }) =>
    sameElement(operand, result)
      ? null
      : "op failed to verify that all of {operand, result} have same element type",
};
