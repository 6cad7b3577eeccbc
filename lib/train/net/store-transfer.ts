/** @file A worker's way to blobs that lie in a folder which it shares with the shepherd: no network between them. */
import { sha256 } from "#lib/runtime/cache.ts";
import type { BlobTransfer } from "../protocol/ports.ts";
import type { BlobStore } from "./blob-store.ts";
import { ClientError } from "./connection.ts";

/**
 * Blobs in a shared store. What is not seen there (network file systems take their time) comes through `fallback`.
 * @throws ClientError (from its methods) where content is not what its digest says, or cannot be stored
 */
export function storeTransfer(store: BlobStore, fallback: BlobTransfer): BlobTransfer {
  return {
    async upload(digest, bytes) {
      if (sha256(bytes) !== digest)
        throw new ClientError("refused", "the content is not what its digest says", null, "digest");
      try {
        await store.put(bytes);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw new ClientError("refused", `cannot store a blob: ${why}`, null, "local");
      }
    },
    async download(blob, url) {
      const there = url === null ? await store.read(blob.digest).catch(() => null) : null;
      return there ?? fallback.download(blob, url);
    },
  };
}
