/** @file A distributed run of real processes in a folder of its own, to be killed, stopped and corrupted by tests; all of it is gone at the end. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { dir } from "tmp-promise";
import { isProblem } from "#lib/support/problem.ts";
import { readJournal } from "#lib/train/cluster/journal.ts";
import { connectShepherd } from "#lib/train/net/client.ts";
import { checkJournal } from "#lib/train/protocol/invariants.ts";
import type { RunPlan } from "#lib/train/protocol/plan.ts";
import type { CommitRecord, JournalRecord } from "#lib/train/protocol/records.ts";
import type { RunStatus, WorkerStatus } from "#lib/train/protocol/status.ts";
import { bin, type Finished, freePort, root, run } from "./processes.ts";

/** Machines that test are busy: every wait is bounded, but generously. */
export const PATIENCE = 280_000;
const PATIENCE_SECONDS = 150;

/** A model with several layers on the interpreter, for runs that exchange it in parts. */
export const LAYERS = {
  model_path: join(root, "examples/nanochat/small.mlir"),
  manifest_path: undefined,
  learning_rate: 0.005,
};

/** One of a single layer: a round takes less than a second. */
const CONFIG = {
  model_path: join(root, "test/fixtures/train/bigram.mlir"),
  manifest_path: join(root, "test/fixtures/train/bigram.manifest.json"),
  data_path: "text.txt",
  engine: "interp",
  learning_rate: 0.05,
  optimizer: { name: "adamw" },
  algorithm: "diloco",
  workers: 2,
  tau: 8,
  outer_loop_steps: 4,
  eval_every: 0,
  checkpoint_every: 3,
  round_deadline: 300,
  rejoin_seconds: 60,
  checkpoint_dir: "run",
  keep_updates: true,
};

const launch = (
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
  namespace: string | null,
) => {
  const own = [process.execPath, bin("pcp-train"), ...args];
  const [file = "", ...rest] =
    namespace === null ? own : ["ip", "netns", "exec", namespace, ...own];
  return execa(file, rest, {
    cwd,
    env,
    reject: false,
    stdin: "ignore",
    buffer: false,
    timeout: PATIENCE,
    killSignal: "SIGKILL",
  });
};

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

/** Clusters at the same time in one test process: what mostly waits need not wait alone. */
const AT_ONCE = 3;
let running = 0;
const queue: (() => void)[] = [];

/** Runs a test on a cluster of its own, which is gone afterwards; a failure comes with all that its processes said. */
export async function withCluster(
  overrides: object,
  test: (cluster: TestCluster) => Promise<void>,
): Promise<void> {
  while (running >= AT_ONCE) await new Promise<void>((resolve) => queue.push(resolve));
  running++;
  try {
    const cluster = await TestCluster.make(overrides);
    try {
      await test(cluster);
    } catch (error) {
      if (error instanceof Error) error.message += `\n\nWhat was said:\n${cluster.said()}`;
      throw error;
    } finally {
      await cluster.end();
    }
  } finally {
    running--;
    queue.shift()?.();
  }
}

/** Units that merges consumed, by their number over all epochs, in order. */
export const unitsOf = (commits: readonly CommitRecord[], { data }: RunPlan): number[] =>
  commits
    .flatMap(({ contributions }) => contributions.flatMap(({ units }) => units))
    .flatMap(({ epoch, from, to }) =>
      Array.from({ length: to - from }, (_, i) => epoch * data.unitsPerEpoch + from + i),
    )
    .sort((a, b) => a - b);

/** Digests after every merge of a run of two workers that nothing happens to. */
export async function undisturbed(overrides: object): Promise<readonly string[]> {
  let merges: readonly string[] = [];
  await withCluster(overrides, async (cluster) => {
    const shepherd = await cluster.shepherd();
    const workers = ["w0", "w1"].map((name) => cluster.worker(name));
    await cluster.allEnd([shepherd, ...workers]);
    merges = await cluster.merges();
  });
  return merges;
}

/** A run: one shepherd at a time on one port, and any number of workers. */
export class TestCluster {
  readonly folder: string;
  readonly run: string;
  readonly port: number;
  private readonly cleanup: () => Promise<void>;
  private readonly processes: TestProcess[] = [];
  /** Join token of the shepherd that runs. */
  token = "";

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
  start(
    args: readonly string[],
    env: Record<string, string> = {},
    namespace: string | null = null,
  ): TestProcess {
    const started = new TestProcess(launch(args, this.folder, env, namespace));
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
    namespace: string | null = null,
  ): TestProcess {
    return this.start(
      ["--worker", "--name", name, "--backend", "interp", "--state-dir", `state-${name}`, ...args],
      { PCP_JOIN_TOKEN: this.token, ...env },
      namespace,
    );
  }

  /** Waits for processes to end by themselves, all with exit code 0, and checks the journal that they leave. */
  async allEnd(processes: readonly TestProcess[]): Promise<void> {
    const codes = await Promise.all(processes.map((one) => one.ended()));
    if (codes.some((code) => code !== 0)) throw new Error(`exit codes ${codes.join(", ")}`);
    const violations = await this.violations();
    if (violations.length > 0) throw new Error(`journal: ${violations.join("; ")}`);
  }

  /** Runs a command to its end in the run's folder. */
  command(...args: string[]): Promise<Finished> {
    return run("pcp-train", args, { cwd: this.folder });
  }

  /** The run as its shepherd shows it. */
  async status(): Promise<RunStatus> {
    const client = await connectShepherd({
      ...{ url: `http://127.0.0.1:${this.port}`, fingerprint: null, ca: null },
      credential: readFileSync(join(this.run, "secrets/observer.token"), "utf8").trim(),
    });
    try {
      return await client.status();
    } finally {
      await client.close();
    }
  }

  /** Resolves with a status that is as wanted. */
  async statusIs(wanted: (status: RunStatus) => boolean, seconds = PATIENCE_SECONDS) {
    return this.until("such status", seconds, async () => {
      const status = await this.status();
      return wanted(status) ? status : null;
    });
  }

  /** Resolves with a worker's status that is as wanted. */
  async workerIs(name: string, wanted: (worker: WorkerStatus) => boolean): Promise<WorkerStatus> {
    const isIt = (one: WorkerStatus): boolean => one.worker === name && wanted(one);
    const { workers } = await this.statusIs((status) => status.workers.some(isIt));
    return workers.find(isIt) as WorkerStatus;
  }

  /** Asks again and again until there is an answer. */
  private async until<T>(what: string, seconds: number, ask: () => Promise<T | null>): Promise<T> {
    for (const until = Date.now() + seconds * 1000; Date.now() < until; ) {
      const answer = await ask().catch(() => null);
      if (answer !== null) return answer;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`no ${what} after ${seconds} s`);
  }

  plan(): RunPlan {
    return JSON.parse(readFileSync(join(this.run, "plan.json"), "utf8")) as RunPlan;
  }

  /** Takes the data for another text; before the run begins. */
  setText(text: string): void {
    writeFileSync(join(this.folder, "text.txt"), text);
  }

  /** Merges so far. */
  async commits(): Promise<readonly CommitRecord[]> {
    return (await this.records()).filter((record) => record.kind === "commit");
  }

  /** Records of the journal by now. */
  async records(): Promise<readonly JournalRecord[]> {
    const read = await readJournal(join(this.run, "journal.jsonl"));
    if (isProblem(read)) throw new Error(read.problem);
    return read.records;
  }

  /** What is wrong with the journal: units trained on twice, versions out of order, and so on. */
  async violations(): Promise<readonly string[]> {
    return checkJournal(await this.records(), this.plan());
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

  /** Resolves with the first record of the journal that is as wanted. */
  journalHas(
    wanted: (record: JournalRecord) => boolean,
    seconds = PATIENCE_SECONDS,
  ): Promise<JournalRecord> {
    return this.until(
      "such record in the journal",
      seconds,
      async () => (await this.records()).find(wanted) ?? null,
    );
  }

  /** Resolves when an update of a worker has been merged after a record. */
  counts(name: string, after = 0): Promise<JournalRecord> {
    return this.journalHas(
      (record) =>
        record.kind === "commit" &&
        record.sequence > after &&
        record.contributions.some(({ worker }) => worker === name),
    );
  }

  /** Resolves when a worker has left, however. */
  leaves(name: string): Promise<JournalRecord> {
    return this.journalHas((record) => record.kind === "departure" && record.worker === name);
  }

  /** All processes that were started. */
  all(): readonly TestProcess[] {
    return this.processes;
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
