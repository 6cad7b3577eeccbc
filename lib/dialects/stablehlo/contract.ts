/** @file StableHLO's contractions. */
import { defineOp } from "#lib/ir/op-def.ts";
import { any, optional } from "../attr-kinds.ts";
import { anyTensor } from "../type-constraints.ts";
import { dotDimensions, precisionConfig } from "./attrs.ts";

export const contractOps = {
  dot: defineOp({
    name: "stablehlo.dot",
    summary: "Product of vectors and matrices",
    operands: { lhs: { type: anyTensor }, rhs: { type: anyTensor } },
    attrs: { precision_config: optional(precisionConfig) },
    results: { result: { type: anyTensor } },
    traits: ["pure"],
  }),
  dot_general: defineOp({
    name: "stablehlo.dot_general",
    summary: "Sum of products over contracting dimensions, per batching dimension",
    operands: { lhs: { type: anyTensor }, rhs: { type: anyTensor } },
    attrs: {
      dot_dimension_numbers: dotDimensions,
      precision_config: optional(precisionConfig),
      algorithm: optional(any),
    },
    results: { result: { type: anyTensor } },
    traits: ["pure"],
  }),
};
