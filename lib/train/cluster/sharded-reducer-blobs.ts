/** @file All blobs of a run whose reducers are processes of their own: those of the shepherd's store, and theirs, as one store. */
import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { BlobError, type BlobStore, type StoredBlob } from "../net/blob-store.ts";
import { ClientError } from "../net/connection.ts";
import type { Clock } from "../protocol/ports.ts";
import type { BlobRef } from "../protocol/records.ts";
import { askOwner, type ReducerOwner } from "./sharded-reducer.ts";

/** How long a reducer that is being restarted is waited for. */
const PATIENCE_MS = 30_000;
/** Removals go to the reducers together. */
const BATCH = 256;
const BATCH_MS = 200;

interface Found {
  readonly owner: ReducerOwner;
  readonly bytes: number;
}

/** What is written goes to the shepherd's own store; what is read comes from there or from whichever reducer has it. */
export class ShardedBlobs implements BlobStore {
  readonly #local: BlobStore;
  readonly #owners: readonly ReducerOwner[];
  readonly #clock: Clock;
  /** Who probably has a blob. */
  readonly #places = new Map<string, ReducerOwner>();
  readonly #fetching = new Map<string, Promise<string | null>>();
  readonly #doomed: string[] = [];
  #timer: NodeJS.Timeout | null = null;
  #removing: Promise<void> = Promise.resolve();

  constructor(local: BlobStore, owners: readonly ReducerOwner[], clock: Clock) {
    this.#local = local;
    this.#owners = owners;
    this.#clock = clock;
  }

  get kind(): BlobStore["kind"] {
    return this.#local.kind;
  }

  get workFolder(): string {
    return this.#local.workFolder;
  }

  /** Takes note of where blobs are. */
  placed(owner: ReducerOwner, blobs: readonly BlobRef[]): void {
    for (const { digest } of blobs) this.#places.set(digest, owner);
  }

  /** @throws BlobError where no reducer has the blob and one of them could not be asked */
  async #find(digest: string): Promise<Found | null> {
    const first = this.#places.get(digest);
    const order = [
      ...(first === undefined ? [] : [first]),
      ...this.#owners.filter((owner) => owner !== first),
    ];
    let unknown: ClientError | null = null;
    for (const owner of order) {
      try {
        const [bytes = null] = await askOwner(owner, this.#clock, PATIENCE_MS, (client) =>
          client.sizes([digest]),
        );
        if (bytes !== null) return { owner, bytes };
      } catch (error) {
        if (!(error instanceof ClientError)) throw error;
        unknown = error;
      }
    }
    if (unknown !== null) throw new BlobError("unavailable", unknown.message);
    return null;
  }

  async has(digest: string): Promise<boolean> {
    return (await this.size(digest)) !== null;
  }

  async size(digest: string): Promise<number | null> {
    return (await this.#local.size(digest)) ?? (await this.#find(digest))?.bytes ?? null;
  }

  /** The blob in the shepherd's own store, where it is copied to if need be. */
  async path(digest: string): Promise<string | null> {
    const there = await this.#local.path(digest);
    if (there !== null) return there;
    let fetching = this.#fetching.get(digest);
    if (fetching === undefined) {
      fetching = this.#fetch(digest).finally(() => this.#fetching.delete(digest));
      this.#fetching.set(digest, fetching);
    }
    return fetching;
  }

  async #fetch(digest: string): Promise<string | null> {
    const found = await this.#find(digest);
    if (found === null) return null;
    const blob = { digest, bytes: found.bytes };
    const path = join(this.workFolder, `${digest}.${randomBytes(6).toString("hex")}`);
    try {
      await this.#get(found.owner, (client) => client.downloadFile(blob, path));
      await this.#local.adopt(blob, path);
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    return this.#local.path(digest);
  }

  async #get<Value>(
    owner: ReducerOwner,
    action: Parameters<typeof askOwner<Value>>[3],
  ): Promise<Value> {
    try {
      return await askOwner(owner, this.#clock, PATIENCE_MS, action);
    } catch (error) {
      if (error instanceof ClientError) throw new BlobError("unavailable", error.message);
      throw error;
    }
  }

  async verify(digest: string): Promise<boolean> {
    if (await this.#local.has(digest)) return this.#local.verify(digest);
    // What is copied is compared with its digest on the way.
    return (await this.path(digest)) !== null;
  }

  async read(digest: string): Promise<Uint8Array | null> {
    const bytes = await this.#local.read(digest);
    if (bytes !== null) return bytes;
    const found = await this.#find(digest);
    if (found === null) return null;
    return this.#get(found.owner, (client) => client.download({ digest, bytes: found.bytes }));
  }

  write(blob: BlobRef, source: AsyncIterable<Uint8Array>): Promise<void> {
    return this.#local.write(blob, source);
  }

  put(...parts: readonly Uint8Array[]): Promise<BlobRef> {
    return this.#local.put(...parts);
  }

  adopt(blob: BlobRef, path: string): Promise<void> {
    return this.#local.adopt(blob, path);
  }

  /** Removes a blob here at once, and at the reducers soon. */
  async delete(digest: string): Promise<void> {
    await this.#local.delete(digest);
    this.#places.delete(digest);
    this.#doomed.push(digest);
    if (this.#doomed.length >= BATCH) this.#removeAll();
    this.#timer ??= setTimeout(() => this.#removeAll(), BATCH_MS);
  }

  #removeAll(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const digests = this.#doomed.splice(0);
    if (digests.length === 0) return;
    const removals = this.#owners.map((owner) =>
      // What a reducer that is down keeps is found at the next start.
      askOwner(owner, this.#clock, 0, (client) => client.delete(digests)).catch(() => null),
    );
    this.#removing = Promise.all([this.#removing, ...removals]).then(() => {});
  }

  async *list(): AsyncIterable<StoredBlob> {
    const seen = new Set<string>();
    for await (const blob of this.#local.list()) {
      seen.add(blob.digest);
      yield blob;
    }
    for (const owner of this.#owners)
      for (const blob of await this.#get(owner, (client) => client.list())) {
        if (seen.has(blob.digest)) continue;
        seen.add(blob.digest);
        yield blob;
      }
  }

  usage(): Promise<{ readonly bytes: number; readonly limit: number | null }> {
    return this.#local.usage();
  }

  presign(...request: Parameters<BlobStore["presign"]>): ReturnType<BlobStore["presign"]> {
    return this.#local.presign(...request);
  }

  /** Sees removals through. */
  async close(): Promise<void> {
    this.#removeAll();
    await this.#removing;
  }
}
