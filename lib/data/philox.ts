/** @file Counter-based random numbers (Philox 4x32-10): a pure function of seed, stream and position, equal on every machine. */

const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
const W0 = 0x9e3779b9;
const W1 = 0xbb67ae85;

/** High 32 bits of the product of two unsigned 32-bit integers. */
function multiplyHigh(a: number, b: number): number {
  const [aLow, aHigh, bLow, bHigh] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16];
  const cross = aHigh * bLow + ((aLow * bLow) >>> 16);
  const middle = aLow * bHigh + (cross & 0xffff);
  return (aHigh * bHigh + Math.floor(cross / 0x10000) + Math.floor(middle / 0x10000)) >>> 0;
}

/**
 * One block of Philox 4x32 with ten rounds: four random 32-bit integers.
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 */
export function philox(
  counter: readonly [number, number, number, number],
  key: readonly [number, number],
): [number, number, number, number] {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(M0, c0);
    const low0 = Math.imul(M0, c0) >>> 0;
    const high1 = multiplyHigh(M1, c2);
    const low1 = Math.imul(M1, c2) >>> 0;
    [c0, c1, c2, c3] = [(high1 ^ c1 ^ k0) >>> 0, low1, (high0 ^ c3 ^ k1) >>> 0, low0];
    k0 = (k0 + W0) >>> 0;
    k1 = (k1 + W1) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** What random numbers are for; two purposes never share a number. */
export const STREAMS = {
  initialise: 1,
  batches: 2,
  sampling: 3,
  /** Windows of units. */
  units: 4,
  /** Order of chunks. */
  chunks: 5,
  /** The batch of the agreement check. */
  check: 6,
} as const;

/** Random numbers addressed by position. */
export class RandomStream {
  private readonly key: readonly [number, number];
  private readonly stream: number;
  private readonly substream: number;

  /** @param seed - an integer from 0 to 2^53 - 1. */
  constructor(seed: number, stream: number, substream = 0) {
    this.key = [seed >>> 0, Math.floor(seed / 0x100000000) >>> 0];
    this.stream = stream;
    this.substream = substream;
  }

  /** Four 32-bit integers of block `index`. */
  block(index: number): [number, number, number, number] {
    return philox(
      [index >>> 0, Math.floor(index / 0x100000000) >>> 0, this.substream, this.stream],
      this.key,
    );
  }

  /** A uniform integer in [0, bound), unbiased to within bound / 2^53. */
  integer(index: number, bound: number): number {
    return Math.floor(this.uniform(index) * bound);
  }

  /** A uniform number in [0, 1) with 53 random bits. */
  uniform(index: number): number {
    const [a, b] = this.block(index);
    return ((a >>> 5) * 0x4000000 + (b >>> 6)) / 0x20000000000000;
  }

  /** Fills with independent normal numbers: Box-Muller, four to a block. */
  fillNormal(target: Float32Array | Float64Array, mean: number, std: number): void {
    for (let i = 0; i < target.length; i += 4) {
      const words = this.block(i >>> 2);
      for (let pair = 0; pair < 2; pair++) {
        // The half keeps the logarithm's argument off 0.
        const radius = Math.sqrt(-2 * Math.log(((words[2 * pair] as number) + 0.5) / 0x100000000));
        const angle = (2 * Math.PI * ((words[2 * pair + 1] as number) + 0.5)) / 0x100000000;
        const at = i + 2 * pair;
        if (at < target.length) target[at] = mean + std * radius * Math.cos(angle);
        if (at + 1 < target.length) target[at + 1] = mean + std * radius * Math.sin(angle);
      }
    }
  }

  /** Fills with uniform numbers of an interval. */
  fillUniform(target: Float32Array | Float64Array, low: number, high: number): void {
    for (let i = 0; i < target.length; i += 4)
      this.block(i >>> 2).forEach((word, lane) => {
        if (i + lane < target.length)
          target[i + lane] = low + ((high - low) * (word + 0.5)) / 0x100000000;
      });
  }
}
