/** @file Updates that have been handed in and not merged yet, and how long the others are waited for. */
import { median } from "../diloco/gate.ts";
import type { SubmitRequest } from "./messages.ts";
import type { RunPlan } from "./plan.ts";
import type { Rejection } from "./records.ts";
import {
  type LeaseState,
  type RoundState,
  type ShepherdState,
  slotStep,
} from "./shepherd-state.ts";

/** One worker's fragments of one slot. */
export interface Pending {
  readonly request: SubmitRequest;
  readonly lease: LeaseState;
  /** When it came, by the monotonic clock. */
  readonly at: number;
  /** L2 norm of the pseudo-gradient over all fragments. */
  readonly norm: number;
  /** Why it will not count, where that is known by itself. */
  readonly verdict: { readonly why: Rejection; readonly detail: string } | null;
}

const SAMPLES = 64;

/** Milliseconds per inner step of an update whose lease was given out at a time. */
const perStep = ({ request, at }: Pending, given: number): number =>
  Math.max(0, at - given) / Math.max(1, request.steps);

export class Collector {
  readonly #plan: RunPlan;
  /** In order of arrival. */
  readonly #pending = new Map<string, Pending>();
  /** When a lease was given out. */
  readonly #given = new Map<string, number>();
  /** Milliseconds per inner step that recent updates took. */
  readonly #samples: number[] = [];
  /** How many wait, by round and slot. */
  readonly #counts = new Map<string, number>();

  constructor(plan: RunPlan) {
    this.#plan = plan;
  }

  given(lease: string, now: number): void {
    if (!this.#given.has(lease)) this.#given.set(lease, now);
  }

  givenAt(lease: string): number | null {
    return this.#given.get(lease) ?? null;
  }

  get(lease: string, slot: number): Pending | null {
    return this.#pending.get(`${lease} ${slot}`) ?? null;
  }

  add(pending: Pending): void {
    const { lease, slot } = pending.request;
    if (!this.#pending.has(`${lease} ${slot}`)) this.#count(pending, 1);
    this.#pending.set(`${lease} ${slot}`, pending);
  }

  #count({ lease, request }: Pending, change: number): void {
    const name = `${lease.round} ${request.slot}`;
    const count = (this.#counts.get(name) ?? 0) + change;
    if (count === 0) this.#counts.delete(name);
    else this.#counts.set(name, count);
  }

  /** Updates of a round's slot that wait. */
  count(round: number, slot: number): number {
    return this.#counts.get(`${round} ${slot}`) ?? 0;
  }

  /** Everything that waits, first come first. */
  all(): Pending[] {
    return [...this.#pending.values()];
  }

  /** Whether a lease has something that waits. */
  holds(lease: string): boolean {
    return this.#plan.slots.some(({ slot }) => this.get(lease, slot) !== null);
  }

  /** Whether a worker that hands in nothing more can be waited for: what is due of its leases now is there. */
  canComplete(leases: readonly LeaseState[], open: ReadonlyMap<number, RoundState>): boolean {
    const waiting = leases.filter(({ assignment }) => this.holds(assignment.lease));
    return (
      waiting.length > 0 &&
      leases.every(({ assignment, ended, firstSlot, round }) => {
        const next = open.get(round)?.nextSlot;
        const due = ended === null && next !== undefined && next >= firstSlot;
        // A later round of a worker may have nothing yet: it goes back when the worker has left.
        const later = waiting.every((lease) => lease.round < round);
        return !due || later || this.get(assignment.lease, next) !== null;
      })
    );
  }

  /** Forgets one update, as if it had never come. */
  forget(pending: Pending): void {
    const { lease, slot } = pending.request;
    if (this.#pending.delete(`${lease} ${slot}`)) this.#count(pending, -1);
  }

  /** Forgets what has been decided, and what belongs to leases that count no more. */
  settle(state: ShepherdState): void {
    for (const [name, pending] of this.#pending) {
      const { lease, request } = pending;
      if (lease.ended === null && !lease.outcomes.has(request.slot)) continue;
      this.#pending.delete(name);
      this.#count(pending, -1);
    }
    for (const name of this.#given.keys())
      if ((state.lease(name)?.ended ?? "gone") !== null) this.#given.delete(name);
  }

  /** Counts the time of an update that has been merged. */
  sample(pending: Pending): void {
    const given = this.#given.get(pending.lease.assignment.lease);
    if (given === undefined) return;
    this.#samples.push(perStep(pending, given));
    if (this.#samples.length > SAMPLES) this.#samples.shift();
  }

  /**
   * When a slot is closed over those who have not handed in, counted from the moment the round began here: a multiple of the
   * median time of recent updates, or of this slot's where there are none before.
   */
  deadline(round: RoundState, slot: number, began: number): number {
    const { minDeadlineMs, deadlineFactor } = this.#plan.timing;
    const middle = median(this.#samples.length > 0 ? this.#samples : this.#own(round, slot, began));
    if (middle === null) return Number.POSITIVE_INFINITY;
    const steps = slotStep(this.#plan, slot, this.#plan.innerSteps);
    return began + Math.max(minDeadlineMs, deadlineFactor * middle * steps);
  }

  #own(round: RoundState, slot: number, began: number): number[] {
    const times: number[] = [];
    for (const { assignment } of round.leases) {
      const pending = this.get(assignment.lease, slot);
      if (pending === null) continue;
      times.push(perStep(pending, this.#given.get(assignment.lease) ?? began));
      if (times.length === SAMPLES) break;
    }
    return times;
  }
}
