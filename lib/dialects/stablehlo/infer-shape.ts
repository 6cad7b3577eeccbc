/** @file Result types and constraints of constants and of data movement that depends on shapes only. */
import type { Attribute } from "#lib/ir/attributes.ts";
import type { Inferred } from "#lib/ir/op-def.ts";
import { DYNAMIC, type Type, tensorType } from "#lib/ir/types.ts";
import { isPermutation, range } from "#lib/support/shape.ts";
import {
  agree,
  firstBroken,
  isDim,
  plain,
  type Rules,
  ranked,
  shapeOf,
  sizesText,
} from "./rules.ts";

type Unary<A> = { readonly operands: { readonly operand: Type }; readonly attrs: A };

/** The type of the value. */
export const inferConstant = ({ attrs: { value } }: { attrs: { value: Attribute } }): Inferred =>
  (value.kind === "dense" || value.kind === "denseResource") && value.type.kind === "tensor"
    ? [value.type]
    : "value must have a ranked tensor type";

type TransposeInput = Unary<{ readonly permutation: readonly number[] }>;

export const transposeRules: Rules<TransposeInput> = {
  C2: ({ operands: { operand }, attrs: { permutation } }) => {
    const { length: rank } = shapeOf(operand);
    if (permutation.length !== rank)
      return `TransposeOp operand rank ${rank} does not match permutation size ${permutation.length}`;
    return isPermutation(permutation)
      ? null
      : `attribute permutation must be a permutation of ${sizesText(range(rank))} but got ${sizesText(permutation)}`;
  },
};

/** Result dimension i is operand dimension permutation[i]. */
export function inferTranspose(input: TransposeInput): Inferred {
  const broken = firstBroken(transposeRules, input);
  if (broken !== null) return broken;
  const { shape, element } = ranked(input.operands.operand);
  return [
    tensorType(
      input.attrs.permutation.map((dim) => shape[dim] as number),
      element,
    ),
  ];
}

/** The operand's own type. */
export const inferOperand = ({
  operands: { operand },
}: {
  operands: { operand: Type };
}): Inferred => [plain(operand)];

type SliceInput = Unary<{
  readonly start_indices: readonly number[];
  readonly limit_indices: readonly number[];
  readonly strides: readonly number[];
}>;

export const sliceRules: Rules<SliceInput> = {
  C2: ({ operands: { operand }, attrs }) => {
    const { length: rank } = shapeOf(operand);
    for (const name of ["start_indices", "limit_indices", "strides"] as const)
      if (attrs[name].length !== rank)
        return `the number of elements in ${name} (${attrs[name].length}) does not match the rank of the operand (${rank})`;
    return null;
  },
  C3: ({ operands: { operand }, attrs: { start_indices: starts, limit_indices: limits } }) => {
    const shape = shapeOf(operand);
    for (const [dim, start] of starts.entries()) {
      const limit = limits[dim] as number;
      const size = shape[dim] as number;
      if (start < 0) return `negative start index ${start} in dimension ${dim}`;
      if (size !== DYNAMIC && limit > size)
        return `limit index ${limit} is larger than dimension size ${size} in dimension ${dim}`;
      if (start > limit)
        return `start index ${start} is larger than limit index ${limit} in dimension ${dim}`;
    }
    return null;
  },
  C4: ({ attrs: { strides } }) => {
    const dim = strides.findIndex((stride) => stride <= 0);
    return dim === -1
      ? null
      : `stride must be positive but got ${strides[dim]} in dimension ${dim}`;
  },
};

/** Every stride-th element from start to limit. */
export function inferSlice(input: SliceInput): Inferred {
  const broken = firstBroken(sliceRules, input);
  if (broken !== null) return broken;
  const { start_indices: starts, limit_indices: limits, strides } = input.attrs;
  const shape = starts.map((start, dim) =>
    Math.ceil(((limits[dim] as number) - start) / (strides[dim] as number)),
  );
  return [tensorType(shape, ranked(input.operands.operand).element)];
}

interface PadInput {
  readonly operands: { readonly operand: Type; readonly padding_value: Type };
  readonly attrs: {
    readonly edge_padding_low: readonly number[];
    readonly edge_padding_high: readonly number[];
    readonly interior_padding: readonly number[];
  };
}

/** Size of each dimension after padding: null where unknown, negative where too much is cut. */
function paddedShape({ operands: { operand }, attrs }: PadInput): (number | null)[] {
  return shapeOf(operand).map((size, dim) =>
    size === DYNAMIC
      ? null
      : size +
        (attrs.edge_padding_low[dim] as number) +
        (attrs.edge_padding_high[dim] as number) +
        Math.max(size - 1, 0) * (attrs.interior_padding[dim] as number),
  );
}

export const padRules: Rules<PadInput> = {
  C2: ({ operands: { operand }, attrs }) => {
    const { length: rank } = shapeOf(operand);
    const [low, high, interior] = [
      attrs.edge_padding_low.length,
      attrs.edge_padding_high.length,
      attrs.interior_padding.length,
    ];
    if (low !== high || low !== interior)
      return `edge_padding_low length (${low}), edge_padding_high length (${high}) and interior_padding length (${interior}) must match`;
    return low === rank
      ? null
      : `edge_padding_low length (${low}) must match operand rank (${rank})`;
  },
  C3: ({ attrs: { interior_padding: interior } }) => {
    const wrong = interior.find((amount) => amount < 0);
    return wrong === undefined ? null : `Interior padding cannot be negative: ${wrong}`;
  },
  C4: (input) => {
    const dim = paddedShape(input).findIndex((size) => size !== null && size < 0);
    return dim === -1 ? null : `Padding result in negative size for dimension ${dim}`;
  },
};

/** Low, high and interior padding added to each dimension. */
export function inferPad(input: PadInput): Inferred {
  const broken = firstBroken(padRules, input);
  if (broken !== null) return broken;
  const shape = paddedShape(input).map((size) => size ?? DYNAMIC);
  return [tensorType(shape, ranked(input.operands.operand).element)];
}

interface ConcatenateInput {
  readonly operands: { readonly inputs: readonly Type[] };
  readonly attrs: { readonly dimension: number };
}

export const concatenateRules: Rules<ConcatenateInput> = {
  C3: ({ operands: { inputs } }) => (inputs.length > 0 ? null : "expected at least one input"),
  C4: ({ operands: { inputs }, attrs: { dimension } }) => {
    if (dimension < 0) return `dimension ${dimension} is negative`;
    const { length: rank } = shapeOf(inputs[0] as Type);
    return dimension < rank
      ? null
      : `dimension ${dimension} is out-of-bounds for input rank ${rank}`;
  },
  C1: ({ operands: { inputs } }) =>
    inputs.every((type) => ranked(type).element === ranked(inputs[0] as Type).element)
      ? null
      : "requires the same element type for all operands",
  C2: ({ operands: { inputs }, attrs: { dimension } }) => {
    const first = shapeOf(inputs[0] as Type);
    for (const [index, input] of inputs.entries()) {
      const shape = shapeOf(input);
      if (shape.length !== first.length) return `operands (0) and (${index}) do not match rank`;
      for (const [dim, size] of shape.entries())
        if (dim !== dimension && !agree(size, first[dim] as number))
          return `shapes of operand (0) and (${index}) do not match at non-concat index: (${first.join(", ")}) != (${shape.join(", ")}) at non-concat index ${dim}`;
    }
    return null;
  },
};

/** Sizes add up along the dimension. */
export function inferConcatenate(input: ConcatenateInput): Inferred {
  const broken = firstBroken(concatenateRules, input);
  if (broken !== null) return broken;
  const { inputs } = input.operands;
  const { dimension } = input.attrs;
  const shapes = inputs.map(shapeOf);
  const shape = (shapes[0] as readonly number[]).map((first, dim) => {
    const sizes = shapes.map((other) => other[dim] as number);
    if (dim !== dimension) return sizes.find((size) => size !== DYNAMIC) ?? first;
    return sizes.includes(DYNAMIC) ? DYNAMIC : sizes.reduce((sum, size) => sum + size, 0);
  });
  return [tensorType(shape, ranked(inputs[0] as Type).element)];
}

/** Whether each of `dims` is a dimension of something of that rank. */
export const areDims = (dims: readonly number[], rank: number): boolean =>
  dims.every((dim) => isDim(dim, rank));
