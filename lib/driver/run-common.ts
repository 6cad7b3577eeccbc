/** @file What pcp-run's subcommands share: options, reading a program, opening an engine, reporting problems. */
import { resolve } from "node:path";
import type { Command } from "commander";
import { renderDiagnostic } from "#lib/diag/render.ts";
import type { Compiled } from "#lib/runtime/compile.ts";
import {
  DiagnosticsError,
  type Engine,
  EngineError,
  type FunctionInfo,
  type Program,
} from "#lib/runtime/engine.ts";
import { noSuchFunction } from "#lib/runtime/functions.ts";
import { BACKENDS, type Backend, type Rung } from "#lib/runtime/ladder.ts";
import {
  DEFAULT_DEVICE,
  ENGINES,
  type EngineName,
  openEngine,
  RUNNERS,
  type RunnerName,
} from "#lib/runtime/open.ts";
import { EXIT, type ToolIo } from "#lib/support/io.ts";
import { didYouMean, escapeControls } from "#lib/support/text.ts";
import { readInput } from "./output.ts";

/** A mistake on the command line: one line, exit 2. */
export class UsageProblem extends Error {
  override readonly name = "UsageProblem";
}

/** Something that cannot be done: one line, exit 1. */
export class RunProblem extends Error {
  override readonly name = "RunProblem";
}

/** Options of every subcommand that runs or compiles. */
export interface CommonOptions {
  readonly engine?: string;
  readonly device?: string;
  readonly backend?: string;
  readonly target?: string;
  readonly runner?: string;
  readonly compileFlag?: readonly string[];
  readonly verbose?: boolean;
  readonly json?: boolean;
}

/** Appends a value of an option that may be given several times. */
export const collect = (value: string, list: readonly string[] | undefined): string[] => [
  ...(list ?? []),
  value,
];

/** One of `names`, or a usage problem with the nearest. */
export function choice<T extends string>(option: string, value: string, names: readonly T[]): T {
  const found = names.find((name) => name === value);
  if (found !== undefined) return found;
  throw new UsageProblem(
    `${option} must be one of ${names.join(", ")}, but got '${escapeControls(value)}'${didYouMean(value, names)}`,
  );
}

/** A whole number of an option. */
export function wholeNumber(option: string, value: string, least: number): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && Number.isSafeInteger(number) && number >= least) return number;
  throw new UsageProblem(`${option} must be a whole number from ${least} on, but got '${value}'`);
}

/** Adds the options that say where and how a module runs. */
export const addEngineOptions = (command: Command): Command =>
  command
    .optionsGroup("Execution:")
    .option("--engine <name>", `what runs the module: ${ENGINES.join(" or ")}`, "iree")
    .option(
      "--device <uri>",
      "device of IREE: local-task, local-sync, cuda://0, ...",
      DEFAULT_DEVICE,
    )
    .option(
      "--runner <name>",
      "host: a process that keeps tensors; module: iree-run-module",
      "host",
    );

/** Adds the options that say what MLIR is compiled for. */
export const addCompileOptions = (command: Command): Command =>
  command
    .optionsGroup("Compilation:")
    .option(
      "--backend <name>",
      `compile for ${BACKENDS.join(", ")}; default: what the device needs`,
    )
    .option("--target <name>", "processor: a CPU name, sm_90, gfx942, ...; default: this CPU")
    .option("--compile-flag <flag>", "one more flag for iree-compile; may be repeated", collect)
    .option("--verbose", "show each command line of the compiler");

/** Backend named by the options, or null. */
export const namedBackend = ({ backend }: CommonOptions): Backend | null =>
  backend === undefined ? null : choice("--backend", backend, BACKENDS);

/** Says on stderr how a module came to be. */
export function compiledNote(
  io: ToolIo,
  compiled: Compiled,
  name: string,
  { verbose }: CommonOptions,
): void {
  if (verbose === true && compiled.cached)
    io.stderr.write(`iree-compile ${name} ${compiled.flags.join(" ")}\n`);
  for (const { rung, lines } of compiled.failures)
    io.stderr.write(
      `note: '${name}' does not compile with ${rung} (${lines[0] ?? "no reason given"})\n`,
    );
  const how = compiled.cached
    ? "taken from the cache"
    : `compiled in ${compiled.seconds.toFixed(1)} s${compiled.repaired ? ", because the cache entry was damaged" : ""}`;
  io.stderr.write(`note: '${name}' ${how} (${compiled.rung})\n`);
}

/** Checks the options that name an engine, and returns what opens it: whatever else can be wrong is found before. */
export function engineOpener(io: ToolIo, options: CommonOptions): () => Promise<Engine> {
  const engine: EngineName = choice("--engine", options.engine ?? "iree", ENGINES);
  const runner: RunnerName = choice("--runner", options.runner ?? "host", RUNNERS);
  const backend = namedBackend(options);
  return () =>
    openEngine({
      engine,
      runner,
      place: io,
      device: options.device ?? DEFAULT_DEVICE,
      target: options.target ?? null,
      extraFlags: options.compileFlag ?? [],
      // The interpreter cannot be asked to stop, so that the system's own handling of Ctrl-C must stay for it.
      ...(engine === "iree" ? { signal: io.signal } : {}),
      onCompiled: (compiled, name) => compiledNote(io, compiled, name, options),
      ...(backend === null ? {} : { backend }),
      onAttempt: (rung, command) => attemptNote(io, rung, command, options),
      onWaiting: (rung, seconds) => waitingNote(io, rung, seconds),
    });
}

/** Says that a compilation begins: the command line where asked for, else a line for those who watch. */
export function attemptNote(
  io: ToolIo,
  { name }: Rung,
  command: readonly string[],
  { verbose }: CommonOptions,
): void {
  if (verbose === true) io.stderr.write(`${command.join(" ")}\n`);
  else if (io.stderr.isTerminal) io.stderr.write(`note: compiling '${command[1]}' (${name})\n`);
}

/** Says that a compilation goes on. */
export const waitingNote = (io: ToolIo, { name }: Rung, seconds: number): void => {
  io.stderr.write(`note: still compiling after ${seconds} s (${name})\n`);
};

const isVmfb = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

/** Decodes MLIR text; what is neither text nor a compiled module is a problem. */
export function mlirText(name: string, bytes: Uint8Array): string {
  if (bytes[0] === 0x4d && bytes[1] === 0x4c && bytes[2] === 0xef && bytes[3] === 0x52)
    throw new RunProblem(`'${name}' is MLIR bytecode; turn it into text with iree-opt first`);
  if (bytes.byteLength === 0) throw new RunProblem(`'${name}' is empty`);
  if (bytes.subarray(0, 4096).includes(0))
    throw new RunProblem(`'${name}' is neither MLIR text nor a compiled module`);
  return new TextDecoder().decode(bytes);
}

/** Reads the program to run: a path, or `-` for standard input. */
export async function readProgram(io: ToolIo, file: string): Promise<Program> {
  const input = await readInput(io, file);
  if (input.error !== undefined) throw new RunProblem(input.error);
  const { name, bytes } = input;
  if (file.endsWith(".vmfb") || isVmfb(bytes)) {
    if (file === "-")
      throw new RunProblem("a compiled module cannot be read from standard input; name its file");
    return { kind: "vmfb", name, path: resolve(io.cwd, file) };
  }
  return { kind: "mlir", name, text: mlirText(name, bytes) };
}

/** The function to call: the named one, else `main`, else the only one. */
export function pickFunction(
  functions: readonly FunctionInfo[],
  name: string | undefined,
): FunctionInfo {
  const wanted = name?.replace(/^@/, "") ?? "main";
  const found = functions.find((info) => info.name === wanted);
  if (found !== undefined) return found;
  const [only] = functions;
  if (name === undefined && only !== undefined && functions.length === 1) return only;
  const hint = name === undefined ? "; name one with --function" : "";
  throw new RunProblem(noSuchFunction(wanted, functions) + hint);
}

/** Runs the work of a subcommand and turns its problems into one line and an exit code. */
export async function reporting(io: ToolIo, work: () => Promise<number>): Promise<number> {
  const say = (message: string, details: readonly string[] = []): void => {
    const line = escapeControls(message.replaceAll("\n", " "));
    const more = details.map((detail) => `  ${escapeControls(detail)}\n`).join("");
    io.stderr.write(`pcp-run: error: ${line}\n${more}`);
  };
  try {
    return await work();
  } catch (error) {
    if (error instanceof UsageProblem) {
      say(error.message);
      return EXIT.usage;
    }
    if (error instanceof DiagnosticsError)
      io.stderr.write(
        error.diagnostics
          .map((diagnostic) => renderDiagnostic(diagnostic, { color: io.stderr.isTerminal }))
          .join(""),
      );
    else if (error instanceof RunProblem) say(error.message);
    else if (error instanceof EngineError && io.signal.aborted) say("interrupted");
    else if (error instanceof EngineError) say(error.message, error.details);
    else throw error;
    return EXIT.failure;
  }
}
