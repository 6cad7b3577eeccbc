/** @file What many tests of training need: results instead of problems, references to blobs, numbers. */
import { sha256 } from "#lib/runtime/cache.ts";
import { isProblem, type Problem } from "#lib/support/problem.ts";
import type { BlobRef } from "#lib/train/protocol/records.ts";

/** A result; a problem is thrown. */
export function must<T extends object>(value: T | Problem): T {
  if (isProblem(value)) throw new Error(value.problem);
  return value;
}

/** Digest and size of a blob. */
export const blobOf = (bytes: Uint8Array): BlobRef => ({
  digest: sha256(bytes),
  bytes: bytes.byteLength,
});

/** Numbers in [-scale, scale) that look like noise. */
export function noise(count: number, seed: number, scale = 1): Float32Array {
  let state = (seed * 2654435761) >>> 0 || 1;
  return Float32Array.from({ length: count }, () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return (state / 2 ** 31 - 1) * scale;
  });
}
