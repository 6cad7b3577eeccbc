/** @file Numeric variables: formats, expressions over integers of any size, and their evaluation. */
import type { Stretch } from "./source.ts";

/** How a number is matched and printed. */
export interface NumberFormat {
  readonly kind: "u" | "d" | "x" | "X";
  readonly precision: number;
  readonly alternate: boolean;
}

export const UNSIGNED: NumberFormat = { kind: "u", precision: 0, alternate: false };

export const sameFormat = (a: NumberFormat, b: NumberFormat): boolean =>
  a.kind === b.kind && a.precision === b.precision && a.alternate === b.alternate;

/** A format as messages print it, without precision and alternate form. */
export const formatName = (format: NumberFormat): string => `%${format.kind}`;

/** Expression that matches any number of a format. */
export function wildcardOf({ kind, precision, alternate }: NumberFormat): string {
  const prefix = alternate ? "0x" : "";
  const digit = kind === "x" ? "[0-9a-f]" : kind === "X" ? "[0-9A-F]" : "[0-9]";
  const sign = kind === "d" ? "-?" : "";
  if (precision === 0) return `${prefix}${sign}${digit}+`;
  const first = digit.replace("0-9", "1-9");
  return `${prefix}${sign}(${first}${digit}*)?${digit}{${precision}}`;
}

/** Digits after which a format is refused. */
const MAX_PRECISION = 100_000;

/** Text of a value in a format, or null where the format cannot express it. */
export function printNumber(value: bigint, format: NumberFormat): string | null {
  const { kind, precision, alternate } = format;
  if ((value < 0n && kind !== "d") || precision > MAX_PRECISION) return null;
  const digits = (value < 0n ? -value : value).toString(kind === "x" || kind === "X" ? 16 : 10);
  const cased = kind === "X" ? digits.toUpperCase() : digits;
  return `${value < 0n ? "-" : ""}${alternate ? "0x" : ""}${cased.padStart(precision, "0")}`;
}

/** Value of a text that the format's wildcard matched. */
export function readNumber(text: string, format: NumberFormat): bigint {
  const negative = text.startsWith("-");
  let digits = negative ? text.slice(1) : text;
  const isHex = format.kind === "x" || format.kind === "X";
  if (isHex) digits = digits.replace(/^0[xX]/, "");
  const value = BigInt(`${isHex ? "0x" : ""}${digits}`);
  return negative ? -value : value;
}

/** A numeric variable; directives hold on to it, so that its value is found at match time. */
export interface NumericVariable {
  readonly name: string;
  readonly format: NumberFormat | null;
  /** Line of the directive that defines it, or null for the command line. */
  readonly definedAt: number | null;
  value: bigint | null;
}

/** Functions that expressions may call. */
export type BinaryName = "add" | "sub" | "mul" | "div" | "min" | "max";

/** A parsed expression; `text` is what conflict messages quote. */
export type NumericNode =
  | { readonly kind: "literal"; readonly value: bigint; readonly text: Stretch }
  | { readonly kind: "variable"; readonly variable: NumericVariable; readonly text: Stretch }
  | {
      readonly kind: "binary";
      readonly operator: BinaryName;
      readonly left: NumericNode;
      readonly right: NumericNode;
      readonly text: Stretch;
    };

/** Mistakes at their places: one, and those that were found beside it. */
export interface Problem {
  readonly at: Stretch;
  readonly message: string;
  readonly beside?: readonly Problem[];
}

/** Why an expression has no value. */
export type NoValue =
  | { readonly reason: "overflow" }
  | { readonly reason: "undefined"; readonly names: readonly Stretch[] };

const compute = (operator: BinaryName, left: bigint, right: bigint): bigint | null => {
  switch (operator) {
    case "add":
      return left + right;
    case "sub":
      return left - right;
    case "mul":
      return left * right;
    case "div":
      return right === 0n ? null : left / right;
    case "min":
      return left < right ? left : right;
    case "max":
      return left > right ? left : right;
  }
};

/** Value of an expression with the current values of its variables. */
export function evaluate(node: NumericNode): bigint | NoValue {
  switch (node.kind) {
    case "literal":
      return node.value;
    case "variable":
      return node.variable.value ?? { reason: "undefined", names: [node.text] };
    case "binary": {
      const left = evaluate(node.left);
      const right = evaluate(node.right);
      const failures = [left, right].filter((value) => typeof value !== "bigint");
      if (typeof left === "bigint" && typeof right === "bigint")
        return compute(node.operator, left, right) ?? { reason: "overflow" };
      const names = failures.flatMap((value) => (value.reason === "undefined" ? value.names : []));
      return names.length > 0 ? { reason: "undefined", names } : { reason: "overflow" };
    }
  }
}

/** The format that an expression takes from its variables; null where it has none. */
export function implicitFormat(node: NumericNode): NumberFormat | null | Problem {
  if (node.kind === "literal") return null;
  if (node.kind === "variable") return node.variable.format;
  const left = implicitFormat(node.left);
  const right = implicitFormat(node.right);
  if (left !== null && "message" in left) {
    if (right === null || !("message" in right)) return left;
    return { ...left, beside: [...(left.beside ?? []), right] };
  }
  if (right !== null && "message" in right) return right;
  if (left === null || right === null || sameFormat(left, right)) return left ?? right;
  const describe = (operand: NumericNode, format: NumberFormat): string =>
    `'${operand.text.text}' (${formatName(format)})`;
  return {
    at: node.text,
    message: `implicit format conflict between ${describe(node.left, left)} and ${describe(node.right, right)}, need an explicit format specifier`,
  };
}
