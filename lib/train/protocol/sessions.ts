/** @file What the shepherd knows of workers without writing it down: when they last spoke, what they are at, how fast they are. */
import type { Heartbeat, RegisterRequest } from "./messages.ts";
import type { TimingPlan } from "./plan.ts";
import type { Departure } from "./records.ts";
import type { MemberState } from "./shepherd-state.ts";

/** Part of a new measurement in the mean speed of a worker. */
const SPEED_WEIGHT = 0.3;

/** Phases in which a worker must get on. */
const BUSY_PHASES: ReadonlySet<string> = new Set(["training", "uploading", "blending"]);

/** One incarnation of a worker as it is seen now; times are of the monotonic clock. */
export interface Session {
  readonly worker: string;
  readonly incarnation: string;
  readonly backend: string;
  readonly target: string;
  readonly device: string;
  readonly host: string;
  readonly restarts: number;
  /** False after a restart of the shepherd, until the worker has spoken. */
  heard: boolean;
  lastSeen: number;
  disconnectedAt: number | null;
  stage: "joining" | "compiling" | "checking" | "member";
  heartbeat: Heartbeat | null;
  progressAt: number;
  /** Tokens per second, smoothed; null until the first heartbeat that tells of training. */
  speed: number | null;
  /** It has asked for work, and there was none yet. */
  idle: boolean;
  leaving: { readonly how: Departure; readonly reason: string } | null;
}

/** A worker that is to be counted out. */
export interface Verdict {
  readonly session: Session;
  readonly how: Departure;
  readonly reason: string;
}

const seconds = (milliseconds: number): string => `${Math.round(milliseconds / 100) / 10} s`;

export class Sessions {
  readonly #byWorker = new Map<string, Session>();
  readonly #timing: TimingPlan;

  constructor(timing: TimingPlan) {
    this.#timing = timing;
  }

  get(worker: string): Session | null {
    return this.#byWorker.get(worker) ?? null;
  }

  all(): IterableIterator<Session> {
    return this.#byWorker.values();
  }

  delete(session: Session): void {
    if (this.#byWorker.get(session.worker) === session) this.#byWorker.delete(session.worker);
  }

  /** A member that the journal tells of, and that has not spoken to this process yet. */
  restore(member: MemberState, now: number): void {
    const { worker, incarnation, backend, target, device, host } = member;
    const told = { worker, incarnation, backend, target, device, host, restarts: 0 };
    this.#byWorker.set(worker, { ...told, ...fresh(now), heard: false, stage: "member" });
  }

  register(request: RegisterRequest, stage: Session["stage"], now: number): Session {
    const { worker, incarnation, backend, target, device, host, restarts } = request;
    const told = { worker, incarnation, backend, target, device, host, restarts };
    const session: Session = { ...told, ...fresh(now), stage };
    this.#byWorker.set(worker, session);
    return session;
  }

  /** The worker has said something. */
  touch(session: Session, now: number): void {
    session.heard = true;
    session.lastSeen = now;
    session.disconnectedAt = null;
  }

  heartbeat(session: Session, heartbeat: Heartbeat, now: number): void {
    const last = session.heartbeat;
    const progress =
      last === null ||
      !BUSY_PHASES.has(heartbeat.phase) ||
      last.phase !== heartbeat.phase ||
      last.totalSteps !== heartbeat.totalSteps ||
      last.bytesUp !== heartbeat.bytesUp ||
      last.bytesDown !== heartbeat.bytesDown;
    if (progress) session.progressAt = now;
    session.heartbeat = heartbeat;
    const { tokensPerSecond } = heartbeat;
    if (tokensPerSecond > 0)
      session.speed =
        session.speed === null
          ? tokensPerSecond
          : session.speed + SPEED_WEIGHT * (tokensPerSecond - session.speed);
  }

  /** Workers that are to be counted out by now. */
  overdue(now: number): Verdict[] {
    const verdicts: Verdict[] = [];
    for (const session of this.#byWorker.values()) {
      const { at, how, reason } = this.#deadline(session);
      if (now >= at) verdicts.push({ session, how, reason });
    }
    return verdicts;
  }

  /** When the next worker will have to be counted out, if nothing is heard of it. */
  nextDeadline(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const session of this.#byWorker.values())
      next = Math.min(next, this.#deadline(session).at);
    return next;
  }

  #deadline(session: Session): { at: number; how: Departure; reason: string } {
    const { heartbeatTimeoutMs, progressTimeoutMs, reconnectMs, rejoinMs } = this.#timing;
    const { lastSeen, heartbeat, disconnectedAt } = session;
    if (session.leaving !== null) return { at: Number.POSITIVE_INFINITY, how: "left", reason: "" };
    if (!session.heard)
      return {
        at: lastSeen + rejoinMs,
        how: "lost",
        reason: `not back ${seconds(rejoinMs)} after the shepherd was`,
      };
    const silent = {
      at: lastSeen + heartbeatTimeoutMs,
      how: "lost" as const,
      reason: `no word for ${seconds(heartbeatTimeoutMs)}: stopped, or cut off from the network`,
    };
    const crashed = {
      at: (disconnectedAt ?? Number.POSITIVE_INFINITY) + reconnectMs,
      how: "crashed" as const,
      reason: `its connection was closed and not opened again for ${seconds(reconnectMs)}`,
    };
    const first = crashed.at < silent.at ? crashed : silent;
    if (heartbeat === null || !BUSY_PHASES.has(heartbeat.phase)) return first;
    const hung = {
      at: session.progressAt + progressTimeoutMs,
      how: "hung" as const,
      reason: `${heartbeat.phase} without getting on for ${seconds(progressTimeoutMs)}, at inner step ${heartbeat.step}`,
    };
    return hung.at < first.at ? hung : first;
  }
}

const fresh = (now: number) => ({
  heard: true,
  lastSeen: now,
  disconnectedAt: null,
  heartbeat: null,
  progressAt: now,
  speed: null,
  idle: false,
  leaving: null,
});
