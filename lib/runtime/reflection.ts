/** @file Reads the declaration that a compiled module carries for each function: names, types and roles. */
import { type DType, isDType } from "#lib/tensors/dtype.ts";
import type { FunctionInfo, ValueInfo } from "./engine.ts";

const CLOSER: Readonly<Record<string, string>> = { "(": ")", "<": ">", "{": "}", "[": "]" };

/** Index after the string literal that begins at `start`. */
function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && text[index] !== '"') index += text[index] === "\\" ? 2 : 1;
  return index + 1;
}

/** Index after the bracketed part that begins at `start`; the end of the text where nothing closes it. */
function endOfBracket(text: string, start: number): number {
  const open: string[] = [];
  for (let index = start; index < text.length; ) {
    const character = text[index] as string;
    if (character === '"') {
      index = endOfString(text, index);
      continue;
    }
    const closer = CLOSER[character];
    if (closer !== undefined) open.push(closer);
    else if (character === ">" && text[index - 1] === "-") {
      // An arrow closes nothing.
    } else if (character === open.at(-1)) {
      open.pop();
      if (open.length === 0) return index + 1;
    }
    index++;
  }
  return text.length;
}

/** Splits at commas outside of brackets and strings. */
function splitTop(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let index = 0; index < text.length; ) {
    const character = text[index] as string;
    if (character === '"') index = endOfString(text, index);
    else if (CLOSER[character] !== undefined) index = endOfBracket(text, index);
    else {
      if (character === ",") {
        parts.push(text.slice(start, index).trim());
        start = index + 1;
      }
      index++;
    }
  }
  const last = text.slice(start).trim();
  if (last !== "") parts.push(last);
  return parts;
}

/** Text of a string literal, with MLIR's two-digit hexadecimal escapes. */
function unquote(literal: string): string {
  const bytes: number[] = [];
  const source = new TextEncoder().encode(literal.slice(1, -1));
  for (let index = 0; index < source.length; index++) {
    const byte = source[index] as number;
    if (byte !== 0x5c) {
      bytes.push(byte);
      continue;
    }
    const pair = new TextDecoder().decode(source.subarray(index + 1, index + 3));
    if (/^[0-9a-fA-F]{2}$/.test(pair)) {
      bytes.push(Number.parseInt(pair, 16));
      index += 2;
    } else {
      const escaped = { n: 10, t: 9 }[pair[0] as "n" | "t"];
      bytes.push(escaped ?? (source[index + 1] as number));
      index++;
    }
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
}

function attributes(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const part of splitTop(text)) {
    const equals = part.indexOf("=");
    if (equals > 0) found.set(part.slice(0, equals).trim(), part.slice(equals + 1).trim());
  }
  return found;
}

const stringAttribute = (found: ReadonlyMap<string, string>, key: string): string | null => {
  const value = found.get(key);
  return value?.startsWith('"') ? unquote(value) : null;
};

/** Element type and shape of `tensor<2x?xf32>`, or null for another type. */
export function parseTensorType(type: string): { dtype: DType; shape: (number | null)[] } | null {
  const body = /^tensor<(.*)>$/s.exec(type.trim())?.[1];
  if (body === undefined) return null;
  const shape: (number | null)[] = [];
  let rest = splitTop(body)[0] ?? "";
  for (;;) {
    const dimension = /^(\d+|\?)x/.exec(rest);
    if (dimension === null) break;
    shape.push(dimension[1] === "?" ? null : Number(dimension[1]));
    rest = rest.slice(dimension[0].length);
  }
  return isDType(rest) ? { dtype: rest, shape } : null;
}

function parseValue(text: string): ValueInfo {
  // `%input0: tensor<2x3xf32> {pcp.name = "w"}`
  const colon = text.startsWith("%") ? text.indexOf(":") : -1;
  const rest = text.slice(colon + 1).trim();
  const brace = rest.indexOf("{");
  const written = (brace === -1 ? rest : rest.slice(0, brace)).trim();
  const found = attributes(
    brace === -1 ? "" : rest.slice(brace + 1, endOfBracket(rest, brace) - 1),
  );
  // The compiler drops signs and says what the type was before.
  const type = found.get("iree.abi.encoding") ?? written;
  const name = stringAttribute(found, "pcp.name");
  const role = stringAttribute(found, "pcp.role");
  const tensor = parseTensorType(type);
  if (tensor !== null) return { kind: "tensor", ...tensor, name, role, type };
  if (isDType(type)) return { kind: "scalar", dtype: type, shape: [], name, role, type };
  return { kind: "opaque", dtype: null, shape: null, name, role, type };
}

/** Makes equal shapes of a module one object, by which they are compared first. */
const shared = (info: ValueInfo, shapes: Map<string, ValueInfo["shape"]>): ValueInfo => {
  const key = JSON.stringify(info.shape);
  const shape = shapes.get(key) ?? info.shape;
  shapes.set(key, shape);
  return { ...info, shape };
};

/**
 * A function from its `iree.abi.declaration`, or null where the text has another form.
 * @param shapes - shapes seen in the module so far.
 */
export function parseDeclaration(
  name: string,
  declaration: string,
  shapes: Map<string, ValueInfo["shape"]> = new Map(),
): FunctionInfo | null {
  const start = declaration.indexOf("(", declaration.indexOf("@"));
  if (start === -1) return null;
  const end = endOfBracket(declaration, start);
  const args = splitTop(declaration.slice(start + 1, end - 1)).map((text) =>
    shared(parseValue(text), shapes),
  );
  const arrow = /^\s*->\s*/.exec(declaration.slice(end));
  if (arrow === null) return { name, args, results: [] };
  const tail = declaration.slice(end + arrow[0].length);
  const listed = tail.startsWith("(") ? tail.slice(1, endOfBracket(tail, 0) - 1) : tail;
  return { name, args, results: splitTop(listed).map((text) => shared(parseValue(text), shapes)) };
}
