/** @file The snapshot of a run that status, page, dashboard and metrics show, from records and sessions. */
import type { CommitRecord, JournalRecord } from "./records.ts";
import type { Session } from "./sessions.ts";
import type { ShepherdContext } from "./shepherd-context.ts";
import type { MemberState } from "./shepherd-state.ts";
import type { RoundStatus, RunStatus, WorkerState, WorkerStatus } from "./status.ts";

const KEPT_ROUNDS = 500;
/** A heartbeat older than this many intervals makes a worker silent. */
const SILENT_HEARTBEATS = 2.5;
/** Rounds that rates are measured over. */
const RATE_ROUNDS = 5;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface RoundTimes {
  readonly status: Mutable<RoundStatus>;
  openedAt: number;
  firstUpdateAt: number | null;
  lastUpdateAt: number | null;
  mergingAt: number | null;
  weight: number;
  lossSum: number;
}

/** Bytes of f32 values as base64, up and down. */
const referenceBytes = (parameters: number): number => 2 * Math.ceil((parameters * 4) / 3) * 4;

/** What a snapshot is taken of. */
export type StatusSource = Pick<ShepherdContext, "plan" | "state" | "clock" | "sessions">;

export class StatusView {
  readonly #context: StatusSource;
  /** By round, the newest last. */
  readonly #rounds = new Map<number, RoundTimes>();
  #startedAt: number | null = null;
  #loss: number | null = null;
  #evalLoss: number | null = null;
  #checkpoint: { readonly path: string; readonly round: number; readonly at: number } | null = null;

  constructor(context: StatusSource, records: readonly JournalRecord[]) {
    this.#context = context;
    for (const record of records) this.record(record);
  }

  record(record: JournalRecord): void {
    if (record.kind === "start") this.#startedAt = record.at;
    else if (record.kind === "open") this.#open(record.round, record.assignments.length, record.at);
    else if (record.kind === "commit") this.#commit(record);
    else if (record.kind === "checkpoint")
      this.#checkpoint = { path: record.path, round: record.round, at: record.at };
    else if (record.kind === "eval") {
      this.#evalLoss = record.loss;
      const round = this.#rounds.get(record.round);
      if (round !== undefined) round.status.evalLoss = record.loss;
    }
  }

  /** An update of a round has come. */
  update(round: number): void {
    const times = this.#rounds.get(round);
    if (times === undefined) return;
    times.lastUpdateAt = this.#context.clock.wall();
    times.firstUpdateAt ??= times.lastUpdateAt;
  }

  /** A slot of a round is being merged. */
  merging(round: number): void {
    const times = this.#rounds.get(round);
    if (times !== undefined) times.mergingAt = this.#context.clock.wall();
  }

  #open(round: number, participants: number, at: number): void {
    const known = this.#rounds.get(round);
    if (known !== undefined) {
      known.status.participants += participants;
      return;
    }
    const status: Mutable<RoundStatus> = {
      ...{ round, startedAt: (at - (this.#startedAt ?? at)) / 1000, participants },
      ...{ compute: 0, wait: 0, merge: 0, publish: 0, rejected: 0 },
      ...{ loss: null, evalLoss: null, updateNorm: 0, cosine: null },
      ...{ tokens: 0, bytesUp: 0, bytesDown: 0 },
    };
    const times = { firstUpdateAt: null, lastUpdateAt: null, mergingAt: null };
    this.#rounds.set(round, { status, openedAt: at, ...times, weight: 0, lossSum: 0 });
    for (const old of this.#rounds.keys()) {
      if (this.#rounds.size <= KEPT_ROUNDS) break;
      this.#rounds.delete(old);
    }
  }

  #commit(record: CommitRecord): void {
    const times = this.#rounds.get(record.round);
    if (times === undefined) return;
    const { status } = times;
    const merging = times.mergingAt ?? record.at;
    const last = times.lastUpdateAt ?? merging;
    const first = times.firstUpdateAt ?? last;
    status.compute = (first - times.openedAt) / 1000;
    status.wait = Math.max(0, last - first) / 1000;
    status.merge += Math.max(0, record.at - merging) / 1000;
    status.rejected += record.rejected.length;
    status.updateNorm = record.updateNorm;
    status.cosine = record.cosine;
    status.tokens = record.tokens;
    for (const { updates, loss, tokens } of record.contributions) {
      for (const { blob } of updates) status.bytesUp += blob.bytes;
      times.weight += tokens;
      times.lossSum += loss * tokens;
    }
    const takers = record.contributions.length + record.rejected.length;
    for (const { state } of record.fragments)
      status.bytesDown += (state.difference ?? state.published).bytes * takers;
    if (times.weight > 0) {
      status.loss = times.lossSum / times.weight;
      this.#loss = status.loss;
    }
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
    return {
      ...{ runId: plan.runId, algorithm: plan.algorithm, quorum: plan.quorum, parameters },
      ...{ loss: this.#loss, evalLoss: this.#evalLoss, tokensPerSecond, tokens: state.tokens },
      state: this.#runState(now.failure),
      waitingFor: now.waitingFor,
      round: decoupled ? state.finishedRounds : Math.max(0, state.nextRound - 1),
      rounds: all,
      workersWanted: plan.workers,
      secondsLeft: this.#secondsLeft(all),
      uptimeSeconds: Math.max(0, clock.monotonic() - now.began) / 1000,
      workers: this.#workers(),
      recentRounds: rounds,
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

  /** Tokens per second over the last finished rounds, by wall clock. */
  #rate(): number {
    const last = [...this.#rounds.values()].filter(({ status }) => status.tokens > 0);
    const some = last.slice(-RATE_ROUNDS - 1);
    const first = some[0];
    const newest = some.at(-1);
    if (first === undefined || newest === undefined) return 0;
    const { status } = newest;
    const until = newest.openedAt + (status.compute + status.wait + status.merge) * 1000;
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
      tokensPerSecond: departure === null ? (session?.speed ?? 0) : 0,
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

const duration = ({ status }: RoundTimes): number =>
  (status.compute + status.wait + status.merge) * 1000;

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
