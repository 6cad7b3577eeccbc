/** @file Folds of data movement on constants. */
import { stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import { evaluateOp } from "#lib/interp/interpret.ts";
import { DenseAttr, denseFromTensor } from "#lib/ir/attributes.ts";
import type { Operation, Value } from "#lib/ir/graph.ts";
import { attrsOf } from "#lib/ir/op-def.ts";
import { tensorType } from "#lib/ir/types.ts";
import { at, elementCount } from "#lib/support/shape.ts";
import { denseOf, splatOf, staticType } from "../rewrite/match.ts";
import type { Pattern, Rewriter } from "../rewrite/pattern.ts";
import { foldByEvaluation } from "./evaluate.ts";

/** The operand's splat over the result's type, however large; false where the operand is none. */
function moveSplat(op: Operation, rewriter: Rewriter): boolean {
  const attr = denseOf(op.operand(0));
  const type = staticType(op.result());
  if (attr === null || type === null || splatOf(op.operand(0)) === null) return false;
  if (elementCount(type.shape) === 0 || attr.bytes.length === 0) return false;
  return rewriter.replaceWithConstant(op, new DenseAttr(type, { bytes: attr.bytes, splat: true }));
}

/** Only splats are broadcast: other constants would grow. */
const foldBroadcast: Pattern = {
  name: "fold-broadcast-in-dim",
  ops: ["stablehlo.broadcast_in_dim"],
  rewrite: moveSplat,
};

/** A constant under another shape keeps its bytes, however many. */
const foldReshape: Pattern = {
  name: "fold-reshape",
  ops: ["stablehlo.reshape"],
  rewrite: (op, rewriter) => {
    const attr = denseOf(op.operand(0));
    const type = staticType(op.result());
    if (attr === null || type === null) return false;
    const { bytes, isSplat } = attr;
    return rewriter.replaceWithConstant(op, new DenseAttr(type, { bytes, splat: isSplat }));
  },
};

/** Ops whose result has only elements of the first operand. */
const foldMovement: readonly Pattern[] = (
  ["slice", "transpose", "reverse", "dynamic_slice", "gather"] as const
).map((name) => ({
  name: `fold-${name.replaceAll("_", "-")}`,
  ops: [`stablehlo.${name}`],
  rewrite: (op, rewriter) => moveSplat(op, rewriter) || foldByEvaluation(op, rewriter),
}));

const sameSplat = (values: readonly Value[]): DenseAttr | null => {
  const first = denseOf(at(values, 0));
  if (first === null) return null;
  const same = values.every((value) => {
    const attr = denseOf(value);
    if (attr === null || splatOf(value) === null || attr.bytes.length === 0) return false;
    return attr.bytes.every((byte, i) => byte === first.bytes[i]);
  });
  return same ? first : null;
};

/** Constants joined; equal splats at any size. */
const foldConcatenate: Pattern = {
  name: "fold-concatenate",
  ops: ["stablehlo.concatenate"],
  rewrite: (op, rewriter) => {
    if (op.operandCount === 0) return false;
    const splat = sameSplat(op.operands);
    const type = staticType(op.result());
    if (splat !== null && type !== null)
      return rewriter.replaceWithConstant(
        op,
        new DenseAttr(type, { bytes: splat.bytes, splat: true }),
      );
    return foldByEvaluation(op, rewriter) || joinNeighbours(op, rewriter);
  },
};

/** Equal splats beside each other among other operands become one constant. */
function joinNeighbours(op: Operation, rewriter: Rewriter): boolean {
  const { dimension } = attrsOf(stablehlo.concatenate, op);
  const { operands } = op;
  for (let i = 0; i + 1 < operands.length; i++) {
    const pair = operands.slice(i, i + 2);
    const splat = sameSplat(pair);
    const [a, b] = [staticType(at(pair, 0)), staticType(at(pair, 1))];
    if (splat === null || a === null || b === null) continue;
    const shape = a.shape.with(dimension, at(a.shape, dimension) + at(b.shape, dimension));
    const type = tensorType(shape, a.element);
    const joined = rewriter.constant(new DenseAttr(type, { bytes: splat.bytes, splat: true }));
    rewriter.setOperands(op, [...operands.slice(0, i), joined, ...operands.slice(i + 2)]);
    return true;
  }
  return false;
}

const foldPad: Pattern = {
  name: "fold-pad",
  ops: ["stablehlo.pad"],
  rewrite: (op, rewriter) => {
    const splat = sameSplat(op.operands);
    const type = staticType(op.result());
    if (splat !== null && type !== null && elementCount(type.shape) > 0)
      return rewriter.replaceWithConstant(
        op,
        new DenseAttr(type, { bytes: splat.bytes, splat: true }),
      );
    return foldByEvaluation(op, rewriter);
  },
};

/** A counting tensor as a constant, within the limit. */
const foldIota: Pattern = {
  name: "fold-iota",
  ops: ["stablehlo.iota"],
  rewrite: (op, rewriter) => {
    const type = staticType(op.result());
    if (type === null || elementCount(type.shape) > rewriter.limits.foldElementLimit) return false;
    const [tensor] = evaluateOp(op, []) ?? [];
    return tensor === undefined ? false : rewriter.replaceWithConstant(op, denseFromTensor(tensor));
  },
};

/** Folds that make nothing much bigger. */
export const shapeFolds: readonly Pattern[] = [
  foldBroadcast,
  foldReshape,
  ...foldMovement,
  foldConcatenate,
  foldPad,
];

/** Folds that write out what an op counts. */
export const iotaFolds: readonly Pattern[] = [foldIota];
