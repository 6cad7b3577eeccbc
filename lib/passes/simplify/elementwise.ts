/** @file Simplifications of elementwise ops, after StableHLO's own. */
import type { ComparisonDirection } from "#lib/dialects/stablehlo/attrs.ts";
import { stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import type { Operation, Value } from "#lib/ir/graph.ts";
import { attrsOf } from "#lib/ir/op-def.ts";
import { isFloat, isInteger } from "#lib/ir/types.ts";
import { definedBy, denseOf, isAllOnes, isZero, splatNumber, splatOf } from "../rewrite/match.ts";
import type { Pattern } from "../rewrite/pattern.ts";

const COMMUTATIVE = ["add", "and", "maximum", "minimum", "multiply", "or", "xor"].map(
  (name) => `stablehlo.${name}`,
);

/** Constants go to the right, where the other patterns look for them. */
const constantToRhs: Pattern = {
  name: "constant-to-rhs",
  ops: COMMUTATIVE,
  rewrite: (op, rewriter) => {
    const [lhs, rhs] = [op.operand(0), op.operand(1)];
    if (denseOf(lhs) === null || denseOf(rhs) !== null) return false;
    rewriter.setOperands(op, [rhs, lhs]);
    return true;
  },
};

/** A pattern that replaces a binary op by its left operand. */
const lhsWhere = (
  name: string,
  ops: readonly string[],
  holds: (rhs: Value, op: Operation) => boolean,
): Pattern => ({
  name,
  ops: ops.map((op) => `stablehlo.${op}`),
  rewrite: (op, rewriter) =>
    op.operand(0).type === op.result().type && holds(op.operand(1), op)
      ? rewriter.replaceWith(op, op.operand(0))
      : false,
});

/** A pattern that replaces a binary op by its right operand, a constant. */
const rhsWhere = (name: string, op: string, holds: (rhs: Value) => boolean): Pattern => ({
  name,
  ops: [`stablehlo.${op}`],
  rewrite: (found, rewriter) =>
    found.operand(1).type === found.result().type && holds(found.operand(1))
      ? rewriter.replaceWith(found, found.operand(1))
      : false,
});

const noops: readonly Pattern[] = [
  // As upstream, for floats too: -0 + 0 becomes -0.
  lhsWhere("add-zero", ["add"], isZero),
  lhsWhere("subtract-zero", ["subtract"], isZero),
  lhsWhere("multiply-one", ["multiply"], (rhs) => splatNumber(rhs) === 1),
  lhsWhere("or-zero", ["or"], isZero),
  lhsWhere("xor-zero", ["xor"], isZero),
  lhsWhere("and-ones", ["and"], isAllOnes),
  rhsWhere("and-zero", "and", isZero),
  rhsWhere("or-ones", "or", isAllOnes),
  rhsWhere("multiply-integer-zero", "multiply", (rhs) => isInteger(rhs.type) && isZero(rhs)),
];

/** x - x and x ^ x are 0 for integers. */
const selfIsZero: Pattern = {
  name: "self-is-zero",
  ops: ["stablehlo.subtract", "stablehlo.xor"],
  rewrite: (op, rewriter) =>
    op.operand(0) === op.operand(1) && isInteger(op.result().type)
      ? rewriter.replaceWith(op, rewriter.b.splat(op.result().type, 0))
      : false,
};

const MIRRORED: { readonly [K in ComparisonDirection]: ComparisonDirection } = {
  EQ: "EQ",
  NE: "NE",
  GE: "LE",
  GT: "LT",
  LE: "GE",
  LT: "GT",
};

const compareConstantToRhs: Pattern = {
  name: "compare-constant-to-rhs",
  ops: ["stablehlo.compare"],
  rewrite: (op, rewriter) => {
    const [lhs, rhs] = [op.operand(0), op.operand(1)];
    if (splatOf(lhs) === null || denseOf(rhs) !== null) return false;
    const { comparison_direction: direction } = attrsOf(stablehlo.compare, op);
    op.properties.set(
      "comparison_direction",
      stablehlo.compare.attrs.comparison_direction.encode(MIRRORED[direction]),
    );
    rewriter.setOperands(op, [rhs, lhs]);
    return true;
  },
};

/** Comparing an integer with itself has a known answer; a float may be NaN. */
const compareSelf: Pattern = {
  name: "compare-self",
  ops: ["stablehlo.compare"],
  rewrite: (op, rewriter) => {
    if (op.operand(0) !== op.operand(1) || !isInteger(op.operand(0).type)) return false;
    const { comparison_direction: direction } = attrsOf(stablehlo.compare, op);
    const answer = direction === "EQ" || direction === "GE" || direction === "LE";
    return rewriter.replaceWith(op, rewriter.b.splat(op.result().type, answer ? 1 : 0));
  },
};

/** `x != false` and `x == true` are x. */
const compareWithBool: Pattern = {
  name: "compare-with-bool",
  ops: ["stablehlo.compare"],
  rewrite: (op, rewriter) => {
    const [lhs, rhs] = [op.operand(0), op.operand(1)];
    if (lhs.type !== op.result().type) return false;
    const { comparison_direction: direction } = attrsOf(stablehlo.compare, op);
    const value = splatNumber(rhs);
    const same = (direction === "NE" && value === 0) || (direction === "EQ" && value === 1);
    return same ? rewriter.replaceWith(op, lhs) : false;
  },
};

const selectSame: Pattern = {
  name: "select-same",
  ops: ["stablehlo.select"],
  rewrite: (op, rewriter) =>
    op.operand(1) === op.operand(2) ? rewriter.replaceWith(op, op.operand(1)) : false,
};

export const selectConstant: Pattern = {
  name: "select-constant",
  ops: ["stablehlo.select"],
  rewrite: (op, rewriter) => {
    const value = splatNumber(op.operand(0));
    return value === null ? false : rewriter.replaceWith(op, op.operand(value !== 0 ? 1 : 2));
  },
};

/** `select(not p, a, b)` is `select(p, b, a)`. */
const selectNot: Pattern = {
  name: "select-not",
  ops: ["stablehlo.select"],
  rewrite: (op, rewriter) => {
    const not = definedBy(op.operand(0), "stablehlo.not");
    if (not === null) return false;
    rewriter.setOperands(op, [not.operand(0), op.operand(2), op.operand(1)]);
    return true;
  },
};

/** `select(broadcast(not p), a, b)` is `select(broadcast(p), b, a)`. */
const selectBroadcastNot: Pattern = {
  name: "select-broadcast-not",
  ops: ["stablehlo.select"],
  rewrite: (op, rewriter) => {
    const broadcast = definedBy(op.operand(0), "stablehlo.broadcast_in_dim");
    const not = broadcast === null ? null : definedBy(broadcast.operand(0), "stablehlo.not");
    if (broadcast === null || not === null) return false;
    const { broadcast_dimensions: dims } = attrsOf(stablehlo.broadcast_in_dim, broadcast);
    const pred = rewriter.b.builder
      .create(
        stablehlo.broadcast_in_dim,
        { operand: not.operand(0) },
        { broadcast_dimensions: dims },
        { resultTypes: [broadcast.result().type] },
      )
      .result();
    rewriter.setOperands(op, [pred, op.operand(2), op.operand(1)]);
    return true;
  },
};

export const convertSame: Pattern = {
  name: "convert-same",
  ops: ["stablehlo.convert"],
  rewrite: (op, rewriter) =>
    op.operand(0).type === op.result().type ? rewriter.replaceWith(op, op.operand(0)) : false,
};

/** Whether an op computes floats. */
export const computesFloat = (op: Operation): boolean =>
  op.results.some(({ type }) => isFloat(type)) || op.operands.some(({ type }) => isFloat(type));

export const elementwiseSimplifications: readonly Pattern[] = [
  constantToRhs,
  ...noops,
  selfIsZero,
  compareConstantToRhs,
  compareSelf,
  compareWithBool,
  selectSame,
  selectConstant,
  selectNot,
  selectBroadcastNot,
  convertSame,
];
