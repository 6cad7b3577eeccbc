/** @file A small distributed run in a folder of its own, whose workers are placed by launchers. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isProblem } from "../../../lib/support/problem.ts";
import { readJournal } from "../../../lib/train/cluster/journal.ts";
import type { RunSecrets } from "../../../lib/train/launch/run-secrets.ts";
import { checkJournal } from "../../../lib/train/protocol/invariants.ts";
import type { RunPlan } from "../../../lib/train/protocol/plan.ts";
import type { JournalRecord } from "../../../lib/train/protocol/records.ts";
import { root, start, until } from "./processes.ts";

/** A process and what it has written so far. */
export class Observed {
  readonly child: ReturnType<typeof start>;
  out = "";
  err = "";

  constructor(child: ReturnType<typeof start>) {
    this.child = child;
    child.stdout?.on("data", (chunk: Buffer) => {
      this.out += chunk.toString();
    });
    child.stderr?.on("data", (chunk: Buffer) => {
      this.err += chunk.toString();
    });
  }

  /** Asks it to end; resolves when it has. */
  async stop(signal: "SIGTERM" | "SIGKILL" = "SIGKILL"): Promise<void> {
    this.child.kill(signal);
    await this.child;
  }
}

/** A run of a model that trains in milliseconds, on the interpreter. */
export class LaunchedRun {
  readonly folder: string;
  /** For every process of the run: a cache of its own. */
  readonly env: Record<string, string>;

  constructor(prefix: string, config: object) {
    this.folder = mkdtempSync(join(tmpdir(), prefix));
    this.env = { PCP_CACHE_DIR: join(this.folder, "cache") };
    const text = "the quick brown fox jumps over the lazy dog. ";
    writeFileSync(join(this.folder, "text.txt"), text.repeat(400));
    const fixture = join(root, "test/fixtures/train/bigram");
    const keys = {
      model_path: `${fixture}.mlir`,
      manifest_path: `${fixture}.manifest.json`,
      data_path: "text.txt",
      engine: "interp",
      learning_rate: 0.05,
      checkpoint_dir: "run",
      log_every: 1,
      heartbeat_timeout: 5,
    };
    writeFileSync(join(this.folder, "config.json"), JSON.stringify({ ...keys, ...config }));
  }

  /** Starts pcp-train in the run's folder. */
  start(args: readonly string[], env: Record<string, string | undefined> = {}): Observed {
    const options = { cwd: this.folder, timeout: 200_000, buffer: false } as const;
    return new Observed(start("pcp-train", args, { ...options, env: { ...this.env, ...env } }));
  }

  /** Starts the shepherd; the token is there when workers can join. */
  async shepherd(
    listen = "127.0.0.1:0",
    args: readonly string[] = [],
    supervised = false,
  ): Promise<{ shepherd: Observed; token: string }> {
    const shepherd = this.start(
      (supervised ? ["--supervise", "--"] : [])
        .concat(["--shepherd", "--config", "config.json", "--listen", listen])
        .concat(args),
    );
    try {
      await until(
        "the join line",
        () => /--join \S+\n/.test(shepherd.out) || shepherd.child.exitCode !== null,
      );
    } catch (error) {
      await shepherd.stop();
      throw error;
    }
    const token = /--join (\S+)\n/.exec(shepherd.out)?.[1];
    if (token === undefined) throw new Error(`no join line: ${shepherd.err}`);
    return { shepherd, token };
  }

  private get journalPath(): string {
    return join(this.folder, "run", "journal.jsonl");
  }

  /** Records that are whole by now; each line begins with its checksum. */
  journal(): JournalRecord[] {
    if (!existsSync(this.journalPath)) return [];
    return readFileSync(this.journalPath, "utf8")
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line.slice(line.indexOf(" ") + 1)) as JournalRecord);
  }

  commits() {
    return this.journal().filter((record) => record.kind === "commit");
  }

  departures() {
    return this.journal().filter((record) => record.kind === "departure");
  }

  joins(worker: string) {
    return this.journal().filter((record) => record.kind === "join" && record.worker === worker);
  }

  /** What in the journal cannot be, such as data that was trained on twice. */
  async violations(): Promise<readonly string[]> {
    const contents = await readJournal(this.journalPath);
    if (isProblem(contents)) throw new Error(contents.problem);
    const plan = JSON.parse(readFileSync(join(this.folder, "run", "plan.json"), "utf8")) as RunPlan;
    return checkJournal(contents.records, plan);
  }

  /** Keys for a run that has not begun. */
  writeSecrets({ files, folder }: RunSecrets): void {
    const place = join(this.folder, "run", folder);
    mkdirSync(place, { recursive: true, mode: 0o700 });
    for (const [name, text] of Object.entries(files))
      writeFileSync(join(place, name), text, { mode: 0o600 });
  }

  /** Digests of the blobs that are there. */
  blobs(): string[] {
    return readdirSync(join(this.folder, "run", "blobs"), { recursive: true, encoding: "utf8" })
      .map((path) => path.split("/").at(-1) ?? "")
      .filter((name) => /^[0-9a-f]{64}$/.test(name))
      .sort();
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
