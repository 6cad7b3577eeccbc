/** @file What a module takes, gives and consists of: the text of --summary. */
import {
  argAttrsOf,
  functionName,
  functionsOf,
  functionTypeOf,
  isPublic,
  PCP_NAME,
  PCP_ROLE,
  resultAttrsOf,
  stringOf,
} from "#lib/dialects/func/functions.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { dtypeOf, isStatic, type Type } from "#lib/ir/types.ts";
import { elementCount } from "#lib/support/shape.ts";
import { formatBytes, plural } from "#lib/support/text.ts";
import { byteWidth } from "#lib/tensors/dtype.ts";

/** One argument or result. */
export interface SlotSummary {
  readonly name: string | null;
  readonly role: string | null;
  readonly type: string;
  /** Null where the shape or the element type has no known size. */
  readonly elements: number | null;
  readonly bytes: number | null;
}

/** Sizes of all arguments of one role. */
export interface RoleSummary {
  readonly role: string;
  readonly count: number;
  readonly elements: number;
  readonly bytes: number;
}

export interface FunctionSummary {
  readonly name: string;
  readonly public: boolean;
  readonly arguments: readonly SlotSummary[];
  readonly results: readonly SlotSummary[];
  readonly roles: readonly RoleSummary[];
  /** Index of the result that is the loss, or null where none can be one. */
  readonly loss: number | null;
  readonly ops: Readonly<Record<string, number>>;
  readonly opCount: number;
}

export interface ModuleSummary {
  readonly functions: readonly FunctionSummary[];
  readonly opCount: number;
}

const sizeOf = (type: Type): { elements: number | null; bytes: number | null } => {
  if (!isStatic(type)) return { elements: null, bytes: null };
  const elements = elementCount(type.shape);
  const dtype = dtypeOf(type.element);
  return { elements, bytes: dtype === null ? null : elements * byteWidth(dtype) };
};

function slots(fn: Operation, what: "inputs" | "results"): SlotSummary[] {
  const attrs = what === "inputs" ? argAttrsOf(fn) : resultAttrsOf(fn);
  return functionTypeOf(fn)[what].map((type, index) => ({
    name: stringOf(attrs[index], PCP_NAME),
    role: stringOf(attrs[index], PCP_ROLE),
    type: type.text,
    ...sizeOf(type),
  }));
}

function rolesOf(args: readonly SlotSummary[]): RoleSummary[] {
  const roles = new Map<string, { count: number; elements: number; bytes: number }>();
  for (const { role, elements, bytes } of args) {
    const key = role ?? "unnamed";
    const sum = roles.get(key) ?? { count: 0, elements: 0, bytes: 0 };
    roles.set(key, sum);
    sum.count++;
    sum.elements += elements ?? 0;
    sum.bytes += bytes ?? 0;
  }
  return [...roles].map(([role, sums]) => ({ role, ...sums }));
}

/** The result with the role `loss`, else the only scalar float. */
function lossIndex(fn: Operation, results: readonly SlotSummary[]): number | null {
  const marked = results.findIndex(({ role }) => role === "loss");
  if (marked !== -1) return marked;
  const scalars = functionTypeOf(fn).results.flatMap((type, index) =>
    type.kind === "tensor" && type.shape.length === 0 && type.element.kind === "float"
      ? [index]
      : [],
  );
  return scalars.length === 1 ? (scalars[0] ?? null) : null;
}

function functionSummary(fn: Operation): FunctionSummary {
  const counts = new Map<string, number>();
  fn.walk((op) => {
    if (op !== fn) counts.set(op.name, (counts.get(op.name) ?? 0) + 1);
  });
  const sorted = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const args = slots(fn, "inputs");
  const results = slots(fn, "results");
  return {
    name: functionName(fn),
    public: isPublic(fn),
    arguments: args,
    results,
    roles: rolesOf(args),
    loss: lossIndex(fn, results),
    ops: Object.fromEntries(sorted),
    opCount: sorted.reduce((sum, [, count]) => sum + count, 0),
  };
}

/** Summary of a module's functions. */
export function summaryOf(module: Operation): ModuleSummary {
  const functions = functionsOf(module).map(functionSummary);
  return { functions, opCount: functions.reduce((sum, { opCount }) => sum + opCount, 0) };
}

const amount = (bytes: number | null): string => (bytes === null ? "?" : formatBytes(bytes));

function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, cell.length);
    });
  return rows
    .map(
      (row) =>
        `    ${row
          .map((cell, i) => cell.padEnd(widths[i] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}

const slotRow = (slot: SlotSummary, index: number): string[] => [
  `#${index}`,
  slot.name ?? "-",
  slot.role ?? "-",
  slot.type,
  amount(slot.bytes),
];

function functionText(fn: FunctionSummary): string {
  const { arguments: args, results, roles } = fn;
  let text = `@${fn.name}${fn.public ? "" : " (private)"}: ${plural(args.length, "argument")}, ${plural(results.length, "result")}, ${plural(fn.opCount, "op")}\n`;
  if (args.length > 0) text += `  arguments\n${table(args.map(slotRow))}`;
  if (results.length > 0) text += `  results\n${table(results.map(slotRow))}`;
  if (roles.length > 0)
    text += `  by role\n${table(
      roles.map(({ role, count, elements, bytes }) => [
        role,
        plural(count, "argument"),
        plural(elements, "element"),
        amount(bytes),
      ]),
    )}`;
  text += `  loss: ${fn.loss === null ? "no result is marked or can only be one" : `result #${fn.loss}`}\n`;
  text += `  ops\n${table(Object.entries(fn.ops).map(([name, count]) => [`${count}`, name]))}`;
  return text;
}

/** Text of a summary. */
export const formatSummary = ({ functions, opCount }: ModuleSummary): string =>
  `${functions.map((fn) => `${functionText(fn)}\n`).join("")}${plural(functions.length, "function")}, ${plural(opCount, "op")}\n`;
