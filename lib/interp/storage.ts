/** @file Moves elements between their storage and f64 scratch arrays, where one loop serves all narrow types. */
import {
  FLOAT_FORMATS,
  fromFloatBits,
  type NarrowFloatName,
  toFloatBits,
} from "#lib/support/float-codecs.ts";
import {
  bitWidth,
  type DType,
  isComplexDType,
  isFloatDType,
  isUnsignedDType,
} from "#lib/tensors/dtype.ts";
import type { TensorData } from "#lib/tensors/tensor.ts";

/** Arrays of numbers that need no decoding. */
export type FloatArray = Float32Array | Float64Array;

/** How elements are computed: as floats, as integers of at most 32 bits, as 64-bit integers, as pairs. */
export type ElementClass = "float" | "integer" | "wide" | "complex";

export function classOf(dtype: DType): ElementClass {
  if (isFloatDType(dtype)) return "float";
  if (isComplexDType(dtype)) return "complex";
  return dtype === "i64" || dtype === "ui64" ? "wide" : "integer";
}

/** Whether the storage is what kernels compute on. */
export const isPlainFloat = (dtype: DType): boolean => dtype === "f32" || dtype === "f64";

/** Elements per trip through scratch arrays: three of them stay in the first-level cache. */
export const CHUNK = 1024;

const decodeTables = new Map<NarrowFloatName, Float64Array>();

/** The number for every bit pattern of a narrow float format. */
function decodeTable(name: NarrowFloatName): Float64Array {
  let table = decodeTables.get(name);
  if (table === undefined) {
    const format = FLOAT_FORMATS[name];
    table = new Float64Array(1 << bitWidth(name));
    for (let bits = 0; bits < table.length; bits++) table[bits] = fromFloatBits(bits, format);
    decodeTables.set(name, table);
  }
  return table;
}

const f32 = new Float32Array(1);
const f32Bits = new Int32Array(f32.buffer);

/** bf16 bits, rounded once to nearest even: the detour through f32 rounds to odd. */
function bf16Bits(value: number): number {
  f32[0] = value;
  let bits = f32Bits[0] as number;
  if ((bits & 0x7fffffff) > 0x7f800000) return ((bits >>> 16) | 0x40) & 0xffff;
  const rounded = f32[0] as number;
  if (rounded !== value && (bits & 0x7f800000) !== 0x7f800000) {
    const away = Math.abs(rounded) > Math.abs(value);
    if (away && (bits & 1) === 0) bits -= 1;
    else if (!away) bits |= 1;
  }
  return ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16) & 0xffff;
}

const TWO_52 = 2 ** 52;

/** f16 bits, rounded once to nearest even. */
function f16Bits(value: number): number {
  const magnitude = Math.abs(value);
  const sign = value < 0 || (value === 0 && 1 / value < 0) ? 0x8000 : 0;
  if (!(magnitude < 65520)) return magnitude >= 65520 ? sign | 0x7c00 : 0x7e00;
  if (magnitude < 2 ** -14) return sign | (magnitude * 2 ** 24 + TWO_52 - TWO_52);
  f32[0] = magnitude;
  // The f32 exponent may be one too high where the conversion carried; the mantissa then rounds up to 2048 all the same.
  const exponent = ((f32Bits[0] as number) >>> 23) - 127;
  const scaled = magnitude * 2 ** (10 - exponent) + TWO_52 - TWO_52;
  return sign | ((exponent + 14) * 1024 + scaled);
}

function decodeBf16(source: Uint16Array, from: number, to: Float64Array, count: number): void {
  for (let i = 0; i < count; i++) {
    f32Bits[0] = (source[from + i] as number) << 16;
    to[i] = f32[0] as number;
  }
}

function decodeByTable(
  source: Uint8Array | Uint16Array,
  from: number,
  to: Float64Array,
  count: number,
  table: Float64Array,
): void {
  const mask = table.length - 1;
  for (let i = 0; i < count; i++) to[i] = table[(source[from + i] as number) & mask] as number;
}

/** Numbers of `count` stored slots from slot `from` on; not for 64-bit integers. */
export function decode(
  dtype: DType,
  source: TensorData,
  from: number,
  to: Float64Array,
  count: number,
): void {
  if (dtype === "bf16") decodeBf16(source as Uint16Array, from, to, count);
  else if (Object.hasOwn(FLOAT_FORMATS, dtype))
    decodeByTable(
      source as Uint8Array | Uint16Array,
      from,
      to,
      count,
      decodeTable(dtype as NarrowFloatName),
    );
  else to.set((source as Float32Array).subarray(from, from + count));
}

function encodeBf16(from: Float64Array, to: Uint16Array, at: number, count: number): void {
  for (let i = 0; i < count; i++) to[at + i] = bf16Bits(from[i] as number);
}

function encodeF16(from: Float64Array, to: Uint16Array, at: number, count: number): void {
  for (let i = 0; i < count; i++) to[at + i] = f16Bits(from[i] as number);
}

function encodeTruth(from: Float64Array, to: Uint8Array, at: number, count: number): void {
  for (let i = 0; i < count; i++) to[at + i] = from[i] === 0 ? 0 : 1;
}

function encodeFewBits(
  dtype: DType,
  from: Float64Array,
  to: Int8Array | Uint8Array,
  at: number,
  count: number,
): void {
  const shift = 32 - bitWidth(dtype);
  if (isUnsignedDType(dtype))
    for (let i = 0; i < count; i++) to[at + i] = ((from[i] as number) << shift) >>> shift;
  else for (let i = 0; i < count; i++) to[at + i] = ((from[i] as number) << shift) >> shift;
}

/** Stores numbers: floats round once to nearest even, integers wrap, i1 becomes `value != 0`; not for 64-bit integers. */
export function encode(
  dtype: DType,
  from: Float64Array,
  to: TensorData,
  at: number,
  count: number,
): void {
  switch (dtype) {
    case "bf16":
      encodeBf16(from, to as Uint16Array, at, count);
      break;
    case "f16":
      encodeF16(from, to as Uint16Array, at, count);
      break;
    case "i1":
      encodeTruth(from, to as Uint8Array, at, count);
      break;
    case "i2":
    case "i4":
    case "ui2":
    case "ui4":
      encodeFewBits(dtype, from, to as Int8Array, at, count);
      break;
    default:
      if (!Object.hasOwn(FLOAT_FORMATS, dtype)) {
        (to as Float32Array).set(count === from.length ? from : from.subarray(0, count), at);
        return;
      }
      for (let i = 0; i < count; i++)
        to[at + i] = toFloatBits(from[i] as number, FLOAT_FORMATS[dtype as NarrowFloatName]);
  }
}

/** All stored slots as numbers; the array itself where it holds f64 already. Not for 64-bit integers. */
export function decodeAll(dtype: DType, source: TensorData): Float64Array {
  if (source instanceof Float64Array) return source;
  const numbers = new Float64Array(source.length);
  decode(dtype, source, 0, numbers, source.length);
  return numbers;
}

/** Largest magnitude for which 64-bit integers go through f64: sums and differences of two stay exact. */
export const SAFE_LIMIT = 2 ** 52;
const HIGH_LIMIT = 2 ** 20;

/** The 32-bit words of 64-bit integers, low word first. */
export const wordsOf = (data: TensorData): Int32Array =>
  new Int32Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength >> 2);

/** Loads 64-bit integers as numbers; false where one is too large to be exact. */
export function loadSafe(
  words: Int32Array,
  from: number,
  to: Float64Array,
  count: number,
  unsigned: boolean,
): boolean {
  for (let i = 0; i < count; i++) {
    const at = 2 * (from + i);
    const high = words[at + 1] as number;
    if (high < (unsigned ? 0 : -HIGH_LIMIT) || high >= HIGH_LIMIT) return false;
    to[i] = high * 4294967296 + ((words[at] as number) >>> 0);
  }
  return true;
}

/** Stores whole numbers of magnitude up to 2^53 as 64-bit integers. */
export function storeSafe(from: Float64Array, words: Int32Array, at: number, count: number): void {
  for (let i = 0; i < count; i++) {
    const value = from[i] as number;
    const high = Math.floor(value / 4294967296);
    words[2 * (at + i)] = value - high * 4294967296;
    words[2 * (at + i) + 1] = high;
  }
}
