/** @file Powers with small constant exponents as products, quotients and roots. */
import type { Value } from "#lib/ir/graph.ts";
import { elementOf } from "#lib/ir/types.ts";
import { definedBy, splatNumber } from "../rewrite/match.ts";
import type { Pattern, Rewriter } from "../rewrite/pattern.ts";

/** The number that a value holds everywhere, also through a broadcast, or null. */
function exponentOf(value: Value): number | null {
  const number = splatNumber(value);
  if (number !== null) return number;
  const broadcast = definedBy(value, "stablehlo.broadcast_in_dim");
  return broadcast === null ? null : splatNumber(broadcast.operand(0));
}

/** x to a small whole power by multiplications. */
function product({ b }: Rewriter, x: Value, exponent: number): Value {
  if (exponent === 1) return x;
  const square = b.multiply(x, x);
  if (exponent === 2) return square;
  return b.multiply(square, exponent === 3 ? x : square);
}

const ROOTS: ReadonlyMap<number, "sqrt" | "rsqrt"> = new Map([
  [0.5, "sqrt"],
  [-0.5, "rsqrt"],
]);

function powerOf(rewriter: Rewriter, x: Value, exponent: number, roots: boolean): Value | null {
  const { b } = rewriter;
  const isInteger = elementOf(x.type).kind === "integer";
  if (exponent === 0) return b.splatLike(x, 1);
  if (exponent >= 1 && exponent <= 4 && Number.isInteger(exponent))
    return product(rewriter, x, exponent);
  if (isInteger) return null;
  if (exponent === -1 || exponent === -2)
    return b.divide(b.splatLike(x, 1), product(rewriter, x, -exponent));
  const root = roots ? ROOTS.get(exponent) : undefined;
  return root === undefined ? null : b.unary(root, x);
}

/**
 * Power by 0, 1, 2, 3, 4, -1 and -2 as products, which differ from a power by the rounding of single products only; with
 * `roots` also by 0.5 and -0.5, which differ at -0 and -Infinity.
 */
export const powerByConstant = (roots: boolean): Pattern => ({
  name: "power-by-constant",
  ops: ["stablehlo.power"],
  rewrite: (op, rewriter) => {
    const exponent = exponentOf(op.operand(1));
    if (exponent === null || elementOf(op.result().type).kind === "complex") return false;
    const value = powerOf(rewriter, op.operand(0), exponent, roots);
    return value === null ? false : rewriter.replaceWith(op, value);
  },
});
