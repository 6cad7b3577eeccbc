/** @file Reductions by known combiners over blocks of numbers: [outer, reduced, inner] -> [outer, inner]. */
import type { Combiner } from "./body.ts";
import type { FloatArray } from "./storage.ts";

/** A block's sizes. */
export interface ReduceShape {
  readonly outer: number;
  readonly reduced: number;
  readonly inner: number;
}

/** Reduces rows of length `reduced` that lie one after another; `sums` begins as the initial values. */
export type RowReduce = (
  source: FloatArray,
  from: number,
  count: number,
  initial: number,
) => number;

/** Combines `count` elements with accumulators, element by element. */
export type RowCombine = (
  source: FloatArray,
  from: number,
  count: number,
  accumulators: Float64Array,
) => void;

interface Loops {
  readonly row: RowReduce;
  readonly column: RowCombine;
}

const floatLoops: { readonly [C in "add" | "multiply" | "maximum" | "minimum"]: Loops } = {
  add: {
    row: (s, from, n, initial) => {
      let total = initial;
      for (let i = from; i < from + n; i++) total += s[i] as number;
      return total;
    },
    column: (s, from, n, acc) => {
      for (let i = 0; i < n; i++) acc[i] = (acc[i] as number) + (s[from + i] as number);
    },
  },
  multiply: {
    row: (s, from, n, initial) => {
      let total = initial;
      for (let i = from; i < from + n; i++) total *= s[i] as number;
      return total;
    },
    column: (s, from, n, acc) => {
      for (let i = 0; i < n; i++) acc[i] = (acc[i] as number) * (s[from + i] as number);
    },
  },
  maximum: {
    row: (s, from, n, initial) => {
      let most = initial;
      for (let i = from; i < from + n; i++) most = Math.max(most, s[i] as number);
      return most;
    },
    column: (s, from, n, acc) => {
      for (let i = 0; i < n; i++) acc[i] = Math.max(acc[i] as number, s[from + i] as number);
    },
  },
  minimum: {
    row: (s, from, n, initial) => {
      let least = initial;
      for (let i = from; i < from + n; i++) least = Math.min(least, s[i] as number);
      return least;
    },
    column: (s, from, n, acc) => {
      for (let i = 0; i < n; i++) acc[i] = Math.min(acc[i] as number, s[from + i] as number);
    },
  },
};

/** Sums and products modulo 2^32, and bits. */
const wordLoops: { readonly [C in "add" | "multiply" | "and" | "or" | "xor"]: Loops } = {
  add: {
    row: (s, from, n, initial) => {
      let total = initial | 0;
      for (let i = from; i < from + n; i++) total = (total + (s[i] as number)) | 0;
      return total;
    },
    column: (s, from, n, acc) => {
      for (let i = 0; i < n; i++) acc[i] = ((acc[i] as number) + (s[from + i] as number)) | 0;
    },
  },
  multiply: {
    row: (s, from, n, initial) => {
      let total = initial | 0;
      for (let i = from; i < from + n; i++) total = Math.imul(total, s[i] as number);
      return total;
    },
    column: (s, from, n, acc) => {
      for (let i = 0; i < n; i++) acc[i] = Math.imul(acc[i] as number, s[from + i] as number);
    },
  },
  and: {
    row: (s, from, n, initial) => {
      let bits = initial | 0;
      for (let i = from; i < from + n; i++) bits &= s[i] as number;
      return bits;
    },
    column: (s, from, n, acc) => {
      for (let i = 0; i < n; i++) acc[i] = (acc[i] as number) & (s[from + i] as number);
    },
  },
  or: {
    row: (s, from, n, initial) => {
      let bits = initial | 0;
      for (let i = from; i < from + n; i++) bits |= s[i] as number;
      return bits;
    },
    column: (s, from, n, acc) => {
      for (let i = 0; i < n; i++) acc[i] = (acc[i] as number) | (s[from + i] as number);
    },
  },
  xor: {
    row: (s, from, n, initial) => {
      let bits = initial | 0;
      for (let i = from; i < from + n; i++) bits ^= s[i] as number;
      return bits;
    },
    column: (s, from, n, acc) => {
      for (let i = 0; i < n; i++) acc[i] = (acc[i] as number) ^ (s[from + i] as number);
    },
  },
};

/** i1: sums are ORs, products ANDs, because adding wraps to `value != 0`. */
const TRUTH: { readonly [C in Combiner]: "and" | "or" | "xor" } = {
  add: "or",
  multiply: "and",
  maximum: "or",
  minimum: "and",
  and: "and",
  or: "or",
  xor: "xor",
};

/** Loops of a combiner on floats, whole numbers of at most 32 bits, or truth values; null where it has no meaning. */
export function reduceLoops(name: Combiner, kind: "float" | "integer" | "truth"): Loops | null {
  if (kind === "truth") return wordLoops[TRUTH[name]];
  if (name === "maximum" || name === "minimum") return floatLoops[name];
  if (kind === "integer") return wordLoops[name];
  return name === "add" || name === "multiply" ? floatLoops[name] : null;
}

/** Reduces a whole block in order of the reduced positions, f64 accumulators throughout. */
export function reduceBlock(
  loops: Loops,
  source: FloatArray,
  initial: number,
  { outer, reduced, inner }: ReduceShape,
  result: Float64Array,
): void {
  if (inner === 1) {
    for (let o = 0; o < outer; o++) result[o] = loops.row(source, o * reduced, reduced, initial);
    return;
  }
  const accumulators = new Float64Array(inner);
  for (let o = 0; o < outer; o++) {
    accumulators.fill(initial);
    for (let r = 0; r < reduced; r++)
      loops.column(source, (o * reduced + r) * inner, inner, accumulators);
    result.set(accumulators, o * inner);
  }
}
