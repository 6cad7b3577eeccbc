/** @file Compares the functions of a module with the manifest that an exporter wrote. */
import type { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import {
  argAttrsOf,
  findFunction,
  functionName,
  functionsOf,
  functionTypeOf,
  PCP_NAME,
  PCP_ROLE,
  resultAttrsOf,
  stringOf,
} from "#lib/dialects/func/functions.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { elementType, type Type, tensorType } from "#lib/ir/types.ts";
import { didYouMean } from "#lib/support/text.ts";
import { isDType } from "#lib/tensors/dtype.ts";

/** One argument or result as the manifest has it. */
interface Entry {
  readonly name: string;
  readonly role: string;
  readonly shape: readonly number[];
  readonly dtype: string;
}

interface FunctionEntry {
  readonly data: readonly Entry[];
  readonly results: readonly Entry[];
}

interface Manifest {
  readonly weights: readonly Entry[];
  readonly functions: Readonly<Record<string, FunctionEntry>>;
}

const isEntry = (value: unknown): value is Entry => {
  const entry = value as Partial<Entry> | null;
  return (
    typeof entry === "object" &&
    entry !== null &&
    typeof entry.name === "string" &&
    typeof entry.dtype === "string" &&
    Array.isArray(entry.shape)
  );
};

const areEntries = (value: unknown): value is readonly Entry[] =>
  Array.isArray(value) && value.every(isEntry);

/** The manifest in a text, or what is wrong with it. */
function readManifest(text: string): Manifest | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `is no JSON: ${error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : ""}`;
  }
  const { weights, functions } = (value ?? {}) as Partial<Manifest>;
  if (!areEntries(weights)) return "has no list 'weights' of names, shapes and dtypes";
  if (typeof functions !== "object" || functions === null) return "has no 'functions'";
  for (const [name, entry] of Object.entries(functions))
    if (!areEntries(entry?.data) || !areEntries(entry?.results))
      return `has no 'data' and 'results' for function '${name}'`;
  return { weights, functions };
}

const typeOf = ({ shape, dtype }: Entry): Type | null =>
  isDType(dtype) ? tensorType(shape, elementType(dtype)) : null;

interface Slot {
  readonly type: Type;
  readonly name: string | null;
  readonly role: string | null;
}

/** What differs between one argument or result and its entry, or null. */
function difference(slot: Slot, entry: Entry): string | null {
  if (slot.name !== null && slot.name !== entry.name)
    return `is named '${slot.name}', but the manifest says '${entry.name}'`;
  const wanted = typeOf(entry);
  if (slot.type !== wanted)
    return `has type '${slot.type.text}', but the manifest says '${wanted?.text ?? entry.dtype}'`;
  if (slot.role !== null && entry.role !== undefined && slot.role !== entry.role)
    return `has role '${slot.role}', but the manifest says '${entry.role}'`;
  return null;
}

function compare(
  fn: Operation,
  what: "argument" | "result",
  slots: readonly Slot[],
  entries: readonly Entry[],
  engine: DiagnosticEngine,
): void {
  const name = functionName(fn);
  const shared = Math.min(slots.length, entries.length);
  for (let i = 0; i < shared; i++) {
    const entry = entries[i] as Entry;
    const message = difference(slots[i] as Slot, entry);
    if (message === null) continue;
    engine.error(fn.loc, `${what} #${i} '${entry.name}' of function '${name}' ${message}`);
    return;
  }
  if (slots.length === entries.length) return;
  const extra =
    slots.length > shared
      ? (slots[shared]?.name ?? `of type '${slots[shared]?.type.text}'`)
      : entries[shared]?.name;
  const where = slots.length > shared ? "is not in the manifest" : "is missing";
  engine.error(
    fn.loc,
    `function '${name}' has ${slots.length} ${what}s, but the manifest says ${entries.length}: ${what} #${shared} '${extra}' ${where}`,
  );
}

function slotsOf(fn: Operation, what: "argument" | "result"): Slot[] {
  const type = functionTypeOf(fn);
  const attrs = what === "argument" ? argAttrsOf(fn) : resultAttrsOf(fn);
  return (what === "argument" ? type.inputs : type.results).map((slot, index) => ({
    type: slot,
    name: stringOf(attrs[index], PCP_NAME),
    role: stringOf(attrs[index], PCP_ROLE),
  }));
}

/** Compares every function of the manifest with the module's; false after reporting what differs. */
export function checkSignature(
  module: Operation,
  text: string,
  path: string,
  engine: DiagnosticEngine,
): boolean {
  const manifest = readManifest(text);
  if (typeof manifest === "string") {
    engine.error(module.loc, `manifest '${path}' ${manifest}`);
    return false;
  }
  const errors = engine.errorCount;
  const names = functionsOf(module).map(functionName);
  for (const [name, entry] of Object.entries(manifest.functions)) {
    const fn = findFunction(module, name);
    if (fn === null) {
      engine.error(
        module.loc,
        `the manifest has a function '${name}', and the module has none${didYouMean(name, names)}`,
      );
      continue;
    }
    compare(fn, "argument", slotsOf(fn, "argument"), [...manifest.weights, ...entry.data], engine);
    compare(fn, "result", slotsOf(fn, "result"), entry.results, engine);
  }
  return engine.errorCount === errors;
}
