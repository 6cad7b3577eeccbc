/** @file The grammar of `--input`: `tokens=i64[8x128]:randint(0,256)`. */
import { isProblem, type Problem } from "#lib/support/problem.ts";

/** Element types that example inputs can have. */
export const INPUT_DTYPES = [
  "f64",
  "f32",
  "f16",
  "bf16",
  "i64",
  "i32",
  "i16",
  "i8",
  "ui8",
  "i1",
] as const;

/** What fills an example input. */
export const INPUT_CONTENTS = ["randint", "randn", "zeros", "ones"] as const;

export type InputDType = (typeof INPUT_DTYPES)[number];
export type InputContents = (typeof INPUT_CONTENTS)[number];

/** One example input. */
export interface ExampleInput {
  /** The method that it is for, or null for every method that has an argument of this name. */
  readonly method: string | null;
  readonly name: string;
  readonly dtype: InputDType;
  readonly shape: readonly number[];
  readonly contents: InputContents;
  /** Half-open range of `randint`. */
  readonly low: number;
  readonly high: number;
}

const GRAMMAR =
  /^(?:([A-Za-z_]\w*)\.)?([A-Za-z_]\w*)=(\w+)\[([^\]]*)\](?::(\w+)(?:\(([^()]*)\))?)?$/;

const isOneOf = <T extends string>(list: readonly T[], name: string): name is T =>
  (list as readonly string[]).includes(name);

const problem = (text: string): Problem => ({ problem: text });

function parseShape(text: string): number[] | null {
  const sizes = text.trim() === "" ? [] : text.split(/[x,]/);
  if (!sizes.every((size) => /^\s*\d{1,9}\s*$/.test(size))) return null;
  return sizes.map(Number);
}

function parseRange(text: string | undefined): { low: number; high: number } | null {
  const numbers = (text ?? "").split(",").map((part) => part.trim());
  if (numbers.length > 2 || !numbers.every((part) => /^-?\d{1,15}$/.test(part))) return null;
  const [first = "0", second] = numbers;
  const low = second === undefined ? 0 : Number(first);
  const high = Number(second ?? first);
  return low < high ? { low, high } : null;
}

/** Reads one `--input`. */
export function parseInputSpec(text: string): ExampleInput | Problem {
  const match = GRAMMAR.exec(text.trim());
  if (match === null)
    return problem(`cannot read --input '${text}'; expected NAME=DTYPE[8x128]:randint(0,256)`);
  const [, method, name = "", dtype = "", shapeText = "", given, numbers] = match;
  if (!isOneOf(INPUT_DTYPES, dtype))
    return problem(
      `unknown element type '${dtype}' in --input '${text}'; known: ${INPUT_DTYPES.join(", ")}`,
    );
  const shape = parseShape(shapeText);
  if (shape === null) return problem(`cannot read the shape '[${shapeText}]' in --input '${text}'`);
  const isFloat = /^b?f/.test(dtype);
  const contents = given ?? (isFloat ? "randn" : "zeros");
  if (!isOneOf(INPUT_CONTENTS, contents))
    return problem(
      `unknown contents '${contents}' in --input '${text}'; known: randint(low,high), randn, zeros, ones`,
    );
  const range = contents === "randint" ? parseRange(numbers) : { low: 0, high: 0 };
  if (range === null)
    return problem(`randint needs two whole numbers, low below high, in --input '${text}'`);
  if (contents !== "randint" && numbers !== undefined)
    return problem(`'${contents}' takes no numbers in --input '${text}'`);
  if (contents === "randn" && !isFloat)
    return problem(`randn needs a float element type in --input '${text}'`);
  return { method: method ?? null, name, dtype, shape, contents, ...range };
}

/** Reads all `--input` values; the first mistake is the result. */
export function parseInputSpecs(texts: readonly string[]): ExampleInput[] | Problem {
  const specs: ExampleInput[] = [];
  for (const text of texts) {
    const spec = parseInputSpec(text);
    if (isProblem(spec)) return spec;
    const key = `${spec.method}.${spec.name}`;
    if (specs.some((other) => `${other.method}.${other.name}` === key))
      return problem(`--input '${spec.name}' is given twice`);
    specs.push(spec);
  }
  return specs;
}
