/** @file Reads the attributes of dialects that are written `#dialect.name<key = value>` and `#dialect<name VALUE>`. */
import {
  type Attribute,
  enumAttr,
  floatBits,
  opaqueAttr,
  type StructField,
  structAttr,
} from "#lib/ir/attributes.ts";
import { floatText } from "./float-text.ts";

const ENUM = /^#([\w$-]+)<\s*([a-z_]\w*)\s+([A-Z_][\w]*)\s*>$/;
const STRUCT = /^#([\w$-]+)\.([\w$.-]+)<([\s\S]*)>$/;
/** An older spelling of the bounds of a dynamic tensor. */
const BOUNDS = /^#stablehlo\.type_extensions<\s*bounds\s*=\s*\[([-\d\s,?]*)\]\s*>$/;
const FIELD = /\s*([A-Za-z_]\w*)\s*=\s*/y;
const INTEGER = /^-?\d+$/;
const FLOAT = /^-?\d+\.\d*(?:[eE][-+]?\d+)?$/;
const LIST = /^\[\s*(?:-?\d+\s*(?:,\s*-?\d+\s*)*)?\]$/;

/** Offset of the comma that ends a value, or the text's end; brackets nest, strings are skipped. */
function valueEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at] as string;
    if (character === '"') {
      for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === "\\") at++;
    } else if ("([{<".includes(character)) depth++;
    else if (character === "-" && text[at + 1] === ">") at++;
    else if (")]}>".includes(character)) depth--;
    else if (character === "," && depth === 0) return at;
  }
  return text.length;
}

/** A field's value; null for a float that is 0, which is not written. */
function fieldValue(text: string): StructField | null {
  if (FLOAT.test(text)) {
    const value = Number(text);
    return value === 0 ? null : floatText(value, floatBits(value, "f64"), "f64");
  }
  if (INTEGER.test(text)) return Number(text);
  if (LIST.test(text)) return (text.match(/-?\d+/g) ?? []).map(Number);
  return text;
}

/** Fields of a struct's body, or null where it has another form. */
function readFields(body: string): Map<string, StructField> | null {
  const fields = new Map<string, StructField>();
  if (body.trim() === "") return fields;
  for (let at = 0; at <= body.length; ) {
    FIELD.lastIndex = at;
    const name = FIELD.exec(body)?.[1];
    if (name === undefined || fields.has(name)) return null;
    const start = FIELD.lastIndex;
    const end = valueEnd(body, start);
    const value = fieldValue(body.slice(start, end).trim());
    if (value !== null) fields.set(name, value);
    at = end + 1;
  }
  return fields;
}

/** The attribute that `#...` text of a known dialect stands for; opaque where it has another form. */
export function readDialectAttribute(
  text: string,
  isKnown: (dialect: string) => boolean,
): Attribute {
  const [, dialect, name, value] = ENUM.exec(text) ?? [];
  if (dialect !== undefined && isKnown(dialect))
    return enumAttr(dialect, name as string, value as string);
  const bounds = BOUNDS.exec(text)?.[1];
  if (bounds !== undefined && isKnown("stablehlo")) {
    const sizes = bounds.split(",").map((size) => size.trim());
    return opaqueAttr(`#stablehlo.bounds<${sizes.join(", ")}>`);
  }
  const [, owner, kind, body] = STRUCT.exec(text) ?? [];
  if (owner === undefined || !isKnown(owner)) return opaqueAttr(text);
  const fields = readFields(body as string);
  return fields === null ? opaqueAttr(text) : structAttr(owner, kind as string, fields);
}
