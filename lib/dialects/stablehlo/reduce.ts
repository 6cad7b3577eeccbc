/** @file StableHLO's reductions. */

import { defineOp } from "#lib/ir/op-def.ts";
import { i64Array, i64Matrix, optional } from "../attr-kinds.ts";
import { anyTensor } from "../type-constraints.ts";
import { inferReduce, inferReduceWindow, reduceRules, reduceWindowRules } from "./infer-reduce.ts";
import { reduceFormat } from "./region-formats.ts";

export const reduceOps = {
  reduce: defineOp({
    name: "stablehlo.reduce",
    summary: "Combines elements along dimensions, starting from initial values",
    format: reduceFormat,
    operands: {
      inputs: { type: anyTensor, variadic: true },
      init_values: { type: anyTensor, variadic: true },
    },
    attrs: { dimensions: i64Array },
    results: { results: { type: anyTensor, variadic: true } },
    regions: { body: { blocks: "single" } },
    traits: ["recursivelyPure"],
    infer: inferReduce,
    constraints: reduceRules,
  }),
  reduce_window: defineOp({
    name: "stablehlo.reduce_window",
    summary: "Combines the elements of each window, starting from initial values",
    operands: {
      inputs: { type: anyTensor, variadic: true },
      init_values: { type: anyTensor, variadic: true },
    },
    attrs: {
      window_dimensions: i64Array,
      window_strides: optional(i64Array),
      base_dilations: optional(i64Array),
      window_dilations: optional(i64Array),
      padding: optional(i64Matrix),
    },
    results: { results: { type: anyTensor, variadic: true } },
    regions: { body: { blocks: "single" } },
    traits: ["recursivelyPure"],
    infer: inferReduceWindow,
    constraints: reduceWindowRules,
  }),
};
