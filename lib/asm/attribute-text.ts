/** @file Prints attributes as MLIR does. */
import type { Loc } from "#lib/diag/loc.ts";
import {
  type Attribute,
  type DenseArrayAttr,
  type DenseAttr,
  floatBits,
  floatFromBits,
  type StructAttr,
  type StructField,
} from "#lib/ir/attributes.ts";
import type { Type } from "#lib/ir/types.ts";
import { elementKind } from "./dense-literal.ts";
import { floatText } from "./float-text.ts";
import { bareOrQuoted, escapeString } from "./strings.ts";

/** What changes how attributes are printed. */
export interface AttributeTextOptions {
  /** Dense attributes with more elements are printed as `dense_resource<__elided__>`. */
  readonly elideElementsOver?: number | null;
  /** Text of a location, inside `loc(...)`. */
  readonly location?: (loc: Loc) => string;
}

/** More elements than this are printed as one hexadecimal string. */
const MAX_LISTED = 100;

/** Whether `: type` follows: always, never, or not where it is the one that a literal has by itself. */
type Suffix = "always" | "never" | "unless-default";

/** Text of an attribute with its type where it has one. */
export const attributeText = (attr: Attribute, options: AttributeTextOptions = {}): string =>
  print(attr, "always", options);

/** Text of an attribute without a trailing `: type`. */
export const attributeTextWithoutType = (
  attr: Attribute,
  options: AttributeTextOptions = {},
): string => print(attr, "never", options);

/** `{a = 1 : i32, b}`, sorted by name. */
export function dictionaryText(
  entries: ReadonlyMap<string, Attribute>,
  options: AttributeTextOptions = {},
): string {
  return `{${entriesText(entries, options)}}`;
}

/** Byte order of names. */
const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function entriesText(
  entries: ReadonlyMap<string, Attribute>,
  options: AttributeTextOptions,
): string {
  const names = [...entries.keys()].sort(byName);
  return names.map((name) => entryText(name, entries.get(name) as Attribute, options)).join(", ");
}

const entryText = (name: string, attr: Attribute, options: AttributeTextOptions): string =>
  attr.kind === "unit"
    ? bareOrQuoted(name)
    : `${bareOrQuoted(name)} = ${print(attr, "always", options)}`;

const symbolText = (name: string): string => `@${bareOrQuoted(name)}`;

const withType = (text: string, type: Type | null, suffix: Suffix): string =>
  type === null || type.kind === "none" || suffix === "never" ? text : `${text} : ${type.text}`;

function print(attr: Attribute, suffix: Suffix, options: AttributeTextOptions): string {
  switch (attr.kind) {
    case "unit":
      return "unit";
    case "bool":
      return String(attr.value);
    case "integer": {
      const bare = suffix === "unless-default" && attr.type.text === "i64";
      return withType(String(attr.value), attr.type, bare ? "never" : suffix);
    }
    case "float": {
      const text = floatText(attr.value, attr.bits, attr.type.text);
      const isF64 = suffix === "unless-default" && attr.type.text === "f64";
      const bare = isF64 && !text.startsWith("0x");
      return withType(text, attr.type, bare ? "never" : suffix);
    }
    case "string":
      return withType(escapeString(attr.value), attr.type, suffix);
    case "array":
      return `[${attr.elements.map((item) => print(item, "unless-default", options)).join(", ")}]`;
    case "dict":
      return dictionaryText(attr.entries, options);
    case "symbol":
      return [attr.root, ...attr.nested].map(symbolText).join("::");
    case "type":
      return attr.type.text;
    case "location":
      return `loc(${options.location?.(attr.loc) ?? "unknown"})`;
    case "denseArray":
      return denseArrayText(attr);
    case "dense":
      return denseText(attr, suffix, options);
    case "denseResource":
      return withType(`dense_resource<${bareOrQuoted(attr.key)}>`, attr.type, suffix);
    case "struct":
      return structText(attr, options);
    case "enum":
      return `#${attr.dialect}<${attr.name} ${attr.value}>`;
    case "opaque":
      return attr.text;
  }
}

function denseArrayText({ element, values }: DenseArrayAttr): string {
  if (values.length === 0) return `array<${element}>`;
  return `array<${element}: ${values.map((value) => denseArrayItem(element, value)).join(", ")}>`;
}

function denseArrayItem(element: string, value: number | bigint): string {
  if (element === "i1") return Number(value) === 0 ? "false" : "true";
  if (/^[su]?i/.test(element)) return String(value);
  return floatText(Number(value), bitsOf(Number(value), element), element);
}

/** Bits of a number, with those of a NaN where the number has them. */
function bitsOf(value: number, typeName: string): bigint {
  const view = new DataView(new ArrayBuffer(8));
  if (typeName === "f64") view.setFloat64(0, value);
  else if (typeName === "f32") view.setFloat32(0, value);
  else return floatBits(value, typeName);
  return typeName === "f64" ? view.getBigUint64(0) : BigInt(view.getUint32(0));
}

function fieldText(field: StructField, options: AttributeTextOptions): string {
  if (typeof field === "number") return String(field);
  if (typeof field === "string") return field;
  if (Array.isArray(field)) return `[${field.join(", ")}]`;
  return print(field as Attribute, "always", options);
}

function structText({ dialect, name, fields }: StructAttr, options: AttributeTextOptions): string {
  const parts = [...fields].map(([key, field]) => `${key} = ${fieldText(field, options)}`);
  return `#${dialect}.${name}<${parts.join(", ")}>`;
}

/** `dense<...>`. */
function denseText(attr: DenseAttr, suffix: Suffix, options: AttributeTextOptions): string {
  const { type } = attr;
  const shape = type.kind === "tensor" ? type.shape : [];
  const count = shape.reduce((product, size) => product * size, 1);
  const limit = options.elideElementsOver ?? null;
  if (attr.digits !== null && count > MAX_LISTED && (limit === null || count <= limit))
    return withType(`dense<"0x${attr.digits}">`, type, suffix);
  if (limit !== null && count > limit && !attr.isSplat)
    return withType("dense_resource<__elided__>", type, suffix);
  if (count > MAX_LISTED && !attr.isSplat)
    return withType(`dense<"0x${hexText(attr.bytes)}">`, type, suffix);
  const item = elementPrinter(attr);
  let body: string;
  if (attr.isSplat) body = item(0);
  else if (count === 0) body = "";
  else {
    let next = 0;
    body = nestedList(shape, 0, () => item(next++));
  }
  return withType(`dense<${body}>`, type, suffix);
}

function nestedList(shape: readonly number[], dim: number, item: () => string): string {
  if (dim === shape.length) return item();
  const parts: string[] = [];
  for (let i = 0; i < (shape[dim] as number); i++) parts.push(nestedList(shape, dim + 1, item));
  return `[${parts.join(", ")}]`;
}

/** Text of the element at an index. */
function elementPrinter({ type, bytes }: DenseAttr): (index: number) => string {
  const element = elementKind(type.kind === "tensor" ? type.element : type);
  if (element === null) return () => "?";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const raw = (index: number): bigint => {
    const at = index * element.bytes;
    if (element.bytes === 8) return view.getBigUint64(at, true);
    if (element.bytes === 4) return BigInt(view.getUint32(at, true));
    return BigInt(element.bytes === 2 ? view.getUint16(at, true) : view.getUint8(at));
  };
  const scalar = (index: number): string => {
    const bits = raw(index);
    if (element.kind === "bool") return bits === 0n ? "false" : "true";
    if (element.kind === "float")
      return floatText(floatFromBits(bits, element.name), bits, element.name);
    if (element.kind === "unsigned") return String(BigInt.asUintN(element.bits, bits));
    return String(BigInt.asIntN(element.bits, bits));
  };
  if (!element.complex) return scalar;
  return (index) => `(${scalar(2 * index)},${scalar(2 * index + 1)})`;
}

const HEX_PAIRS = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).toUpperCase().padStart(2, "0"),
);

/** Upper-case hexadecimal digits of bytes. */
export function hexText(bytes: Uint8Array): string {
  const chunks: string[] = [];
  for (let start = 0; start < bytes.length; start += 8192) {
    let chunk = "";
    const end = Math.min(start + 8192, bytes.length);
    for (let i = start; i < end; i++) chunk += HEX_PAIRS[bytes[i] as number];
    chunks.push(chunk);
  }
  return chunks.join("");
}
