/** @file Shepherds and workers as real processes, for tests: started, listened to, and gone when a test ends. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ResultPromise } from "execa";
import { type DirectoryResult, dir } from "tmp-promise";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { JournalRecord } from "#lib/train/protocol/records.ts";
import type { RunStatus } from "#lib/train/protocol/status.ts";
import { type Finished, root, run, start, toolEnv } from "./processes.ts";

/** Machines that test are busy: every wait is bounded, but generously. */
const PATIENCE = 90_000;

/** For tests with several of such waits. */
export const LONG = 2 * PATIENCE;

let scratch: DirectoryResult;
const children = new Set<Child>();

/** Folder of one test file, which is removed in the end. */
export const scratchFolder = (): string => scratch.path;

/** To be called by every file of tests: a folder for it, and no process left after a test. */
export function clusterProcesses(): void {
  beforeAll(async () => {
    scratch = await dir({ unsafeCleanup: true });
    writeFileSync(
      join(scratch.path, "text.txt"),
      "the quick brown fox jumps over the lazy dog. ".repeat(400),
    );
  });
  afterEach(async () => {
    for (const child of children) await child.end();
    children.clear();
  });
  afterAll(() => scratch.cleanup());
}

let configs = 0;
export function writeConfig(keys: Record<string, unknown> = {}): string {
  const folder = join(scratch.path, `config-${configs++}`);
  mkdirSync(folder);
  const path = join(folder, "config.json");
  const base = {
    model_path: join(root, "test/fixtures/train/bigram.mlir"),
    manifest_path: join(root, "test/fixtures/train/bigram.manifest.json"),
    data_path: join(scratch.path, "text.txt"),
    engine: "interp",
    tau: 5,
    outer_loop_steps: 6,
    learning_rate: 0.05,
    log_every: 1,
    checkpoint_dir: "run",
    tensorboard: false,
  };
  writeFileSync(path, JSON.stringify({ ...base, ...keys }));
  return path;
}

export const runOf = (config: string): string => join(config, "../run");

/** Processes of a test share no cache with the user's. */
const environment = (extra: Record<string, string> = {}) => ({
  ...toolEnv,
  PCP_CACHE_DIR: join(scratch.path, "cache"),
  ...extra,
});

/** A process that is listened to. */
export class Child {
  readonly process: ResultPromise;
  stdout = "";
  stderr = "";
  private readonly waiting = new Set<() => void>();

  constructor(args: readonly string[], env: Record<string, string> = {}) {
    this.process = start("pcp-train", args, {
      env: environment(env),
      timeout: PATIENCE,
      killSignal: "SIGKILL",
    }) as ResultPromise;
    for (const stream of ["stdout", "stderr"] as const)
      this.process[stream]?.on("data", (chunk: Buffer) => {
        this[stream] += chunk.toString();
        for (const look of this.waiting) look();
      });
    children.add(this);
  }

  /** Resolves when standard error matches; fails where the process ends before that. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    const found = new Promise<RegExpExecArray>((resolve) => {
      const look = (): void => {
        const match = pattern.exec(this.stderr);
        if (match === null) return;
        this.waiting.delete(look);
        resolve(match);
      };
      this.waiting.add(look);
      look();
    });
    const ended = this.process.then(() => null);
    const match = await Promise.race([found, ended]);
    const last = match ?? pattern.exec(this.stderr);
    if (last === null) throw new Error(`it never said ${pattern}:\n${this.stderr}`);
    return last;
  }

  async code(): Promise<number | undefined> {
    const { exitCode, signal } = await this.process;
    return signal === "SIGKILL" ? 137 : exitCode;
  }

  async end(): Promise<void> {
    this.process.kill("SIGKILL");
    await this.process;
  }
}

export const tool = (args: readonly string[]): Promise<Finished> =>
  run("pcp-train", args, { env: environment(), timeout: PATIENCE });

interface Shepherd extends Child {
  readonly port: string;
}

export async function shepherd(
  config: string,
  args: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<Shepherd> {
  const child = new Child(["--shepherd", "--config", config, "--port", "0", ...args], env);
  const [, port = ""] = await child.says(/listening on http:\/\/127\.0\.0\.1:(\d+)/);
  return Object.assign(child, { port });
}

export const worker = (name: string, port: string, args: readonly string[] = []): Child =>
  new Child([
    ...["--worker", "--connect", `127.0.0.1:${port}`, "--name", name, "--backend", "interp"],
    ...["--state-dir", join(scratch.path, "workers"), ...args],
  ]);

export const journalOf = async (folder: string): Promise<JournalRecord[]> =>
  (await tool(["journal", folder, "--json"])).stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as JournalRecord);

export const statusOf = async (folder: string): Promise<RunStatus & { shepherd: boolean }> =>
  JSON.parse((await tool(["status", folder, "--json"])).stdout) as RunStatus & {
    shepherd: boolean;
  };

export const checkpointFile = (folder: string, step: number, name: string): Buffer =>
  readFileSync(join(folder, `step-${String(step).padStart(8, "0")}`, `${name}.safetensors`));

/** Nothing that a journal must hold is broken. */
export async function expectSound(folder: string): Promise<void> {
  const { exitCode, stdout } = await tool(["journal", folder, "--check"]);
  expect(stdout).toContain("all that must hold does");
  expect(exitCode).toBe(0);
}
