/** @file One stay of a worker in a run: calls that are tried again, waits that end with it, and how it ends. */
import type { Clock, InnerLoop } from "./ports.ts";
import type { Departure } from "./records.ts";

/** How a worker's part in a run ends. */
export type WorkerOutcome =
  | { readonly kind: "stopped"; readonly reason: string }
  | { readonly kind: "drained" }
  /** It does not count any more; with `again` it may come back as it is. */
  | {
      readonly kind: "dismissed";
      readonly how: Departure;
      readonly reason: string;
      readonly again: boolean;
    }
  | { readonly kind: "failed"; readonly reason: string; readonly permanent: boolean };

/** Thrown through a worker's code when its stay is over. */
export class LifeOver extends Error {
  override readonly name = "LifeOver";
  readonly outcome: WorkerOutcome;

  constructor(outcome: WorkerOutcome) {
    super(outcome.kind);
    this.outcome = outcome;
  }
}

const FIRST_BACKOFF_MS = 250;
const LAST_BACKOFF_MS = 10_000;

export interface LifeOptions {
  readonly clock: Clock;
  /** Random number in [0, 1), so that many workers do not come back at the same moment. */
  readonly random: () => number;
  /** A call that has failed for so long is given up. */
  readonly giveUpMs: number;
  /** Whether an error will not go away by itself, such as a refused credential. */
  readonly isPermanent: (error: Error) => boolean;
  readonly log: (message: string) => void;
}

export class WorkerLife {
  readonly #options: LifeOptions;
  readonly #over = new AbortController();
  /** Ends what is waited for. Not listeners of the signal, of which Node warns when there are more than ten. */
  readonly #pending = new Set<() => void>();

  constructor(options: LifeOptions) {
    this.#options = options;
  }

  /** Aborts with a {@link LifeOver} when the stay is over. */
  get signal(): AbortSignal {
    return this.#over.signal;
  }

  /** Ends the stay; only the first outcome counts. */
  end(outcome: WorkerOutcome): void {
    if (this.#over.signal.aborted) return;
    this.#over.abort(new LifeOver(outcome));
    for (const stop of this.#pending) stop();
  }

  check(): void {
    this.#over.signal.throwIfAborted();
  }

  sleep(milliseconds: number): Promise<void> {
    return this.within(this.#options.clock.sleep(milliseconds, this.#over.signal));
  }

  /** A short wait of random length, so that asking again never becomes a storm. */
  pause(): Promise<void> {
    return this.sleep(50 + 200 * this.#options.random());
  }

  /** What a promise gives, unless the stay (or something else) is over first. */
  within<T>(promise: Promise<T>, other?: AbortSignal): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const stop = (): void => reject((this.signal.aborted ? this.signal : other)?.reason as Error);
      if (this.signal.aborted || other?.aborted) stop();
      this.#pending.add(stop);
      other?.addEventListener("abort", stop);
      const free = (): void => {
        this.#pending.delete(stop);
        other?.removeEventListener("abort", stop);
      };
      promise.then(
        (value) => {
          free();
          resolve(value);
        },
        (error: Error) => {
          free();
          reject(error);
        },
      );
    });
  }

  /** Tries until it works, with growing and random waits; ends the stay where it will not. */
  async call<T>(what: string, work: () => Promise<T>, other?: AbortSignal): Promise<T> {
    const { clock, random, giveUpMs, isPermanent, log } = this.#options;
    const began = clock.monotonic();
    for (let attempt = 0; ; attempt++) {
      this.check();
      try {
        return await this.within(work(), other);
      } catch (error) {
        if (error instanceof LifeOver) throw error;
        other?.throwIfAborted();
        const { message } = error as Error;
        const permanent = isPermanent(error as Error);
        if (permanent || clock.monotonic() - began > giveUpMs)
          this.end({ kind: "failed", reason: `${what}: ${message}`, permanent });
        this.check();
        if (attempt === 0) log(`${what} failed and is tried again: ${message}`);
      }
      const most = Math.min(LAST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(attempt, 10));
      await this.sleep(most * (0.5 + random() / 2));
    }
  }
}

/** A model whose calls end with the worker's stay in the run: a device that hangs keeps nobody. */
export const boundLoop = (
  loop: InnerLoop,
  within: <T>(work: Promise<T>) => Promise<T>,
): InnerLoop => ({
  getFragment: (index) => within(loop.getFragment(index)),
  setFragment: (index, values) => within(loop.setFragment(index, values)),
  step: (unit, learningRate) => within(loop.step(unit, learningRate)),
  gradient: (unit) => within(loop.gradient(unit)),
  gradientFragment: (index) => within(loop.gradientFragment(index)),
  check: () => within(loop.check()),
  saveState: (name, residuals) => within(loop.saveState(name, residuals)),
  loadState: (name) => within(loop.loadState(name)),
});
