/** @file Training on a real Slurm cluster of one node: workers placed as jobs, one lost and queued again, the run whole. */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatJoinToken } from "../../../lib/train/net/join-token.ts";
import { LaunchedRun } from "./launched-run.ts";
import { bin, until } from "./processes.ts";
import { SlurmCluster, slurmProblem } from "./slurm-cluster.ts";

const problem = slurmProblem();
const ROUNDS = 60;

let run: LaunchedRun;
let cluster: SlurmCluster;
beforeAll(async () => {
  // The run waits for a worker that is lost.
  run = new LaunchedRun("pcp-slurm-run-", {
    workers: 2,
    quorum: 2,
    tau: 5,
    outer_loop_steps: ROUNDS,
  });
  if (problem === null) cluster = await SlurmCluster.start(2);
});
afterAll(async () => {
  await cluster?.close();
  run.close();
});

/** Places workers as a user does; returns the number of the job. */
async function submit(token: string, name: string, flags: readonly string[]): Promise<string> {
  const place = join(run.folder, name);
  mkdirSync(place);
  const { stdout, exitCode, stderr } = await execa(
    process.execPath,
    [bin("pcp-train"), "launch", "slurm", "--submit", ...flags]
      .concat(["--folder", place, "--cpus", "1", "--name", name])
      .concat(["--program", `${process.execPath} ${bin("pcp-train")}`]),
    {
      env: { ...cluster.env, ...run.env, PCP_JOIN_TOKEN: token },
      extendEnv: false,
      reject: false,
    },
  );
  expect(stderr).toBe(`pcp-train: the jobs read the join token in '${place}/join-token'`);
  expect(exitCode).toBe(0);
  return stdout.trim();
}

const logOf = (name: string, file: string): string => {
  const path = join(run.folder, name, file);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
};

describe.skipIf(problem !== null)(
  `training on Slurm${problem === null ? "" : ` (${problem})`}`,
  () => {
    it("trains with one job per worker, queues a killed one again, and ends with all jobs done", async () => {
      const { shepherd, token } = await run.shepherd();
      try {
        const job = await submit(token, "pcp", ["--workers", "2", "--backend", "interp"]);
        await until("two rounds", () => run.commits().length >= 2);
        expect(run.commits().length).toBeLessThan(ROUNDS / 2);

        // Notice, as before the end of its time or a preemption: it hands in what it has, and comes back.
        const [noticed, killed] = [`slurm-${job}-0`, `slurm-${job}-1`] as const;
        await cluster.read("scancel", ["--signal=TERM", "--batch", `${job}_0`]);
        await until("the worker to leave", () => run.departures().length === 1);
        // The other one waits for it now, and is killed meanwhile.
        await cluster.read("scancel", ["--signal=KILL", `${job}_1.0`]);
        for (const element of ["0", "1"])
          await until(
            `element ${element} to be queued again`,
            async () => (await cluster.field(`${job}_${element}`, "Restarts")) === "1",
          );
        for (const worker of [noticed, killed])
          await until(`${worker} to join again`, () => run.joins(worker).length === 2);

        const { exitCode } = await shepherd.child;
        expect(shepherd.err).toMatch(/done: all 60 rounds are done/);
        expect(exitCode).toBe(0);
        await until("the jobs to end", async () => (await cluster.read("squeue", ["-h"])) === "");
        for (const element of ["0", "1"])
          expect(await cluster.field(`${job}_${element}`, "JobState")).toBe("COMPLETED");

        expect(run.departures()).toMatchObject([
          { worker: noticed, how: "drained" },
          { worker: killed, how: expect.stringMatching(/^(lost|crashed)$/) },
        ]);
        expect(logOf("pcp", `worker-${job}_1.log`)).toContain(
          `worker ${killed} ended with exit code 137 (job ${job}_1: RUNNING)`,
        );
        const merged = run.commits();
        expect(merged).toHaveLength(ROUNDS);
        expect(merged.every(({ contributions }) => contributions.length === 2)).toBe(true);
        for (const worker of [noticed, killed]) {
          const parts = merged.flatMap(({ contributions }) => contributions);
          const own = parts.filter((part) => part.worker === worker);
          expect(new Set(own.map(({ incarnation }) => incarnation)).size).toBe(2);
        }
        expect(await run.violations()).toEqual([]);
        const [first, last] = [merged[0], merged.at(-1)].map(
          (commit) => commit?.contributions[0]?.loss,
        );
        expect(last).toBeLessThan((first ?? 0) - 1);
      } finally {
        await shepherd.stop();
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
      await until("the worker to look for its shepherd", () => /127\.0\.0\.1:9/.test(log()));
      await cluster.read("scancel", [job]);
      await until("the job to end", ended(job));
      expect(await cluster.field(job, "JobState")).toBe("CANCELLED");
      expect(await cluster.field(job, "Restarts")).toBe("0");
    }, 120_000);

    it("does not queue a job again whose mistake stays", async () => {
      const job = await submit(nowhere, "mistaken", ["--backend", "rocm"]);
      await until("the job to end", ended(job));
      expect(await cluster.field(job, "JobState")).toBe("FAILED");
      expect(await cluster.field(job, "ExitCode")).toBe("78:0");
      expect(logOf("mistaken", `worker-${job}.log`)).toMatch(/--backend rocm needs --target/);
    }, 120_000);
  },
);
