/** @file The one op of the arith dialect that torch-mlir leaves in StableHLO modules. */

import type { Attribute } from "#lib/ir/attributes.ts";
import { defineOp, type Inferred } from "#lib/ir/op-def.ts";
import { integerType } from "#lib/ir/types.ts";
import { any } from "../attr-kinds.ts";
import { anyType } from "../type-constraints.ts";
import { constantFormat } from "./formats.ts";

/** The type of the value. */
function inferConstant(value: Attribute): Inferred {
  if (value.kind === "bool") return [integerType(1)];
  return "type" in value && value.type !== null && value.kind !== "type"
    ? [value.type]
    : "op failed to verify that all of {value, result} have same type";
}

export const arith = {
  constant: defineOp({
    name: "arith.constant",
    summary: "A constant of any type",
    format: constantFormat,
    operands: {},
    attrs: { value: any },
    results: { result: { type: anyType } },
    traits: ["pure", "constantLike"],
    infer: ({ attrs: { value } }) => inferConstant(value),
    constraints: {
      type: ({ attrs: { value }, results: { result } }) => {
        const inferred = inferConstant(value);
        return typeof inferred !== "string" && inferred[0] === result
          ? null
          : "op failed to verify that all of {value, result} have same type";
      },
      signless: ({ results: { result } }) =>
        result.kind === "integer" && result.signedness !== "signless"
          ? "op integer return type must be signless"
          : null,
    },
  }),
};
