/** @file Compiles MLIR with iree-compile, down the ladder until a rung works, and keeps the result in the cache. */
import { mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { escapeControls } from "#lib/support/text.ts";
import { writeFileAtomically } from "#lib/tensors/files.ts";
import { besidePath, digestOf, readCached, sha256, sweepTemporary } from "./cache.ts";
import { EngineError } from "./engine.ts";
import { type Backend, moduleFacts, type Rung, rungsFor, targetFlags } from "./ladder.ts";
import { type Env, type FoundPython, hostProgram } from "./python.ts";
import type { FoundTool } from "./toolchain.ts";

/** Entries of another version are not looked at. */
const CACHE_FORMAT = 1;
const TIMEOUT_MS = 20 * 60_000;
/** With this the Python ends where it cannot become the compiler, as a shell does. */
const CANNOT_RUN = 126;
const WAITING_MS = 10_000;
const KEPT_LINES = 6;
const KEPT_COLUMNS = 300;

export interface CompileRequest {
  /** What messages call the module. */
  readonly name: string;
  readonly text: string;
  readonly backend: Backend;
  readonly target: string | null;
  readonly compiler: FoundTool;
  /** Starts the compiler, so that it ends when this process is killed; without it the compiler goes on to its end then. */
  readonly python?: FoundPython;
  readonly cacheFolder: string;
  readonly env: Env;
  /** Flags after those of the rung; with `--iree-opt-level` among them the ladder has that one rung. */
  readonly extraFlags?: readonly string[];
  readonly signal?: AbortSignal;
  /** Told before each attempt, with the whole command line. */
  readonly onAttempt?: (rung: Rung, command: readonly string[]) => void;
  /** Told every ten seconds that an attempt goes on, with the seconds since it began. */
  readonly onWaiting?: (rung: Rung, seconds: number) => void;
  /** Looks at the module before it is compiled, not where it is taken from the cache; what it throws ends the work. */
  readonly precheck?: () => Promise<void>;
  /** Measures a compiled rung (seconds, or null where it does not run): then all rungs are tried and the fastest is kept. */
  readonly measure?: (path: string) => Promise<number | null>;
}

/** A rung that did not work. */
export interface Failure {
  readonly rung: string;
  readonly lines: readonly string[];
}

export interface Compiled {
  /** The compiled module, in the cache. */
  readonly path: string;
  readonly rung: string;
  readonly flags: readonly string[];
  readonly cached: boolean;
  /** Rungs that failed before; empty for a cached result. */
  readonly failures: readonly Failure[];
  /** Median seconds of a call by rung, where rungs were measured. */
  readonly measured: Readonly<Record<string, number>>;
  /** A damaged entry was found and made anew. */
  readonly repaired: boolean;
  readonly seconds: number;
}

interface Entry {
  readonly format: number;
  readonly rung: string;
  readonly flags: readonly string[];
  readonly vmfb: string;
  readonly measured: Readonly<Record<string, number>>;
}

/** What the compiler's `host` stands for: two machines share entries only where this is the same. */
function cpuIdentity(): string {
  try {
    const text = readFileSync("/proc/cpuinfo", "utf8");
    const lines = text.slice(0, text.indexOf("\n\n")).split("\n");
    return lines
      .filter((line) => /^(model name|flags|Features|CPU part)\s*:/.test(line))
      .join("\n");
  } catch {
    return `${process.arch} ${cpus()[0]?.model ?? ""}`;
  }
}

/** The lines of a compiler's output that tell a user something: errors first, IR dumps cut. */
export function tellingLines(output: string, name: string): string[] {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  const errors = lines.filter((line) => /\berror: |: fatal|LLVM ERROR|Assertion/.test(line));
  const chosen = errors.length > 0 ? errors : lines.slice(-KEPT_LINES);
  return chosen.slice(0, KEPT_LINES).map((line) => {
    const named = escapeControls(line.replaceAll("<stdin>", name));
    return named.length > KEPT_COLUMNS ? `${named.slice(0, KEPT_COLUMNS)}...` : named;
  });
}

function readEntry(path: string): Entry | null {
  const bytes = readCached(path);
  if (bytes === null) return null;
  try {
    const entry = JSON.parse(new TextDecoder().decode(bytes)) as Entry;
    return entry.format === CACHE_FORMAT && /^[0-9a-f]{64}$/.test(entry.vmfb) ? entry : null;
  } catch {
    return null;
  }
}

const objectPath = (folder: string, digest: string): string =>
  join(folder, "vmfb", `${digest}.vmfb`);

/** The compiler's command line, by way of the Python that ties its life to ours. */
function commandOf({ compiler: { path }, python }: CompileRequest): readonly [string, ...string[]] {
  if (python === undefined) return [path];
  const program = hostProgram("with_parent.py");
  return [python.path, "-I", "-S", program, String(process.pid), path];
}

/** Runs the compiler once; null where it succeeds, else lines that say why not. */
async function attempt(
  request: CompileRequest,
  flags: readonly string[],
  output: string,
): Promise<readonly string[] | null> {
  const { compiler, text, name, env, signal } = request;
  const { execa } = await import("execa");
  const [program, ...leading] = commandOf(request);
  const result = await execa(program, [...leading, "-", "-o", output, ...flags], {
    input: text,
    env: { ...env },
    extendEnv: false,
    reject: false,
    timeout: TIMEOUT_MS,
    stdout: "ignore",
    ...(signal === undefined ? {} : { cancelSignal: signal }),
  });
  // Ctrl-C in a terminal reaches the compiler too, and its end may be seen before the signal itself.
  const ended = result.signal === "SIGINT" || (result.signal === "SIGTERM" && !result.timedOut);
  if (result.isCanceled || ended) throw new EngineError("the compilation was interrupted");
  if (result.exitCode === 0) return null;
  if (result.code === "ENOENT" || result.code === "EACCES" || result.exitCode === CANNOT_RUN)
    throw new EngineError(`'${compiler.path}' cannot be run; run 'make setup'`);
  const lines = tellingLines(result.stderr, name);
  if (result.timedOut) return [`no result within ${TIMEOUT_MS / 60_000} minutes`, ...lines];
  if (result.signal !== undefined) return [`iree-compile crashed (${result.signal})`, ...lines];
  return lines.length > 0 ? lines : [`exit code ${result.exitCode}, and nothing said`];
}

/** The rungs to try: the ladder, or the caller's own optimization level alone. */
function ladderOf({ backend, text, extraFlags = [] }: CompileRequest): readonly Rung[] {
  if (extraFlags.some((flag) => flag.startsWith("--iree-opt-level")))
    return [{ name: "as given", flags: [] }];
  return rungsFor(backend, moduleFacts(text));
}

/** A module of the cache, its digest checked; a damaged one is removed. */
function cachedModule(folder: string, entry: Entry): string | null {
  const path = objectPath(folder, entry.vmfb);
  const bytes = readCached(path);
  if (bytes === null) return null;
  if (sha256(bytes) === entry.vmfb) return path;
  rmSync(path, { force: true });
  return null;
}

interface Candidate {
  readonly rung: Rung;
  readonly flags: readonly string[];
  readonly digest: string;
}

/** Compiles one rung into the cache; a list of lines says why not. */
async function compileRung(
  request: CompileRequest,
  rung: Rung,
  flags: readonly string[],
): Promise<Candidate | readonly string[]> {
  const temporary = besidePath(join(request.cacheFolder, "vmfb", "new"));
  mkdirSync(dirname(temporary), { recursive: true });
  sweepTemporary(dirname(temporary), Date.now());
  const started = performance.now();
  const waiting = setInterval(
    () => request.onWaiting?.(rung, Math.round((performance.now() - started) / 1000)),
    WAITING_MS,
  );
  try {
    const problem = await attempt(request, flags, temporary);
    if (problem !== null) return problem;
    const digest = sha256(readFileSync(temporary));
    renameSync(temporary, objectPath(request.cacheFolder, digest));
    return { rung, flags, digest };
  } finally {
    clearInterval(waiting);
    rmSync(temporary, { force: true });
  }
}

async function climb(
  request: CompileRequest,
  target: readonly string[],
): Promise<{ best: Candidate; failures: Failure[]; measured: Record<string, number> }> {
  const { name, compiler, cacheFolder, extraFlags = [], measure } = request;
  const failures: Failure[] = [];
  const measured: Record<string, number> = {};
  let best: Candidate | null = null;
  let bestSeconds = Number.POSITIVE_INFINITY;
  for (const rung of ladderOf(request)) {
    const flags = [...target, ...rung.flags, ...extraFlags];
    request.onAttempt?.(rung, [compiler.path, name, ...flags]);
    const outcome = await compileRung(request, rung, flags);
    if (!("digest" in outcome)) {
      failures.push({ rung: rung.name, lines: outcome });
      continue;
    }
    if (measure === undefined) return { best: outcome, failures, measured };
    const seconds = await measure(objectPath(cacheFolder, outcome.digest));
    if (seconds === null) {
      failures.push({ rung: rung.name, lines: ["compiles, but does not run"] });
      continue;
    }
    measured[rung.name] = seconds;
    if (seconds < bestSeconds) {
      best = outcome;
      bestSeconds = seconds;
    }
  }
  if (best !== null) return { best, failures, measured };
  const details = failures[0]?.lines ?? [];
  throw new EngineError(
    `iree-compile cannot compile '${name}' (${failures.length} sets of flags tried)`,
    details,
  );
}

/** Compiles a module or finds it in the cache; rejects with {@link EngineError} when no rung works. */
export async function compileModule(request: CompileRequest): Promise<Compiled> {
  const started = performance.now();
  const { backend, target, text, compiler, cacheFolder, extraFlags = [], measure } = request;
  const base = targetFlags(backend, target);
  if (typeof base === "string") throw new EngineError(base);
  const rungs = ladderOf(request);
  const key = digestOf([
    `format ${CACHE_FORMAT}`,
    text,
    JSON.stringify([base, rungs, extraFlags, measure !== undefined]),
    compiler.version,
    cpuIdentity(),
  ]);
  const entryPath = join(cacheFolder, "compiled", `${key}.json`);
  const entry = readEntry(entryPath);
  const since = (): number => (performance.now() - started) / 1000;
  if (entry !== null) {
    const path = cachedModule(cacheFolder, entry);
    const { rung, flags, measured } = entry;
    if (path !== null)
      return {
        path,
        rung,
        flags,
        cached: true,
        failures: [],
        measured,
        repaired: false,
        seconds: since(),
      };
  }
  const repaired = entry !== null || readCached(entryPath) !== null;
  try {
    await request.precheck?.();
    const { best, failures, measured } = await climb(request, base);
    const { rung, flags, digest } = best;
    const fresh: Entry = { format: CACHE_FORMAT, rung: rung.name, flags, vmfb: digest, measured };
    mkdirSync(dirname(entryPath), { recursive: true });
    const entryText = new TextEncoder().encode(`${JSON.stringify(fresh)}\n`);
    const problem = writeFileAtomically(entryPath, [entryText]);
    if (problem !== null)
      throw new EngineError(
        `${problem.problem}; set PCP_CACHE_DIR to a folder that can be written`,
      );
    const path = objectPath(cacheFolder, digest);
    return {
      path,
      rung: rung.name,
      flags,
      cached: false,
      failures,
      measured,
      repaired,
      seconds: since(),
    };
  } catch (error) {
    if (error instanceof EngineError || !(error instanceof Error) || !("code" in error))
      throw error;
    throw new EngineError(
      `the cache folder '${cacheFolder}' cannot be written to (${String(error.code)}); set PCP_CACHE_DIR to one that can`,
    );
  }
}
