/** @file Complex arithmetic on (real, imaginary) pairs; results are in two registers, so that nothing is allocated. */
import type { TensorData } from "#lib/tensors/tensor.ts";
import type { Compute } from "./plan.ts";
import type { FloatArray } from "./storage.ts";

let re = 0;
let im = 0;

const set = (real: number, imaginary: number): void => {
  re = real;
  im = imaginary;
};

function multiply(a: number, b: number, c: number, d: number) {
  set(a * c - b * d, a * d + b * c);
}

/** Smith's division: scales by the larger part of the divisor. */
function divide(a: number, b: number, c: number, d: number) {
  if (c === 0 && d === 0) return set(a / c, b / c);
  if (Math.abs(c) >= Math.abs(d)) {
    const ratio = d / c;
    const scale = c + d * ratio;
    return set((a + b * ratio) / scale, (b - a * ratio) / scale);
  }
  const ratio = c / d;
  const scale = c * ratio + d;
  set((a * ratio + b) / scale, (b * ratio - a) / scale);
}

function exponential(a: number, b: number) {
  const size = Math.exp(a);
  set(size * Math.cos(b), b === 0 ? b : size * Math.sin(b));
}

function log(a: number, b: number) {
  set(Math.log(Math.hypot(a, b)), Math.atan2(b, a));
}

/** Principal square root: real part at least 0, imaginary part with the sign of b. */
function sqrt(a: number, b: number) {
  if (a === 0 && b === 0) return set(0, b);
  const size = Math.sqrt((Math.abs(a) + Math.hypot(a, b)) / 2);
  if (a >= 0) return set(size, b / (2 * size));
  set(Math.abs(b) / (2 * size), b < 0 || Object.is(b, -0) ? -size : size);
}

/** a^c = e^(c log a), with 0^c = 0 for a positive real part, 0^0 = 1. */
function power(a: number, b: number, c: number, d: number) {
  if (a === 0 && b === 0) {
    if (c === 0 && d === 0) return set(1, 0);
    return c > 0 ? set(0, 0) : set(Number.NaN, Number.NaN);
  }
  log(a, b);
  multiply(re, im, c, d);
  exponential(re, im);
}

function tanh(a: number, b: number) {
  // tanh(a + ib) = (sinh 2a + i sin 2b) / (cosh 2a + cos 2b); far out it is +-1.
  if (Math.abs(a) > 20) return set(Math.sign(a), 0);
  const scale = Math.cosh(2 * a) + Math.cos(2 * b);
  set(Math.sinh(2 * a) / scale, Math.sin(2 * b) / scale);
}

const unary = {
  negate: (a: number, b: number) => set(-a, -b),
  sign: (a: number, b: number) => {
    const size = Math.hypot(a, b);
    if (size === 0) set(0, 0);
    else set(a / size, b / size);
  },
  exponential,
  exponential_minus_one: (a: number, b: number) => {
    // e^a cos b - 1 = expm1(a) cos b - 2 sin^2(b / 2)
    const half = Math.sin(b / 2);
    set(Math.expm1(a) * Math.cos(b) - 2 * half * half, Math.exp(a) * Math.sin(b));
  },
  log,
  log_plus_one: (a: number, b: number) => {
    // |1 + z|^2 - 1 = 2a + a^2 + b^2
    const near = Math.abs(a) < 0.5 && Math.abs(b) < 0.5;
    set(
      near ? Math.log1p(2 * a + a * a + b * b) / 2 : Math.log(Math.hypot(1 + a, b)),
      Math.atan2(b, 1 + a),
    );
  },
  sqrt,
  rsqrt: (a: number, b: number) => {
    sqrt(a, b);
    divide(1, 0, re, im);
  },
  cbrt: (a: number, b: number) => power(a, b, 1 / 3, 0),
  tanh,
  tan: (a: number, b: number) => {
    // tan z = -i tanh(iz)
    tanh(-b, a);
    set(im, -re);
  },
  logistic: (a: number, b: number) => {
    exponential(-a, -b);
    divide(1, 0, 1 + re, im);
  },
  sine: (a: number, b: number) => set(Math.sin(a) * Math.cosh(b), Math.cos(a) * Math.sinh(b)),
  cosine: (a: number, b: number) => set(Math.cos(a) * Math.cosh(b), -Math.sin(a) * Math.sinh(b)),
} as const;

/** Lexicographic: by real parts, then by imaginary ones. */
const isLess = (a: number, b: number, c: number, d: number): boolean => a < c || (a === c && b < d);

const binary = {
  add: (a: number, b: number, c: number, d: number) => set(a + c, b + d),
  subtract: (a: number, b: number, c: number, d: number) => set(a - c, b - d),
  multiply,
  divide,
  power,
  maximum: (a: number, b: number, c: number, d: number) =>
    isLess(a, b, c, d) ? set(c, d) : set(a, b),
  minimum: (a: number, b: number, c: number, d: number) =>
    isLess(c, d, a, b) ? set(c, d) : set(a, b),
  remainder: (a: number, b: number, c: number, d: number) => {
    // z - w trunc(z / w), part by part
    divide(a, b, c, d);
    const [x, y] = [Math.trunc(re), Math.trunc(im)];
    multiply(x, y, c, d);
    set(a - re, b - im);
  },
  atan2: (a: number, b: number, c: number, d: number) => {
    // -i log((w + iz) / sqrt(w^2 + z^2))
    multiply(a, b, a, b);
    const [x, y] = [re, im];
    multiply(c, d, c, d);
    sqrt(x + re, y + im);
    divide(c - b, d + a, re, im);
    log(re, im);
    set(im, -re);
  },
} as const;

export type ComplexUnaryName = keyof typeof unary;
export type ComplexBinaryName = keyof typeof binary;

export const isComplexUnary = (name: string): name is ComplexUnaryName =>
  Object.hasOwn(unary, name);
export const isComplexBinary = (name: string): name is ComplexBinaryName =>
  Object.hasOwn(binary, name);

/** A unary op on complex elements. */
export function complexUnary(name: ComplexUnaryName): Compute {
  const apply = unary[name];
  return (inputs, outputs) => {
    const [a, o] = [inputs[0] as FloatArray, outputs[0] as FloatArray];
    for (let i = 0; i < o.length; i += 2) {
      apply(a[i] as number, a[i + 1] as number);
      o[i] = re;
      o[i + 1] = im;
    }
  };
}

/** A binary op on complex elements. */
export function complexBinary(name: ComplexBinaryName): Compute {
  const apply = binary[name];
  return (inputs, outputs) => {
    const [a, b] = [inputs[0] as FloatArray, inputs[1] as FloatArray];
    const o = outputs[0] as FloatArray;
    for (let i = 0; i < o.length; i += 2) {
      apply(a[i] as number, a[i + 1] as number, b[i] as number, b[i + 1] as number);
      o[i] = re;
      o[i + 1] = im;
    }
  };
}

/** Magnitudes of complex elements. */
export const complexAbs: Compute = (inputs, outputs) => {
  const [a, o] = [inputs[0] as FloatArray, outputs[0] as FloatArray];
  for (let i = 0; i < o.length; i++) o[i] = Math.hypot(a[2 * i] as number, a[2 * i + 1] as number);
};

/** Whether complex elements are equal, or differ. */
export const complexEqual =
  (wanted: boolean): Compute =>
  (inputs, outputs) => {
    const [a, b] = [inputs[0] as FloatArray, inputs[1] as FloatArray];
    const o = outputs[0] as TensorData;
    for (let i = 0; i < o.length; i++) {
      const equal = a[2 * i] === b[2 * i] && a[2 * i + 1] === b[2 * i + 1];
      o[i] = equal === wanted ? 1 : 0;
    }
  };
