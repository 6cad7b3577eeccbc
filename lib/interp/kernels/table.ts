/** @file All kernels: one for every StableHLO op that has a record, so that a forgotten one is a compile error. */
import { arith } from "#lib/dialects/arith/ops.ts";
import { func } from "#lib/dialects/func/ops.ts";
import { type StablehloOpName, stablehlo, stablehloName } from "#lib/dialects/stablehlo/ops.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { type AnyOpDef, attrsOf, type OpView, viewOf } from "#lib/ir/op-def.ts";
import { type KernelTable, type Plan, type PlanContext, Unsupported, valueSpec } from "../plan.ts";
import { checkKernels, checkName } from "./check.ts";
import { contractKernels } from "./contract.ts";
import { callPlan, controlKernels } from "./control.ts";
import { elementwiseKernels } from "./elementwise.ts";
import { indexingKernels } from "./indexing.ts";
import { reduceKernels } from "./reduce.ts";
import { constantPlan, shapeKernels } from "./shape.ts";

/** One kernel per StableHLO op. */
export const kernels: KernelTable<StablehloOpName> = {
  ...elementwiseKernels,
  ...shapeKernels,
  ...indexingKernels,
  ...contractKernels,
  ...reduceKernels,
  ...controlKernels,
};

/** Any kernel, once its record is known to be the op's. */
type AnyKernel = (view: OpView<AnyOpDef>, context: PlanContext) => Plan | Unsupported;

/** Plans an op whose operands, attributes and types are sound; Unsupported where there is no kernel. */
export function planOp(op: Operation, context: PlanContext): Plan | Unsupported {
  const name = stablehloName(op.name);
  if (name !== null)
    return (kernels[name] as unknown as AnyKernel)(viewOf(stablehlo[name], op), context);
  const checking = checkName(op.name);
  if (checking !== null) return checkKernels[checking](op);
  switch (op.name) {
    case "arith.constant":
      return constantPlan(attrsOf(arith.constant, op).value, valueSpec(op.result()));
    case "func.call":
      return callPlan(attrsOf(func.call, op).callee, op, context);
    default:
      return new Unsupported("has no kernel in the interpreter");
  }
}
