/** @file What a function's arguments and results are to a gradient: names, roles, the loss, and what had to be assumed. */
import type { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import {
  type ArgAttrs,
  argAttrsOf,
  functionName,
  functionsOf,
  functionTypeOf,
  isDeclaration,
  named,
  PCP_NAME,
  PCP_ROLE,
  ROLES,
  type Role,
  resultAttrsOf,
  stringOf,
} from "#lib/dialects/func/functions.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { DYNAMIC, dtypeOf, isFloat, isInteger, type Type } from "#lib/ir/types.ts";
import { at } from "#lib/support/shape.ts";
import { didYouMean, plural } from "#lib/support/text.ts";

/** An argument or result with its name and role, given or assumed. */
export interface Port {
  readonly index: number;
  readonly name: string;
  readonly role: Role;
  readonly type: Type;
  /** Its attributes with name and role filled in. */
  readonly attrs: ArgAttrs;
}

export interface Signature {
  readonly fn: Operation;
  readonly name: string;
  readonly args: readonly Port[];
  readonly results: readonly Port[];
  /** Sentences about what was not written in the module. */
  readonly assumptions: readonly string[];
}

export interface SignatureOptions {
  readonly functionName: string;
  /** Number of trailing arguments that are data; null for what the roles say. */
  readonly dataArgs: number | null;
}

/** The function to work on; an error with the nearest name where there is none. */
export function findTarget(
  module: Operation,
  name: string,
  engine: DiagnosticEngine,
): Operation | null {
  const functions = functionsOf(module);
  const fn = functions.find((candidate) => functionName(candidate) === name);
  if (fn === undefined) {
    const names = functions.map(functionName);
    const known = names.length === 0 ? "the module has no functions" : `it has ${listed(names)}`;
    engine.error(module.loc, `no function '${name}'; ${known}${didYouMean(name, names)}`);
    return null;
  }
  if (isDeclaration(fn)) {
    engine.error(fn.loc, `function '${name}' is declared without a body`);
    return null;
  }
  return fn;
}

const SHOWN = 8;

/** `'a', 'b' and 3 more`. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).map((name) => `'${name}'`);
  const rest = names.length - shown.length;
  return rest === 0 ? shown.join(", ") : `${shown.join(", ")} and ${rest} more`;
}

const roleOf = (attrs: ArgAttrs): Role | null =>
  ROLES.find((role) => role === stringOf(attrs, PCP_ROLE)) ?? null;

/** How many trailing arguments are data: as told, as the roles say, or those of integer type. */
function countData(types: readonly Type[], given: number | null): number {
  if (given !== null) return given;
  let count = 0;
  while (count < types.length && isInteger(at(types, types.length - 1 - count))) count++;
  return count;
}

function withAttrs(attrs: ArgAttrs, name: string, role: Role): ArgAttrs {
  const filled = new Map(attrs);
  for (const [key, value] of named(name, role)) if (!filled.has(key)) filled.set(key, value);
  filled.set(PCP_ROLE, at([...named(name, role)], 1)[1]);
  return filled;
}

function argPorts(fn: Operation, dataArgs: number | null, assumptions: string[]): Port[] {
  const types = functionTypeOf(fn).inputs;
  const attrs = argAttrsOf(fn);
  const firstData = types.length - countData(types, dataArgs);
  const hasRoles = attrs.some((entry) => roleOf(entry) !== null);
  const ports = types.map((type, index): Port => {
    const entry = at(attrs, index);
    const name = stringOf(entry, PCP_NAME) ?? `arg${index}`;
    const assumed: Role = index >= firstData ? "data" : isFloat(type) ? "param" : "frozen";
    const overridden = dataArgs !== null && index >= firstData;
    const role = overridden ? "data" : (roleOf(entry) ?? assumed);
    return { index, name, role, type, attrs: withAttrs(entry, name, role) };
  });
  if (!hasRoles && types.length > 0) {
    const data = ports.filter(({ role }) => role === "data").map(({ name }) => name);
    const how = dataArgs === null ? "the trailing integer arguments" : "as told";
    assumptions.push(
      data.length === 0
        ? "no argument has a role; taking none as data and all of float type as parameters"
        : `no argument has a role; taking ${listed(data)} (${how}) as data and the others of float type as parameters`,
    );
  }
  return ports;
}

/** Makes names that occur more than once different. */
function distinct(ports: readonly Port[]): Port[] {
  const seen = new Set<string>();
  return ports.map((port) => {
    let { name } = port;
    for (let i = 1; seen.has(name); i++) name = `${port.name}.${i}`;
    seen.add(name);
    return name === port.name
      ? port
      : { ...port, name, attrs: new Map([...port.attrs, ...named(name, port.role)]) };
  });
}

/** Why an attribute of an argument or result says nothing, or null. */
function attrProblem(attrs: ArgAttrs): string | null {
  for (const key of [PCP_NAME, PCP_ROLE])
    if (attrs.has(key) && stringOf(attrs, key) === null) return `${key} is not a string`;
  const role = stringOf(attrs, PCP_ROLE);
  if (role === null || roleOf(attrs) !== null) return null;
  return `unknown ${PCP_ROLE} '${role}'; known: ${ROLES.join(", ")}${didYouMean(role, ROLES)}`;
}

/** Errors about attributes that would be passed over, and about more data than arguments; true where there are none. */
function checkWritten(
  fn: Operation,
  { dataArgs }: SignatureOptions,
  engine: DiagnosticEngine,
): boolean {
  for (const [what, entries] of [
    ["argument", argAttrsOf(fn)],
    ["result", resultAttrsOf(fn)],
  ] as const)
    for (const [index, attrs] of entries.entries()) {
      const problem = attrProblem(attrs);
      if (problem !== null) engine.error(fn.loc, `${what} ${index}: ${problem}`);
    }
  const count = functionTypeOf(fn).inputs.length;
  if (dataArgs !== null && dataArgs > count)
    engine.error(
      fn.loc,
      `--data-args=${dataArgs}: function '${functionName(fn)}' has ${plural(count, "argument")}`,
    );
  return !engine.hasErrors;
}

/** Names and roles of a function's arguments and results; null after errors. */
export function signatureOf(
  fn: Operation,
  options: SignatureOptions,
  engine: DiagnosticEngine,
): Signature | null {
  if (!checkWritten(fn, options, engine)) return null;
  const assumptions: string[] = [];
  const args = distinct(argPorts(fn, options.dataArgs, assumptions));
  const attrs = resultAttrsOf(fn);
  const buffers = new Set(args.filter(({ role }) => role === "buffer").map(({ name }) => name));
  const results = functionTypeOf(fn).results.map((type, index): Port => {
    const entry = at(attrs, index);
    const name = stringOf(entry, PCP_NAME) ?? `result${index}`;
    const role = roleOf(entry) ?? (buffers.has(name) ? "buffer" : "aux");
    return { index, name, role, type, attrs: withAttrs(entry, name, role) };
  });
  return { fn, name: functionName(fn), args, results, assumptions };
}

/** Why a result cannot be a loss, or null. */
function lossProblem(port: Port, wanted: "scalar" | "any shape"): string | null {
  const { type } = port;
  if (type.kind !== "tensor" || !isFloat(type)) {
    const kind = isInteger(type) ? "an integer" : "not a float";
    return `result ${port.index} ('${port.name}') is ${kind} tensor ${type.text}; a loss must be a float scalar`;
  }
  if (wanted === "scalar" && type.shape.length > 0)
    return `result ${port.index} ('${port.name}') has type ${type.text}; a loss must be a scalar, so reduce it to one in the model`;
  return null;
}

const isScalarFloat = ({ type }: Port): boolean =>
  type.kind === "tensor" && type.shape.length === 0 && isFloat(type);

/** The result to differentiate: as told, the one with role `loss`, or the only float scalar. */
export function chooseLoss(
  signature: Signature,
  given: number | null,
  wanted: "scalar" | "any shape",
  engine: DiagnosticEngine,
): { readonly port: Port; readonly assumption: string | null } | null {
  const { results, fn, name } = signature;
  const fail = (message: string): null => {
    engine.error(fn.loc, message);
    return null;
  };
  if (results.length === 0) return fail(`function '${name}' has no results`);
  let port: Port | undefined;
  let assumption: string | null = null;
  const marked = results.filter(({ role }) => role === "loss");
  if (given !== null) {
    port = results[given];
    if (port === undefined)
      return fail(`no result ${given}; function '${name}' has ${plural(results.length, "result")}`);
  } else if (marked.length > 0) {
    if (marked.length > 1)
      return fail(
        `${marked.length} results are losses (${listed(marked.map((m) => m.name))}); choose one with --loss=K`,
      );
    port = marked[0];
  } else if (results.length === 1 || wanted === "any shape") port = results[0];
  else {
    const scalars = results.filter(isScalarFloat);
    if (scalars.length > 1)
      return fail(
        `results ${scalars.map(({ index }) => index).join(", ")} may each be the loss; choose one with --loss=K`,
      );
    port = scalars[0] ?? results[0];
    assumption = `no result has role 'loss'; taking result ${port?.index}`;
  }
  if (port === undefined) return null;
  const problem = lossProblem(port, wanted);
  return problem === null ? { port, assumption } : fail(problem);
}

/** Arguments that `--wrt` names, by name or index; all of `fallback` where it is absent. */
export function chooseWrt(
  signature: Signature,
  wrt: readonly string[] | null,
  fallback: readonly Port[],
  engine: DiagnosticEngine,
): readonly Port[] | null {
  if (wrt === null) return fallback;
  const chosen: Port[] = [];
  const { args, fn, name } = signature;
  for (const wanted of wrt) {
    const port =
      args.find((arg) => arg.name === wanted) ??
      (/^\d+$/.test(wanted) ? args[Number(wanted)] : undefined);
    if (port === undefined) {
      const names = args.map((arg) => arg.name);
      engine.error(
        fn.loc,
        /^\d+$/.test(wanted)
          ? `--wrt: no argument ${wanted}; function '${name}' has ${plural(args.length, "argument")}`
          : `--wrt: no argument '${wanted}' in function '${name}'${didYouMean(wanted, names)}`,
      );
    } else if (!isFloat(port.type)) {
      engine.error(
        fn.loc,
        `--wrt: argument '${port.name}' is ${port.type.text}, which has no gradient`,
      );
    } else if (!chosen.includes(port)) chosen.push(port);
  }
  return engine.hasErrors ? null : chosen;
}

/** An error per argument and result whose shape is not known; true where all are. */
export function requireStatic(signature: Signature, engine: DiagnosticEngine): boolean {
  const dynamic = [...signature.args, ...signature.results].filter(
    ({ type }) =>
      type.kind === "unrankedTensor" || (type.kind === "tensor" && type.shape.includes(DYNAMIC)),
  );
  if (dynamic.length === 0) return true;
  engine.error(
    signature.fn.loc,
    `dynamic shapes are not supported: ${dynamic.map((port) => `'${port.name}' is ${port.type.text}`).join(", ")}; export the model with fixed shapes`,
  );
  return false;
}

/** An error about arguments and results that are not tensors of numbers; true where all are. */
export function requireTensors(signature: Signature, engine: DiagnosticEngine): boolean {
  const other = [...signature.args, ...signature.results].filter(
    ({ type }) => type.kind !== "tensor" || dtypeOf(type.element) === null,
  );
  if (other.length === 0) return true;
  const what = other.map(({ name, type }) => `'${name}' is ${type.text}`).join(", ");
  engine.error(signature.fn.loc, `only tensors of numbers can be differentiated: ${what}`);
  return false;
}
