/** @file The builtin dialect: modules, and the casts that conversions leave behind. */

import { defineOp } from "#lib/ir/op-def.ts";
import { optional, string } from "../attr-kinds.ts";
import { anyType } from "../type-constraints.ts";
import { castFormat, moduleFormat } from "./formats.ts";

export const builtin = {
  module: defineOp({
    name: "builtin.module",
    summary: "A container of functions",
    format: moduleFormat,
    operands: {},
    attrs: { sym_name: optional(string), sym_visibility: optional(string) },
    results: {},
    regions: { body: { blocks: "single" } },
    traits: ["isolatedFromAbove", "symbolTable", "singleBlock", "noTerminator"],
    infer: () => [],
    constraints: {
      body: ({ op }) =>
        (op.regions[0]?.blocks[0]?.args.length ?? 0) > 0
          ? "op region should have no arguments"
          : null,
      attributes: ({ op }) => {
        const name = [...op.attributes.keys()].find((key) => !key.includes("."));
        return name === undefined
          ? null
          : `op can only contain attributes with dialect-prefixed names, found: '${name}'`;
      },
    },
  }),
  unrealized_conversion_cast: defineOp({
    name: "builtin.unrealized_conversion_cast",
    summary: "Stands between types during a conversion",
    format: castFormat,
    operands: { inputs: { type: anyType, variadic: true } },
    attrs: {},
    results: { outputs: { type: anyType, variadic: true } },
    traits: ["pure"],
    constraints: {
      outputs: ({ results: { outputs } }) =>
        outputs.length > 0 ? null : "op expected at least one result for cast operation",
    },
  }),
};
