/** @file Op records: what an op is. `defineOp` keeps the names of operands, attributes and results in the type. */
import type { Loc } from "#lib/diag/loc.ts";
import { invariant } from "#lib/support/assert.ts";
import type { AsmFormat } from "./asm-format.ts";
import type { Attribute } from "./attributes.ts";
import type { Operation, Region, Value } from "./graph.ts";
import type { Type } from "./types.ts";

/** Facts that passes ask for; each has a verifier in lib/verify where it can be checked. */
export type Trait =
  | "pure"
  | "elementwise"
  | "commutative"
  | "idempotent"
  | "terminator"
  | "isolatedFromAbove"
  | "sameOperandsAndResultType"
  | "sameOperandsAndResultElementType"
  | "symbol"
  | "symbolTable"
  | "constantLike"
  | "recursivelyPure"
  | "singleBlock"
  | "noTerminator";

/** A predicate on types with the words that a diagnostic uses for it. */
export interface TypeConstraint {
  /** As in MLIR's messages: `ranked tensor of floating-point values`. */
  readonly description: string;
  readonly accepts: (type: Type) => boolean;
}

/** One operand group. */
export interface OperandSpec {
  readonly type: TypeConstraint;
  /** Takes any number of operands. Several variadic groups of one op all have the same size. */
  readonly variadic?: boolean;
}

/** One result group. */
export interface ResultSpec {
  readonly type: TypeConstraint;
  readonly variadic?: boolean;
}

/** How an inherent attribute is written and read as a plain value. */
export interface AttrSpec<T = unknown> {
  /** As in MLIR's messages: `i64 dense array attribute`. */
  readonly description: string;
  /** The value, or undefined where the attribute has another form. */
  readonly decode: (attr: Attribute) => T | undefined;
  readonly encode: (value: T) => Attribute;
  readonly optional?: boolean;
  /** Value when the attribute is absent. */
  readonly defaultValue?: T;
}

/** A region of an op. */
export interface RegionSpec {
  /** `any`: no check on the number of blocks; `single`: exactly one block; `variadic`: this and all further regions. */
  readonly blocks: "any" | "single" | "variadic";
}

export type OperandSpecs = { readonly [name: string]: OperandSpec };
export type ResultSpecs = { readonly [name: string]: ResultSpec };
// biome-ignore lint/suspicious/noExplicitAny: the one existential of attribute value types
export type AttrSpecs = { readonly [name: string]: AttrSpec<any> };
export type RegionSpecs = { readonly [name: string]: RegionSpec };

type ValuesOf<S extends { readonly [name: string]: { readonly variadic?: boolean } }> = {
  readonly [K in keyof S]: S[K] extends { readonly variadic: true } ? readonly Value[] : Value;
};

type TypesOf<S extends { readonly [name: string]: { readonly variadic?: boolean } }> = {
  readonly [K in keyof S]: S[K] extends { readonly variadic: true } ? readonly Type[] : Type;
};

export type AttrValue<S> = S extends AttrSpec<infer T> ? T : never;

/** Decoded attributes; an optional one without default is `null` when absent. */
export type AttrValuesOf<A extends AttrSpecs> = {
  readonly [K in keyof A]: A[K] extends { readonly optional: true }
    ? A[K] extends { readonly defaultValue: unknown }
      ? AttrValue<A[K]>
      : AttrValue<A[K]> | null
    : AttrValue<A[K]>;
};

/** Attributes as a builder takes them: optional ones may be left out. */
export type AttrInputsOf<A extends AttrSpecs> = {
  readonly [K in keyof A as A[K] extends { readonly optional: true } ? never : K]: AttrValue<A[K]>;
} & {
  readonly [K in keyof A as A[K] extends { readonly optional: true } ? K : never]?:
    | AttrValue<A[K]>
    | null
    | undefined;
};

/** What inference sees: types of operands, decoded attributes, regions. */
export interface InferenceInput<O extends OperandSpecs, A extends AttrSpecs> {
  readonly operands: TypesOf<O>;
  readonly attrs: AttrValuesOf<A>;
  readonly regions: readonly Region[];
}

/** Inferred result types, or the message of the constraint that does not hold, such as `dims must be ... [C3]`. */
export type Inferred = readonly Type[] | string;

/** Finds the operation that a symbol names from where an op stands, or null. */
export type SymbolLookup = (symbol: string) => Operation | null;

/** What a constraint sees. */
export interface ConstraintInput<
  O extends OperandSpecs,
  A extends AttrSpecs,
  R extends ResultSpecs,
> {
  readonly op: Operation;
  readonly operands: TypesOf<O>;
  readonly attrs: AttrValuesOf<A>;
  readonly results: TypesOf<R>;
  /** What the record infers; null where it infers nothing. */
  readonly inferred: Inferred | null;
  readonly lookup: SymbolLookup;
}

/**
 * A labelled constraint of the specification: null when it holds, else a message without the label. A message that
 * begins with `op ` gets the op's quoted name in front, any other stands alone.
 */
export type Constraint<O extends OperandSpecs, A extends AttrSpecs, R extends ResultSpecs> = (
  input: ConstraintInput<O, A, R>,
) => string | null;

/** The record of an op. */
export interface OpDef<
  N extends string = string,
  O extends OperandSpecs = OperandSpecs,
  A extends AttrSpecs = AttrSpecs,
  R extends ResultSpecs = ResultSpecs,
> {
  readonly name: N;
  /** One line, capital letter, no full stop. */
  readonly summary: string;
  readonly operands: O;
  readonly attrs: A;
  readonly results: R;
  readonly regions: RegionSpecs;
  readonly traits: ReadonlySet<Trait>;
  /** Pretty form, or null where the op prints in generic form only. */
  readonly format: AsmFormat | null;
  /** Result types from operands and attributes, or null where they must be written. */
  readonly infer: ((input: InferenceInput<O, A>) => Inferred) | null;
  /** In order of checking, keyed by the specification's labels (C1, C2, ...); what it has no label for has a word. */
  readonly constraints: { readonly [label: string]: Constraint<O, A, R> };
}

/** Any op record. */
// biome-ignore lint/suspicious/noExplicitAny: the one existential of op records
export type AnyOpDef = OpDef<string, any, any, any>;

/** Declares an op. Key order of `operands` and `results` is their order in the op. */
export function defineOp<
  const N extends string,
  const O extends OperandSpecs,
  const A extends AttrSpecs,
  const R extends ResultSpecs,
>(spec: {
  readonly name: N;
  readonly summary: string;
  readonly operands: O;
  readonly attrs: A;
  readonly results: R;
  readonly regions?: RegionSpecs;
  readonly traits?: readonly Trait[];
  readonly format?: AsmFormat | null;
  readonly infer?: (input: InferenceInput<O, A>) => Inferred;
  readonly constraints?: { readonly [label: string]: Constraint<O, A, R> };
}): OpDef<N, O, A, R> {
  return {
    name: spec.name,
    summary: spec.summary,
    operands: spec.operands,
    attrs: spec.attrs,
    results: spec.results,
    regions: spec.regions ?? {},
    traits: new Set(spec.traits ?? []),
    format: spec.format ?? null,
    infer: spec.infer ?? null,
    constraints: spec.constraints ?? {},
  };
}

/** Splits a flat list into the groups of a record: one variadic group takes what is left, several share evenly. */
export function splitGroups<T>(
  specs: { readonly [name: string]: { readonly variadic?: boolean } },
  flat: readonly T[],
): { [name: string]: T | readonly T[] } | null {
  const names = Object.keys(specs);
  const variadic = names.filter((name) => specs[name]?.variadic === true).length;
  const rest = flat.length - (names.length - variadic);
  if (variadic === 0 ? rest !== 0 : rest < 0 || rest % variadic !== 0) return null;
  const size = variadic === 0 ? 0 : rest / variadic;
  const groups: { [name: string]: T | readonly T[] } = {};
  let index = 0;
  for (const name of names) {
    if (specs[name]?.variadic === true) {
      groups[name] = flat.slice(index, index + size);
      index += size;
    } else groups[name] = flat[index++] as T;
  }
  return groups;
}

/** Operands of a verified op by the names of its record. */
export function operandsOf<D extends AnyOpDef>(def: D, op: Operation): ValuesOf<D["operands"]> {
  const groups = splitGroups(def.operands as OperandSpecs, op.operands);
  invariant(groups !== null, `'${op.name}' has a wrong number of operands`);
  return groups as unknown as ValuesOf<D["operands"]>;
}

/** Results of a verified op by the names of its record. */
export function resultsOf<D extends AnyOpDef>(def: D, op: Operation): ValuesOf<D["results"]> {
  const groups = splitGroups(def.results as ResultSpecs, op.results);
  invariant(groups !== null, `'${op.name}' has a wrong number of results`);
  return groups as unknown as ValuesOf<D["results"]>;
}

/** Decoded inherent attributes, or the name of the first that is missing or has another form. */
export function decodeAttrs(
  specs: AttrSpecs,
  properties: ReadonlyMap<string, Attribute>,
): { readonly values: { [name: string]: unknown } } | { readonly wrong: string } {
  const values: { [name: string]: unknown } = {};
  for (const name of Object.keys(specs)) {
    const spec = specs[name] as AttrSpec;
    const attr = properties.get(name);
    if (attr === undefined) {
      if (spec.optional !== true) return { wrong: name };
      values[name] = spec.defaultValue ?? null;
      continue;
    }
    const value = spec.decode(attr);
    if (value === undefined) return { wrong: name };
    values[name] = value;
  }
  return { values };
}

/** Decoded inherent attributes of a verified op. */
export function attrsOf<D extends AnyOpDef>(def: D, op: Operation): AttrValuesOf<D["attrs"]> {
  const decoded = decodeAttrs(def.attrs as AttrSpecs, op.properties);
  invariant("values" in decoded, `'${op.name}' has no valid attributes`);
  return decoded.values as unknown as AttrValuesOf<D["attrs"]>;
}

/** An op seen through its record: what rule tables get. */
export interface OpView<D extends AnyOpDef> {
  readonly op: Operation;
  readonly operands: ValuesOf<D["operands"]>;
  readonly attrs: AttrValuesOf<D["attrs"]>;
  readonly results: ValuesOf<D["results"]>;
  readonly loc: Loc;
}

/** A verified op seen through its record. */
export const viewOf = <D extends AnyOpDef>(def: D, op: Operation): OpView<D> => ({
  op,
  operands: operandsOf(def, op),
  attrs: attrsOf(def, op),
  results: resultsOf(def, op),
  loc: op.loc,
});

/** Operand values by name, as a builder takes them. */
export type OperandInputsOf<D extends AnyOpDef> = ValuesOf<D["operands"]>;
