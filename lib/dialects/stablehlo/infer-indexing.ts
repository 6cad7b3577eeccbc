/** @file Result types and constraints of ops that read or write at positions known at run time, and of sort. */
import type { Region } from "#lib/ir/graph.ts";
import type { Inferred } from "#lib/ir/op-def.ts";
import { type Type, tensorType } from "#lib/ir/types.ts";
import type { GatherDimensions } from "./attrs.ts";
import { plain, ranked, shapeOf, sizeAt } from "./rules.ts";

interface DynamicSliceInput {
  readonly operands: { readonly operand: Type; readonly start_indices: readonly Type[] };
  readonly attrs: { readonly slice_sizes: readonly number[] };
}

/** A window of the given sizes. */
export const inferDynamicSlice = ({ operands, attrs }: DynamicSliceInput): Inferred => [
  tensorType(attrs.slice_sizes, ranked(operands.operand).element),
];

interface GatherInput {
  readonly operands: { readonly operand: Type; readonly start_indices: Type };
  readonly attrs: {
    readonly dimension_numbers: GatherDimensions;
    readonly slice_sizes: readonly number[];
  };
}

/** Batch dimensions of the indices, with window dimensions at `offset_dims`. */
export function inferGather({ operands, attrs }: GatherInput): Inferred {
  const dims = attrs.dimension_numbers;
  const batch = shapeOf(operands.start_indices).filter((_, dim) => dim !== dims.indexVectorDim);
  const window = attrs.slice_sizes.filter(
    (_, dim) => !dims.collapsedSliceDims.includes(dim) && !dims.operandBatchingDims.includes(dim),
  );
  const shape: number[] = [];
  let [nextBatch, nextWindow] = [0, 0];
  for (let dim = 0; dim < batch.length + window.length; dim++)
    shape.push(
      dims.offsetDims.includes(dim) ? sizeAt(window, nextWindow++) : sizeAt(batch, nextBatch++),
    );
  return [tensorType(shape, ranked(operands.operand).element)];
}

interface ScatterInput {
  readonly operands: {
    readonly inputs: readonly Type[];
    readonly scatter_indices: Type;
    readonly updates: readonly Type[];
  };
  readonly regions: readonly Region[];
}

/** Shapes of the inputs, elements as the update computation returns them. */
export function inferScatter({ operands: { inputs }, regions }: ScatterInput): Inferred {
  const returned = regions[0]?.blocks[0]?.last?.operands.map(({ type }) => type) ?? [];
  return inputs.map((input, i) => {
    const found = returned[i];
    return tensorType(
      shapeOf(input),
      found?.kind === "tensor" ? found.element : ranked(input).element,
    );
  });
}

/** The inputs' own types. */
export const inferSort = ({
  operands: { inputs },
}: {
  operands: { readonly inputs: readonly Type[] };
}): Inferred => inputs.map(plain);
