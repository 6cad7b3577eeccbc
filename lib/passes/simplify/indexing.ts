/** @file Simplifications of slices and gathers at known indices, and of sorts, after StableHLO's own. */
import { stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import { cloneOp } from "#lib/ir/clone.ts";
import type { Operation, Value } from "#lib/ir/graph.ts";
import { attrsOf } from "#lib/ir/op-def.ts";
import { at, range } from "#lib/support/shape.ts";
import { toNumbers } from "#lib/tensors/tensor.ts";
import {
  constantScalars,
  dimsOf,
  isEmpty,
  staticType,
  tensorOfConstant,
} from "../rewrite/match.ts";
import type { Pattern } from "../rewrite/pattern.ts";

/** Moves a start index to where the window fits. */
const clampStart = (start: number, size: number, window: number): number =>
  Math.min(Math.max(start, 0), size - window);

const dynamicSliceConstant: Pattern = {
  name: "dynamic-slice-constant",
  ops: ["stablehlo.dynamic_slice"],
  rewrite: (op, rewriter) => {
    const type = staticType(op.operand(0));
    const starts = constantScalars(op.operands.slice(1));
    if (type === null || starts === null) return false;
    const { slice_sizes: sizes } = attrsOf(stablehlo.dynamic_slice, op);
    const from = starts.map((start, i) => clampStart(start, at(type.shape, i), at(sizes, i)));
    const limit = from.map((start, i) => start + at(sizes, i));
    return rewriter.replaceWith(op, rewriter.b.slice(op.operand(0), from, limit));
  },
};

/** An update as large as the operand replaces it: its start is clamped to 0. */
const updateAll: Pattern = {
  name: "dynamic-update-slice-all",
  ops: ["stablehlo.dynamic_update_slice"],
  rewrite: (op, rewriter) =>
    op.operand(0).type === op.operand(1).type && staticType(op.operand(1)) !== null
      ? rewriter.replaceWith(op, op.operand(1))
      : false,
};

const updateNothing: Pattern = {
  name: "dynamic-update-slice-nothing",
  ops: ["stablehlo.dynamic_update_slice"],
  rewrite: (op, rewriter) =>
    isEmpty(op.operand(1)) ? rewriter.replaceWith(op, op.operand(0)) : false,
};

/** A gather of one window at a known place is a slice, reshaped where dimensions are collapsed. */
const gatherConstant: Pattern = {
  name: "gather-constant",
  ops: ["stablehlo.gather"],
  rewrite: (op, rewriter) => {
    const type = staticType(op.operand(0));
    const result = staticType(op.result());
    const indices = tensorOfConstant(op.operand(1));
    if (type === null || result === null || indices === null) return false;
    const { dimension_numbers: dims, slice_sizes: sizes } = attrsOf(stablehlo.gather, op);
    const single = indices.shape.length === 1 && dims.indexVectorDim === 0;
    if (!single || dims.operandBatchingDims.length > 0) return false;
    const starts = toNumbers(indices);
    const from = range(type.shape.length).map((dim) => {
      const position = dims.startIndexMap.indexOf(dim);
      const start = position === -1 ? 0 : at(starts, position);
      return clampStart(start, at(type.shape, dim), at(sizes, dim));
    });
    const limit = from.map((start, i) => start + at(sizes, i));
    const slice = rewriter.b.slice(op.operand(0), from, limit);
    return rewriter.replaceWith(op, rewriter.b.reshape(slice, result.shape));
  },
};

/** Operands that neither the results nor the comparator use are dropped. */
const sortUnused: Pattern = {
  name: "sort-unused",
  ops: ["stablehlo.sort"],
  rewrite: (op, rewriter) => {
    const { entry } = op.region();
    const isUsed = (i: number): boolean =>
      op.result(i).hasUses || at(entry.args, 2 * i).hasUses || at(entry.args, 2 * i + 1).hasUses;
    const kept = range(op.results.length).filter(isUsed);
    if (kept.length === op.results.length || kept.length === 0) return false;
    const copy = cloneOp(op);
    const { entry: body } = copy.region();
    for (const i of range(op.results.length).reverse())
      if (!kept.includes(i)) {
        body.eraseArgument(2 * i + 1);
        body.eraseArgument(2 * i);
      }
    const { dimension, is_stable: stable } = attrsOf(stablehlo.sort, op);
    const narrow = rewriter.b.builder.create(
      stablehlo.sort,
      { inputs: kept.map((i) => op.operand(i)) },
      { dimension, is_stable: stable },
      { resultTypes: kept.map((i) => op.result(i).type), regions: copy.regions },
    );
    copy.setOperands([]);
    replaceSome(op, kept, narrow.results, (from, to) => rewriter.replaceUses(from, to));
    rewriter.erase(op);
    return true;
  },
};

function replaceSome(
  op: Operation,
  kept: readonly number[],
  values: readonly Value[],
  replace: (from: Value, to: Value) => void,
): void {
  kept.forEach((from, to) => {
    replace(op.result(from), at(values, to));
  });
}

const sortDimension: Pattern = {
  name: "sort-dimension",
  ops: ["stablehlo.sort"],
  rewrite: (op, rewriter) => {
    const { dimension } = attrsOf(stablehlo.sort, op);
    const rank = dimsOf(op.operand(0)).length;
    if (dimension >= 0 || rank === 0) return false;
    op.properties.set("dimension", stablehlo.sort.attrs.dimension.encode(rank + dimension));
    return rewriter.modified(op);
  },
};

export const indexingSimplifications: readonly Pattern[] = [
  dynamicSliceConstant,
  updateAll,
  updateNothing,
  gatherConstant,
  sortUnused,
  sortDimension,
];
