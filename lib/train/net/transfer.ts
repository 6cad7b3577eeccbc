/** @file Blobs between a client and shepherd, reducers or object storage: several ranges at a time, resumed where they broke off. */
import { createHash, randomBytes } from "node:crypto";
import { open, rename, rm, stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Dispatcher } from "undici";
import type { BlobTransfer } from "../protocol/ports.ts";
import type { BlobRef } from "../protocol/records.ts";
import { requireDigest } from "./blob-store.ts";
import {
  type CallOptions,
  ClientError,
  call,
  clientErrorOf,
  speakerHeaders,
  textOf,
} from "./connection.ts";
import { FileBatches } from "./file-batches.ts";
import { HashThread } from "./file-hash.ts";
import { type Interval, Intervals } from "./intervals.ts";
import type { PartReply, UploadReply } from "./routes.ts";

/** Bytes of one range; smaller blobs go in one piece. */
export const PART_BYTES = 32 << 20;
const CHUNK_BYTES = 1 << 20;
/** Attempts in a row that bring nothing before a transfer is given up. */
const ATTEMPTS = 6;
const FIRST_PAUSE_MS = 100;
/** A blob that is whole is checked and brought to disk before the answer. */
const ANSWER_MS = 120_000;

export interface TransferOptions {
  /** Base URL of the shepherd. */
  readonly url: string;
  /** Connections to a server of the run, whose certificate is pinned, or (`pinned` false) to any other. */
  readonly poolOf: (url: string, pinned: boolean) => Promise<Dispatcher>;
  readonly credential: () => string;
  /** Ranges of one blob at the same time. */
  readonly parallel: number;
  readonly signal: AbortSignal;
}

/** Where the bytes of an upload come from. */
type Source = (from: number, to: number) => AsyncIterable<Uint8Array>;

/** Where the bytes of one range go to. */
interface Lane {
  /** What is returned, if anything, must be waited for. */
  add(chunk: Uint8Array, place: number): Promise<void> | null;
  end(): Promise<void>;
}

/** Where the bytes of a download go to. */
interface Sink {
  lane(): Lane;
  /** The digest of everything, which is where it belongs by now. */
  finish(): Promise<string>;
}

async function* slices(bytes: Uint8Array, from: number, to: number): AsyncIterable<Uint8Array> {
  for (let at = from; at < to; at += CHUNK_BYTES)
    yield bytes.subarray(at, Math.min(to, at + CHUNK_BYTES));
}

/**
 * Bytes `[from, to)` of a file. Two buffers take turns: whoever takes a piece must be done with the one before, as the client is, which waits
 * until a connection has taken a piece over before it asks for the next.
 */
async function* fileSlices(path: string, from: number, to: number): AsyncIterable<Uint8Array> {
  const file = await open(path, "r");
  try {
    const size = Math.min(CHUNK_BYTES, to - from);
    const buffers = [Buffer.allocUnsafeSlow(size), Buffer.allocUnsafeSlow(size)] as const;
    for (let at = from, turn = 0; at < to; turn = 1 - turn) {
      const buffer = buffers[turn === 0 ? 0 : 1];
      const { bytesRead } = await file.read(buffer, 0, Math.min(size, to - at), at);
      if (bytesRead === 0)
        throw new ClientError(
          "refused",
          `'${path}' became shorter while it was sent`,
          null,
          "local",
        );
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  } finally {
    await file.close();
  }
}

/** Ranges of at most {@link PART_BYTES}. */
const partsOf = (ranges: readonly Interval[]): Interval[] =>
  ranges.flatMap(([from, to]) =>
    Array.from({ length: Math.ceil((to - from) / PART_BYTES) }, (_, index): Interval => {
      const start = from + index * PART_BYTES;
      return [start, Math.min(to, start + PART_BYTES)];
    }),
  );

/** Runs jobs, `width` at a time; after a failure no further one is begun, and it is thrown when those under way have ended. */
async function inParallel<Job>(
  jobs: readonly Job[],
  width: number,
  run: (job: Job) => Promise<void>,
): Promise<void> {
  let next = 0;
  const failures: unknown[] = [];
  const lane = async (): Promise<void> => {
    while (failures.length === 0 && next < jobs.length) {
      try {
        await run(jobs[next++] as Job);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, jobs.length) }, lane));
  if (failures.length > 0) throw failures[0];
}

const sizeOf = (ranges: readonly Interval[]): number =>
  ranges.reduce((sum, [from, to]) => sum + to - from, 0);

/** A presigned address says in its query who may use it; the base URL of a reducer has none. */
const isPresigned = (url: string): boolean => new URL(url).search !== "";

/** A client's way to blobs. Digests are checked at both ends; memory does not grow with the size of files. */
export class HttpTransfer implements BlobTransfer {
  readonly #options: TransferOptions;
  readonly #hashes = new HashThread();
  /** Bytes sent and received, of blobs alone. */
  sent = 0;
  received = 0;

  constructor(options: TransferOptions) {
    this.#options = options;
  }

  async close(): Promise<void> {
    await this.#hashes.close();
  }

  async upload(digest: string, bytes: Uint8Array, fragment: number): Promise<void> {
    const blob = { digest, bytes: bytes.byteLength };
    await this.#upload(blob, (from, to) => slices(bytes, from, to), fragment);
  }

  /** Sends a file. @throws ClientError */
  async uploadFile(blob: BlobRef, path: string, fragment: number): Promise<void> {
    const source: Source = (from, to) => fileSlices(path, from, to);
    if ((await stat(path)).size !== blob.bytes)
      throw new ClientError("refused", `'${path}' has not the ${blob.bytes} bytes it should have`);
    await this.#upload(blob, source, fragment);
  }

  async #upload(blob: BlobRef, source: Source, fragment: number): Promise<void> {
    let left = Number.POSITIVE_INFINITY;
    await this.#persist(async (progress) => {
      const { reply, url } = await this.#announce(blob, fragment, this.#options.url);
      if (reply.kind === "stored") return true;
      if (reply.kind === "presigned") {
        await this.#putPresigned(blob, source, reply.url, reply.headers);
        return true;
      }
      const missing: Interval[] = reply.missing.map(([from = 0, to = 0]) => [from, to]);
      if (sizeOf(missing) < left) progress();
      left = sizeOf(missing);
      // An empty blob is one part of no bytes.
      const parts: Interval[] = blob.bytes === 0 ? [[0, 0]] : partsOf(missing);
      let stored = false;
      await inParallel(parts, this.#options.parallel, async (part) => {
        if (await this.#putPart(blob, source, url, part)) stored = true;
      });
      // Otherwise the server is asked again what is missing.
      return stored;
    });
  }

  /** Asks where a blob goes, there and then at the reducer that is named. */
  async #announce(
    { digest, bytes }: BlobRef,
    fragment: number,
    url: string,
  ): Promise<{ reply: UploadReply; url: string }> {
    const pool = await this.#options.poolOf(url, true);
    const answer = await call(pool, url, {
      method: "POST",
      path: "/v1/uploads",
      headers: { ...this.#headers(), "content-type": "application/json" },
      body: JSON.stringify({ digest, bytes, fragment }),
      signal: this.#options.signal,
    });
    const reply = JSON.parse(await textOf(answer.body)) as UploadReply;
    return reply.kind === "send" && reply.url !== null && reply.url !== url
      ? this.#announce({ digest, bytes }, fragment, reply.url)
      : { reply, url };
  }

  #headers(): Record<string, string> {
    return speakerHeaders(this.#options.credential());
  }

  async #putPart(
    blob: BlobRef,
    source: Source,
    url: string,
    [from, to]: Interval,
  ): Promise<boolean> {
    const range = `bytes ${from}-${to - 1}/${blob.bytes}`;
    const answer = await this.#send(url, true, {
      method: "PUT",
      path: `/v1/blobs/${blob.digest}`,
      headers: {
        ...this.#headers(),
        "content-type": "application/octet-stream",
        "content-length": String(to - from),
        ...(blob.bytes > 0 && { "content-range": range }),
      },
      body: this.#counted(source(from, to)),
      headersTimeout: ANSWER_MS,
    });
    return (JSON.parse(await textOf(answer.body)) as PartReply).stored;
  }

  async #putPresigned(
    { bytes }: BlobRef,
    source: Source,
    url: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<void> {
    const { pathname, search } = new URL(url);
    const answer = await this.#send(url, false, {
      method: "PUT",
      path: pathname + search,
      headers: { ...headers, "content-length": String(bytes) },
      body: this.#counted(source(0, bytes)),
      headersTimeout: ANSWER_MS,
    });
    await answer.body.dump();
  }

  #counted(chunks: AsyncIterable<Uint8Array>): NonNullable<CallOptions["body"]> {
    const count = (bytes: number): void => {
      this.sent += bytes;
    };
    return (async function* () {
      for await (const chunk of chunks) {
        yield chunk;
        count(chunk.byteLength);
      }
    })() as unknown as NonNullable<CallOptions["body"]>;
  }

  async #send(
    url: string,
    pinned: boolean,
    options: CallOptions,
  ): Promise<Dispatcher.ResponseData> {
    const pool = await this.#options.poolOf(url, pinned);
    return call(pool, url, { ...options, signal: this.#options.signal });
  }

  /** Repeats an attempt that the network cuts short, with growing pauses, as long as attempts bring something. */
  async #persist(attempt: (progress: () => void) => Promise<boolean>): Promise<void> {
    let failures = 0;
    for (;;) {
      try {
        if (await attempt(() => (failures = 0))) return;
        if (++failures < ATTEMPTS) continue;
        throw new ClientError("network", "the shepherd keeps saying that bytes are missing");
      } catch (error) {
        const failed = clientErrorOf(error, this.#options.url);
        if (failed.code !== "network" || ++failures >= ATTEMPTS) throw failed;
        // Not all clients at the same moment.
        const pause = FIRST_PAUSE_MS * 2 ** failures * (0.5 + Math.random());
        await sleep(pause, undefined, { signal: this.#options.signal }).catch(() => {
          throw new ClientError("aborted", "the transfer was given up");
        });
      }
    }
  }

  async download(blob: BlobRef, url: string | null): Promise<Uint8Array> {
    const target = new Uint8Array(blob.bytes);
    const hash = createHash("sha256");
    const there = new Intervals();
    let hashed = 0;
    const lane: Lane = {
      add(chunk, place) {
        target.set(chunk, place);
        there.add(place, place + chunk.byteLength);
        if (there.prefix - hashed < CHUNK_BYTES) return null;
        hash.update(target.subarray(hashed, there.prefix));
        hashed = there.prefix;
        return null;
      },
      end: async () => {},
    };
    await this.#download(this.#place(blob, url), blob, {
      lane: () => lane,
      finish: async () => hash.update(target.subarray(hashed)).digest("hex"),
    });
    return target;
  }

  /** Gets a blob as a file, which is there whole or not at all. @throws ClientError */
  async downloadFile(blob: BlobRef, url: string | null, path: string): Promise<void> {
    await this.#downloadFile(this.#place(blob, url), blob, path);
  }

  /** Gets all training data as a file. @throws ClientError */
  async downloadData(data: BlobRef, path: string): Promise<void> {
    await this.#downloadFile(this.#dataPlace(data.digest), data, path);
  }

  /** Gets bytes `[from, to)` of the training data, whose digest is not checked. @throws ClientError */
  async readData(digest: string, from: number, to: number): Promise<Uint8Array> {
    const target = new Uint8Array(to - from);
    const lane: Lane = {
      add(chunk, place) {
        target.set(chunk, place - from);
        return null;
      },
      end: async () => {},
    };
    await inParallel(partsOf([[from, to]]), this.#options.parallel, (part) =>
      this.#getPart(this.#dataPlace(digest), lane, part),
    );
    return target;
  }

  #place({ digest }: BlobRef, url: string | null): Place {
    requireDigest(digest);
    if (url !== null && isPresigned(url)) return { url, pinned: false };
    return { url: new URL(`/v1/blobs/${digest}`, url ?? this.#options.url).href, pinned: true };
  }

  #dataPlace(digest: string): Place {
    requireDigest(digest);
    return { url: new URL(`/v1/data/${digest}`, this.#options.url).href, pinned: true };
  }

  async #downloadFile(place: Place, blob: BlobRef, path: string): Promise<void> {
    const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
    const file = await open(temporary, "wx");
    const hash = this.#hashes.follow(temporary);
    const there = new Intervals();
    let hashed = 0;
    const written = (from: number, to: number): void => {
      there.add(from, to);
      if (there.prefix - hashed < 4 * CHUNK_BYTES) return;
      hashed = there.prefix;
      hash.advance(hashed);
    };
    try {
      await this.#download(place, blob, {
        lane: () => new FileBatches(file, written),
        finish: () => hash.finish(blob.bytes),
      });
      await file.sync();
      await file.close();
      await rename(temporary, path);
    } catch (error) {
      hash.drop();
      await file.close().catch(() => {});
      await rm(temporary, { force: true });
      throw error;
    }
  }

  async #download(place: Place, { digest, bytes }: BlobRef, sink: Sink): Promise<void> {
    await inParallel(partsOf([[0, bytes]]), this.#options.parallel, async (part) => {
      const lane = sink.lane();
      await this.#getPart(place, lane, part);
      await lane.end();
    });
    if ((await sink.finish()) !== digest)
      throw new ClientError(
        "refused",
        "a blob came that is not what its digest says",
        null,
        "digest",
      );
  }

  async #getPart(place: Place, lane: Lane, [from, to]: Interval): Promise<void> {
    let position = from;
    await this.#persist(async (progress) => {
      const body = await this.#getRange(place, position, to);
      for await (const chunk of body as AsyncIterable<Uint8Array>) {
        if (position + chunk.byteLength > to)
          throw new ClientError("refused", "more bytes came than were asked for");
        const writing = lane.add(chunk, position);
        if (writing !== null) await writing;
        position += chunk.byteLength;
        this.received += chunk.byteLength;
        progress();
      }
      return position === to;
    });
  }

  async #getRange(
    { url, pinned }: Place,
    from: number,
    to: number,
  ): Promise<Dispatcher.ResponseData["body"]> {
    const { pathname, search } = new URL(url);
    const answer = await this.#send(url, pinned, {
      method: "GET",
      path: pathname + search,
      headers: { ...(pinned && this.#headers()), range: `bytes=${from}-${to - 1}` },
    });
    const { statusCode, headers, body } = answer;
    if (statusCode === 307 && pinned && typeof headers["location"] === "string") {
      await body.dump();
      // Object storage gets no credential of ours.
      return this.#getRange({ url: headers["location"], pinned: false }, from, to);
    }
    if (
      statusCode === 206 &&
      String(headers["content-range"]).startsWith(`bytes ${from}-${to - 1}/`)
    )
      return body;
    if (statusCode === 200 && from === 0 && headers["content-length"] === String(to)) return body;
    body.destroy();
    throw new ClientError("refused", `bytes ${from} to ${to - 1} of a blob were not sent`);
  }
}

/** An address to get bytes from; `pinned`: a server of the run. */
interface Place {
  readonly url: string;
  readonly pinned: boolean;
}
