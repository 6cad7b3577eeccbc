/** @file Facts about emitted functions: operations by origin, rules used, bytes kept for the backward pass, bytes of state. */
import type { Loc } from "#lib/diag/loc.ts";
import { functionName, PCP_ROLE, resultAttrsOf, stringOf } from "#lib/dialects/func/functions.ts";
import type { Operation, Value } from "#lib/ir/graph.ts";
import { dtypeOf, elementOf, type Type } from "#lib/ir/types.ts";
import { at } from "#lib/support/shape.ts";
import { tensorByteLength } from "#lib/tensors/tensor.ts";
import type { Emitted } from "./emit.ts";
import { VJP } from "./reverse.ts";

export interface FunctionReport {
  readonly name: string;
  /** Operations in all, without those inside regions and the return. */
  readonly ops: number;
  readonly forwardOps: number;
  readonly gradientOps: number;
  readonly otherOps: number;
  readonly opsByName: { readonly [name: string]: number };
  /** Bytes that the forward computes and the backward reads: what has to be kept in between. */
  readonly residualBytes: number;
  /** Bytes of the optimizer's state. */
  readonly stateBytes: number;
}

export interface Report {
  readonly function: string;
  readonly wrt: readonly string[];
  readonly rules: { readonly [name: string]: number };
  readonly functions: readonly FunctionReport[];
  /** What was assumed, and which arguments do not matter. */
  readonly notes: readonly string[];
}

type Origin = "forward" | "gradient" | "other";

function originOf(loc: Loc): Origin {
  if (loc.kind !== "fused" || loc.metadata === null) return "forward";
  return loc.metadata === JSON.stringify(VJP) ? "gradient" : "other";
}

function bytesOf(type: Type): number {
  const dtype = dtypeOf(elementOf(type));
  return type.kind === "tensor" && dtype !== null ? tensorByteLength(dtype, type.shape) : 0;
}

const isFree = ({ name, operandCount }: Operation): boolean =>
  operandCount === 0 || name === "stablehlo.reshape";

/** The value whose storage a value shares. */
const storageOf = (value: Value): Value =>
  value.op?.name === "stablehlo.reshape" ? storageOf(value.op.operand(0)) : value;

/** Sizes of the values that one side of a function computes and the other reads. */
function residualBytes(ops: readonly Operation[]): number {
  const kept = new Set<Value>();
  for (const op of ops) {
    if (originOf(op.loc) !== "gradient") continue;
    for (const operand of op.operands) {
      const value = storageOf(operand);
      if (value.op !== null && !isFree(value.op) && originOf(value.op.loc) === "forward")
        kept.add(value);
    }
  }
  let total = 0;
  for (const { type } of kept) total += bytesOf(type);
  return total;
}

function functionReport(fn: Operation): FunctionReport {
  const ops = fn.region().entry.ops.slice(0, -1);
  const counts: { [name: string]: number } = {};
  for (const { name } of [...ops].sort((a, b) => (a.name < b.name ? -1 : 1)))
    counts[name] = (counts[name] ?? 0) + 1;
  const ofOrigin = (origin: Origin): number =>
    ops.filter(({ loc }) => originOf(loc) === origin).length;
  const attrs = resultAttrsOf(fn);
  const results = fn.region().entry.last?.operands ?? [];
  const state = results.filter((_, i) => stringOf(at(attrs, i), PCP_ROLE) === "state");
  return {
    name: functionName(fn),
    ops: ops.length,
    forwardOps: ofOrigin("forward"),
    gradientOps: ofOrigin("gradient"),
    otherOps: ofOrigin("other"),
    opsByName: counts,
    residualBytes: residualBytes(ops),
    stateBytes: state.reduce((sum, { type }) => sum + bytesOf(type), 0),
  };
}

/** The report of what was emitted. */
export const reportOf = ({ functions, signature, wrt, rulesUsed, notes }: Emitted): Report => ({
  function: signature.name,
  wrt: wrt.map(({ name }) => name),
  rules: Object.fromEntries([...rulesUsed].sort(([a], [b]) => (a < b ? -1 : 1))),
  functions: functions.map(functionReport),
  notes,
});
