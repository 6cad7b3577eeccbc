/** @file The pcp-train tool: trains on one machine, samples from checkpoints. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import { DataError } from "#lib/data/token-file.ts";
import {
  byteTokenizer,
  charTokenizer,
  type Tokenizer,
  U16_TOKENS,
  u16Tokenizer,
} from "#lib/data/tokenizer.ts";
import { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { renderDiagnostic } from "#lib/diag/render.ts";
import { SourceFile } from "#lib/diag/source-file.ts";
import { type Engine, EngineError } from "#lib/runtime/engine.ts";
import { type EngineName, openEngine } from "#lib/runtime/open.ts";
import { EXIT, type ToolIo, type ToolMain } from "#lib/support/io.ts";
import { isProblem } from "#lib/support/problem.ts";
import { escapeName, plural } from "#lib/support/text.ts";
import { writeFileAtomically } from "#lib/tensors/files.ts";
import {
  bestCheckpoint,
  type Checkpoint,
  findCheckpoint,
  listCheckpoints,
  loadCheckpoint,
} from "#lib/train/checkpoint.ts";
import {
  distributedKeysIn,
  type Override,
  parseConfig,
  printedSchema,
  stepsOf,
  type TrainConfig,
} from "#lib/train/config.ts";
import { curveSvg, drawCurve } from "#lib/train/curve.ts";
import { claimFolder, clearFolder, earlierRun, type FolderClaim } from "#lib/train/folder.ts";
import { sampleText } from "#lib/train/generate.ts";
import { functionNamed, Machine } from "#lib/train/machine.ts";
import { MetricsWriter, readMetrics } from "#lib/train/metrics.ts";
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
import { createCommand, parseCommandAsync } from "./options.ts";
import { readInput, writeOutput } from "./output.ts";

const TOOL = "pcp-train";
/** Training module of a run, kept beside its checkpoints. */
const MODULE_FILE = "module.mlir";

interface TrainOptions {
  readonly config?: string;
  readonly set?: readonly string[];
  readonly resume?: boolean;
  readonly overwrite?: boolean;
  readonly dryRun?: boolean;
  readonly printSchema?: boolean;
  readonly json?: boolean;
  readonly [override: string]: unknown;
}

/** Flags that stand for config keys; a path of the command line is relative to the working folder. */
const OVERRIDES = [
  ["--model <file>", "model_path", "path"],
  ["--data <file>", "data_path", "path"],
  ["--weights <file>", "weights_path", "path"],
  ["--checkpoint-dir <folder>", "checkpoint_dir", "path"],
  ["--engine <name>", "engine", "text"],
  ["--device <uri>", "device", "text"],
  ["--steps <n>", "steps", "number"],
  ["--learning-rate <x>", "learning_rate", "number"],
  ["--seed <n>", "seed", "number"],
  ["--log-every <n>", "log_every", "number"],
  ["--on-nan <what>", "on_nan", "text"],
] as const;

const camel = (flag: string): string =>
  flag
    .slice(2)
    .split(" ")[0]
    ?.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()) ?? "";

/** Values of flags and of `--set key=value` by config key. */
function overridesOf(options: TrainOptions, cwd: string): Override[] {
  const overrides: Override[] = [];
  for (const [flag, key, kind] of OVERRIDES) {
    const text = options[camel(flag)];
    if (typeof text !== "string") continue;
    overrides.push([
      key,
      kind === "path" ? resolve(cwd, text) : kind === "number" ? numberOr(text) : text,
      flag.replace(/ .*/, ""),
    ]);
  }
  for (const entry of options.set ?? []) {
    const at = entry.indexOf("=");
    overrides.push(at === -1 ? [entry, true] : [entry.slice(0, at), jsonOr(entry.slice(at + 1))]);
  }
  if (options.resume === true) overrides.push(["should_resume", true, "--resume"]);
  return overrides;
}

const numberOr = (text: string): unknown =>
  text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const printErrors = (io: ToolIo, engine: DiagnosticEngine): void => {
  for (const diagnostic of engine.diagnostics)
    io.stderr.write(renderDiagnostic(diagnostic, { color: io.stderr.isTerminal }));
};

const fail = (io: ToolIo, message: string, details: readonly string[] = []): number => {
  io.stderr.write(`${TOOL}: error: ${escapeName(message)}\n`);
  for (const line of details) io.stderr.write(`  ${escapeName(line)}\n`);
  return EXIT.failure;
};

async function readConfig(
  io: ToolIo,
  options: TrainOptions,
): Promise<{ config: TrainConfig; base: string } | number> {
  if (options.config === undefined) {
    io.stderr.write(
      `${TOOL}: error: --config is missing; --print-schema shows what a config holds\n`,
    );
    return EXIT.usage;
  }
  const input = await readInput(io, options.config);
  if (input.error !== undefined) return fail(io, input.error);
  const file = new SourceFile(input.name, new TextDecoder().decode(input.bytes));
  const engine = new DiagnosticEngine();
  const config = parseConfig(file, overridesOf(options, io.cwd), engine);
  printErrors(io, engine);
  if (config === null) return EXIT.failure;
  return {
    config,
    base: options.config === "-" ? io.cwd : dirname(resolve(io.cwd, options.config)),
  };
}

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
  const events = readMetrics(folder);
  const points = (kind: string) =>
    events.flatMap(({ event, step, loss }) =>
      event === kind && typeof loss === "number" ? [{ step, value: loss }] : [],
    );
  const curves = [
    { name: "training loss", points: points("step") },
    { name: "evaluation loss", points: points("eval") },
  ];
  const svg = join(folder, "loss.svg");
  writeFileAtomically(svg, [new TextEncoder().encode(curveSvg("Loss by step", curves))]);
  io.stderr.write(
    drawCurve(curves[0]?.points ?? [], Math.max(8, Math.min(64, io.stderr.columns - 12))),
  );
  note(`loss curve: ${svg}`);
  note(`checkpoint: ${outcome.checkpoint.path}`);
  if (outcome.kind === "interrupted")
    note(`interrupted after step ${outcome.step} of ${steps}; go on with --resume`);
  else note(`done: ${plural(steps, "step")} in ${formatDuration(milliseconds / 1000)}`);
  if (options.json === true) {
    const { step, tokens, evalLoss } = outcome.checkpoint.manifest;
    const loss = points("step").at(-1)?.value ?? null;
    io.stdout.write(
      `${JSON.stringify({ outcome: outcome.kind, step, tokens, loss, evalLoss, checkpoint: outcome.checkpoint.path })}\n`,
    );
  }
  return EXIT.ok;
}

async function runTraining(io: ToolIo, options: TrainOptions): Promise<number> {
  if (options.printSchema === true) {
    const written = await writeOutput(io, "-", `${JSON.stringify(printedSchema(), null, 2)}\n`);
    return written === null ? EXIT.ok : fail(io, written);
  }
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

/** Opens an engine, runs `body`, closes the engine; problems outside this program become one message. */
async function withEngine(
  io: ToolIo,
  choice: { readonly engine: EngineName; readonly device?: string | undefined },
  note: (text: string) => void,
  body: (engine: Engine) => Promise<number>,
): Promise<number> {
  let engine: Engine | null = null;
  try {
    const opened = await openEngine({
      engine: choice.engine,
      place: { env: io.env, cwd: io.cwd },
      // A run under way ends by itself, with a checkpoint.
      compileSignal: io.signal,
      ...(choice.device === undefined ? {} : { device: choice.device }),
      onAttempt: ({ name }) => note(`compiling (${name})`),
      onWaiting: ({ name }, seconds) => note(`still compiling after ${seconds} s (${name})`),
      onCompiled: ({ cached, rung, seconds }) =>
        note(
          cached
            ? `compiled module found in the cache (${rung})`
            : `compiled in ${seconds.toFixed(1)} s (${rung})`,
        ),
    });
    engine = opened;
    return await body(opened);
  } catch (error) {
    if (error instanceof EngineError) return fail(io, error.message, error.details);
    if (error instanceof DataError) return fail(io, error.message);
    throw error;
  } finally {
    await engine?.close();
  }
}

interface SampleOptions {
  readonly checkpoint: string;
  readonly best?: boolean;
  readonly prompt: string;
  readonly tokens: string;
  readonly temperature: string;
  readonly topK: string;
  readonly seed: string;
  readonly engine: string;
  readonly device?: string;
}

function tokenizerOf({ manifest }: Checkpoint, vocabulary: number): Tokenizer {
  const { name, alphabet } = manifest.tokenizer;
  if (name === "char" && alphabet !== null) return charTokenizer(alphabet);
  return name === "u16" ? u16Tokenizer(vocabulary) : byteTokenizer();
}

async function runSample(io: ToolIo, options: SampleOptions): Promise<number> {
  const numbers = [options.tokens, options.temperature, options.topK, options.seed].map(Number);
  const [count, temperature, topK, seed] = numbers as [number, number, number, number];
  const whole = [count, topK, seed].every((value) => Number.isSafeInteger(value) && value >= 0);
  if (!whole || !Number.isFinite(temperature) || temperature < 0 || options.prompt === "") {
    io.stderr.write(
      `${TOOL}: error: --tokens, --top-k and --seed take whole numbers from 0, --temperature a number from 0, --prompt at least one character\n`,
    );
    return EXIT.usage;
  }
  if (options.engine !== "iree" && options.engine !== "interp") {
    io.stderr.write(
      `${TOOL}: error: --engine must be iree or interp, but got '${options.engine}'\n`,
    );
    return EXIT.usage;
  }
  const path = resolve(io.cwd, options.checkpoint);
  const found =
    (options.best === true ? bestCheckpoint(listCheckpoints(path)) : null) ?? findCheckpoint(path);
  if (isProblem(found)) return fail(io, found.problem);
  const tensors = await loadCheckpoint(found);
  if (isProblem(tensors)) return fail(io, tensors.problem);
  const modulePath = join(dirname(found.path), MODULE_FILE);
  if (!existsSync(modulePath))
    return fail(io, `'${modulePath}' is missing: it is written beside a run's checkpoints`);
  const text = readFileSync(modulePath, "utf8");
  const note = (line: string): void => io.stderr.write(`${TOOL}: ${line}\n`);
  return withEngine(
    io,
    { engine: options.engine, device: options.device },
    note,
    async (engine) => {
      const machine = new Machine(
        engine,
        await engine.load({ kind: "mlir", name: modulePath, text }),
      );
      await machine.set(tensors.weights);
      const sampled = await sampleText(
        machine,
        tokenizerOf(found, logitsWidth(machine.module.functions) ?? U16_TOKENS),
        options.prompt,
        { temperature, topK, seed, count },
        io.signal,
      );
      io.stdout.write(`${options.prompt}${sampled}\n`);
      return EXIT.ok;
    },
  );
}

function addTraining(command: Command, io: ToolIo, end: (code: number) => void): void {
  command
    .optionsGroup("Run:")
    .option("--config <file>", "training config in JSON; flags override its keys")
    .option("--resume", "go on from the last checkpoint that is whole")
    .option("--overwrite", "begin anew in a folder that holds a run")
    .option("--dry-run", "check everything and compile, but do not train")
    .option("--json", "print the outcome as JSON on standard output");
  command.optionsGroup("Config keys:");
  for (const [flag, key] of OVERRIDES) command.option(flag, `config key ${key}`);
  command
    .option("--set <key=value...>", "any config key, such as optimizer.weight_decay=0.1")
    .option("--print-schema", "print the JSON schema of a config")
    .action(async (options: TrainOptions) => end(await runTraining(io, options)));
}

function addSample(command: Command, io: ToolIo, end: (code: number) => void): void {
  command
    .command("sample")
    .description("print text sampled from a checkpoint")
    .requiredOption("--checkpoint <folder>", "a checkpoint, or the folder of a run (its last one)")
    .option("--best", "the checkpoint with the lowest evaluation loss")
    .option("--prompt <text>", "beginning of the text", "\n")
    .option("--tokens <n>", "tokens to sample", "200")
    .option("--temperature <x>", "divides the logits; 0 takes the likeliest token", "0.8")
    .option("--top-k <n>", "sample from the k likeliest only; 0: all", "0")
    .option("--seed <n>", "selects the random numbers", "0")
    .option("--engine <name>", "iree or interp", "iree")
    .option("--device <uri>", "IREE device, such as local-task")
    .action(async (options: SampleOptions) => end(await runSample(io, options)));
}

/** Entry of pcp-train. */
export const trainMain: ToolMain = async (io) => {
  let code: number = EXIT.ok;
  const end = (result: number): void => {
    code = result;
  };
  const command = createCommand(
    {
      name: TOOL,
      summary: "Trains a model described by a StableHLO module on this machine.",
      examples: [
        { command: "pcp-train --config train.json", does: "train" },
        { command: "pcp-train --config train.json --resume", does: "go on after an interruption" },
        {
          command: "pcp-train --config train.json --set optimizer.weight_decay=0.1 --steps 100",
          does: "override keys of the config",
        },
        {
          command: "pcp-train sample --checkpoint checkpoints --prompt 'The '",
          does: "print sampled text",
        },
      ],
    },
    io,
  );
  addTraining(command, io, end);
  addSample(command, io, end);
  return (await parseCommandAsync(command, io)) ?? code;
};
