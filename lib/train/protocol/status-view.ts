/** @file The snapshot of a run that status, page, dashboard and metrics show, from records and sessions. */
import { Histogram } from "./histogram.ts";
import type { SlotToMerge } from "./merging.ts";
import { roundOfLease } from "./opening.ts";
import type { CommitRecord, Contribution, JournalRecord } from "./records.ts";
import { RoundPhases } from "./round-phases.ts";
import type { Session } from "./sessions.ts";
import type { ShepherdContext } from "./shepherd-context.ts";
import type { MemberState } from "./shepherd-state.ts";
import {
  PHASES,
  type Phase,
  ROUND_SECONDS_BOUNDS,
  type RoundStatus,
  type RunStatus,
  STALENESS_BOUNDS,
  type WorkerState,
  type WorkerStatus,
} from "./status.ts";

const KEPT_ROUNDS = 500;
/** A heartbeat older than this many intervals makes a worker silent. */
const SILENT_HEARTBEATS = 2.5;
/** Rounds that rates are measured over. */
const RATE_ROUNDS = 5;

/** States of workers that have no part in the run yet, or no more. */
const NO_MEMBERS: ReadonlySet<WorkerState> = new Set(["joining", "compiling", "checking", "gone"]);

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface RoundTimes {
  readonly status: Mutable<RoundStatus>;
  readonly openedAt: number;
  /** Of its part that this process sees; null before that. */
  phases: RoundPhases | null;
  /** Until when the journal tells of it, and seconds until then, of which the journal knows no phases. */
  toldAt: number;
  told: number;
  weight: number;
  lossSum: number;
}

/** A merge that goes on, or the last one; times are of the monotonic clock. */
interface Merging {
  readonly slot: number;
  readonly rounds: ReadonlySet<number>;
  readonly began: number;
  merged: number | null;
}

/** What the MFU is reckoned by (arXiv 2204.02311, appendix B). */
export interface ModelWork {
  /** Floating-point operations of forward and backward pass. */
  readonly flopsPerToken: number;
  /** Peak in FLOP/s of devices whose workers name none; null: not known. */
  readonly peakFlops: number | null;
}

/** Bytes of f32 values as base64, up and down. */
const referenceBytes = (parameters: number): number => 2 * Math.ceil((parameters * 4) / 3) * 4;

/** What a snapshot is taken of. */
export type StatusSource = Pick<ShepherdContext, "plan" | "state" | "clock" | "sessions">;

export class StatusView {
  readonly #context: StatusSource;
  /** By round, the newest last. */
  readonly #rounds = new Map<number, RoundTimes>();
  readonly #work: ModelWork | null;
  readonly #durations: ReadonlyMap<Phase, Histogram>;
  readonly #staleness = new Histogram(STALENESS_BOUNDS);
  #merging: Merging | null = null;
  #startedAt: number | null = null;
  #loss: number | null = null;
  #evalLoss: number | null = null;
  #checkpoint: Extract<JournalRecord, { kind: "checkpoint" }> | null = null;

  /** @param records - of the past: their times are those of the journal. */
  constructor(
    context: StatusSource,
    records: readonly JournalRecord[],
    work: ModelWork | null = null,
  ) {
    this.#context = context;
    this.#work = work;
    this.#durations = new Map(PHASES.map((phase) => [phase, new Histogram(ROUND_SECONDS_BOUNDS)]));
    for (const record of records) this.#take(record, false);
  }

  /** Takes in a record that this process has just written. */
  record(record: JournalRecord): void {
    this.#take(record, true);
  }

  #take(record: JournalRecord, live: boolean): void {
    if (record.kind === "start") this.#startedAt = record.at;
    else if (record.kind === "open")
      this.#open(record.round, record.assignments.length, record.at, live);
    else if (record.kind === "commit") this.#commit(record, live);
    else if (record.kind === "checkpoint") this.#checkpoint = record;
    else if (record.kind === "eval") {
      this.#evalLoss = record.loss;
      const round = this.#rounds.get(record.round);
      if (round !== undefined) round.status.evalLoss = record.loss;
    }
  }

  /** An update of a round's slot has come, whose upload took so long. */
  update(round: number, slot: number, uploadMs: number): void {
    const times = this.#rounds.get(round);
    const merging = this.#merging;
    // Too late for the merge that goes on: it waited for nobody who comes now.
    const isLate = merging?.slot === slot && merging.rounds.has(round);
    if (times === undefined || isLate) return;
    this.#phasesOf(times).arrived(slot, uploadMs, this.#context.clock.monotonic());
  }

  /** A slot is being merged. */
  merging({ round, slot, pending }: SlotToMerge): void {
    const rounds = new Set([round, ...pending.map(({ lease }) => lease.round)]);
    this.#merging = { slot, rounds, began: this.#context.clock.monotonic(), merged: null };
  }

  /** Its new state is durable. */
  merged(): void {
    if (this.#merging !== null) this.#merging.merged = this.#context.clock.monotonic();
  }

  /** Phases of a round from now on; what went before, as far as the journal does not tell it, counts as computing. */
  #phasesOf(times: RoundTimes): RoundPhases {
    const { clock } = this.#context;
    times.phases ??= new RoundPhases(clock.monotonic() - Math.max(0, clock.wall() - times.toldAt));
    return times.phases;
  }

  #open(round: number, participants: number, at: number, live: boolean): void {
    const known = this.#rounds.get(round);
    if (known !== undefined) {
      known.status.participants += participants;
      return;
    }
    const status: Mutable<RoundStatus> = {
      ...{ round, startedAt: (at - (this.#startedAt ?? at)) / 1000, participants },
      ...{ compute: 0, wait: 0, upload: 0, merge: 0, publish: 0, rejected: 0 },
      ...{ loss: null, evalLoss: null, updateNorm: 0, cosine: null },
      ...{ tokens: 0, bytesUp: 0, bytesDown: 0 },
    };
    const phases = live ? new RoundPhases(this.#context.clock.monotonic()) : null;
    const told = { toldAt: at, told: 0 };
    this.#rounds.set(round, { status, openedAt: at, phases, ...told, weight: 0, lossSum: 0 });
    for (const old of this.#rounds.keys()) {
      if (this.#rounds.size <= KEPT_ROUNDS) break;
      this.#rounds.delete(old);
    }
  }

  #commit(record: CommitRecord, live: boolean): void {
    let [weight, lossSum] = [0, 0];
    for (const [round, share] of sharesOf(record)) {
      const times = this.#rounds.get(round);
      if (times === undefined) continue;
      count(times, record, share);
      weight += times.weight;
      lossSum += times.lossSum;
      if (live) this.#measure(times, record.slot);
      else {
        times.told += Math.max(0, record.at - times.toldAt) / 1000;
        times.toldAt = record.at;
        times.status.compute = times.told;
      }
    }
    if (weight > 0) this.#loss = lossSum / weight;
    const versions = new Map(
      record.fragments.map(({ fragment, state }) => [fragment, state.version]),
    );
    for (const { updates } of record.contributions)
      for (const { fragment, base } of updates) {
        const version = versions.get(fragment);
        if (version !== undefined) this.#staleness.observe(version - 1 - base);
      }
    this.#merging = null;
  }

  /** How long the phases of a round took by now; a round that is over is counted. */
  #measure(times: RoundTimes, slot: number): void {
    const { clock, state } = this.#context;
    const now = clock.monotonic();
    const { began = now, merged = null } = this.#merging ?? {};
    const phases = this.#phasesOf(times);
    phases.published(slot, began, merged ?? now, now);
    const { seconds } = phases;
    Object.assign(times.status, seconds, { compute: times.told + seconds.compute });
    if (state.open.has(times.status.round)) return;
    for (const [phase, histogram] of this.#durations) histogram.observe(times.status[phase]);
  }

  status(now: {
    readonly failure: string | null;
    readonly waitingFor: string | null;
    readonly began: number;
  }): RunStatus {
    const { plan, state, clock } = this.#context;
    const rounds = [...this.#rounds.values()].map(({ status }) => ({ ...status }));
    const tokensPerSecond = this.#rate();
    const parameters = plan.fragments.reduce((sum, { elements }) => sum + elements, 0);
    const decoupled = plan.algorithm === "decoupled";
    const all = decoupled ? plan.rounds * plan.workers : plan.rounds;
    const { epoch } = state.ledger;
    const checkpoint = this.#checkpoint;
    const workers = this.#workers();
    return {
      ...{ runId: plan.runId, algorithm: plan.algorithm, quorum: plan.quorum, parameters },
      ...{ loss: this.#loss, evalLoss: this.#evalLoss, tokensPerSecond, tokens: state.tokens },
      state: this.#runState(now.failure),
      waitingFor: now.waitingFor,
      round: state.finishedRounds,
      rounds: all,
      workersWanted: plan.workers,
      secondsLeft: this.#secondsLeft(all),
      uptimeSeconds: Math.max(0, clock.monotonic() - now.began) / 1000,
      workers,
      ...this.#utilization(workers, tokensPerSecond),
      recentRounds: rounds,
      roundSeconds: this.#roundSeconds(),
      staleness: this.#staleness.status(),
      data: {
        ...{ epoch, unitsPerEpoch: plan.data.unitsPerEpoch },
        consumed: state.ledger.consumedIn(epoch),
        leased: state.ledger.leased,
      },
      bytesPerRoundAndWorker: bytesPerWorker(rounds),
      referenceBytesPerRoundAndWorker: referenceBytes(parameters),
      checkpoint:
        checkpoint === null
          ? null
          : {
              path: checkpoint.path,
              round: checkpoint.round,
              ageSeconds: Math.max(0, clock.wall() - checkpoint.at) / 1000,
              seconds:
                checkpoint.milliseconds === undefined ? null : checkpoint.milliseconds / 1000,
            },
    };
  }

  #runState(failure: string | null): RunStatus["state"] {
    const { state } = this.#context;
    if (failure !== null) return "failed";
    if (state.end !== null) return "done";
    if (state.paused) return "paused";
    return state.nextRound === 0 || state.open.size === 0 ? "waiting" : "running";
  }

  #roundSeconds(): RunStatus["roundSeconds"] {
    const all = [...this.#durations].map(([phase, histogram]) => [phase, histogram.status()]);
    return Object.fromEntries(all) as RunStatus["roundSeconds"];
  }

  /** MFU of the run: tokens merged, over what the devices of all members could have done. */
  #utilization(
    workers: readonly WorkerStatus[],
    tokensPerSecond: number,
  ): Pick<RunStatus, "mfu" | "flopsPerToken" | "peakFlops"> {
    const flopsPerToken = this.#work?.flopsPerToken ?? null;
    const peaks = workers.flatMap(({ state, peakFlops: peak }) =>
      NO_MEMBERS.has(state) ? [] : [peak],
    );
    const known = peaks.filter((peak) => peak !== null);
    const isKnown = peaks.length > 0 && known.length === peaks.length;
    const peakFlops = isKnown ? known.reduce((sum, peak) => sum + peak, 0) : null;
    const mfu =
      flopsPerToken === null || peakFlops === null || tokensPerSecond === 0
        ? null
        : (tokensPerSecond * flopsPerToken) / peakFlops;
    return { mfu, flopsPerToken, peakFlops };
  }

  /** Tokens per second over the last finished rounds, by wall clock. */
  #rate(): number {
    // By merges: rounds of a decoupled run end in another order than they begin, and several at once.
    const last = [...this.#rounds.values()].filter(({ status }) => status.tokens > 0);
    const merges = new Map(last.map((times) => [times.status.tokens, times]));
    const some = [...merges.values()]
      .sort((a, b) => a.status.tokens - b.status.tokens)
      .slice(-RATE_ROUNDS - 1);
    const first = some[0];
    const newest = some.at(-1);
    if (first === undefined || newest === undefined) return 0;
    const { status } = newest;
    const until = newest.openedAt + duration(newest);
    const since = first === newest ? first.openedAt : first.openedAt + duration(first);
    const before = first === newest ? 0 : first.status.tokens;
    return until > since ? ((status.tokens - before) * 1000) / (until - since) : 0;
  }

  #secondsLeft(all: number): number | null {
    const { state } = this.#context;
    const some = [...this.#rounds.values()].slice(-RATE_ROUNDS);
    const first = some[0];
    const last = some.at(-1);
    if (first === undefined || last === undefined || state.end !== null) return null;
    const each = (last.openedAt + duration(last) - first.openedAt) / some.length;
    return each <= 0 ? null : (Math.max(0, all - state.finishedRounds) * each) / 1000;
  }

  #workers(): WorkerStatus[] {
    const { state, sessions } = this.#context;
    const names = new Set(state.members.keys());
    for (const { worker } of sessions.all()) names.add(worker);
    return [...names].sort().flatMap((worker) => {
      const member = state.members.get(worker) ?? null;
      const session = sessions.get(worker);
      return member === null && session === null ? [] : [this.#worker(worker, member, session)];
    });
  }

  #worker(worker: string, member: MemberState | null, session: Session | null): WorkerStatus {
    const { clock } = this.#context;
    const told = session ?? member;
    const heartbeat = session?.heartbeat ?? null;
    const departure = session === null ? (member?.departure ?? null) : null;
    const tokensPerSecond = departure === null ? (session?.speed ?? 0) : 0;
    const peakFlops = heartbeat?.peakFlops ?? this.#work?.peakFlops ?? null;
    const flops = tokensPerSecond * (this.#work?.flopsPerToken ?? 0);
    return {
      worker,
      incarnation: told?.incarnation ?? "",
      state: this.#workerState(member, session),
      departure: departure?.how ?? null,
      reason: departure?.reason ?? session?.leaving?.reason ?? null,
      backend: told?.backend ?? "",
      target: told?.target ?? "",
      device: told?.device ?? "",
      host: told?.host ?? "",
      round: heartbeat?.round ?? member?.leases.at(-1)?.round ?? 0,
      step: heartbeat?.step ?? 0,
      totalSteps: heartbeat?.totalSteps ?? 0,
      tokens: heartbeat?.tokens ?? 0,
      ...{ tokensPerSecond, peakFlops },
      mfu: peakFlops === null || flops === 0 ? null : flops / peakFlops,
      loss: heartbeat?.loss ?? member?.lastLoss ?? null,
      updateNorm: member?.lastNorm ?? null,
      bytesUp: heartbeat?.bytesUp ?? 0,
      bytesDown: heartbeat?.bytesDown ?? 0,
      heartbeatAgeSeconds:
        session?.heard === true ? Math.max(0, clock.monotonic() - session.lastSeen) / 1000 : null,
      restarts: session?.restarts ?? 0,
      merged: member?.merged ?? 0,
      rejected: { ...member?.rejected },
    };
  }

  #workerState(member: MemberState | null, session: Session | null): WorkerState {
    const { clock, plan } = this.#context;
    if (session === null) return "gone";
    if (session.leaving !== null || member?.draining === true) return "draining";
    const silent = SILENT_HEARTBEATS * plan.timing.heartbeatMs;
    if (!session.heard || clock.monotonic() - session.lastSeen > silent) return "silent";
    if (session.stage !== "member") return session.stage;
    const phase = session.heartbeat?.phase;
    if (phase === "uploading") return "uploading";
    if (phase === "training" || phase === "blending") return "training";
    return session.idle || phase === "waiting" ? "waiting" : "ready";
  }
}

/** A round's part in a merge. */
interface Share {
  readonly contributions: Contribution[];
  rejected: number;
}

/** Parts of all rounds in a merge: those of a decoupled run may be of several. */
function sharesOf({ round, contributions, rejected }: CommitRecord): Map<number, Share> {
  const shares = new Map<number, Share>();
  const of = (name: number): Share => {
    const share = shares.get(name) ?? { contributions: [], rejected: 0 };
    shares.set(name, share);
    return share;
  };
  of(round);
  for (const contribution of contributions)
    of(roundOfLease(contribution.lease)).contributions.push(contribution);
  for (const { lease } of rejected) of(roundOfLease(lease)).rejected++;
  return shares;
}

/** Counts what a merge has made of a round. */
function count(times: RoundTimes, record: CommitRecord, { contributions, rejected }: Share): void {
  const { status } = times;
  status.rejected += rejected;
  status.updateNorm = record.updateNorm;
  status.cosine = record.cosine;
  status.tokens = record.tokens;
  for (const { updates, loss, tokens } of contributions) {
    for (const { blob } of updates) status.bytesUp += blob.bytes;
    times.weight += tokens;
    times.lossSum += loss * tokens;
  }
  const takers = contributions.length + rejected;
  for (const { state } of record.fragments)
    status.bytesDown += (state.difference ?? state.published).bytes * takers;
  if (times.weight > 0) status.loss = times.lossSum / times.weight;
}

const duration = ({ status }: RoundTimes): number =>
  PHASES.reduce((sum, phase) => sum + status[phase], 0) * 1000;

function bytesPerWorker(rounds: readonly RoundStatus[]): {
  readonly up: number;
  readonly down: number;
} {
  const some = rounds.slice(-RATE_ROUNDS).filter(({ bytesUp }) => bytesUp > 0);
  const takers = some.reduce((sum, { participants }) => sum + participants, 0);
  if (takers === 0) return { up: 0, down: 0 };
  const sum = (of: (round: RoundStatus) => number): number =>
    some.reduce((total, round) => total + of(round), 0);
  return {
    up: Math.round(sum(({ bytesUp }) => bytesUp) / takers),
    down: Math.round(sum(({ bytesDown }) => bytesDown) / takers),
  };
}
