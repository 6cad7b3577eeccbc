/** @file StableHLO's contractions. */

import { defineOp } from "#lib/ir/op-def.ts";
import { any, optional } from "../attr-kinds.ts";
import { anyTensor, anyTensorPerAxis } from "../type-constraints.ts";
import { dotDimensions, precisionConfig } from "./attrs.ts";
import { dotFormat, dotGeneralFormat } from "./formats.ts";
import { dotGeneralRules, dotRules } from "./infer-contract.ts";

export const contractOps = {
  dot: defineOp({
    name: "stablehlo.dot",
    summary: "Product of vectors and matrices",
    format: dotFormat,
    operands: { lhs: { type: anyTensor }, rhs: { type: anyTensorPerAxis } },
    attrs: { precision_config: optional(precisionConfig) },
    results: { result: { type: anyTensorPerAxis } },
    traits: ["pure"],
    constraints: dotRules,
  }),
  dot_general: defineOp({
    name: "stablehlo.dot_general",
    summary: "Sum of products over contracting dimensions, per batching dimension",
    format: dotGeneralFormat,
    operands: { lhs: { type: anyTensor }, rhs: { type: anyTensorPerAxis } },
    attrs: {
      dot_dimension_numbers: dotDimensions,
      precision_config: optional(precisionConfig),
      algorithm: optional(any),
    },
    results: { result: { type: anyTensorPerAxis } },
    traits: ["pure"],
    constraints: dotGeneralRules,
  }),
};
