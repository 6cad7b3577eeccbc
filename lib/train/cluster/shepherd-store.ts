/** @file Where the blobs of a run lie, as its config says. */
import { resolve } from "node:path";
import { DataError } from "#lib/data/token-file.ts";
import type { TrainConfig } from "../config.ts";
import { BlobError, type BlobStore } from "../net/blob-store.ts";
import { openDiskStore } from "../net/disk-store.ts";
import type { RunPaths } from "./run-folder.ts";

/** Opens the store of a run. @throws DataError where it cannot be used */
export async function openRunStore(
  config: TrainConfig,
  base: string,
  { blobs }: RunPaths,
  now: number,
): Promise<BlobStore> {
  const { kind, path } = config.blob_store ?? { kind: "disk" };
  try {
    if (kind === "shared") {
      if (path === undefined)
        throw new DataError("config key 'blob_store.path' is missing: the folder that all share");
      return await openDiskStore({ folder: resolve(base, path), shared: true }, now);
    }
    return await openDiskStore({ folder: blobs }, now);
  } catch (error) {
    if (error instanceof BlobError) throw new DataError(`blob store: ${error.message}`);
    throw error;
  }
}
