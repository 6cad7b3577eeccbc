/** @file StableHLO's constants and data movement that depends on shapes only. */
import { defineOp } from "#lib/ir/op-def.ts";
import { elements, i64, i64Array } from "../attr-kinds.ts";
import { anyTensor, dimensionTensor, intFpOrComplexTensor } from "../type-constraints.ts";

export const shapeOps = {
  constant: defineOp({
    name: "stablehlo.constant",
    summary: "A constant tensor",
    operands: {},
    attrs: { value: elements },
    results: { output: { type: anyTensor } },
    traits: ["pure", "constantLike"],
  }),
  iota: defineOp({
    name: "stablehlo.iota",
    summary: "Counts up from 0 along a dimension",
    operands: {},
    attrs: { iota_dimension: i64 },
    results: { output: { type: intFpOrComplexTensor } },
    traits: ["pure"],
  }),
  dynamic_iota: defineOp({
    name: "stablehlo.dynamic_iota",
    summary: "Counts up from 0 along a dimension of a shape that is an operand",
    operands: { output_shape: { type: dimensionTensor } },
    attrs: { iota_dimension: i64 },
    results: { result: { type: intFpOrComplexTensor } },
    traits: ["pure"],
  }),
  broadcast_in_dim: defineOp({
    name: "stablehlo.broadcast_in_dim",
    summary: "Maps dimensions into a larger shape and repeats along the others",
    operands: { operand: { type: anyTensor } },
    attrs: { broadcast_dimensions: i64Array },
    results: { result: { type: anyTensor } },
    traits: ["pure"],
  }),
  reshape: defineOp({
    name: "stablehlo.reshape",
    summary: "The same elements in the same order under another shape",
    operands: { operand: { type: anyTensor } },
    attrs: {},
    results: { result: { type: anyTensor } },
    traits: ["pure"],
  }),
  transpose: defineOp({
    name: "stablehlo.transpose",
    summary: "Permutes dimensions: result dimension i is operand dimension permutation[i]",
    operands: { operand: { type: anyTensor } },
    attrs: { permutation: i64Array },
    results: { result: { type: anyTensor } },
    traits: ["pure"],
  }),
  reverse: defineOp({
    name: "stablehlo.reverse",
    summary: "Reverses the order along dimensions",
    operands: { operand: { type: anyTensor } },
    attrs: { dimensions: i64Array },
    results: { result: { type: anyTensor } },
    traits: ["pure", "sameOperandsAndResultType"],
  }),
  slice: defineOp({
    name: "stablehlo.slice",
    summary: "A strided window at constant bounds",
    operands: { operand: { type: anyTensor } },
    attrs: { start_indices: i64Array, limit_indices: i64Array, strides: i64Array },
    results: { result: { type: anyTensor } },
    traits: ["pure"],
  }),
  pad: defineOp({
    name: "stablehlo.pad",
    summary: "Adds a value around and between elements; negative amounts cut",
    operands: { operand: { type: anyTensor }, padding_value: { type: anyTensor } },
    attrs: {
      edge_padding_low: i64Array,
      edge_padding_high: i64Array,
      interior_padding: i64Array,
    },
    results: { result: { type: anyTensor } },
    traits: ["pure"],
  }),
  concatenate: defineOp({
    name: "stablehlo.concatenate",
    summary: "Joins tensors along a dimension",
    operands: { inputs: { type: anyTensor, variadic: true } },
    attrs: { dimension: i64 },
    results: { result: { type: anyTensor } },
    traits: ["pure"],
  }),
};
