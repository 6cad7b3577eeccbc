/** @file Runs parsed RUN lines: pipelines, redirections, `not`, variables, commands inside the process and outside. */
import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { COMMANDS, type CommandResult, failure, type LitCommand } from "./commands.ts";
import { findProgram } from "./config.ts";
import type { Pipeline, ShellCommand, Word } from "./shell-syntax.ts";

/** What a command did, for the log of a failed test and for updates. */
export interface Executed {
  readonly argv: readonly string[];
  readonly stdin: Uint8Array;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  readonly exitCode: number;
  readonly cwd: string;
}

/** State that lasts from one RUN line of a test to the next. */
export interface ShellState {
  cwd: string;
  readonly env: Map<string, string>;
  readonly folders: string[];
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
const CRASHED = 128;

/** Expands `*` and `?` in the last part of a path; what matches nothing stays. */
function expandGlob(word: Word, cwd: string): string[] {
  if (!word.glob) return [word.text];
  const folder = dirname(word.text);
  const pattern = new RegExp(
    `^${basename(word.text)
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
  );
  try {
    const names = readdirSync(resolve(cwd, folder))
      .filter((name) => pattern.test(name) && !name.startsWith("."))
      .sort();
    if (names.length === 0) return [word.text];
    return names.map((name) => (word.text.includes("/") ? join(folder, name) : name));
  } catch {
    return [word.text];
  }
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
      code = await this.pipeline(commands);
    }
    return code;
  }

  private async pipeline(commands: readonly ShellCommand[]): Promise<number> {
    let input: Uint8Array = EMPTY;
    let code = 0;
    for (const command of commands) {
      const result = await this.command(command, input);
      input = result.stdout;
      if (result.exitCode !== 0 || !this.host.pipefail) code = result.exitCode;
    }
    return code;
  }

  private async command(command: ShellCommand, piped: Uint8Array): Promise<CommandResult> {
    const { state } = this;
    const argv = command.words.flatMap((word) => expandGlob(word, state.cwd));
    let stdin = piped;
    let mergeErrors = false;
    for (const { kind, target } of command.redirects) {
      if (kind === "stdin") {
        try {
          stdin =
            target.text === "/dev/null" ? EMPTY : readFileSync(resolve(state.cwd, target.text));
        } catch {
          return this.finish(argv, stdin, failure(`${target.text}: cannot be read`));
        }
      }
      if (kind === "stderr-to-stdout" || kind === "both") mergeErrors = true;
    }
    const result = await this.execute(argv, stdin, mergeErrors);
    return this.finish(argv, stdin, this.redirect(command, result));
  }

  private finish(argv: readonly string[], stdin: Uint8Array, result: CommandResult): CommandResult {
    this.state.executed.push({ argv, stdin, cwd: this.state.cwd, ...result });
    return result;
  }

  /** Writes streams to files; what is left goes on. */
  private redirect(command: ShellCommand, result: CommandResult): CommandResult {
    let { stdout, stderr } = result;
    for (const { kind, append, target } of command.redirects) {
      if (kind === "stdin" || kind === "stderr-to-stdout") continue;
      const content = kind === "stderr" ? stderr : stdout;
      const path = resolve(this.state.cwd, target.text);
      try {
        if (target.text !== "/dev/null") (append ? appendFileSync : writeFileSync)(path, content);
      } catch {
        return { ...failure(`${target.text}: cannot be written`), stdout: EMPTY };
      }
      if (kind === "stderr") stderr = EMPTY;
      else stdout = EMPTY;
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
    const result = await this.execute(command, stdin, mergeErrors);
    if (result.exitCode === 127) return result;
    const crashed = result.exitCode > CRASHED;
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
    if (index === argv.length) {
      const text = [...env].map(([key, value]) => `${key}=${value}\n`).join("");
      return { exitCode: 0, stdout: Buffer.from(text), stderr: EMPTY };
    }
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
    if (name !== "cd" && name !== "pushd")
      return name === "umask" || name === "ulimit" ? done : null;
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
    if (found === null) return failure(`'${name}': command not found`, 127);
    const { execa } = await import("execa");
    const result = await execa(found, argv, {
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
    if (result.signal !== undefined) return { exitCode: CRASHED + 1, stdout, stderr };
    return failure(`'${name}': ${result.shortMessage ?? "could not be started"}`, 126);
  }
}
