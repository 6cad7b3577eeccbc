/** @file Narrow encodings of runs of f32 values: bf16, and integers of 8 or 4 bits with one scale for every block. */
import type { WireFormat } from "../protocol/plan.ts";

/** Values that share a scale. */
export const BLOCK: Readonly<Record<"int8" | "int4", number>> = { int8: 256, int4: 64 };
/** Largest magnitude of a quantised value: symmetric, so that 0 stays 0. */
const LIMIT: Readonly<Record<"int8" | "int4", number>> = { int8: 127, int4: 7 };

const INFINITY_BITS = 0x7f800000;
const BF16_NAN = 0x7fc0;
/** Added and taken away again, it rounds a small f64 to the nearest integer, halves to even. */
const ROUND = 6755399441055744;

const f32 = new Float32Array(1);
const u32 = new Uint32Array(f32.buffer);

/** bf16 bits of f32 bits: to nearest, halves to even; NaN stays NaN. */
const bf16OfBits = (bits: number): number =>
  (bits & 0x7fffffff) > INFINITY_BITS
    ? (bits >>> 16) | 0x40
    : ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16) & 0xffff;

/** bf16 bits of the smallest bf16 that is not below a finite value >= 0. */
function bf16Above(value: number): number {
  f32[0] = value;
  const bits = u32[0] as number;
  const above = (bits >>> 16) + ((bits & 0xffff) === 0 ? 0 : 1);
  return above === 0 && value > 0 ? 1 : above;
}

const fromBf16 = (bits: number): number => {
  u32[0] = bits << 16;
  return f32[0] as number;
};

/** Bytes that `count` values take, scales included. */
export function encodedBytes(format: WireFormat, count: number): number {
  if (format === "f32") return 4 * count;
  if (format === "bf16") return 2 * count;
  const scales = 2 * Math.ceil(count / BLOCK[format]);
  return scales + (format === "int8" ? count : Math.ceil(count / 2));
}

/**
 * Scale of a block as bf16 bits: the smallest bf16 not below max |x| / limit, so that no value is cut off and the error is at most
 * half a scale. NaN where a value is not finite, so that all of the block decodes to NaN.
 */
function scaleOf(bits: Uint32Array, from: number, to: number, limit: number): number {
  let largest = 0;
  for (let i = from; i < to; i++) {
    const magnitude = (bits[i] as number) & 0x7fffffff;
    if (magnitude > largest) largest = magnitude;
  }
  if (largest >= INFINITY_BITS) return BF16_NAN;
  u32[0] = largest;
  return bf16Above((f32[0] as number) / limit);
}

/** The multiple of a scale that is nearest to a value, halves to even; no value is beyond the limit by more than rounding. */
const levelOf = (value: number, inverse: number, limit: number): number =>
  Math.max(-limit, Math.min(limit, value * inverse + ROUND - ROUND));

function encodeBlocks(
  format: "int8" | "int4",
  values: Float32Array,
  count: number,
  out: Uint8Array,
): void {
  const block = BLOCK[format];
  const limit = LIMIT[format];
  const bits = new Uint32Array(values.buffer, values.byteOffset, count);
  const start = 2 * Math.ceil(count / block);
  out.fill(0, start);
  for (let from = 0, at = 0; from < count; from += block, at += 2) {
    const to = Math.min(count, from + block);
    const scale = scaleOf(bits, from, to, limit);
    out[at] = scale & 0xff;
    out[at + 1] = scale >> 8;
    if (scale === BF16_NAN || scale === 0) continue;
    const inverse = 1 / fromBf16(scale);
    if (format === "int8")
      for (let i = from; i < to; i++) out[start + i] = levelOf(values[i] as number, inverse, limit);
    else
      for (let i = from; i < to; i += 2) {
        const low = levelOf(values[i] as number, inverse, limit) & 0xf;
        const high = i + 1 < to ? levelOf(values[i + 1] as number, inverse, limit) : 0;
        out[start + (i >> 1)] = low | ((high & 0xf) << 4);
      }
  }
}

/**
 * Encodes `values[0, count)` into `out`, which has {@link encodedBytes}. Integers: the scales of all blocks first (bf16), then the
 * values, of int4 two in a byte with the first one low. Values that are not finite stay so.
 */
export function encodeRun(
  format: WireFormat,
  values: Float32Array,
  count: number,
  out: Uint8Array,
): void {
  if (format === "f32") out.set(new Uint8Array(values.buffer, values.byteOffset, 4 * count));
  else if (format === "bf16") {
    const bits = new Uint32Array(values.buffer, values.byteOffset, count);
    for (let i = 0, at = 0; i < count; i++, at += 2) {
      const narrow = bf16OfBits(bits[i] as number);
      out[at] = narrow & 0xff;
      out[at + 1] = narrow >> 8;
    }
  } else encodeBlocks(format, values, count, out);
}

function decodeBlocks(
  format: "int8" | "int4",
  bytes: Uint8Array,
  count: number,
  out: Float32Array,
): void {
  const block = BLOCK[format];
  const start = 2 * Math.ceil(count / block);
  for (let from = 0, at = 0; from < count; from += block, at += 2) {
    const scale = fromBf16((bytes[at] as number) | ((bytes[at + 1] as number) << 8));
    const to = Math.min(count, from + block);
    if (format === "int8")
      for (let i = from; i < to; i++) out[i] = (((bytes[start + i] as number) << 24) >> 24) * scale;
    else
      for (let i = from; i < to; i++) {
        const nibble = (bytes[start + (i >> 1)] as number) >> ((i & 1) * 4);
        out[i] = ((nibble << 28) >> 28) * scale;
      }
  }
}

/** Decodes what {@link encodeRun} made into `out[0, count)`; every product of value and scale is an f32, so nothing is rounded. */
export function decodeRun(
  format: WireFormat,
  bytes: Uint8Array,
  count: number,
  out: Float32Array,
): void {
  if (format === "f32")
    new Uint8Array(out.buffer, out.byteOffset, 4 * count).set(bytes.subarray(0, 4 * count));
  else if (format === "bf16") {
    const bits = new Uint32Array(out.buffer, out.byteOffset, count);
    for (let i = 0, at = 0; i < count; i++, at += 2)
      bits[i] = (((bytes[at] as number) | ((bytes[at + 1] as number) << 8)) << 16) >>> 0;
  } else decodeBlocks(format, bytes, count, out);
}
