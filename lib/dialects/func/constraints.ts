/** @file Conditions on functions, calls and returns. */
import type { Operation } from "#lib/ir/graph.ts";
import type { SymbolLookup } from "#lib/ir/op-def.ts";
import type { FunctionType, Type } from "#lib/ir/types.ts";

type Rules<I> = { readonly [name: string]: (input: I) => string | null };

/** The type of a function that may be malformed, or null. */
function declaredType(fn: Operation | null): FunctionType | null {
  const attr = fn?.name === "func.func" ? fn.properties.get("function_type") : undefined;
  return attr?.kind === "type" && attr.type.kind === "function" ? attr.type : null;
}

type Function = {
  readonly op: Operation;
  readonly attrs: {
    readonly function_type: FunctionType;
    readonly sym_visibility: string | null;
    readonly arg_attrs: readonly ReadonlyMap<string, unknown>[] | null;
    readonly res_attrs: readonly ReadonlyMap<string, unknown>[] | null;
  };
};

const attributeCount = (
  what: string,
  plural: string,
  attrs: readonly unknown[] | null,
  count: number,
): string | null =>
  attrs === null || attrs.length === count
    ? null
    : `op expects ${what} attribute array to have the same number of elements as the number of function ${plural}, got ${attrs.length}, but expected ${count}`;

const dialectNames = (
  plural: string,
  attrs: readonly ReadonlyMap<string, unknown>[] | null,
): string | null =>
  (attrs ?? []).some((entries) => [...entries.keys()].some((name) => !name.includes(".")))
    ? `op ${plural} may only have dialect attributes`
    : null;

export const functionRules: Rules<Function> = {
  arguments: ({ op, attrs: { function_type: type } }) => {
    const args = op.regions[0]?.blocks[0]?.args;
    if (args === undefined) return null;
    if (args.length !== type.inputs.length)
      return `op entry block must have ${type.inputs.length} arguments to match function signature`;
    const wrong = args.findIndex((arg, i) => arg.type !== type.inputs[i]);
    return wrong === -1
      ? null
      : `op type of entry block argument #${wrong}('${args[wrong]?.type.text}') must match the type of the corresponding argument in function signature('${type.inputs[wrong]?.text}')`;
  },
  arg_attrs: ({ attrs: { function_type: type, arg_attrs: attrs } }) =>
    attributeCount("argument", "arguments", attrs, type.inputs.length) ??
    dialectNames("arguments", attrs),
  res_attrs: ({ attrs: { function_type: type, res_attrs: attrs } }) =>
    attributeCount("result", "results", attrs, type.results.length) ??
    dialectNames("results", attrs),
  declaration: ({ op, attrs: { sym_visibility: visibility } }) =>
    op.regions[0]?.isEmpty === true && (visibility ?? "public") === "public"
      ? "op symbol declaration cannot have public visibility"
      : null,
  body: ({ op }) =>
    (op.regions[0]?.blocks ?? []).some(({ last }) => last?.name === "stablehlo.return")
      ? "op body must end in 'func.return', but ends in 'stablehlo.return'"
      : null,
};

type Call = {
  readonly operands: { readonly operands: readonly Type[] };
  readonly results: { readonly results: readonly Type[] };
  readonly attrs: { readonly callee: string };
  readonly lookup: SymbolLookup;
};

const calleeType = ({ attrs, lookup }: Call): FunctionType | null =>
  declaredType(lookup(attrs.callee));

export const callRules: Rules<Call> = {
  callee: (input) =>
    calleeType(input) === null
      ? `op '${input.attrs.callee}' does not reference a valid function`
      : null,
  operands: (input) => {
    const { inputs } = calleeType(input) as FunctionType;
    const { operands } = input.operands;
    if (operands.length !== inputs.length)
      return `op incorrect number of operands for callee: expected ${inputs.length}, but got ${operands.length}`;
    const wrong = operands.findIndex((type, i) => type !== inputs[i]);
    return wrong === -1
      ? null
      : `op operand type mismatch: expected operand type '${inputs[wrong]?.text}', but provided '${operands[wrong]?.text}' for operand number ${wrong}`;
  },
  results: (input) => {
    const { results: wanted } = calleeType(input) as FunctionType;
    const { results } = input.results;
    if (results.length !== wanted.length)
      return `op incorrect number of results for callee: expected ${wanted.length}, but got ${results.length}`;
    const wrong = results.findIndex((type, i) => type !== wanted[i]);
    return wrong === -1 ? null : `op result type mismatch at index ${wrong}`;
  },
};

type Return = { readonly op: Operation; readonly operands: { readonly operands: readonly Type[] } };

export const returnRules: Rules<Return> = {
  parent: ({ op }) =>
    op.parentOp?.name === "func.func" ? null : "op expects parent op 'func.func'",
  operands: ({ op, operands: { operands } }) => {
    const fn = op.parentOp;
    const type = declaredType(fn);
    if (fn === null || type === null) return null;
    const symbol = fn.properties.get("sym_name");
    const name = symbol?.kind === "string" ? symbol.value : "";
    if (operands.length !== type.results.length)
      return `op has ${operands.length} operands, but enclosing function (@${name}) returns ${type.results.length}`;
    const wrong = operands.findIndex((operand, i) => operand !== type.results[i]);
    return wrong === -1
      ? null
      : `type of return operand ${wrong} ('${operands[wrong]?.text}') doesn't match function result type ('${type.results[wrong]?.text}') in function @${name}`;
  },
};
