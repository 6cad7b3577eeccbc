/** @file Elementwise loops on whole numbers held in f64 scratch arrays; wrapping to the type's width happens on storing. */
import { bitWidth, type DType, isUnsignedDType } from "#lib/tensors/dtype.ts";
import type { BinaryLoop, UnaryLoop } from "./loops-float.ts";

/** Power of whole numbers modulo 2^32; a negative exponent leaves 1, -1 and otherwise 0. */
export function integerPower(base: number, exponent: number): number {
  if (exponent < 0) {
    if (base === 1) return 1;
    if (base === -1) return exponent % 2 === 0 ? 1 : -1;
    return 0;
  }
  let result = 1;
  let square = base;
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = Math.imul(result, square);
    square = Math.imul(square, square);
  }
  return result;
}

/** Loops that hold for every integer type, 64-bit ones included while all numbers are exact. */
export const wholeBinary = {
  add: (a, ao, b, bo, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = (a[ao + i] as number) + (b[bo + i] as number);
  },
  subtract: (a, ao, b, bo, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = (a[ao + i] as number) - (b[bo + i] as number);
  },
  // Division by zero gives all bits set, the remainder the dividend.
  divide: (a, ao, b, bo, o, oo, n) => {
    for (let i = 0; i < n; i++) {
      const divisor = b[bo + i] as number;
      o[oo + i] = divisor === 0 ? -1 : Math.trunc((a[ao + i] as number) / divisor);
    }
  },
  remainder: (a, ao, b, bo, o, oo, n) => {
    for (let i = 0; i < n; i++) {
      const divisor = b[bo + i] as number;
      o[oo + i] = divisor === 0 ? (a[ao + i] as number) : (a[ao + i] as number) % divisor;
    }
  },
  maximum: (a, ao, b, bo, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = Math.max(a[ao + i] as number, b[bo + i] as number);
  },
  minimum: (a, ao, b, bo, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = Math.min(a[ao + i] as number, b[bo + i] as number);
  },
} satisfies { readonly [name: string]: BinaryLoop };

/** A product that is exact below 2^53. */
export const exactMultiply: BinaryLoop = (a, ao, b, bo, o, oo, n) => {
  for (let i = 0; i < n; i++) o[oo + i] = (a[ao + i] as number) * (b[bo + i] as number);
};

const wordBinary = {
  multiply: (a, ao, b, bo, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = Math.imul(a[ao + i] as number, b[bo + i] as number);
  },
  power: (a, ao, b, bo, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = integerPower(a[ao + i] as number, b[bo + i] as number);
  },
  and: (a, ao, b, bo, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = (a[ao + i] as number) & (b[bo + i] as number);
  },
  or: (a, ao, b, bo, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = (a[ao + i] as number) | (b[bo + i] as number);
  },
  xor: (a, ao, b, bo, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = (a[ao + i] as number) ^ (b[bo + i] as number);
  },
} satisfies { readonly [name: string]: BinaryLoop };

export type IntegerBinaryName =
  | keyof typeof wholeBinary
  | keyof typeof wordBinary
  | "shift_left"
  | "shift_right_arithmetic"
  | "shift_right_logical";

const shiftLeft =
  (bits: number): BinaryLoop =>
  (a, ao, b, bo, o, oo, n) => {
    for (let i = 0; i < n; i++) {
      const by = b[bo + i] as number;
      o[oo + i] = by >= 0 && by < bits ? (a[ao + i] as number) << by : 0;
    }
  };

/** The top bit counts as the sign whatever the type; too far a shift leaves nothing but the sign. */
const shiftRightArithmetic =
  (bits: number): BinaryLoop =>
  (a, ao, b, bo, o, oo, n) => {
    const unused = 32 - bits;
    for (let i = 0; i < n; i++) {
      const by = b[bo + i] as number;
      const signed = ((a[ao + i] as number) << unused) >> unused;
      o[oo + i] = signed >> (by >= 0 && by < bits ? by : 31);
    }
  };

const shiftRightLogical =
  (bits: number): BinaryLoop =>
  (a, ao, b, bo, o, oo, n) => {
    const unused = 32 - bits;
    for (let i = 0; i < n; i++) {
      const by = b[bo + i] as number;
      const unsigned = ((a[ao + i] as number) << unused) >>> unused;
      o[oo + i] = by >= 0 && by < bits ? unsigned >>> by : 0;
    }
  };

/** The loop of a binary op on integers of at most 32 bits. */
export function integerBinary(name: IntegerBinaryName, dtype: DType): BinaryLoop {
  const bits = bitWidth(dtype);
  switch (name) {
    case "shift_left":
      return shiftLeft(bits);
    case "shift_right_arithmetic":
      return shiftRightArithmetic(bits);
    case "shift_right_logical":
      return shiftRightLogical(bits);
    case "multiply":
    case "power":
    case "and":
    case "or":
    case "xor":
      return wordBinary[name];
    default:
      return wholeBinary[name];
  }
}

/** Loops that hold for every integer type while all numbers are exact. */
export const wholeUnary = {
  negate: (a, ao, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = 0 - (a[ao + i] as number);
  },
  abs: (a, ao, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = Math.abs(a[ao + i] as number);
  },
  sign: (a, ao, o, oo, n) => {
    for (let i = 0; i < n; i++) o[oo + i] = Math.sign(a[ao + i] as number);
  },
} satisfies { readonly [name: string]: UnaryLoop };

const complement: UnaryLoop = (a, ao, o, oo, n) => {
  for (let i = 0; i < n; i++) o[oo + i] = -1 - (a[ao + i] as number);
};

const complementTruth: UnaryLoop = (a, ao, o, oo, n) => {
  for (let i = 0; i < n; i++) o[oo + i] = 1 - (a[ao + i] as number);
};

/** The loop of a unary op on integers of at most 32 bits. */
export const integerUnary = (name: keyof typeof wholeUnary | "not", dtype: DType): UnaryLoop =>
  name !== "not" ? wholeUnary[name] : dtype === "i1" ? complementTruth : complement;

/** Saturating truncation toward zero of floats to integers of at most 32 bits; NaN gives 0. */
export function saturate(dtype: DType): UnaryLoop {
  const bits = bitWidth(dtype);
  const unsigned = isUnsignedDType(dtype);
  const low = unsigned ? 0 : -(2 ** (bits - 1));
  const high = unsigned ? 2 ** bits - 1 : 2 ** (bits - 1) - 1;
  return (a, ao, o, oo, n) => {
    for (let i = 0; i < n; i++) {
      const value = Math.trunc(a[ao + i] as number);
      o[oo + i] = value >= low ? (value <= high ? value : high) : value < low ? low : 0;
    }
  };
}
