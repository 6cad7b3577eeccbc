/** @file The step loop of one machine: batches in, losses out, evaluation, samples and checkpoints on the way. */
import type { BatchSampler } from "#lib/data/sampler.ts";
import type { Tokenizer } from "#lib/data/tokenizer.ts";
import { EngineError, type FunctionInfo, type Value, type ValueInfo } from "#lib/runtime/engine.ts";
import { present } from "#lib/support/assert.ts";
import { isProblem } from "#lib/support/problem.ts";
import { readNumber, type Tensor, tensorFromNumbers } from "#lib/tensors/tensor.ts";
import {
  type Checkpoint,
  type CheckpointManifest,
  pruneCheckpoints,
  saveCheckpoint,
} from "./checkpoint.ts";
import type { TrainConfig } from "./config.ts";
import { sampleText } from "./generate.ts";
import type { Machine, PendingStep } from "./machine.ts";
import type { MetricsWriter } from "./metrics.ts";
import type { Progress } from "./progress.ts";
import { learningRate, type Schedule } from "./schedule.ts";

/** What a run needs besides its config. */
export interface TrainerParts {
  readonly machine: Machine;
  readonly config: TrainConfig;
  readonly steps: number;
  readonly schedule: Schedule;
  /** Forward passes per optimizer step. */
  readonly microBatches: number;
  readonly tokensPerStep: number;
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

interface StepNumbers {
  readonly loss: number;
  readonly gradNorm: number | null;
  /** Null where the results are current values already. */
  readonly pending: PendingStep | null;
}

const scalarOf = (tensor: Tensor | undefined): number | null =>
  tensor === undefined ? null : readNumber(tensor, 0);

/** A number as JSON can hold it: one that is not finite by its name. */
const finiteOr = (value: number): number | string =>
  Number.isFinite(value) ? value : String(value);

/** A number in the type of an argument. */
const scalarFor = (info: ValueInfo, value: number): Tensor =>
  tensorFromNumbers(present(info.dtype, "dtype of a scalar argument"), [], [value]);

const nameOf = (info: FunctionInfo, role: string): string | null =>
  info.results.find((result) => result.role === role)?.name ?? null;

/** Arguments that a batch fills, in order: tokens, then targets. */
export const dataArguments = (info: FunctionInfo): readonly ValueInfo[] =>
  info.args.filter(({ role }) => role === "data");

/** Weights (params, buffers, frozen) and optimizer state of a training module, by name. */
export function carriedNames(info: FunctionInfo): { weights: string[]; state: string[] } {
  const named = (roles: readonly string[]): string[] =>
    info.args.flatMap(({ name, role }) =>
      name !== null && role !== null && roles.includes(role) ? [name] : [],
    );
  return { weights: named(["param", "buffer", "frozen"]), state: named(["state", "step"]) };
}

/** Runs steps until the last one, an interruption or a failure. */
export class Trainer {
  private readonly parts: TrainerParts;
  private readonly info: FunctionInfo;
  private step: number;
  private accumulators: ReadonlyMap<string, Value> | null = null;
  private lastCheckpoint: Checkpoint | null;

  /** @param resumed - the checkpoint whose values the machine holds, or null for a new run. */
  constructor(parts: TrainerParts, resumed: Checkpoint | null) {
    this.parts = parts;
    this.info = parts.machine.function("train_step");
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
    return this.parts.microBatches > 1 ? this.accumulatedStep(step) : this.plainStep(step);
  }

  /** Accepts a step and tells of it; a message where its loss is not finite and the run shall stop. */
  private record(
    { loss, gradNorm, pending }: StepNumbers,
    started: { step: number; at: number },
  ): string | null {
    const { config, tokensPerStep, progress, steps, metrics, now } = this.parts;
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
    const secondsLeft = ((steps - this.step) * seconds) / done;
    progress.step({
      step: this.step,
      steps,
      loss,
      gradNorm,
      learningRate: rate,
      tokensPerSecond,
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

  private batchInputs(info: FunctionInfo, index: number): Map<string, Value> {
    const batch = this.parts.train.batch(index);
    return namedBatch(info, batch);
  }

  private async plainStep(step: number): Promise<StepNumbers> {
    const { machine, config } = this.parts;
    const inputs = this.batchInputs(this.info, step);
    for (const arg of this.info.args)
      if (arg.role === "lr" && arg.name !== null)
        inputs.set(arg.name, scalarFor(arg, this.rateOf(step)));
    const lossName = nameOf(this.info, "loss") ?? "loss";
    const fetch = [lossName, "grad_norm"];
    const numbers = (fetched: ReadonlyMap<string, Tensor>): Omit<StepNumbers, "pending"> => ({
      loss: scalarOf(fetched.get(lossName)) ?? Number.NaN,
      gradNorm: scalarOf(fetched.get("grad_norm")),
    });
    if (config.on_nan === "stop" && machine.canBegin("train_step"))
      return { ...numbers(await machine.begin("train_step", inputs, fetch)), pending: null };
    const pending = await machine.step("train_step", inputs, fetch, config.on_nan === "skip");
    return { ...numbers(pending.fetched), pending };
  }

  /** Sums gradients over several batches, then updates once; the loss is the mean of theirs. */
  private async accumulatedStep(step: number): Promise<StepNumbers> {
    const { machine, config, microBatches } = this.parts;
    const grad = machine.function("grad_step");
    const lossName = nameOf(grad, "loss") ?? "loss";
    this.accumulators ??= await this.zeroAccumulators();
    // Where a step may be skipped, nothing becomes a current value before its end.
    const revocable = config.on_nan === "skip";
    let added: PendingStep | null = null;
    let sum = 0;
    for (let i = 0; i < microBatches; i++) {
      const inputs = this.batchInputs(grad, step * microBatches + i);
      for (const [name, value] of i === 0 ? this.accumulators : (added?.carried ?? []))
        inputs.set(name, value);
      const pending = await machine.step("grad_step", inputs, [lossName], revocable);
      if (revocable) added?.discard();
      else pending.accept();
      added = revocable ? pending : null;
      sum += scalarOf(pending.fetched.get(lossName)) ?? Number.NaN;
    }
    const apply = machine.function("apply_step");
    const inputs = new Map<string, Value>(added?.carried);
    for (const arg of apply.args) {
      if (arg.role === "lr" && arg.name !== null)
        inputs.set(arg.name, scalarFor(arg, this.rateOf(step)));
      else if (arg.name === "count") inputs.set(arg.name, scalarFor(arg, microBatches));
    }
    const applied = await machine.step("apply_step", inputs, ["grad_norm"], revocable);
    const gradNorm = scalarOf(applied.fetched.get("grad_norm"));
    const pending: PendingStep = {
      ...applied,
      accept: () => [added, applied].forEach((part) => void part?.accept()),
      discard: () => [added, applied].forEach((part) => void part?.discard()),
    };
    return { loss: sum / microBatches, gradNorm, pending };
  }

  /** Zeros that every accumulation begins from; they stay on the device for the whole run. */
  private async zeroAccumulators(): Promise<Map<string, Value>> {
    const { machine } = this.parts;
    const { results } = machine.function("init_acc");
    const values = await machine.module.call("init_acc", [], { fetch: "none" });
    return new Map(results.map(({ name }, index) => [name ?? "", values[index] as Value]));
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

function namedBatch(
  info: FunctionInfo,
  batch: { readonly tokens: Tensor; readonly targets: Tensor },
): Map<string, Value> {
  const [tokens, targets] = dataArguments(info);
  if (tokens?.name == null || targets?.name == null)
    throw new EngineError(`@${info.name} does not take tokens and targets as data`);
  return new Map<string, Value>([
    [tokens.name, asType(batch.tokens, tokens)],
    [targets.name, asType(batch.targets, targets)],
  ]);
}

/** Tokens in the integer type that a model takes. */
const asType = (tensor: Tensor, { dtype }: ValueInfo): Tensor =>
  dtype === null || dtype === tensor.dtype
    ? tensor
    : tensorFromNumbers(dtype, tensor.shape, Array.from(tensor.data, Number));
