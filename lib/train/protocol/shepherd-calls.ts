/** @file The shepherd's answers to workers' calls. */
import type { Pending } from "./collecting.ts";
import {
  type AgreementReply,
  type AgreementRequest,
  type Heartbeat,
  type HeartbeatReply,
  type Lease,
  type LeaseReply,
  type LeaseRequest,
  type LeaveRequest,
  PROTOCOL_VERSION,
  type ProgramReply,
  type ProgramRequest,
  type RegisterReply,
  type RegisterRequest,
  type ResultReply,
  type ResultRequest,
  type SubmitReply,
  type SubmitRequest,
} from "./messages.ts";
import { isBarrier } from "./plan.ts";
import type { ShepherdApi } from "./ports.ts";
import type { Departure } from "./records.ts";
import type { Session } from "./sessions.ts";
import { depart, published, type ShepherdContext } from "./shepherd-context.ts";
import {
  type LeaseState,
  maximumStaleness,
  type ShepherdState,
  slotStep,
} from "./shepherd-state.ts";

/** Longest that a call waits for news. */
const LONG_POLL_MS = 25_000;

/** How long a worker that has to register again is kept from asking again. */
const UNKNOWN_MS = 1_000;

/** A call of a worker that this shepherd does not know, or not any more: its next heartbeat tells it to register again. */
class NotRegisteredError extends Error {
  override readonly name = "NotRegisteredError";
}

/** After these a worker may register again with the same incarnation; one that hung needs a new process. */
const MAY_RETURN: ReadonlySet<Departure> = new Set<Departure>(["crashed", "lost"]);

/** Why an incarnation is out of the run, and cannot come back as it is; null: it is not. */
export function dismissalOf(
  state: Pick<ShepherdState, "departure">,
  worker: string,
  incarnation: string,
): string | null {
  const gone = state.departure(worker, incarnation);
  return gone === null || MAY_RETURN.has(gone.how) ? null : `${gone.how}: ${gone.reason}`;
}

type Dismissal = Extract<LeaseReply, { kind: "dismissed" }>;

const dismissed = (how: Departure, reason: string, again: boolean): Dismissal => ({
  kind: "dismissed",
  how,
  reason,
  again,
});

export class WorkerCalls implements ShepherdApi {
  readonly #context: ShepherdContext;
  readonly #compiling = new Map<string, Promise<ProgramReply>>();

  constructor(context: ShepherdContext) {
    this.#context = context;
  }

  async register(request: RegisterRequest): Promise<RegisterReply> {
    const { state, sessions, clock, plan, programs } = this.#context;
    const { worker, incarnation } = request;
    if (request.protocol !== PROTOCOL_VERSION)
      return {
        kind: "refused",
        reason: `protocol ${request.protocol} of ${worker} is not ${PROTOCOL_VERSION} of the shepherd: install the same version on both`,
      };
    const dismissal = dismissalOf(state, worker, incarnation);
    if (dismissal !== null) return { kind: "refused", reason: dismissal };
    const over = this.#context.over();
    if (over !== null) return { kind: "refused", reason: `the run is over: ${over}` };
    if (sessions.get(worker)?.incarnation !== incarnation)
      await this.#context.decide(() => this.#admit(request));
    const session = sessions.get(worker);
    if (session?.incarnation !== incarnation)
      return { kind: "refused", reason: `another worker is named ${worker} and came later` };
    sessions.touch(session, clock.monotonic());
    return {
      kind: "registered",
      runId: plan.runId,
      manifest: programs.manifest(),
      heartbeatMs: plan.timing.heartbeatMs,
      counted: state.members.get(worker)?.counted ?? null,
    };
  }

  /** A new incarnation takes the place of the one before it. */
  async #admit(request: RegisterRequest): Promise<void> {
    const { state, sessions, clock } = this.#context;
    const { worker, incarnation } = request;
    if (state.departure(worker, incarnation)?.how === "fenced") return;
    const old = sessions.get(worker);
    if (old !== null && old.incarnation !== incarnation)
      await depart(
        this.#context,
        old,
        "fenced",
        `another worker of the name ${worker} has registered, from ${request.host}`,
      );
    const stage = state.member(worker, incarnation) === null ? "joining" : "member";
    sessions.register(request, stage, clock.monotonic());
  }

  /** The session of who calls, or why it does not count. */
  #identify({ worker, incarnation }: { worker: string; incarnation: string }): Session | Dismissal {
    const { state, sessions, clock } = this.#context;
    const session = sessions.get(worker);
    if (session?.incarnation === incarnation) {
      sessions.touch(session, clock.monotonic());
      return session;
    }
    const gone = state.departure(worker, incarnation);
    if (gone !== null) return dismissed(gone.how, gone.reason, MAY_RETURN.has(gone.how));
    return dismissed("lost", "this shepherd does not know this worker yet", true);
  }

  async program(request: ProgramRequest): Promise<ProgramReply> {
    const session = this.#identify(request);
    const { programs, clock } = this.#context;
    if ("kind" in session) {
      const { again, reason } = session;
      if (!again) return { kind: "refused", reason };
      // Its next heartbeat tells the worker to register again.
      await clock.sleep(UNKNOWN_MS);
      return { kind: "wait", reason };
    }
    const { backend, target } = session;
    const name = `${backend} ${target}`;
    if (session.stage === "joining") session.stage = "compiling";
    const compiling = this.#compiling.get(name) ?? programs.program(backend, target);
    this.#compiling.set(name, compiling);
    const settled = compiling.finally(() => {
      if (this.#compiling.get(name) === compiling) this.#compiling.delete(name);
    });
    const over = new AbortController();
    const patience = clock.sleep(LONG_POLL_MS, over.signal).then(
      () => null,
      () => null,
    );
    try {
      const reply = await Promise.race([settled, patience]);
      if (reply === null) return { kind: "wait", reason: `compiling for ${backend}, ${target}` };
      if (reply.kind === "program" && session.stage === "compiling") session.stage = "checking";
      return reply;
    } finally {
      over.abort();
    }
  }

  async agreement(request: AgreementRequest): Promise<AgreementReply> {
    const session = this.#identify(request);
    if ("kind" in session) {
      if (session.again) throw new NotRegisteredError(session.reason);
      return { kind: "refused", reason: session.reason };
    }
    const { programs, state, failPoint } = this.#context;
    const problem = programs.disagreement(request);
    // What goes wrong within a decision ends the shepherd: this only concerns the worker.
    const reply = await this.#context.decide(async (): Promise<AgreementReply | null> => {
      if (this.#context.sessions.get(session.worker) !== session) return null;
      if (problem !== null) {
        await depart(this.#context, session, "refused", problem);
        return { kind: "refused", reason: problem };
      }
      if (state.member(session.worker, session.incarnation) === null) {
        const { worker, incarnation, backend, target, device, host } = session;
        const told = { worker, incarnation, backend, target, device, host };
        await this.#context.record({ kind: "join", ...told });
        failPoint("shepherd.after-join");
      }
      session.stage = "member";
      return { kind: "agreed" };
    });
    if (reply === null) throw new NotRegisteredError("it was counted out in the meantime");
    return reply;
  }

  async lease(request: LeaseRequest): Promise<LeaseReply> {
    const { state, clock, waiters } = this.#context;
    const until = clock.monotonic() + LONG_POLL_MS;
    for (;;) {
      const session = this.#identify(request);
      if ("kind" in session) return session;
      const member = state.member(session.worker, session.incarnation);
      if (member === null) return dismissed("lost", "it has not been checked yet", true);
      const over = this.#context.over();
      if (over !== null) return { kind: "stop", reason: over };
      if (member.draining) return { kind: "drain", reason: "an operator asked for it" };
      const next = this.#nextLease(member.leases, request.after);
      const blocked = next === null ? null : this.#blockedBy(next);
      if (next !== null && blocked === null) {
        session.idle = false;
        this.#context.collector.given(next.assignment.lease, clock.monotonic());
        return { kind: "work", lease: this.#describe(next) };
      }
      session.idle = next === null;
      this.#context.wake();
      const left = until - clock.monotonic();
      if (left <= 0)
        return { kind: "wait", reason: blocked ?? this.#context.waitingFor() ?? "the next round" };
      await waiters.wait(session.worker, left);
    }
  }

  #nextLease(leases: readonly LeaseState[], after: string | null): LeaseState | null {
    const done = leases.findIndex(({ assignment }) => assignment.lease === after);
    return leases.slice(done + 1).find(({ ended }) => ended === null) ?? null;
  }

  /** Who starts from global fragments waits for those that are still being merged in rounds before. */
  #blockedBy(lease: LeaseState): string | null {
    const { state, plan } = this.#context;
    if (!lease.rebase || !isBarrier(plan)) return null;
    for (const { round } of state.open.values())
      if (round < lease.round) return `fragments of round ${round} that are still being merged`;
    return null;
  }

  #describe({ assignment, round, rebase }: LeaseState): Lease {
    const { state, plan } = this.#context;
    const { lease, steps, units } = assignment;
    const open = state.open.get(round);
    // Who takes the place of another in a round changes nothing for the others.
    const together = isBarrier(plan) ? Math.max(1, open?.workers.size ?? 0) : state.liveCount;
    return {
      ...{ lease, round, steps, units: [...units], rebase },
      tokens: open?.tokens ?? state.tokens,
      tokensPerStep: together * plan.unitTokens,
      fragments: plan.fragments.map(({ index }) => published(this.#context, index)),
    };
  }

  async heartbeat(request: Heartbeat): Promise<HeartbeatReply> {
    const session = this.#identify(request);
    if ("kind" in session) return session;
    const { state, sessions, clock } = this.#context;
    sessions.heartbeat(session, request, clock.monotonic());
    const over = this.#context.over();
    if (over !== null) return { kind: "stop", reason: over };
    if (state.member(session.worker, session.incarnation)?.draining === true)
      return { kind: "drain", reason: "an operator asked for it" };
    return { kind: "ok" };
  }

  async submit(request: SubmitRequest): Promise<SubmitReply> {
    const known = this.#known(request);
    if (known !== null) return known;
    const { collector, state, reducer, clock, failPoint } = this.#context;
    const lease = state.lease(request.lease) as LeaseState;
    const waiting = collector.get(request.lease, request.slot);
    const problem = this.#problem(request, lease);
    let norm = 0;
    let verdict: Pending["verdict"] = problem;
    if (waiting !== null && sameUpdates(waiting.request, request)) return { kind: "accepted" };
    if (verdict === null) {
      const there = await Promise.all(
        request.updates.map(({ fragment, blob }) => reducer.has(fragment, blob.digest)),
      );
      const digests = request.updates.flatMap(({ blob }, i) => (there[i] ? [] : [blob.digest]));
      if (digests.length > 0) return { kind: "missing", digests };
      const looks = await Promise.all(
        request.updates.map(({ fragment, base, blob }) =>
          reducer.inspect(fragment, blob.digest, this.#base(fragment, base)),
        ),
      );
      norm = Math.sqrt(looks.reduce((sum, { squaredNorm }) => sum + squaredNorm, 0));
      const damage = looks.find(({ problem: found }) => found !== null)?.problem ?? null;
      if (damage !== null) verdict = { why: "damaged", detail: damage };
      else if (!looks.every(({ finite }) => finite) || !Number.isFinite(norm))
        verdict = { why: "not_finite", detail: "it has values that are not finite" };
      // Looking took time: the slot may have been closed without it.
      const late = this.#known(request);
      if (late !== null) return late;
    }
    const pending: Pending = { request, lease, at: clock.monotonic(), norm, verdict };
    collector.add(pending);
    this.#context.arrived(lease.round, request.slot, request.uploadMs ?? 0);
    failPoint("shepherd.after-submit");
    this.#context.wake();
    // Also what will not count is only decided by a record: until then the worker must be ready to hand it in again.
    return { kind: "accepted" };
  }

  #base(fragment: number, version: number): string {
    return this.#context.state.version(fragment, version)?.published.digest ?? "";
  }

  /** What is known of a contribution before it is looked at; null where it is awaited. */
  #known(request: SubmitRequest): SubmitReply | null {
    const { state } = this.#context;
    const session = this.#identify(request);
    if ("kind" in session) return { kind: "rejected", why: "fenced", detail: session.reason };
    const lease = state.lease(request.lease);
    const over = this.#context.over();
    if (over !== null) return { kind: "rejected", why: "late", detail: over };
    if (lease?.assignment.incarnation !== request.incarnation)
      return { kind: "rejected", why: "late", detail: "this lease does not count any more" };
    const outcome = lease.outcomes.get(request.slot);
    if (outcome?.kind === "merged" || request.slot < lease.firstSlot) return { kind: "accepted" };
    if (outcome !== undefined)
      return { kind: "rejected", why: outcome.why, detail: outcome.detail };
    if (lease.ended !== null)
      return { kind: "rejected", why: "late", detail: "this lease does not count any more" };
    return null;
  }

  /** Why a contribution cannot be one of its lease. */
  #problem(request: SubmitRequest, { assignment, mergedSteps }: LeaseState) {
    const { plan, state } = this.#context;
    const slot = plan.slots[request.slot];
    const damaged = (detail: string) => ({ why: "damaged" as const, detail });
    if (slot === undefined) return damaged(`there is no slot ${request.slot}`);
    const got = request.updates.map(({ fragment }) => fragment).sort((a, b) => a - b);
    const want = [...slot.fragments].sort((a, b) => a - b);
    if (got.join() !== want.join())
      return damaged(`fragments ${got.join(", ")} where ${want.join(", ")} are due`);
    const due = slotStep(plan, request.slot, assignment.steps);
    const least = request.final ? Math.max(1, mergedSteps) : due;
    if (request.steps < least || request.steps > Math.max(due, least))
      return damaged(`after ${request.steps} steps where ${due} are due`);
    for (const { fragment, base } of request.updates) {
      const now = state.current(fragment).version;
      const behind = now - base;
      if (behind < 0 || behind > maximumStaleness(plan) || state.version(fragment, base) === null)
        return {
          why: "base" as const,
          detail: `fragment ${fragment}: from version ${base}, now ${now}`,
        };
    }
    return null;
  }

  async result(request: ResultRequest): Promise<ResultReply> {
    const { state, clock, waiters, collector, plan } = this.#context;
    const until = clock.monotonic() + LONG_POLL_MS;
    for (;;) {
      const session = this.#identify(request);
      if ("kind" in session) return session;
      const lease = state.lease(request.lease);
      const fragments = (plan.slots[request.slot]?.fragments ?? []).map((fragment) =>
        published(this.#context, fragment),
      );
      const outcome = lease?.outcomes.get(request.slot);
      if (outcome?.kind === "merged" || (lease && request.slot < lease.firstSlot))
        return { kind: "merged", fragments };
      if (outcome !== undefined)
        return { kind: "rejected", why: outcome.why, detail: outcome.detail, fragments };
      const over = this.#context.over();
      if (over !== null || lease === undefined || lease.ended !== null)
        return {
          kind: "rejected",
          why: "late",
          detail: over ?? "this lease does not count any more",
          fragments,
        };
      if (collector.get(request.lease, request.slot) === null)
        return { kind: "wait", reason: "it has not been handed in to this shepherd" };
      const left = until - clock.monotonic();
      if (left <= 0)
        return { kind: "wait", reason: this.#context.waitingFor() ?? "it is being merged" };
      await waiters.wait(session.worker, left);
    }
  }

  async leave(request: LeaveRequest): Promise<void> {
    const session = this.#identify(request);
    if ("kind" in session) return;
    session.leaving ??= { how: request.how, reason: request.reason };
    session.idle = false;
    this.#context.wake();
  }
}

function sameUpdates(a: SubmitRequest, b: SubmitRequest): boolean {
  const digests = ({ updates }: SubmitRequest): string =>
    updates
      .map(({ fragment, base, blob }) => `${fragment} ${base} ${blob.digest}`)
      .sort()
      .join();
  return a.steps === b.steps && a.final === b.final && digests(a) === digests(b);
}
