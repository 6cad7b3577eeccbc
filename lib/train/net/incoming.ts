/** @file Blobs on their way in: parts in any order and at the same time, resumed where they broke off, checked before they count. */
import { randomBytes } from "node:crypto";
import { type FileHandle, open, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { BlobRef } from "../protocol/records.ts";
import { BlobError, type BlobStore, blobErrorOf } from "./blob-store.ts";
import { FileBatches } from "./file-batches.ts";
import { type GrowingHash, HashThread } from "./hash-thread.ts";
import { type Interval, Intervals } from "./intervals.ts";

/** Tells of progress and pauses of a body, for whoever watches its rate. */
export interface BodyWatch {
  received(bytes: number): void;
  /** We are busy ourselves: time that does not count against the sender. */
  busy(busy: boolean): void;
}

/** A request that is writing a part. */
interface Writer {
  readonly from: number;
  readonly to: number;
  readonly source: Readable;
  readonly done: Promise<void>;
}

/** One blob of one sender, part of which may be there. */
export class Incoming {
  readonly blob: BlobRef;
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #hash: GrowingHash;
  readonly #received = new Intervals();
  readonly #writers = new Set<Writer>();
  #finished: Promise<void> | null = null;
  /** Monotonic milliseconds at which something last happened. */
  touched = 0;

  constructor(blob: BlobRef, path: string, file: FileHandle, hash: GrowingHash) {
    this.blob = blob;
    this.#path = path;
    this.#file = file;
    this.#hash = hash;
  }

  /** Bytes that have come without a gap from the first. */
  get offset(): number {
    return this.#received.prefix;
  }

  get busy(): boolean {
    return this.#writers.size > 0 || this.#finished !== null;
  }

  /** Resolves when what came on connections that have broken off is written. */
  async settled(): Promise<void> {
    const broken = [...this.#writers].filter(({ source }) => source.destroyed);
    await Promise.all(broken.map(({ done }) => done));
  }

  missing(): Interval[] {
    return this.#received.missing(0, this.blob.bytes);
  }

  /**
   * Takes bytes `[from, to)` from a body. What is there already is not written again, so that bytes which have been hashed stay as they
   * are; an earlier request for the same place, whose connection may be dead, is ended.
   * @throws BlobError where the body is shorter or longer, or cannot be written
   */
  async write(from: number, to: number, source: Readable, watch: BodyWatch): Promise<void> {
    for (const other of this.#writers)
      if (other.from < to && from < other.to) {
        other.source.destroy();
        await other.done;
      }
    let end = (): void => {};
    const done = new Promise<void>((resolve) => {
      end = resolve;
    });
    const writer: Writer = { from, to, source, done };
    this.#writers.add(writer);
    try {
      await this.#receive(writer, watch);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ECONNRESET" || code === "ERR_STREAM_PREMATURE_CLOSE")
        throw new BlobError("size", "the connection broke off");
      throw blobErrorOf(error);
    } finally {
      this.#writers.delete(writer);
      end();
    }
  }

  async #receive({ from, to, source }: Writer, watch: BodyWatch): Promise<void> {
    const gaps = this.#received.missing(from, to);
    let position = from;
    const batches = new FileBatches(this.#file, (a, b) => this.#mark(a, b));
    const settle = async (writing: Promise<void> | null): Promise<void> => {
      if (writing === null) return;
      watch.busy(true);
      await writing;
      watch.busy(false);
    };
    try {
      for await (const chunk of source as AsyncIterable<Uint8Array>) {
        watch.received(chunk.byteLength);
        if (position + chunk.byteLength > to)
          throw new BlobError("size", `more than the ${to - from} bytes that were announced`);
        for (const [start, stop] of gaps) {
          const a = Math.max(start, position);
          const b = Math.min(stop, position + chunk.byteLength);
          if (a >= b) continue;
          await settle(batches.add(chunk.subarray(a - position, b - position), a));
        }
        position += chunk.byteLength;
      }
    } finally {
      // What came before a connection broke is kept.
      await batches.end();
    }
    if (position < to)
      throw new BlobError("size", `${position - from} bytes where ${to - from} were announced`);
  }

  #mark(from: number, to: number): void {
    this.#received.add(from, to);
    this.#hash.advance(this.#received.prefix);
  }

  /**
   * Where all bytes are there: checks them and moves the blob into the store. Resolves to false where some are missing.
   * @throws BlobError where they are not what the digest says, after which they are gone
   */
  async finish(store: BlobStore): Promise<boolean> {
    if (this.#received.prefix < this.blob.bytes) return false;
    this.#finished ??= this.#settle(store);
    await this.#finished;
    return true;
  }

  async #settle(store: BlobStore): Promise<void> {
    try {
      if ((await this.#hash.finish(this.blob.bytes)) !== this.blob.digest)
        throw new BlobError("digest", "the content is not what its digest says");
      await this.#file.close();
      await store.adopt(this.blob, this.#path);
    } catch (error) {
      await this.#remove();
      throw blobErrorOf(error);
    }
  }

  async #remove(): Promise<void> {
    await this.#file.close().catch(() => {});
    await rm(this.#path, { force: true });
  }

  async drop(): Promise<void> {
    for (const { source, done } of this.#writers) {
      source.destroy();
      await done;
    }
    this.#hash.drop();
    await this.#remove();
  }
}

/** All blobs on their way in, by sender: what one sends is never mixed with what another one sends. */
export class IncomingBlobs {
  readonly #store: BlobStore;
  readonly #hashes = new HashThread();
  readonly #bySender = new Map<string, Map<string, Promise<Incoming>>>();

  constructor(store: BlobStore) {
    this.#store = store;
  }

  #of(sender: string): Map<string, Promise<Incoming>> {
    const there = this.#bySender.get(sender);
    if (there !== undefined) return there;
    const made = new Map<string, Promise<Incoming>>();
    this.#bySender.set(sender, made);
    return made;
  }

  /** Bytes that a sender has announced and not finished. */
  async announced(sender: string): Promise<number> {
    const all = await Promise.allSettled(this.#bySender.get(sender)?.values() ?? []);
    return all.reduce(
      (sum, one) => sum + (one.status === "fulfilled" ? one.value.blob.bytes : 0),
      0,
    );
  }

  find(sender: string, digest: string): Promise<Incoming> | null {
    return this.#bySender.get(sender)?.get(digest) ?? null;
  }

  /** Begins a blob, or goes on with it. @throws BlobError where it was announced with another size */
  async begin(sender: string, blob: BlobRef, now: number): Promise<Incoming> {
    const mine = this.#of(sender);
    let opening = mine.get(blob.digest);
    if (opening === undefined) {
      opening = this.#open(blob);
      mine.set(blob.digest, opening);
      opening.catch(() => mine.delete(blob.digest));
    }
    const incoming = await opening;
    if (incoming.blob.bytes !== blob.bytes)
      throw new BlobError("size", `it was announced with ${incoming.blob.bytes} bytes before`);
    incoming.touched = now;
    return incoming;
  }

  async #open(blob: BlobRef): Promise<Incoming> {
    const name = `${blob.digest}.${randomBytes(6).toString("hex")}`;
    const path = join(this.#store.workFolder, name);
    try {
      const file = await open(path, "wx", 0o644);
      return new Incoming(blob, path, file, this.#hashes.follow(path));
    } catch (error) {
      throw blobErrorOf(error);
    }
  }

  /** Forgets a blob that is in the store, or was refused. */
  forget(sender: string, digest: string): void {
    this.#bySender.get(sender)?.delete(digest);
  }

  /** Removes what nobody has gone on with since a point in time. */
  async sweep(before: number): Promise<void> {
    for (const mine of this.#bySender.values())
      for (const [digest, opening] of mine) {
        const incoming = await opening.catch(() => null);
        if (incoming === null || incoming.busy || incoming.touched > before) continue;
        mine.delete(digest);
        await incoming.drop();
      }
  }

  async close(): Promise<void> {
    for (const mine of this.#bySender.values())
      for (const opening of mine.values()) await (await opening.catch(() => null))?.drop();
    this.#bySender.clear();
    await this.#hashes.close();
  }
}
