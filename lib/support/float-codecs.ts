/** @file Codecs between JavaScript numbers and the bits of narrow floating-point formats, rounding to nearest even. */

const f32 = new Float32Array(1);
const u32 = new Uint32Array(f32.buffer);
const f64 = new Float64Array(1);
const u64 = new BigUint64Array(f64.buffer);

/** Bits of an f32. */
export const f32ToBits = (value: number): number => {
  f32[0] = value;
  return u32[0] as number;
};

/** The f32 with these bits, as a number. */
export const bitsToF32 = (bits: number): number => {
  u32[0] = bits;
  return f32[0] as number;
};

/** Bits of an f64. */
export const f64ToBits = (value: number): bigint => {
  f64[0] = value;
  return u64[0] as bigint;
};

/** The f64 with these bits. */
export const bitsToF64 = (bits: bigint): number => {
  u64[0] = bits;
  return f64[0] as number;
};

/** bf16 bits of a number, through f32 with one rounding (round-to-odd keeps double rounding exact). */
export function toBf16Bits(value: number): number {
  f32[0] = value;
  let bits = u32[0] as number;
  if ((bits & 0x7fffffff) > 0x7f800000) return ((bits >>> 16) | 0x40) & 0xffff;
  const rounded = f32[0] as number;
  if (rounded !== value && Number.isFinite(rounded)) {
    // Round to odd at f32 precision, so that the second rounding sees that bits were lost.
    const away = Math.abs(rounded) > Math.abs(value);
    if (away && (bits & 1) === 0) bits -= 1;
    else if (!away) bits |= 1;
  }
  return ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16) & 0xffff;
}

/** The number that bf16 bits stand for. */
export const fromBf16Bits = (bits: number): number => {
  u32[0] = bits << 16;
  return f32[0] as number;
};

/** A narrow float format with `exponent` and `mantissa` bits. */
export interface FloatFormat {
  readonly exponentBits: number;
  readonly mantissaBits: number;
  readonly bias: number;
  /** `ieee`: Inf and NaN as in IEEE 754. `fn`: no Inf, NaN is all ones. `fnuz`: no Inf, no -0, NaN is the sign bit alone. `finite`: neither. `e8m0`: exponent only, 0xff is NaN. */
  readonly special: "ieee" | "fn" | "fnuz" | "finite" | "e8m0";
}

/** Narrow float formats by MLIR name. */
export const FLOAT_FORMATS = {
  f16: { exponentBits: 5, mantissaBits: 10, bias: 15, special: "ieee" },
  bf16: { exponentBits: 8, mantissaBits: 7, bias: 127, special: "ieee" },
  f8E5M2: { exponentBits: 5, mantissaBits: 2, bias: 15, special: "ieee" },
  f8E4M3: { exponentBits: 4, mantissaBits: 3, bias: 7, special: "ieee" },
  f8E3M4: { exponentBits: 3, mantissaBits: 4, bias: 3, special: "ieee" },
  f8E4M3FN: { exponentBits: 4, mantissaBits: 3, bias: 7, special: "fn" },
  f8E5M2FNUZ: { exponentBits: 5, mantissaBits: 2, bias: 16, special: "fnuz" },
  f8E4M3FNUZ: { exponentBits: 4, mantissaBits: 3, bias: 8, special: "fnuz" },
  f8E4M3B11FNUZ: { exponentBits: 4, mantissaBits: 3, bias: 11, special: "fnuz" },
  f8E8M0FNU: { exponentBits: 8, mantissaBits: 0, bias: 127, special: "e8m0" },
  f6E3M2FN: { exponentBits: 3, mantissaBits: 2, bias: 3, special: "finite" },
  f6E2M3FN: { exponentBits: 2, mantissaBits: 3, bias: 1, special: "finite" },
  f4E2M1FN: { exponentBits: 2, mantissaBits: 1, bias: 1, special: "finite" },
} as const satisfies Record<string, FloatFormat>;

/** Name of a float format narrower than f32. */
export type NarrowFloatName = keyof typeof FLOAT_FORMATS;

/** Rounds half to even. */
const roundHalfEven = (value: number): number => {
  const floor = Math.floor(value);
  const fraction = value - floor;
  if (fraction > 0.5 || (fraction === 0.5 && floor % 2 !== 0)) return floor + 1;
  return floor;
};

const nanBits = (format: FloatFormat, sign: number): number => {
  const { exponentBits, mantissaBits, special } = format;
  const width = exponentBits + mantissaBits;
  if (special === "ieee")
    return (
      (sign << width) | (((1 << exponentBits) - 1) << mantissaBits) | (1 << (mantissaBits - 1))
    );
  if (special === "fnuz") return 1 << width;
  if (special === "e8m0") return 0xff;
  if (special === "fn") return (sign << width) | ((1 << width) - 1);
  return 0;
};

/** Largest finite magnitude as bits without the sign. */
const largestBits = ({ exponentBits, mantissaBits, special }: FloatFormat): number => {
  const all = (1 << (exponentBits + mantissaBits)) - 1;
  if (special === "ieee") return (((1 << exponentBits) - 1) << mantissaBits) - 1;
  return special === "fn" ? all - 1 : all;
};

function e8m0Bits(value: number): number {
  if (!(value > 0) || value === Infinity) return 0xff;
  const exponent = Math.floor(Math.log2(value));
  const mantissa = value / 2 ** exponent;
  // The only digit is the leading one, which is odd: a tie rounds up.
  const rounded = mantissa >= 1.5 ? exponent + 1 : exponent;
  return rounded + 127 > 254 ? 0xff : Math.max(0, rounded + 127);
}

/** Bits of `value` in a narrow format: nearest even; overflow gives Inf, NaN (`fn`, `fnuz`) or the largest finite value. */
export function toFloatBits(value: number, format: FloatFormat): number {
  const { exponentBits, mantissaBits, bias, special } = format;
  if (special === "e8m0") return e8m0Bits(value);
  const width = exponentBits + mantissaBits;
  const sign = value < 0 || Object.is(value, -0) ? 1 : 0;
  if (Number.isNaN(value)) return nanBits(format, sign);
  const magnitude = Math.abs(value);
  let bits: number;
  if (magnitude === 0) bits = 0;
  else if (magnitude === Infinity) bits = largestBits(format) + 1;
  else {
    f64[0] = magnitude;
    const exponent = Math.max(Number((u64[0] as bigint) >> 52n) - 1023, 1 - bias);
    // Mantissa scaled to units of the last place; a carry into the exponent is the wanted bit pattern.
    const scaled = roundHalfEven(magnitude * 2 ** (mantissaBits - exponent));
    bits = (exponent + bias - 1) * 2 ** mantissaBits + scaled;
  }
  if (bits > largestBits(format)) {
    if (special === "ieee") bits = largestBits(format) + 1;
    else if (special === "finite") bits = largestBits(format);
    else return nanBits(format, sign);
  }
  if (bits === 0 && special === "fnuz") return 0;
  return (sign << width) | bits;
}

/** The number that bits in a narrow format stand for. */
export function fromFloatBits(bits: number, format: FloatFormat): number {
  const { exponentBits, mantissaBits, bias, special } = format;
  if (special === "e8m0") return bits === 0xff ? Number.NaN : 2 ** (bits - 127);
  const width = exponentBits + mantissaBits;
  const negative = ((bits >> width) & 1) === 1;
  const magnitude = bits & ((1 << width) - 1);
  if (special === "fnuz" && negative && magnitude === 0) return Number.NaN;
  if (special === "ieee" || special === "fn") {
    const largest = largestBits(format);
    if (magnitude > largest)
      return special === "ieee" && magnitude === largest + 1
        ? negative
          ? -Infinity
          : Infinity
        : Number.NaN;
  }
  const exponent = magnitude >> mantissaBits;
  const mantissa = magnitude & ((1 << mantissaBits) - 1);
  const value =
    exponent === 0
      ? mantissa * 2 ** (1 - bias - mantissaBits)
      : (mantissa + 2 ** mantissaBits) * 2 ** (exponent - bias - mantissaBits);
  return negative ? -value : value;
}

/** f16 bits of a number. */
export const toF16Bits = (value: number): number => toFloatBits(value, FLOAT_FORMATS.f16);

/** The number that f16 bits stand for. */
export const fromF16Bits = (bits: number): number => fromFloatBits(bits, FLOAT_FORMATS.f16);
