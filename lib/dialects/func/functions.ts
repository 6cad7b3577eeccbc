/** @file Functions of a module: finding, making, naming their arguments and results. */
import { type Loc, UNKNOWN_LOC } from "#lib/diag/loc.ts";
import { type Attribute, stringAttr } from "#lib/ir/attributes.ts";
import { Builder, encodeAttrs } from "#lib/ir/builder.ts";
import { Block, Operation, Region, type Value } from "#lib/ir/graph.ts";
import { attrsOf } from "#lib/ir/op-def.ts";
import { type FunctionType, functionType, type Type } from "#lib/ir/types.ts";
import { invariant } from "#lib/support/assert.ts";
import { func } from "./ops.ts";

/** What an argument or result is to training. */
export const ROLES = [
  "param",
  "buffer",
  "frozen",
  "data",
  "loss",
  "aux",
  "state",
  "step",
  "lr",
] as const;
export type Role = (typeof ROLES)[number];

export const PCP_NAME = "pcp.name";
export const PCP_ROLE = "pcp.role";
export const PCP_FORMAT = "pcp.format";

/** Attributes of one argument or result. */
export type ArgAttrs = ReadonlyMap<string, Attribute>;

/** All `func.func` operations of a module in order. */
export const functionsOf = (module: Operation): Operation[] =>
  module.region().entry.ops.filter(({ name }) => name === "func.func");

export const functionName = (fn: Operation): string => attrsOf(func.func, fn).sym_name;

export const functionTypeOf = (fn: Operation): FunctionType => attrsOf(func.func, fn).function_type;

export const isDeclaration = (fn: Operation): boolean => fn.region().isEmpty;

export const isPublic = (fn: Operation): boolean => {
  const { sym_visibility: visibility } = attrsOf(func.func, fn);
  return visibility === null || visibility === "public";
};

/** The function of that name, or null. */
export const findFunction = (module: Operation, name: string): Operation | null =>
  functionsOf(module).find((fn) => functionName(fn) === name) ?? null;

export const argAttrsOf = (fn: Operation): readonly ArgAttrs[] => {
  const { arg_attrs: attrs, function_type: type } = attrsOf(func.func, fn);
  return type.inputs.map((_, index) => attrs?.[index] ?? new Map());
};

export const resultAttrsOf = (fn: Operation): readonly ArgAttrs[] => {
  const { res_attrs: attrs, function_type: type } = attrsOf(func.func, fn);
  return type.results.map((_, index) => attrs?.[index] ?? new Map());
};

/** The string under a key of an argument's attributes, or null. */
export const stringOf = (attrs: ArgAttrs | undefined, key: string): string | null => {
  const attr = attrs?.get(key);
  return attr?.kind === "string" ? attr.value : null;
};

/** `{pcp.name = ..., pcp.role = ...}`. */
export const named = (name: string, role: Role): ArgAttrs =>
  new Map([
    [PCP_NAME, stringAttr(name)],
    [PCP_ROLE, stringAttr(role)],
  ]);

/** An argument or result of a function to be made. */
export interface Parameter {
  readonly type: Type;
  readonly attrs: ArgAttrs;
}

const dictionariesOf = (parameters: readonly Parameter[]): readonly ArgAttrs[] | null =>
  parameters.some(({ attrs }) => attrs.size > 0) ? parameters.map(({ attrs }) => attrs) : null;

/** A function with an entry block and no terminator yet; in no module. */
export function createFunction(
  name: string,
  inputs: readonly Parameter[],
  results: readonly Parameter[],
  options: { readonly loc?: Loc; readonly visibility?: "private" | null } = {},
): { readonly fn: Operation; readonly args: readonly Value[]; readonly builder: Builder } {
  const loc = options.loc ?? UNKNOWN_LOC;
  const block = new Block(
    inputs.map(({ type }) => type),
    inputs.map(() => loc),
  );
  const fn = new Operation({
    name: func.func.name,
    def: func.func,
    properties: encodeAttrs(func.func.attrs, {
      sym_name: name,
      function_type: functionType(
        inputs.map(({ type }) => type),
        results.map(({ type }) => type),
      ),
      sym_visibility: options.visibility ?? null,
      arg_attrs: dictionariesOf(inputs),
      res_attrs: dictionariesOf(results),
    }),
    regions: [new Region([block])],
    loc,
  });
  return { fn, args: block.args, builder: Builder.atEnd(block, loc) };
}

/** Writes the function's type from its entry arguments and its return. */
export function updateFunctionType(fn: Operation): void {
  const { entry } = fn.region();
  const last = entry.last;
  invariant(last?.name === "func.return", "function without a return");
  fn.properties.set("function_type", {
    kind: "type",
    type: functionType(
      entry.args.map(({ type }) => type),
      last.operands.map(({ type }) => type),
    ),
  });
}

/** Calls inside of a function. */
export const callsIn = (fn: Operation): Operation[] =>
  fn.collect().filter(({ name }) => name === func.call.name);

/** Name of the function that a call names, or null where it names something nested. */
export function calleeOf(call: Operation): string | null {
  const callee = call.properties.get("callee");
  return callee?.kind === "symbol" && callee.nested.length === 0 ? callee.root : null;
}
