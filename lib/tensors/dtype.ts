/** @file Element types of tensors by their MLIR spelling, and how one element is stored. */
import { FLOAT_FORMATS, type NarrowFloatName } from "#lib/support/float-codecs.ts";

/** Signless (= signed) integers and booleans, unsigned integers, floats, complex. */
export const INTEGER_DTYPES = ["i1", "i2", "i4", "i8", "i16", "i32", "i64"] as const;
export const UNSIGNED_DTYPES = ["ui2", "ui4", "ui8", "ui16", "ui32", "ui64"] as const;
export const COMPLEX_DTYPES = ["complex<f32>", "complex<f64>"] as const;

export type IntegerDType = (typeof INTEGER_DTYPES)[number];
export type UnsignedDType = (typeof UNSIGNED_DTYPES)[number];
export type FloatDType = NarrowFloatName | "f32" | "f64";
export type ComplexDType = (typeof COMPLEX_DTYPES)[number];

/** Element type of a tensor. */
export type DType = IntegerDType | UnsignedDType | FloatDType | ComplexDType;

const SIGNED: ReadonlySet<string> = new Set(INTEGER_DTYPES);
const UNSIGNED: ReadonlySet<string> = new Set(UNSIGNED_DTYPES);
const FLOATS: ReadonlySet<string> = new Set([...Object.keys(FLOAT_FORMATS), "f32", "f64"]);
const COMPLEX: ReadonlySet<string> = new Set(COMPLEX_DTYPES);

export const isSignedDType = (name: string): name is IntegerDType => SIGNED.has(name);
export const isUnsignedDType = (name: string): name is UnsignedDType => UNSIGNED.has(name);
export const isIntegerDType = (name: string): name is IntegerDType | UnsignedDType =>
  SIGNED.has(name) || UNSIGNED.has(name);
export const isFloatDType = (name: string): name is FloatDType => FLOATS.has(name);
export const isComplexDType = (name: string): name is ComplexDType => COMPLEX.has(name);
export const isDType = (name: string): name is DType =>
  isIntegerDType(name) || isFloatDType(name) || isComplexDType(name);

/** Width of one element in bits; 1 for i1. */
export function bitWidth(dtype: DType): number {
  if (dtype === "complex<f32>") return 64;
  if (dtype === "complex<f64>") return 128;
  return Number(/^(?:ui|i|bf|f)(\d+)/.exec(dtype)?.[1]);
}

/** Bytes that one element takes in memory and in MLIR's hex strings: narrow types take a whole byte. */
export const byteWidth = (dtype: DType): number => Math.max(1, bitWidth(dtype) >> 3);
