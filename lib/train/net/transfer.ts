/** @file Blobs between a client and shepherd, reducers or object storage: several ranges at a time where one is slow, resumed where they broke off. */
import { randomBytes } from "node:crypto";
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
import { FileBatches, fileSlices } from "./file-batches.ts";
import { type GrowingHash, HashThread } from "./hash-thread.ts";
import { type Interval, Intervals } from "./intervals.ts";
import type { PartReply, UploadReply } from "./routes.ts";

/** Bytes of one range; smaller blobs go in one piece. */
export const PART_BYTES = 32 << 20;
const CHUNK_BYTES = 1 << 20;
/** A connection that moves so many bytes in so many milliseconds needs no other beside it: 160 MB/s. */
const FAST_BYTES = 16e6;
const LANE_MS = 100;
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
  /** Ranges of one blob at the same time, at most. */
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

/** Ranges of at most {@link PART_BYTES}. */
const partsOf = (ranges: readonly Interval[]): Interval[] =>
  ranges.flatMap(([from, to]) =>
    Array.from({ length: Math.ceil((to - from) / PART_BYTES) }, (_, index): Interval => {
      const start = from + index * PART_BYTES;
      return [start, Math.min(to, start + PART_BYTES)];
    }),
  );

/**
 * Runs jobs, one at a time at first, and more, `width` at most, while fewer than {@link FAST_BYTES} move in {@link LANE_MS}: what one connection
 * cannot fill, several may, and where one is fast others only take its processor's caches. After a failure no further job is begun, and
 * it is thrown when those under way have ended. `moved`: bytes so far.
 */
async function inParallel<Job>(
  jobs: readonly Job[],
  width: number,
  moved: () => number,
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
  const lanes = [lane()];
  let before = moved();
  const timer = setInterval(() => {
    const now = moved();
    if (now - before < FAST_BYTES && lanes.length < width) lanes.push(lane());
    before = now;
  }, LANE_MS);
  try {
    for (const one of lanes) await one;
  } finally {
    clearInterval(timer);
  }
  if (failures.length > 0) throw failures[0];
}

const sizeOf = (ranges: readonly Interval[]): number =>
  ranges.reduce((sum, [from, to]) => sum + to - from, 0);

/** A presigned address says in its query who may use it; the base URL of a reducer has none. */
const isPresigned = (url: string): boolean => new URL(url).search !== "";

/** Tells a hash how much has come without a gap from the first byte. */
function advancing(hash: GrowingHash): (from: number, to: number) => void {
  const there = new Intervals();
  return (from, to) => {
    there.add(from, to);
    hash.advance(there.prefix);
  };
}

/** A client's way to blobs. Digests are checked at both ends; memory does not grow with the size of files. */
export class HttpTransfer implements BlobTransfer {
  readonly #options: TransferOptions;
  readonly #hashes = new HashThread();
  /** Memory that was given back. */
  #spare: SharedArrayBuffer | null = null;
  /** Bytes sent and received, of blobs alone. */
  sent = 0;
  received = 0;

  constructor(options: TransferOptions) {
    this.#options = options;
  }

  async close(): Promise<void> {
    await this.#hashes.close();
  }

  #inParallel(parts: readonly Interval[], run: (part: Interval) => Promise<void>): Promise<void> {
    return inParallel(parts, this.#options.parallel, () => this.sent + this.received, run);
  }

  async upload(digest: string, bytes: Uint8Array, fragment: number): Promise<void> {
    const blob = { digest, bytes: bytes.byteLength };
    await this.#upload(blob, (from, to) => slices(bytes, from, to), fragment);
  }

  /** Sends a file. @throws ClientError */
  async uploadFile(blob: BlobRef, path: string, fragment: number): Promise<void> {
    const source: Source = async function* (from, to) {
      try {
        yield* fileSlices(path, from, to);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        throw new ClientError("refused", error.message, null, "local");
      }
    };
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
      await this.#inParallel(parts, async (part) => {
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

  /** Memory that has been used before, if there is enough: each fresh page costs as much as a fifth of its transfer. */
  #memoryOf(bytes: number): Uint8Array<SharedArrayBuffer> {
    const spare = this.#spare;
    if (spare === null || spare.byteLength < bytes)
      return new Uint8Array(new SharedArrayBuffer(bytes));
    this.#spare = null;
    return new Uint8Array(spare, 0, bytes);
  }

  /** Keeps the largest memory that was given back, for the next download. */
  release({ buffer }: Uint8Array): void {
    if (buffer instanceof SharedArrayBuffer && buffer.byteLength >= (this.#spare?.byteLength ?? 0))
      this.#spare = buffer;
  }

  async download(blob: BlobRef, url: string | null): Promise<Uint8Array> {
    const target = this.#memoryOf(blob.bytes);
    const hash = this.#hashes.followMemory(target);
    const arrived = advancing(hash);
    const lane: Lane = {
      add(chunk, place) {
        target.set(chunk, place);
        arrived(place, place + chunk.byteLength);
        return null;
      },
      end: async () => {},
    };
    try {
      await this.#download(this.#place(blob, url), blob, {
        lane: () => lane,
        finish: () => hash.finish(blob.bytes),
      });
    } catch (error) {
      hash.drop();
      throw error;
    }
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
    await this.#inParallel(partsOf([[from, to]]), (part) =>
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
    const written = advancing(hash);
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
    await this.#inParallel(partsOf([[0, bytes]]), async (part) => {
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
