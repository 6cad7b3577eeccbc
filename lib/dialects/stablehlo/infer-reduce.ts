/** @file Result types and constraints of reductions. */
import type { Operation, Region } from "#lib/ir/graph.ts";
import type { Inferred } from "#lib/ir/op-def.ts";
import { DYNAMIC, type Type, tensorType } from "#lib/ir/types.ts";
import { isUnique } from "#lib/support/shape.ts";
import { reducerMismatch, returnTypes } from "./region-rules.ts";
import {
  allShapesAgree,
  type Declares,
  elementAgrees,
  incompatibleResults,
  isDim,
  type Rule,
  type Rules,
  ranked,
  resultsAgree,
  shapeAgrees,
  shapeOf,
  shapesAgree,
  typesText,
} from "./rules.ts";

type Inputs = {
  readonly operands: { readonly inputs: readonly Type[]; readonly init_values: readonly Type[] };
};
type Regions = { readonly regions: readonly Region[] };
type Whole = Declares<{ readonly results: readonly Type[] }> & { readonly op: Operation };

/** Element types that a region's terminator returns, or those of `fallback` where it returns others. */
function reducedElements(regions: readonly Region[], fallback: readonly Type[]): Type[] {
  const body = regions[0]?.blocks[0];
  const returned = body === undefined ? [] : returnTypes(body);
  return fallback.map((type, i) => {
    const found = returned[i];
    return found?.kind === "tensor" ? found.element : ranked(type).element;
  });
}

const sameInputShapes: Rule<Inputs> = ({ operands: { inputs } }) => {
  if (allShapesAgree(inputs)) return null;
  const first = shapeOf(inputs[0] as Type);
  const wrong = inputs.findIndex((type) => !shapesAgree(shapeOf(type), first));
  return `expects all inputs to have compatible shapes. Shape at input-index ${wrong} is not compatible with shape at input-index 0`;
};

/** Inputs and initial values meet in the computation's type, so only other kinds of elements are wrong here. */
const sameElements: Rule<Inputs & Whole> = ({ op, operands: { inputs, init_values } }) => {
  const wrong = inputs.findIndex(
    (type, i) => ranked(type).element.kind !== ranked(init_values[i] as Type).element.kind,
  );
  if (wrong === -1) return null;
  return (
    reducerMismatch(op, inputs, init_values) ??
    `expects element types of input and init value ${wrong} to be compatible, but got ${typesText([inputs[wrong] as Type, init_values[wrong] as Type])}`
  );
};

const reducer: Rule<Inputs & Whole> = ({ op, operands: { inputs, init_values } }) =>
  reducerMismatch(op, inputs, init_values);

type Reduce = Inputs & { readonly attrs: { readonly dimensions: readonly number[] } };

/** Shapes without the reduced dimensions, elements as the body returns them. */
export function inferReduce({ operands: { inputs }, attrs, regions }: Reduce & Regions): Inferred {
  const first = inputs[0];
  if (first === undefined) return [];
  const shape = shapeOf(first).filter((_, dim) => !attrs.dimensions.includes(dim));
  return reducedElements(regions, inputs).map((element) => tensorType(shape, element));
}

export const reduceRules: Rules<Reduce & Whole> = {
  C3: ({ operands: { inputs }, results: { results }, inferred }) => {
    if (inputs.length === 0) return "expects at least 1 input value";
    return results.length === inputs.length || inferred === null || typeof inferred === "string"
      ? null
      : incompatibleResults(inferred, results);
  },
  C1: sameInputShapes,
  C4: ({ operands: { inputs }, attrs: { dimensions } }) => {
    const { length: rank } = shapeOf(inputs[0] as Type);
    const wrong = dimensions.find((dim) => !isDim(dim, rank));
    return wrong === undefined
      ? null
      : `Out-of-bounds dimension ${wrong}, expected to be in range [0, ${rank})`;
  },
  C5: ({ attrs: { dimensions } }) =>
    isUnique(dimensions)
      ? null
      : `Duplicate reduction dimension: ${dimensions.find((dim, i) => dimensions.indexOf(dim) !== i)}`,
  C2: sameElements,
  C6: reducer,
  C7: resultsAgree(shapeAgrees),
  C8: resultsAgree(elementAgrees),
};

type ReduceWindow = Inputs & {
  readonly attrs: {
    readonly window_dimensions: readonly number[];
    readonly window_strides: readonly number[] | null;
    readonly base_dilations: readonly number[] | null;
    readonly window_dilations: readonly number[] | null;
    readonly padding: readonly (readonly number[])[] | null;
  };
};

const dilated = (size: number, dilation: number): number =>
  size === 0 ? 0 : (size - 1) * dilation + 1;

/** Number of window positions along each dimension. */
export function inferReduceWindow({
  operands: { inputs },
  attrs,
  regions,
}: ReduceWindow & Regions): Inferred {
  const first = inputs[0];
  if (first === undefined) return [];
  const shape = shapeOf(first).map((size, dim) => {
    if (size === DYNAMIC) return DYNAMIC;
    const [low = 0, high = 0] = attrs.padding?.[dim] ?? [];
    const padded = low + dilated(size, attrs.base_dilations?.[dim] ?? 1) + high;
    const window = dilated(attrs.window_dimensions[dim] ?? 1, attrs.window_dilations?.[dim] ?? 1);
    const stride = attrs.window_strides?.[dim] ?? 1;
    return padded <= 0 || window > padded ? 0 : Math.floor((padded - window) / stride) + 1;
  });
  return reducedElements(regions, inputs).map((element) => tensorType(shape, element));
}

const windowShapes: Rule<ReduceWindow & Whole> = resultsAgree(shapeAgrees);

type WindowList = "window_strides" | "base_dilations" | "window_dilations";

const listLength =
  (name: WindowList, words: string): Rule<ReduceWindow> =>
  ({ attrs }) => {
    const [list, { length: rank }] = [attrs[name], attrs.window_dimensions];
    return list === null || list.length === rank
      ? null
      : `expects ${words} to have same dimension-size as size of window dimensions (${rank}), but got: ${list.length}.`;
  };

const positive = (list: readonly number[] | null, words: string): string | null => {
  const dim = (list ?? []).findIndex((value) => value <= 0);
  return dim === -1
    ? null
    : `expects window to have positive ${words} for ${dim}-th window dimension, but got ${list?.[dim]}.`;
};

/** Conditions on the window's lists. */
const windowLists: Rules<ReduceWindow> = {
  C4: ({ operands: { inputs }, attrs: { window_dimensions: window } }) => {
    const first = ranked(inputs[0] as Type);
    return window.length === first.shape.length
      ? null
      : `expects window-dimensions size == input rank, but got window-dimensions size: ${window.length} and input: '${first.text}' with rank = ${first.shape.length}.`;
  },
  C12: ({ attrs: { padding, window_dimensions: window } }) => {
    if (padding === null) return null;
    const columns = padding[0]?.length ?? 2;
    if (columns !== 2)
      return `expects the shape of padding-attribute to be {N, 2}, but got {${padding.length}, ${columns}}.`;
    return padding.length === window.length
      ? null
      : `expects padding-entries to have same dimension-size as size of window dimensions (${window.length}), but got: ${padding.length}.`;
  },
  C6: listLength("window_strides", "window-strides"),
  C8: listLength("base_dilations", "base-dilation factors"),
  C10: listLength("window_dilations", "window-dilation factors"),
  C5: ({ attrs }) => positive(attrs.window_dimensions, "value"),
  C7: ({ attrs }) => positive(attrs.window_strides, "stride"),
  C9: ({ attrs }) => positive(attrs.base_dilations, "base dilation factor"),
  C11: ({ attrs }) => positive(attrs.window_dilations, "window dilation factor"),
};

export const reduceWindowRules: Rules<ReduceWindow & Whole> = {
  C1: ({ operands: { inputs } }) => (inputs.length > 0 ? null : "requires at least 1 input value"),
  C2: sameInputShapes,
  ...windowLists,
  C3: sameElements,
  C13: reducer,
  C14: (input) => (allShapesAgree(input.results.results) ? null : windowShapes(input)),
  C15: windowShapes,
  C16: resultsAgree(elementAgrees),
};
