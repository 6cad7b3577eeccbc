/** @file Where the blobs of a run lie: as its config says, and as its folder remembers. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { DataError } from "#lib/data/token-file.ts";
import { writeFileAtomically } from "#lib/tensors/files.ts";
import type { TrainConfig } from "../config.ts";
import { BlobError, type BlobStore } from "../net/blob-store.ts";
import { openDiskStore } from "../net/disk-store.ts";
import { stackedStore } from "./replay-store.ts";
import { type RunPaths, runPaths } from "./run-folder.ts";

type StoreKeys = NonNullable<TrainConfig["blob_store"]>;

async function openS3(keys: StoreKeys, cacheFolder: string, now: number): Promise<BlobStore> {
  const { bucket, prefix = "", endpoint = null, region = null } = keys;
  if (bucket === undefined) throw new DataError("config key 'blob_store.bucket' is missing");
  const { openS3Store } = await import("../net/s3-store.ts");
  const place = { bucket, prefix, endpoint, region, cacheFolder };
  return openS3Store({ ...place, credentials: null }, now);
}

/** Opens a store; a path in `keys` is absolute. @throws DataError where it cannot be used */
async function openStore(keys: StoreKeys, { blobs }: RunPaths, now: number): Promise<BlobStore> {
  try {
    if (keys.kind === "disk") return await openDiskStore({ folder: blobs }, now);
    if (keys.kind === "s3") return await openS3(keys, blobs, now);
    if (keys.path === undefined)
      throw new DataError("config key 'blob_store.path' is missing: the folder that all share");
    return await openDiskStore({ folder: keys.path, shared: true }, now);
  } catch (error) {
    if (error instanceof BlobError) throw new DataError(`blob store: ${error.message}`);
    throw error;
  }
}

/** Opens the store of a run that a shepherd begins or takes up, and notes in its folder where it is. @throws DataError */
export async function openRunStore(
  config: TrainConfig,
  base: string,
  paths: RunPaths,
  now: number,
): Promise<BlobStore> {
  const said = config.blob_store ?? { kind: "disk" as const };
  const keys = said.path === undefined ? said : { ...said, path: resolve(base, said.path) };
  const store = await openStore(keys, paths, now);
  const text = new TextEncoder().encode(`${JSON.stringify(keys)}\n`);
  const problem = writeFileAtomically(paths.store, [text]);
  if (problem !== null) throw new DataError(problem.problem);
  return store;
}

/** Blobs of reducer processes that lie in the run's folder, beneath those of its store. */
async function withReducers(store: BlobStore, { reducers }: RunPaths): Promise<BlobStore> {
  let all = store;
  const names = existsSync(reducers) ? readdirSync(reducers) : [];
  // Shared, because they may be running: nothing of theirs is removed.
  for (const name of names.filter((each) => /^\d+$/.test(each)).sort())
    all = stackedStore(
      await openDiskStore({ folder: join(reducers, name, "blobs"), shared: true }, 0),
      all,
    );
  return all;
}

/** Opens the store of a run by its folder alone. @throws DataError */
export async function openStoreOfFolder(folder: string, now: number): Promise<BlobStore> {
  const paths = runPaths(folder);
  let keys: StoreKeys;
  try {
    keys = JSON.parse(readFileSync(paths.store, "utf8")) as StoreKeys;
  } catch {
    throw new DataError(`'${paths.store}' is missing or damaged: it says where the blobs lie`);
  }
  // The shepherd may be running: nothing of its own is removed.
  const own = keys.kind === "disk" ? { kind: "shared" as const, path: paths.blobs } : keys;
  return withReducers(await openStore(own, paths, now), paths);
}
