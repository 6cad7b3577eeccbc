/** @file Arrays kept for reuse, by kind and length. */
import { allocate } from "#lib/tensors/tensor.ts";
import type { Bucket, Buffer, TensorSpec } from "./plan.ts";

/** Free arrays beyond this many bytes are given back after a run. */
const KEPT_BYTES = 256 * 2 ** 20;

/** Hands out arrays and takes them back; what it hands out holds anything. */
export class Pool {
  private readonly buckets = new Map<string, Bucket>();

  /** The bucket of arrays for a type. */
  bucket(spec: TensorSpec): Bucket {
    const key = `${spec.dtype}:${spec.count}`;
    let bucket = this.buckets.get(key);
    if (bucket === undefined) {
      bucket = { spec, free: [] };
      this.buckets.set(key, bucket);
    }
    return bucket;
  }

  take(bucket: Bucket): Buffer {
    const data = bucket.free.pop() ?? allocate(bucket.spec.dtype, bucket.spec.count);
    return { data, refs: 1, bucket };
  }

  /** Bytes that wait to be used again. */
  get freeBytes(): number {
    let bytes = 0;
    for (const { free } of this.buckets.values()) for (const data of free) bytes += data.byteLength;
    return bytes;
  }

  /** Lets go of free arrays where they are many. */
  trim(): void {
    if (this.freeBytes <= KEPT_BYTES) return;
    for (const { free } of this.buckets.values()) free.length = 0;
  }
}

export const retain = (buffer: Buffer): Buffer => {
  buffer.refs++;
  return buffer;
};

/** Gives up one reference; the last one frees the array. */
export const release = (buffer: Buffer): void => {
  buffer.refs--;
  if (buffer.refs === 0 && buffer.bucket !== null) buffer.bucket.free.push(buffer.data);
};
