/** @file Where the time of a round goes: phases that follow each other without gap, so that together they are the round. */
import type { Phase } from "./status.ts";

/** What came for one slot; times are of the monotonic clock, in milliseconds. */
interface Arrivals {
  /** The first update began to be uploaded. */
  began: number;
  /** The last update had come. */
  last: number;
  /** How long that one's upload took. */
  upload: number;
}

export type Phases = Readonly<Record<Phase, number>>;

const between = (value: number, most: number): number => Math.max(0, Math.min(value, most));

/**
 * Phases of one round, slot after slot: a slot begins where the one before it was published, the first with the round.
 *
 * - compute: until the first update began to be uploaded;
 * - wait: for the others, and for the deadline where some never come;
 * - upload: of the update that came last, which merging had to wait for;
 * - merge: until the blobs of the new state are durable;
 * - publish: until the journal has the commit, from which moment workers can fetch that state.
 */
export class RoundPhases {
  readonly #slots = new Map<number, Arrivals>();
  /** When the present slot began. */
  #since: number;
  #milliseconds = { compute: 0, wait: 0, upload: 0, merge: 0, publish: 0 };

  constructor(since: number) {
    this.#since = since;
  }

  /** An update has come whose upload took so long, by its worker's word. */
  arrived(slot: number, uploadMs: number, now: number): void {
    const upload = between(uploadMs, now - this.#since);
    const known = this.#slots.get(slot);
    const began = Math.min(known?.began ?? now, now - upload);
    this.#slots.set(slot, { began, last: now, upload });
  }

  /** A slot was merged from `merging` to `merged`, and is published now. */
  published(slot: number, merging: number, merged: number, now: number): void {
    const whole = Math.max(0, merging - this.#since);
    const { began, last, upload } = this.#slots.get(slot) ?? {
      ...{ began: merging, last: merging },
      upload: 0,
    };
    this.#slots.delete(slot);
    const compute = between(began - this.#since, whole);
    // Of an upload that the slot before still hid, what was left of it.
    const uploading = between(Math.min(upload, last - this.#since), whole - compute);
    const sums = this.#milliseconds;
    this.#milliseconds = {
      compute: sums.compute + compute,
      wait: sums.wait + whole - compute - uploading,
      upload: sums.upload + uploading,
      merge: sums.merge + Math.max(0, merged - merging),
      publish: sums.publish + Math.max(0, now - merged),
    };
    this.#since = now;
  }

  /** Seconds of each phase so far. */
  get seconds(): Phases {
    const { compute, wait, upload, merge, publish } = this.#milliseconds;
    return {
      compute: compute / 1000,
      wait: wait / 1000,
      upload: upload / 1000,
      merge: merge / 1000,
      publish: publish / 1000,
    };
  }
}
