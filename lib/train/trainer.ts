/** @file The step loop of one machine: batches in, losses out, evaluation, samples and checkpoints on the way. */
import type { BatchSampler } from "#lib/data/sampler.ts";
import type { Tokenizer } from "#lib/data/tokenizer.ts";
import type { FunctionInfo } from "#lib/runtime/engine.ts";
import { present } from "#lib/support/assert.ts";
import { isProblem } from "#lib/support/problem.ts";
import {
  type Checkpoint,
  type CheckpointManifest,
  pruneCheckpoints,
  saveCheckpoint,
} from "./checkpoint.ts";
import type { TrainConfig } from "./config.ts";
import { sampleText } from "./generate.ts";
import type { Machine } from "./machine.ts";
import type { MetricsWriter } from "./metrics.ts";
import type { Progress } from "./progress.ts";
import { learningRate, type Schedule } from "./schedule.ts";
import { carriedNames, namedBatch, type StepNumbers, StepRunner, scalarOf } from "./steps.ts";

/** What a run needs besides its config. */
export interface TrainerParts {
  readonly machine: Machine;
  readonly config: TrainConfig;
  readonly steps: number;
  readonly schedule: Schedule;
  /** Forward passes per optimizer step. */
  readonly microBatches: number;
  readonly tokensPerStep: number;
  /** Floating-point operations of one token. */
  readonly flopsPerToken: number;
  readonly train: BatchSampler;
  /** Null where nothing is held out. */
  readonly held: BatchSampler | null;
  readonly tokenizer: Tokenizer;
  readonly alphabet: readonly number[] | null;
  /** Folder of checkpoints. */
  readonly folder: string;
  readonly origin: Pick<CheckpointManifest, "module" | "settings">;
  readonly metrics: MetricsWriter;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Milliseconds. */
  readonly now: () => number;
}

/** How a run ended. */
export type Outcome =
  | {
      readonly kind: "done" | "interrupted";
      readonly step: number;
      readonly checkpoint: Checkpoint;
    }
  | { readonly kind: "failed"; readonly step: number; readonly problem: string };

/** A number as JSON can hold it: one that is not finite by its name. */
const finiteOr = (value: number): number | string =>
  Number.isFinite(value) ? value : String(value);

/** Runs steps until the last one, an interruption or a failure. */
export class Trainer {
  private readonly parts: TrainerParts;
  private readonly info: FunctionInfo;
  private readonly runner: StepRunner;
  private step: number;
  private lastCheckpoint: Checkpoint | null;

  /** @param resumed - the checkpoint whose values the machine holds, or null for a new run. */
  constructor(parts: TrainerParts, resumed: Checkpoint | null) {
    this.parts = parts;
    this.info = parts.machine.function("train_step");
    // Where a step may be skipped, nothing becomes a current value before its end.
    this.runner = new StepRunner(parts.machine, parts.microBatches, parts.config.on_nan === "skip");
    this.step = resumed?.manifest.step ?? 0;
    this.lastCheckpoint = resumed;
  }

  private get tokens(): number {
    return this.step * this.parts.tokensPerStep;
  }

  async run(): Promise<Outcome> {
    const { config, steps, signal, progress } = this.parts;
    const started = { step: this.step, at: this.parts.now() };
    let evalLoss: number | null = null;
    let ahead: Promise<StepNumbers> | null = null;
    while (this.step < steps && !(signal.aborted && ahead === null)) {
      const current = ahead ?? this.runStep(this.step);
      ahead = this.mayRunAhead() ? this.runStep(this.step + 1) : null;
      // Its failure is reported when its turn comes, if this step lets it come.
      ahead?.catch(() => {});
      const problem = this.record(await current, started);
      if (problem !== null) return { kind: "failed", step: this.step, problem };
      const isLast = this.step === steps;
      const saves = this.isDue(config.checkpoint_every) || isLast;
      evalLoss = null;
      if (this.isDue(config.eval_every) || (saves && config.eval_every > 0))
        evalLoss = await this.evaluate();
      if (this.isDue(config.sample_every)) await this.sample();
      if (saves && !isLast) {
        const failed = await this.save(evalLoss);
        if (failed !== null) return { kind: "failed", step: this.step, problem: failed };
      }
    }
    progress.end();
    const failed =
      this.lastCheckpoint?.manifest.step === this.step ? null : await this.save(evalLoss);
    if (failed !== null) return { kind: "failed", step: this.step, problem: failed };
    const checkpoint = present(this.lastCheckpoint, "checkpoint at the end of a run");
    return { kind: signal.aborted ? "interrupted" : "done", step: this.step, checkpoint };
  }

  private isDue(every: number): boolean {
    return every > 0 && this.step % every === 0;
  }

  /** Whether the next step may begin before the loss of this one is known: nothing needs the values in between. */
  private mayRunAhead(): boolean {
    const { machine, microBatches, config, steps, signal } = this.parts;
    const done = this.step + 1;
    const isDue = [config.checkpoint_every, config.eval_every, config.sample_every].some(
      (every) => every > 0 && done % every === 0,
    );
    return (
      !isDue &&
      done < steps &&
      !signal.aborted &&
      microBatches === 1 &&
      config.on_nan === "stop" &&
      machine.canBegin("train_step")
    );
  }

  /** Learning rate of a step, by the tokens before it. */
  private rateOf(step: number): number {
    const { schedule, tokensPerStep } = this.parts;
    return learningRate(schedule, step * tokensPerStep, tokensPerStep);
  }

  private runStep(step: number): Promise<StepNumbers> {
    const { train, microBatches } = this.parts;
    return this.runner.step((i) => train.batch(step * microBatches + i), this.rateOf(step));
  }

  /** Accepts a step and tells of it; a message where its loss is not finite and the run shall stop. */
  private record(
    { loss, gradNorm, pending }: StepNumbers,
    started: { step: number; at: number },
  ): string | null {
    const { config, tokensPerStep, flopsPerToken, progress, steps, metrics, now } = this.parts;
    const rate = this.rateOf(this.step);
    const finite = Number.isFinite(loss) && (gradNorm === null || Number.isFinite(gradNorm));
    if (!finite && config.on_nan === "stop") return this.notFinite(loss, gradNorm);
    if (finite) pending?.accept();
    else {
      pending?.discard();
      progress.line(`step ${this.step + 1}: loss ${loss}, grad_norm ${gradNorm}: skipped`);
    }
    this.step++;
    const seconds = Math.max(1e-9, (now() - started.at) / 1000);
    const done = this.step - started.step;
    const tokensPerSecond = (done * tokensPerStep) / seconds;
    const { peak_flops: peak } = config;
    const mfu = peak === undefined ? null : (tokensPerSecond * flopsPerToken) / peak;
    const secondsLeft = ((steps - this.step) * seconds) / done;
    progress.step({
      step: this.step,
      steps,
      loss,
      gradNorm,
      learningRate: rate,
      tokensPerSecond,
      mfu,
      secondsLeft,
    });
    metrics.record({
      event: "step",
      step: this.step,
      tokens: this.tokens,
      loss: finiteOr(loss),
      ...(gradNorm === null ? {} : { grad_norm: finiteOr(gradNorm) }),
      lr: rate,
      tokens_per_second: tokensPerSecond,
      ...(mfu === null ? {} : { mfu }),
    });
    return null;
  }

  private notFinite(loss: number, gradNorm: number | null): string {
    const { microBatches } = this.parts;
    const first = this.step * microBatches;
    const batch =
      microBatches > 1 ? `batches ${first} to ${first + microBatches - 1}` : `batch ${first}`;
    const norm = gradNorm === null ? "" : `, grad_norm ${gradNorm}`;
    const kept =
      this.lastCheckpoint === null
        ? "there is no checkpoint yet"
        : `the last checkpoint is '${this.lastCheckpoint.path}'`;
    return `step ${this.step + 1} (${batch}): loss ${loss}${norm}; ${kept}. Lower learning_rate, or set on_nan to "skip"`;
  }

  /** Mean loss over the same held-out batches each time. */
  private async evaluate(): Promise<number | null> {
    const { machine, held, config, metrics, progress } = this.parts;
    if (held === null || !machine.has("main")) return null;
    const info = machine.function("main");
    const lossIndex = Math.max(
      0,
      info.results.findIndex(({ role }) => role === "loss"),
    );
    let sum = 0;
    for (let i = 0; i < config.eval_batches; i++) {
      const [loss] = await machine.evaluate("main", namedBatch(info, held.batch(i)), [lossIndex]);
      sum += scalarOf(loss) ?? Number.NaN;
    }
    const loss = sum / config.eval_batches;
    progress.line(`eval ${this.step}/${this.parts.steps}  loss ${loss.toFixed(4)}`);
    metrics.record({ event: "eval", step: this.step, tokens: this.tokens, loss: finiteOr(loss) });
    return Number.isFinite(loss) ? loss : null;
  }

  private async sample(): Promise<void> {
    const { machine, tokenizer, config, progress } = this.parts;
    const text = await sampleText(machine, tokenizer, config.sample_prompt, {
      temperature: 0.8,
      topK: 0,
      seed: config.seed + this.step,
      count: config.sample_tokens,
    });
    progress.line(`sample at step ${this.step}: ${JSON.stringify(text)}`);
  }

  /** Saves the current values; a message where that failed. */
  private async save(evalLoss: number | null): Promise<string | null> {
    const { machine, folder, origin, tokenizer, alphabet, config } = this.parts;
    const { weights, state } = carriedNames(this.info);
    const saved = await saveCheckpoint(
      folder,
      { weights: await machine.get(weights), state: await machine.get(state) },
      {
        step: this.step,
        tokens: this.tokens,
        evalLoss,
        ...origin,
        tokenizer: { name: tokenizer.name, alphabet },
      },
    );
    if (isProblem(saved)) return saved.problem;
    this.lastCheckpoint = saved;
    pruneCheckpoints(folder, config.keep_last);
    return null;
  }
}
