/** @file A worker and the shepherd killed once each in a streaming, a decoupled and a data parallel run: each ends, with every unit counted once. */
import { describe, expect, it } from "vitest";
import { LAYERS, PATIENCE, undisturbed, unitsOf, withCluster } from "./test-cluster.ts";

const RUNS = [
  ["streaming", { ...LAYERS, tau: 4, fragments: 2, overlap_steps: 1, outer_loop_steps: 5 }],
  ["decoupled", { ...LAYERS, tau: 4, fragments: 2, overlap_steps: 1, outer_loop_steps: 5 }],
  ["data_parallel", { tau: 1, outer_loop_steps: 12, quorum: 2 }],
] as const;

describe.concurrent("kills in a run of", () => {
  it.each(RUNS)(
    "%s",
    async (algorithm, keys) => {
      const run = { algorithm, ...keys };
      let merges: readonly string[] = [];
      await withCluster(run, async (cluster) => {
        const first = await cluster.shepherd([], { PCP_FAIL_POINT: "shepherd.after-commit:4" });
        const other = cluster.worker("w0");
        const killed = cluster.worker("w1", { PCP_FAIL_POINT: "worker.after-upload:3" });
        const again = killed.ended().then((how) => {
          expect(how).toBe("SIGKILL");
          return cluster.worker("w1");
        });
        expect(await first.ended()).toBe("SIGKILL");
        const second = await cluster.shepherd(["--resume"]);
        await cluster.allEnd([second, other, await again]);
        const units = unitsOf(await cluster.commits(), cluster.plan());
        expect(new Set(units).size).toBe(units.length);
        merges = await cluster.merges();
      });
      // Gradients depend on no state of workers.
      if (algorithm === "data_parallel") expect(merges).toEqual(await undisturbed(run));
    },
    2 * PATIENCE,
  );
});
