/** @file Every record of every dialect, and the context that tools parse in. */
import { Context, type ContextOptions } from "#lib/ir/context.ts";
import type { AnyOpDef } from "#lib/ir/op-def.ts";
import { arith } from "./arith/ops.ts";
import { builtin } from "./builtin/ops.ts";
import { check } from "./check/ops.ts";
import { func } from "./func/ops.ts";
import { genericStablehloOps } from "./stablehlo/generic-ops.ts";
import { stablehlo } from "./stablehlo/ops.ts";

/** All op records. */
export const allOps: readonly AnyOpDef[] = [builtin, func, arith, stablehlo, check].flatMap(
  (dialect) => Object.values<AnyOpDef>(dialect),
);

/** A context with every dialect of this project. */
export const makeContext = (options: ContextOptions = {}): Context =>
  new Context(allOps, { dialects: ["arith", "chlo", "vhlo"], ops: genericStablehloOps }, options);
