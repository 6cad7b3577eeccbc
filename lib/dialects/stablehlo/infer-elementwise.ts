/** @file Result types and constraints of elementwise ops. */
import type { Inferred } from "#lib/ir/op-def.ts";
import { integerType, type Type, tensorType } from "#lib/ir/types.ts";
import { mostSpecific, ranked } from "./rules.ts";

/** The result has the operands' common type. */
export function inferSame({
  operands,
}: {
  readonly operands: { readonly [name: string]: Type };
}): Inferred {
  const result = mostSpecific(Object.values(operands));
  return result === null
    ? "op requires the same element type for all operands and results"
    : [result];
}

/** The magnitude of a complex number is real. */
export function inferAbs({ operands: { operand } }: { operands: { operand: Type } }): Inferred {
  const { shape, element } = ranked(operand);
  return [tensorType(shape, element.kind === "complex" ? element.element : element)];
}

/** Booleans in the operand's shape. */
export const inferIsFinite = ({ operands: { x } }: { operands: { x: Type } }): Inferred => [
  tensorType(ranked(x).shape, integerType(1)),
];

/** Booleans in the operands' common shape. */
export function inferCompare({
  operands: { lhs, rhs },
}: {
  operands: { lhs: Type; rhs: Type };
}): Inferred {
  const result = mostSpecific([lhs, rhs]);
  return result === null
    ? "requires compatible types for all operands"
    : [tensorType(result.shape, integerType(1))];
}
