/** @file Blobs over HTTP: announced, sent in parts, read in ranges. */
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { BlobRef } from "../protocol/records.ts";
import { BlobError, type BlobFailure, type BlobStore, type ByteRange } from "./blob-store.ts";
import { fileSlices } from "./file-batches.ts";
import { IncomingBlobs } from "./incoming.ts";
import { type Limits, RateWatch } from "./limits.ts";
import type { PartReply, UploadReply, UploadRequest } from "./routes.ts";
import { type Gate, Refusal } from "./server-access.ts";

export interface BlobRoutesOptions {
  readonly store: BlobStore;
  readonly gate: Gate;
  readonly limits: Limits;
  /** How many bytes this blob may have from this worker; 0: it is not expected at all. */
  readonly expectedBlob: (digest: string, bytes: number, worker: string) => number;
  /** Base URL of the reducer that a fragment's blobs go to; null: they come here. */
  readonly placeOf: (fragment: number) => string | null;
  /** Training data, by digest. */
  readonly data: ReadonlyMap<string, string>;
  readonly monotonic: () => number;
}

const STATUS_OF: Readonly<Record<BlobFailure, number>> = {
  digest: 422,
  size: 400,
  full: 507,
  unavailable: 503,
};

/** A failure of a store as the refusal that the client sees. */
export const refusalOf = ({ code, message }: BlobError): Refusal =>
  new Refusal(
    STATUS_OF[code],
    code,
    code === "unavailable" ? "the blob store has failed" : message,
  );

/** `bytes=a-b` of a request; null: all of it. @throws Refusal where there are no such bytes */
function rangeOf(header: string | undefined, size: number): ByteRange | null {
  if (header === undefined) return null;
  const match = /^bytes=(\d{1,16})-(\d{0,16})$/.exec(header);
  // Other forms may be ignored, says RFC 9110, and the whole is sent.
  if (match === null) return null;
  const from = Number(match[1]);
  const to = match[2] === "" ? size : Math.min(size, Number(match[2]) + 1);
  if (from >= size || to <= from)
    throw new Refusal(416, "range", `there are ${size} bytes, and not those asked for`);
  return { from, to };
}

/** Place of the part that a `PUT` brings. */
function partOf(request: FastifyRequest): { from: number; to: number; bytes: number } {
  const length = Number(request.headers["content-length"]);
  if (!Number.isSafeInteger(length) || length < 0)
    throw new Refusal(411, "size", "the length of the body must be said in advance");
  const header = request.headers["content-range"];
  if (header === undefined) return { from: 0, to: length, bytes: length };
  const match = /^bytes (\d{1,16})-(\d{1,16})\/(\d{1,16})$/.exec(header);
  const [from, last, bytes] = [match?.[1], match?.[2], match?.[3]].map(Number);
  if (from === undefined || last === undefined || bytes === undefined || match === null)
    throw new Refusal(400, "range", "content-range is not like 'bytes 0-1023/4096'");
  if (last < from || last >= bytes || last - from + 1 !== length)
    throw new Refusal(400, "range", "content-range does not fit the length of the body or blob");
  return { from, to: last + 1, bytes };
}

/** Handlers of the blob routes. */
export class BlobRoutes {
  readonly #options: BlobRoutesOptions;
  readonly #incoming: IncomingBlobs;
  /** Transfers that are under way, by worker. */
  readonly #transfers = new Map<string, number>();
  readonly #sweeper: NodeJS.Timeout;
  /** Blobs that came from a worker, where that is limited. */
  readonly #stored = new Map<string, Set<string>>();
  /** Set once the store has said that it has no limit: then its bytes need not be counted again. */
  #unlimited = false;

  constructor(options: BlobRoutesOptions) {
    this.#options = options;
    this.#incoming = new IncomingBlobs(options.store);
    const { abandonedMs } = options.limits;
    this.#sweeper = setInterval(() => {
      this.#incoming.sweep(options.monotonic() - abandonedMs).catch(() => {});
    }, abandonedMs / 4);
    this.#sweeper.unref();
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeper);
    await this.#incoming.close();
  }

  /** Refuses a blob before anything of it is read. */
  async #admit(blob: BlobRef, worker: string): Promise<void> {
    const { expectedBlob, limits, store } = this.#options;
    const most = expectedBlob(blob.digest, blob.bytes, worker);
    if (most <= 0) throw new Refusal(403, "unexpected", "no such blob is expected of this worker");
    if (blob.bytes > most)
      throw new Refusal(413, "size", `${blob.bytes} bytes where at most ${most} are expected`);
    if (this.#incoming.find(worker, blob.digest) !== null) return;
    if (
      limits.workerBytes !== null &&
      (await this.#bytesOf(worker)) + blob.bytes > limits.workerBytes
    )
      throw new Refusal(
        429,
        "quota",
        `a worker may have ${limits.workerBytes} bytes at the shepherd at the same time`,
      );
    if (this.#unlimited) return;
    const { bytes, limit } = await store.usage();
    this.#unlimited = limit === null;
    if (limit !== null && bytes + blob.bytes > limit)
      throw new Refusal(507, "full", "the shepherd's blob store is full");
  }

  /** Bytes that a worker has on their way and in the store; what has been deleted since is forgotten. */
  async #bytesOf(worker: string): Promise<number> {
    let bytes = await this.#incoming.announced(worker);
    const stored = this.#stored.get(worker);
    for (const digest of stored ?? []) {
      const size = await this.#options.store.size(digest);
      if (size === null) stored?.delete(digest);
      bytes += size ?? 0;
    }
    return bytes;
  }

  /** `POST /v1/uploads` */
  async announce(request: FastifyRequest): Promise<UploadReply> {
    const { store, placeOf, gate, monotonic } = this.#options;
    const { digest, bytes, fragment } = request.body as UploadRequest;
    const { worker } = gate.worker(request);
    const blob = { digest, bytes };
    if ((await store.size(digest)) === bytes && (await store.path(digest)) !== null)
      return { kind: "stored" };
    await this.#admit(blob, worker);
    const url = placeOf(fragment);
    if (url !== null) return { kind: "send", url, missing: [[0, bytes]] };
    const presigned = await store.presign("put", blob);
    if (presigned !== null)
      return { kind: "presigned", url: presigned.url, headers: { ...presigned.headers } };
    const incoming = await this.#incoming.begin(worker, blob, monotonic());
    await incoming.settled();
    return { kind: "send", url: null, missing: incoming.missing().map(([from, to]) => [from, to]) };
  }

  /** Counts a transfer until what is returned is called. */
  #enter(worker: string): () => void {
    const count = this.#transfers.get(worker) ?? 0;
    if (count >= this.#options.limits.transfersPerWorker)
      throw new Refusal(429, "transfers", `${count} transfers of this worker are under way`);
    this.#transfers.set(worker, count + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const rest = (this.#transfers.get(worker) ?? 1) - 1;
      if (rest > 0) this.#transfers.set(worker, rest);
      else this.#transfers.delete(worker);
    };
  }

  /** `PUT /v1/blobs/:digest` */
  async put(request: FastifyRequest): Promise<PartReply> {
    const { store, gate, limits, monotonic } = this.#options;
    const { digest } = request.params as { readonly digest: string };
    const { worker } = gate.worker(request);
    const { from, to, bytes } = partOf(request);
    const blob = { digest, bytes };
    if ((await store.size(digest)) === bytes) return { stored: true, missing: [] };
    await this.#admit(blob, worker);
    const leave = this.#enter(worker);
    const body = request.body as Readable;
    const watch = new RateWatch(body, limits);
    try {
      const incoming = await this.#incoming.begin(worker, blob, monotonic());
      await incoming.write(from, to, body, watch);
      incoming.touched = monotonic();
      const stored = await this.#finish(worker, incoming);
      return { stored, missing: stored ? [] : incoming.missing().map(([a, b]) => [a, b]) };
    } catch (error) {
      if (error instanceof BlobError && error.code === "full") await this.#drop(worker, digest);
      if (watch.slow) throw new Refusal(408, "slow", "the body comes too slowly");
      throw error;
    } finally {
      watch.end();
      leave();
    }
  }

  /** Gives back the room that a blob on its way takes. */
  async #drop(worker: string, digest: string): Promise<void> {
    const incoming = await this.#incoming.find(worker, digest);
    this.#incoming.forget(worker, digest);
    await incoming?.drop();
  }

  async #finish(
    worker: string,
    incoming: Awaited<ReturnType<IncomingBlobs["begin"]>>,
  ): Promise<boolean> {
    const forget = (): void => this.#incoming.forget(worker, incoming.blob.digest);
    try {
      const stored = await incoming.finish(this.#options.store);
      if (!stored) return false;
      forget();
      if (this.#options.limits.workerBytes !== null) {
        const mine = this.#stored.get(worker) ?? new Set();
        this.#stored.set(worker, mine.add(incoming.blob.digest));
      }
      return true;
    } catch (error) {
      forget();
      throw error;
    }
  }

  /** `HEAD /v1/blobs/:digest` */
  async head(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { store, gate } = this.#options;
    const { digest } = request.params as { readonly digest: string };
    const size = await store.size(digest);
    if (size !== null)
      return reply
        .headers({ "content-length": size, "accept-ranges": "bytes", etag: `"${digest}"` })
        .send();
    const { worker } = gate.identity(request) ?? {};
    const incoming = await this.#incoming.find(worker ?? "", digest);
    return reply
      .code(404)
      .header("upload-offset", String(incoming?.offset ?? 0))
      .send();
  }

  /** `GET /v1/blobs/:digest` */
  async get(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { store } = this.#options;
    const { digest } = request.params as { readonly digest: string };
    const size = await store.size(digest);
    if (size === null) throw new Refusal(404, "missing", "there is no such blob");
    const elsewhere = await store.presign("get", { digest, bytes: size });
    if (elsewhere !== null) return reply.redirect(elsewhere.url, 307);
    const path = await store.path(digest);
    if (path === null) throw new Refusal(404, "missing", "there is no such blob");
    return this.#send(request, reply, digest, size, path);
  }

  /** `GET /v1/data/:digest` */
  async data(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { digest } = request.params as { readonly digest: string };
    const path = this.#options.data.get(digest);
    if (path === undefined) throw new Refusal(404, "missing", "there is no such data in this run");
    const { size } = await stat(path);
    return this.#send(request, reply, digest, size, path);
  }

  async #send(
    request: FastifyRequest,
    reply: FastifyReply,
    digest: string,
    size: number,
    path: string,
  ): Promise<FastifyReply> {
    const range = rangeOf(request.headers.range, size);
    const { from, to } = range ?? { from: 0, to: size };
    reply.headers({
      "content-type": "application/octet-stream",
      "accept-ranges": "bytes",
      etag: `"${digest}"`,
      "content-length": to - from,
      // Content never changes under its digest.
      "cache-control": "private, max-age=31536000, immutable",
    });
    if (range !== null) reply.code(206).header("content-range", `bytes ${from}-${to - 1}/${size}`);
    if (from === to) return reply.send(Buffer.alloc(0));
    const { worker, role } = this.#options.gate.identity(request) ?? {};
    const leave = this.#enter(worker ?? role ?? "");
    reply.raw.once("close", leave);
    watchReader(reply, this.#options.limits);
    // A piece is asked for when the one before it has been sent.
    return reply.send(
      Readable.from(fileSlices(path, from, to), { objectMode: false, highWaterMark: 1 }),
    );
  }
}

/** Closes the connection of a reader that takes less than the minimum rate while there is something to take. */
function watchReader(reply: FastifyReply, { minimumRate, rateWindowMs }: Limits): void {
  const { socket } = reply.raw;
  if (socket === null) return;
  let taken = socket.bytesWritten - socket.writableLength;
  const timer = setInterval(() => {
    const now = socket.bytesWritten - socket.writableLength;
    if (socket.writableLength > 0 && now - taken < (minimumRate * rateWindowMs) / 1000)
      socket.destroy();
    taken = now;
  }, rateWindowMs);
  timer.unref();
  reply.raw.once("close", () => clearInterval(timer));
}
