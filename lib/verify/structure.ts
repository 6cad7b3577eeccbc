/** @file Counts and forms of an op's parts as its record has them: operands, results, regions, attributes, types. */
import type { Operation } from "#lib/ir/graph.ts";
import type { Type } from "#lib/ir/types.ts";
import type { GroupPlan, OpPlan } from "./plan.ts";

const NUMBER_WORDS = ["zero", "one"] as const;

/** What MLIR says about a wrong number of operands. */
function operandCount({ groups, variadic }: GroupPlan, found: number): string | null {
  const needed = groups.length - variadic;
  if (variadic > 0) {
    if (found < needed) return `op expected ${needed} or more operands, but found ${found}`;
    return (found - needed) % variadic === 0
      ? null
      : `op expected ${variadic} groups of operands of one size, but found ${found - needed} operands`;
  }
  if (found === needed) return null;
  if (needed === 0) return "op requires zero operands";
  return needed === 1
    ? "op requires a single operand"
    : `op expected ${needed} operands, but found ${found}`;
}

const partCount = (
  what: "result" | "region",
  needed: number,
  isOpen: boolean,
  found: number,
): string | null => {
  if (isOpen) return found >= needed ? null : `op expected ${needed} or more ${what}s`;
  if (found === needed) return null;
  const word = NUMBER_WORDS[needed];
  return word === undefined
    ? `op expected ${needed} ${what}s`
    : `op requires ${word} ${what}${needed === 1 ? "" : "s"}`;
};

/** The first wrong count, or null. */
export function countMismatch(op: Operation, plan: OpPlan): string | null {
  const { results, regions } = plan;
  const isOpen = regions[regions.length - 1]?.blocks === "variadic";
  return (
    partCount("region", regions.length - (isOpen ? 1 : 0), isOpen, op.regions.length) ??
    partCount(
      "result",
      results.groups.length - results.variadic,
      results.variadic > 0,
      op.results.length,
    ) ??
    (op.successors.length > 0 && !plan.isTerminator
      ? "op with block successors must terminate its parent block"
      : null) ??
    operandCount(plan.operands, op.operandCount)
  );
}

/** Decoded attributes by name, or what is wrong with the first that is missing or has another form. */
export function attributeValues(
  op: Operation,
  plan: OpPlan,
): { readonly [name: string]: unknown } | string {
  const values: { [name: string]: unknown } = {};
  for (const { name, spec } of plan.attrs) {
    const attr = op.properties.get(name);
    if (attr === undefined) {
      if (spec.optional !== true) return `op requires attribute '${name}'`;
      values[name] = spec.defaultValue ?? null;
      continue;
    }
    const value = spec.decode(attr);
    if (value === undefined)
      return `op attribute '${name}' failed to satisfy constraint: ${spec.description}`;
    values[name] = value;
  }
  return values;
}

/** Size of each variadic group. */
const groupSize = ({ groups, variadic }: GroupPlan, count: number): number =>
  variadic === 0 ? 0 : (count - groups.length + variadic) / variadic;

/** The first type that a group does not take, or null. */
export function typeMismatch(
  what: "operand" | "result",
  plan: GroupPlan,
  types: readonly Type[],
): string | null {
  const size = groupSize(plan, types.length);
  let index = 0;
  for (const { type: constraint, variadic } of plan.groups)
    for (let left = variadic ? size : 1; left > 0; left--, index++) {
      const type = types[index] as Type;
      if (!constraint.accepts(type))
        return `op ${what} #${index} must be ${variadic ? "variadic of " : ""}${constraint.description}, but got '${type.text}'`;
    }
  return null;
}

/** Types by the names of their groups. */
export function groupTypes(
  plan: GroupPlan,
  types: readonly Type[],
): { readonly [name: string]: Type | readonly Type[] } {
  const size = groupSize(plan, types.length);
  const named: { [name: string]: Type | readonly Type[] } = {};
  let index = 0;
  for (const { name, variadic } of plan.groups) {
    named[name] = variadic ? types.slice(index, index + size) : (types[index] as Type);
    index += variadic ? size : 1;
  }
  return named;
}

/** The first region with a wrong number of blocks, or null. */
export function regionMismatch(op: Operation, plan: OpPlan): string | null {
  for (const [index, region] of op.regions.entries()) {
    const spec = plan.regions[Math.min(index, plan.regions.length - 1)];
    if (spec === undefined || spec.blocks === "any" || region.blocks.length === 1) continue;
    return region.blocks.length > 1
      ? `op expects region #${index} to have 0 or 1 blocks`
      : `op region #${index} ('${spec.name}') failed to verify constraint: region with 1 blocks`;
  }
  return null;
}
