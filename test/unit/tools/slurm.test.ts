/** @file Training on a real Slurm cluster of one node: workers placed as jobs, one lost and queued again, the run whole. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatJoinToken } from "../../../lib/train/net/join-token.ts";
import type { JournalRecord } from "../../../lib/train/protocol/records.ts";
import { bin, root, start } from "./processes.ts";
import { SlurmCluster, slurmProblem } from "./slurm-cluster.ts";

const problem = slurmProblem();
const ROUNDS = 60;

let folder: string;
let cluster: SlurmCluster;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "pcp-slurm-run-"));
  if (problem === null) cluster = await SlurmCluster.start(2);
});
afterAll(async () => {
  await cluster?.close();
  rmSync(folder, { recursive: true, force: true });
});

function writeConfig(): string {
  writeFileSync(
    join(folder, "text.txt"),
    "the quick brown fox jumps over the lazy dog. ".repeat(400),
  );
  const path = join(folder, "config.json");
  const config = {
    model_path: join(root, "test/fixtures/train/bigram.mlir"),
    manifest_path: join(root, "test/fixtures/train/bigram.manifest.json"),
    data_path: "text.txt",
    engine: "interp",
    learning_rate: 0.05,
    checkpoint_dir: "run",
    log_every: 1,
    workers: 2,
    // The run waits for the worker that is lost.
    quorum: 2,
    tau: 5,
    outer_loop_steps: ROUNDS,
    heartbeat_timeout: 5,
  };
  writeFileSync(path, JSON.stringify(config));
  return path;
}

/** Records of the run's journal that are whole by now. */
function journal(): JournalRecord[] {
  const path = join(folder, "run", "journal.jsonl");
  if (!existsSync(path)) return [];
  // Each line begins with its checksum.
  return readFileSync(path, "utf8")
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line.slice(line.indexOf(" ") + 1)) as JournalRecord);
}
const commits = () => journal().filter((record) => record.kind === "commit");
const departures = () => journal().filter((record) => record.kind === "departure");
const joins = (worker: string) =>
  journal().filter((record) => record.kind === "join" && record.worker === worker);

/** Places workers as a user does; returns the number of the job. */
async function submit(token: string, name: string, flags: readonly string[]): Promise<string> {
  const place = join(folder, name);
  mkdirSync(place);
  const { stdout, exitCode, stderr } = await execa(
    process.execPath,
    [bin("pcp-train"), "launch", "slurm", "--submit", ...flags]
      .concat(["--folder", place, "--cpus", "1", "--name", name])
      .concat(["--program", `${process.execPath} ${bin("pcp-train")}`]),
    {
      env: { ...cluster.env, PCP_JOIN_TOKEN: token, PCP_CACHE_DIR: join(folder, "cache") },
      extendEnv: false,
      reject: false,
    },
  );
  expect(stderr).toBe(`pcp-train: the jobs read the join token in '${place}/join-token'`);
  expect(exitCode).toBe(0);
  return stdout.trim();
}

const logOf = (name: string, file: string): string => {
  const path = join(folder, name, file);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
};

describe.skipIf(problem !== null)(
  `training on Slurm${problem === null ? "" : ` (${problem})`}`,
  () => {
    it("trains with one job per worker, queues a killed one again, and ends with all jobs done", async () => {
      const shepherd = start(
        "pcp-train",
        ["--shepherd", "--config", writeConfig(), "--listen", "127.0.0.1:0"],
        { timeout: 150_000, buffer: false, env: { PCP_CACHE_DIR: join(folder, "cache") } },
      );
      let lines = "";
      let errors = "";
      shepherd.stdout?.on("data", (chunk: Buffer) => (lines += chunk.toString()));
      shepherd.stderr?.on("data", (chunk: Buffer) => (errors += chunk.toString()));
      try {
        await cluster.until("the join line", () => /--join \S+\n/.test(lines));
        const token = /--join (\S+)\n/.exec(lines)?.[1] ?? "";
        const job = await submit(token, "pcp", ["--workers", "2", "--backend", "interp"]);
        await cluster.until("two rounds", () => commits().length >= 2);
        expect(commits().length).toBeLessThan(ROUNDS / 2);

        // Notice, as before the end of its time or a preemption: it hands in what it has, and comes back.
        const [noticed, killed] = [`slurm-${job}-0`, `slurm-${job}-1`] as const;
        await cluster.read("scancel", ["--signal=TERM", "--batch", `${job}_0`]);
        await cluster.until("the worker to leave", () => departures().length === 1);
        // The other one waits for it now, and is killed meanwhile.
        await cluster.read("scancel", ["--signal=KILL", `${job}_1.0`]);
        for (const element of ["0", "1"])
          await cluster.until(
            `element ${element} to be queued again`,
            async () => (await cluster.field(`${job}_${element}`, "Restarts")) === "1",
          );
        for (const worker of [noticed, killed])
          await cluster.until(`${worker} to join again`, () => joins(worker).length === 2);

        const { exitCode } = await shepherd;
        expect(errors).toMatch(/done: all 60 rounds are done/);
        expect(exitCode).toBe(0);
        await cluster.until(
          "the jobs to end",
          async () => (await cluster.read("squeue", ["-h"])) === "",
        );
        for (const element of ["0", "1"])
          expect(await cluster.field(`${job}_${element}`, "JobState")).toBe("COMPLETED");

        expect(departures()).toMatchObject([
          { worker: noticed, how: "drained" },
          { worker: killed, how: expect.stringMatching(/^(lost|crashed)$/) },
        ]);
        expect(logOf("pcp", `worker-${job}_1.log`)).toContain(
          `worker ${killed} ended with exit code 137 (job ${job}_1: RUNNING)`,
        );
        const merged = commits();
        expect(merged).toHaveLength(ROUNDS);
        expect(merged.every(({ contributions }) => contributions.length === 2)).toBe(true);
        for (const worker of [noticed, killed]) {
          const parts = merged.flatMap(({ contributions }) => contributions);
          const own = parts.filter((part) => part.worker === worker);
          expect(new Set(own.map(({ incarnation }) => incarnation)).size).toBe(2);
        }
        const [first, last] = [merged[0], merged.at(-1)].map(
          (commit) => commit?.contributions[0]?.loss,
        );
        expect(last).toBeLessThan((first ?? 0) - 1);
      } finally {
        shepherd.kill("SIGKILL");
        await shepherd;
      }
    }, 180_000);

    /** Of a shepherd that is not there: workers try on. */
    const nowhere = formatJoinToken({
      addresses: ["http://127.0.0.1:9"],
      fingerprint: null,
      secret: "s",
      expires: Date.UTC(2100, 0, 1),
    });
    const ended = (job: string) => async () =>
      /^(FAILED|CANCELLED|COMPLETED)$/.test(await cluster.field(job, "JobState")) &&
      (await cluster.read("squeue", ["-h"])) === "";

    it("leaves a cancelled job cancelled", async () => {
      const job = await submit(nowhere, "cancelled", ["--backend", "interp"]);
      const log = () => logOf("cancelled", `worker-${job}.log`);
      await cluster.until("the worker to look for its shepherd", () =>
        /127\.0\.0\.1:9/.test(log()),
      );
      await cluster.read("scancel", [job]);
      await cluster.until("the job to end", ended(job));
      expect(await cluster.field(job, "JobState")).toBe("CANCELLED");
      expect(await cluster.field(job, "Restarts")).toBe("0");
    }, 120_000);

    it("does not queue a job again whose mistake stays", async () => {
      const job = await submit(nowhere, "mistaken", ["--backend", "rocm"]);
      await cluster.until("the job to end", ended(job));
      expect(await cluster.field(job, "JobState")).toBe("FAILED");
      expect(await cluster.field(job, "ExitCode")).toBe("78:0");
      expect(logOf("mistaken", `worker-${job}.log`)).toMatch(/--backend rocm needs --target/);
    }, 120_000);
  },
);
