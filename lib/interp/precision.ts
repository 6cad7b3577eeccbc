/** @file Rounding to a float format given by its numbers of bits, and the total order of floats. */
import { FLOAT_FORMATS, type FloatFormat } from "#lib/support/float-codecs.ts";
import { bitWidth, type DType } from "#lib/tensors/dtype.ts";
import type { TensorData } from "#lib/tensors/tensor.ts";
import { roundHalfEven } from "./loops-float.ts";
import { unitsOf } from "./strided.ts";

const f64 = new Float64Array(1);
const f64Words = new Int32Array(f64.buffer);

/** Exponent of a normal number. */
function exponentOf(magnitude: number): number {
  f64[0] = magnitude;
  return (((f64Words[1] as number) >>> 20) & 0x7ff) - 1023;
}

/** What reducing the precision of a type asks of its format. */
export type SourceFormat = Pick<FloatFormat, "exponentBits" | "bias">;

const FORMATS: { readonly [dtype in DType]?: SourceFormat } = {
  ...FLOAT_FORMATS,
  f64: { exponentBits: 11, bias: 1023 },
};

/** The format of a float type that precision can be reduced from. */
export const sourceFormatOf = (dtype: DType): SourceFormat =>
  FORMATS[dtype] ?? { exponentBits: 8, bias: 127 };

/** Rounds a mantissa to a multiple of `unit`, ties to the even bit pattern, which without a mantissa is the exponent's. */
function roundMantissa(value: number, unit: number, exponent: number, bits: number): number {
  const scaled = value / unit;
  if (bits === 0 && Math.abs(scaled) === 1.5)
    return (exponent & 1) === 0 ? Math.sign(value) * unit : Math.sign(value) * 2 * unit;
  return roundHalfEven(scaled) * unit;
}

/** Rounds one number of a type to a format with so many bits; below its normal numbers there is only zero. */
export function reducePrecision(
  value: number,
  exponentBits: number,
  mantissaBits: number,
  source: SourceFormat,
): number {
  if (!Number.isFinite(value) || value === 0) return value;
  const exponent = Math.max(exponentOf(Math.abs(value)), 1 - source.bias);
  const unit = 2 ** Math.max(exponent - mantissaBits, -1074);
  const rounded =
    mantissaBits >= 52 ? value : roundMantissa(value, unit, exponent + source.bias, mantissaBits);
  if (exponentBits >= source.exponentBits) return rounded;
  const bias = 2 ** (exponentBits - 1) - 1;
  const magnitude = Math.abs(rounded);
  if (magnitude >= 2 ** (bias + 1)) return value < 0 ? -Infinity : Infinity;
  if (magnitude < 2 ** (1 - bias)) return value < 0 ? -0 : 0;
  return rounded;
}

/**
 * Keys that order floats totally as integers do: -NaN, -Inf, ..., -0, +0, ..., Inf, NaN. For f64 they are bigint.
 */
export function totalOrderKeys(dtype: DType, data: TensorData): Int32Array | BigInt64Array {
  if (dtype === "f64") {
    const bits = new BigInt64Array(data.buffer as ArrayBuffer, data.byteOffset, data.length);
    return bits.map((b) => (b < 0n ? b ^ 0x7fffffffffffffffn : b));
  }
  const bits = unitsOf(data);
  const unused = 32 - bitWidth(dtype);
  const keys = new Int32Array(bits.length);
  for (let i = 0; i < keys.length; i++) {
    const b = ((bits[i] as number) << unused) >> unused;
    keys[i] = b < 0 ? b ^ (0x7fffffff >>> unused) : b;
  }
  return keys;
}
