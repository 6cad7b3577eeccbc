/** @file Attributes: compile-time facts attached to operations, as readonly data compared by value. */
import { type Loc, UNKNOWN_LOC } from "#lib/diag/loc.ts";
import { invariant } from "#lib/support/assert.ts";
import {
  bitsToF32,
  bitsToF64,
  FLOAT_FORMATS,
  f32ToBits,
  f64ToBits,
  fromBf16Bits,
  fromFloatBits,
  toBf16Bits,
  toFloatBits,
} from "#lib/support/float-codecs.ts";
import { elementCount } from "#lib/support/shape.ts";
import { bitWidth, byteWidth, type DType } from "#lib/tensors/dtype.ts";
import {
  allocate,
  type Tensor,
  type TensorData,
  tensorBytes,
  tensorFromNumbers,
} from "#lib/tensors/tensor.ts";
import { dtypeOf, floatType, integerType, type TensorType, type Type, tensorOf } from "./types.ts";

export interface UnitAttr {
  readonly kind: "unit";
}

/** `true` or `false`: an integer attribute of type i1 in MLIR. */
export interface BoolAttr {
  readonly kind: "bool";
  readonly value: boolean;
}

export interface IntegerAttr {
  readonly kind: "integer";
  readonly value: bigint;
  readonly type: Type;
}

export interface FloatAttr {
  readonly kind: "float";
  readonly value: number;
  /** Bits in the type's own format: keeps NaN payloads. */
  readonly bits: bigint;
  readonly type: Type;
}

export interface StringAttr {
  readonly kind: "string";
  readonly value: string;
  readonly type: Type | null;
}

export interface ArrayAttr {
  readonly kind: "array";
  readonly elements: readonly Attribute[];
}

export interface DictAttr {
  readonly kind: "dict";
  readonly entries: ReadonlyMap<string, Attribute>;
}

/** `@root::@nested`. */
export interface SymbolRefAttr {
  readonly kind: "symbol";
  readonly root: string;
  readonly nested: readonly string[];
}

export interface TypeAttr {
  readonly kind: "type";
  readonly type: Type;
}

export interface LocAttr {
  readonly kind: "location";
  readonly loc: Loc;
}

/** `array<i64: 1, 2>`; integers beyond 2^53 are bigint, booleans 0 and 1. */
export interface DenseArrayAttr {
  readonly kind: "denseArray";
  /** Printed element type: `i1`, an integer of whole bytes or a float. */
  readonly element: string;
  readonly values: readonly (number | bigint)[];
}

/** Bytes of one entry of a module's resource section; source text until they are first asked for. */
export class ResourceBlob {
  readonly key: string;
  /** Alignment in bytes that the entry asks for. */
  readonly alignment: number;
  private content: Uint8Array | null;
  private decode: (() => Uint8Array) | null;

  constructor(key: string, alignment: number, content: Uint8Array | (() => Uint8Array)) {
    this.key = key;
    this.alignment = alignment;
    this.content = typeof content === "function" ? null : content;
    this.decode = typeof content === "function" ? content : null;
  }

  /** Little-endian elements, without the alignment that the text begins with. */
  get bytes(): Uint8Array {
    if (this.content === null) {
      invariant(this.decode !== null, "resource without content");
      this.content = this.decode();
      this.decode = null;
    }
    return this.content;
  }
}

/** `dense_resource<key>`: the bytes are in the module's resource section, and printed there. */
export interface DenseResourceAttr {
  readonly kind: "denseResource";
  readonly type: Type;
  readonly key: string;
  /** Null where the section has no such entry. */
  readonly blob: ResourceBlob | null;
}

/** One field of a struct attribute: an integer, a list, a nested attribute, or text kept as written. */
export type StructField = number | readonly number[] | Attribute | string;

/** `#stablehlo.gather<offset_dims = [1], ...>`; fields that have their default value are absent. */
export interface StructAttr {
  readonly kind: "struct";
  readonly dialect: string;
  readonly name: string;
  readonly fields: ReadonlyMap<string, StructField>;
}

/** `#stablehlo<precision HIGH>`. */
export interface EnumAttr {
  readonly kind: "enum";
  readonly dialect: string;
  readonly name: string;
  readonly value: string;
}

/** An attribute of an unknown dialect or form, kept as its text, such as `#sdy.sharding<...>` or `affine_map<...>`. */
export interface OpaqueAttr {
  readonly kind: "opaque";
  readonly text: string;
}

/** Content of a dense elements attribute: little-endian bytes of one element (splat) or of all. */
export interface DenseContent {
  readonly bytes: Uint8Array;
  readonly splat: boolean;
}

/** `dense<...> : type`. The content may still be source text, decoded when first asked for. */
export class DenseAttr {
  readonly kind = "dense";
  readonly type: Type;
  /** Upper-case hexadecimal digits of the bytes, where the attribute was read from them. */
  readonly digits: string | null;
  private content: DenseContent | null;
  private decode: (() => DenseContent) | null;

  constructor(
    type: Type,
    content: DenseContent | (() => DenseContent),
    digits: string | null = null,
  ) {
    this.type = type;
    this.digits = digits;
    this.content = typeof content === "function" ? null : content;
    this.decode = typeof content === "function" ? content : null;
  }

  private get(): DenseContent {
    if (this.content === null) {
      invariant(this.decode !== null, "dense attribute without content");
      this.content = this.decode();
      this.decode = null;
    }
    return this.content;
  }

  get isSplat(): boolean {
    return this.get().splat;
  }

  /** Bytes of one element for a splat, of all elements otherwise. */
  get bytes(): Uint8Array {
    return this.get().bytes;
  }

  /** Shape and element type, where the type is a static tensor with storable elements. */
  get layout(): { readonly dtype: DType; readonly shape: readonly number[] } | null {
    const { type } = this;
    if (type.kind !== "tensor") return null;
    const dtype = dtypeOf(type.element);
    return dtype === null ? null : { dtype, shape: type.shape };
  }
}

export type Attribute =
  | UnitAttr
  | BoolAttr
  | IntegerAttr
  | FloatAttr
  | StringAttr
  | ArrayAttr
  | DictAttr
  | SymbolRefAttr
  | TypeAttr
  | LocAttr
  | DenseArrayAttr
  | DenseAttr
  | DenseResourceAttr
  | StructAttr
  | EnumAttr
  | OpaqueAttr;

export const unitAttr: UnitAttr = { kind: "unit" };
export const boolAttr = (value: boolean): BoolAttr => ({ kind: "bool", value });
export const integerAttr = (value: bigint | number, type: Type = integerType(64)): IntegerAttr => ({
  kind: "integer",
  value: BigInt(value),
  type,
});

/** Bits of a literal in a float type's format; a zero of a type that has none is its smallest number. */
export function floatBits(value: number, typeName: string): bigint {
  if (typeName === "f8E8M0FNU" && value === 0) return 0n;
  if (typeName === "f64") return f64ToBits(value);
  if (typeName === "f32") return BigInt(f32ToBits(value));
  if (typeName === "bf16") return BigInt(toBf16Bits(value));
  const format = FLOAT_FORMATS[typeName as keyof typeof FLOAT_FORMATS];
  return format === undefined ? f64ToBits(value) : BigInt(toFloatBits(value, format));
}

/** Value of bits in a float type's format. */
export function floatFromBits(bits: bigint, typeName: string): number {
  if (typeName === "f64") return bitsToF64(bits);
  if (typeName === "f32") return bitsToF32(Number(bits));
  if (typeName === "bf16") return fromBf16Bits(Number(bits));
  const format = FLOAT_FORMATS[typeName as keyof typeof FLOAT_FORMATS];
  return format === undefined ? bitsToF64(bits) : fromFloatBits(Number(bits), format);
}

/** A float attribute; the value is rounded to the type. */
export function floatAttr(value: number, type: Type = floatType("f64")): FloatAttr {
  const bits = floatBits(value, type.text);
  return { kind: "float", value: floatFromBits(bits, type.text), bits, type };
}
export const stringAttr = (value: string): StringAttr => ({ kind: "string", value, type: null });
export const arrayAttr = (elements: readonly Attribute[]): ArrayAttr => ({
  kind: "array",
  elements,
});
export const dictAttr = (entries: ReadonlyMap<string, Attribute>): DictAttr => ({
  kind: "dict",
  entries,
});
export const symbolAttr = (root: string, nested: readonly string[] = []): SymbolRefAttr => ({
  kind: "symbol",
  root,
  nested,
});
export const typeAttr = (type: Type): TypeAttr => ({ kind: "type", type });
export const locAttr = (loc: Loc = UNKNOWN_LOC): LocAttr => ({ kind: "location", loc });
export const denseArrayAttr = (
  element: string,
  values: readonly (number | bigint)[],
): DenseArrayAttr => ({ kind: "denseArray", element, values });
export const i64ArrayAttr = (values: readonly number[]): DenseArrayAttr =>
  denseArrayAttr("i64", values);
export const structAttr = (
  dialect: string,
  name: string,
  fields: ReadonlyMap<string, StructField>,
): StructAttr => ({ kind: "struct", dialect, name, fields });
export const enumAttr = (dialect: string, name: string, value: string): EnumAttr => ({
  kind: "enum",
  dialect,
  name,
  value,
});
export const opaqueAttr = (text: string): OpaqueAttr => ({ kind: "opaque", text });

/** Integers of less than a byte as attributes keep them: no bits but their own. */
function attributeBytes(dtype: DType, bytes: Uint8Array): Uint8Array {
  const width = bitWidth(dtype);
  if (width >= 8 || dtype === "i1") return bytes;
  const mask = (1 << width) - 1;
  return bytes.map((byte) => byte & mask);
}

/** Integers of less than a byte as tensors keep them: the sign fills the byte, zeros where there is none. */
function extendBits(dtype: DType, data: TensorData): void {
  if (bitWidth(dtype) >= 8 || dtype === "i1") return;
  const unused = 32 - bitWidth(dtype);
  const isSigned = dtype.startsWith("i");
  for (let i = 0; i < data.length; i++) {
    const high = (data[i] as number) << unused;
    data[i] = isSigned ? high >> unused : high >>> unused;
  }
}

/** A dense attribute over a tensor's bytes; equal elements are stored once, as MLIR does. */
export function denseFromTensor(tensor: Tensor): DenseAttr {
  const type = tensorTypeOf(tensor);
  const bytes = attributeBytes(tensor.dtype, tensorBytes(tensor));
  const width = byteWidth(tensor.dtype);
  if (bytes.length === 0) return new DenseAttr(type, { bytes, splat: false });
  for (let i = width; i < bytes.length; i++)
    if (bytes[i] !== bytes[i - width]) return new DenseAttr(type, { bytes, splat: false });
  return new DenseAttr(type, { bytes: bytes.slice(0, width), splat: true });
}

/** A dense attribute with one value everywhere. */
export function splatAttr(type: TensorType, value: number | bigint): DenseAttr {
  const dtype = dtypeOf(type.element);
  invariant(dtype !== null, `splat of ${type.text}`);
  const one = tensorFromNumbers(dtype, [], [Number(value)]);
  if (typeof value === "bigint" && (dtype === "i64" || dtype === "ui64"))
    (one.data as BigInt64Array)[0] = value;
  return new DenseAttr(type, {
    bytes: attributeBytes(dtype, tensorBytes(one)).slice(),
    splat: true,
  });
}

/** Type of a tensor value. */
export const tensorTypeOf = ({ dtype, shape }: Tensor): TensorType => tensorOf(dtype, shape);

/** The tensor of a dense attribute, splats expanded, or null where its elements have no storage. */
export function denseTensor(attr: DenseAttr): Tensor | null {
  const { layout } = attr;
  if (layout === null) return null;
  const data = allocate(layout.dtype, elementCount(layout.shape));
  const target = new Uint8Array(data.buffer as ArrayBuffer);
  const { bytes } = attr;
  if (!attr.isSplat) target.set(bytes);
  else if (target.length > 0) {
    target.set(bytes);
    // Doubling copies: each pass copies what is filled already.
    for (let filled = bytes.length; filled < target.length; filled *= 2)
      target.copyWithin(filled, 0, Math.min(filled, target.length - filled));
  }
  extendBits(layout.dtype, data);
  return { dtype: layout.dtype, shape: layout.shape, data };
}

const bytesKey = (bytes: Uint8Array): string => {
  let key = "";
  for (let i = 0; i < bytes.length; i += 4096)
    key += String.fromCharCode(...bytes.subarray(i, i + 4096));
  return key;
};

const fieldKey = (field: StructField): string =>
  typeof field === "object" && !Array.isArray(field)
    ? attributeKey(field as Attribute)
    : JSON.stringify(field);

/** A string equal for equal attributes and different for different ones; locations do not count. */
export function attributeKey(attr: Attribute): string {
  switch (attr.kind) {
    case "unit":
      return "unit";
    case "bool":
      return attr.value ? "true" : "false";
    case "integer":
      return `i${attr.value}:${attr.type.text}`;
    case "float":
      return `f${attr.bits}:${attr.type.text}`;
    case "string":
      return `s${JSON.stringify(attr.value)}:${attr.type?.text ?? ""}`;
    case "array":
      return `[${attr.elements.map(attributeKey).join(",")}]`;
    case "dict":
      return `{${[...attr.entries]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, value]) => `${key}=${attributeKey(value)}`)
        .join(",")}}`;
    case "symbol":
      return `@${[attr.root, ...attr.nested].map((name) => JSON.stringify(name)).join("::")}`;
    case "type":
      return `t${attr.type.text}`;
    case "location":
      return "loc";
    case "denseArray":
      return `a${attr.element}:${attr.values.join(",")}`;
    case "denseResource":
      return `r${attr.key}:${attr.type.text}`;
    case "struct":
      return `#${attr.dialect}.${attr.name}<${[...attr.fields]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, value]) => `${key}=${fieldKey(value)}`)
        .join(",")}>`;
    case "enum":
      return `#${attr.dialect}<${attr.name} ${attr.value}>`;
    case "opaque":
      return attr.text;
    case "dense":
      return `d${attr.isSplat ? "s" : ""}${bytesKey(attr.bytes)}:${attr.type.text}`;
  }
}

/** Whether two attributes are equal by value. */
export function attributesEqual(a: Attribute, b: Attribute): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  if (a.kind === "dense" && b.kind === "dense") {
    if (a.type !== b.type || a.isSplat !== b.isSplat) return false;
    const [x, y] = [a.bytes, b.bytes];
    return x.length === y.length && x.every((byte, index) => byte === y[index]);
  }
  return attributeKey(a) === attributeKey(b);
}
