/** @file What must hold in every journal, whatever died when: checked on its own, not with the state that wrote it. */
import { RangeSet, unitCount, unitSlice } from "./ledger.ts";
import { isBarrier, type RunPlan } from "./plan.ts";
import type {
  Assignment,
  CommitRecord,
  Contribution,
  JournalRecord,
  OpenRecord,
  UnitRange,
} from "./records.ts";

interface CheckedLease {
  readonly assignment: Assignment;
  readonly round: number;
  readonly slots: Set<number>;
  merged: number;
  open: boolean;
}

interface CheckedRound {
  readonly leases: CheckedLease[];
  readonly quorum: number;
  readonly slots: Set<number>;
}

const unitsText = (ranges: readonly UnitRange[]): string =>
  ranges.map(({ epoch, from, to }) => `${epoch}:${from}..${to}`).join(" ");

/**
 * Everything in a journal that breaks a promise, in words; none where it keeps all of them:
 * records are in order; every unit of data is merged at most once per epoch and none is skipped; every slot of a round is merged
 * once; versions grow by one; nothing of an incarnation counts after its departure; every contribution is of a lease that a
 * record opened, for the units in there; quorums are respected; tokens add up; workers are in canonical order.
 */
export function checkJournal(records: readonly JournalRecord[], plan: RunPlan): string[] {
  return new JournalCheck(plan).check(records);
}

class JournalCheck {
  readonly #plan: RunPlan;
  readonly #violations: string[] = [];
  readonly #live = new Map<string, string>();
  readonly #rounds = new Map<number, CheckedRound>();
  readonly #leases = new Map<string, CheckedLease>();
  readonly #versions = new Map<number, number>();
  readonly #assigned = new RangeSet();
  readonly #leased = new RangeSet();
  readonly #consumed = new RangeSet();
  #tokens = 0;
  #shepherd = 0;
  #sequence = 0;
  #ended = false;

  constructor(plan: RunPlan) {
    this.#plan = plan;
  }

  check(records: readonly JournalRecord[]): string[] {
    for (const [index, record] of records.entries()) {
      this.#sequence = index;
      if (record.sequence !== index) this.#say(`its number is ${record.sequence}`);
      if ((record.kind === "start") !== (index === 0))
        this.#say("only the first record is a start");
      if (this.#ended) this.#say("it comes after the end");
      this.#record(record);
    }
    this.#checkCover();
    return this.#violations;
  }

  #say(problem: string): void {
    this.#violations.push(`record ${this.#sequence}: ${problem}`);
  }

  #expect(holds: boolean, problem: string): void {
    if (!holds) this.#say(problem);
  }

  #record(record: JournalRecord): void {
    switch (record.kind) {
      case "start":
        this.#expect(record.runId === this.#plan.runId, `it is of run ${record.runId}`);
        this.#expect(
          record.fragments.length === this.#plan.fragments.length,
          `it has ${record.fragments.length} fragments of ${this.#plan.fragments.length}`,
        );
        for (const [index, { version }] of record.fragments.entries())
          this.#versions.set(index, version);
        return;
      case "shepherd":
        this.#expect(
          record.incarnation === this.#shepherd + 1,
          `shepherd ${record.incarnation} follows ${this.#shepherd}`,
        );
        this.#shepherd = record.incarnation;
        return;
      case "join":
        this.#expect(!this.#live.has(record.worker), `${record.worker} is in the run already`);
        this.#live.set(record.worker, record.incarnation);
        return;
      case "departure":
        if (this.#live.get(record.worker) === record.incarnation) this.#live.delete(record.worker);
        this.#endLeases(record.worker, record.incarnation, 0);
        return;
      case "open":
        this.#open(record);
        return;
      case "commit":
        this.#commit(record);
        return;
      case "end":
        this.#ended = true;
        return;
      case "eval":
      case "checkpoint":
      case "operator":
        return;
    }
  }

  #endLeases(worker: string, incarnation: string, fromRound: number): void {
    for (const lease of this.#leases.values()) {
      const { assignment, round } = lease;
      if (assignment.worker !== worker || assignment.incarnation !== incarnation) continue;
      if (round >= fromRound) this.#endLease(lease);
    }
  }

  #endLease(lease: CheckedLease): void {
    if (!lease.open) return;
    lease.open = false;
    const { units, steps } = lease.assignment;
    for (const range of unitSlice(units, lease.merged, steps)) this.#remove(this.#leased, range);
    this.#leases.delete(lease.assignment.lease);
  }

  #add(set: RangeSet, range: UnitRange, problem: string): void {
    try {
      set.add(range);
    } catch {
      this.#say(`units ${unitsText([range])} ${problem}`);
    }
  }

  #remove(set: RangeSet, range: UnitRange): void {
    if (set.has(range)) set.remove(range);
  }

  #open(record: OpenRecord): void {
    const plan = this.#plan;
    const { round: number, assignments } = record;
    this.#sorted(assignments, "assignments");
    let round = this.#rounds.get(number);
    if (round === undefined) {
      const quorum = isBarrier(plan) ? Math.min(plan.quorum, assignments.length) : 1;
      round = { leases: [], quorum, slots: new Set() };
      this.#rounds.set(number, round);
    }
    this.#expect(assignments.length > 0, `round ${number} is opened for nobody`);
    for (const assignment of assignments) {
      const { worker, incarnation, lease: name, steps, units } = assignment;
      this.#expect(!this.#leases.has(name), `lease ${name} is there already`);
      this.#expect(
        this.#live.get(worker) === incarnation,
        `lease ${name} is of an incarnation that is not in the run`,
      );
      this.#expect(
        steps > 0 && steps <= plan.innerSteps && unitCount(units) === steps,
        `lease ${name} has ${steps} steps and units ${unitsText(units)}`,
      );
      for (const range of units) this.#lend(range, name);
      const lease = { assignment, round: number, slots: new Set<number>(), merged: 0, open: true };
      this.#leases.set(name, lease);
      round.leases.push(lease);
    }
  }

  #lend(range: UnitRange, name: string): void {
    const { unitsPerEpoch, maxEpochs } = this.#plan.data;
    const exists =
      range.from >= 0 &&
      range.to <= unitsPerEpoch &&
      range.epoch < (maxEpochs ?? Number.POSITIVE_INFINITY);
    this.#expect(exists, `lease ${name} has units ${unitsText([range])} that do not exist`);
    this.#add(this.#leased, range, `of lease ${name} are leased to another`);
    for (let unit = range.from; unit < range.to; unit++) {
      const one = { epoch: range.epoch, from: unit, to: unit + 1 };
      if (this.#consumed.has(one))
        this.#say(`unit ${unitsText([one])} of lease ${name} has been merged before`);
      if (!this.#assigned.has(one)) this.#assigned.add(one);
    }
  }

  #sorted(entries: readonly { readonly worker: string }[], what: string): void {
    for (let i = 1; i < entries.length; i++)
      if ((entries[i - 1]?.worker ?? "") >= (entries[i]?.worker ?? ""))
        this.#say(`${what} are not in order of workers, each once`);
  }

  #commit(record: CommitRecord): void {
    const { round: number, slot, contributions, rejected } = record;
    const round = this.#rounds.get(number);
    if (round === undefined) {
      this.#say(`round ${number} was never opened`);
      return;
    }
    this.#expect(!round.slots.has(slot), `slot ${slot} of round ${number} was merged before`);
    round.slots.add(slot);
    if (isBarrier(this.#plan))
      this.#expect(
        round.slots.size === slot + 1,
        `slot ${slot} of round ${number} comes before an earlier one`,
      );
    this.#sorted(contributions, "contributions");
    const handedIn = contributions.length + rejected.filter(({ why }) => why !== "late").length;
    const free = this.#dataLeft();
    this.#expect(
      handedIn >= (free ? round.quorum : 1),
      `slot ${slot} of round ${number} is merged with ${handedIn} updates, the quorum is ${round.quorum}`,
    );
    for (const contribution of contributions) this.#contribution(record, contribution);
    this.#fragments(record);
    this.#tokens += contributions.reduce((sum, { tokens }) => sum + tokens, 0);
    this.#expect(
      record.tokens === this.#tokens,
      `it counts ${record.tokens} tokens where contributions add up to ${this.#tokens}`,
    );
    for (const { worker, incarnation, lease } of rejected) {
      const known = this.#leases.get(lease);
      if (known === undefined) this.#say(`${lease} is rejected and was not open`);
      else this.#endLeases(worker, incarnation, known.round);
    }
    if (isBarrier(this.#plan) && slot === this.#plan.slots.length - 1)
      for (const lease of round.leases) this.#endLease(lease);
  }

  /** Whether units are left that nobody has. */
  #dataLeft(): boolean {
    const { maxEpochs, unitsPerEpoch } = this.#plan.data;
    if (maxEpochs === null) return true;
    return this.#leased.count + this.#consumed.count < maxEpochs * unitsPerEpoch;
  }

  #contribution({ slot, round }: CommitRecord, contribution: Contribution): void {
    const { lease: name, worker, incarnation, units, tokens, steps } = contribution;
    const lease = this.#leases.get(name);
    if (lease === undefined) {
      this.#say(`${name} contributes and is no open lease`);
      return;
    }
    const { assignment } = lease;
    this.#expect(
      assignment.worker === worker && assignment.incarnation === incarnation,
      `${name} is not of ${worker}, ${incarnation}`,
    );
    this.#expect(
      this.#live.get(worker) === incarnation,
      `${worker} contributes with an incarnation that is not in the run`,
    );
    if (isBarrier(this.#plan))
      this.#expect(lease.round === round, `${name} contributes to round ${round}`);
    this.#expect(!lease.slots.has(slot), `${name} contributes to slot ${slot} twice`);
    lease.slots.add(slot);
    const due = unitSlice(assignment.units, lease.merged, steps);
    this.#expect(
      unitsText(due) === unitsText(units),
      `${name} consumes units ${unitsText(units)} where ${unitsText(due)} follow`,
    );
    this.#expect(
      tokens === unitCount(units) * this.#plan.unitTokens,
      `${name} counts ${tokens} tokens for ${unitCount(units)} units`,
    );
    lease.merged = Math.max(lease.merged, steps);
    for (const range of units) {
      this.#remove(this.#leased, range);
      this.#add(this.#consumed, range, `of ${name} have been merged before`);
    }
    const { afterStep } = this.#plan.slots[slot] ?? { afterStep: 0 };
    const whole = Math.ceil((afterStep * assignment.steps) / this.#plan.innerSteps);
    const last = slot === this.#plan.slots.length - 1;
    if (steps < whole || (!isBarrier(this.#plan) && last)) this.#endLease(lease);
  }

  #fragments({ slot, contributions, fragments }: CommitRecord): void {
    const want = contributions.length === 0 ? [] : (this.#plan.slots[slot]?.fragments ?? []);
    const got = fragments.map(({ fragment }) => fragment);
    this.#expect(got.join() === want.join(), `it has fragments ${got.join()} for ${want.join()}`);
    for (const { worker, updates } of contributions) {
      const handed = updates.map(({ fragment }) => fragment).sort((a, b) => a - b);
      const slotted = [...want].sort((a, b) => a - b);
      this.#expect(handed.join() === slotted.join(), `${worker} hands in ${handed.join()}`);
      for (const { fragment, base } of updates) {
        const now = this.#versions.get(fragment) ?? -1;
        const right = isBarrier(this.#plan) ? base === now : base <= now;
        this.#expect(right, `${worker}: fragment ${fragment} from version ${base}, now ${now}`);
      }
    }
    for (const { fragment, state } of fragments) {
      const before = this.#versions.get(fragment) ?? -1;
      this.#expect(
        state.version === before + 1,
        `fragment ${fragment} goes from version ${before} to ${state.version}`,
      );
      this.#versions.set(fragment, state.version);
    }
  }

  /** No unit is skipped: of every epoch but the last one begun, all units have been given out. */
  #checkCover(): void {
    const last = this.#assigned.ranges.at(-1)?.epoch ?? 0;
    for (let epoch = 0; epoch <= last; epoch++) {
      const ranges = this.#assigned.ranges.filter((range) => range.epoch === epoch);
      const first = ranges[0];
      const whole = epoch === last || first?.to === this.#plan.data.unitsPerEpoch;
      if (ranges.length !== 1 || first?.from !== 0 || !whole)
        if (ranges.length > 0 || epoch < last)
          this.#violations.push(
            `epoch ${epoch}: units were skipped, given out ${unitsText(ranges)}`,
          );
    }
  }
}
