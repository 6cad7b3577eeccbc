/** @file Random numbers from one seed, in streams of their own, so that one more draw here changes nothing there. */

export interface Random {
  /** In [0, 1). */
  next(): number;
  /** Whole, in [from, to]. */
  int(from: number, to: number): number;
  between(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(values: readonly T[]): T;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++)
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value;
}

/** Mulberry32 over a hash of seed and stream. */
export function random(seed: number, stream: string): Random {
  let state = hash(`${seed} ${stream}`);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (from: number, to: number): number => from + (to - from) * next();
  const int = (from: number, to: number): number => Math.floor(between(from, to + 1));
  return {
    next,
    between,
    int,
    chance: (probability) => next() < probability,
    pick: <T>(values: readonly T[]): T => values[int(0, values.length - 1)] as T,
  };
}
