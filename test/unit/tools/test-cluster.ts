/** @file A distributed run of real processes in a folder of its own, to be killed, stopped and corrupted by tests; all of it is gone at the end. */
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { execa } from "execa";
import { dir } from "tmp-promise";
import { isProblem } from "#lib/support/problem.ts";
import { readJournal } from "#lib/train/cluster/journal.ts";
import { checkJournal } from "#lib/train/protocol/invariants.ts";
import type { RunPlan } from "#lib/train/protocol/plan.ts";
import type { JournalRecord } from "#lib/train/protocol/records.ts";
import { bin, root } from "./processes.ts";

/** A small model on the interpreter: a round takes a second or two. */
const CONFIG = {
  model_path: join(root, "examples/nanochat/small.mlir"),
  data_path: "text.txt",
  engine: "interp",
  learning_rate: 0.005,
  algorithm: "diloco",
  workers: 2,
  tau: 3,
  outer_loop_steps: 4,
  eval_every: 0,
  checkpoint_every: 3,
  round_deadline: 300,
  rejoin_seconds: 60,
  checkpoint_dir: "run",
  keep_updates: true,
};

const launch = (args: readonly string[], cwd: string, env: Readonly<Record<string, string>>) =>
  execa(process.execPath, [bin("pcp-train"), ...args], {
    cwd,
    env,
    reject: false,
    stdin: "ignore",
    buffer: false,
    timeout: 280_000,
    killSignal: "SIGKILL",
  });

type Child = ReturnType<typeof launch>;

/** A child, what it has said so far, and who waits for a line of it. */
export class TestProcess {
  readonly child: Child;
  output = "";
  private readonly listeners = new Set<() => void>();

  constructor(child: Child) {
    this.child = child;
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (chunk: Buffer) => {
        this.output += chunk.toString("utf8");
        for (const listener of this.listeners) listener();
      });
    void child.then(() => {
      for (const listener of this.listeners) listener();
    });
  }

  /** Resolves when the process has said something that matches; rejects with all that it said when it ends without. */
  says(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(this.output);
        const ended = this.child.exitCode !== null || this.child.signalCode !== null;
        if (match === null && !ended) return;
        this.listeners.delete(look);
        if (match !== null) resolve(match);
        else reject(new Error(`it ended without ${pattern}:\n${this.output}`));
      };
      this.listeners.add(look);
      look();
    });
  }

  /** Exit code, or the signal that ended it. */
  async ended(): Promise<number | string> {
    const { exitCode, signal } = await this.child;
    return exitCode ?? signal ?? "nothing";
  }

  kill(signal: NodeJS.Signals = "SIGKILL"): void {
    this.child.kill(signal);
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? (address?.port ?? 0) : 0));
    });
  });

/** A run: one shepherd at a time on one port, and any number of workers. */
export class TestCluster {
  readonly folder: string;
  readonly run: string;
  private readonly port: number;
  private readonly cleanup: () => Promise<void>;
  private readonly processes: TestProcess[] = [];
  private token = "";

  private constructor(folder: string, port: number, cleanup: () => Promise<void>) {
    this.folder = folder;
    this.run = join(folder, "run");
    this.port = port;
    this.cleanup = cleanup;
  }

  /** @param overrides - config keys over those of a small run of two workers. */
  static async make(overrides: object = {}): Promise<TestCluster> {
    const made = await dir({ unsafeCleanup: true, prefix: "pcp-cluster-" });
    writeFileSync(
      join(made.path, "text.txt"),
      "the quick brown fox jumps over the lazy dog. ".repeat(800),
    );
    writeFileSync(join(made.path, "run.json"), JSON.stringify({ ...CONFIG, ...overrides }));
    return new TestCluster(made.path, await freePort(), made.cleanup);
  }

  /** Starts pcp-train in the run's folder. */
  start(args: readonly string[], env: Record<string, string> = {}): TestProcess {
    const started = new TestProcess(launch(args, this.folder, env));
    this.processes.push(started);
    return started;
  }

  /** Starts a shepherd and waits until workers can join it. */
  async shepherd(
    args: readonly string[] = [],
    env: Record<string, string> = {},
  ): Promise<TestProcess> {
    const started = this.start(
      ["--shepherd", "--config", "run.json", "--listen", `127.0.0.1:${this.port}`, ...args],
      env,
    );
    this.token = (await started.says(/--worker --join (\S+)\n/))[1] ?? "";
    return started;
  }

  worker(
    name: string,
    env: Record<string, string> = {},
    args: readonly string[] = [],
  ): TestProcess {
    return this.start(
      ["--worker", "--name", name, "--backend", "interp", "--state-dir", `state-${name}`, ...args],
      { PCP_JOIN_TOKEN: this.token, ...env },
    );
  }

  /** Records of the journal by now. */
  async records(): Promise<readonly JournalRecord[]> {
    const read = await readJournal(join(this.run, "journal.jsonl"));
    if (isProblem(read)) throw new Error(read.problem);
    return read.records;
  }

  /** What is wrong with the journal: units trained on twice, versions out of order, and so on. */
  async violations(): Promise<readonly string[]> {
    const plan = JSON.parse(readFileSync(join(this.run, "plan.json"), "utf8")) as RunPlan;
    return checkJournal(await this.records(), plan);
  }

  /** Digests of parameters and momentum after every merge, in order. */
  async merges(): Promise<string[]> {
    return (await this.records()).flatMap((record) =>
      record.kind === "commit"
        ? record.fragments.map(({ fragment, state: { version, parameters, momentum } }) =>
            [record.round, fragment, version, parameters.digest, momentum?.digest].join(" "),
          )
        : [],
    );
  }

  /** Resolves when the journal has what `wanted` looks for. */
  async journalHas(wanted: (record: JournalRecord) => boolean, seconds = 120): Promise<void> {
    for (const until = Date.now() + seconds * 1000; Date.now() < until; ) {
      const records = await this.records().catch(() => []);
      if (records.some(wanted)) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`the journal has no such record after ${seconds} s:\n${this.said()}`);
  }

  /** All that all processes have said. */
  said(): string {
    return this.processes.map(({ output }) => output).join("\n---\n");
  }

  /** Ends whatever still runs, and removes the folder. */
  async end(): Promise<void> {
    for (const one of this.processes) one.kill("SIGCONT");
    for (const one of this.processes) one.kill();
    await Promise.all(this.processes.map((one) => one.ended()));
    await this.cleanup();
  }
}
