/** @file Opens rounds: who takes part, with how many inner steps, on which units. */
import { dynamicSteps } from "../diloco/dylu.ts";
import { unitCount } from "./ledger.ts";
import { isBarrier, type RunPlan } from "./plan.ts";
import type { Assignment, JournalBody } from "./records.ts";
import type { Session, Sessions } from "./sessions.ts";
import type { MemberState, RoundState, ShepherdState } from "./shepherd-state.ts";
import { names } from "./wait-text.ts";

export type OpenBody = Extract<JournalBody, { kind: "open" }>;

/** A member that can be given work, and its session. */
export interface Candidate {
  readonly member: MemberState;
  readonly session: Session;
}

/** Members that count for the quorum: they have spoken and are not about to go. */
export function present(state: ShepherdState, sessions: Sessions): Candidate[] {
  return state.live().flatMap((member) => {
    const session = sessions.get(member.worker);
    const here =
      session !== null &&
      session.incarnation === member.incarnation &&
      session.heard &&
      session.leaving === null &&
      !member.draining;
    return here ? [{ member, session }] : [];
  });
}

/** How many members count for the quorum. */
function presentCount(state: ShepherdState, sessions: Sessions): number {
  const all = sessions.unheard === 0 && sessions.leaving.size === 0 && state.drainingCount === 0;
  return all ? state.liveCount : present(state, sessions).length;
}

/** Whether a member can take part in the next round: it has asked for work, or is where all the others are. */
function ready({ member, session }: Candidate, state: ShepherdState): boolean {
  const last = member.leases.at(-1);
  if (last === undefined || last.ended === "rejected" || last.ended === "departed")
    return session.idle;
  return last.ended === "done" || last.round === state.nextRound - 1;
}

/** Inner steps of each worker: all, or in proportion to its speed. */
function stepsOf(plan: RunPlan, candidates: readonly Candidate[], all: readonly Candidate[]) {
  const speeds = all.map(({ session }) => session.speed);
  return candidates.map(({ session }) =>
    plan.dynamicSteps ? dynamicSteps(plan.innerSteps, session.speed, speeds) : plan.innerSteps,
  );
}

/** Deals out what is left where it is not enough for all. */
function dealt(steps: readonly number[], free: number): number[] {
  if (steps.reduce((sum, count) => sum + count, 0) <= free) return [...steps];
  const share = Math.floor(free / steps.length);
  return steps.map((count, i) => Math.min(count, share + (i < free % steps.length ? 1 : 0)));
}

function assign(
  state: ShepherdState,
  round: number,
  candidates: readonly Candidate[],
  all: readonly Candidate[],
): Assignment[] {
  const counts = dealt(stepsOf(state.plan, candidates, all), state.ledger.free);
  const planned = state.ledger.plan(counts);
  return candidates.flatMap(({ member: { worker, incarnation } }, i) => {
    const units = planned[i] ?? [];
    const steps = unitCount(units);
    if (steps === 0) return [];
    return [
      { lease: leaseName(state, round, worker, incarnation), worker, incarnation, steps, units },
    ];
  });
}

/** A worker that comes back in the same round gets another lease. */
function leaseName(state: ShepherdState, round: number, worker: string, incarnation: string) {
  const name = `${round}.${worker}.${incarnation.slice(0, 8)}`;
  const before = (state.open.get(round)?.leases ?? []).filter(
    ({ assignment }) => assignment.lease === name || assignment.lease.startsWith(`${name}.`),
  ).length;
  return before === 0 ? name : `${name}.${before}`;
}

/** The round of a lease, by its name; not a number where that is none. */
export const roundOfLease = (lease: string): number => Number(lease.split(".", 1)[0]);

/** Tokens that will have been merged when the rounds that are open are over. */
function tokensAhead(state: ShepherdState): number {
  let tokens = state.tokens;
  for (const { leases } of state.open.values())
    for (const { ended, assignment, mergedSteps } of leases)
      if (ended === null) tokens += (assignment.steps - mergedSteps) * state.plan.unitTokens;
  return tokens;
}

/** Leases of a round that still count, in canonical order. */
export const activeLeases = (round: RoundState) =>
  round.leases.filter(({ ended }) => ended === null);

/** Workers that the next round needs: all that the run waits for at first, a quorum later. */
export const wanted = (state: ShepherdState, patient: boolean): number =>
  state.nextRound === 0 && patient
    ? Math.max(state.plan.workers, state.plan.quorum)
    : state.plan.quorum;

/** The record that opens what can be opened now, or null. `patient`: the run still waits for all its workers to begin. */
export function nextOpening(
  state: ShepherdState,
  sessions: Sessions,
  patient: boolean,
): OpenBody | null {
  const barrier = isBarrier(state.plan);
  if (state.paused || state.stopping || state.ledger.free === 0) return null;
  const short = barrier && isShort(state);
  if (!short && (state.liveCount < wanted(state, patient) || (barrier && !mayOverlap(state))))
    return null;
  if (sessions.idle < askersNeeded(state, patient)) return null;
  // After a restart nothing is opened before the members of the last round are back, or counted out.
  for (const { worker, departure } of state.members.values())
    if (departure === null && sessions.get(worker)?.heard !== true) return null;
  const here = present(state, sessions);
  if (!barrier) return openOwn(state, here, patient);
  return (short ? supplement(state, here) : null) ?? openCommon(state, here, patient);
}

/** How many workers must have asked for work before anything can be opened: without them nobody else need be looked at. */
function askersNeeded(state: ShepherdState, patient: boolean): number {
  if (!isBarrier(state.plan) || state.open.size > 0) return 1;
  return state.nextRound === 0 ? wanted(state, patient) : 0;
}

/**
 * Workers of the last round that are waited for after a restart of the shepherd, so that all go on together: those that have not
 * spoken yet, and (`early`) those that were restarted as well and have not asked for work yet.
 */
export function away(state: ShepherdState, sessions: Sessions, early: boolean): Session[] {
  const silent = sessions.unheard === 0 ? [] : [...sessions.all()].filter(({ heard }) => !heard);
  return early && state.shepherds > 1 ? [...silent, ...returning(state, sessions)] : silent;
}

/** Workers of rounds that are open that have come back as new processes, and have not asked for work yet. */
function returning(state: ShepherdState, sessions: Sessions): Session[] {
  const leases = [...state.open.values()].flatMap((round) => round.leases);
  const lost = new Set(
    leases.flatMap(({ ended, assignment }) => (ended === "departed" ? [assignment.worker] : [])),
  );
  return [...lost].flatMap((worker) => {
    const session = sessions.get(worker);
    if (session === null || session.leaving !== null || session.idle) return [];
    const member = state.member(worker, session.incarnation);
    return member === null || member.leases.length === 0 ? [session] : [];
  });
}

/** Whether a round has lost so many workers that it cannot be closed. */
function isShort(state: ShepherdState): boolean {
  for (const { active, quorum } of state.open.values()) if (active < quorum) return true;
  return false;
}

/** Who has gone from the rounds that are open, and how, in brackets; empty where nobody has. */
export function lost({ open, members }: ShepherdState): string {
  const workers = [...open.values()].flatMap(({ leases }) =>
    leases.filter(({ ended }) => ended === "departed").map(({ assignment }) => assignment.worker),
  );
  const gone = [...new Set(workers)].flatMap((worker) => {
    const how = members.get(worker)?.departure?.how;
    return how === undefined ? [] : [{ worker: `${worker} ${how}` }];
  });
  return gone.length === 0 ? "" : ` (${names(gone)})`;
}

/** How many workers are missing for the run to go on; null where none is. */
export function shortage(
  state: ShepherdState,
  sessions: Sessions,
  patient: boolean,
): { readonly here: number; readonly needed: number } | null {
  const needed = wanted(state, patient);
  if (state.paused || (state.open.size > 0 && !isShort(state))) return null;
  if (state.liveCount < needed) return { here: state.liveCount, needed };
  const here = presentCount(state, sessions);
  return here < needed ? { here, needed } : null;
}

/** Whether the next round may begin beside those that are open. */
const mayOverlap = ({ open, plan }: ShepherdState): boolean =>
  open.size === 0 || (open.size === 1 && plan.overlapSteps > 0);

/** More workers for a round that has lost so many that it cannot be closed. */
function supplement(state: ShepherdState, here: readonly Candidate[]): OpenBody | null {
  for (const round of state.open.values()) {
    const active = activeLeases(round);
    if (round.active >= round.quorum) continue;
    const taking = new Set(active.map(({ assignment }) => assignment.worker));
    const more = here.filter(
      ({ member, session }) =>
        session.idle && !taking.has(member.worker) && member.leases.at(-1)?.ended !== null,
    );
    if (more.length === 0) continue;
    const assignments = assign(state, round.round, more, here);
    if (assignments.length > 0)
      return { kind: "open", round: round.round, assignments, tokens: round.tokens };
  }
  return null;
}

function openCommon(
  state: ShepherdState,
  here: readonly Candidate[],
  patient: boolean,
): OpenBody | null {
  const { plan, open, nextRound } = state;
  if (nextRound >= plan.rounds || !mayOverlap(state)) return null;
  if (open.size === 1) {
    // The next round begins when the first worker has done its steps, while the last fragments are still on their way.
    const finished = here.some(
      ({ member, session }) =>
        session.idle &&
        member.leases.at(-1)?.round === nextRound - 1 &&
        state.active(member).length > 0,
    );
    if (!finished) return null;
  }
  const ready_ = here.filter((candidate) => ready(candidate, state));
  if (ready_.length < wanted(state, patient)) return null;
  const assignments = assign(state, nextRound, ready_, here);
  return { kind: "open", round: nextRound, assignments, tokens: tokensAhead(state) };
}

/** A round of a worker's own, for the first one that has asked (decoupled). */
function openOwn(
  state: ShepherdState,
  here: readonly Candidate[],
  patient: boolean,
): OpenBody | null {
  const { plan, nextRound } = state;
  if (state.finishedRounds + state.open.size >= plan.rounds * plan.workers) return null;
  const asking = here.filter(
    ({ member, session }) => session.idle && state.active(member).length < 2,
  );
  const count = nextRound === 0 ? asking.length : here.length;
  const first = asking[0];
  if (first === undefined || count < wanted(state, patient)) return null;
  const assignments = assign(state, nextRound, [first], here);
  return { kind: "open", round: nextRound, assignments, tokens: state.tokens };
}
