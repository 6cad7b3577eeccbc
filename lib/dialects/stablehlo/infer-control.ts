/** @file Result types and constraints of control flow, barriers, custom calls and composites. */
import type { Attribute } from "#lib/ir/attributes.ts";
import type { Operation, Region } from "#lib/ir/graph.ts";
import type { Inferred, SymbolLookup } from "#lib/ir/op-def.ts";
import type { FunctionType, Type } from "#lib/ir/types.ts";
import { compatible } from "../type-constraints.ts";
import { argTypes, bodyOf, returnTypes, typesAgree } from "./region-rules.ts";
import {
  type Declares,
  firstBroken,
  type Rule,
  type Rules,
  resultsAgree,
  typesText,
} from "./rules.ts";

type Branches = { readonly regions: readonly Region[] };
type Whole = Declares<{ readonly results: readonly Type[] }> & { readonly op: Operation };

const branchArguments: Rule<Branches> = ({ regions }) => {
  const branch = regions.findIndex((region) => (region.blocks[0]?.args.length ?? 0) > 0);
  return branch === -1
    ? null
    : `branch ${branch} must have 0 arguments, but found ${regions[branch]?.blocks[0]?.args.length}`;
};

const returned = (region: Region | undefined): Type[] => {
  const block = region?.blocks[0];
  return block === undefined ? [] : returnTypes(block);
};

const branchResults: Rule<Branches> = ({ regions }) => {
  const first = returned(regions[0]);
  const branch = regions.findIndex((region) => !typesAgree(returned(region), first));
  return branch === -1
    ? null
    : `branch 0 and branch ${branch} have mismatched return types: ${typesText(first)} vs ${typesText(returned(regions[branch]))}`;
};

const scalarChoice = (type: Type | undefined): string | null =>
  type?.kind === "tensor" && type.shape.length > 0
    ? `operand should be rank 0 tensor but got rank ${type.shape.length}`
    : null;

type If = Branches & { readonly operands: { readonly pred: Type } };

/** What the branches return. */
export const inferIf = (input: If): Inferred =>
  scalarChoice(input.operands.pred) ??
  firstBroken({ C1: branchArguments, C2: branchResults }, input) ??
  returned(input.regions[0]);

export const ifRules: Rules<Whole & Pick<If, "operands">> = {
  C1: ({ op }) => branchArguments(op),
  C2: ({ op }) => branchResults(op),
  C3: resultsAgree(compatible),
};

type Case = Branches & { readonly operands: { readonly index: Type } };

const anyBranch: Rule<Branches> = ({ regions }) =>
  regions.length > 0 ? null : "expect at least one branch";

/** What the branches return. */
export const inferCase = (input: Case): Inferred =>
  scalarChoice(input.operands.index) ??
  firstBroken({ C1: anyBranch, C2: branchArguments, C3: branchResults }, input) ??
  returned(input.regions[0]);

export const caseRules: Rules<Whole & Pick<Case, "operands">> = {
  C1: ({ op }) => anyBranch(op),
  C2: ({ op }) => branchArguments(op),
  C3: ({ op }) => branchResults(op),
  C4: resultsAgree(compatible),
};

type Carried = { readonly operands: { readonly operand: readonly Type[] } };

/** The types of all operands. */
export const inferOperands = ({ operands: { operand } }: Carried): Inferred => operand;

const carries =
  (region: number, words: string): Rule<Carried & Whole> =>
  ({ op, operands: { operand } }) => {
    const block = bodyOf(op, region);
    return block === null || typesAgree(operand, argTypes(block))
      ? null
      : `expect operands to be compatible with ${words} block arguments but got ${typesText(operand)} vs ${typesText(argTypes(block))}`;
  };

const condition: Rule<Carried & Whole> = ({ op }) => {
  const block = bodyOf(op);
  if (block === null) return null;
  const results = returnTypes(block);
  if (results.length !== 1)
    return `expect condition body returns a single value but got ${results.length}`;
  const [result] = results as [Type];
  return result.text === "tensor<i1>"
    ? null
    : `expect condition block return a zero-ranked tensor of i1 but got '${result.text}'`;
};

const nextValues: Rule<Carried & Whole> = ({ op, operands: { operand } }) => {
  const block = bodyOf(op, 1);
  return block === null || typesAgree(operand, returnTypes(block))
    ? null
    : `expect operands to be compatible with body block return types but got ${typesText(operand)} vs ${typesText(returnTypes(block))}`;
};

export const whileRules: Rules<Carried & Whole> = {
  C1: (input) => carries(0, "condition")(input) ?? condition(input),
  C2: (input) => carries(1, "body")(input) ?? nextValues(input),
  C3: resultsAgree(compatible),
};

export const barrierRules: Rules<
  Carried & { readonly results: { readonly result: readonly Type[] } }
> = {
  C1: ({ operands: { operand }, results: { result } }) => {
    if (operand.length !== result.length)
      return "op requires the same number of operands and results";
    const wrong = operand.findIndex((type, i) => type !== result[i]);
    return wrong === -1
      ? null
      : `op requires the same type for operand and result at index ${wrong}`;
  },
};

/** Names of the API versions, by number. */
const API_VERSIONS = [
  "UNSPECIFIED",
  "ORIGINAL",
  "STATUS_RETURNING",
  "STATUS_RETURNING_UNIFIED",
  "TYPED_FFI",
] as const;
const TYPED_FFI = 4;

/** The specification leaves custom calls to the implementation; these are the conditions of its attributes. */
export const customCallRules: Rules<{
  readonly attrs: { readonly api_version: number; readonly backend_config: Attribute | null };
}> = {
  api_version: ({ attrs: { api_version: version } }) =>
    API_VERSIONS[version] === undefined
      ? "op attribute 'api_version' failed to satisfy constraint: Custom call API version"
      : null,
  backend_config: ({ attrs: { api_version: version, backend_config: config } }) => {
    const wanted = version === TYPED_FFI ? "dict" : "string";
    return config === null || config.kind === wanted
      ? null
      : `op backend_config for api_version API_VERSION_${API_VERSIONS[version]} must be a ${wanted === "dict" ? "dictionary" : "string"} attribute.`;
  },
};

const COMPOSITE_NAME = /^[a-zA-Z][a-zA-Z0-9_]*([.][a-zA-Z0-9_$]+)+$/;

type Composite = {
  readonly operands: { readonly inputs: readonly Type[] };
  readonly attrs: { readonly name: string; readonly decomposition: string };
  readonly results: { readonly results: readonly Type[] };
  readonly lookup: SymbolLookup;
};

/** Type of the function that a composite names, or null where there is none. */
function decompositionType({ attrs, lookup }: Composite): FunctionType | null {
  const fn = lookup(attrs.decomposition);
  const type = fn?.name === "func.func" ? fn.properties.get("function_type") : undefined;
  return type?.kind === "type" && type.type.kind === "function" ? type.type : null;
}

const signature = (
  what: "operand" | "result",
  types: readonly Type[],
  wanted: readonly Type[],
): string | null => {
  if (types.length !== wanted.length)
    return `has ${types.length} ${what}(s), but decomposition has ${wanted.length}`;
  const wrong = types.findIndex((type, i) => !compatible(type, wanted[i] as Type));
  return wrong === -1
    ? null
    : `${what} at index ${wrong} has type '${types[wrong]?.text}', but decomposition has type '${wanted[wrong]?.text}'`;
};

export const compositeRules: Rules<Composite> = {
  C1: ({ attrs: { name } }) =>
    COMPOSITE_NAME.test(name)
      ? null
      : `name must be a valid namespaced op name, i.e. it must match the following regular expression: ${COMPOSITE_NAME.source} e.g. "my_namespace.my_op"`,
  C2: (input) =>
    decompositionType(input) === null
      ? `'${input.attrs.decomposition}' does not reference a valid function`
      : null,
  C3: (input) => {
    const type = decompositionType(input);
    return type === null ? null : signature("operand", input.operands.inputs, type.inputs);
  },
  C4: (input) => {
    const type = decompositionType(input);
    return type === null ? null : signature("result", input.results.results, type.results);
  },
};
