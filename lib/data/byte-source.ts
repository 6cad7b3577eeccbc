/** @file Data as bytes by position: a local file checked by digest, or one brought here by ranges and checked then. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomically } from "#lib/tensors/files.ts";
import { beginUse, cachedDataPath, type DataCache, sourceInUse } from "./data-cache.ts";
import { DataError, reasonOf } from "./token-file.ts";

/** Bytes by position. */
export interface ByteSource {
  /** What messages call it. */
  readonly name: string;
  /** Number of bytes. */
  readonly size: number;
  /** Fills `into` from a position; rejects with {@link DataError}. */
  read(offset: number, into: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** Data that a run is trained on, by content. */
export interface DataIdentity {
  /** SHA-256, 64 hexadecimal digits. */
  readonly digest: string;
  readonly bytes: number;
}

/** Data is not that of the run: trying again does not help. */
export class WrongData extends DataError {}

class FileSource implements ByteSource {
  readonly name: string;
  readonly size: number;
  private readonly handle: FileHandle;

  constructor(name: string, size: number, handle: FileHandle) {
    this.name = name;
    this.size = size;
    this.handle = handle;
  }

  async read(offset: number, into: Uint8Array): Promise<void> {
    for (let filled = 0; filled < into.length; ) {
      const { bytesRead } = await this.handle
        .read(into, filled, into.length - filled, offset + filled)
        .catch((error: unknown) => {
          throw new DataError(`cannot read data file '${this.name}': ${reasonOf(error)}`);
        });
      if (bytesRead === 0)
        throw new DataError(
          `data file '${this.name}' has become shorter: it ends before byte ${offset + into.length} of ${this.size}`,
        );
      filled += bytesRead;
    }
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

/** Opens a file. @throws DataError where it cannot be read */
export async function openFileSource(path: string): Promise<ByteSource> {
  try {
    const handle = await open(path, "r");
    const stat = await handle.stat();
    if (stat.isFile()) return new FileSource(path, stat.size, handle);
    await handle.close();
  } catch (error) {
    throw new DataError(`cannot open data file '${path}': ${reasonOf(error)}`);
  }
  throw new DataError(`cannot open data file '${path}': it is not a file`);
}

const HASH_CHUNK = 4 << 20;

/** SHA-256 of a file, read in pieces; a file that has not changed since is not read again. @throws DataError */
export async function dataDigest(path: string, cacheFolder: string | null): Promise<DataIdentity> {
  const source = await openFileSource(path);
  try {
    const known = cacheFolder === null ? null : digestRecord(path, cacheFolder);
    if (known !== null) {
      const digest = readRecord(known.file, known.key);
      if (digest !== null) return { digest, bytes: source.size };
    }
    const hash = createHash("sha256");
    const chunk = new Uint8Array(HASH_CHUNK);
    for (let at = 0; at < source.size; at += HASH_CHUNK) {
      const part = chunk.subarray(0, Math.min(HASH_CHUNK, source.size - at));
      await source.read(at, part);
      hash.update(part);
    }
    const digest = hash.digest("hex");
    // A record that cannot be written costs only the time to read the file again.
    if (known !== null && cacheFolder !== null) writeRecord(known, cacheFolder, digest);
    return { digest, bytes: source.size };
  } finally {
    await source.close();
  }
}

interface DigestRecord {
  readonly file: string;
  /** What the digest holds for: path, size, time and number of the file. */
  readonly key: string;
}

function digestRecord(path: string, cacheFolder: string): DigestRecord {
  const { size, mtimeNs, ctimeNs, ino } = statSync(path, { bigint: true });
  const name = createHash("sha256").update(path).digest("hex").slice(0, 32);
  return {
    file: join(cacheFolder, "digests", `${name}.json`),
    key: [path, size, mtimeNs, ctimeNs, ino].join("\n"),
  };
}

function readRecord(file: string, key: string): string | null {
  try {
    const record = JSON.parse(readFileSync(file, "utf8")) as { key?: unknown; digest?: unknown };
    return record.key === key && typeof record.digest === "string" ? record.digest : null;
  } catch {
    return null;
  }
}

function writeRecord({ file, key }: DigestRecord, cacheFolder: string, digest: string): void {
  try {
    mkdirSync(join(cacheFolder, "digests"), { recursive: true });
  } catch {
    return;
  }
  writeFileAtomically(file, [new TextEncoder().encode(JSON.stringify({ key, digest }))]);
}

/** Opens a local file after comparing it with what the run was begun with. @throws WrongData with both digests where it differs, DataError where it cannot be read */
export async function openVerifiedFile(
  path: string,
  wanted: DataIdentity,
  cacheFolder: string | null,
): Promise<ByteSource> {
  const found = await dataDigest(path, cacheFolder);
  if (found.digest !== wanted.digest)
    throw new WrongData(
      `data file '${path}' is not the data of this run: it has ${found.bytes} bytes with SHA-256 ${found.digest}, the run's data has ${wanted.bytes} with ${wanted.digest}`,
    );
  return openFileSource(path);
}

/** Brings bytes `[from, to)` of remote data, at most a few megabytes at a time; rejects with an error that says why not. */
export type FetchRange = (from: number, to: number, signal: AbortSignal) => Promise<Uint8Array>;

/** Bytes of one request. */
export const RANGE_BYTES = 8 << 20;

/**
 * Brings remote data to a file named by its digest, going on where an earlier attempt ended, and opens it once the digest is right.
 * @param name - what messages call the data.
 * @param owner - tells what one process is bringing from what others are: part of a file name.
 * @throws DataError where it cannot be had, WrongData where it is not what was asked for; what is wrong is not kept.
 */
export async function openRemoteData(
  name: string,
  wanted: DataIdentity,
  cache: DataCache,
  owner: string,
  fetchRange: FetchRange,
  signal: AbortSignal,
): Promise<ByteSource> {
  const { folder } = cache;
  const path = cachedDataPath(cache, wanted.digest);
  const openCached = async (): Promise<ByteSource> => {
    beginUse(cache, wanted.digest);
    return sourceInUse(cache, wanted.digest, await openVerifiedFile(path, wanted, folder));
  };
  const partial = `${path}.${owner}.part`;
  try {
    const { size } = statSync(path);
    if (size === wanted.bytes) return await openCached();
  } catch {
    // Not here yet, or damaged since: it is brought anew.
    rmSync(path, { force: true });
  }
  mkdirSync(folder, { recursive: true });
  await fetchAll(name, wanted.bytes, partial, fetchRange, signal);
  const found = await dataDigest(partial, null);
  if (found.digest !== wanted.digest) {
    rmSync(partial, { force: true });
    throw new WrongData(
      `data of '${name}' is not the data of this run: it has ${found.bytes} bytes with SHA-256 ${found.digest}, the run's data has ${wanted.bytes} with ${wanted.digest}`,
    );
  }
  renameSync(partial, path);
  return openCached();
}

async function fetchAll(
  name: string,
  size: number,
  partial: string,
  fetchRange: FetchRange,
  signal: AbortSignal,
): Promise<void> {
  const handle = await open(partial, "a");
  try {
    let { size: at } = await handle.stat();
    while (at < size) {
      const to = Math.min(size, at + RANGE_BYTES);
      const bytes = await fetchRange(at, to, signal);
      if (bytes.length !== to - at)
        throw new WrongData(
          `'${name}' gave ${bytes.length} bytes where ${to - at} were asked for: it is not the data of this run`,
        );
      await handle.appendFile(bytes);
      at = to;
    }
    await handle.sync();
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError(`cannot read data from '${name}': ${reasonOf(error)}`);
  } finally {
    await handle.close();
  }
}
