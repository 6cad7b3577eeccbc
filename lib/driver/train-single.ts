/** @file Training on one machine. */
import { join, resolve } from "node:path";
import { DataError } from "#lib/data/token-file.ts";
import { U16_TOKENS } from "#lib/data/tokenizer.ts";
import { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import type { Engine } from "#lib/runtime/engine.ts";
import { EXIT, type ToolIo } from "#lib/support/io.ts";
import { plural } from "#lib/support/text.ts";
import { writeFileAtomically } from "#lib/tensors/files.ts";
import { MODULE_FILE } from "#lib/train/checkpoint.ts";
import { distributedKeysIn, stepsOf, type TrainConfig } from "#lib/train/config.ts";
import { claimFolder, clearFolder, earlierRun, type FolderClaim } from "#lib/train/folder.ts";
import { functionNamed, Machine } from "#lib/train/machine.ts";
import { MetricsWriter } from "#lib/train/metrics.ts";
import { type TrainingModule, trainingModule } from "#lib/train/module.ts";
import {
  alphabetOf,
  batchShape,
  continuationNotes,
  decisiveSettings,
  fillMachine,
  findStart,
  logitsWidth,
  microBatchCount,
  openData,
  scheduleOf,
  startingValues,
} from "#lib/train/prepare.ts";
import { formatDuration, Progress } from "#lib/train/progress.ts";
import { type Outcome, Trainer } from "#lib/train/trainer.ts";
import { workPerToken } from "#lib/train/utilization.ts";
import {
  fail,
  printErrors,
  readConfig,
  showCurve,
  TOOL,
  type TrainOptions,
  withEngine,
} from "./train-common.ts";

/** A run from config to last checkpoint; every resource is closed by the caller. */
interface Run {
  readonly io: ToolIo;
  readonly config: TrainConfig;
  readonly base: string;
  readonly folder: string;
  readonly steps: number;
  readonly progress: Progress;
  readonly note: (text: string) => void;
}

async function train(
  run: Run,
  engine: Engine,
  module: TrainingModule,
  options: TrainOptions,
): Promise<number> {
  const { io, config, base, folder, steps, progress, note } = run;
  // Whatever can be wrong is found before the compiler takes its time.
  const info = functionNamed(module.functions, "train_step");
  const shape = batchShape(info);
  if (config.eval_every > 0) functionNamed(module.functions, "main");
  if (config.sample_every > 0) functionNamed(module.functions, "logits");
  const microBatches = microBatchCount(config, shape[0]);
  const tokensPerStep = microBatches * shape[0] * shape[1];
  const start = config.should_resume
    ? await findStart(folder, note)
    : { checkpoint: null, tensors: null };
  const data = openData(
    config,
    shape,
    logitsWidth(module.functions) ?? module.tokenBound ?? U16_TOKENS,
    start.checkpoint?.manifest.tokenizer.alphabet ?? null,
    base,
  );
  const values = startingValues(info, config, start, base);
  const loaded = await engine.load({ kind: "mlir", name: config.model_path, text: module.text });
  const machine = new Machine(engine, loaded);
  await fillMachine(machine, info, values, start);
  const origin = {
    module: module.digest,
    settings: decisiveSettings(config, steps, data.trainTokens),
  };
  if (start.checkpoint !== null) continuationNotes(start.checkpoint, origin, steps).forEach(note);
  if (options.dryRun === true) {
    note(
      `dry run: ${plural(steps, "step")} of ${tokensPerStep} tokens on ${engine.name}; nothing was trained`,
    );
    return EXIT.ok;
  }
  clearFolder(folder, start.checkpoint?.manifest.step ?? 0);
  writeFileAtomically(join(folder, MODULE_FILE), [new TextEncoder().encode(module.text)]);
  const metrics = new MetricsWriter(
    folder,
    start.checkpoint?.manifest.step ?? 0,
    config.tensorboard,
    io.now,
  );
  const startedAt = io.now();
  try {
    const trainer = new Trainer(
      {
        machine,
        config,
        steps,
        microBatches,
        tokensPerStep,
        flopsPerToken: workPerToken(config, base, info),
        folder,
        origin,
        metrics,
        progress,
        schedule: scheduleOf(config, steps, tokensPerStep),
        train: data.train,
        held: data.held,
        tokenizer: data.file.tokenizer,
        alphabet: alphabetOf(data.file),
        signal: io.signal,
        now: io.now,
      },
      start.checkpoint,
    );
    const outcome = await trainer.run();
    return finish(run, outcome, io.now() - startedAt, options);
  } finally {
    metrics.close();
    data.file.close();
  }
}

function finish(
  { io, folder, note, steps }: Run,
  outcome: Outcome,
  milliseconds: number,
  options: TrainOptions,
): number {
  if (outcome.kind === "failed") return fail(io, outcome.problem);
  const loss = showCurve(io, folder, note);
  note(`checkpoint: ${outcome.checkpoint.path}`);
  if (outcome.kind === "interrupted")
    note(`interrupted after step ${outcome.step} of ${steps}; go on with --resume`);
  else note(`done: ${plural(steps, "step")} in ${formatDuration(milliseconds / 1000)}`);
  if (options.json === true) {
    const { step, tokens, evalLoss } = outcome.checkpoint.manifest;
    io.stdout.write(
      `${JSON.stringify({ outcome: outcome.kind, step, tokens, loss, evalLoss, checkpoint: outcome.checkpoint.path })}\n`,
    );
  }
  return EXIT.ok;
}

/** Trains on this machine; the exit code. */
export async function runTraining(io: ToolIo, options: TrainOptions): Promise<number> {
  const read = await readConfig(io, options);
  if (typeof read === "number") return read;
  const { config, base } = read;
  const note = (text: string): void => progress.line(`${TOOL}: ${text}`);
  const progress = new Progress(io.stderr, config.log_every);
  const run: Run = {
    io,
    config,
    base,
    note,
    progress,
    folder: resolve(base, config.checkpoint_dir),
    steps: stepsOf(config) ?? 0,
  };
  const left = distributedKeysIn(config);
  if (left.length > 0)
    note(`no meaning on one machine, left out: ${left.map((key) => `'${key}'`).join(", ")}`);
  let claim: FolderClaim | null = null;
  try {
    if (options.dryRun !== true) claim = claimFolder(run.folder);
    const conflict =
      config.should_resume || options.overwrite === true ? null : earlierRun(run.folder);
    if (conflict !== null) return fail(io, conflict);
    const diagnostics = new DiagnosticEngine();
    const module = trainingModule(resolve(base, config.model_path), config, diagnostics);
    printErrors(io, diagnostics);
    if (module === null) return EXIT.failure;
    return await withEngine(io, config, note, (engine) => train(run, engine, module, options));
  } catch (error) {
    if (error instanceof DataError) return fail(io, error.message);
    throw error;
  } finally {
    claim?.release();
  }
}
