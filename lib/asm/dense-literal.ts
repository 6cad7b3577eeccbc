/** @file Reads `dense<...>`: checked when parsed, decoded when its elements are first asked for. */
import { DenseAttr, type DenseContent, floatBits } from "#lib/ir/attributes.ts";
import { DYNAMIC, type TensorType, type Type } from "#lib/ir/types.ts";

/** How one element is written and stored. */
export interface ElementKind {
  readonly kind: "bool" | "integer" | "signed" | "unsigned" | "float";
  readonly bits: number;
  readonly bytes: number;
  readonly name: string;
  readonly complex: boolean;
}

/** Reports an error at an offset of the literal and leaves. */
export type Fail = (offset: number, message: string) => never;

const FLOAT_WIDTHS: Readonly<Record<string, number>> = { bf16: 16, f16: 16, f32: 32, f64: 64 };

/** How elements of this type are stored, or null where the literal is kept as text. */
export function elementKind(type: Type): ElementKind | null {
  switch (type.kind) {
    case "index":
      return { kind: "signed", bits: 64, bytes: 8, name: "i64", complex: false };
    case "integer": {
      const { width, signedness } = type;
      if (width > 64) return null;
      const bytes = width <= 8 ? 1 : width <= 16 ? 2 : width <= 32 ? 4 : 8;
      const kind = width === 1 ? "bool" : signedness === "signless" ? "integer" : signedness;
      return { kind, bits: width, bytes, name: type.text, complex: false };
    }
    case "float": {
      const bits = FLOAT_WIDTHS[type.text] ?? (/^f[468]E/.test(type.text) ? 8 : null);
      if (bits === null) return null;
      return { kind: "float", bits, bytes: bits >> 3, name: type.text, complex: false };
    }
    case "complex": {
      const part = elementKind(type.element);
      return part === null || part.complex ? null : { ...part, complex: true };
    }
    default:
      return null;
  }
}

/** Behaviour beyond this depth is an error rather than a list of that many sizes. */
const MAX_RANK = 64;

/** What is said of `1` where a float is due; a note says what to do. */
export const INTEGER_FOR_FLOAT = "unexpected decimal integer literal for a floating point value";

const NUMBER = /-?(?:0x[0-9a-fA-F]+|\d+(?:\.\d*(?:[eE][-+]?\d+)?)?)|true|false/y;
const ELEMENTS = /[^\s,[\]()]+/g;
const BLANKS = /(?:\s+|\/\/[^\n]*)*/y;

/** Checks the syntax of a list of elements and finds its shape; null for a single element. */
class ListChecker {
  private readonly text: string;
  private readonly end: number;
  private readonly fail: Fail;
  private readonly element: ElementKind;
  private at: number;

  constructor(text: string, start: number, end: number, element: ElementKind, fail: Fail) {
    this.text = text;
    this.at = start;
    this.end = end;
    this.element = element;
    this.fail = fail;
  }

  private skipBlanks(): void {
    const code = this.text.charCodeAt(this.at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x09 && code !== 0x0d && code !== 0x2f) return;
    BLANKS.lastIndex = this.at;
    BLANKS.test(this.text);
    this.at = BLANKS.lastIndex;
  }

  private accept(character: string): boolean {
    this.skipBlanks();
    if (this.at >= this.end || this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private number(): void {
    this.skipBlanks();
    NUMBER.lastIndex = this.at;
    const found = NUMBER.exec(this.text);
    if (found === null || NUMBER.lastIndex > this.end)
      this.fail(this.at, "expected element literal of primitive type");
    const message = literalError(found?.[0] ?? "", this.element);
    if (message !== null) this.fail(this.at + (found?.[0][0] === "-" ? 1 : 0), message);
    this.at = NUMBER.lastIndex;
  }

  private scalar(): void {
    if (!this.element.complex) {
      this.number();
      return;
    }
    if (!this.accept("(")) this.fail(this.at, "expected '(' to start complex number");
    this.number();
    if (!this.accept(",")) this.fail(this.at, "expected ',' between complex number parts");
    this.number();
    if (!this.accept(")")) this.fail(this.at, "expected ')' to end complex number");
  }

  /** Sizes of nested lists, or null where there is one element outside any list. */
  check(): number[] | null {
    if (!this.accept("[")) {
      this.scalar();
      this.finish();
      return null;
    }
    const dims: number[] = [];
    const counts = [0];
    let leafDepth = -1;
    while (counts.length > 0) {
      const depth = counts.length;
      if (this.accept("]")) {
        const count = counts.pop() as number;
        if (dims[depth - 1] !== undefined && dims[depth - 1] !== count) this.failRanks();
        dims[depth - 1] = count;
        continue;
      }
      if ((counts[depth - 1] as number) > 0 && !this.accept(","))
        this.fail(this.at, "expected ']'");
      counts[depth - 1] = (counts[depth - 1] as number) + 1;
      if (this.accept("[")) {
        if (depth >= MAX_RANK) this.fail(this.at - 1, "nesting is too deep in a tensor literal");
        if (leafDepth !== -1 && depth >= leafDepth) this.failListForElement();
        counts.push(0);
      } else {
        this.scalar();
        if (leafDepth !== -1 && leafDepth !== depth) this.failRanks();
        leafDepth = depth;
      }
    }
    this.finish();
    return dims.map((size) => size ?? 0);
  }

  /** Lists of unlike sizes, said behind the one that differs. */
  private failRanks(): void {
    this.skipBlanks();
    this.fail(this.at, "tensor literal is invalid; ranks are not consistent between elements");
  }

  /** A list, just begun, beside elements that are none. */
  private failListForElement(): void {
    for (let open = 1; open > 0 && this.at < this.end; this.at++) {
      if (this.text[this.at] === "[") open++;
      else if (this.text[this.at] === "]") open--;
    }
    this.failRanks();
  }

  private finish(): void {
    this.skipBlanks();
    if (this.at < this.end) this.fail(this.at, "expected '>'");
  }
}

/** What is wrong with the text of one number, or null. */
export function literalError(text: string, element: ElementKind): string | null {
  const isHex = text.startsWith("0x") || text.startsWith("-0x");
  const isWord = text === "true" || text === "false";
  if (isWord)
    return element.kind === "bool" ? null : "expected i1 type for 'true' or 'false' values";
  if (element.kind === "float") {
    if (isHex) {
      if (text.startsWith("-")) return "hexadecimal float literal should not have a leading minus";
      return BigInt(text) >> BigInt(element.bits) === 0n
        ? null
        : "hexadecimal float constant out of range for type";
    }
    if (!text.includes(".")) return INTEGER_FOR_FLOAT;
    return text.startsWith("-") && element.name === "f8E8M0FNU"
      ? "negative floating point literal for a type with no signed representation"
      : null;
  }
  if (!isHex && text.includes(".")) return "expected integer elements, but parsed floating-point";
  return integerError(text, element);
}

function integerError(text: string, { kind, bits }: ElementKind): string | null {
  if (kind === "unsigned" && text.startsWith("-"))
    return "expected unsigned integer elements, but parsed negative value";
  if (text.length <= 2 && bits >= 8) return null;
  return fitsInteger(integerValue(text), bits, kind)
    ? null
    : "integer constant out of range for type";
}

/** Whether a value fits; those without a sign may be written as signed or as unsigned numbers. */
export function fitsInteger(value: bigint, bits: number, kind: string): boolean {
  const limit = 1n << BigInt(bits);
  const low = kind === "unsigned" ? 0n : -(limit >> 1n);
  return value >= low && value < (kind === "signed" ? limit >> 1n : limit);
}

/** Value of an integer literal with an optional sign. */
export const integerValue = (text: string): bigint =>
  text.startsWith("-") ? -BigInt(text.slice(1)) : BigInt(text);

/** Stores elements given as text, one after the other. */
function writer(element: ElementKind, view: DataView): (index: number, text: string) => void {
  const { kind, name, bytes } = element;
  const put = (offset: number, value: number): void => {
    if (bytes === 1) view.setUint8(offset, value & 0xff);
    else if (bytes === 2) view.setUint16(offset, value & 0xffff, true);
    else view.setUint32(offset, value >>> 0, true);
  };
  const putBig = (offset: number, value: bigint): void => {
    if (bytes === 8) view.setBigUint64(offset, BigInt.asUintN(64, value), true);
    else put(offset, Number(BigInt.asUintN(32, value)));
  };
  if (kind === "float")
    return (index, text) => {
      const offset = index * bytes;
      if (text.startsWith("0x")) putBig(offset, BigInt(text));
      else if (name === "f32") view.setFloat32(offset, Number(text), true);
      else if (name === "f64") view.setFloat64(offset, Number(text), true);
      else putBig(offset, floatBits(Number(text), name));
    };
  if (kind === "bool")
    return (index, text) => view.setUint8(index, text === "false" || Number(text) === 0 ? 0 : 1);
  const mask = element.bits < 8 ? (1 << element.bits) - 1 : -1;
  return (index, text) => {
    if (bytes === 8) putBig(index * 8, integerValue(text));
    else if (mask !== -1) view.setUint8(index, Number(integerValue(text)) & mask);
    else put(index * bytes, Number(integerValue(text)));
  };
}

/** Elements of a checked list. */
function decodeList(
  body: string,
  element: ElementKind,
  count: number,
  single: boolean,
): DenseContent {
  const parts = element.complex ? 2 : 1;
  const width = element.bytes * parts;
  const bytes = new Uint8Array(width * (single ? 1 : count));
  const write = writer(element, new DataView(bytes.buffer));
  let index = 0;
  const text = body.includes("//") ? body.replace(/\/\/[^\n]*/g, "") : body;
  for (const [part] of text.matchAll(ELEMENTS)) write(index++, part);
  return single ? { bytes, splat: true } : uniqued(bytes, width);
}

/** Equal elements are stored once, as MLIR does. */
function uniqued(bytes: Uint8Array, width: number): DenseContent {
  for (let i = width; i < bytes.length; i++)
    if (bytes[i] !== bytes[i - width]) return { bytes, splat: false };
  return bytes.length === 0
    ? { bytes, splat: false }
    : { bytes: bytes.slice(0, width), splat: true };
}

const nibble = (code: number): number => (code <= 0x39 ? code - 0x30 : (code & 0xdf) - 0x37);

/** Bytes of hexadecimal digits from `start` to `end` of a text. */
export function hexBytes(text: string, start: number, end: number): Uint8Array {
  const bytes = new Uint8Array((end - start) >> 1);
  for (let i = 0, at = start; i < bytes.length; i++, at += 2)
    bytes[i] = (nibble(text.charCodeAt(at)) << 4) | nibble(text.charCodeAt(at + 1));
  return bytes;
}

const HEX = /[0-9a-fA-F]*/y;

/** Whether all characters from `start` to `end` are hexadecimal digits, an even number of them. */
export function isHex(text: string, start: number, end: number): boolean {
  if ((end - start) % 2 !== 0) return false;
  HEX.lastIndex = start;
  HEX.test(text);
  return HEX.lastIndex >= end;
}

const UPPER_CASE = /[0-9A-F]*/y;

function isUpperCase(text: string, start: number, end: number): boolean {
  UPPER_CASE.lastIndex = start;
  UPPER_CASE.test(text);
  return UPPER_CASE.lastIndex >= end;
}

/** `dense<"0x...">`; equal elements become a splat here as well. */
function readHex(
  text: string,
  open: number,
  type: TensorType,
  element: ElementKind,
  fail: Fail,
): DenseAttr {
  const close = text.indexOf('"', open + 1);
  const start = open + 3;
  if (!text.startsWith("0x", open + 1) || !isHex(text, start, close))
    fail(open, "expected string containing hex digits starting with `0x`");
  const width = element.bytes * (element.complex ? 2 : 1);
  const size = (close - start) / 2;
  const count = countOf(type);
  if (size !== width && size !== width * count)
    fail(open, `elements hex data size is invalid for provided type: '${type.text}'`);
  const repeats = text.slice(start, close - 2 * width) === text.slice(start + 2 * width, close);
  const isCanonical = !repeats && isUpperCase(text, start, close);
  return new DenseAttr(
    type,
    () => uniqued(hexBytes(text, start, close), width),
    isCanonical ? text.slice(start, close) : null,
  );
}

const countOf = (type: TensorType): number => type.shape.reduce((count, size) => count * size, 1);

const sizes = (shape: readonly number[]): string => `([${shape.join(", ")}])`;

/** The attribute of a `dense<...>` token that starts at `start` and ends before `end`; null where its elements are not understood. */
export function readDense(
  text: string,
  start: number,
  end: number,
  type: TensorType,
  fail: Fail,
): DenseAttr | null {
  const element = elementKind(type.element);
  if (element === null) return null;
  if (type.shape.includes(DYNAMIC)) fail(start, "elements literal type must have static shape");
  const bodyEnd = end - 1;
  BLANKS.lastIndex = start + "dense<".length;
  BLANKS.test(text);
  const bodyStart = BLANKS.lastIndex;
  const count = countOf(type);
  if (bodyStart === bodyEnd) {
    if (count !== 0)
      fail(start, `parsed zero elements, but type ('${type.text}') expected at least 1`);
    return new DenseAttr(type, { bytes: new Uint8Array(0), splat: false });
  }
  if (text[bodyStart] === '"') return readHex(text, bodyStart, type, element, fail);
  const shape = new ListChecker(text, bodyStart, bodyEnd, element, fail).check();
  if (shape !== null && !sameSizes(shape, type.shape))
    fail(
      start,
      `inferred shape of elements literal ${sizes(shape)} does not match type ${sizes(type.shape)}`,
    );
  const body = (): string => text.slice(bodyStart, bodyEnd);
  return new DenseAttr(type, () => decodeList(body(), element, count, shape === null));
}

const sameSizes = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((size, dim) => size === b[dim]);
