/** @file StableHLO's control flow, barriers and calls to what is outside or composed. */

import { type Attribute, dictAttr } from "#lib/ir/attributes.ts";
import { type AttrSpec, defineOp } from "#lib/ir/op-def.ts";
import { any, bool, i32, optional, string, symbol, withDefault } from "../attr-kinds.ts";
import {
  branched,
  called,
  carried,
  composed,
  i32Tensor,
  predTensor,
  tensorOrToken,
} from "../type-constraints.ts";
import { barrierFormat, compositeFormat, customCallFormat, returnFormat } from "./formats.ts";
import {
  barrierRules,
  caseRules,
  compositeRules,
  customCallRules,
  ifRules,
  inferCase,
  inferIf,
  inferOperands,
  whileRules,
} from "./infer-control.ts";
import { whileFormat } from "./region-formats.ts";

const dictionary: AttrSpec<ReadonlyMap<string, Attribute>> = {
  description: "dictionary of named attribute values",
  decode: (attr) => (attr.kind === "dict" ? attr.entries : undefined),
  encode: dictAttr,
};

export const controlOps = {
  if: defineOp({
    name: "stablehlo.if",
    summary: "Runs one of two regions by a scalar predicate",
    operands: { pred: { type: predTensor } },
    attrs: {},
    results: { results: { type: branched, variadic: true } },
    regions: { true_branch: { blocks: "single" }, false_branch: { blocks: "single" } },
    traits: ["recursivelyPure"],
    infer: inferIf,
    constraints: ifRules,
  }),
  case: defineOp({
    name: "stablehlo.case",
    summary: "Runs one of several regions by an index; an index out of range takes the last",
    operands: { index: { type: i32Tensor } },
    attrs: {},
    results: { results: { type: branched, variadic: true } },
    regions: { branches: { blocks: "variadic" } },
    traits: ["recursivelyPure"],
    infer: inferCase,
    constraints: caseRules,
  }),
  while: defineOp({
    name: "stablehlo.while",
    summary: "Repeats a body while a condition on the carried values holds",
    format: whileFormat,
    operands: { operand: { type: carried, variadic: true } },
    attrs: {},
    results: { results: { type: carried, variadic: true } },
    regions: { cond: { blocks: "single" }, body: { blocks: "single" } },
    traits: ["recursivelyPure"],
    infer: inferOperands,
    constraints: whileRules,
  }),
  return: defineOp({
    name: "stablehlo.return",
    summary: "Ends a region with its results",
    format: returnFormat,
    operands: { results: { type: carried, variadic: true } },
    attrs: {},
    results: {},
    traits: ["pure", "terminator"],
    infer: () => [],
  }),
  optimization_barrier: defineOp({
    name: "stablehlo.optimization_barrier",
    summary: "Passes values through and keeps the compiler from moving work across",
    format: barrierFormat,
    operands: { operand: { type: tensorOrToken, variadic: true } },
    attrs: {},
    results: { result: { type: tensorOrToken, variadic: true } },
    traits: ["pure"],
    infer: inferOperands,
    constraints: barrierRules,
  }),
  custom_call: defineOp({
    name: "stablehlo.custom_call",
    summary: "Calls something that the implementation knows by name",
    format: customCallFormat,
    operands: { inputs: { type: called, variadic: true } },
    attrs: {
      call_target_name: string,
      has_side_effect: withDefault(bool, false),
      backend_config: optional(any),
      api_version: withDefault(i32, 1),
      called_computations: optional(any),
      operand_layouts: optional(any),
      result_layouts: optional(any),
      output_operand_aliases: optional(any),
    },
    results: { results: { type: called, variadic: true } },
    constraints: customCallRules,
  }),
  composite: defineOp({
    name: "stablehlo.composite",
    summary: "An op by name together with a function that says what it computes",
    format: compositeFormat,
    operands: { inputs: { type: composed, variadic: true } },
    attrs: {
      name: string,
      composite_attributes: optional(dictionary),
      decomposition: symbol,
      version: withDefault(i32, 0),
    },
    results: { results: { type: composed, variadic: true } },
    regions: { composite_regions: { blocks: "variadic" } },
    constraints: compositeRules,
  }),
};
