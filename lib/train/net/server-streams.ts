/** @file Replies that do not end: a worker's presence, and events for whoever looks on. */
import type { FastifyReply } from "fastify";
import type { ControlApi } from "../protocol/ports.ts";
import type { JournalRecord } from "../protocol/records.ts";
import { Refusal } from "./server-access.ts";

const PRESENCE_MS = 5000;
const STATUS_MS = 1000;
/** Old records are sent as long as fewer bytes than this are unread. */
const CATCH_UP = 1 << 20;
/** A watcher that has so many bytes unread is let go: it can come back where it was. */
const MAX_UNREAD = 4 << 20;

/** Which workers' processes hold a connection open. */
export class PresenceStreams {
  readonly #onGone: (worker: string, incarnation: string) => void;
  readonly #open = new Map<string, FastifyReply>();
  #closing = false;

  constructor(onGone: (worker: string, incarnation: string) => void) {
    this.#onGone = onGone;
  }

  /** Takes a reply over until its connection closes. */
  add(reply: FastifyReply, worker: string, incarnation: string): void {
    const key = `${worker} ${incarnation}`;
    const before = this.#open.get(key);
    this.#open.set(key, reply);
    before?.raw.destroy();
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { ...headersOf(reply), "content-type": "text/plain" });
    raw.write("\n");
    const timer = setInterval(() => raw.write("\n"), PRESENCE_MS);
    raw.once("close", () => {
      clearInterval(timer);
      // A newer connection of the same process has taken its place.
      if (this.#open.get(key) !== reply) return;
      this.#open.delete(key);
      if (!this.#closing) this.#onGone(worker, incarnation);
    });
  }

  /** Closes all; nobody is reported as gone, as it is us who go. */
  close(): void {
    this.#closing = true;
    for (const reply of this.#open.values()) reply.raw.destroy();
  }
}

/** Headers that hooks have set, as a hijacked reply does not send them by itself. */
function headersOf(reply: FastifyReply): Record<string, string> {
  const headers: Record<string, string> = { "cache-control": "no-store" };
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) headers[name] = String(value);
  return headers;
}

const eventOf = (record: JournalRecord): string =>
  `id: ${record.sequence}\nevent: record\ndata: ${JSON.stringify(record)}\n\n`;

/** Watchers of a run. The status is written out once for all of them. */
export class EventStreams {
  readonly #control: ControlApi;
  readonly #limit: number;
  /** Watchers, and whether each still may watch. */
  readonly #watchers = new Map<FastifyReply["raw"], () => boolean>();
  #timer: NodeJS.Timeout | null = null;

  constructor(control: ControlApi, limit: number) {
    this.#control = control;
    this.#limit = limit;
  }

  /**
   * Sends records from `from` on (null: those to come), then each new one as it comes.
   * @param may - whether the watcher still may watch: else its connection is closed.
   */
  add(reply: FastifyReply, from: number | null, may: () => boolean): void {
    if (this.#watchers.size >= this.#limit)
      throw new Refusal(503, "busy", `${this.#limit} others are watching already`);
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { ...headersOf(reply), "content-type": "text/event-stream" });
    let next = from ?? Number.POSITIVE_INFINITY;
    /** Sends what has come since, as fast as the watcher reads. */
    const catchUp = (): void => {
      if (!may()) raw.destroy();
      while (!raw.destroyed && raw.writableLength < CATCH_UP) {
        const records = this.#control.journal(next, 200);
        if (records.length === 0) break;
        for (const record of records) raw.write(eventOf(record));
        next = (records.at(-1)?.sequence ?? next) + 1;
      }
    };
    raw.write(this.#status());
    const unsubscribe = this.#control.subscribe((record) => {
      if (next === Number.POSITIVE_INFINITY) next = record.sequence;
      catchUp();
    });
    raw.on("drain", () => {
      if (next !== Number.POSITIVE_INFINITY) catchUp();
    });
    raw.once("close", () => {
      unsubscribe();
      this.#watchers.delete(raw);
      if (this.#watchers.size === 0 && this.#timer !== null) {
        clearInterval(this.#timer);
        this.#timer = null;
      }
    });
    if (from !== null) catchUp();
    this.#watchers.set(raw, may);
    this.#timer ??= setInterval(() => this.#tell(), STATUS_MS);
  }

  #status(): string {
    return `event: status\ndata: ${JSON.stringify(this.#control.status())}\n\n`;
  }

  #tell(): void {
    const text = this.#status();
    for (const [raw, may] of this.#watchers) {
      // Whoever does not read gets no more statuses, and is let go when even that does not help.
      if (raw.writableLength > MAX_UNREAD || !may()) raw.destroy();
      else raw.write(text);
    }
  }

  close(): void {
    for (const raw of this.#watchers.keys()) raw.destroy();
  }
}
