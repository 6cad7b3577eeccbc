/** @file Elementwise loops on f32 and f64 arrays; storing into a Float32Array is the one rounding of an f32 op. */
import type { FloatArray } from "./storage.ts";

/** What loops write to; comparisons write 0 and 1 to a Uint8Array. */
export type LoopOut = FloatArray | Uint8Array;

/** `o[oo + i] = f(a[ao + i])` for i below n. */
export type UnaryLoop = (a: FloatArray, ao: number, o: LoopOut, oo: number, n: number) => void;

/** `o[oo + i] = f(a[ao + i], b[bo + i])` for i below n. */
export type BinaryLoop = (
  a: FloatArray,
  ao: number,
  b: FloatArray,
  bo: number,
  o: LoopOut,
  oo: number,
  n: number,
) => void;

const TWO_52 = 2 ** 52;

/** Round half to even, keeping the sign of zero. */
export function roundHalfEven(value: number): number {
  const magnitude = Math.abs(value);
  if (!(magnitude < TWO_52)) return value;
  const rounded = magnitude + TWO_52 - TWO_52;
  return value < 0 || 1 / value < 0 ? -rounded : rounded;
}

/** Round half away from zero, keeping the sign of zero. */
export function roundHalfAway(value: number): number {
  const whole = Math.trunc(value);
  if (Math.abs(value - whole) < 0.5 || Number.isNaN(value)) return whole;
  return Number.isFinite(value) ? whole + Math.sign(value) : value;
}

/** C's pow: 1 to any power and -1 to an infinite one are 1, where JavaScript says NaN. */
export function power(base: number, exponent: number): number {
  if (exponent === 2) return base * base;
  if (base === 1 || (base === -1 && (exponent === Infinity || exponent === -Infinity))) return 1;
  return base ** exponent;
}

/** 1 / (1 + e^-x), without cancellation on either side. */
export const logistic = (value: number): number => 1 / (1 + Math.exp(-value));

export const floatUnary = {
  negate: (a, ao, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = -(a[ao + i] as number);
  },
  abs: (a, ao, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = Math.abs(a[ao + i] as number);
  },
  sign: (a, ao, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = Math.sign(a[ao + i] as number);
  },
  exponential: (a, ao, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = Math.exp(a[ao + i] as number);
  },
  exponential_minus_one: (a, ao, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = Math.expm1(a[ao + i] as number);
  },
  log: (a, ao, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = Math.log(a[ao + i] as number);
  },
  log_plus_one: (a, ao, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = Math.log1p(a[ao + i] as number);
  },
  sqrt: (a, ao, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = Math.sqrt(a[ao + i] as number);
  },
  rsqrt: (a, ao, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = 1 / Math.sqrt(a[ao + i] as number);
  },
  cbrt: (a, ao, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = Math.cbrt(a[ao + i] as number);
  },
  tanh: (a, ao, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = Math.tanh(a[ao + i] as number);
  },
  tan: (a, ao, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = Math.tan(a[ao + i] as number);
  },
  logistic: (a, ao, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = logistic(a[ao + i] as number);
  },
  sine: (a, ao, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = Math.sin(a[ao + i] as number);
  },
  cosine: (a, ao, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = Math.cos(a[ao + i] as number);
  },
  ceil: (a, ao, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = Math.ceil(a[ao + i] as number);
  },
  floor: (a, ao, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = Math.floor(a[ao + i] as number);
  },
  round_nearest_even: (a, ao, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = roundHalfEven(a[ao + i] as number);
  },
  round_nearest_afz: (a, ao, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = roundHalfAway(a[ao + i] as number);
  },
} satisfies { readonly [name: string]: UnaryLoop };

export const floatBinary = {
  add: (a, ao, b, bo, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = (a[ao + i] as number) + (b[bo + i] as number);
  },
  subtract: (a, ao, b, bo, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = (a[ao + i] as number) - (b[bo + i] as number);
  },
  multiply: (a, ao, b, bo, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = (a[ao + i] as number) * (b[bo + i] as number);
  },
  divide: (a, ao, b, bo, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = (a[ao + i] as number) / (b[bo + i] as number);
  },
  // The remainder has the dividend's sign, as in C's fmod.
  remainder: (a, ao, b, bo, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = (a[ao + i] as number) % (b[bo + i] as number);
  },
  power: (a, ao, b, bo, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = power(a[ao + i] as number, b[bo + i] as number);
  },
  // Both propagate NaN and order -0 below +0.
  maximum: (a, ao, b, bo, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = Math.max(a[ao + i] as number, b[bo + i] as number);
  },
  minimum: (a, ao, b, bo, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = Math.min(a[ao + i] as number, b[bo + i] as number);
  },
  atan2: (a, ao, b, bo, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = Math.atan2(a[ao + i] as number, b[bo + i] as number);
  },
} satisfies { readonly [name: string]: BinaryLoop };

/** Copies numbers; between array types it converts. */
export const copyLoop: UnaryLoop = (a, ao, o, oo, n) => {
  for (let i = 0; i < n; i++) o[oo + i] = a[ao + i] as number;
};

/** `o[oo + i] = a < b ? 1 : 0` and its kin. */
export const compareLoops = {
  EQ: (a, ao, b, bo, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = a[ao + i] === b[bo + i] ? 1 : 0;
  },
  NE: (a, ao, b, bo, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = a[ao + i] !== b[bo + i] ? 1 : 0;
  },
  GE: (a, ao, b, bo, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = (a[ao + i] as number) >= (b[bo + i] as number) ? 1 : 0;
  },
  GT: (a, ao, b, bo, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = (a[ao + i] as number) > (b[bo + i] as number) ? 1 : 0;
  },
  LE: (a, ao, b, bo, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = (a[ao + i] as number) <= (b[bo + i] as number) ? 1 : 0;
  },
  LT: (a, ao, b, bo, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = (a[ao + i] as number) < (b[bo + i] as number) ? 1 : 0;
  },
} satisfies { readonly [name: string]: BinaryLoop };
