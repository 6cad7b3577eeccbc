/** @file What the commands of pcp-train share: flags that stand for config keys, reading the config, opening an engine. */
import { dirname, join, resolve } from "node:path";
import { DataError } from "#lib/data/token-file.ts";
import { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { renderDiagnostic } from "#lib/diag/render.ts";
import { SourceFile } from "#lib/diag/source-file.ts";
import { type Engine, EngineError } from "#lib/runtime/engine.ts";
import { type EngineName, openEngine } from "#lib/runtime/open.ts";
import { EXIT, type ToolIo } from "#lib/support/io.ts";
import { escapeName } from "#lib/support/text.ts";
import { writeFileAtomically } from "#lib/tensors/files.ts";
import { type Override, parseConfig, type TrainConfig } from "#lib/train/config.ts";
import { curveSvg, drawCurve } from "#lib/train/curve.ts";
import { readMetrics } from "#lib/train/metrics.ts";
import { readInput } from "./output.ts";

export const TOOL = "pcp-train";

export interface TrainOptions {
  readonly config?: string;
  readonly set?: readonly string[];
  readonly resume?: boolean;
  readonly overwrite?: boolean;
  readonly dryRun?: boolean;
  readonly printSchema?: boolean;
  readonly json?: boolean;
  readonly streaming?: boolean;
  readonly [override: string]: unknown;
}

/** Flags that stand for config keys; a path of the command line is relative to the working folder. */
export const OVERRIDES = [
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
  ["--peak-flops <n>", "peak_flops", "number"],
] as const;

/** The same for distributed runs. */
export const CLUSTER_OVERRIDES = [
  ["--workers <n>", "workers", "number"],
  ["--algorithm <name>", "algorithm", "text"],
  ["--tau <n>", "tau", "number"],
  ["--rounds <n>", "outer_loop_steps", "number"],
  ["--outer-learning-rate <x>", "outer_learning_rate", "number"],
  ["--fragments <n>", "fragments", "number"],
  ["--quorum <n>", "quorum", "number"],
  ["--merge <how>", "merge", "text"],
  ["--wire <format>", "wire", "text"],
  ["--reducers <n>", "reducers", "number"],
] as const;

const camel = (flag: string): string =>
  flag
    .slice(2)
    .split(" ")[0]
    ?.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()) ?? "";

/** Values of flags and of `--set key=value` by config key. */
function overridesOf(options: TrainOptions, cwd: string): Override[] {
  const overrides: Override[] = [];
  for (const [flag, key, kind] of [...OVERRIDES, ...CLUSTER_OVERRIDES]) {
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
  if (options.streaming === true) overrides.push(["algorithm", "streaming", "--streaming"]);
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

export const printErrors = (io: ToolIo, engine: DiagnosticEngine): void => {
  for (const diagnostic of engine.diagnostics)
    io.stderr.write(renderDiagnostic(diagnostic, { color: io.stderr.isTerminal }));
};

export const fail = (io: ToolIo, message: string, details: readonly string[] = []): number => {
  io.stderr.write(`${TOOL}: error: ${escapeName(message)}\n`);
  for (const line of details) io.stderr.write(`  ${escapeName(line)}\n`);
  return EXIT.failure;
};

export async function readConfig(
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

/** Opens an engine, runs `body`, closes the engine; problems outside this program become one message. */
export async function withEngine(
  io: ToolIo,
  choice: {
    readonly engine: EngineName;
    readonly device?: string | undefined;
    /** Interpret in a thread, because this process must answer others meanwhile. */
    readonly thread?: boolean;
  },
  note: (text: string) => void,
  body: (engine: Engine) => Promise<number>,
): Promise<number> {
  let engine: Engine | null = null;
  try {
    const opened = await openEngine({
      engine: choice.engine,
      thread: choice.thread ?? false,
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

/** Draws the losses of a run, also as SVG into its folder; the last training loss. */
export function showCurve(io: ToolIo, folder: string, note: (text: string) => void): number | null {
  const events = readMetrics(folder);
  const points = (kind: string) =>
    events.flatMap(({ event, step, loss }) =>
      event === kind && typeof loss === "number" ? [{ step, value: loss }] : [],
    );
  const losses = points("step");
  const curves = [
    { name: "training loss", points: losses },
    { name: "evaluation loss", points: points("eval") },
  ];
  const svg = join(folder, "loss.svg");
  writeFileAtomically(svg, [new TextEncoder().encode(curveSvg("Loss by step", curves))]);
  io.stderr.write(drawCurve(losses, Math.max(8, Math.min(64, io.stderr.columns - 12))));
  note(`loss curve: ${svg}`);
  return losses.at(-1)?.value ?? null;
}
