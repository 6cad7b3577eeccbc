/** @file Result types and constraints of constants and of data movement that depends on shapes only. */
import { type Attribute, denseTensor } from "#lib/ir/attributes.ts";
import type { Operation } from "#lib/ir/graph.ts";
import type { Inferred } from "#lib/ir/op-def.ts";
import { DYNAMIC, type Type, tensorType } from "#lib/ir/types.ts";
import { elementCount, isPermutation, isUnique, range } from "#lib/support/shape.ts";
import { boundOf } from "../type-constraints.ts";
import {
  agree,
  type Declares,
  elementAgrees,
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
  shapesAgree,
  sizesText,
} from "./rules.ts";

type Unary<A> = { readonly operands: { readonly operand: Type }; readonly attrs: A };
type To = Declares<{ readonly result: Type }>;

const SAME_ELEMENT = "op requires the same element type for all operands and results";
const COMPATIBLE_ELEMENT = "op requires compatible element types for all operands and results";

/** The operand's own type. */
export const inferOperand = ({
  operands: { operand },
}: {
  operands: { operand: Type };
}): Inferred => [plain(operand)];

/** The result keeps the operand's element type. */
const keepsElement =
  (message: string): Rule<Unary<unknown> & To> =>
  ({ operands: { operand }, results: { result } }) =>
    sameElement(operand, result) ? null : message;

type Constant = { readonly attrs: { readonly value: Attribute } };

/** The type of the value. */
export const inferConstant = ({ attrs: { value } }: Constant): Inferred =>
  (value.kind === "dense" || value.kind === "denseResource") && value.type.kind === "tensor"
    ? [value.type]
    : "op attribute 'value' failed to satisfy constraint: constant vector/tensor attribute";

export const constantRules: Rules<Constant & Declares<{ readonly output: Type }>> = {
  C1: resultsAgree(
    (inferred, declared) =>
      shapeAgrees(inferred, declared) &&
      (elementAgrees(inferred, declared) || ranked(declared).element.kind === "opaque"),
  ),
};

const iotaDimension = (dimension: number, rank: number): string | null => {
  if (dimension < 0)
    return "op attribute 'iota_dimension' failed to satisfy constraint: 64-bit signless integer attribute whose value is non-negative";
  if (rank === 0) return "does not support scalars.";
  return dimension < rank ? null : "iota dimension cannot go beyond the output rank.";
};

type Iota = { readonly attrs: { readonly iota_dimension: number } };

export const iotaRules: Rules<Iota & { readonly results: { readonly output: Type } }> = {
  C1: ({ attrs, results: { output } }) =>
    iotaDimension(attrs.iota_dimension, shapeOf(output).length),
};

/** Sizes of a constant shape operand, or null where they are not known. */
function constantSizes(op: Operation): number[] | null {
  const value = op.operands[0]?.op?.properties.get("value");
  const tensor = value?.kind === "dense" ? denseTensor(value) : null;
  return tensor === null || !("length" in tensor.data) ? null : Array.from(tensor.data, Number);
}

export const dynamicIotaRules: Rules<
  Iota & { readonly op: Operation; readonly operands: { readonly output_shape: Type } } & To
> = {
  C1: ({ attrs, results: { result } }) =>
    iotaDimension(attrs.iota_dimension, shapeOf(result).length),
  C2: ({ op, operands, results: { result } }) => {
    const count = shapeOf(operands.output_shape)[0] as number;
    const sizes = constantSizes(op) ?? new Array<number>(count).fill(DYNAMIC);
    return shapesAgree(sizes, shapeOf(result))
      ? null
      : `output shape ${sizesText(sizes)} is incompatible with return type of operation '${result.text}'`;
  },
};

type Broadcast = Unary<{ readonly broadcast_dimensions: readonly number[] }> & To;

export const broadcastRules: Rules<Broadcast> = {
  C1: keepsElement(COMPATIBLE_ELEMENT),
  C2: ({ operands: { operand }, attrs: { broadcast_dimensions: dims } }) =>
    dims.length === shapeOf(operand).length
      ? null
      : `broadcast_dimensions size (${dims.length}) does not match operand rank (${shapeOf(operand).length})`,
  C4: ({ attrs: { broadcast_dimensions: dims } }) =>
    isUnique(dims) ? null : "broadcast_dimensions should not have duplicates",
  C3: ({ attrs: { broadcast_dimensions: dims }, results: { result } }) => {
    const { length: rank } = shapeOf(result);
    const wrong = dims.find((dim) => !isDim(dim, rank));
    return wrong === undefined
      ? null
      : `broadcast_dimensions contains invalid value ${wrong} for result with rank ${rank}`;
  },
  C5: ({ operands: { operand }, attrs: { broadcast_dimensions: dims }, results: { result } }) => {
    const [from, to] = [shapeOf(operand), shapeOf(result)];
    const wrong = from.findIndex(
      (size, i) => size !== 1 && !agree(size, to[dims[i] as number] as number),
    );
    if (wrong === -1) return null;
    const dim = dims[wrong] as number;
    return `size of operand dimension ${wrong} (${from[wrong]}) is not equal to 1 or size of result dimension ${dim} (${to[dim]})`;
  },
};

export const reshapeRules: Rules<Unary<unknown> & To> = {
  C1: keepsElement(COMPATIBLE_ELEMENT),
  C2: ({ operands: { operand }, results: { result } }) => {
    if (shapeOf(operand).includes(DYNAMIC) || shapeOf(result).includes(DYNAMIC)) return null;
    const [from, to] = [elementCount(shapeOf(operand)), elementCount(shapeOf(result))];
    return from === to
      ? null
      : `number of output elements (${to}) doesn't match expected number of elements (${from})`;
  },
};

type Transpose = Unary<{ readonly permutation: readonly number[] }>;

const permutes: Rule<Transpose> = ({ operands: { operand }, attrs: { permutation } }) => {
  const { length: rank } = shapeOf(operand);
  if (permutation.length !== rank)
    return `TransposeOp operand rank ${rank} does not match permutation size ${permutation.length}`;
  return isPermutation(permutation)
    ? null
    : `attribute permutation must be a permutation of ${sizesText(range(rank))} but got ${permutation.join(", ")}`;
};

/** Result dimension i is operand dimension permutation[i]. */
export function inferTranspose(input: Transpose): Inferred {
  const broken = firstBroken({ C2: permutes }, input);
  if (broken !== null) return broken;
  const { shape, element } = ranked(input.operands.operand);
  return [
    tensorType(
      input.attrs.permutation.map((dim) => shape[dim] as number),
      element,
    ),
  ];
}

export const transposeRules: Rules<Transpose & To> = {
  C1: keepsElement(COMPATIBLE_ELEMENT),
  C2: permutes,
  C3: resultsAgree(shapeAgrees),
};

export const reverseRules: Rules<Unary<{ readonly dimensions: readonly number[] }> & To> = {
  element: keepsElement(SAME_ELEMENT),
  C2: ({ attrs: { dimensions } }) =>
    isUnique(dimensions) ? null : `dimensions should be unique. Got: ${dimensions.join(", ")}`,
  C3: ({ operands: { operand }, attrs: { dimensions } }) => {
    const negative = dimensions.find((dim) => dim < 0);
    if (negative !== undefined)
      return `all dimensions should be non-negative. Got dimension: ${negative}.`;
    const { length: rank } = shapeOf(operand);
    const beyond = dimensions.find((dim) => dim >= rank);
    return beyond === undefined
      ? null
      : `all dimensions should be between [0, ${rank}). Got dimension: ${beyond}.`;
  },
  C1: resultsAgree(shapeAgrees),
};

type Slice = Unary<{
  readonly start_indices: readonly number[];
  readonly limit_indices: readonly number[];
  readonly strides: readonly number[];
}>;

const sliceCounts: Rule<Slice> = ({ operands: { operand }, attrs }) => {
  const { start_indices: starts, limit_indices: limits, strides } = attrs;
  if (starts.length !== limits.length || starts.length !== strides.length)
    return "op failed to verify that all of {start_indices, limit_indices, strides} have same size";
  const { length: rank } = shapeOf(operand);
  return starts.length === rank
    ? null
    : `the number of elements in start_indices (${starts.length}) does not match the rank of the operand (${rank})`;
};

const sliceBounds: Rule<Slice> = ({ operands: { operand }, attrs }) => {
  const shape = shapeOf(operand);
  for (const [dim, start] of attrs.start_indices.entries()) {
    const [limit, size] = [attrs.limit_indices[dim] as number, shape[dim] as number];
    if (start < 0) return `negative start index ${start} in dimension ${dim}`;
    if (size !== DYNAMIC && limit > size)
      return `limit index ${limit} is larger than dimension size ${size} in dimension ${dim}`;
    const bound = boundOf(ranked(operand), dim);
    if (bound !== null && limit > bound)
      return `limit index ${limit} is larger than dimension bound ${bound} in dimension ${dim}`;
    if (start > limit)
      return `start index ${start} is larger than limit index ${limit} in dimension ${dim}`;
  }
  return null;
};

const sliceStrides: Rule<Slice> = ({ attrs: { strides } }) => {
  const dim = strides.findIndex((stride) => stride <= 0);
  return dim === -1 ? null : `stride must be positive but got ${strides[dim]} in dimension ${dim}`;
};

/** Every stride-th element from start to limit. */
export function inferSlice(input: Slice): Inferred {
  const broken = firstBroken({ C2: sliceCounts, C3: sliceBounds, C4: sliceStrides }, input);
  if (broken !== null) return broken;
  const { start_indices: starts, limit_indices: limits, strides } = input.attrs;
  const shape = starts.map((start, dim) =>
    Math.ceil(((limits[dim] as number) - start) / (strides[dim] as number)),
  );
  return [tensorType(shape, ranked(input.operands.operand).element)];
}

export const sliceRules: Rules<Slice & To> = {
  C1: keepsElement(SAME_ELEMENT),
  C2: sliceCounts,
  C3: sliceBounds,
  C4: sliceStrides,
  C5: resultsAgree(shapeAgrees),
};

interface Pad {
  readonly operands: { readonly operand: Type; readonly padding_value: Type };
  readonly attrs: {
    readonly edge_padding_low: readonly number[];
    readonly edge_padding_high: readonly number[];
    readonly interior_padding: readonly number[];
  };
}

/** Size of each dimension after padding: null where unknown, negative where too much is cut. */
function paddedShape({ operands: { operand }, attrs }: Pad): (number | null)[] {
  return shapeOf(operand).map((size, dim) =>
    size === DYNAMIC
      ? null
      : size +
        (attrs.edge_padding_low[dim] as number) +
        (attrs.edge_padding_high[dim] as number) +
        Math.max(size - 1, 0) * (attrs.interior_padding[dim] as number),
  );
}

const padElements: Rule<Pad> = ({ operands: { operand, padding_value } }) =>
  sameElement(operand, padding_value) ? null : SAME_ELEMENT;

const padCounts: Rule<Pad> = ({ operands: { operand }, attrs }) => {
  const low = attrs.edge_padding_low.length;
  if (low !== attrs.edge_padding_high.length || low !== attrs.interior_padding.length)
    return "op failed to verify that all of {edge_padding_low, edge_padding_high, interior_padding} have same size";
  const { length: rank } = shapeOf(operand);
  return low === rank ? null : `edge_padding_low length (${low}) must match operand rank (${rank})`;
};

const padInterior: Rule<Pad> = ({ attrs: { interior_padding: interior } }) => {
  const wrong = interior.find((amount) => amount < 0);
  return wrong === undefined ? null : `Interior padding cannot be negative: ${wrong}`;
};

const padSizes: Rule<Pad> = (input) => {
  const dim = paddedShape(input).findIndex((size) => size !== null && size < 0);
  return dim === -1 ? null : `Padding result in negative size for dimension ${dim}`;
};

/** Low, high and interior padding added to each dimension. */
export function inferPad(input: Pad): Inferred {
  const rules = { C1: padElements, C2: padCounts, C3: padInterior, C4: padSizes };
  const broken = firstBroken(rules, input);
  if (broken !== null) return broken;
  const shape = paddedShape(input).map((size) => size ?? DYNAMIC);
  return [tensorType(shape, ranked(input.operands.operand).element)];
}

export const padRules: Rules<Pad & To> = {
  C1: (input) =>
    padElements(input) ??
    (sameElement(input.operands.operand, input.results.result) ? null : SAME_ELEMENT),
  C2: padCounts,
  C3: padInterior,
  C4: resultsAgree(shapeAgrees),
};

interface Concatenate {
  readonly operands: { readonly inputs: readonly Type[] };
  readonly attrs: { readonly dimension: number };
}

const concatenateInputs: Rule<Concatenate> = ({ operands: { inputs } }) =>
  inputs.length > 0 ? null : "op expected 1 or more operands, but found 0";

const concatenateElements: Rule<Concatenate> = ({ operands: { inputs } }) =>
  inputs.every((type) => sameElement(type, inputs[0] as Type)) ? null : SAME_ELEMENT;

const concatenateDimension: Rule<Concatenate> = ({ operands, attrs: { dimension } }) => {
  if (dimension < 0)
    return "op attribute 'dimension' failed to satisfy constraint: 64-bit signless integer attribute whose value is non-negative";
  const { length: rank } = shapeOf(operands.inputs[0] as Type);
  if (rank === 0) return "rank-0 values cannot be concatenated";
  return dimension < rank ? null : `dimension ${dimension} is out-of-bounds for input rank ${rank}`;
};

const concatenateShapes: Rule<Concatenate> = ({ operands: { inputs }, attrs: { dimension } }) => {
  const first = shapeOf(inputs[0] as Type);
  for (const [index, input] of inputs.entries()) {
    const shape = shapeOf(input);
    if (shape.length !== first.length) return `operands (0) and (${index}) do not match rank`;
    const dim = shape.findIndex((size, i) => i !== dimension && !agree(size, first[i] as number));
    if (dim !== -1)
      return `shapes of operand (0) and (${index}) are not compatible at non-concat index ${dim}: (${first.join(", ")}) != (${shape.join(", ")})`;
  }
  return null;
};

/** Sizes add up along the dimension. */
export function inferConcatenate(input: Concatenate): Inferred {
  const rules = {
    C3: concatenateInputs,
    C1: concatenateElements,
    C4: concatenateDimension,
    C2: concatenateShapes,
  };
  const broken = firstBroken(rules, input);
  if (broken !== null) return broken;
  const { inputs } = input.operands;
  const { dimension } = input.attrs;
  const shapes = inputs.map(shapeOf);
  const shape = (shapes[0] as readonly number[]).map((_, dim) => {
    const sizes = shapes.map((other) => other[dim] as number);
    if (dim !== dimension) return sizes.find((size) => size !== DYNAMIC) ?? DYNAMIC;
    return sizes.includes(DYNAMIC) ? DYNAMIC : sizes.reduce((sum, size) => sum + size, 0);
  });
  return [tensorType(shape, ranked(inputs[0] as Type).element)];
}

export const concatenateRules: Rules<Concatenate & To> = {
  C1: concatenateElements,
  C2: concatenateShapes,
  C3: concatenateInputs,
  C4: concatenateDimension,
  C5: ({ operands: { inputs }, results: { result } }) =>
    sameElement(inputs[0] as Type, result) ? null : SAME_ELEMENT,
  C6: resultsAgree(shapeAgrees),
};
