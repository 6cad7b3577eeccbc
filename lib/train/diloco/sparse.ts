/** @file Which values of a chunk are kept, by magnitude, and how their positions are written. */

/** Values among which the largest are chosen. */
export const CHUNK = 4096;
const INDEX_BITS = 12;

/** Values kept of a chunk of `length`, where `keep` are of a whole one. */
export const keptOf = (keep: number, length: number): number =>
  Math.min(length, Math.ceil((keep * length) / CHUNK));

/** One bit per value is shorter than indices where many are kept. */
const isBitmap = (kept: number, length: number): boolean => kept * INDEX_BITS >= length;

/** Bytes of the positions of `kept` of `length` values; none where all are kept. */
export function positionBytes(kept: number, length: number): number {
  if (kept === length) return 0;
  return Math.ceil((isBitmap(kept, length) ? length : kept * INDEX_BITS) / 8);
}

/** The `rank`-th largest (from 1) of numbers below 2^31, found digit by digit. */
function nthLargest(numbers: Uint32Array, length: number, rank: number): number {
  const counts = new Uint32Array(2048);
  let prefix = 0;
  let left = rank;
  for (const [shift, bits] of [
    [20, 11],
    [10, 10],
    [0, 10],
  ] as const) {
    const mask = (1 << bits) - 1;
    counts.fill(0);
    for (let i = 0; i < length; i++) {
      const number = numbers[i] as number;
      if (number >>> (shift + bits) !== prefix) continue;
      const digit = (number >>> shift) & mask;
      counts[digit] = (counts[digit] as number) + 1;
    }
    let digit = mask;
    while ((counts[digit] as number) < left) left -= counts[digit--] as number;
    prefix = (prefix << bits) | digit;
  }
  return prefix;
}

const magnitudes = new Uint32Array(CHUNK);

/**
 * Positions of the `kept` largest magnitudes of `values[0, length)`, ascending, into `positions`. Of equal ones the first are kept;
 * NaN counts as larger than all else, so that it is never lost.
 */
export function selectLargest(
  values: Float32Array,
  length: number,
  kept: number,
  positions: Uint16Array,
): void {
  if (kept === 0) return;
  const bits = new Uint32Array(values.buffer, values.byteOffset, length);
  for (let i = 0; i < length; i++) magnitudes[i] = (bits[i] as number) & 0x7fffffff;
  const least = nthLargest(magnitudes, length, kept);
  let above = 0;
  for (let i = 0; i < length; i++) if ((magnitudes[i] as number) > least) above++;
  let equal = kept - above;
  for (let i = 0, at = 0; i < length; i++) {
    const magnitude = magnitudes[i] as number;
    if (magnitude > least || (magnitude === least && equal-- > 0)) positions[at++] = i;
  }
}

/** Writes ascending positions: a bitmap with the first value in the lowest bit, or indices of 12 bits, the first one low. */
export function encodePositions(
  positions: Uint16Array,
  kept: number,
  length: number,
  out: Uint8Array,
): void {
  out.fill(0);
  const bitmap = isBitmap(kept, length);
  for (let i = 0; i < kept; i++) {
    const position = positions[i] as number;
    const bit = bitmap ? position : i * INDEX_BITS;
    const pattern = (bitmap ? 1 : position) << (bit & 7);
    out[bit >> 3] = (out[bit >> 3] as number) | (pattern & 0xff);
    if (pattern > 0xff) out[(bit >> 3) + 1] = (out[(bit >> 3) + 1] as number) | (pattern >> 8);
  }
}

/** Reads positions; false where there are not `kept` ascending ones below `length`, or bits are set that mean nothing. */
export function decodePositions(
  bytes: Uint8Array,
  kept: number,
  length: number,
  positions: Uint16Array,
): boolean {
  if (isBitmap(kept, length)) {
    let found = 0;
    for (let byte = 0; byte < bytes.length; byte++)
      for (let bits = bytes[byte] as number; bits !== 0; bits &= bits - 1) {
        const position = 8 * byte + 31 - Math.clz32(bits & -bits);
        if (position >= length || found === kept) return false;
        positions[found++] = position;
      }
    return found === kept;
  }
  let before = -1;
  for (let i = 0; i < kept; i++) {
    const bit = i * INDEX_BITS;
    const low = bytes[bit >> 3] as number;
    const high = bytes[(bit >> 3) + 1] as number;
    const position = ((low | (high << 8)) >> (bit & 7)) & 0xfff;
    if (position <= before || position >= length) return false;
    positions[i] = position;
    before = position;
  }
  return (kept * INDEX_BITS) % 8 === 0 || (bytes[bytes.length - 1] as number) >> 4 === 0;
}
