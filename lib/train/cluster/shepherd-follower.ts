/** @file Follows a run's journal: what each round came to, which blobs are still needed, where the run stands. */
import { isBarrier, type RunPlan } from "../protocol/plan.ts";
import type { CommitRecord, FragmentState, JournalRecord } from "../protocol/records.ts";
import { ShepherdState } from "../protocol/shepherd-state.ts";

/** What the merges of one round (decoupled: of as many as there are workers) came to. */
export interface RoundSummary {
  /** Rounds done, this one included. */
  readonly rounds: number;
  /** Inner steps that a worker has done by then. */
  readonly step: number;
  /** Tokens merged by now. */
  readonly tokens: number;
  /** Token-weighted mean training loss; null where nothing was merged. */
  readonly loss: number | null;
  readonly workers: number;
  readonly rejected: number;
  /** L2 norm of the change of all parameters. */
  readonly updateNorm: number;
  readonly cosine: number | null;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Sums over the merges of a round that goes on. */
interface RoundSums {
  tokens: number;
  loss: number;
  workers: Set<string>;
  rejected: number;
  squaredNorm: number;
  cosine: number | null;
}

const noSums = (): RoundSums => ({
  tokens: 0,
  loss: 0,
  workers: new Set(),
  rejected: 0,
  squaredNorm: 0,
  cosine: null,
});

function addCommit(sums: RoundSums, record: CommitRecord): void {
  for (const { worker, tokens, loss } of record.contributions) {
    sums.tokens += tokens;
    sums.loss += tokens * loss;
    sums.workers.add(worker);
  }
  sums.rejected += record.rejected.length;
  sums.squaredNorm += record.updateNorm ** 2;
  sums.cosine = record.cosine ?? sums.cosine;
}

/** Digests of the blobs of a fragment's state. */
export const blobsOfState = (state: FragmentState): string[] =>
  [state.parameters, state.momentum, state.pending.sum, state.published, state.difference ?? null]
    .filter((ref) => ref !== null)
    .map(({ digest }) => digest);

/** Digests that a record names besides the run plan's. */
export function blobsOfRecord(record: JournalRecord): string[] {
  if (record.kind === "start") return record.fragments.flatMap(blobsOfState);
  if (record.kind !== "commit") return [];
  return [
    ...record.fragments.flatMap(({ state }) => blobsOfState(state)),
    ...record.contributions.flatMap(({ updates }) => updates.map(({ blob }) => blob.digest)),
  ];
}

/** State of a run as its journal tells it. */
export class RunFollower {
  readonly state: ShepherdState;
  private readonly plan: RunPlan;
  private sums = noSums();
  /** Last losses of an evaluation. */
  evalLoss: number | null = null;

  constructor(plan: RunPlan) {
    this.plan = plan;
    this.state = new ShepherdState(plan);
  }

  /** Rounds that are over; those of a decoupled run count for all its workers together. */
  get rounds(): number {
    const { finishedRounds } = this.state;
    return isBarrier(this.plan) ? finishedRounds : Math.floor(finishedRounds / this.plan.workers);
  }

  /** Takes in the next record; what the round came to that ends with it, or null. */
  apply(record: JournalRecord): RoundSummary | null {
    const before = this.rounds;
    this.state.apply(record);
    if (record.kind === "eval") this.evalLoss = record.loss;
    if (record.kind === "commit") addCommit(this.sums, record);
    if (this.rounds === before) return null;
    const { tokens, loss, workers, rejected, squaredNorm, cosine } = this.sums;
    this.sums = noSums();
    return {
      rounds: this.rounds,
      step: this.rounds * this.plan.innerSteps,
      tokens: this.state.tokens,
      loss: tokens === 0 ? null : loss / tokens,
      workers: workers.size,
      rejected,
      updateNorm: Math.sqrt(squaredNorm),
      cosine,
      at: record.at,
    };
  }

  /** Current state of every fragment. */
  fragments(): FragmentState[] {
    return this.plan.fragments.map(({ index }) => this.state.current(index));
  }
}
