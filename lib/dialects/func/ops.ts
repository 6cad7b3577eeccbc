/** @file The func dialect: functions, calls, returns. */

import type { Attribute } from "#lib/ir/attributes.ts";
import { type AttrSpec, defineOp } from "#lib/ir/op-def.ts";
import type { FunctionType } from "#lib/ir/types.ts";
import { any, optional, string, symbol, type as typeKind } from "../attr-kinds.ts";
import { anyType } from "../type-constraints.ts";
import { callRules, functionRules, returnRules } from "./constraints.ts";
import { callFormat, funcFormat, returnFormat } from "./formats.ts";

const functionType: AttrSpec<FunctionType> = {
  description: "type attribute of function type",
  decode: (attr) => (attr.kind === "type" && attr.type.kind === "function" ? attr.type : undefined),
  encode: (value) => typeKind.encode(value),
};

/** One dictionary per argument or result. */
const dictionaries: AttrSpec<readonly ReadonlyMap<string, Attribute>[]> = {
  description: "Array of dictionary attributes",
  decode: (attr) => {
    if (attr.kind !== "array") return undefined;
    const entries: ReadonlyMap<string, Attribute>[] = [];
    for (const element of attr.elements) {
      if (element.kind !== "dict") return undefined;
      entries.push(element.entries);
    }
    return entries;
  },
  encode: (values) => ({
    kind: "array",
    elements: values.map((entries) => ({ kind: "dict", entries })),
  }),
};

export const func = {
  func: defineOp({
    name: "func.func",
    summary: "A function; without a body it is declared only",
    format: funcFormat,
    operands: {},
    attrs: {
      sym_name: string,
      function_type: functionType,
      sym_visibility: optional(string),
      arg_attrs: optional(dictionaries),
      res_attrs: optional(dictionaries),
      no_inline: optional(any),
    },
    results: {},
    regions: { body: { blocks: "any" } },
    traits: ["isolatedFromAbove", "symbol"],
    infer: () => [],
    constraints: functionRules,
  }),
  call: defineOp({
    name: "func.call",
    summary: "Calls a function of the module by name",
    format: callFormat,
    operands: { operands: { type: anyType, variadic: true } },
    attrs: {
      callee: symbol,
      arg_attrs: optional(dictionaries),
      res_attrs: optional(dictionaries),
      no_inline: optional(any),
    },
    results: { results: { type: anyType, variadic: true } },
    constraints: callRules,
  }),
  return: defineOp({
    name: "func.return",
    summary: "Ends a function with its results",
    format: returnFormat,
    operands: { operands: { type: anyType, variadic: true } },
    attrs: {},
    results: {},
    traits: ["pure", "terminator"],
    infer: () => [],
    constraints: returnRules,
  }),
};
