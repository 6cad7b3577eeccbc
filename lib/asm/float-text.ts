/** @file Prints floats as LLVM does: short scientific form where exact, else all digits, else bits. */
import { floatBits } from "#lib/ir/attributes.ts";

/** Significand bits, the hidden one included. */
const PRECISION: Readonly<Record<string, number>> = {
  f64: 53,
  f32: 24,
  tf32: 11,
  f16: 11,
  bf16: 8,
  f8E5M2: 3,
  f8E5M2FNUZ: 3,
  f8E4M3: 4,
  f8E4M3FN: 4,
  f8E4M3FNUZ: 4,
  f8E4M3B11FNUZ: 4,
  f8E3M4: 5,
  f8E8M0FNU: 1,
  f6E3M2FN: 3,
  f6E2M3FN: 4,
  f4E2M1FN: 2,
};

/** A positive number as an odd integer times a power of two. */
function oddTimesPower(value: number): { odd: bigint; power: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const high = view.getUint32(0);
  const biased = high >>> 20;
  const fraction = (BigInt(high & 0xfffff) << 32n) | BigInt(view.getUint32(4));
  let odd = biased === 0 ? fraction : fraction | (1n << 52n);
  let power = Math.max(biased, 1) - 1075;
  for (; (odd & 1n) === 0n; odd >>= 1n) power++;
  return { odd, power };
}

/**
 * Digits without trailing zeros and the power of ten of the last one, rounded as LLVM rounds: first as many digits
 * as the bits say are too many are cut off, then what is left is rounded half up.
 */
function decimal(value: number, precision: number): { digits: string; exponent: number } {
  const { odd, power } = oddTimesPower(Math.abs(value));
  let integer = power >= 0 ? odd << BigInt(power) : odd * 5n ** BigInt(-power);
  let exponent = Math.min(power, 0);
  const excess = integer.toString(2).length - Math.floor((precision * 196 + 58) / 59);
  const cut = excess > 0 ? Math.floor((excess * 59) / 196) : 0;
  integer /= 10n ** BigInt(cut);
  exponent += cut;
  const all = integer.toString();
  const kept = all.slice(0, precision);
  exponent += all.length - kept.length;
  const rounded = (all[precision] ?? "0") >= "5" ? (BigInt(kept) + 1n).toString() : kept;
  const digits = rounded.replace(/0+$/, "");
  return { digits, exponent: exponent + rounded.length - digits.length };
}

/** `1.234560e-01`: six significant digits. */
function shortForm(value: number): string {
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  if (value === 0) return `${sign}0.000000e+00`;
  const { digits, exponent } = decimal(value, 6);
  const power = exponent + digits.length - 1;
  const size = String(Math.abs(power)).padStart(2, "0");
  return `${sign}${digits[0]}.${digits.slice(1).padEnd(6, "0")}e${power < 0 ? "-" : "+"}${size}`;
}

/** All digits that the format can tell apart, plain where that is short. */
function fullForm(value: number, precision: number): string {
  const sign = value < 0 ? "-" : "";
  const { digits, exponent } = decimal(value, precision);
  const top = exponent + digits.length - 1;
  const scientific =
    exponent >= 0 ? exponent > 3 || digits.length + exponent > precision : top < 0 && -top > 3;
  if (scientific)
    return `${sign}${digits[0]}.${digits.slice(1) || "0"}E${top < 0 ? "-" : "+"}${Math.abs(top)}`;
  if (exponent >= 0) return sign + digits + "0".repeat(exponent);
  const whole = digits.length + exponent;
  return whole > 0
    ? `${sign}${digits.slice(0, whole)}.${digits.slice(whole)}`
    : `${sign}0.${"0".repeat(-whole)}${digits}`;
}

/** Text of a float whose bits in the format are given. */
export function floatText(value: number, bits: bigint, typeName: string): string {
  if (Number.isFinite(value)) {
    const short = shortForm(value);
    if (floatBits(Number(short), typeName) === bits) return short;
    const precision = 2 + Math.floor(((PRECISION[typeName] ?? 53) * 59) / 196);
    const full = fullForm(value, precision);
    if (full.includes(".")) return full;
  }
  return `0x${bits.toString(16).toUpperCase()}`;
}
