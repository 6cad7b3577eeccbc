/** @file Result types and constraints of scatter and sort. */
import type { Operation, Region } from "#lib/ir/graph.ts";
import type { Inferred } from "#lib/ir/op-def.ts";
import { DYNAMIC, type Type, tensorType } from "#lib/ir/types.ts";
import { isUnique } from "#lib/support/shape.ts";
import type { ScatterDimensions } from "./attrs.ts";
import { duplicated, isSorted, outOfRange } from "./infer-indexing.ts";
import { bodyOf, comparatorMismatch, reducerMismatch, returnTypes } from "./region-rules.ts";
import {
  agree,
  allShapesAgree,
  type Declares,
  elementAgrees,
  firstBroken,
  isDim,
  plain,
  type Rule,
  type Rules,
  ranked,
  resultsAgree,
  shapeAgrees,
  shapeOf,
  sizeAt,
  sizesText,
} from "./rules.ts";

type Results = Declares<{ readonly results: readonly Type[] }>;

type Scatter = {
  readonly operands: {
    readonly inputs: readonly Type[];
    readonly scatter_indices: Type;
    readonly updates: readonly Type[];
  };
  readonly attrs: { readonly scatter_dimension_numbers: ScatterDimensions };
  readonly op: Operation;
};

/** Shapes of the inputs, elements as the update computation returns them. */
export function inferScatter({
  operands: { inputs },
  regions,
}: Pick<Scatter, "operands"> & { readonly regions: readonly Region[] }): Inferred {
  const body = regions[0]?.blocks[0];
  const returned = body === undefined ? [] : returnTypes(body);
  return inputs.map((input, i) => {
    const found = returned[i];
    return tensorType(
      shapeOf(input),
      found?.kind === "tensor" ? found.element : ranked(input).element,
    );
  });
}

const numbers = ({ attrs }: Scatter): ScatterDimensions => attrs.scatter_dimension_numbers;
const inputShape = ({ operands }: Scatter): readonly number[] =>
  shapeOf(operands.inputs[0] as Type);
const indicesShape = ({ operands }: Scatter): readonly number[] =>
  shapeOf(operands.scatter_indices);
const updateShape = ({ operands }: Scatter): readonly number[] =>
  shapeOf(operands.updates[0] as Type);

const scalar = (type: Type): Type => tensorType([], ranked(type).element);

/** The dimension list of that name, as conditions read it. */
type ListOf = (dims: ScatterDimensions) => readonly number[];

const unique =
  (name: string, listOf: ListOf): Rule<Scatter> =>
  (input) => {
    const dims = listOf(numbers(input));
    return isUnique(dims) ? null : `Expects ${name} to not repeat; got: ${sizesText(dims)}.`;
  };

const sorted =
  (name: string, listOf: ListOf): Rule<Scatter> =>
  (input) => {
    const dims = listOf(numbers(input));
    return isSorted(dims) ? null : `Expects ${name} to be sorted; got: ${sizesText(dims)}.`;
  };

const inRange =
  (
    name: string,
    listOf: ListOf,
    of: string,
    shape: (input: Scatter) => readonly number[],
  ): Rule<Scatter> =>
  (input) =>
    outOfRange(name, listOf(numbers(input)), `rank-of('${of}')`, shape(input).length);

/** Rank that the updates must have. */
const updateRank: Rule<Scatter> = (input) => {
  const { updateWindowDims, indexVectorDim } = numbers(input);
  const { length: rank } = indicesShape(input);
  const wanted = rank - (indexVectorDim === rank ? 0 : 1) + updateWindowDims.length;
  const { length: got } = updateShape(input);
  return wanted === got
    ? null
    : `expects updates tensor must be of rank ${wanted} ( == rank-of('scatter_indices') - 1 + size-of('update_window_dims'), where 'scatter_indices' is expanded by a trailing 1 dimension if 'index_vector_dim' == rank-of('scatter_indices')), but got ${got}.`;
};

/** Window sizes of the updates do not exceed the input's; the other sizes are those of the indices. */
const updateSizes: Rule<Scatter> = (input) => {
  const dims = numbers(input);
  const [operand, updates] = [inputShape(input), updateShape(input)];
  const windowOf = operand.filter(
    (_, dim) => !dims.insertedWindowDims.includes(dim) && !dims.inputBatchingDims.includes(dim),
  );
  for (const [i, dim] of dims.updateWindowDims.entries()) {
    const [size, bound] = [updates[dim] as number, windowOf[i] as number];
    if (size !== DYNAMIC && bound !== DYNAMIC && size > bound)
      return `expects bounds of the window dimensions of updates to not exceed the bounds of the corresponding dimensions of operand. For dimension ${dim}, updates bound is ${size}, operand bound is ${bound}.`;
  }
  const batch = indicesShape(input).filter((_, dim) => dim !== dims.indexVectorDim);
  const scattered = updates.flatMap((size, dim) =>
    dims.updateWindowDims.includes(dim) ? [] : [{ size, dim }],
  );
  for (const [i, { size, dim }] of scattered.entries())
    if (!agree(size, batch[i] as number))
      return `expects bounds of the scatter dimensions of updates to be same as the bounds of the corresponding dimensions of scatter indices. For scatter dimension ${dim}, updates bound is ${size} , scatter_indices bound is ${batch[i]}.`;
  return null;
};

/** Conditions on how many tensors there are, their shapes and the computation. */
const scatterTensors: Rules<Scatter> = {
  C5: ({ operands: { inputs } }) =>
    inputs.length > 0 ? null : "The reduction-region expected to return some value(s)",
  C1: ({ operands: { inputs } }) =>
    allShapesAgree(inputs) ? null : "Not all inputs have compatible shapes.",
  C3: ({ operands: { updates } }) =>
    allShapesAgree(updates) ? null : "Not all updates have compatible shapes.",
  C22: (input) => {
    const { length: rank } = indicesShape(input);
    const { indexVectorDim: dim } = numbers(input);
    return isDim(dim, rank + 1)
      ? null
      : `Expects index_vector_dim to be in range [0, rank-of('scatter_indices')] i.e. [0, ${rank}]. got: ${dim}.`;
  },
  C6: ({ operands: { inputs, updates } }) => {
    const wrong = updates.findIndex(
      (type, i) => ranked(type).element !== ranked(inputs[i] as Type).element,
    );
    return wrong === -1
      ? null
      : `The element-type of reduction-region's result type at index ${wrong} is expected to be promotable from the op's corresponding init-value element-type: '${scalar(inputs[wrong] as Type).text}' vs '${scalar(updates[wrong] as Type).text}'`;
  },
  C23: ({ op, operands: { inputs, updates } }) => reducerMismatch(op, inputs, updates.map(scalar)),
};

/** Conditions on the dimension lists. */
const scatterLists: Rules<Scatter> = {
  C2: (input) => {
    const { updateWindowDims, insertedWindowDims, inputBatchingDims } = numbers(input);
    const sum = updateWindowDims.length + insertedWindowDims.length + inputBatchingDims.length;
    const { length: rank } = inputShape(input);
    return sum === rank
      ? null
      : `Expects rank-of operand to match size-of('update_window_dims') + size-of('inserted_window_dims') + size-of('input_batching_dims') i.e. ${sum} but got ${rank}.`;
  },
  C7: (input) =>
    unique("update_window_dims", (dims) => dims.updateWindowDims)(input) ??
    sorted("update_window_dims", (dims) => dims.updateWindowDims)(input),
  C8: inRange("update_window_dims", (dims) => dims.updateWindowDims, "updates", updateShape),
  C9: (input) =>
    duplicated(
      "inserted_window_dims",
      numbers(input).insertedWindowDims,
      "input_batching_dims",
      numbers(input).inputBatchingDims,
    ),
  C10: sorted("inserted_window_dims", (dims) => dims.insertedWindowDims),
  C11: inRange("inserted_window_dims", (dims) => dims.insertedWindowDims, "operand", inputShape),
  C12: sorted("input_batching_dims", (dims) => dims.inputBatchingDims),
  C13: inRange("input_batching_dims", (dims) => dims.inputBatchingDims, "operand", inputShape),
  C14: unique("scatter_indices_batching_dims", (dims) => dims.scatterIndicesBatchingDims),
  C15: inRange(
    "scatter_indices_batching_dims",
    (dims) => dims.scatterIndicesBatchingDims,
    "scatter_indices",
    indicesShape,
  ),
  C16: (input) => {
    const { scatterIndicesBatchingDims: dims, indexVectorDim } = numbers(input);
    return dims.includes(indexVectorDim)
      ? `expects scatter_indices_batching_dims not to include index_vector_dim ${indexVectorDim}.`
      : null;
  },
};

/** Conditions that relate dimension lists to sizes. */
const scatterSizes: Rules<Scatter> = {
  C17: (input) => {
    const { inputBatchingDims: a, scatterIndicesBatchingDims: b } = numbers(input);
    return a.length === b.length
      ? null
      : "input_batching_dims and scatter_indices_batching_dims should have the same size.";
  },
  C18: (input) => {
    const { inputBatchingDims: a, scatterIndicesBatchingDims: b } = numbers(input);
    const [operand, indices] = [inputShape(input), indicesShape(input)];
    const wrong = a.findIndex(
      (dim, i) => !agree(operand[dim] as number, indices[b[i] as number] as number),
    );
    return wrong === -1
      ? null
      : `input_batching_dims[${wrong}] and scatter_indices_batching_dims[${wrong}] must have compatible sizes, but got ${operand[a[wrong] as number]} and ${indices[b[wrong] as number]}.`;
  },
  C19: (input) => {
    const { scatterDimsToOperandDims: dims, indexVectorDim } = numbers(input);
    const size = sizeAt(indicesShape(input), indexVectorDim, 1);
    return agree(dims.length, size)
      ? null
      : `Scatter op has ${dims.length} elements in scatter_dims_to_operand_dims and the bound of dimension index_vector_dim=${indexVectorDim} of scatter_indices is ${size}. These two numbers must be equal.`;
  },
  C20: (input) =>
    duplicated(
      "scatter_dims_to_operand_dims",
      numbers(input).scatterDimsToOperandDims,
      "input_batching_dims",
      numbers(input).inputBatchingDims,
    ),
  C21: inRange(
    "scatter_dims_to_operand_dims",
    (dims) => dims.scatterDimsToOperandDims,
    "operand",
    inputShape,
  ),
};

export const scatterRules: Rules<Scatter & Results> = {
  ...scatterTensors,
  // The rank comes before what the lists are checked against, the sizes after.
  C4: (input) =>
    updateRank(input) ??
    (firstBroken({ ...scatterLists, ...scatterSizes }, input) === null ? updateSizes(input) : null),
  ...scatterLists,
  ...scatterSizes,
  C24: resultsAgree(shapeAgrees),
  C25: resultsAgree(elementAgrees),
};

type Sort = {
  readonly operands: { readonly inputs: readonly Type[] };
  readonly attrs: { readonly dimension: number };
  readonly op: Operation;
};

/** The inputs' own types. */
export const inferSort = ({ operands: { inputs } }: Pick<Sort, "operands">): Inferred =>
  inputs.map(plain);

const SORTED_SHAPES = "op requires the same shape for all operands and results";

export const sortRules: Rules<Sort & Results> = {
  C1: ({ operands: { inputs } }) =>
    inputs.length > 0 ? null : "op expected 1 or more operands, but found 0",
  C3: ({ operands: { inputs }, results: { results } }) =>
    allShapesAgree([...inputs, ...results]) ? null : SORTED_SHAPES,
  C2: resultsAgree(elementAgrees),
  C4: ({ operands: { inputs }, attrs: { dimension } }) => {
    const { length: rank } = shapeOf(inputs[0] as Type);
    return isDim(dimension + rank, 2 * rank)
      ? null
      : `dimension attribute value must be in range [-${rank}, ${rank}), but found ${dimension}`;
  },
  C5: ({ op, operands: { inputs } }) => {
    const body = bodyOf(op);
    return body === null ? null : comparatorMismatch(op, inputs);
  },
};
