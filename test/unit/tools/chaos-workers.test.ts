/** @file Workers killed at every step of the protocol, one after the other and all at once: what was not merged is trained again, by themselves or by others. */
import { beforeAll, describe, expect, it } from "vitest";
import { PATIENCE, undisturbed, unitsOf, withCluster } from "./test-cluster.ts";

const POINTS = [
  "worker.after-register",
  "worker.after-lease",
  "worker.after-step",
  "worker.before-upload",
  "worker.after-upload",
  "worker.after-submit",
  "worker.after-merge",
];

/** The learning rate falls from round to round, and no round is closed before both have handed in. */
const SAME = { quorum: 2, outer_loop_steps: 6, schedule: "cosine", warmup_steps: 2 };

let expected: readonly string[];

beforeAll(async () => {
  expected = await undisturbed(SAME);
}, PATIENCE);

describe.concurrent("workers killed by SIGKILL", () => {
  it(
    "one that is started again after each step of the protocol trains what it would have trained",
    () =>
      withCluster(SAME, async (cluster) => {
        const shepherd = await cluster.shepherd();
        const other = cluster.worker("w0");
        for (const point of POINTS) {
          const killed = cluster.worker("w1", { PCP_FAIL_POINT: point });
          expect(await killed.ended(), point).toBe("SIGKILL");
        }
        await cluster.allEnd([shepherd, other, cluster.worker("w1")]);
        expect(await cluster.merges()).toEqual(expected);
      }),
    PATIENCE,
  );

  it.each(["worker.after-step", "worker.after-upload", "worker.after-submit"])(
    "at %s, without coming back: the other goes on, with its data as well",
    (point) =>
      withCluster({ outer_loop_steps: 4, reconnect_seconds: 1 }, async (cluster) => {
        const shepherd = await cluster.shepherd();
        const stays = cluster.worker("w0");
        const killed = cluster.worker("w1", { PCP_FAIL_POINT: `${point}:2` });
        expect(await killed.ended()).toBe("SIGKILL");
        await cluster.allEnd([shepherd, stays]);
        const left = await cluster.journalHas(({ kind }) => kind === "departure");
        expect(left).toMatchObject({ worker: "w1", how: "crashed" });
        expect((await cluster.command("status", "run")).stdout).toMatch(/w1 .*crashed/);
        // What came back is what is trained next: no unit is left out.
        const units = unitsOf(await cluster.commits(), cluster.plan());
        expect(units).toEqual(units.map((_, i) => i));
      }),
    PATIENCE,
  );

  it.each(["shepherd.after-submit:3", "shepherd.after-open:2"])(
    "both with their shepherd (%s): started again, all go on as if nothing had been",
    (point) =>
      withCluster({ ...SAME, quorum: 1 }, async (cluster) => {
        const first = await cluster.shepherd([], { PCP_FAIL_POINT: point });
        const killed = ["w0", "w1"].map((name) => cluster.worker(name));
        expect(await first.ended()).toBe("SIGKILL");
        for (const worker of killed) worker.kill();
        await Promise.all(killed.map((worker) => worker.ended()));
        const second = await cluster.shepherd(["--resume"]);
        // In another order than before.
        const workers = [cluster.worker("w1"), cluster.worker("w0")];
        await cluster.allEnd([second, ...workers]);
        expect(await cluster.merges()).toEqual(expected);
      }),
    PATIENCE,
  );

  it(
    "again and again, over several epochs of little data: each unit counts once in each",
    () =>
      withCluster({ outer_loop_steps: 60, max_epochs: 3, tau: 5 }, async (cluster) => {
        cluster.setText("to be or not to be. ".repeat(60));
        const shepherd = await cluster.shepherd();
        const stays = cluster.worker("w0");
        for (const point of ["after-step:7", "after-upload:3", "after-submit:2"]) {
          const killed = cluster.worker("w1", { PCP_FAIL_POINT: `worker.${point}` });
          expect(await killed.ended(), point).toBe("SIGKILL");
        }
        await cluster.allEnd([shepherd, stays, cluster.worker("w1")]);
        const plan = cluster.plan();
        const units = unitsOf(await cluster.commits(), plan);
        expect(units).toEqual(Array.from({ length: 3 * plan.data.unitsPerEpoch }, (_, i) => i));
        expect(shepherd.output).toContain("the data is used up");
      }),
    PATIENCE,
  );
});
