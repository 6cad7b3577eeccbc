/** @file The rule of every StableHLO op; an op without one is a compile error here. */
import { type StablehloOpName, stablehloName } from "#lib/dialects/stablehlo/ops.ts";
import type { Operation } from "#lib/ir/graph.ts";
import type { AnyOpDef } from "#lib/ir/op-def.ts";
import { noRule, type RuleOf, type VjpRules } from "../rule.ts";
import { contractRules } from "./contract.ts";
import { controlRules } from "./control.ts";
import { elementwiseRules } from "./elementwise.ts";
import { indexingRules } from "./indexing.ts";
import { reduceRules } from "./reduce.ts";
import { shapeRules } from "./shape.ts";

export const vjpRules: VjpRules<StablehloOpName> = {
  ...elementwiseRules,
  ...shapeRules,
  ...indexingRules,
  ...contractRules,
  ...reduceRules,
  ...controlRules,
};

const unknown = noRule("there is no gradient rule for it");
const openCall = noRule("the called function is recursive, has no body or must not be inlined");

/** The rule of an operation, whatever its dialect. */
export function ruleOf(op: Operation): RuleOf<AnyOpDef> {
  if (op.name === "arith.constant") return vjpRules.constant;
  if (op.name === "func.call") return openCall;
  const name = stablehloName(op.name);
  return name === null ? unknown : (vjpRules[name] as RuleOf<AnyOpDef>);
}
