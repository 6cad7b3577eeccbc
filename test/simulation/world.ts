/** @file Virtual time: events in order, processes that die and freeze, and clocks that go as the simulation says. */
import type { Clock } from "#lib/train/protocol/ports.ts";

interface Event {
  readonly at: number;
  readonly order: number;
  run: (() => void) | null;
}

/** Lets everything that promises have set off come to rest. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export class World {
  now = 0;
  events = 0;
  readonly #heap: Event[] = [];
  #order = 0;

  /** Runs something later; returns how to cancel it. */
  schedule(delay: number, run: () => void): () => void {
    const event: Event = { at: this.now + Math.max(0, delay), order: this.#order++, run };
    this.#push(event);
    return () => {
      event.run = null;
    };
  }

  /** Runs events until `over` says so, nothing is left, or time or events are used up; true where `over` did. */
  async run(over: () => boolean, untilMs: number, mostEvents: number): Promise<boolean> {
    await settle();
    while (!over()) {
      const event = this.#pop();
      if (event === undefined || event.at > untilMs || this.events >= mostEvents) return false;
      if (event.run === null) continue;
      this.now = Math.max(this.now, event.at);
      this.events++;
      event.run();
      await settle();
    }
    return true;
  }

  #before(a: Event, b: Event): boolean {
    return a.at < b.at || (a.at === b.at && a.order < b.order);
  }

  #push(event: Event): void {
    const heap = this.#heap;
    let i = heap.push(event) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.#before(event, heap[parent] as Event)) break;
      heap[i] = heap[parent] as Event;
      i = parent;
    }
    heap[i] = event;
  }

  #pop(): Event | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.#before(heap[child + 1] as Event, heap[child] as Event))
        child++;
      if (!this.#before(heap[child] as Event, last)) break;
      heap[i] = heap[child] as Event;
      i = child;
    }
    heap[i] = last;
    return first;
  }
}

/** Thrown where a process dies; what it does afterwards reaches nobody. */
export class Crash extends Error {
  override readonly name = "Crash";
}

/** A simulated process: nothing happens in it once it is dead, and nothing while it is frozen. */
export class Process {
  readonly name: string;
  readonly world: World;
  alive = true;
  /** Wall clock less virtual time. */
  wallOffset = 0;
  readonly #onDeath = new Set<() => void>();
  readonly #later: (() => void)[] = [];
  #frozen = 0;

  constructor(world: World, name: string) {
    this.world = world;
    this.name = name;
  }

  /** Runs something in the process, when it runs at all. */
  run(work: () => void): void {
    if (!this.alive) return;
    if (this.#frozen > 0) this.#later.push(work);
    else work();
  }

  /** Runs something when the process dies; returns how to take that back. */
  onDeath(work: () => void): () => void {
    this.#onDeath.add(work);
    return () => this.#onDeath.delete(work);
  }

  kill(): void {
    if (!this.alive) return;
    this.alive = false;
    for (const work of this.#onDeath) work();
  }

  /** Stops the process for a while, as SIGSTOP and SIGCONT do. */
  freeze(milliseconds: number): void {
    this.#frozen++;
    this.world.schedule(milliseconds, () => {
      this.#frozen--;
      if (this.#frozen === 0) for (const work of this.#later.splice(0)) this.run(work);
    });
  }

  readonly clock: Clock = {
    monotonic: () => this.world.now,
    wall: () => 1_700_000_000_000 + this.world.now + this.wallOffset,
    sleep: (milliseconds, signal) =>
      new Promise<void>((resolve, reject) => {
        if (signal?.aborted === true) {
          reject(signal.reason as Error);
          return;
        }
        const abort = (): void => {
          cancel();
          reject(signal?.reason as Error);
        };
        const cancel = this.world.schedule(milliseconds, () =>
          this.run(() => {
            signal?.removeEventListener("abort", abort);
            resolve();
          }),
        );
        signal?.addEventListener("abort", abort, { once: true });
      }),
  };
}
