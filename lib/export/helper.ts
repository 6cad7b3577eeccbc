/** @file Starts the Python helper for one export, in a folder of its own, and hands its events on. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { DirectoryResult } from "tmp-promise";
import { type Env, type FoundPython, packageRoot } from "#lib/runtime/python.ts";
import {
  type CheckLosses,
  type ExportRequest,
  HELPER_EXIT,
  type HelperEvent,
  parseEvent,
} from "./protocol.ts";

/** Where the helper's Python lies, in the sources and in the bundle. */
const HELPER = fileURLToPath(new URL("./helper/pcp_export_main.py", import.meta.url));

/** What to run and with what. */
export interface HelperOptions {
  readonly python: FoundPython;
  readonly env: Env;
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly onEvent: (event: HelperEvent) => void;
  /** Milliseconds after which the helper is ended. */
  readonly timeout: number;
}

/** Files that a successful export leaves. */
export interface ExportResult {
  readonly ok: true;
  readonly module: string;
  /** The module in the generic form, which has every operation, with the user's lines. */
  readonly generic: string;
  readonly manifest: string;
  /** The first result's folder; gone after `use` returns. */
  readonly folder: string;
  readonly versions: Readonly<Record<string, string>>;
  /** What `--check` compares with; null without it. */
  readonly check: CheckLosses | null;
  /** What Python wrote besides events. */
  readonly log: readonly string[];
}

/** A failed export: the events have said why, or `problem` does. */
export interface ExportFailure {
  readonly ok: false;
  readonly exitCode: number;
  readonly problem: string | null;
  /** The last lines that Python wrote. */
  readonly log: readonly string[];
}

/** What to type where packages are missing. */
export const installHint = (python: FoundPython): string =>
  `run 'make parity', or '${python.path} -m pip install -r ${join(packageRoot(), "requirements", "export.txt")}'`;

/** The child's environment: repeatable, on the CPU, with nothing written outside its folder. */
const childEnvironment = (env: Env, folder: string): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  ),
  PYTHONHASHSEED: "0",
  PYTHONDONTWRITEBYTECODE: "1",
  PYTHONUNBUFFERED: "1",
  PYTHONIOENCODING: "utf-8",
  CUDA_VISIBLE_DEVICES: "",
  TMPDIR: folder,
  TORCHINDUCTOR_CACHE_DIR: folder,
  TRITON_CACHE_DIR: folder,
});

/** Runs the helper and gives its results to `use` before its folder is removed. */
export async function withExport<T>(
  request: Omit<ExportRequest, "out">,
  options: HelperOptions,
  use: (result: ExportResult | ExportFailure) => Promise<T>,
): Promise<T> {
  const folder = await scratchFolder(options.env);
  if (folder === null)
    return use({
      ok: false,
      exitCode: HELPER_EXIT.missing,
      problem: `cannot make a temporary folder in '${options.env["TMPDIR"] ?? "/tmp"}'; set TMPDIR to a folder that can be written to`,
      log: [],
    });
  try {
    return await use(await runHelper(request, options, folder.path));
  } finally {
    await folder.cleanup();
  }
}

/** A folder of our own where TMPDIR says, or null where none can be made. */
async function scratchFolder(env: Env): Promise<DirectoryResult | null> {
  const tmpdir = env["TMPDIR"] ?? "/tmp";
  try {
    const { default: tmp } = await import("tmp-promise");
    return await tmp.dir({ prefix: "pcp-export-", tmpdir, unsafeCleanup: true });
  } catch {
    return null;
  }
}

async function runHelper(
  request: Omit<ExportRequest, "out">,
  options: HelperOptions,
  folder: string,
): Promise<ExportResult | ExportFailure> {
  const scratch = join(folder, "tmp");
  mkdirSync(scratch);
  const out = join(folder, "out");
  mkdirSync(out);
  const requestPath = join(folder, "request.json");
  writeFileSync(requestPath, JSON.stringify({ ...request, out }));
  const run = await runPython(requestPath, options, scratch);
  if (run.exitCode !== HELPER_EXIT.ok || run.versions === null) {
    const { exitCode, problem, log } = run;
    return { ok: false, exitCode, problem, log };
  }
  const text = (name: string): string => readFileSync(join(out, name), "utf8");
  return {
    ok: true,
    module: text("module.mlir"),
    generic: text("generic.mlir"),
    manifest: text("manifest.json"),
    folder: out,
    versions: run.versions,
    log: run.log,
    check: request.check ? (JSON.parse(text("check.json")) as CheckLosses) : null,
  };
}

interface Run {
  readonly exitCode: number;
  readonly problem: string | null;
  readonly versions: Readonly<Record<string, string>> | null;
  readonly log: readonly string[];
}

/** What to say about an end that the helper did not announce itself. */
function unannounced(
  result: { signal?: string | undefined; timedOut?: boolean; failed: boolean },
  step: string,
  options: HelperOptions,
): string {
  if (result.timedOut) return `gave up after ${options.timeout / 1000} s while ${step}`;
  if (result.signal !== undefined)
    return `Python was ended by ${result.signal} while ${step}${result.signal === "SIGKILL" ? "; is there enough memory?" : ""}`;
  return `Python ended without a word while ${step}`;
}

async function runPython(
  requestPath: string,
  options: HelperOptions,
  scratch: string,
): Promise<Run> {
  const { execa } = await import("execa");
  let step = "starting Python";
  let versions: Readonly<Record<string, string>> | null = null;
  let errors = 0;
  const child = execa(options.python.path, [HELPER, requestPath], {
    cwd: options.cwd,
    env: childEnvironment(options.env, scratch),
    extendEnv: false,
    reject: false,
    stdin: "ignore",
    stderr: "pipe",
    maxBuffer: 1 << 28,
    timeout: options.timeout,
    cancelSignal: options.signal,
    forceKillAfterDelay: 1000,
  });
  for await (const line of child.iterable({ from: "stdout" })) {
    const event = parseEvent(String(line));
    if (event === null) continue;
    if (event.event === "progress") step = event.step;
    if (event.event === "done") versions = event.versions;
    if (event.event === "error") errors++;
    options.onEvent(event);
  }
  const result = await child;
  const log = String(result.stderr ?? "")
    .split("\n")
    .filter((line) => line.trim() !== "");
  const exitCode = result.exitCode ?? HELPER_EXIT.lowering;
  const silent = errors === 0 && (exitCode !== HELPER_EXIT.ok || versions === null);
  const problem = silent && !result.isCanceled ? unannounced(result, step, options) : null;
  return { exitCode: silent ? exitCode || HELPER_EXIT.lowering : exitCode, problem, versions, log };
}
