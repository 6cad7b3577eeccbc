/** @file Runs parsed RUN lines: pipelines, redirections, `not`, variables, commands inside the process and outside. */
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { constants } from "node:os";
import { join, resolve } from "node:path";
import { COMMANDS, type CommandResult, failure, type LitCommand, refusal } from "./commands.ts";
import { findProgram } from "./config.ts";
import type { Pipeline, ShellCommand, Word } from "./shell-syntax.ts";

/** What a command did, for the log of a failed test and for updates. */
export interface Executed {
  readonly argv: readonly string[];
  readonly stdin: Uint8Array;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  /** Negative where a signal ended the command. */
  readonly exitCode: number;
  readonly cwd: string;
}

/** State that lasts from one RUN line of a test to the next. */
export interface ShellState {
  cwd: string;
  readonly env: Map<string, string>;
  readonly folders: string[];
  /** `umask` and `ulimit` lines, for programs that are started. */
  readonly limits: string[];
  readonly executed: Executed[];
}

/** What does not change while a test runs. */
export interface ShellHost {
  readonly tools: ReadonlyMap<string, LitCommand>;
  readonly path: readonly string[];
  readonly pipefail: boolean;
  readonly signal: AbortSignal;
}

const EMPTY = new Uint8Array();

/** Commands that change what later ones see, and so have to stand alone. */
const STATE_COMMANDS: ReadonlySet<string> = new Set([
  "cd",
  "pushd",
  "popd",
  "export",
  "umask",
  "ulimit",
]);

const LIMIT = /^(?:umask [0-7]{1,4}|ulimit -[vnsf] (?:[0-9]+|unlimited))$/;

/** Where a stream of a command goes: on to the next command, into the log, or into a file. */
type Sink =
  | { readonly kind: "out" }
  | { readonly kind: "log" }
  | { readonly kind: "file"; readonly path: string; readonly append: boolean };

/** Expands `*` and `?` in the parts of a path; what matches nothing stays. */
function expandGlob(word: Word, cwd: string): string[] {
  if (!word.glob) return [word.text];
  let paths = [word.text.startsWith("/") ? "/" : ""];
  for (const part of word.text.split("/").filter((name) => name !== "")) {
    const isPattern = /[*?]/.test(part);
    paths = paths.flatMap((path) => (isPattern ? matchesIn(path, part, cwd) : [join(path, part)]));
  }
  const found = paths.filter((path) => existsSync(resolve(cwd, path))).sort();
  return found.length === 0 ? [word.text] : found;
}

/** Paths of what a folder holds under names like the pattern. */
function matchesIn(folder: string, pattern: string, cwd: string): string[] {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  const names = new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`);
  try {
    return readdirSync(resolve(cwd, folder))
      .filter((name) => names.test(name) && (pattern.startsWith(".") || !name.startsWith(".")))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** Puts the content of files for `%{readfile:path}`; a result is the mistake. */
function withFileContents(argv: readonly string[], cwd: string): string[] | CommandResult {
  const result: string[] = [];
  for (const argument of argv) {
    try {
      result.push(
        argument.replace(/%\{readfile:([^}]*)\}/g, (_, path: string) =>
          readFileSync(resolve(cwd, path), "utf8"),
        ),
      );
    } catch {
      return refusal(`${argument}: the file cannot be read`);
    }
  }
  return result;
}

/** Runs the lines of one test. */
export class Shell {
  private readonly state: ShellState;
  private readonly host: ShellHost;

  constructor(state: ShellState, host: ShellHost) {
    this.state = state;
    this.host = host;
  }

  /** Runs pipelines from left to right; the exit code of the last one that ran. */
  async run(pipelines: readonly Pipeline[]): Promise<number> {
    let code = 0;
    for (const { commands, joiner } of pipelines) {
      if (joiner === "&&" && code !== 0) continue;
      if (joiner === "||" && code === 0) continue;
      const result = await this.pipeline(commands);
      code = result.exitCode;
      if (result.fatal === true) return code;
    }
    return code;
  }

  private async pipeline(
    commands: readonly ShellCommand[],
  ): Promise<{ readonly exitCode: number; readonly fatal?: boolean }> {
    let input: Uint8Array = EMPTY;
    let exitCode = 0;
    for (const command of commands) {
      const result = await this.command(command, input, commands.length > 1);
      if (result.fatal === true) return result;
      input = result.stdout;
      if (result.exitCode !== 0 || !this.host.pipefail) exitCode = result.exitCode;
    }
    return { exitCode };
  }

  private async command(
    command: ShellCommand,
    piped: Uint8Array,
    inPipeline: boolean,
  ): Promise<CommandResult> {
    const { state } = this;
    const words = command.words.flatMap((word) => expandGlob(word, state.cwd));
    const argv = withFileContents(words, state.cwd);
    if (!Array.isArray(argv)) return this.finish(words, piped, argv);
    const [name = ""] = argv;
    if (inPipeline && STATE_COMMANDS.has(name))
      return this.finish(argv, piped, refusal(`'${name}' cannot be part of a pipeline`));
    let stdin = piped;
    let out: Sink = { kind: "out" };
    let log: Sink = { kind: "log" };
    for (const { kind, append, target } of command.redirects) {
      const path = resolve(state.cwd, target.text);
      if (kind === "stdin") {
        try {
          stdin = target.text === "/dev/null" ? EMPTY : readFileSync(path);
        } catch {
          return this.finish(argv, stdin, failure(`${target.text}: cannot be read`));
        }
      } else if (kind === "stderr-to-stdout") log = out;
      else {
        const file: Sink = { kind: "file", path, append };
        if (kind !== "stderr") out = file;
        if (kind !== "stdout") log = file;
      }
    }
    const result = await this.execute(argv, stdin, log === out);
    return this.finish(argv, stdin, this.redirect(result, out, log));
  }

  private finish(argv: readonly string[], stdin: Uint8Array, result: CommandResult): CommandResult {
    this.state.executed.push({ argv, stdin, cwd: this.state.cwd, ...result });
    return result;
  }

  /** Writes streams to files; what is left goes on. */
  private redirect(result: CommandResult, out: Sink, log: Sink): CommandResult {
    const streams: { sink: Sink; content: Uint8Array }[] = [{ sink: out, content: result.stdout }];
    if (log !== out) streams.push({ sink: log, content: result.stderr });
    let stdout: Uint8Array = EMPTY;
    let stderr: Uint8Array = EMPTY;
    for (const { sink, content } of streams) {
      if (sink.kind === "out") stdout = content;
      else if (sink.kind === "log") stderr = content;
      else if (sink.path !== "/dev/null") {
        try {
          (sink.append ? appendFileSync : writeFileSync)(sink.path, content);
        } catch {
          return failure(`${sink.path}: cannot be written`);
        }
      }
    }
    return { ...result, stdout, stderr };
  }

  /** Runs one command after peeling off what changes its meaning. */
  private async execute(
    argv: readonly string[],
    stdin: Uint8Array,
    mergeErrors: boolean,
  ): Promise<CommandResult> {
    const [name = "", ...rest] = argv;
    if (name === "not") return this.negate(rest, stdin, mergeErrors);
    if (name === "!") {
      const result = await this.execute(rest, stdin, mergeErrors);
      if (result.fatal === true) return result;
      return { ...result, exitCode: result.exitCode === 0 ? 1 : 0 };
    }
    if (name === "env") return this.withEnvironment(rest, stdin, mergeErrors);
    const changed = this.changeState(name, rest);
    if (changed !== null) return changed;
    return this.invoke(name, rest, stdin, mergeErrors);
  }

  /** `not` wants an ordinary failure, `not --crash` a death by signal. */
  private async negate(
    argv: readonly string[],
    stdin: Uint8Array,
    mergeErrors: boolean,
  ): Promise<CommandResult> {
    const wantCrash = argv[0] === "--crash";
    const command = wantCrash ? argv.slice(1) : argv;
    const [name] = command;
    if (name === undefined) return refusal("'not' needs a command");
    if (STATE_COMMANDS.has(name)) return refusal(`'not' cannot call '${name}'`);
    const result = await this.execute(command, stdin, mergeErrors);
    if (result.fatal === true) return result;
    const crashed = result.exitCode < 0;
    const passed = wantCrash ? crashed : result.exitCode !== 0 && !crashed;
    return { ...result, exitCode: passed ? 0 : 1 };
  }

  private async withEnvironment(
    argv: readonly string[],
    stdin: Uint8Array,
    mergeErrors: boolean,
  ): Promise<CommandResult> {
    const env = new Map(this.state.env);
    let index = 0;
    for (; index < argv.length; index++) {
      const argument = argv[index] ?? "";
      const equals = argument.indexOf("=");
      if (argument === "-i") env.clear();
      else if (argument === "-u") env.delete(argv[++index] ?? "");
      else if (equals > 0) env.set(argument.slice(0, equals), argument.slice(equals + 1));
      else break;
    }
    const name = argv[index];
    if (name === undefined) {
      const text = [...env].map(([key, value]) => `${key}=${value}\n`).join("");
      return { exitCode: 0, stdout: Buffer.from(text), stderr: EMPTY };
    }
    if (STATE_COMMANDS.has(name)) return refusal(`'env' cannot call '${name}'`);
    const inner = new Shell({ ...this.state, env }, this.host);
    return inner.execute(argv.slice(index), stdin, mergeErrors);
  }

  /** Commands that change what later ones see; null for all others. */
  private changeState(name: string, argv: readonly string[]): CommandResult | null {
    const { state } = this;
    const done: CommandResult = { exitCode: 0, stdout: EMPTY, stderr: EMPTY };
    if (name === "export") {
      for (const argument of argv) {
        const equals = argument.indexOf("=");
        if (equals > 0) state.env.set(argument.slice(0, equals), argument.slice(equals + 1));
      }
      return done;
    }
    if (name === "popd") {
      const folder = state.folders.pop();
      if (folder === undefined) return failure("popd: directory stack empty");
      state.cwd = folder;
      return done;
    }
    if (name === "umask" || name === "ulimit") {
      const limit = [name, ...argv].join(" ");
      if (!LIMIT.test(limit)) return refusal(`${limit}: not supported`);
      state.limits.push(limit);
      return done;
    }
    if (name !== "cd" && name !== "pushd") return null;
    if (argv.length !== 1) return refusal(`'${name}' takes one folder`);
    const folder = resolve(state.cwd, argv[0] ?? "");
    try {
      if (!statSync(folder).isDirectory()) return failure(`${name}: not a folder: ${argv[0]}`);
    } catch {
      return failure(`${name}: no such folder: ${argv[0]}`);
    }
    if (name === "pushd") state.folders.push(state.cwd);
    state.cwd = folder;
    return done;
  }

  private async invoke(
    name: string,
    argv: readonly string[],
    stdin: Uint8Array,
    mergeErrors: boolean,
  ): Promise<CommandResult> {
    const { cwd, env } = this.state;
    const { signal, tools } = this.host;
    const inside = tools.get(name) ?? COMMANDS.get(name);
    if (inside === undefined) return this.spawn(name, argv, stdin, mergeErrors);
    const call = { name, argv, cwd, env: Object.fromEntries(env), stdin, mergeErrors, signal };
    const result = await inside(call);
    if (!mergeErrors || result.stderr.length === 0) return result;
    return { ...result, stdout: Buffer.concat([result.stdout, result.stderr]), stderr: EMPTY };
  }

  private async spawn(
    name: string,
    argv: readonly string[],
    stdin: Uint8Array,
    mergeErrors: boolean,
  ): Promise<CommandResult> {
    const { cwd, env } = this.state;
    const folders = [...this.host.path, ...(env.get("PATH") ?? "").split(":")];
    const program = name.includes("/") ? resolve(cwd, name) : name;
    const found = findProgram(program, folders);
    if (found === null) return refusal(`'${name}': command not found`);
    const { execa } = await import("execa");
    const { limits } = this.state;
    // Limits hold for one program: a shell sets them and becomes that program.
    const wrapped = ["-c", `${limits.join(" && ")} && exec "$0" "$@"`, found, ...argv];
    const [start, options] = limits.length === 0 ? [found, argv] : ["/bin/sh", wrapped];
    const result = await execa(start, options, {
      cwd,
      env: { ...Object.fromEntries(env), PATH: folders.join(":") },
      extendEnv: false,
      input: stdin,
      encoding: "buffer",
      reject: false,
      all: mergeErrors,
      stripFinalNewline: false,
      cancelSignal: this.host.signal,
      forceKillAfterDelay: 1_000,
    });
    const stdout = mergeErrors ? (result.all ?? EMPTY) : result.stdout;
    const stderr = mergeErrors ? EMPTY : result.stderr;
    if (result.exitCode !== undefined) return { exitCode: result.exitCode, stdout, stderr };
    if (result.signal !== undefined)
      return { exitCode: -(constants.signals[result.signal] ?? 1), stdout, stderr };
    return failure(`'${name}': ${result.shortMessage ?? "could not be started"}`, 126);
  }
}
