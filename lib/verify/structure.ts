/** @file Counts and forms of an op's parts as its record has them: operands, results, regions, attributes, types. */
import type { Operation } from "#lib/ir/graph.ts";
import type {
  AnyOpDef,
  AttrSpec,
  AttrSpecs,
  OperandSpecs,
  RegionSpecs,
  ResultSpecs,
  TypeConstraint,
} from "#lib/ir/op-def.ts";
import type { Type } from "#lib/ir/types.ts";

type Groups = {
  readonly [name: string]: { readonly type: TypeConstraint; readonly variadic?: boolean };
};

const NUMBER_WORDS = ["zero", "one"] as const;

/** What MLIR says about a wrong number of operands. */
function operandCount(groups: Groups, found: number): string | null {
  const specs = Object.values(groups);
  const variadic = specs.filter((spec) => spec.variadic === true).length;
  const needed = specs.length - variadic;
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
  specs: readonly { readonly variadic: boolean }[],
  found: number,
): string | null => {
  const needed = specs.filter((spec) => !spec.variadic).length;
  if (needed < specs.length)
    return found >= needed ? null : `op expected ${needed} or more ${what}s`;
  if (found === needed) return null;
  const word = NUMBER_WORDS[needed];
  return word === undefined
    ? `op expected ${needed} ${what}s`
    : `op requires ${word} ${what}${needed === 1 ? "" : "s"}`;
};

const regionVariadic = (regions: RegionSpecs): { variadic: boolean }[] =>
  Object.values(regions).map(({ blocks }) => ({ variadic: blocks === "variadic" }));

/** The first wrong count, or null. */
export function countMismatch(op: Operation, def: AnyOpDef): string | null {
  const results = Object.values(def.results as ResultSpecs).map(({ variadic }) => ({
    variadic: variadic === true,
  }));
  return (
    partCount("region", regionVariadic(def.regions), op.regions.length) ??
    partCount("result", results, op.results.length) ??
    (op.successors.length > 0 && !def.traits.has("terminator")
      ? "op with block successors must terminate its parent block"
      : null) ??
    operandCount(def.operands as OperandSpecs, op.operandCount)
  );
}

/** The first attribute that is missing or has another form, or null. */
export function attributeMismatch(op: Operation, def: AnyOpDef): string | null {
  const specs = def.attrs as AttrSpecs;
  for (const name of Object.keys(specs)) {
    const spec = specs[name] as AttrSpec;
    const attr = op.properties.get(name);
    if (attr === undefined) {
      if (spec.optional !== true) return `op requires attribute '${name}'`;
    } else if (spec.decode(attr) === undefined)
      return `op attribute '${name}' failed to satisfy constraint: ${spec.description}`;
  }
  return null;
}

/** The first type that a group does not take, or null. */
function typeMismatch(what: string, groups: Groups, types: readonly Type[]): string | null {
  const specs = Object.values(groups);
  const variadic = specs.filter((spec) => spec.variadic === true).length;
  const size = variadic === 0 ? 0 : (types.length - specs.length + variadic) / variadic;
  let index = 0;
  for (const { type: constraint, variadic: many } of specs)
    for (let left = many === true ? size : 1; left > 0; left--, index++) {
      const type = types[index] as Type;
      if (!constraint.accepts(type))
        return `op ${what} #${index} must be ${many === true ? "variadic of " : ""}${constraint.description}, but got '${type.text}'`;
    }
  return null;
}

/** The first operand or result whose type the record does not take, or null. */
export const valueTypeMismatch = (op: Operation, def: AnyOpDef): string | null =>
  typeMismatch(
    "operand",
    def.operands as OperandSpecs,
    op.operands.map(({ type }) => type),
  ) ??
  typeMismatch(
    "result",
    def.results as ResultSpecs,
    op.results.map(({ type }) => type),
  );

/** The first region with a wrong number of blocks, or null. */
export function regionMismatch(op: Operation, def: AnyOpDef): string | null {
  const names = Object.keys(def.regions);
  for (const [index, region] of op.regions.entries()) {
    const name = names[Math.min(index, names.length - 1)] as string;
    if (def.regions[name]?.blocks === "any" || region.blocks.length === 1) continue;
    return region.blocks.length > 1
      ? `op expects region #${index} to have 0 or 1 blocks`
      : `op region #${index} ('${name}') failed to verify constraint: region with 1 blocks`;
  }
  return null;
}
