/** @file Folds operations on constants by running the interpreter's kernels at compile time. */
import { evaluateOp } from "#lib/interp/interpret.ts";
import { DenseAttr, denseFromTensor, denseTensor } from "#lib/ir/attributes.ts";
import { Operation, type Value } from "#lib/ir/graph.ts";
import { isFloat, type Type, tensorType } from "#lib/ir/types.ts";
import { elementCount } from "#lib/support/shape.ts";
import { type Tensor, tensorBytes } from "#lib/tensors/tensor.ts";
import { denseOf, splatOf, staticType } from "../rewrite/match.ts";
import type { Rewriter } from "../rewrite/pattern.ts";

/** A constant of a type with one element repeated. */
const splatOver = (type: Type, scalar: Tensor): DenseAttr =>
  new DenseAttr(type, { bytes: tensorBytes(scalar).slice(), splat: true });

/** Constant tensors of all operands, or null. */
function operandTensors(op: Operation): Tensor[] | null {
  const tensors: Tensor[] = [];
  for (const value of op.operands) {
    const attr = denseOf(value);
    const tensor = attr === null ? null : denseTensor(attr);
    if (tensor === null) return null;
    tensors.push(tensor);
  }
  return tensors;
}

const scalarOf = (type: Type): Type =>
  type.kind === "tensor" ? tensorType([], type.element) : type;

/** An elementwise op on splats, computed on one element; null where that is not possible. */
function evaluateSplat(op: Operation): Tensor | null {
  if (op.def?.traits.has("elementwise") !== true || op.regions.length > 0) return null;
  const scalars: Tensor[] = [];
  for (const value of op.operands) {
    const scalar = splatOf(value);
    if (scalar === null) return null;
    scalars.push(scalar);
  }
  if (scalars.length === 0) return null;
  const one = new Operation({
    name: op.name,
    def: op.def,
    operands: op.operands,
    resultTypes: op.results.map(({ type }) => scalarOf(type)),
    properties: op.properties,
    loc: op.loc,
  });
  const results = evaluateOp(one, scalars);
  one.setOperands([]);
  return results?.[0] ?? null;
}

const isScalarLike = (value: Value): boolean => {
  const type = staticType(value);
  return type !== null && elementCount(type.shape) <= 1;
};

/** Work that a fold may do: elements read and written. */
function workOf(op: Operation): number {
  let count = 0;
  for (const value of [...op.operands, ...op.results]) {
    const type = staticType(value);
    if (type === null) return Number.POSITIVE_INFINITY;
    count += elementCount(type.shape);
  }
  return count;
}

/** Replaces an op on constants by its results; false where it is not on constants or over the limits. */
export function foldByEvaluation(op: Operation, rewriter: Rewriter): boolean {
  const { limits } = rewriter;
  if (!limits.optimizeFloat && op.results.some(({ type }) => isFloat(type))) return false;
  if (op.operandCount === 0 || !op.operands.every((value) => denseOf(value) !== null)) return false;
  if (!op.results.every((value) => staticType(value) !== null)) return false;
  const splat = op.results.length === 1 ? evaluateSplat(op) : null;
  if (splat !== null) return rewriter.replaceWithConstant(op, splatOver(op.result().type, splat));
  const small = op.results.every(isScalarLike) || workOf(op) <= 4 * limits.foldElementLimit;
  if (!small || largestResult(op) > limits.foldElementLimit) return false;
  const operands = operandTensors(op);
  const results = operands === null ? null : evaluateOp(op, operands);
  if (results === null || results.length !== op.results.length) return false;
  return rewriter.replace(
    op,
    results.map((tensor) => rewriter.constant(denseFromTensor(tensor))),
  );
}

const largestResult = (op: Operation): number =>
  Math.max(...op.results.map((value) => elementCount(staticType(value)?.shape ?? [])));
