/** @file Kinds of inherent attributes: how each is read as a plain value and written from one. */
import {
  type Attribute,
  boolAttr,
  DenseAttr,
  enumAttr,
  i64ArrayAttr,
  integerAttr,
  stringAttr,
  symbolAttr,
  typeAttr,
} from "#lib/ir/attributes.ts";
import type { AttrSpec } from "#lib/ir/op-def.ts";
import { integerType, type Type, tensorOf } from "#lib/ir/types.ts";

/** Makes an attribute optional: absent reads as null. */
export const optional = <T>(spec: AttrSpec<T>): AttrSpec<T> & { readonly optional: true } => ({
  ...spec,
  optional: true,
});

/** Makes an attribute optional: absent reads as `defaultValue`. */
export const withDefault = <T>(
  spec: AttrSpec<T>,
  defaultValue: T,
): AttrSpec<T> & { readonly optional: true; readonly defaultValue: T } => ({
  ...spec,
  optional: true,
  defaultValue,
});

const integer = (width: number): AttrSpec<number> => ({
  description: `${width}-bit signless integer attribute`,
  decode: (attr) =>
    attr.kind === "integer" && attr.type === integerType(width) ? Number(attr.value) : undefined,
  encode: (value) => integerAttr(value, integerType(width)),
});

export const i64 = integer(64);
export const i32 = integer(32);

/** An integer whose range the record's constraints check. */
const inRange = (spec: AttrSpec<number>, range: string): AttrSpec<number> => ({
  ...spec,
  description: `${spec.description} whose value is ${range}`,
});

export const nonNegativeI64 = inRange(i64, "non-negative");
export const nonNegativeI32 = inRange(i32, "non-negative");
export const positiveI32 = inRange(i32, "positive");

export const bool: AttrSpec<boolean> = {
  description: "bool attribute",
  decode: (attr) => (attr.kind === "bool" ? attr.value : undefined),
  encode: boolAttr,
};

export const string: AttrSpec<string> = {
  description: "string attribute",
  decode: (attr) => (attr.kind === "string" ? attr.value : undefined),
  encode: stringAttr,
};

export const symbol: AttrSpec<string> = {
  description: "flat symbol reference attribute",
  decode: (attr) => (attr.kind === "symbol" && attr.nested.length === 0 ? attr.root : undefined),
  encode: (name) => symbolAttr(name),
};

export const type: AttrSpec<Type> = {
  description: "type attribute",
  decode: (attr) => (attr.kind === "type" ? attr.type : undefined),
  encode: typeAttr,
};

/** `array<i64: ...>`. */
export const i64Array: AttrSpec<readonly number[]> = {
  description: "i64 dense array attribute",
  decode: (attr) =>
    attr.kind === "denseArray" && attr.element === "i64" ? attr.values.map(Number) : undefined,
  encode: i64ArrayAttr,
};

/** Any attribute, as it is. */
export const any: AttrSpec<Attribute> = {
  description: "any attribute",
  decode: (attr) => attr,
  encode: (attr) => attr,
};

/** Any attribute that stands for an array of values. */
export const elements: AttrSpec<Attribute> = {
  description: "constant vector/tensor attribute",
  decode: (attr) => (attr.kind === "dense" || attr.kind === "denseResource" ? attr : undefined),
  encode: (attr) => attr,
};

/** `dense<...>` of i64 values, read as rows of numbers: `padding` of windows. */
export const i64Matrix: AttrSpec<readonly (readonly number[])[]> = {
  description: "64-bit signless integer elements attribute",
  decode: (attr) => {
    const layout = attr.kind === "dense" ? attr.layout : null;
    if (attr.kind !== "dense" || layout === null || layout.dtype !== "i64") return undefined;
    const [rows, columns] = layout.shape;
    if (rows === undefined || columns === undefined) return undefined;
    const values = new BigInt64Array(attr.bytes.slice().buffer);
    return Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_, column) =>
        Number(values[attr.isSplat ? 0 : row * columns + column]),
      ),
    );
  },
  encode: (rows) => i64MatrixAttr(rows),
};

const i64MatrixAttr = (rows: readonly (readonly number[])[]): DenseAttr => {
  const flat = BigInt64Array.from(rows.flat(), BigInt);
  const splat = flat.length > 0 && flat.every((value) => value === flat[0]);
  return new DenseAttr(tensorOf("i64", [rows.length, rows[0]?.length ?? 0]), {
    bytes: new Uint8Array((splat ? flat.slice(0, 1) : flat).buffer),
    splat,
  });
};

/** `#dialect<name VALUE>`. */
export const enumeration = <const V extends string>(
  dialect: string,
  name: string,
  values: readonly V[],
  description = `${name} attribute`,
): AttrSpec<V> => ({
  description,
  decode: (attr) =>
    attr.kind === "enum" && attr.dialect === dialect && attr.name === name
      ? values.find((value) => value === attr.value)
      : undefined,
  encode: (value) => enumAttr(dialect, name, value),
});
