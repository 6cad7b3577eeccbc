/** @file Result types and constraints of control flow. */
import type { Region } from "#lib/ir/graph.ts";
import type { Inferred } from "#lib/ir/op-def.ts";
import type { Type } from "#lib/ir/types.ts";

/** Types that a region's terminator returns, or null where it has none. */
export const returnedTypes = (region: Region | undefined): Type[] | null =>
  region?.blocks[0]?.last?.operands.map(({ type }) => type) ?? null;

/** What the first branch returns. */
export const inferBranches = ({ regions }: { readonly regions: readonly Region[] }): Inferred =>
  returnedTypes(regions[0]) ?? "expect at least one branch";

/** The types of all operands. */
export const inferOperands = ({
  operands: { operand },
}: {
  readonly operands: { readonly operand: readonly Type[] };
}): Inferred => operand;
