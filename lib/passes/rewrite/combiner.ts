/** @file Bodies of reductions and scatters that are one op, and the values that change nothing under it. */
import type { Operation, Value } from "#lib/ir/graph.ts";
import { elementOf } from "#lib/ir/types.ts";
import { at } from "#lib/support/shape.ts";
import { isAllOnes, isZero, splatNumber } from "./match.ts";

/** Combiners for which combining a value with itself gives the value. */
export const IDEMPOTENT: ReadonlySet<string> = new Set(
  ["maximum", "minimum", "and", "or"].map((name) => `stablehlo.${name}`),
);

/** Name of the op that a body of one op applies to its two arguments, or null. */
export function combinerOf(op: Operation): string | null {
  const { blocks } = op.region();
  const entry = blocks[0];
  const first = entry?.first ?? null;
  const last = entry?.last ?? null;
  if (blocks.length !== 1 || entry === undefined || first === null || last === null) return null;
  if (first.next !== last || entry.args.length !== 2 || first.operandCount !== 2) return null;
  const [a, b] = [first.operand(0), first.operand(1)];
  const [x, y] = [at(entry.args, 0), at(entry.args, 1)];
  const commutative = first.def?.traits.has("commutative") === true;
  const ordered = (a === x && b === y) || (commutative && a === y && b === x);
  return ordered && last.operandCount === 1 && last.operand(0) === first.result()
    ? first.name
    : null;
}

/** The smallest (sign -1) or largest (sign 1) value of a value's element type. */
function extreme(value: Value, sign: 1 | -1): number {
  const element = elementOf(value.type);
  if (element.kind !== "integer") return sign * Number.POSITIVE_INFINITY;
  const unsigned = element.signedness === "unsigned" || element.width === 1;
  if (unsigned) return sign === 1 ? 2 ** element.width - 1 : 0;
  return sign === 1 ? 2 ** (element.width - 1) - 1 : -(2 ** (element.width - 1));
}

/** Whether combining with a constant changes nothing; the sign of a zero aside. */
export function isNeutral(combiner: string | null, init: Value): boolean {
  switch (combiner) {
    case "stablehlo.add":
    case "stablehlo.or":
    case "stablehlo.xor":
      return isZero(init);
    case "stablehlo.multiply":
      return splatNumber(init) === 1;
    case "stablehlo.and":
      return isAllOnes(init);
    case "stablehlo.maximum":
      return splatNumber(init) === extreme(init, -1);
    case "stablehlo.minimum":
      return splatNumber(init) === extreme(init, 1);
    default:
      return false;
  }
}
