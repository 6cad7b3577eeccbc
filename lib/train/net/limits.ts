/** @file Limits of the server: requests per credential, slow bodies, quotas. */
import type { Readable } from "node:stream";
import type { BodyWatch } from "./incoming.ts";

export interface Limits {
  /** Requests of one credential (or, without one, of one address), in the long run and at once. */
  readonly requestsPerSecond: number;
  readonly burst: number;
  /** Failed log-ins of one address, in the long run and at once. */
  readonly failuresPerSecond: number;
  readonly failureBurst: number;
  /** Parts of blobs that one worker sends or gets at the same time. */
  readonly transfersPerWorker: number;
  /** Bytes of blobs that one worker has sent or announced, as long as they are there; null: no limit of its own. */
  readonly workerBytes: number | null;
  /** A body must bring so many bytes a second, in every window of so many milliseconds. */
  readonly minimumRate: number;
  readonly rateWindowMs: number;
  /** Within which the headers of a request must have come. */
  readonly headersMs: number;
  /** Within which the JSON of a request must have come. */
  readonly jsonMs: number;
  /** Connections on which nothing moves for so long are closed. */
  readonly idleMs: number;
  /** Blobs that are not gone on with for so long are forgotten. */
  readonly abandonedMs: number;
  /** Streams of events at the same time. */
  readonly watchers: number;
}

export const DEFAULT_LIMITS: Limits = {
  requestsPerSecond: 200,
  burst: 400,
  failuresPerSecond: 1,
  failureBurst: 20,
  transfersPerWorker: 16,
  workerBytes: null,
  minimumRate: 16 << 10,
  rateWindowMs: 10_000,
  headersMs: 15_000,
  jsonMs: 15_000,
  idleMs: 120_000,
  abandonedMs: 600_000,
  watchers: 64,
};

/** So many keys are remembered; the ones that were full again are forgotten first. */
const MAX_KEYS = 100_000;

/** Token buckets by key: each holds `burst` at most and gets `perSecond` back. */
export class Buckets {
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #levels = new Map<string, { level: number; at: number }>();

  constructor(perSecond: number, burst: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
  }

  #level(key: string, now: number): number {
    const entry = this.#levels.get(key);
    if (entry === undefined) return this.#burst;
    return Math.min(this.#burst, entry.level + ((now - entry.at) / 1000) * this.#perSecond);
  }

  /** Whether there is something left, without taking it. `now`: monotonic milliseconds. */
  has(key: string, now: number): boolean {
    return this.#level(key, now) >= 1;
  }

  /** Takes one; false where there is none left. */
  take(key: string, now: number): boolean {
    const level = this.#level(key, now);
    if (level < 1) return false;
    if (this.#levels.size >= MAX_KEYS) this.#forget(now);
    this.#levels.set(key, { level: level - 1, at: now });
    return true;
  }

  #forget(now: number): void {
    for (const key of this.#levels.keys())
      if (this.#level(key, now) >= this.#burst) this.#levels.delete(key);
    if (this.#levels.size >= MAX_KEYS) this.#levels.clear();
  }
}

/** Ends a body that is slower than the minimum rate while we wait for it. */
export class RateWatch implements BodyWatch {
  readonly #body: Readable;
  readonly #timer: NodeJS.Timeout;
  readonly #due: number;
  #bytes = 0;
  /** Ticks of this window in which we waited for the sender. */
  #waited = 0;
  #busy = false;
  /** Whether the body was ended for being slow. */
  slow = false;

  constructor(body: Readable, { minimumRate, rateWindowMs }: Limits) {
    this.#body = body;
    this.#due = (minimumRate * rateWindowMs) / 1000;
    this.#timer = setInterval(() => this.#tick(), rateWindowMs / 10);
    this.#timer.unref();
  }

  #tick(): void {
    if (this.#busy) return;
    this.#waited++;
    if (this.#waited < 10) return;
    if (this.#bytes < this.#due) {
      this.slow = true;
      this.#body.destroy(new Error("the body comes too slowly"));
    }
    this.#waited = 0;
    this.#bytes = 0;
  }

  received(bytes: number): void {
    this.#bytes += bytes;
  }

  busy(busy: boolean): void {
    this.#busy = busy;
  }

  end(): void {
    clearInterval(this.#timer);
  }
}
