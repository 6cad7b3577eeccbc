/** @file Workers that stop, hang, crash, are slow, come late, leave, or share a name, as processes: each is told apart, and the run goes on. */
import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import type { SubmitReply } from "#lib/train/protocol/messages.ts";
import type { JournalRecord } from "#lib/train/protocol/records.ts";
import { runOddWorker } from "./odd-worker.ts";
import { isAlive } from "./processes.ts";
import { PATIENCE, type TestCluster, type TestProcess, withCluster } from "./test-cluster.ts";

/** A run that lasts until it is stopped. */
const LONG = { outer_loop_steps: 5000, keep_updates: false, checkpoint_every: 0 };

/** Stops a run; its processes end by themselves. */
async function stop(cluster: TestCluster, processes: readonly TestProcess[]): Promise<void> {
  expect((await cluster.command("stop", "run")).exitCode).toBe(0);
  await cluster.allEnd(processes);
}

/** Processes that a process has started. */
const childrenOf = (pid: number): number[] =>
  execFileSync("ps", ["-o", "pid=", "--ppid", String(pid)], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map(Number);

const signal = (pids: readonly number[], name: NodeJS.Signals): void => {
  for (const pid of pids) process.kill(pid, name);
};

describe.concurrent("supervision", () => {
  it(
    "a worker that is stopped, one that hangs and one that is killed are told apart; the round goes on without them",
    () =>
      withCluster(
        {
          ...{ ...LONG, workers: 4, tau: 20 },
          ...{ heartbeat_seconds: 0.5, heartbeat_timeout: 5, progress_timeout: 15 },
          reconnect_seconds: 1,
        },
        async (cluster) => {
          const shepherd = await cluster.shepherd();
          const [stays, lost, crashed] = ["stays", "lost", "crashed"].map((name) =>
            cluster.worker(name),
          ) as [TestProcess, TestProcess, TestProcess];
          // Its device is in a process of its own.
          const hung = cluster.worker("hung", {}, ["--backend", "cpu"]);
          await Promise.all(["lost", "hung", "crashed"].map((name) => cluster.counts(name)));
          const device = childrenOf(hung.child.pid ?? 0);
          expect(device.length).toBeGreaterThan(0);
          lost.kill("SIGSTOP");
          signal(device, "SIGSTOP");
          crashed.kill();
          expect(await cluster.leaves("crashed")).toMatchObject({ how: "crashed" });
          expect(await cluster.leaves("lost")).toMatchObject({
            how: "lost",
            reason: "no word for 5 s: stopped, or cut off from the network",
          });
          const gone = await cluster.leaves("hung");
          expect(gone).toMatchObject({
            how: "hung",
            reason: expect.stringMatching(
              /^(training|uploading|blending) without getting on for 15 s, at inner step \d+$/,
            ),
          });
          const { stdout } = await cluster.command("status", "run");
          for (const how of ["lost", "hung", "crashed"])
            expect(stdout).toMatch(new RegExp(`^ *${how} .*\\b${how}\\b`, "m"));
          // Its supervisor starts it again; nothing of it stays behind.
          expect(await hung.ended()).toBe(75);
          expect(hung.output).toContain("not in the run any more (hung)");
          expect(device.filter(isAlive)).toEqual([]);
          await cluster.counts("stays", gone.sequence);
          lost.kill("SIGCONT");
          await lost.says(/registering again: no word for 5 s/);
          await cluster.counts("lost", gone.sequence);
          await stop(cluster, [shepherd, stays, lost]);
        },
      ),
    PATIENCE,
  );

  it(
    "a slow worker is not waited for beyond the deadline; its late update does not count, the next one does",
    () =>
      withCluster({ ...LONG, tau: 5, round_deadline: 6, deadline_factor: 1 }, async (cluster) => {
        const shepherd = await cluster.shepherd();
        const fast = cluster.worker("fast");
        const isLate = (record: JournalRecord): boolean =>
          record.kind === "commit" &&
          record.rejected.some(({ worker, why }) => worker === "slow" && why === "late");
        const late = cluster.journalHas(isLate);
        const replies: SubmitReply[] = [];
        let steps = 0;
        const slow = runOddWorker(cluster, "slow", {
          loop: (usual) => ({
            step: async (unit, rate) => {
              // In the middle of its third round.
              if (++steps === 13) await late;
              return usual.step(unit, rate);
            },
          }),
          api: (usual) => ({
            submit: async (request) => {
              const reply = await usual.submit(request);
              replies.push(reply);
              return reply;
            },
          }),
        });
        const { sequence } = await late;
        await cluster.counts("fast", sequence);
        await cluster.counts("slow", sequence);
        expect(replies).toContainEqual({
          kind: "rejected",
          why: "late",
          detail: "the others were not kept waiting any longer",
        });
        expect((await cluster.workerIs("slow", () => true)).rejected["late"]).toBeGreaterThan(0);
        await stop(cluster, [shepherd, fast]);
        expect(await slow).toMatchObject({ kind: "stopped" });
      }),
    PATIENCE,
  );

  it(
    "below its quorum a run waits, says for whom, and goes on with a new worker",
    () =>
      withCluster({ ...LONG, quorum: 2, reconnect_seconds: 1 }, async (cluster) => {
        const shepherd = await cluster.shepherd();
        const stays = cluster.worker("stays");
        const killed = cluster.worker("killed");
        await cluster.counts("killed");
        killed.kill();
        const gone = await cluster.leaves("killed");
        await cluster.statusIs(({ waitingFor }) =>
          /^workers, 1 of 2 are here \(killed crashed\): \d+ s of 3600 s$/.test(waitingFor ?? ""),
        );
        const merged = (await cluster.commits()).length;
        const fresh = cluster.worker("fresh");
        await cluster.counts("fresh", gone.sequence);
        expect((await cluster.commits())[merged]?.contributions).toMatchObject([
          { worker: "fresh" },
          { worker: "stays" },
        ]);
        await stop(cluster, [shepherd, stays, fresh]);
      }),
    PATIENCE,
  );

  it(
    "workers join and leave at any time: by SIGTERM with what they have done, drained, kicked",
    () =>
      withCluster({ ...LONG, tau: 200, heartbeat_seconds: 0.2 }, async (cluster) => {
        const shepherd = await cluster.shepherd();
        const stays = cluster.worker("stays");
        const leaving = cluster.worker("leaving");
        await cluster.workerIs(
          "leaving",
          ({ step, state }) => state === "training" && step > 0 && step < 100,
        );
        const [drained, kicked] = ["drained", "kicked"].map((name) => cluster.worker(name)) as [
          TestProcess,
          TestProcess,
        ];
        leaving.kill("SIGTERM");
        expect(await leaving.ended()).toBe(0);
        expect(leaving.output).toContain("left the run as asked");
        expect(await cluster.leaves("leaving")).toMatchObject({ how: "drained" });
        const part = (await cluster.commits())
          .flatMap(({ contributions }) => contributions)
          .findLast(({ worker }) => worker === "leaving");
        const { unitTokens } = cluster.plan();
        expect(part?.steps).toBeGreaterThan(0);
        expect(part?.steps).toBeLessThan(200);
        expect(part).toMatchObject({
          tokens: (part?.steps ?? 0) * unitTokens,
          weight: (part?.steps ?? 0) * unitTokens,
        });
        await Promise.all(["drained", "kicked"].map((name) => cluster.counts(name)));
        expect((await cluster.command("drain", "drained", "run")).exitCode).toBe(0);
        expect((await cluster.command("kick", "kicked", "run")).exitCode).toBe(0);
        expect(await drained.ended()).toBe(0);
        expect(await kicked.ended()).toBe(78);
        expect(kicked.output).toMatch(
          /error: not in the run any more \(kicked\): an operator asked for it\n/,
        );
        expect(await cluster.leaves("drained")).toMatchObject({ how: "drained" });
        expect(await cluster.leaves("kicked")).toMatchObject({ how: "kicked" });
        await stop(cluster, [shepherd, stays]);
      }),
    PATIENCE,
  );

  it(
    "of two workers with one name the later one counts, and the other one ends",
    () =>
      withCluster({ ...LONG }, async (cluster) => {
        const shepherd = await cluster.shepherd();
        const other = cluster.worker("other");
        const first = cluster.worker("twin");
        await cluster.counts("twin");
        const second = cluster.worker("twin", {}, ["--state-dir", "elsewhere"]);
        expect(await first.ended()).toBe(78);
        expect(first.output).toMatch(
          /error: not in the run any more \(fenced\): another worker of the name twin has registered, from \S+\n/,
        );
        const fence = await cluster.leaves("twin");
        expect(fence).toMatchObject({ how: "fenced" });
        await cluster.counts("twin", fence.sequence);
        await stop(cluster, [shepherd, other, second]);
        const after = (await cluster.commits())
          .filter(({ sequence }) => sequence > fence.sequence)
          .flatMap(({ contributions }) => contributions.map(({ incarnation }) => incarnation));
        expect(after).not.toContain(fence.kind === "departure" ? fence.incarnation : "");
      }),
    PATIENCE,
  );
});
