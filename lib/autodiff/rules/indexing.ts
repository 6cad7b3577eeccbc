/** @file Gradients of ops that read or write at positions known at run time, and of sort. */
import type { GatherDimensions, ScatterDimensions } from "#lib/dialects/stablehlo/attrs.ts";
import { StablehloBuilder, shapeOf } from "#lib/dialects/stablehlo/build.ts";
import { type IndexingOpName, type StablehloDef, stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import { Builder } from "#lib/ir/builder.ts";
import { cloneOp, type ValueMap } from "#lib/ir/clone.ts";
import { Block, Region, type Value } from "#lib/ir/graph.ts";
import type { OpView } from "#lib/ir/op-def.ts";
import { integerType, tensorType } from "#lib/ir/types.ts";
import { at, elementCount, range } from "#lib/support/shape.ts";
import type { Emitter } from "../emitter.ts";
import { clampStarts } from "../indices.ts";
import { guarded, type UpdatePart, type VjpFunction, type VjpRules } from "../rule.ts";
import { refuseScatter, scatterRule } from "./scatter.ts";

const none = (values: readonly Value[]): null[] => values.map(() => null);

/** Dimension numbers of the scatter that undoes a gather. */
const undoing = (dims: GatherDimensions): ScatterDimensions => ({
  updateWindowDims: dims.offsetDims,
  insertedWindowDims: dims.collapsedSliceDims,
  inputBatchingDims: dims.operandBatchingDims,
  scatterIndicesBatchingDims: dims.startIndicesBatchingDims,
  scatterDimsToOperandDims: dims.startIndexMap,
  indexVectorDim: dims.indexVectorDim,
});

/**
 * A gather of whole rows, as embeddings are: indices and cotangent flattened to [n, 1] and [n, row...], the form that
 * compilers take without rewriting it.
 */
function addRows(b: Emitter, base: Value, indices: Value, ct: Value, rank: number): Value {
  const row = shapeOf(base).slice(1);
  const count = elementCount(shapeOf(indices));
  return b.scatter("add", base, b.reshape(indices, [count, 1]), b.reshape(ct, [count, ...row]), {
    updateWindowDims: range(rank - 1, 1),
    insertedWindowDims: [0],
    inputBatchingDims: [],
    scatterIndicesBatchingDims: [],
    scatterDimsToOperandDims: [0],
    indexVectorDim: 1,
  });
}

/** Whether each index takes one whole row, in the order of the indices. */
function takesRows(
  dims: GatherDimensions,
  sizes: readonly number[],
  operand: Value,
  y: Value,
): boolean {
  const shape = shapeOf(operand);
  const rank = shape.length;
  const rowDims = range(rank - 1, shapeOf(y).length - (rank - 1));
  return (
    dims.operandBatchingDims.length === 0 &&
    dims.startIndexMap.length === 1 &&
    dims.startIndexMap[0] === 0 &&
    dims.collapsedSliceDims.length === 1 &&
    dims.collapsedSliceDims[0] === 0 &&
    dims.offsetDims.every((dim, i) => dim === rowDims[i]) &&
    sizes.every((size, i) => i === 0 || size === shape[i])
  );
}

/** Gather clamps its starts, so the scatter of the cotangent is given clamped ones. */
const gather: VjpFunction<StablehloDef<"gather">> = ({ ct, operands, attrs, y, b }) => ({
  operand: (): UpdatePart => ({
    kind: "update",
    addTo: (base) => {
      const { dimension_numbers: dims, slice_sizes: sizes } = attrs;
      const { operand, start_indices: starts } = operands;
      const indices = clampStarts(b, starts, dims, shapeOf(operand), sizes);
      if (takesRows(dims, sizes, operand, y))
        return addRows(b, base, indices, ct, shapeOf(operand).length);
      return b.scatter("add", base, indices, ct, undoing(dims), {
        sorted: attrs.indices_are_sorted,
      });
    },
  }),
  start_indices: null,
});

function updateSlice(b: Emitter, operand: Value, update: Value, starts: readonly Value[]): Value {
  return b.builder
    .create(
      stablehlo.dynamic_update_slice,
      { operand, update, start_indices: starts },
      {},
      { resultTypes: [operand.type] },
    )
    .result();
}

/** Both clamp their starts in the same way. */
const dynamicSlice: VjpFunction<StablehloDef<"dynamic_slice">> = ({ ct, operands, b }) => ({
  operand: () => updateSlice(b, b.zerosLike(operands.operand), ct, operands.start_indices),
  start_indices: none(operands.start_indices),
});

const dynamicUpdateSlice: VjpFunction<StablehloDef<"dynamic_update_slice">> = ({
  ct,
  operands,
  b,
}) => ({
  operand: () => updateSlice(b, ct, b.zerosLike(operands.update), operands.start_indices),
  update: () =>
    b.builder
      .create(
        stablehlo.dynamic_slice,
        { operand: ct, start_indices: operands.start_indices },
        { slice_sizes: shapeOf(operands.update) },
        { resultTypes: [operands.update.type] },
      )
      .result(),
  start_indices: none(operands.start_indices),
});

/** Where each sorted element came from: the sort carries positions along from here on, so that nothing is sorted twice. */
function sortedPositions({ op, operands, attrs }: OpView<StablehloDef<"sort">>): Value {
  const x = at(operands.inputs, 0);
  const shape = shapeOf(x);
  const dimension = attrs.dimension < 0 ? attrs.dimension + shape.length : attrs.dimension;
  const type = tensorType(shape, integerType(32));
  const scalar = tensorType([], integerType(32));
  const body = op.region().entry;
  const block = new Block([...body.args.map((arg) => arg.type), scalar, scalar]);
  const map: ValueMap = new Map(body.args.map((arg, i) => [arg, at(block.args, i)]));
  for (const inner of body.ops) block.append(cloneOp(inner, map));
  const b = new StablehloBuilder(Builder.before(op));
  const sort = b.builder.create(
    stablehlo.sort,
    { inputs: [x, b.iota(type, dimension)] },
    { dimension, is_stable: attrs.is_stable },
    { resultTypes: [x.type, type], regions: [new Region([block])] },
  );
  op.result().replaceAllUsesWith(sort.result());
  return sort.result(1);
}

/** g goes back to where each element came from. */
const sort: VjpFunction<StablehloDef<"sort">> = (input) => {
  const { ct, operands, attrs, b } = input;
  const shape = shapeOf(at(operands.inputs, 0));
  const rank = shape.length;
  const dimension = attrs.dimension < 0 ? attrs.dimension + rank : attrs.dimension;
  const gradient = (): Value => {
    const positions = sortedPositions(input);
    const column = [...shape, 1];
    const indices = range(rank).map((dim) =>
      b.reshape(dim === dimension ? positions : b.iota(b.typeOf(positions), dim), column),
    );
    return b.scatter(
      "add",
      b.zerosLike(ct),
      rank === 1 ? at(indices, 0) : b.concatenate(indices, rank),
      ct,
      {
        updateWindowDims: [],
        insertedWindowDims: range(rank),
        inputBatchingDims: [],
        scatterIndicesBatchingDims: [],
        scatterDimsToOperandDims: range(rank),
        indexVectorDim: rank,
      },
      { unique: true },
    );
  };
  return { inputs: [gradient] };
};

export const indexingRules: VjpRules<IndexingOpName> = {
  dynamic_slice: dynamicSlice,
  dynamic_update_slice: dynamicUpdateSlice,
  gather,
  scatter: guarded(refuseScatter, scatterRule),
  sort: guarded(
    ({ operands }) => (operands.inputs.length === 1 ? null : "it sorts several operands together"),
    sort,
  ),
};
