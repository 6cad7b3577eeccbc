/** @file Numbers and arrays of numbers as attributes. */
import {
  type Attribute,
  boolAttr,
  type DenseArrayAttr,
  denseArrayAttr,
  floatAttr,
  floatBits,
  floatFromBits,
  integerAttr,
} from "#lib/ir/attributes.ts";
import { floatType, integerType, type Type } from "#lib/ir/types.ts";
import {
  type ElementKind,
  elementKind,
  fitsInteger,
  INTEGER_FOR_FLOAT,
  integerValue,
  literalError,
} from "./dense-literal.ts";

type Problem = { readonly error: string };

/** `1.5 : f32`; f64 where no type is written. */
export function floatLiteral(text: string, type: Type | null): Attribute | Problem {
  const float = type ?? floatType("f64");
  if (float.kind !== "float") return { error: "floating point value not valid for specified type" };
  const element = elementKind(float);
  const error = element === null ? null : literalError(text, element);
  if (error !== null) return { error };
  return floatAttr(Number(text), float);
}

/** `1 : i32`, `0x7FC00000 : f32`, `1 : i1`, which is `true`. */
export function integerLiteral(text: string, type: Type): Attribute | Problem {
  const element = elementKind(type);
  if (type.kind === "float") {
    if (!/^-?0x/.test(text)) return { error: INTEGER_FOR_FLOAT };
    if (text.startsWith("-"))
      return { error: "hexadecimal float literal should not have a leading minus" };
    const bits = BigInt(text);
    if (element !== null && literalError(text, element) !== null)
      return { error: "hexadecimal float constant out of range for type" };
    return { kind: "float", bits, value: floatFromBits(bits, type.text), type };
  }
  if (type.kind !== "integer" && type.kind !== "index")
    return { error: "integer literal not valid for specified type" };
  const bits = type.kind === "index" ? 64 : type.width;
  const kind = type.kind === "index" ? "signed" : type.signedness;
  if (kind === "unsigned" && text.startsWith("-"))
    return { error: "negative integer literal not valid for unsigned integer type" };
  const value = integerValue(text);
  if (!fitsInteger(value, bits, kind))
    return { error: "integer constant out of range for attribute" };
  if (type.text === "i1") return boolAttr(value !== 0n);
  return integerAttr(kind === "signless" ? BigInt.asIntN(bits, value) : value, type);
}

const ARRAY = /^array<\s*(\w+)\s*(?::([\s\S]*))?>$/;
const NUMBER = /^-?(?:0x[0-9a-fA-F]+|\d+(?:\.\d*(?:[eE][-+]?\d+)?)?)$/;

/** What array elements of that name are, or what is wrong with them. */
function arrayElement(name: string): ElementKind | Problem {
  const [, sign = "", digits] = /^([su]?)i([1-9]\d*)$/.exec(name) ?? [];
  const bits = Number(digits);
  if (name === "index") return { error: "expected integer or float type, got: 'index'" };
  if (digits !== undefined && name !== "i1") {
    if (bits % 8 !== 0) return { error: "element type bitwidth must be a multiple of 8" };
    const kind = sign === "u" ? "unsigned" : sign === "s" ? "signed" : "integer";
    return { kind, bits, bytes: bits / 8, name, complex: false };
  }
  if (name === "tf32" || /^f[46]E/.test(name))
    return { error: "element type bitwidth must be a multiple of 8" };
  const type: Type = name === "i1" ? integerType(1) : floatType(name);
  return elementKind(type) ?? { error: "expected an integer or floating point type" };
}

/** One element of an array, or what is wrong with its text. */
function arrayItem(item: string, element: ElementKind): number | bigint | Problem {
  const { kind, bits, name } = element;
  if (item === "true" || item === "false")
    return kind === "bool" ? Number(item === "true") : { error: "expected integer literal" };
  if (kind === "float") {
    if (!NUMBER.test(item)) return { error: "expected floating point literal" };
    const error = literalError(item, element);
    if (error !== null) return { error };
    return floatFromBits(
      item.startsWith("0x") ? BigInt(item) : floatBits(Number(item), name),
      name,
    );
  }
  if (!NUMBER.test(item) || item.includes(".")) return { error: "expected integer literal" };
  const value = integerValue(item);
  if (!fitsInteger(value, bits, kind)) return { error: "integer constant out of range" };
  if (kind === "bool") return value === 0n ? 0 : 1;
  const stored = kind === "integer" ? BigInt.asIntN(bits, value) : value;
  const small = Number(stored);
  return Number.isSafeInteger(small) ? small : stored;
}

/** `array<i64: 1, 2>`; `at` of a problem counts from the start of the text. */
export function denseArrayLiteral(text: string): DenseArrayAttr | (Problem & { at: number }) {
  const [, name, body] = ARRAY.exec(text) ?? [];
  const start = "array<".length;
  if (name === undefined) return { error: "expected an integer or floating point type", at: start };
  const element = arrayElement(name);
  if ("error" in element) return { ...element, at: start };
  if (body === undefined) return denseArrayAttr(name, []);
  const values: (number | bigint)[] = [];
  let at = text.indexOf(":") + 1;
  for (const part of body.split(",")) {
    const item = part.trim();
    const value = arrayItem(item, element);
    if (typeof value === "object") {
      const behind = value.error.endsWith("range") ? item.length : 0;
      return { ...value, at: at + part.length - part.trimStart().length + behind };
    }
    values.push(value);
    at += part.length + 1;
  }
  return denseArrayAttr(name, values);
}
