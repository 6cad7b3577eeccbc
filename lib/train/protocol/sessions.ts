/** @file What the shepherd knows of workers without writing it down: when they last spoke, what they are at, how fast they are. */
import type { Heartbeat, RegisterRequest } from "./messages.ts";
import type { TimingPlan } from "./plan.ts";
import type { Departure } from "./records.ts";
import type { MemberState } from "./shepherd-state.ts";

/** Part of a new measurement in the mean speed of a worker. */
const SPEED_WEIGHT = 0.3;

/** Phases in which a worker must get on. */
const BUSY_PHASES: ReadonlySet<string> = new Set(["training", "uploading", "blending"]);

/** Who a session is of. */
interface Speaker {
  readonly worker: string;
  readonly incarnation: string;
  readonly backend: string;
  readonly target: string;
  readonly device: string;
  readonly host: string;
  readonly restarts: number;
}

/** Sums over all sessions, kept up as they change, so that a decision need not look at all of them. */
interface Tally {
  /** Sessions that have asked for work and got none yet. */
  idle: number;
  /** Sessions that the shepherd has heard nothing of since it was started. */
  unheard: number;
  readonly leaving: Set<Session>;
  /** Nobody has to be counted out before this time. */
  due: number;
}

/** One incarnation of a worker as it is seen now; times are of the monotonic clock. */
export class Session {
  readonly worker: string;
  readonly incarnation: string;
  readonly backend: string;
  readonly target: string;
  readonly device: string;
  readonly host: string;
  readonly restarts: number;
  stage: "joining" | "compiling" | "checking" | "member";
  lastSeen: number;
  heartbeat: Heartbeat | null = null;
  progressAt: number;
  /** Tokens per second, smoothed; null until the first heartbeat that tells of training. */
  speed: number | null = null;
  readonly #timing: TimingPlan;
  /** Null once the session is forgotten. */
  #tally: Tally | null;
  #heard: boolean;
  #idle = false;
  #disconnectedAt: number | null = null;
  #leaving: { readonly how: Departure; readonly reason: string } | null = null;

  constructor(
    { worker, incarnation, backend, target, device, host, restarts }: Speaker,
    state: { readonly stage: Session["stage"]; readonly heard: boolean; readonly now: number },
    timing: TimingPlan,
    tally: Tally,
  ) {
    this.worker = worker;
    this.incarnation = incarnation;
    this.backend = backend;
    this.target = target;
    this.device = device;
    this.host = host;
    this.restarts = restarts;
    this.stage = state.stage;
    this.lastSeen = state.now;
    this.progressAt = state.now;
    this.#timing = timing;
    this.#tally = tally;
    this.#heard = state.heard;
    if (!state.heard) tally.unheard++;
    this.hasten();
  }

  /** False after a restart of the shepherd, until the worker has spoken. */
  get heard(): boolean {
    return this.#heard;
  }

  set heard(heard: boolean) {
    if (this.#tally !== null && heard !== this.#heard) this.#tally.unheard += heard ? -1 : 1;
    this.#heard = heard;
    this.hasten();
  }

  /** It has asked for work, and there was none yet. */
  get idle(): boolean {
    return this.#idle;
  }

  set idle(idle: boolean) {
    if (this.#tally !== null && idle !== this.#idle) this.#tally.idle += idle ? 1 : -1;
    this.#idle = idle;
  }

  get disconnectedAt(): number | null {
    return this.#disconnectedAt;
  }

  set disconnectedAt(at: number | null) {
    this.#disconnectedAt = at;
    if (at !== null) this.hasten();
  }

  get leaving(): { readonly how: Departure; readonly reason: string } | null {
    return this.#leaving;
  }

  set leaving(leaving: { readonly how: Departure; readonly reason: string }) {
    this.#leaving = leaving;
    this.#tally?.leaving.add(this);
  }

  /** Its deadline may have come nearer; one that has moved away is found when it is looked at. */
  hasten(): void {
    if (this.#tally !== null) this.#tally.due = Math.min(this.#tally.due, this.deadline().at);
  }

  /** It does not count any more. */
  forget(): void {
    const tally = this.#tally;
    if (tally === null) return;
    if (this.#idle) tally.idle--;
    if (!this.#heard) tally.unheard--;
    tally.leaving.delete(this);
    this.#tally = null;
  }

  /** When and why it is to be counted out, if nothing more is heard of it. */
  deadline(): { readonly at: number; readonly how: Departure; readonly reason: string } {
    const { heartbeatTimeoutMs, progressTimeoutMs, reconnectMs, rejoinMs } = this.#timing;
    const { lastSeen, heartbeat } = this;
    if (this.#leaving !== null) return { at: Number.POSITIVE_INFINITY, how: "left", reason: "" };
    if (!this.#heard)
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
      at: (this.#disconnectedAt ?? Number.POSITIVE_INFINITY) + reconnectMs,
      how: "crashed" as const,
      reason: `its connection was closed and not opened again for ${seconds(reconnectMs)}`,
    };
    const first = crashed.at < silent.at ? crashed : silent;
    if (heartbeat === null || !BUSY_PHASES.has(heartbeat.phase)) return first;
    const hung = {
      at: this.progressAt + progressTimeoutMs,
      how: "hung" as const,
      reason: `${heartbeat.phase} without getting on for ${seconds(progressTimeoutMs)}, at inner step ${heartbeat.step}`,
    };
    return hung.at < first.at ? hung : first;
  }
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
  readonly #tally: Tally = {
    ...{ idle: 0, unheard: 0, due: Number.POSITIVE_INFINITY },
    leaving: new Set(),
  };

  constructor(timing: TimingPlan) {
    this.#timing = timing;
  }

  /** How many have asked for work and got none yet. */
  get idle(): number {
    return this.#tally.idle;
  }

  /** How many have not spoken since the shepherd was started. */
  get unheard(): number {
    return this.#tally.unheard;
  }

  /** Those that are about to go. */
  get leaving(): ReadonlySet<Session> {
    return this.#tally.leaving;
  }

  get(worker: string): Session | null {
    return this.#byWorker.get(worker) ?? null;
  }

  all(): IterableIterator<Session> {
    return this.#byWorker.values();
  }

  delete(session: Session): void {
    if (this.#byWorker.get(session.worker) !== session) return;
    session.forget();
    this.#byWorker.delete(session.worker);
  }

  /** Deletes the session of an incarnation, if it is still there. */
  end({ worker, incarnation }: { readonly worker: string; readonly incarnation: string }): void {
    const session = this.#byWorker.get(worker);
    if (session?.incarnation === incarnation) this.delete(session);
  }

  /** A member that the journal tells of, and that has not spoken to this process yet. */
  restore(member: MemberState, now: number): void {
    this.#add({ ...member, restarts: 0 }, { stage: "member", heard: false, now });
  }

  register(request: RegisterRequest, stage: Session["stage"], now: number): Session {
    return this.#add(request, { stage, heard: true, now });
  }

  #add(speaker: Speaker, state: ConstructorParameters<typeof Session>[1]): Session {
    this.#byWorker.get(speaker.worker)?.forget();
    const session = new Session(speaker, state, this.#timing, this.#tally);
    this.#byWorker.set(session.worker, session);
    return session;
  }

  /** The worker has said something. */
  touch(session: Session, now: number): void {
    session.lastSeen = now;
    if (!session.heard) session.heard = true;
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
    session.hasten();
  }

  /** Workers that are to be counted out by now. All are looked at only when the nearest deadline that was seen has come. */
  overdue(now: number): Verdict[] {
    if (now < this.#tally.due) return [];
    const verdicts: Verdict[] = [];
    let due = Number.POSITIVE_INFINITY;
    for (const session of this.#byWorker.values()) {
      const { at, how, reason } = session.deadline();
      if (now >= at) verdicts.push({ session, how, reason });
      due = Math.min(due, at);
    }
    this.#tally.due = due;
    return verdicts;
  }

  /** Before this nobody has to be counted out. */
  nextDeadline(): number {
    return this.#tally.due;
  }
}
