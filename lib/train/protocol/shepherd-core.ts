/** @file The shepherd's protocol: one place that decides, in journal records, and soft state that workers re-present. */
import { Collector, type Pending } from "./collecting.ts";
import { askAgain, mergeSlot, type SlotToMerge } from "./merging.ts";
import type {
  AgreementRequest,
  Heartbeat,
  LeaseRequest,
  LeaveRequest,
  ProgramRequest,
  RegisterRequest,
  ResultRequest,
  SubmitRequest,
} from "./messages.ts";
import { activeLeases, away, lost, nextOpening, shortage } from "./opening.ts";
import { isBarrier, type RunPlan } from "./plan.ts";
import type {
  Clock,
  ControlApi,
  FailPoint,
  JournalPort,
  OperatorAction,
  ProgramsPort,
  Reducer,
  ShepherdApi,
} from "./ports.ts";
import type { JournalBody, JournalRecord } from "./records.ts";
import { type Session, Sessions } from "./sessions.ts";
import { WorkerCalls } from "./shepherd-calls.ts";
import { depart, type Locate, type ShepherdContext } from "./shepherd-context.ts";
import { ShepherdState } from "./shepherd-state.ts";
import type { RunStatus } from "./status.ts";
import { type ModelWork, StatusView } from "./status-view.ts";
import { elapsed, lately, names } from "./wait-text.ts";
import { Waiters } from "./waiters.ts";

export interface ShepherdOptions {
  readonly plan: RunPlan;
  /** The journal so far; its first record is `start`. */
  readonly records: readonly JournalRecord[];
  readonly journal: JournalPort;
  readonly reducer: Reducer;
  readonly programs: ProgramsPort;
  readonly clock: Clock;
  readonly failPoint: FailPoint;
  readonly locate?: Locate;
  /** What MFU is reckoned by; left out: it is not. */
  readonly work?: ModelWork;
  readonly log?: (message: string) => void;
  /** Called after every record, when it is durable and taken in; must not block. */
  readonly onRecord?: (record: JournalRecord, state: ShepherdState) => void;
}

export interface RunEnd {
  readonly reason: string;
  /** The run did not get to where it was to get. */
  readonly failed: boolean;
}

/** Not repeated kicks: a worker whose updates are not finite so many times in a row is counted out. */
const NOT_FINITE_LIMIT = 3;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 30_000;
const LONGEST_WAIT_MS = 60_000;

/** The process cannot decide any more: it is ending, or its journal cannot be written. */
class ShepherdGoneError extends Error {
  override readonly name = "ShepherdGoneError";
}

interface Intent {
  readonly work: () => Promise<void>;
  readonly fail: (error: Error) => void;
}

export class ShepherdCore implements ShepherdApi, ControlApi {
  readonly state: ShepherdState;
  readonly #options: ShepherdOptions;
  readonly #context: ShepherdContext;
  readonly #calls: WorkerCalls;
  readonly #view: StatusView;
  readonly #records: JournalRecord[];
  readonly #listeners = new Set<(record: JournalRecord) => void>();
  readonly #intents: Intent[] = [];
  /** When each open round began, or began anew, in this process. */
  readonly #roundBegan = new Map<number, number>();
  #dirty = false;
  #gone: string | null = null;
  #failure: string | null = null;
  #began = 0;
  #belowSince: number | null = null;
  #lackingSince: number | null = null;
  #retry: { readonly at: number; readonly since: number; readonly delay: number } | null = null;

  constructor(options: ShepherdOptions) {
    const { plan, clock, reducer, programs, failPoint, records } = options;
    this.#options = options;
    this.#records = [...records];
    this.state = ShepherdState.replay(plan, records);
    const waiters = new Waiters(clock);
    const collector = new Collector(plan);
    this.#context = {
      ...{ plan, clock, reducer, programs, failPoint, waiters, collector, state: this.state },
      sessions: new Sessions(plan.timing),
      locate: options.locate ?? (() => null),
      log: options.log ?? (() => undefined),
      decide: (work) => this.#decide(work),
      record: (body) => this.#record(body),
      wake: () => this.#wake(),
      arrived: (...update) => this.#view.update(...update),
      over: () => this.state.end ?? this.#failure,
      waitingFor: lately(clock, () => this.#waitingFor()),
    };
    this.#calls = new WorkerCalls(this.#context);
    this.#view = new StatusView(this.#context, this.#records, options.work);
  }

  register = (request: RegisterRequest) => this.#calls.register(request);
  program = (request: ProgramRequest) => this.#calls.program(request);
  agreement = (request: AgreementRequest) => this.#calls.agreement(request);
  lease = (request: LeaseRequest) => this.#calls.lease(request);
  heartbeat = (request: Heartbeat) => this.#calls.heartbeat(request);
  submit = (request: SubmitRequest) => this.#calls.submit(request);
  result = (request: ResultRequest) => this.#calls.result(request);
  leave = (request: LeaveRequest) => this.#calls.leave(request);

  /** The worker's last connection was closed: it has crashed, unless it speaks again soon. */
  disconnected(worker: string, incarnation: string): void {
    const session = this.#context.sessions.get(worker);
    if (session?.incarnation !== incarnation) return;
    session.disconnectedAt ??= this.#context.clock.monotonic();
    this.#wake();
  }

  /** Writes what the runtime has found out about the run. */
  async note(body: Extract<JournalBody, { kind: "eval" | "checkpoint" }>): Promise<void> {
    await this.#decide(async () => {
      await this.#record(body);
    });
  }

  status(): RunStatus {
    return this.#view.status({
      failure: this.#failure,
      waitingFor: this.#waitingFor(),
      began: this.#began,
    });
  }

  journal(from: number, limit: number): readonly JournalRecord[] {
    return this.#records.slice(from, from + limit);
  }

  subscribe(listener: (record: JournalRecord) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async control(action: OperatorAction, worker: string | null): Promise<string | null> {
    const single = action === "drain" || action === "kick";
    if (single && worker === null) return `name the worker to ${action}`;
    const over = this.#context.over();
    if (over !== null) return `the run is over: ${over}`;
    return this.#decide(async () => {
      const member = single && worker !== null ? this.state.members.get(worker) : undefined;
      if (single && (member === undefined || member.departure !== null))
        return `there is no worker ${worker} in the run`;
      await this.#record({ kind: "operator", action, worker: single ? worker : null });
      if (action === "kick" && member !== undefined)
        await depart(this.#context, member, "kicked", "an operator asked for it");
      this.#context.waiters.notifyAll();
      return null;
    });
  }

  /** Runs until the run is over, or the signal aborts (then the run can be resumed). Never rejects for what a run may meet. */
  async run(signal: AbortSignal): Promise<RunEnd> {
    const { clock, sessions } = this.#context;
    this.#began = clock.monotonic();
    for (const round of this.state.open.keys()) this.#roundBegan.set(round, this.#began);
    for (const member of this.state.live()) sessions.restore(member, this.#began);
    try {
      if (this.state.end === null) {
        await this.#record({ kind: "shepherd", incarnation: this.state.shepherds + 1 });
        await this.#loop(signal);
      }
    } catch (error) {
      return this.#leave(`the shepherd cannot go on: ${(error as Error).message}`, true);
    }
    if (signal.aborted && this.#context.over() === null)
      return this.#leave("the shepherd was asked to end; the run can be resumed", false);
    await this.#farewell(signal);
    return this.#leave(this.state.end ?? this.#failure ?? "", this.#failure !== null);
  }

  #leave(reason: string, failed: boolean): RunEnd {
    this.#gone = reason;
    for (const { fail } of this.#intents.splice(0)) fail(new ShepherdGoneError(reason));
    this.#context.waiters.notifyAll();
    return { reason, failed };
  }

  /** Gives workers the time to hear that the run is over. */
  async #farewell(signal: AbortSignal): Promise<void> {
    const { clock, waiters, sessions, plan } = this.#context;
    waiters.notifyAll();
    const until = clock.monotonic() + plan.timing.heartbeatTimeoutMs;
    for (;;) {
      for (const { session } of sessions.overdue(clock.monotonic())) sessions.delete(session);
      for (const session of [...sessions.all()])
        if (session.leaving !== null || session.disconnectedAt !== null || !session.heard)
          sessions.delete(session);
      const left = until - clock.monotonic();
      if (left <= 0 || signal.aborted || [...sessions.all()].length === 0) return;
      await waiters.wait("pump", left, signal);
    }
  }

  async #loop(signal: AbortSignal): Promise<void> {
    const { clock, waiters } = this.#context;
    while (!signal.aborted && this.#context.over() === null) {
      this.#dirty = false;
      if ((await this.#step()) || this.#dirty) continue;
      const wait = Math.max(1, this.#nextDeadline() - clock.monotonic());
      await waiters.wait("pump", Math.min(wait, LONGEST_WAIT_MS), signal);
    }
  }

  /** Takes one decision; false where there is none to take now. */
  async #step(): Promise<boolean> {
    const intent = this.#intents.shift();
    if (intent !== undefined) {
      await intent.work();
      return true;
    }
    return (
      (await this.#merge()) || (await this.#countOut()) || (await this.#open()) || this.#finish()
    );
  }

  #wake(): void {
    this.#dirty = true;
    this.#context.waiters.notify("pump");
  }

  #decide<T>(work: () => Promise<T>): Promise<T> {
    if (this.#gone !== null) return Promise.reject(new ShepherdGoneError(this.#gone));
    return new Promise<T>((resolve, reject) => {
      this.#intents.push({
        fail: reject,
        work: async () => {
          try {
            resolve(await work());
          } catch (error) {
            reject(error as Error);
            throw error;
          }
        },
      });
      this.#wake();
    });
  }

  async #record(body: JournalBody): Promise<JournalRecord> {
    const { waiters, collector, sessions } = this.#context;
    const record = await this.#options.journal.append(body);
    this.state.apply(record);
    this.#records.push(record);
    this.#view.record(record);
    if (record.kind === "commit" || record.kind === "departure") collector.settle(this.state);
    // From now on it is told how it came to be out, and until now it was in.
    if (record.kind === "departure") sessions.end(record);
    this.#options.onRecord?.(record, this.state);
    for (const listener of this.#listeners) listener(record);
    waiters.notifyOf(record);
    return record;
  }

  /** The slot that can be closed now, or when one can be. */
  #nextMerge(now: number): { readonly slot: SlotToMerge | null; readonly at: number } {
    return isBarrier(this.#options.plan) ? this.#nextCommon(now) : this.#nextArrival(now);
  }

  #nextCommon(now: number): { readonly slot: SlotToMerge | null; readonly at: number } {
    const { collector } = this.#context;
    const [round] = this.state.open.values();
    const never = { slot: null, at: Number.POSITIVE_INFINITY };
    if (round === undefined) return never;
    const slot = round.nextSlot;
    const count = collector.count(round.round, slot);
    if (count === 0 || count < this.#needed(round.quorum)) return never;
    const began = this.#roundBegan.get(round.round) ?? this.#began;
    const at = count === round.active ? now : collector.deadline(round, slot, began);
    if (now < at) return { slot: null, at };
    const pending: Pending[] = [];
    const late = activeLeases(round).filter((lease) => {
      const update = collector.get(lease.assignment.lease, slot);
      if (update !== null) pending.push(update);
      return update === null;
    });
    return { slot: { round: round.round, slot, pending, late }, at };
  }

  /** Where no data is left for others, those who are there are enough. */
  #needed(quorum: number): number {
    return this.state.ledger.free === 0 ? 1 : quorum;
  }

  #nextArrival(now: number): { readonly slot: SlotToMerge | null; readonly at: number } {
    const { collector, plan } = this.#context;
    const due = collector
      .all()
      .filter(({ lease, request }) => this.state.open.get(lease.round)?.nextSlot === request.slot);
    const first = due[0];
    if (first === undefined) return { slot: null, at: Number.POSITIVE_INFINITY };
    const { slot } = first.request;
    const workers = new Set<string>();
    const pending = due.filter(({ request: { slot: theirs, worker } }) => {
      const counts = theirs === slot && !workers.has(worker);
      if (counts) workers.add(worker);
      return counts;
    });
    const at = pending.length >= this.state.open.size ? now : first.at + plan.timing.graceMs;
    if (now < at) return { slot: null, at };
    return { slot: { round: first.lease.round, slot, pending, late: [] }, at };
  }

  async #merge(): Promise<boolean> {
    const { clock, failPoint, reducer, collector } = this.#context;
    if (this.#retry !== null && clock.monotonic() < this.#retry.at) return false;
    const { slot } = this.#nextMerge(clock.monotonic());
    if (slot === null) return false;
    failPoint("shepherd.before-merge");
    this.#view.merging(slot);
    let body: JournalBody;
    try {
      body = await mergeSlot(this.state, reducer, slot);
    } catch (error) {
      if (!(await askAgain(this.#context, slot))) this.#mergeFailed(error as Error);
      return true;
    }
    this.#view.merged();
    this.#retry = null;
    failPoint("shepherd.before-commit");
    const counted = new Set(body.contributions.map(({ lease }) => lease));
    for (const pending of slot.pending)
      if (counted.has(pending.lease.assignment.lease)) collector.sample(pending);
    await this.#record(body);
    failPoint("shepherd.after-commit");
    for (const { worker } of body.rejected) await this.#kickBroken(worker);
    return true;
  }

  #mergeFailed(error: Error): void {
    const now = this.#context.clock.monotonic();
    const delay = Math.min(LAST_RETRY_MS, 2 * (this.#retry?.delay ?? FIRST_RETRY_MS / 2));
    const since = this.#retry?.since ?? now;
    this.#retry = { at: now + delay, since, delay };
    this.#context.log(`merging failed and is tried again: ${error.message}`);
    if (now - since > this.#options.plan.timing.quorumWaitMs)
      this.#failure = `merging fails: ${error.message}`;
  }

  async #kickBroken(worker: string): Promise<void> {
    const member = this.state.members.get(worker);
    if (member === undefined || member.departure !== null || member.notFinite < NOT_FINITE_LIMIT)
      return;
    const reason = `${member.notFinite} updates in a row were not finite`;
    await depart(this.#context, member, "kicked", reason);
  }

  async #countOut(): Promise<boolean> {
    const { sessions, clock, collector, failPoint } = this.#context;
    let any = false;
    for (const session of [...sessions.leaving]) {
      const { leaving } = session;
      if (leaving === null) continue;
      const member = this.state.member(session.worker, session.incarnation);
      const waits = member !== null && collector.canComplete(member.leases, this.state.open);
      if (waits && leaving.how !== "crashed") continue;
      await this.#remove(session, leaving.how, leaving.reason);
      any = true;
    }
    for (const { session, how, reason } of sessions.overdue(clock.monotonic())) {
      await this.#remove(session, how, reason);
      any = true;
    }
    if (any) failPoint("shepherd.after-departure");
    return any;
  }

  /** Only members are in the journal: who has not been checked yet is just forgotten. */
  async #remove(
    session: Session,
    how: Extract<JournalBody, { kind: "departure" }>["how"],
    reason: string,
  ): Promise<void> {
    if (this.state.member(session.worker, session.incarnation) !== null)
      return depart(this.#context, session, how, reason);
    this.#context.sessions.delete(session);
    this.#context.waiters.notify(session.worker);
  }

  async #open(): Promise<boolean> {
    const { sessions, failPoint, clock } = this.#context;
    if (this.#away().length > 0) return false;
    const body = nextOpening(this.state, sessions, this.#patient());
    if (body === null) return false;
    failPoint("shepherd.before-open");
    await this.#record(body);
    this.#roundBegan.set(body.round, clock.monotonic());
    for (const round of this.#roundBegan.keys())
      if (!this.state.open.has(round)) this.#roundBegan.delete(round);
    for (const { worker } of body.assignments) {
      const session = sessions.get(worker);
      if (session !== null) session.idle = false;
    }
    failPoint("shepherd.after-open");
    return true;
  }

  /** Members that are waited for after a restart. */
  #away(): readonly Session[] {
    const { clock, plan, sessions } = this.#context;
    return away(this.state, sessions, clock.monotonic() - this.#began < plan.timing.rejoinMs);
  }

  /** The run waits for all of its workers to begin, but not for ever. */
  #patient(): boolean {
    const { timing } = this.#options.plan;
    return this.#context.clock.monotonic() - this.#began < timing.quorumWaitMs;
  }

  async #finish(): Promise<boolean> {
    const reason = this.#ending();
    if (reason !== null) {
      await this.#record({ kind: "end", reason });
      return true;
    }
    const now = this.#context.clock.monotonic();
    const short = shortage(this.state, this.#context.sessions, this.#patient());
    this.#belowSince = short === null ? null : (this.#belowSince ?? now);
    // A run that has not begun may miss workers and have its quorum all the same.
    const lacks = short !== null && short.here < this.state.plan.quorum;
    this.#lackingSince = lacks ? (this.#lackingSince ?? now) : null;
    const waited = now - (this.#lackingSince ?? now);
    if (short === null || waited < this.#options.plan.timing.quorumWaitMs) return false;
    this.#failure = `${short.here} of ${short.needed} workers for ${Math.round(waited / 1000)} s`;
    return true;
  }

  #ending(): string | null {
    const { plan, open, nextRound, finishedRounds, ledger, stopping } = this.state;
    if (stopping) return "stopped by an operator";
    const rounds = isBarrier(plan) ? plan.rounds : plan.rounds * plan.workers;
    const done = isBarrier(plan) ? nextRound >= rounds : finishedRounds >= rounds;
    if (done && open.size === 0) return `all ${rounds} rounds are done`;
    const idle = [...open.values()].every(({ active }) => active === 0);
    if (ledger.free === 0 && ledger.leased === 0 && idle) return "the data is used up";
    return null;
  }

  #nextDeadline(): number {
    const { clock, sessions } = this.#context;
    const { quorumWaitMs, rejoinMs } = this.#options.plan.timing;
    const now = clock.monotonic();
    const merge = this.#nextMerge(now);
    return Math.min(
      sessions.nextDeadline(),
      merge.slot === null ? merge.at : (this.#retry?.at ?? now),
      this.#lackingSince === null ? Number.POSITIVE_INFINITY : this.#lackingSince + quorumWaitMs,
      this.#patient() ? this.#began + quorumWaitMs : Number.POSITIVE_INFINITY,
      this.#away().length > 0 ? this.#began + rejoinMs : Number.POSITIVE_INFINITY,
    );
  }

  #waitingFor(): string | null {
    const now = this.#context.clock.monotonic();
    if (this.#context.over() !== null) return null;
    const { quorumWaitMs, rejoinMs } = this.#options.plan.timing;
    if (this.state.paused) return "an operator to resume the run";
    const missed = this.#away();
    if (missed.length > 0)
      return `${names(missed)} to come back: ${elapsed(now - this.#began, rejoinMs)}`;
    const short =
      this.#belowSince === null
        ? null
        : shortage(this.state, this.#context.sessions, this.#patient());
    if (short !== null)
      return `workers, ${short.here} of ${short.needed} are here${lost(this.state)}: ${elapsed(now - (this.#belowSince ?? now), quorumWaitMs)}`;
    const [round] = this.state.open.values();
    if (round === undefined) return null;
    const missing = activeLeases(round)
      .map(({ assignment }) => assignment)
      .filter(({ lease }) => this.#context.collector.get(lease, round.nextSlot) === null);
    if (missing.length === 0) return `round ${round.round} to be merged`;
    const began = this.#roundBegan.get(round.round) ?? this.#began;
    const { at } = this.#nextMerge(now);
    return `${names(missing)}: ${elapsed(now - began, Number.isFinite(at) ? at - began : null)}`;
  }
}
