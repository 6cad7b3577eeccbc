/** @file Numbers and arrays of numbers as attributes. */
import {
  type Attribute,
  boolAttr,
  type DenseArrayAttr,
  denseArrayAttr,
  floatAttr,
  floatFromBits,
  integerAttr,
} from "#lib/ir/attributes.ts";
import { floatType, type Type } from "#lib/ir/types.ts";
import {
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

const ARRAY = /^array<\s*(i1|i8|i16|i32|i64|f32|f64)\s*(?::([\s\S]*))?>$/;

/** `array<i64: 1, 2>`. */
export function denseArrayLiteral(text: string): DenseArrayAttr | Problem {
  const [, name, body] = ARRAY.exec(text) ?? [];
  if (name === undefined) return { error: "expected an integer or floating point type" };
  if (body === undefined) return denseArrayAttr(name, []);
  const type: Type = name.startsWith("f")
    ? floatType(name)
    : { kind: "integer", text: name, width: Number(name.slice(1)), signedness: "signless" };
  const element = elementKind(type);
  const values: (number | bigint)[] = [];
  for (const part of body.split(",")) {
    const item = part.trim();
    if (!/^(?:true|false|-?(?:0x[0-9a-fA-F]+|\d+(?:\.\d*(?:[eE][-+]?\d+)?)?))$/.test(item))
      return { error: "expected integer or floating point literal in array" };
    const wrong = element === null ? null : literalError(item, element);
    if (wrong !== null) return { error: wrong };
    if (item === "true" || item === "false") values.push(item === "true" ? 1 : 0);
    else if (type.kind === "float")
      values.push(item.startsWith("0x") ? floatFromBits(BigInt(item), name) : roundTo(item, name));
    else {
      const value = integerValue(item);
      const small = Number(value);
      values.push(Number.isSafeInteger(small) ? small : value);
    }
  }
  return denseArrayAttr(name, values);
}

const roundTo = (text: string, name: string): number =>
  name === "f32" ? Math.fround(Number(text)) : Number(text);
