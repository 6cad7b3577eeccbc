/** @file StableHLO's ops that read or write at positions known at run time, and sort. */

import { defineOp } from "#lib/ir/op-def.ts";
import { bool, i64, i64Array, withDefault } from "../attr-kinds.ts";
import { anyTensor, indexOrIntTensor, intTensor, scalarIntTensor } from "../type-constraints.ts";
import { gatherDimensions, scatterDimensions } from "./attrs.ts";
import { dynamicSliceFormat, operandsFormat } from "./formats.ts";
import {
  dynamicSliceRules,
  dynamicUpdateSliceRules,
  gatherRules,
  inferDynamicSlice,
  inferDynamicUpdateSlice,
  inferGather,
} from "./infer-indexing.ts";
import { inferScatter, inferSort, scatterRules, sortRules } from "./infer-scatter.ts";

export const indexingOps = {
  dynamic_slice: defineOp({
    name: "stablehlo.dynamic_slice",
    summary: "A window at clamped start indices",
    format: dynamicSliceFormat,
    operands: {
      operand: { type: anyTensor },
      start_indices: { type: scalarIntTensor, variadic: true },
    },
    attrs: { slice_sizes: i64Array },
    results: { result: { type: anyTensor } },
    traits: ["pure"],
    infer: inferDynamicSlice,
    constraints: dynamicSliceRules,
  }),
  dynamic_update_slice: defineOp({
    name: "stablehlo.dynamic_update_slice",
    summary: "The operand with a window at clamped start indices replaced",
    format: operandsFormat,
    operands: {
      operand: { type: anyTensor },
      update: { type: anyTensor },
      start_indices: { type: scalarIntTensor, variadic: true },
    },
    attrs: {},
    results: { result: { type: anyTensor } },
    traits: ["pure"],
    infer: inferDynamicUpdateSlice,
    constraints: dynamicUpdateSliceRules,
  }),
  gather: defineOp({
    name: "stablehlo.gather",
    summary: "Windows at clamped start indices, one per index vector",
    operands: { operand: { type: anyTensor }, start_indices: { type: intTensor } },
    attrs: {
      dimension_numbers: gatherDimensions,
      slice_sizes: i64Array,
      indices_are_sorted: withDefault(bool, false),
    },
    results: { result: { type: anyTensor } },
    traits: ["pure"],
    infer: inferGather,
    constraints: gatherRules,
  }),
  scatter: defineOp({
    name: "stablehlo.scatter",
    summary: "Combines updates into the inputs at indices; what falls outside is dropped",
    operands: {
      inputs: { type: anyTensor, variadic: true },
      scatter_indices: { type: indexOrIntTensor },
      updates: { type: anyTensor, variadic: true },
    },
    attrs: {
      scatter_dimension_numbers: scatterDimensions,
      indices_are_sorted: withDefault(bool, false),
      unique_indices: withDefault(bool, false),
    },
    results: { results: { type: anyTensor, variadic: true } },
    regions: { update_computation: { blocks: "single" } },
    traits: ["recursivelyPure"],
    infer: inferScatter,
    constraints: scatterRules,
  }),
  sort: defineOp({
    name: "stablehlo.sort",
    summary: "Sorts one or more tensors together along a dimension by a comparator",
    operands: { inputs: { type: anyTensor, variadic: true } },
    attrs: { dimension: withDefault(i64, -1), is_stable: withDefault(bool, false) },
    results: { results: { type: anyTensor, variadic: true } },
    regions: { comparator: { blocks: "single" } },
    traits: ["recursivelyPure"],
    infer: inferSort,
    constraints: sortRules,
  }),
};
