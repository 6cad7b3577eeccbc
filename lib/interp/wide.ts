/** @file 64-bit integers: exact f64 arithmetic while numbers are small, BigInt otherwise. */
import type { ComparisonDirection } from "#lib/dialects/stablehlo/attrs.ts";
import type { DType } from "#lib/tensors/dtype.ts";
import type { TensorData } from "#lib/tensors/tensor.ts";
import { type BinaryLoop, compareLoops, type UnaryLoop } from "./loops-float.ts";
import { exactMultiply, type IntegerBinaryName, wholeBinary, wholeUnary } from "./loops-integer.ts";
import type { Compute } from "./plan.ts";
import { CHUNK, loadSafe, SAFE_LIMIT, storeSafe, wordsOf } from "./storage.ts";

type BigArray = BigInt64Array | BigUint64Array;

const left = new Float64Array(CHUNK);
const right = new Float64Array(CHUNK);
const out = new Float64Array(CHUNK);

/** Power modulo 2^64; a negative exponent leaves 1, -1 and otherwise 0. */
function bigPower(base: bigint, exponent: bigint): bigint {
  if (exponent < 0n) {
    if (base === 1n) return 1n;
    if (base === -1n) return exponent % 2n === 0n ? 1n : -1n;
    return 0n;
  }
  let result = 1n;
  let square = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = BigInt.asUintN(64, result * square);
    square = BigInt.asUintN(64, square * square);
  }
  return result;
}

/** Exact results, wrapped on storing. */
const bigBinary: { readonly [K in IntegerBinaryName]: (a: bigint, b: bigint) => bigint } = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => (b === 0n ? -1n : a / b),
  remainder: (a, b) => (b === 0n ? a : a % b),
  maximum: (a, b) => (a > b ? a : b),
  minimum: (a, b) => (a < b ? a : b),
  power: bigPower,
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
  shift_left: (a, b) => (b >= 0n && b < 64n ? a << b : 0n),
  shift_right_arithmetic: (a, b) => BigInt.asIntN(64, a) >> (b >= 0n && b < 64n ? b : 63n),
  shift_right_logical: (a, b) => (b >= 0n && b < 64n ? BigInt.asUintN(64, a) >> b : 0n),
};

/** A combiner on two 64-bit integers, exact before wrapping. */
export const bigCombiner = (name: IntegerBinaryName): ((a: bigint, b: bigint) => bigint) =>
  bigBinary[name];

const bigUnary = {
  negate: (a: bigint) => -a,
  abs: (a: bigint) => (a < 0n ? -a : a),
  sign: (a: bigint) => (a > 0n ? 1n : a < 0n ? -1n : 0n),
} as const;

/** The loop that is exact for small numbers, or null where BigInt is always needed. */
function smallLoop(name: IntegerBinaryName): BinaryLoop | null {
  if (name === "multiply") return exactMultiply;
  return Object.hasOwn(wholeBinary, name) ? wholeBinary[name as keyof typeof wholeBinary] : null;
}

/** Whether products stayed below 2^53, so that they are exact. */
function allExact(values: Float64Array, count: number): boolean {
  for (let i = 0; i < count; i++) if (Math.abs(values[i] as number) > 2 * SAFE_LIMIT) return false;
  return true;
}

/** and, or, xor work on the two words alike. */
function wordwise(name: "and" | "or" | "xor"): Compute {
  return (inputs, outputs) => {
    const [a, b] = [wordsOf(inputs[0] as TensorData), wordsOf(inputs[1] as TensorData)];
    const o = wordsOf(outputs[0] as TensorData);
    const n = o.length;
    if (name === "and") for (let i = 0; i < n; i++) o[i] = (a[i] as number) & (b[i] as number);
    else if (name === "or") for (let i = 0; i < n; i++) o[i] = (a[i] as number) | (b[i] as number);
    else for (let i = 0; i < n; i++) o[i] = (a[i] as number) ^ (b[i] as number);
  };
}

/** A binary op on 64-bit integers. */
export function wideBinary(name: IntegerBinaryName, dtype: DType, total: number): Compute {
  if (name === "and" || name === "or" || name === "xor") return wordwise(name);
  const unsigned = dtype === "ui64";
  const small = smallLoop(name);
  const exact = bigBinary[name];
  return (inputs, outputs) => {
    const [a, b] = [inputs[0] as BigArray, inputs[1] as BigArray];
    const o = outputs[0] as BigArray;
    const [aWords, bWords, oWords] = [wordsOf(a), wordsOf(b), wordsOf(o)];
    for (let from = 0; from < total; from += CHUNK) {
      const n = Math.min(CHUNK, total - from);
      if (
        small !== null &&
        loadSafe(aWords, from, left, n, unsigned) &&
        loadSafe(bWords, from, right, n, unsigned)
      ) {
        small(left, 0, right, 0, out, 0, n);
        if (name !== "multiply" || allExact(out, n)) {
          storeSafe(out, oWords, from, n);
          continue;
        }
      }
      for (let i = from; i < from + n; i++) o[i] = exact(a[i] as bigint, b[i] as bigint);
    }
  };
}

/** A unary op on 64-bit integers. */
export function wideUnary(
  name: keyof typeof wholeUnary | "not",
  dtype: DType,
  total: number,
): Compute {
  if (name === "not")
    return (inputs, outputs) => {
      const [a, o] = [wordsOf(inputs[0] as TensorData), wordsOf(outputs[0] as TensorData)];
      for (let i = 0; i < o.length; i++) o[i] = ~(a[i] as number);
    };
  const small: UnaryLoop = wholeUnary[name];
  const exact = bigUnary[name];
  return (inputs, outputs) => {
    const [a, o] = [inputs[0] as BigArray, outputs[0] as BigArray];
    const [aWords, oWords] = [wordsOf(a), wordsOf(o)];
    for (let from = 0; from < total; from += CHUNK) {
      const n = Math.min(CHUNK, total - from);
      if (loadSafe(aWords, from, left, n, dtype === "ui64")) {
        small(left, 0, out, 0, n);
        storeSafe(out, oWords, from, n);
      } else for (let i = from; i < from + n; i++) o[i] = exact(a[i] as bigint);
    }
  };
}

const bigCompare: {
  readonly [D in ComparisonDirection]: (a: bigint, b: bigint) => boolean;
} = {
  EQ: (a, b) => a === b,
  NE: (a, b) => a !== b,
  GE: (a, b) => a >= b,
  GT: (a, b) => a > b,
  LE: (a, b) => a <= b,
  LT: (a, b) => a < b,
};

/** A comparison of 64-bit integers. */
export function wideCompare(direction: ComparisonDirection, dtype: DType, total: number): Compute {
  const small = compareLoops[direction];
  const exact = bigCompare[direction];
  const unsigned = dtype === "ui64";
  return (inputs, outputs) => {
    const [a, b] = [inputs[0] as BigArray, inputs[1] as BigArray];
    const [aWords, bWords] = [wordsOf(a), wordsOf(b)];
    const o = outputs[0] as Uint8Array;
    for (let from = 0; from < total; from += CHUNK) {
      const n = Math.min(CHUNK, total - from);
      if (loadSafe(aWords, from, left, n, unsigned) && loadSafe(bWords, from, right, n, unsigned))
        small(left, 0, right, 0, o, from, n);
      else
        for (let i = from; i < from + n; i++) o[i] = exact(a[i] as bigint, b[i] as bigint) ? 1 : 0;
    }
  };
}

const f64 = new Float64Array(1);
const f64Bits = new BigUint64Array(f64.buffer);

/** The nearest f64, or, where that is not exact, the neighbour with an odd mantissa: rounding it further rounds only once. */
export function toOddNumber(value: bigint): number {
  const nearest = Number(value);
  const back = BigInt(nearest);
  if (back === value) return nearest;
  f64[0] = nearest;
  const bits = f64Bits[0] as bigint;
  const away = nearest < 0 ? back < value : back > value;
  if ((bits & 1n) === 0n) f64Bits[0] = away ? bits - 1n : bits + 1n;
  return f64[0] as number;
}

/** Numbers of 64-bit integers, to the nearest f64, or to odd where they will be rounded to a narrower type. */
export function wideToNumbers(
  data: TensorData,
  from: number,
  count: number,
  to: Float64Array,
  options: { readonly unsigned: boolean; readonly toOdd: boolean },
): void {
  if (loadSafe(wordsOf(data), from, to, count, options.unsigned)) return;
  const source = data as BigArray;
  for (let i = 0; i < count; i++) {
    const value = source[from + i] as bigint;
    to[i] = options.toOdd ? toOddNumber(value) : Number(value);
  }
}

/** Truncates numbers in place; false where one is not exact as a whole number of magnitude up to 2^53. */
function truncateSafe(numbers: Float64Array, count: number): boolean {
  for (let i = 0; i < count; i++) {
    const whole = Math.trunc(numbers[i] as number);
    if (!(Math.abs(whole) <= 2 * SAFE_LIMIT)) return false;
    numbers[i] = whole;
  }
  return true;
}

/** Stores floats, which it may overwrite, as 64-bit integers: truncated, saturated, NaN as 0. */
export function numbersToWide(
  from: Float64Array,
  to: TensorData,
  at: number,
  count: number,
  unsigned: boolean,
): void {
  // A negative number that saturates to 0 is not stored as it is.
  if (!unsigned && truncateSafe(from, count)) {
    storeSafe(from, wordsOf(to), at, count);
    return;
  }
  const target = to as BigArray;
  const [low, high] = unsigned ? [0n, 2n ** 64n - 1n] : [-(2n ** 63n), 2n ** 63n - 1n];
  for (let i = 0; i < count; i++) {
    const value = Math.trunc(from[i] as number);
    if (Number.isNaN(value)) target[at + i] = 0n;
    else if (value <= Number(low)) target[at + i] = low;
    else if (value >= Number(high)) target[at + i] = high;
    else target[at + i] = BigInt(value);
  }
}
