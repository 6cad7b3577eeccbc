/** @file Distributed runs as processes: shepherd and workers on this machine, killed and resumed, paused, drained, stopped. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ResultPromise } from "execa";
import { type DirectoryResult, dir } from "tmp-promise";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { JournalRecord } from "#lib/train/protocol/records.ts";
import type { RunStatus } from "#lib/train/protocol/status.ts";
import { type Finished, root, run, start, toolEnv } from "./processes.ts";

/** Machines that test are busy: every wait is bounded, but generously. */
const PATIENCE = 90_000;

let scratch: DirectoryResult;
const children = new Set<Child>();
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

let configs = 0;
function writeConfig(keys: Record<string, unknown> = {}): string {
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

const runOf = (config: string): string => join(config, "../run");

/** Processes of a test share no cache with the user's. */
const environment = (extra: Record<string, string> = {}) => ({
  ...toolEnv,
  PCP_CACHE_DIR: join(scratch.path, "cache"),
  ...extra,
});

/** A process that is listened to. */
class Child {
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

const tool = (args: readonly string[]): Promise<Finished> =>
  run("pcp-train", args, { env: environment(), timeout: PATIENCE });

interface Shepherd extends Child {
  readonly port: string;
}

async function shepherd(
  config: string,
  args: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<Shepherd> {
  const child = new Child(["--shepherd", "--config", config, "--port", "0", ...args], env);
  const [, port = ""] = await child.says(/listening on http:\/\/127\.0\.0\.1:(\d+)/);
  return Object.assign(child, { port });
}

const worker = (name: string, port: string): Child =>
  new Child([
    ...["--worker", "--connect", `127.0.0.1:${port}`, "--name", name, "--backend", "interp"],
    ...["--state-dir", join(scratch.path, "workers")],
  ]);

const journalOf = async (folder: string): Promise<JournalRecord[]> =>
  (await tool(["journal", folder, "--json"])).stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as JournalRecord);

const statusOf = async (folder: string): Promise<RunStatus & { shepherd: boolean }> =>
  JSON.parse((await tool(["status", folder, "--json"])).stdout) as RunStatus & {
    shepherd: boolean;
  };

const checkpointFile = (folder: string, step: number, name: string): Buffer =>
  readFileSync(join(folder, `step-${String(step).padStart(8, "0")}`, `${name}.safetensors`));

/** Nothing that a journal must hold is broken. */
async function expectSound(folder: string): Promise<void> {
  const { exitCode, stdout } = await tool(["journal", folder, "--check"]);
  expect(stdout).toContain("all that must hold does");
  expect(exitCode).toBe(0);
}

describe("one command", () => {
  it("trains with two workers, and leaves a run that can be sampled, checked and recomputed", async () => {
    const config = writeConfig({ keep_updates: true, eval_every: 10, checkpoint_every: 10 });
    const folder = runOf(config);
    const { exitCode, stdout, stderr } = await tool([
      "--config",
      config,
      "--workers",
      "2",
      "--json",
    ]);
    expect(stderr).toMatch(/web page: http:\/\/127\.0\.0\.1:\d+\//);
    expect(stderr).toContain("round 6/6");
    expect(exitCode).toBe(0);
    const outcome = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as {
      outcome: string;
      rounds: number;
      loss: number;
      evalLoss: number;
    };
    expect(outcome).toMatchObject({ outcome: "done", rounds: 6 });
    const losses = readFileSync(join(folder, "metrics.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { event: string; step: number; loss: number })
      .filter(({ event }) => event === "step");
    expect(losses.map(({ step }) => step)).toEqual([5, 10, 15, 20, 25, 30]);
    expect(losses[0]?.loss).toBeGreaterThan(5);
    expect(outcome.loss).toBeLessThan(4);
    expect(outcome.evalLoss).toBeLessThan(4);
    await expectSound(folder);
    const replayed = await tool(["replay", folder]);
    expect(replayed.stdout).toBe("6 merges: 6 computed again with the same digests, 0 differ");
    const sampled = await tool([
      ...["sample", "--checkpoint", folder, "--engine", "interp", "--prompt", "t", "--tokens", "5"],
    ]);
    expect(sampled.exitCode).toBe(0);
    const status = await statusOf(folder);
    expect(status).toMatchObject({ state: "done", shepherd: false, tokens: 6 * 2 * 5 * 32 });
    expect(status.checkpoint?.path).toBe(join(folder, "step-00000030"));
    expect(status.workers.map(({ worker: name, merged }) => [name, merged])).toEqual([
      ["w0", 6],
      ["w1", 6],
    ]);
  });

  it("finds a merge that is not what the journal says", async () => {
    const config = writeConfig({ keep_updates: true, outer_loop_steps: 3 });
    const folder = runOf(config);
    expect((await tool(["--config", config, "--workers", "1"])).exitCode).toBe(0);
    const commits = (await journalOf(folder)).filter((record) => record.kind === "commit");
    const update = commits[1]?.contributions[0]?.updates[0]?.blob.digest ?? "";
    const blob = join(folder, "blobs", update.slice(0, 2), update);
    expect(existsSync(blob)).toBe(true);
    const bytes = readFileSync(blob);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    writeFileSync(blob, bytes);
    const { stdout } = await tool(["replay", folder, "--json"]);
    const verdicts = stdout
      .trim()
      .split("\n")
      .slice(0, -1)
      .map((line) => (JSON.parse(line) as { verdict: string }).verdict);
    expect(verdicts).toEqual(["same", "gone", "same"]);
  });
});

describe("survival", () => {
  it("gives bitwise the same parameters and momentum when the shepherd is killed twice and resumed", async () => {
    const keys = { eval_every: 15, checkpoint_every: 10, rejoin_seconds: 20 };
    const whole = writeConfig(keys);
    const killed = writeConfig(keys);
    const first = await shepherd(whole);
    const pair = ["a", "b"].map((name) => worker(`${name}-whole`, first.port));
    expect(await first.code()).toBe(0);
    for (const child of pair) expect(await child.code()).toBe(0);

    const begun = await shepherd(killed, [], { PCP_FAIL_POINT: "shepherd.before-commit:3" });
    const workers = ["a", "b"].map((name) => worker(`${name}-killed`, begun.port));
    expect(await begun.code()).toBe(137);
    const again = ["--resume", "--port", begun.port];
    const second = await shepherd(killed, again, { PCP_FAIL_POINT: "shepherd.after-commit:2" });
    expect(await second.code()).toBe(137);
    const last = await shepherd(killed, again);
    expect(await last.code()).toBe(0);
    for (const child of workers) expect(await child.code()).toBe(0);

    for (const name of ["weights", "state"])
      expect(checkpointFile(runOf(killed), 30, name)).toEqual(
        checkpointFile(runOf(whole), 30, name),
      );
    await expectSound(runOf(killed));
    const steps = readFileSync(join(runOf(killed), "metrics.jsonl"), "utf8").match(
      /"step","step":\d+/g,
    );
    expect(steps).toEqual([5, 10, 15, 20, 25, 30].map((step) => `"step","step":${step}`));
  });

  it("goes on without a worker that is killed, and takes in another one", async () => {
    const config = writeConfig({ outer_loop_steps: 4000, reconnect_seconds: 1 });
    const child = await shepherd(config);
    worker("alice", child.port);
    const bob = worker("bob", child.port);
    await child.says(/round \d+\/4000 .* 2 workers/);
    await bob.end();
    await child.says(/bob is out \(crashed\)/);
    await child.says(/round \d+\/4000 .* 1 worker /);
    worker("carol", child.port);
    await child.says(/ 1 worker [\s\S]* 2 workers /);
    expect((await tool(["stop", runOf(config)])).exitCode).toBe(0);
    expect(await child.code()).toBe(0);
    const joined = (await journalOf(runOf(config))).flatMap((record) =>
      record.kind === "join" ? [record.worker] : [],
    );
    expect(joined.slice(0, 2).sort()).toEqual(["alice", "bob"]);
    expect(joined.slice(2)).toEqual(["carol"]);
    await expectSound(runOf(config));
  });

  it("is resumed after SIGTERM", async () => {
    const config = writeConfig({ outer_loop_steps: 60 });
    const child = await shepherd(config);
    const alice = worker("alice-term", child.port);
    worker("bob-term", child.port);
    await child.says(/round \d+\/60/);
    child.process.kill("SIGTERM");
    expect(await child.code()).toBe(143);
    expect(child.stderr).toMatch(/interrupted after \d+ rounds?; go on with --resume/);
    expect(await statusOf(runOf(config))).toMatchObject({ shepherd: false });
    const resumed = await shepherd(config, ["--resume", "--port", child.port]);
    expect(await resumed.code()).toBe(0);
    expect(await alice.code()).toBe(0);
    await expectSound(runOf(config));
  });
});

describe("control", () => {
  it("pauses, resumes, drains, kicks and stops", async () => {
    const config = writeConfig({ outer_loop_steps: 100_000 });
    const folder = runOf(config);
    const child = await shepherd(config);
    const alice = worker("alice-c", child.port);
    const bob = worker("bob-c", child.port);
    const carol = worker("carol-c", child.port);
    await child.says(/round \d+\/100000 .* 3 workers/);
    expect((await tool(["pause", folder])).exitCode).toBe(0);
    expect(await statusOf(folder)).toMatchObject({ state: "paused", shepherd: true });
    const resumed = await tool(["resume", folder, "--json"]);
    expect(JSON.parse(resumed.stdout)).toEqual({
      action: "resume",
      worker: null,
      done: true,
      problem: null,
    });
    expect((await tool(["drain", "alice-c", folder])).exitCode).toBe(0);
    expect(await alice.code()).toBe(0);
    expect((await tool(["kick", "bob-c", folder])).exitCode).toBe(0);
    await child.says(/bob-c is out \(kicked\)/);
    await bob.process;
    const unknown = await tool(["kick", "dave", folder]);
    expect(unknown.stderr).toContain("there is no worker dave in the run");
    expect(unknown.exitCode).toBe(1);
    const shown = await tool(["status", folder]);
    expect(shown.stdout).toMatch(/^carol-c/m);
    expect((await tool(["stop", folder])).exitCode).toBe(0);
    expect(await child.code()).toBe(0);
    expect(await carol.code()).toBe(0);
    const records = await journalOf(folder);
    expect(records.at(-1)).toMatchObject({ kind: "end", reason: "stopped by an operator" });
    const departures = records.flatMap((record) =>
      record.kind === "departure" ? [[record.worker, record.how]] : [],
    );
    expect(departures).toContainEqual(["alice-c", "drained"]);
    expect(departures).toContainEqual(["bob-c", "kicked"]);
    for (const line of (await tool(["journal", folder])).stdout.split("\n"))
      expect(line.length).toBeLessThanOrEqual(80);
    await expectSound(folder);
  });
});

describe("mistakes", () => {
  it("are told by the names of flags and keys", async () => {
    const config = writeConfig();
    const cases: readonly (readonly [readonly string[], string])[] = [
      [["--shepherd"], "--config is missing"],
      [
        ["--shepherd", "--worker", "--config", config],
        "--shepherd and --worker are different roles",
      ],
      [["--config", config, "--workers", "2", "--algorithm", "dilocoo"], "did you mean 'diloco'?"],
      [["--config", config, "--workers", "2", "--quorum", "3"], "config key 'quorum' is 3"],
      [["--shepherd", "--config", config, "--listen", "a:b"], "--listen takes HOST:PORT"],
      [
        ["--shepherd", "--config", config, "--set", "blob_store.kind=shared"],
        "config key 'blob_store.path' is missing",
      ],
      [["status", scratch.path], "holds no distributed run"],
      [["journal", "--from", "x"], "--from takes a whole number"],
    ];
    for (const [args, message] of cases) {
      const { exitCode, stderr } = await tool(args);
      expect(stderr).toContain(message);
      expect(exitCode).toBeGreaterThan(0);
    }
  });

  it("include a folder with another run, and data that has changed", async () => {
    const data = join(scratch.path, "changing.txt");
    writeFileSync(data, "abc ".repeat(500));
    const config = writeConfig({ data_path: data, outer_loop_steps: 2 });
    const args = ["--config", config, "--workers", "1"];
    expect((await tool(args)).exitCode).toBe(0);
    const second = await tool(args);
    expect(second.stderr).toContain("holds a distributed run");
    expect(second.exitCode).toBe(1);
    writeFileSync(data, "abd ".repeat(500));
    const resumed = await tool([...args, "--resume"]);
    expect(resumed.stderr).toContain("is not the data of this run");
    expect((await tool([...args, "--overwrite"])).exitCode).toBe(0);
  });
});
