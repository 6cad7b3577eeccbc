/** @file What a shepherd does beside its decisions: progress, metrics, evaluation, checkpoints, sweeping; never in the way of a round. */
import { isProblem, messageOf } from "#lib/support/problem.ts";
import type { Checkpoint } from "../checkpoint.ts";
import type { TrainConfig } from "../config.ts";
import type { MetricsWriter } from "../metrics.ts";
import type { BlobStore } from "../net/blob-store.ts";
import type { RunPlan } from "../protocol/plan.ts";
import type { FragmentState, JournalBody, JournalRecord } from "../protocol/records.ts";
import { PHASES, type RunStatus } from "../protocol/status.ts";
import { type CheckpointParts, readParameters, writeCheckpoint } from "./checkpoints.ts";
import type { ShepherdModel } from "./evaluate.ts";
import type { BlobSweeper } from "./shepherd-blobs.ts";
import { blobsOfState, type RoundSummary, RunFollower } from "./shepherd-follower.ts";

export interface RecorderParts {
  readonly config: TrainConfig;
  readonly plan: RunPlan;
  readonly store: BlobStore;
  readonly sweeper: BlobSweeper;
  readonly metrics: MetricsWriter;
  /** Steps up to this one are in the metrics already. */
  readonly recordedStep: number;
  readonly model: ShepherdModel;
  readonly checkpoints: CheckpointParts;
  /** Blobs that are needed besides those of the run's state. */
  readonly otherBlobs: () => readonly string[];
  readonly note: (text: string) => void;
  /** The run as it is shown; asked at the end of rounds. */
  readonly status: () => RunStatus;
  /** Milliseconds that only grow. */
  readonly monotonic: () => number;
  /** Told when a round has ended. */
  readonly onRound: (summary: RoundSummary, status: RunStatus) => void;
  /** Writes into the journal. */
  readonly journal: (body: Extract<JournalBody, { kind: "eval" | "checkpoint" }>) => Promise<void>;
}

/** A point of the run that work in the background is about. */
interface Point {
  readonly rounds: number;
  readonly step: number;
  readonly tokens: number;
  readonly states: readonly FragmentState[];
  readonly release: () => void;
}

/** What only the shepherd that saw a round can tell of it: speed, MFU where it is known, and phases in seconds. */
function measured({ tokensPerSecond, mfu, recentRounds }: RunStatus): Record<string, number> {
  const last = recentRounds.findLast(({ tokens }) => tokens > 0);
  const phases = PHASES.map((phase) => [`${phase}_seconds`, last?.[phase] ?? 0] as const);
  return {
    tokens_per_second: tokensPerSecond,
    ...(mfu === null ? {} : { mfu }),
    ...Object.fromEntries(phases),
  };
}

/** Follows the run and keeps a record of it. */
export class RunRecorder {
  readonly follower: RunFollower;
  private readonly parts: RecorderParts;
  private evaluates = false;
  private saves = false;
  private working: Promise<void> | null = null;
  private lastEval: { readonly step: number; readonly loss: number | null } | null = null;
  private saved: Checkpoint | null = null;
  private failures = 0;

  constructor(parts: RecorderParts) {
    this.parts = parts;
    this.follower = new RunFollower(parts.plan);
  }

  get checkpoint(): Checkpoint | null {
    return this.saved;
  }

  /** Takes in records of the past: what they say is recorded, and nothing begun. */
  replay(records: readonly JournalRecord[]): void {
    for (const record of records) {
      const summary = this.take(record);
      if (summary !== null) this.record(summary, {});
    }
  }

  /** Takes in a new record; what follows from it happens in the background. */
  onRecord(record: JournalRecord): void {
    const summary = this.take(record);
    if (record.kind === "commit") this.parts.sweeper.collect(() => this.needed());
    if (summary === null) return;
    const status = this.parts.status();
    this.record(summary, measured(status));
    this.parts.onRound(summary, status);
    const { config, plan } = this.parts;
    const isDue = (every: number): boolean =>
      every > 0 &&
      Math.floor(summary.step / every) > Math.floor((summary.step - plan.innerSteps) / every);
    this.evaluates ||= isDue(config.eval_every);
    this.saves ||= isDue(config.checkpoint_every);
    this.begin();
  }

  private take(record: JournalRecord): RoundSummary | null {
    this.parts.sweeper.follow(record);
    return this.follower.apply(record);
  }

  /** Blobs that the run needs. */
  needed(): ReadonlySet<string> {
    return new Set([...this.follower.state.liveBlobs(), ...this.parts.otherBlobs()]);
  }

  private record(
    { step, tokens, loss, rounds, ...rest }: RoundSummary,
    times: Readonly<Record<string, number>>,
  ): void {
    const { metrics, recordedStep } = this.parts;
    if (step <= recordedStep || loss === null) return;
    const { workers, rejected, updateNorm, cosine } = rest;
    const numbers = { loss, round: rounds, workers, rejected, update_norm: updateNorm };
    try {
      metrics.record({
        ...{ event: "step", step, tokens, ...numbers },
        ...(cosine === null ? {} : { cosine }),
        ...times,
      });
    } catch (error) {
      // Such as a full disk, which the run itself may survive.
      this.complain(`metrics: ${error instanceof Error ? error.message : error}`);
    }
  }

  /** Starts work in the background, unless some is under way: then that goes on with what is due by its end. */
  private begin(): void {
    if (this.working !== null || !(this.evaluates || this.saves)) return;
    this.working = this.work().finally(() => {
      this.working = null;
      this.begin();
    });
  }

  private point(): Point {
    const { sweeper, plan } = this.parts;
    const states = this.follower.fragments();
    const { rounds } = this.follower;
    return {
      rounds,
      step: rounds * plan.innerSteps,
      tokens: this.follower.state.tokens,
      states,
      release: sweeper.pin(states.flatMap(blobsOfState)),
    };
  }

  private async work(): Promise<void> {
    const [evaluates, saves] = [this.evaluates, this.saves];
    this.evaluates = false;
    this.saves = false;
    const point = this.point();
    try {
      const evalLoss = evaluates ? await this.evaluate(point) : null;
      if (saves) await this.save(point, evalLoss);
    } catch (error) {
      // The run goes on: what is kept of it is behind, and said to be.
      this.complain(`round ${point.rounds}: ${error instanceof Error ? error.message : error}`);
    } finally {
      point.release();
    }
  }

  private complain(text: string): void {
    this.failures++;
    if (this.failures <= 10) this.parts.note(`warning: ${text}`);
  }

  private async evaluate({ rounds, step, tokens, states }: Point): Promise<number | null> {
    const { model, store, plan, metrics, note, journal } = this.parts;
    if (this.lastEval?.step === step) return this.lastEval.loss;
    const parameters = await readParameters(store, plan, states);
    if (isProblem(parameters)) throw new Error(parameters.problem);
    const loss = await model.evaluate(parameters);
    this.lastEval = { step, loss };
    if (loss === null) return null;
    note(`eval after round ${rounds}: loss ${loss.toFixed(4)}`);
    metrics.record({
      event: "eval",
      step,
      tokens,
      loss: Number.isFinite(loss) ? loss : String(loss),
    });
    if (!Number.isFinite(loss)) return null;
    await journal({ kind: "eval", round: rounds, tokens, loss });
    return loss;
  }

  private async save({ rounds, tokens, states }: Point, evalLoss: number | null): Promise<void> {
    const { checkpoints, journal, monotonic } = this.parts;
    const began = monotonic();
    const saved = await writeCheckpoint(checkpoints, { rounds, tokens, evalLoss, states });
    if (isProblem(saved)) {
      this.complain(saved.problem);
      return;
    }
    this.saved = saved;
    const milliseconds = Math.round(monotonic() - began);
    await journal({ kind: "checkpoint", round: rounds, path: saved.path, milliseconds });
  }

  /** Waits for what is under way, then evaluates and saves what there is at the end; a message where that failed. */
  async finish(evaluates: boolean): Promise<string | null> {
    while (this.working !== null) await this.working;
    const point = this.point();
    const before = this.failures;
    try {
      const { config } = this.parts;
      const evalLoss = evaluates && config.eval_every > 0 ? await this.evaluate(point) : null;
      const { saved } = this;
      const isThere = saved?.manifest.step === point.step && saved.manifest.tokens === point.tokens;
      if (!isThere) await this.save(point, evalLoss);
    } catch (error) {
      this.complain(messageOf(error));
    } finally {
      point.release();
    }
    await this.parts.sweeper.idle();
    return this.failures > before ? "the last checkpoint was not saved" : null;
  }
}
