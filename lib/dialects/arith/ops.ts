/** @file The one op of the arith dialect that torch-mlir leaves in StableHLO modules. */
import { defineOp } from "#lib/ir/op-def.ts";
import { any } from "../attr-kinds.ts";
import { anyType } from "../type-constraints.ts";

export const arith = {
  constant: defineOp({
    name: "arith.constant",
    summary: "A constant of any type",
    operands: {},
    attrs: { value: any },
    results: { result: { type: anyType } },
    traits: ["pure", "constantLike"],
    infer: ({ attrs: { value } }) =>
      "type" in value && value.type !== null ? [value.type] : "constant without a type",
  }),
};
