/** @file Blobs in a folder, `ab/abcd...`: of this process alone, or of all machines that share the folder. */
import { createHash, randomBytes } from "node:crypto";
import {
  type FileHandle,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  unlink,
} from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "#lib/runtime/cache.ts";
import type { BlobRef } from "../protocol/records.ts";
import {
  BlobError,
  type BlobStore,
  blobErrorOf,
  isDigest,
  requireDigest,
  type StoredBlob,
} from "./blob-store.ts";

export interface DiskStoreOptions {
  /** Created where it is missing, together with the folders around it. */
  readonly folder: string;
  /** Others write into the folder as well, so that what they wrote is checked before it is used. */
  readonly shared?: boolean;
  /** Bytes that all blobs together may have; null: no limit but the disk. */
  readonly limit?: number | null;
}

const READ_BYTES = 1 << 20;
/** Left by a writer that was killed: nothing takes a day to write. */
const STALE_MS = 24 * 3_600_000;

/** SHA-256 of a file, read piece by piece. */
export async function digestOfFile(path: string): Promise<BlobRef> {
  const hash = createHash("sha256");
  const file = await open(path, "r");
  try {
    const buffer = Buffer.allocUnsafe(READ_BYTES);
    let bytes = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, READ_BYTES, bytes);
      if (bytesRead === 0) break;
      hash.update(buffer.subarray(0, bytesRead));
      bytes += bytesRead;
    }
    return { digest: hash.digest("hex"), bytes };
  } finally {
    await file.close();
  }
}

/** Makes names in a folder durable; file systems that cannot are left to their own ways. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, "r");
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch {
    // Not every file system lets folders be opened or synchronised.
  }
}

/** Writes a stream into an open file, its size and digest checked. @throws BlobError */
async function writeChecked(
  file: FileHandle,
  { digest, bytes }: BlobRef,
  source: AsyncIterable<Uint8Array>,
): Promise<void> {
  const hash = createHash("sha256");
  let done = 0;
  for await (const chunk of source) {
    if (done + chunk.byteLength > bytes)
      throw new BlobError("size", `more than the ${bytes} bytes that were announced`);
    hash.update(chunk);
    for (let from = 0; from < chunk.byteLength; )
      from += (await file.write(chunk, from, chunk.byteLength - from, done + from)).bytesWritten;
    done += chunk.byteLength;
  }
  if (done !== bytes) throw new BlobError("size", `${done} bytes where ${bytes} were announced`);
  if (hash.digest("hex") !== digest)
    throw new BlobError("digest", "the content is not what its digest says");
}

class DiskStore implements BlobStore {
  readonly kind: "disk" | "shared";
  readonly workFolder: string;
  readonly #folder: string;
  readonly #limit: number | null;
  /** Bytes of all blobs, as far as this process knows. */
  #bytes = 0;
  /** What has been compared with its digest, or was written by this process. */
  readonly #checked = new Set<string>();

  constructor({ folder, shared = false, limit = null }: DiskStoreOptions) {
    this.kind = shared ? "shared" : "disk";
    this.#folder = folder;
    this.workFolder = join(folder, "tmp");
    this.#limit = limit;
  }

  async prepare(now: number): Promise<void> {
    await mkdir(this.workFolder, { recursive: true });
    for (const name of await readdir(this.workFolder)) {
      const path = join(this.workFolder, name);
      const age = await stat(path).then(
        ({ mtimeMs }) => now - mtimeMs,
        () => 0,
      );
      if (this.kind === "disk" || age > STALE_MS) await rm(path, { force: true, recursive: true });
    }
    this.#bytes = await this.#count();
  }

  async #count(): Promise<number> {
    let bytes = 0;
    for await (const blob of this.list()) bytes += blob.bytes;
    return bytes;
  }

  #place(digest: string): string {
    requireDigest(digest);
    return join(this.#folder, digest.slice(0, 2), digest);
  }

  async has(digest: string): Promise<boolean> {
    return (await this.size(digest)) !== null;
  }

  async size(digest: string): Promise<number | null> {
    try {
      const status = await stat(this.#place(digest));
      return status.isFile() ? status.size : null;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw blobErrorOf(error);
    }
  }

  async path(digest: string): Promise<string | null> {
    if (!(await this.has(digest))) return null;
    if (this.kind === "disk" || this.#checked.has(digest)) return this.#place(digest);
    if (await this.verify(digest)) return this.#place(digest);
    await this.delete(digest);
    return null;
  }

  async verify(digest: string): Promise<boolean> {
    try {
      const right = (await digestOfFile(this.#place(digest))).digest === digest;
      if (right) this.#checked.add(digest);
      return right;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
      throw blobErrorOf(error);
    }
  }

  async read(digest: string): Promise<Uint8Array | null> {
    if (!(await this.has(digest))) return null;
    try {
      const bytes = await readFile(this.#place(digest));
      return sha256(bytes) === digest ? bytes : null;
    } catch (error) {
      throw blobErrorOf(error);
    }
  }

  #requireRoom(bytes: number): void {
    if (this.#limit !== null && this.#bytes + bytes > this.#limit)
      throw new BlobError("full", `the blob store may hold ${this.#limit} bytes, and is full`);
  }

  async write(blob: BlobRef, source: AsyncIterable<Uint8Array>): Promise<void> {
    const { digest, bytes } = blob;
    requireDigest(digest);
    this.#requireRoom(bytes);
    const temporary = join(this.workFolder, `${digest}.${randomBytes(6).toString("hex")}`);
    try {
      const file = await open(temporary, "wx", 0o644);
      try {
        await writeChecked(file, blob, source);
        await file.sync();
      } finally {
        await file.close();
      }
      await this.#moveIn(blob, temporary);
    } catch (error) {
      await rm(temporary, { force: true });
      throw blobErrorOf(error);
    }
  }

  async put(...parts: readonly Uint8Array[]): Promise<BlobRef> {
    const hash = createHash("sha256");
    for (const part of parts) hash.update(part);
    const bytes = parts.reduce((sum, part) => sum + part.byteLength, 0);
    const blob = { digest: hash.digest("hex"), bytes };
    if ((await this.size(blob.digest)) === bytes && (await this.path(blob.digest)) !== null)
      return blob;
    await this.write(
      blob,
      (async function* () {
        yield* parts;
      })(),
    );
    return blob;
  }

  async adopt(blob: BlobRef, path: string): Promise<void> {
    requireDigest(blob.digest);
    this.#requireRoom(blob.bytes);
    try {
      const file = await open(path, "r+");
      try {
        await file.sync();
      } finally {
        await file.close();
      }
      await this.#moveIn(blob, path);
    } catch (error) {
      throw blobErrorOf(error);
    }
  }

  async #moveIn({ digest, bytes }: BlobRef, from: string): Promise<void> {
    const folder = join(this.#folder, digest.slice(0, 2));
    const before = await this.size(digest);
    if ((await mkdir(folder, { recursive: true })) !== undefined) await syncFolder(this.#folder);
    await rename(from, join(folder, digest));
    await syncFolder(folder);
    this.#bytes += bytes - (before ?? 0);
    this.#checked.add(digest);
  }

  async delete(digest: string): Promise<void> {
    const size = await this.size(digest);
    try {
      await unlink(this.#place(digest));
      this.#bytes -= size ?? 0;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw blobErrorOf(error);
    }
    this.#checked.delete(digest);
  }

  async *list(): AsyncIterable<StoredBlob> {
    for (const prefix of await readdir(this.#folder)) {
      if (!/^[0-9a-f]{2}$/.test(prefix)) continue;
      for (const digest of await readdir(join(this.#folder, prefix))) {
        if (!isDigest(digest) || !digest.startsWith(prefix)) continue;
        const status = await stat(join(this.#folder, prefix, digest)).catch(() => null);
        // Removed by another process meanwhile.
        if (status === null) continue;
        yield { digest, bytes: status.size, modified: status.mtimeMs };
      }
    }
  }

  async usage(): Promise<{ readonly bytes: number; readonly limit: number | null }> {
    if (this.kind === "shared") this.#bytes = await this.#count();
    return { bytes: this.#bytes, limit: this.#limit };
  }

  async presign(): Promise<null> {
    return null;
  }
}

/** Opens (or makes) a store in a folder. `now`: milliseconds since the epoch, by which leftovers are old. @throws BlobError */
export async function openDiskStore(options: DiskStoreOptions, now: number): Promise<BlobStore> {
  const store = new DiskStore(options);
  try {
    await store.prepare(now);
  } catch (error) {
    throw blobErrorOf(error);
  }
  return store;
}
