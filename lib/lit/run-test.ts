/** @file Runs one test file from its keywords to its outcome. */
import { mkdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { evaluateBoolean } from "./boolean-expression.ts";
import type { LitCommand } from "./commands.ts";
import type { LitConfig } from "./config.ts";
import type { LitResult } from "./result.ts";
import { type Executed, Shell, type ShellState } from "./shell.ts";
import { parseShell } from "./shell-syntax.ts";
import {
  builtinSubstitutions,
  expandLine,
  literalSubstitution,
  patternSubstitution,
  type Substitution,
} from "./substitute.ts";
import { parseTestScript, type ScriptStep, type TestScript } from "./test-script.ts";

/** A test file and the settings of its folder. */
export interface LitTest {
  readonly config: LitConfig;
  /** Absolute. */
  readonly path: string;
  /** `suite :: folder/file`. */
  readonly name: string;
}

/** What all tests of a run share. */
export interface LitRunOptions {
  /** Commands that run inside the process. */
  readonly tools: ReadonlyMap<string, LitCommand>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Seconds per test, on top of what configurations say; 0 for no limit. */
  readonly timeout: number;
  readonly maxRetries: number;
  readonly xfail: ReadonlySet<string>;
  readonly xfailNot: ReadonlySet<string>;
}

/** Variables that tests inherit. */
const INHERITED = [
  "HOME",
  "LANG",
  "LD_LIBRARY_PATH",
  "DYLD_LIBRARY_PATH",
  "LIBPATH",
  "PATH",
  "TMPDIR",
  "TMP",
  "TEMP",
  "TEMPDIR",
  "USER",
  "FILECHECK_OPTS",
  "VIRTUAL_ENV",
  "PCP_CACHE_DIR",
  "PCP_PYTHON",
  "XDG_CACHE_HOME",
  "XDG_RUNTIME_DIR",
  "CI",
  "TERM",
];

type Outcome = Pick<LitResult, "code" | "output" | "executed">;

type Attempted = Outcome & Pick<LitResult, "attempts" | "allowedAttempts">;

const outcome = (
  code: LitResult["code"],
  output: string,
  executed: readonly Executed[] = [],
): Outcome => ({
  code,
  output,
  executed,
});

/** Why a test cannot run here, or null. */
function reasonNotToRun(script: TestScript, config: LitConfig): Outcome | null {
  if (config.unsupported) return outcome("UNSUPPORTED", "Test is unsupported");
  const missing: string[] = [];
  for (const expression of script.requires) {
    const result = evaluateBoolean(expression, config.features);
    if ("error" in result) return outcome("UNRESOLVED", `Error in REQUIRES list:\n${result.error}`);
    if (!result.value) missing.push(expression);
  }
  if (missing.length > 0)
    return outcome("UNSUPPORTED", `Missing required feature(s): ${missing.join(", ")}`);
  for (const expression of script.unsupported) {
    const result = evaluateBoolean(expression, config.features);
    if ("error" in result)
      return outcome("UNRESOLVED", `Error in UNSUPPORTED list:\n${result.error}`);
    if (result.value)
      return outcome("UNSUPPORTED", `Test does not support the following features: ${expression}`);
  }
  return null;
}

function expectsFailure(
  test: LitTest,
  script: TestScript,
  options: LitRunOptions,
): boolean | string {
  const path = relative(test.config.sourceRoot, test.path);
  if (options.xfailNot.has(path) || options.xfailNot.has(test.name)) return false;
  if (options.xfail.has(path) || options.xfail.has(test.name)) return true;
  for (const expression of script.xfail) {
    if (expression === "*") return true;
    const result = evaluateBoolean(expression, test.config.features);
    if ("error" in result) return `Error in XFAIL list:\n${result.error}`;
    if (result.value) return true;
  }
  return false;
}

function environmentFor(test: LitTest, options: LitRunOptions): Map<string, string> {
  const env = new Map<string, string>();
  for (const name of INHERITED) {
    const value = options.env[name];
    if (value !== undefined) env.set(name, value);
  }
  for (const [name, value] of Object.entries(test.config.environment)) env.set(name, value);
  env.set("LIT_CURRENT_TESTCASE", test.name);
  return env;
}

/** Applies DEFINE and REDEFINE; a string is the mistake. */
function define(
  substitutions: Substitution[],
  step: Extract<ScriptStep, { kind: "define" }>,
): string | null {
  const existing = substitutions.filter(({ source }) => source === step.name);
  const made = literalSubstitution(step.name, step.value);
  if (!step.replaces) {
    if (existing.length > 0) return `DEFINE at line ${step.line}: ${step.name} is defined already`;
    substitutions.unshift(made);
    return null;
  }
  if (existing.length !== 1)
    return `REDEFINE at line ${step.line}: ${step.name} is defined ${existing.length} times, not once`;
  substitutions[substitutions.indexOf(existing[0] as Substitution)] = made;
  return null;
}

const MAX_LOGGED = 200_000;

function logStream(name: string, bytes: Uint8Array): string {
  if (bytes.length === 0) return "";
  const text = Buffer.from(bytes.subarray(0, MAX_LOGGED)).toString("utf8");
  const lines = text.replace(/\n$/, "").split("\n");
  return `# .---command ${name}------------\n${lines.map((line) => `# | ${line}\n`).join("")}# \`-----------------------------\n`;
}

/** The log of one RUN line: what ran, what it printed, how it ended. */
function logLine(
  line: number,
  text: string,
  executed: readonly Executed[],
  timedOut: boolean,
): string {
  let log = `# RUN: at line ${line}\n${text}\n`;
  for (const [index, { argv, stdout, stderr, exitCode }] of executed.entries()) {
    log += `# executed command: ${argv.join(" ")}\n`;
    // What was piped on is shown only where it is the end of the pipe.
    if (index === executed.length - 1) log += logStream("stdout", stdout);
    log += logStream("stderr", stderr);
    if (exitCode !== 0 && !timedOut)
      log += `# error: command failed with exit status: ${exitCode}\n`;
  }
  return timedOut ? `${log}# error: command reached timeout: True\n` : log;
}

async function runScript(
  test: LitTest,
  script: TestScript,
  options: LitRunOptions,
): Promise<Outcome> {
  const { config, path } = test;
  const execFolder = join(config.execRoot, relative(config.sourceRoot, dirname(path)));
  const temporary = join(execFolder, "Output", `${basename(path)}.tmp`);
  mkdirSync(dirname(temporary), { recursive: true });
  const substitutions = [
    ...config.substitutions.map(([source, text]) => patternSubstitution(source, text)),
    ...builtinSubstitutions(path, temporary, execFolder),
  ];
  const limits = [config.timeout, options.timeout].filter((limit) => limit > 0);
  const seconds = limits.length === 0 ? 0 : Math.min(...limits);
  const timer = seconds > 0 ? AbortSignal.timeout(seconds * 1_000) : null;
  const signal = timer === null ? options.signal : AbortSignal.any([options.signal, timer]);
  const state: ShellState = {
    cwd: execFolder,
    env: environmentFor(test, options),
    folders: [],
    limits: [],
    executed: [],
  };
  const { tools } = options;
  const shell = new Shell(state, { tools, path: config.path, pipefail: config.pipefail, signal });
  let log = "";
  for (const step of script.steps) {
    if (step.kind === "define") {
      const mistake = define(substitutions, step);
      if (mistake !== null) return outcome("UNRESOLVED", mistake);
      continue;
    }
    const rounds = config.recursiveExpansionLimit;
    const expanded = expandLine(step.text, substitutions, config.features, rounds);
    if ("error" in expanded) return outcome("UNRESOLVED", expanded.error);
    const parsed = parseShell(expanded.text);
    if ("error" in parsed)
      return outcome(
        "UNRESOLVED",
        `shell parser error on RUN: at line ${step.line}: ${expanded.text}\n${parsed.error}`,
      );
    const before = state.executed.length;
    const code = await shell.run(parsed.pipelines);
    const timedOut = timer?.aborted === true;
    log += logLine(step.line, expanded.text, state.executed.slice(before), timedOut);
    if (timedOut)
      return outcome("TIMEOUT", `Reached timeout of ${seconds} seconds\n${log}`, state.executed);
    if (code !== 0)
      return outcome(
        "FAIL",
        `Exit Code: ${code}\n\nCommand Output (stdout):\n--\n${log}\n--`,
        state.executed,
      );
  }
  return outcome("PASS", log, state.executed);
}

function invert(result: Outcome): Outcome {
  if (result.code === "PASS") return { ...result, code: "XPASS" };
  if (result.code === "FAIL") return { ...result, code: "XFAIL" };
  return result;
}

async function attempt(test: LitTest, options: LitRunOptions): Promise<Attempted> {
  const once = { attempts: 1, allowedAttempts: 1 };
  const script = parseTestScript(readFileSync(test.path, "utf8"));
  if (typeof script === "string") return { ...outcome("UNRESOLVED", script), ...once };
  const reason = reasonNotToRun(script, test.config);
  if (reason !== null) return { ...reason, ...once };
  const xfail = expectsFailure(test, script, options);
  if (typeof xfail === "string") return { ...outcome("UNRESOLVED", xfail), ...once };
  const most = 1 + Math.max(script.retries, options.maxRetries);
  for (let attempts = 1; ; attempts++) {
    const count = { attempts, allowedAttempts: most };
    const result = await runScript(test, script, options);
    if (xfail) return { ...invert(result), ...count };
    if (result.code === "FAIL" && attempts < most) continue;
    if (result.code === "PASS" && attempts > 1) return { ...result, code: "FLAKYPASS", ...count };
    return { ...result, ...count };
  }
}

/** Runs one test. */
export async function runTest(test: LitTest, options: LitRunOptions): Promise<LitResult> {
  const start = performance.now();
  let result: Attempted;
  try {
    result = await attempt(test, options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const output = `lit could not run the test: ${reason}`;
    result = { ...outcome("UNRESOLVED", output), attempts: 1, allowedAttempts: 1 };
  }
  return { ...result, milliseconds: performance.now() - start };
}
