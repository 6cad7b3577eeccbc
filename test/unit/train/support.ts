/** @file What many tests of training need: results instead of problems, references to blobs, numbers. */
import { sha256 } from "#lib/runtime/cache.ts";
import { isProblem, type Problem } from "#lib/support/problem.ts";
import type { WorkerDataRequest } from "#lib/train/cluster/worker-data.ts";
import type { DataPlan } from "#lib/train/protocol/plan.ts";
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

/** Data of one text whose bytes are its tokens, one sequence a unit, in order. */
export const bytesPlan = (
  { length: bytes }: Uint8Array,
  shape: Pick<DataPlan, "digest" | "length" | "unitsPerEpoch">,
): DataPlan => ({
  ...{ bytes, tokenizer: "byte", vocabulary: 256, alphabet: null },
  ...{ sampling: "fifo", seed: 0, trainTokens: bytes, chunks: [[0, bytes]], shuffleChunks: false },
  ...{ rows: 1, maxEpochs: null, ...shape },
});

/** What opens a worker's data; where it comes from is in `more`. */
export const dataRequest = (
  more: Pick<WorkerDataRequest, "plan" | "cacheFolder"> & Partial<WorkerDataRequest>,
): WorkerDataRequest => ({
  ...{ path: null, url: null, worker: "w", env: {}, dataCacheBytes: 1 << 20, now: Date.now },
  fromShepherd: () => Promise.reject(new Error("not asked for")),
  signal: new AbortController().signal,
  note: () => {},
  ...more,
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
