/** @file Result types and constraints of reductions. */
import type { Region } from "#lib/ir/graph.ts";
import type { Inferred } from "#lib/ir/op-def.ts";
import { DYNAMIC, type Type, tensorType } from "#lib/ir/types.ts";
import { ranked, shapeOf } from "./rules.ts";

/** Element types that a region's terminator returns, or those of `fallback` where it returns others. */
function reducedElements(regions: readonly Region[], fallback: readonly Type[]): Type[] {
  const returned = regions[0]?.blocks[0]?.last?.operands.map(({ type }) => type) ?? [];
  return fallback.map((type, i) => {
    const found = returned[i];
    return found?.kind === "tensor" ? found.element : ranked(type).element;
  });
}

interface ReduceInput {
  readonly operands: { readonly inputs: readonly Type[]; readonly init_values: readonly Type[] };
  readonly attrs: { readonly dimensions: readonly number[] };
  readonly regions: readonly Region[];
}

/** Shapes without the reduced dimensions, elements as the body returns them. */
export function inferReduce({ operands: { inputs }, attrs, regions }: ReduceInput): Inferred {
  const first = inputs[0];
  if (first === undefined) return "expected at least 1 input";
  const shape = shapeOf(first).filter((_, dim) => !attrs.dimensions.includes(dim));
  return reducedElements(regions, inputs).map((element) => tensorType(shape, element));
}

interface ReduceWindowInput {
  readonly operands: { readonly inputs: readonly Type[]; readonly init_values: readonly Type[] };
  readonly attrs: {
    readonly window_dimensions: readonly number[];
    readonly window_strides: readonly number[] | null;
    readonly base_dilations: readonly number[] | null;
    readonly window_dilations: readonly number[] | null;
    readonly padding: readonly (readonly number[])[] | null;
  };
  readonly regions: readonly Region[];
}

const dilated = (size: number, dilation: number): number =>
  size === 0 ? 0 : (size - 1) * dilation + 1;

/** Number of window positions along each dimension. */
export function inferReduceWindow({
  operands: { inputs },
  attrs,
  regions,
}: ReduceWindowInput): Inferred {
  const first = inputs[0];
  if (first === undefined) return "requires at least 1 input value";
  const shape = shapeOf(first).map((size, dim) => {
    if (size === DYNAMIC) return DYNAMIC;
    const [low = 0, high = 0] = attrs.padding?.[dim] ?? [];
    const padded = low + dilated(size, attrs.base_dilations?.[dim] ?? 1) + high;
    const window = dilated(attrs.window_dimensions[dim] ?? 1, attrs.window_dilations?.[dim] ?? 1);
    const stride = attrs.window_strides?.[dim] ?? 1;
    return padded === 0 || window > padded ? 0 : Math.floor((padded - window) / stride) + 1;
  });
  return reducedElements(regions, inputs).map((element) => tensorType(shape, element));
}
