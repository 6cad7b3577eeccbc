/** @file Inputs of a call as text: `2x2xf32=1 2 3 4`, `@x.npy`, and how files with names fill arguments. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { isProblem, type Problem } from "#lib/support/problem.ts";
import { elementCount } from "#lib/support/shape.ts";
import { plural } from "#lib/support/text.ts";
import {
  bitWidth,
  type DType,
  isComplexDType,
  isDType,
  isFloatDType,
  isIntegerDType,
} from "#lib/tensors/dtype.ts";
import { NAMED_TENSOR_FILES, readNamedTensors, readNpyFile } from "#lib/tensors/files.ts";
import { checkedByteLength } from "#lib/tensors/sizes.ts";
import {
  type Tensor,
  tensorByteLength,
  tensorFromBytes,
  writeNumber,
  zeros,
} from "#lib/tensors/tensor.ts";
import type { FunctionInfo, ValueInfo } from "./engine.ts";

/** Larger than any memory here; a typing error in a shape should not ask the system for more. */
const MAX_BYTES = 2 ** 36;

/** What one `--input` gives. */
export type InputPart =
  | { readonly kind: "tensors"; readonly tensors: readonly Tensor[] }
  | { readonly kind: "named"; readonly tensors: ReadonlyMap<string, Tensor>; readonly file: string }
  /** A number without a type, which takes that of its argument. */
  | { readonly kind: "number"; readonly text: string };

/** Spellings of element types that IREE accepts besides MLIR's. */
function dtypeFromText(text: string): DType | null {
  if (isDType(text)) return text;
  const signed = text.replace(/^s(?=i\d)/, "");
  if (isDType(signed)) return signed;
  if (text === "cf64") return "complex<f32>";
  return text === "cf128" ? "complex<f64>" : null;
}

/** Element type and shape of `2x3xf32`. */
function parseType(text: string): { dtype: DType; shape: number[] } | Problem {
  const shape: number[] = [];
  let rest = text.trim();
  for (;;) {
    const size = /^(\d+)x/.exec(rest);
    if (size === null) break;
    shape.push(Number(size[1]));
    rest = rest.slice(size[0].length);
  }
  const dtype = dtypeFromText(rest);
  if (dtype === null)
    return { problem: `'${rest}' is not an element type (as in 2x3xf32, 4xi64, bf16)` };
  const bytes = shape.length > 64 ? null : checkedByteLength(dtype, shape);
  if (bytes === null || bytes > MAX_BYTES) return { problem: `'${text}' is too large` };
  return { dtype, shape };
}

const FLOAT = /^[+-]?(?:\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|inf(?:inity)?|nan)$/i;

/** C's hexadecimal form of a number, as `0x1.8p-3`. */
const HEX_FLOAT = /^([+-]?)0x(?=\.?[0-9a-f])([0-9a-f]*)\.?([0-9a-f]*)(?:p([+-]?\d+))?$/i;

function parseFloatText(text: string): number | null {
  const hex = HEX_FLOAT.exec(text);
  if (hex !== null) {
    const [, sign, whole = "", fraction = "", power = "0"] = hex;
    const exponent = Number(power) - 4 * fraction.length;
    const value = Number(BigInt(`0x${whole}${fraction}`)) * 2 ** exponent;
    return sign === "-" ? -value : value;
  }
  if (!FLOAT.test(text)) return null;
  const lower = text.toLowerCase();
  if (lower.includes("nan")) return Number.NaN;
  if (lower.includes("inf")) return lower.startsWith("-") ? -Infinity : Infinity;
  return Number(text);
}

/** An integer that fits the type as signed or unsigned number; it wraps to the type's range. */
function parseIntegerText(text: string, dtype: DType): bigint | null {
  const flag = { true: 1n, false: 0n }[text.toLowerCase()];
  if (dtype === "i1" && flag !== undefined) return flag;
  const match = /^([+-]?)(\d+|0x[0-9a-f]+)$/i.exec(text);
  if (match === null) return null;
  const magnitude = BigInt(match[2] as string);
  const value = match[1] === "-" ? -magnitude : magnitude;
  const bits = BigInt(bitWidth(dtype));
  const lowest = dtype.startsWith("u") ? 0n : -(1n << (bits - 1n));
  return value >= lowest && value < 1n << bits ? value : null;
}

/** Writes the number that `text` says into one slot; false where it is not one for this type. */
function writeElement(tensor: Tensor, index: number, text: string): boolean {
  const { dtype, data } = tensor;
  if (isIntegerDType(dtype)) {
    const value = parseIntegerText(text, dtype);
    if (value === null) return false;
    if (data instanceof BigInt64Array) data[index] = BigInt.asIntN(64, value);
    else if (data instanceof BigUint64Array) data[index] = value;
    else writeNumber(tensor, index, Number(value));
    return true;
  }
  const value = parseFloatText(text);
  if (value === null) return false;
  writeNumber(tensor, index, value);
  return true;
}

/** Elements between blanks, commas and brackets; one element fills the tensor, none leaves zeros. */
function parseElements(dtype: DType, shape: readonly number[], text: string): Tensor | Problem {
  const tensor = zeros(dtype, shape);
  const words = text.split(/[\s,[\]()]+/).filter((word) => word !== "");
  const slots = tensor.data.length;
  const type = [...shape, dtype].join("x");
  if (words.length !== 0 && words.length !== 1 && words.length !== slots)
    return { problem: `${type} has ${plural(slots, "element")}, but ${words.length} are given` };
  for (const [index, word] of words.entries()) {
    if (index < slots && !writeElement(tensor, index, word))
      return { problem: `'${word.slice(0, 40)}' is not a number that ${dtype} can hold` };
  }
  if (words.length === 1) tensor.data.fill(tensor.data[0] as never);
  return tensor;
}

function readRaw(dtype: DType, shape: readonly number[], path: string): Tensor | Problem {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = { ENOENT: "no such file", EISDIR: "it is a folder" }[code ?? ""] ?? code;
    return { problem: `cannot read '${path}': ${why}` };
  }
  const due = tensorByteLength(dtype, shape);
  if (bytes.byteLength !== due)
    return { problem: `'${path}' has ${bytes.byteLength} bytes where the type takes ${due}` };
  return tensorFromBytes(dtype, shape, bytes);
}

function parseFile(name: string, cwd: string): InputPart | Problem {
  const path = resolve(cwd, name);
  if (NAMED_TENSOR_FILES.some((ending) => name.endsWith(ending))) {
    const tensors = readNamedTensors(path);
    return isProblem(tensors) ? tensors : { kind: "named", tensors, file: name };
  }
  if (!name.endsWith(".npy"))
    return {
      problem: `'@${name}' is none of .npy, .npz, .safetensors and .irpa; raw bytes need a type, as in 2x3xf32=@${name}`,
    };
  const tensors = readNpyFile(path);
  return isProblem(tensors) ? tensors : { kind: "tensors", tensors };
}

/** Reads one `--input`. Paths resolve against `cwd`. */
export function parseInput(text: string, cwd: string): InputPart | Problem {
  const trimmed = text.trim();
  if (trimmed.startsWith("@")) return parseFile(trimmed.slice(1), cwd);
  if (FLOAT.test(trimmed) || HEX_FLOAT.test(trimmed) || /^(true|false)$/i.test(trimmed))
    return { kind: "number", text: trimmed };
  const equals = trimmed.indexOf("=");
  const type = parseType(equals === -1 ? trimmed : trimmed.slice(0, equals));
  if (isProblem(type)) return type;
  const { dtype, shape } = type;
  if (isComplexDType(dtype) && equals !== -1 && !trimmed.includes("=@"))
    return { problem: `${dtype} elements are given by a file, as in 2x${dtype}=@x.bin` };
  const value = equals === -1 ? "" : trimmed.slice(equals + 1).trim();
  const tensor = value.startsWith("@")
    ? readRaw(dtype, shape, resolve(cwd, value.slice(1)))
    : parseElements(dtype, shape, value);
  return isProblem(tensor) ? tensor : { kind: "tensors", tensors: [tensor] };
}

/** A number for an argument whose type says what it is. */
function typedNumber(text: string, index: number, info: ValueInfo | undefined): Tensor | Problem {
  const dtype = info?.dtype ?? (/[.en]/i.test(text) && !/^0x/i.test(text) ? "f32" : "i32");
  if (info !== undefined && elementCount((info.shape ?? []).map((size) => size ?? 2)) !== 1)
    return { problem: `input ${index} must be ${info.type}, but got the number ${text}` };
  const shape = (info?.shape ?? []).map(() => 1);
  const tensor = isFloatDType(dtype) || isIntegerDType(dtype) ? zeros(dtype, shape) : null;
  if (tensor === null || !writeElement(tensor, 0, text))
    return { problem: `input ${index}: '${text}' is not a number that ${dtype} can hold` };
  return tensor;
}

const nameOf = (index: number, { name, type }: ValueInfo): string =>
  name === null ? `argument ${index} (${type})` : `'${name}' (argument ${index}, ${type})`;

/** The first arguments that nothing fills, for a message. */
function missingProblem(info: FunctionInfo, filled: readonly (Tensor | null)[]): Problem | null {
  const missing = info.args.flatMap((value, index) =>
    filled[index] === null ? [nameOf(index, value)] : [],
  );
  if (missing.length === 0) return null;
  const shown = missing.slice(0, 3).join(", ");
  const more = missing.length > 3 ? ` and ${missing.length - 3} more` : "";
  return {
    problem: `@${info.name} takes ${plural(info.args.length, "input")}; nothing is given for ${shown}${more}`,
  };
}

/**
 * Fills the arguments of a function: tensors of files with names by `pcp.name`, where the function has any of a file's names, all
 * others in order into what is left.
 * @param named - tensors by name whose other names do not matter, as those of a checkpoint.
 */
export function bindInputs(
  info: FunctionInfo,
  parts: readonly InputPart[],
  named: ReadonlyMap<string, Tensor> = new Map(),
): Tensor[] | Problem {
  const known = new Set(info.args.map(({ name }) => name));
  const byName = new Map(named);
  const ordered: (Tensor | string)[] = [];
  for (const part of parts) {
    if (part.kind === "number") ordered.push(part.text);
    else if (part.kind === "tensors") ordered.push(...part.tensors);
    else if ([...part.tensors.keys()].some((name) => known.has(name)))
      for (const [name, tensor] of part.tensors) byName.set(name, tensor);
    else ordered.push(...part.tensors.values());
  }
  const filled: (Tensor | null)[] = info.args.map(({ name }) =>
    name === null ? null : (byName.get(name) ?? null),
  );
  let position = 0;
  for (const [given, value] of ordered.entries()) {
    while (position < filled.length && filled[position] !== null) position++;
    if (position >= filled.length)
      return {
        problem: `@${info.name} takes ${plural(info.args.length, "input")}, but ${plural(ordered.length - given, "more is", "more are")} given`,
      };
    const tensor =
      typeof value === "string" ? typedNumber(value, position, info.args[position]) : value;
    if (isProblem(tensor)) return tensor;
    filled[position++] = tensor;
  }
  return missingProblem(info, filled) ?? (filled as Tensor[]);
}
