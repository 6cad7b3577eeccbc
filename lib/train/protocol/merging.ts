/** @file Merges the updates of one slot: which of them count, with which weight, and the record that says so. */
import { invariant } from "#lib/support/assert.ts";
import { judgeUpdate } from "../diloco/gate.ts";
import type { Pending } from "./collecting.ts";
import { unitCount } from "./ledger.ts";
import { isBarrier } from "./plan.ts";
import type { MergeReply, Reducer } from "./ports.ts";
import type { Contribution, JournalBody } from "./records.ts";
import type { ShepherdContext } from "./shepherd-context.ts";
import { byName, type LeaseState, newUnits, type ShepherdState } from "./shepherd-state.ts";

export type CommitBody = Extract<JournalBody, { kind: "commit" }>;
type RejectedUpdate = CommitBody["rejected"][number];

/** A slot that is to be closed. */
export interface SlotToMerge {
  readonly round: number;
  readonly slot: number;
  /** Updates that take part. */
  readonly pending: readonly Pending[];
  /** Leases whose updates are not waited for any longer. */
  readonly late: readonly LeaseState[];
}

const rejected = (lease: LeaseState, why: RejectedUpdate["why"], detail: string) => {
  const { worker, incarnation, lease: name } = lease.assignment;
  return { worker, incarnation, lease: name, why, detail };
};

/** Why the update cannot be merged, whatever its values are; null where it can. */
function problemOf(state: ShepherdState, { lease, request, verdict }: Pending) {
  if (verdict !== null) return rejected(lease, verdict.why, verdict.detail);
  for (const { fragment, base } of request.updates) {
    const now = state.current(fragment).version;
    const known = state.version(fragment, base) !== null;
    if (!known || (isBarrier(state.plan) && base !== now))
      return rejected(lease, "base", `fragment ${fragment}: from version ${base}, now ${now}`);
  }
  return null;
}

function contribution(state: ShepherdState, pending: Pending, scale: number): Contribution {
  const { lease, norm, request } = pending;
  const { plan } = state;
  const { worker, incarnation, lease: name } = lease.assignment;
  const units = newUnits(lease, request.steps);
  return {
    ...{ worker, incarnation, lease: name },
    updates: [...request.updates].sort((a, b) => a.fragment - b.fragment),
    tokens: unitCount(units) * plan.unitTokens,
    steps: request.steps,
    loss: request.loss ?? state.members.get(worker)?.lastLoss ?? 0,
    norm,
    // All that the worker has trained in this round: the same for every slot's share of a round.
    weight: request.steps * plan.unitTokens,
    scale,
    units,
  };
}

/** Merges one slot in canonical order. The new state's blobs are durable when this resolves; nothing else has changed. */
export async function mergeSlot(
  state: ShepherdState,
  reducer: Reducer,
  { round, slot, pending, late }: SlotToMerge,
): Promise<CommitBody> {
  const norms = state.norms[slot] ?? [];
  const contributions: Contribution[] = [];
  const refused: RejectedUpdate[] = late.map((lease) =>
    rejected(lease, "late", "the others were not kept waiting any longer"),
  );
  for (const update of pending) {
    const problem = problemOf(state, update);
    const judgement = judgeUpdate({ finite: true, norm: update.norm }, norms, state.plan.merge);
    if (problem !== null) refused.push(problem);
    else if (judgement.kind === "rejected")
      refused.push(rejected(update.lease, judgement.why, judgement.detail));
    else contributions.push(contribution(state, update, judgement.scale));
  }
  contributions.sort((a, b) => byName(a.worker, b.worker));
  refused.sort((a, b) => byName(a.worker, b.worker));
  const fragments = contributions.length === 0 ? [] : (state.plan.slots[slot]?.fragments ?? []);
  const replies = await Promise.all(
    fragments.map((fragment) => mergeFragment(state, reducer, fragment, contributions)),
  );
  const added = contributions.reduce((sum, { tokens }) => sum + tokens, 0);
  return {
    kind: "commit",
    ...{ round, slot, contributions, rejected: refused },
    fragments: fragments.map((fragment, index) => {
      const reply = replies[index];
      invariant(
        reply?.state.version === state.current(fragment).version + 1,
        `fragment ${fragment} was merged into version ${reply?.state.version}`,
      );
      return { fragment, state: reply.state };
    }),
    ...changes(replies),
    tokens: state.tokens + added,
  };
}

/** After a merge that failed: forgets updates whose blobs are not here any more, so that their workers hand them in again; false where none is. */
export async function askAgain(
  { collector, reducer, waiters, log }: ShepherdContext,
  { round, pending }: SlotToMerge,
): Promise<boolean> {
  let any = false;
  for (const update of pending) {
    const { updates, worker } = update.request;
    const there = await Promise.all(
      updates.map(({ fragment, blob }) => reducer.has(fragment, blob.digest)),
    ).catch(() => [true]);
    if (there.every((is) => is)) continue;
    any = true;
    collector.forget(update);
    waiters.notify(worker);
    log(`round ${round}: what ${worker} handed in is lost or damaged here: it is asked for again`);
  }
  return any;
}

/** Merges the updates of contributions into one fragment, as it is before them. */
export function mergeFragment(
  state: ShepherdState,
  reducer: Reducer,
  fragment: number,
  contributions: readonly Contribution[],
): Promise<MergeReply> {
  const updates = contributions.flatMap(({ worker, updates: all, weight, scale }) => {
    const update = all.find((candidate) => candidate.fragment === fragment);
    const base = update && state.version(fragment, update.base);
    if (update === undefined || base === null || base === undefined) return [];
    return [{ worker, digest: update.blob.digest, base: base.published.digest, weight, scale }];
  });
  return reducer.merge({ fragment, state: state.current(fragment), updates, tokens: state.tokens });
}

function changes(replies: readonly MergeReply[]): {
  readonly updateNorm: number;
  readonly cosine: number | null;
} {
  const sum = (of: (reply: MergeReply) => number): number =>
    replies.reduce((total, reply) => total + of(reply), 0);
  const norms = Math.sqrt(
    sum(({ gradientSquaredNorm }) => gradientSquaredNorm) *
      sum(({ momentumSquaredNorm }) => momentumSquaredNorm),
  );
  return {
    updateNorm: Math.sqrt(sum(({ updateSquaredNorm }) => updateSquaredNorm)),
    cosine: norms > 0 ? sum(({ momentumDot }) => momentumDot) / norms : null,
  };
}
