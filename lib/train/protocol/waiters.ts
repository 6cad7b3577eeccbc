/** @file Long polls: calls that wait for news under a name, and for no longer than they may. */
import type { Clock } from "./ports.ts";
import type { JournalRecord } from "./records.ts";

/** Reason of aborts that only end a wait: one for all, because making one is not cheap. */
const NEWS = new Error("news");

export class Waiters {
  readonly #clock: Clock;
  readonly #waiting = new Map<string, Set<() => void>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves at the next news under `name`, or after so many milliseconds, or when the signal aborts. */
  async wait(name: string, milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (milliseconds <= 0 || signal?.aborted === true) return;
    const over = new AbortController();
    const end = (): void => over.abort(NEWS);
    let waiting = this.#waiting.get(name);
    if (waiting === undefined) {
      waiting = new Set();
      this.#waiting.set(name, waiting);
    }
    waiting.add(end);
    signal?.addEventListener("abort", end);
    try {
      await this.#clock.sleep(milliseconds, over.signal);
    } catch (error) {
      // The clock rejects with the reason of an abort, which is news here; anything else is not.
      if (!over.signal.aborted) throw error;
    } finally {
      signal?.removeEventListener("abort", end);
      waiting.delete(end);
      if (waiting.size === 0 && this.#waiting.get(name) === waiting) this.#waiting.delete(name);
    }
  }

  notify(name: string): void {
    const waiting = this.#waiting.get(name);
    if (waiting === undefined) return;
    this.#waiting.delete(name);
    for (const end of waiting) end();
  }

  /** Tells those whom a record is news to. */
  notifyOf(record: JournalRecord): void {
    if (record.kind === "commit")
      for (const { worker } of [...record.contributions, ...record.rejected]) this.notify(worker);
    if (record.kind === "open") for (const { worker } of record.assignments) this.notify(worker);
    if (record.kind === "departure") this.notify(record.worker);
    if (record.kind === "end") this.notifyAll();
  }

  notifyAll(): void {
    for (const name of [...this.#waiting.keys()]) this.notify(name);
  }
}
