/** @file Where blobs lie, by the SHA-256 of their content: the interface of all stores. */
import { messageOf } from "#lib/support/problem.ts";
import type { BlobRef } from "../protocol/records.ts";

/** Bytes `[from, to)` of a blob. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** A blob that lies in a store. */
export interface StoredBlob extends BlobRef {
  /** Milliseconds since the epoch. */
  readonly modified: number;
}

/** Why a blob was not taken. */
export type BlobFailure =
  /** It has other bytes than its name says. */
  | "digest"
  /** It is shorter or longer than announced. */
  | "size"
  /** The store's quota or the disk is full. */
  | "full"
  /** The store cannot be reached, read or written. */
  | "unavailable";

/** A blob that could not be stored or read; the message is one line for people. */
export class BlobError extends Error {
  override readonly name = "BlobError";
  readonly code: BlobFailure;
  constructor(code: BlobFailure, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * A store of blobs. Names are digests, never paths: whoever writes says what the content will be, and gets a {@link BlobError} where it is
 * not. A blob is there whole or not at all, and on disk when a write resolves. All methods may be called at the same time by many.
 */
export interface BlobStore {
  readonly kind: "disk" | "shared" | "s3";
  /** Whether the blob is there; its content is not read. */
  has(digest: string): Promise<boolean>;
  /** Size in bytes, or null where the blob is not there. */
  size(digest: string): Promise<number | null>;
  /**
   * A local file with the blob, or null where it is not there. What others than this process may have written is read and compared with
   * its digest first, once; what is damaged is removed and counts as not there.
   */
  path(digest: string): Promise<string | null>;
  /** Reads the blob and compares it with its digest; false where it is not there or damaged. */
  verify(digest: string): Promise<boolean>;
  /** A whole blob in memory, its digest checked, or null where it is not there or damaged. */
  read(digest: string): Promise<Uint8Array | null>;
  /** Stores a stream; size and digest are checked on the way. @throws BlobError */
  write(blob: BlobRef, source: AsyncIterable<Uint8Array>): Promise<void>;
  /** Stores the parts one after the other as one blob. @throws BlobError */
  put(...parts: readonly Uint8Array[]): Promise<BlobRef>;
  /** Moves a local file in, whose content has been checked against `blob` already. @throws BlobError */
  adopt(blob: BlobRef, path: string): Promise<void>;
  /** Removes a blob; one that is not there is no mistake. */
  delete(digest: string): Promise<void>;
  /** All blobs, in no order. */
  list(): AsyncIterable<StoredBlob>;
  /** Bytes stored, and how many may be; null: as many as there is room for. */
  usage(): Promise<{ readonly bytes: number; readonly limit: number | null }>;
  /** Folder for files that are to be adopted: on the same file system, emptied when the store is opened. */
  readonly workFolder: string;
  /** Addresses at which a client gets or puts a blob without credentials, for a limited time; null where clients come to the shepherd. */
  presign(
    action: "get" | "put",
    blob: BlobRef,
  ): Promise<{ readonly url: string; readonly headers: Readonly<Record<string, string>> } | null>;
}

const DIGEST = /^[0-9a-f]{64}$/;

/** Whether text is the name of a blob: 64 lower-case hexadecimal digits. */
export const isDigest = (text: string): boolean => DIGEST.test(text);

/** @throws BlobError where the text is no digest: no other text ever becomes part of a path or key. */
export function requireDigest(text: string): void {
  if (!isDigest(text)) throw new BlobError("digest", "not a SHA-256 digest");
}

const FULL = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/** A failed file operation as a {@link BlobError}. */
export function blobErrorOf(error: unknown): BlobError {
  if (error instanceof BlobError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (FULL.has(code)) return new BlobError("full", "no space left for blobs");
  return new BlobError("unavailable", messageOf(error));
}
