/** @file What a run has decided so far: a pure function of its journal, the same after a restart as before it. */
import { InternalError } from "#lib/support/assert.ts";
import { RECENT_NORMS } from "../diloco/gate.ts";
import { Ledger, unitCount, unitSlice } from "./ledger.ts";
import { isBarrier, type RunPlan } from "./plan.ts";
import type {
  Assignment,
  CommitRecord,
  Contribution,
  Departure,
  FragmentState,
  JournalRecord,
  OpenRecord,
  Rejection,
  UnitRange,
} from "./records.ts";

/** What became of a worker's part in one slot. */
export type SlotOutcome =
  | { readonly kind: "merged" }
  | { readonly kind: "rejected"; readonly why: Rejection; readonly detail: string };

/** One lease, from the record that opens it to the end of its round. */
export interface LeaseState {
  readonly assignment: Assignment;
  readonly round: number;
  /** Slots before this one were merged before the lease began. */
  readonly firstSlot: number;
  /** Whether the worker takes over the global fragments before its first step. */
  readonly rebase: boolean;
  /** Inner steps of it that are merged: its first units. */
  mergedSteps: number;
  readonly outcomes: Map<number, SlotOutcome>;
  /** `done`: all slots are merged, or its last contribution is; else why it counts no more; null while it does. */
  ended: "done" | "rejected" | "departed" | null;
}

export interface RoundState {
  readonly round: number;
  /** Global tokens at its first step. */
  readonly tokens: number;
  /** Updates that a slot of it needs, unless the data ends. */
  readonly quorum: number;
  /** In canonical order, by worker. */
  readonly leases: LeaseState[];
  /** Names of all who have had a lease of it. */
  readonly workers: Set<string>;
  /** Leases that still count. */
  active: number;
  /** First slot that is not merged. */
  nextSlot: number;
  /** When it was opened, in milliseconds since the epoch; for people. */
  readonly openedAt: number;
}

export interface MemberState {
  readonly worker: string;
  readonly incarnation: string;
  readonly backend: string;
  readonly target: string;
  readonly device: string;
  readonly host: string;
  departure: { readonly how: Departure; readonly reason: string } | null;
  /** Leases since it joined, the newest last; old ones are forgotten. */
  readonly leases: LeaseState[];
  merged: number;
  readonly rejected: Partial<Record<Rejection, number>>;
  /** Rejections for values that are not finite, one after the other. */
  notFinite: number;
  lastNorm: number | null;
  lastLoss: number | null;
  /** The last lease of its name whose steps were all merged. */
  counted: string | null;
  /** An operator asked it to drain. */
  draining: boolean;
}

/** One version of a fragment that workers may still start from. */
export interface PublishedVersion {
  readonly version: number;
  readonly state: FragmentState;
}

const KEPT_LEASES = 4;

/** Names are compared by code units: the canonical order of everything that is merged. */
export const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const key = (worker: string, incarnation: string): string => `${worker} ${incarnation}`;

/** How far behind a worker's base may be. */
export const maximumStaleness = (plan: RunPlan): number =>
  isBarrier(plan) ? 0 : 8 * Math.max(1, plan.workers);

export class ShepherdState {
  readonly plan: RunPlan;
  readonly ledger: Ledger;
  readonly members = new Map<string, MemberState>();
  /** Members that have not departed. */
  liveCount = 0;
  /** Those of them that an operator asked to drain. */
  drainingCount = 0;
  /** Null where it has to be made anew. */
  #live: readonly MemberState[] | null = null;
  /** Rounds with slots to merge, ascending. */
  readonly open = new Map<number, RoundState>();
  /** By fragment: versions that updates may be based on, the newest last. */
  readonly versions: PublishedVersion[][] = [];
  /** By slot: norms of updates that counted, the newest last. */
  readonly norms: number[][];
  readonly #departed = new Map<string, { how: Departure; reason: string }>();
  readonly #leases = new Map<string, LeaseState>();
  sequence = 0;
  shepherds = 0;
  tokens = 0;
  nextRound = 0;
  /** Rounds that are over; in a decoupled run, those that did not end with a departure. */
  finishedRounds = 0;
  paused = false;
  stopping = false;
  end: string | null = null;

  constructor(plan: RunPlan) {
    this.plan = plan;
    this.ledger = new Ledger(plan.data);
    this.norms = plan.slots.map(() => []);
  }

  /** The state that a journal leads to. */
  static replay(plan: RunPlan, records: readonly JournalRecord[]): ShepherdState {
    const state = new ShepherdState(plan);
    for (const record of records) state.apply(record);
    return state;
  }

  lease(name: string): LeaseState | undefined {
    return this.#leases.get(name);
  }

  /** The member of this name that has not departed, if it is this incarnation. */
  member(worker: string, incarnation: string): MemberState | null {
    const member = this.members.get(worker);
    return member?.incarnation === incarnation && member.departure === null ? member : null;
  }

  /** Members that have not departed, in canonical order. */
  live(): readonly MemberState[] {
    this.#live ??= [...this.members.values()]
      .filter(({ departure }) => departure === null)
      .sort((a, b) => byName(a.worker, b.worker));
    return this.#live;
  }

  /** How an incarnation came to be out of the run, or null. */
  departure(
    worker: string,
    incarnation: string,
  ): { readonly how: Departure; readonly reason: string } | null {
    return this.#departed.get(key(worker, incarnation)) ?? null;
  }

  current(fragment: number): FragmentState {
    const last = this.versions[fragment]?.at(-1);
    if (last === undefined) throw new InternalError(`fragment ${fragment} has no state`);
    return last.state;
  }

  /** State of a fragment at a version that is still kept, or null. */
  version(fragment: number, version: number): FragmentState | null {
    const kept = this.versions[fragment] ?? [];
    return kept.find((entry) => entry.version === version)?.state ?? null;
  }

  /** Leases of a member that still count, the oldest round first. */
  active(member: MemberState): LeaseState[] {
    return member.leases.filter(({ ended }) => ended === null);
  }

  /** Digests that the state or updates to come refer to; every other blob may go. */
  liveBlobs(): Set<string> {
    const live = new Set<string>();
    for (const kept of this.versions)
      for (const { version, state } of kept) {
        live.add(state.published.digest);
        if (state.difference !== undefined) live.add(state.difference.digest);
        if (version !== kept.at(-1)?.version) continue;
        live.add(state.parameters.digest);
        if (state.momentum !== null) live.add(state.momentum.digest);
        if (state.pending.sum !== null) live.add(state.pending.sum.digest);
      }
    return live;
  }

  /** Takes in the next record; throws {@link InternalError} where it cannot follow what came before. */
  apply(record: JournalRecord): void {
    if (record.sequence !== this.sequence)
      throw new InternalError(`record ${record.sequence} in the place of ${this.sequence}`);
    this.sequence++;
    switch (record.kind) {
      case "start":
        for (const state of record.fragments)
          this.versions.push([{ version: state.version, state }]);
        break;
      case "shepherd":
        this.shepherds = record.incarnation;
        break;
      case "join":
        this.#join(record);
        break;
      case "departure":
        this.#depart(record);
        break;
      case "open":
        this.#open(record);
        break;
      case "commit":
        this.#commit(record);
        break;
      case "operator":
        if (record.action === "pause" || record.action === "resume")
          this.paused = record.action === "pause";
        else if (record.action === "stop") this.stopping = true;
        else if (record.action === "drain") this.#markDraining(record.worker);
        break;
      case "end":
        this.end = record.reason;
        break;
      case "eval":
      case "checkpoint":
        break;
    }
  }

  #markDraining(worker: string | null): void {
    const member = worker === null ? undefined : this.members.get(worker);
    if (member === undefined || member.draining) return;
    member.draining = true;
    if (member.departure === null) this.drainingCount++;
  }

  #join(record: Extract<JournalRecord, { kind: "join" }>): void {
    const { worker, incarnation, backend, target, device, host } = record;
    const old = this.members.get(worker);
    if (old !== undefined && old.departure === null)
      throw new InternalError(`${worker} joins twice`);
    for (const lease of old?.leases ?? []) this.#leases.delete(lease.assignment.lease);
    this.#departed.delete(key(worker, incarnation));
    this.liveCount++;
    this.#live = null;
    this.members.set(worker, {
      ...{ worker, incarnation, backend, target, device, host },
      departure: null,
      leases: [],
      merged: old?.merged ?? 0,
      rejected: { ...old?.rejected },
      notFinite: 0,
      lastNorm: null,
      lastLoss: null,
      counted: old?.counted ?? null,
      draining: false,
    });
  }

  #depart(record: Extract<JournalRecord, { kind: "departure" }>): void {
    const { worker, incarnation, how, reason } = record;
    this.#departed.set(key(worker, incarnation), { how, reason });
    const member = this.members.get(worker);
    if (member?.incarnation !== incarnation || member.departure !== null) return;
    this.liveCount--;
    if (member.draining) this.drainingCount--;
    this.#live = null;
    member.departure = { how, reason };
    for (const lease of this.active(member)) this.#end(lease, "departed");
    this.#closeRounds();
  }

  #open(record: OpenRecord): void {
    const round = this.open.get(record.round) ?? {
      round: record.round,
      tokens: record.tokens,
      quorum: isBarrier(this.plan) ? Math.min(this.plan.quorum, record.assignments.length) : 1,
      leases: [],
      workers: new Set(),
      active: 0,
      nextSlot: 0,
      openedAt: record.at,
    };
    this.open.set(record.round, round);
    this.nextRound = Math.max(this.nextRound, record.round + 1);
    for (const assignment of record.assignments) {
      const member = this.member(assignment.worker, assignment.incarnation);
      if (member === null) throw new InternalError(`${assignment.lease} is of no member`);
      for (const range of assignment.units) this.ledger.lease(range);
      const lease: LeaseState = {
        assignment,
        round: record.round,
        firstSlot: round.nextSlot,
        rebase: this.#needsRebase(member),
        mergedSteps: 0,
        outcomes: new Map(),
        ended: null,
      };
      round.leases.push(lease);
      round.workers.add(assignment.worker);
      round.active++;
      member.leases.push(lease);
      this.#leases.set(assignment.lease, lease);
      if (member.leases.length > KEPT_LEASES) this.#forget(member);
    }
    round.leases.sort((a, b) => byName(a.assignment.worker, b.assignment.worker));
  }

  #forget(member: MemberState): void {
    const oldest = member.leases[0];
    if (oldest === undefined || oldest.ended === null) return;
    member.leases.shift();
    this.#leases.delete(oldest.assignment.lease);
  }

  #needsRebase(member: MemberState): boolean {
    if (this.plan.algorithm === "diloco" || this.plan.algorithm === "data_parallel") return true;
    const last = member.leases.at(-1);
    return last === undefined || last.ended === "rejected" || last.ended === "departed";
  }

  #commit(record: CommitRecord): void {
    const touched = new Set<RoundState>();
    const main = this.open.get(record.round);
    if (main !== undefined) touched.add(main);
    for (const contribution of record.contributions) {
      const round = this.#contribute(record.slot, contribution);
      if (round !== undefined) touched.add(round);
    }
    for (const { lease: name, worker, why, detail } of record.rejected) {
      const lease = this.#leases.get(name);
      if (lease === undefined) continue;
      lease.outcomes.set(record.slot, { kind: "rejected", why, detail });
      const member = this.members.get(worker);
      if (member !== undefined) this.#reject(member, lease, why);
      const round = this.open.get(lease.round);
      if (round !== undefined) touched.add(round);
    }
    for (const { fragment, state } of record.fragments) this.#publish(fragment, state);
    this.#keepNorms(record);
    this.tokens = record.tokens;
    for (const round of touched) round.nextSlot = record.slot + 1;
    this.#closeRounds();
  }

  #contribute(slot: number, contribution: Contribution): RoundState | undefined {
    const lease = this.#leases.get(contribution.lease);
    if (lease === undefined || lease.ended !== null)
      throw new InternalError(`${contribution.lease} does not count`);
    for (const range of contribution.units) this.ledger.consume(range);
    lease.mergedSteps += unitCount(contribution.units);
    lease.outcomes.set(slot, { kind: "merged" });
    const member = this.members.get(contribution.worker);
    if (member !== undefined) {
      member.merged++;
      member.notFinite = 0;
      member.lastNorm = contribution.norm;
      member.lastLoss = contribution.loss;
      const isLast = slot === this.plan.slots.length - 1;
      if (isLast && contribution.steps === lease.assignment.steps)
        member.counted = contribution.lease;
    }
    if (contribution.steps < slotStep(this.plan, slot, lease.assignment.steps))
      this.#end(lease, "done");
    return this.open.get(lease.round);
  }

  /** A worker whose update did not count starts anew: none of its leases counts any more. */
  #reject(member: MemberState, rejected: LeaseState, why: Rejection): void {
    member.rejected[why] = (member.rejected[why] ?? 0) + 1;
    member.notFinite = why === "not_finite" ? member.notFinite + 1 : 0;
    for (const lease of this.active(member))
      if (lease.round >= rejected.round) this.#end(lease, "rejected");
  }

  #publish(fragment: number, state: FragmentState): void {
    const kept = this.versions[fragment];
    if (kept === undefined) throw new InternalError(`there is no fragment ${fragment}`);
    kept.push({ version: state.version, state });
    const keep = Math.max(4, maximumStaleness(this.plan) + 1);
    if (kept.length > keep) kept.splice(0, kept.length - keep);
  }

  #keepNorms({ slot, contributions }: CommitRecord): void {
    const norms = this.norms[slot];
    if (norms === undefined) throw new InternalError(`there is no slot ${slot}`);
    norms.push(...contributions.map(({ norm }) => norm));
    if (norms.length > RECENT_NORMS) norms.splice(0, norms.length - RECENT_NORMS);
  }

  /** Ends a lease: units that are not merged come back. */
  #end(lease: LeaseState, how: Exclude<LeaseState["ended"], null>): void {
    lease.ended = how;
    const round = this.open.get(lease.round);
    if (round !== undefined) round.active--;
    const { units, steps } = lease.assignment;
    for (const range of unitSlice(units, lease.mergedSteps, steps)) this.ledger.giveBack(range);
  }

  /** Closes rounds whose slots are all merged; one of a decoupled run is over with its lease as well. */
  #closeRounds(): void {
    const slots = this.plan.slots.length;
    for (const round of [...this.open.values()]) {
      const merged = round.nextSlot >= slots;
      const over = !isBarrier(this.plan) && round.active === 0;
      if (!merged && !over) continue;
      for (const lease of round.leases) if (lease.ended === null) this.#end(lease, "done");
      this.open.delete(round.round);
      if (isBarrier(this.plan) || round.leases.some(({ ended }) => ended !== "departed"))
        this.finishedRounds++;
    }
  }
}

/** Inner steps of a lease that are done when a slot is handed in: in proportion where it has fewer than a whole round. */
export function slotStep(plan: RunPlan, slot: number, steps: number): number {
  const { afterStep } = plan.slots[slot] ?? { afterStep: plan.innerSteps };
  return Math.max(1, Math.min(steps, Math.ceil((afterStep * steps) / plan.innerSteps)));
}

/** Units of a contribution that has done `steps` of its lease in all. */
export function newUnits(lease: LeaseState, steps: number): UnitRange[] {
  return unitSlice(lease.assignment.units, lease.mergedSteps, steps);
}
