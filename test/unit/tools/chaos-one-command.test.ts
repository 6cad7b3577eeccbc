/** @file `pcp-train --workers 2`: whatever ends it, nothing of it stays behind, and it can be resumed. */
import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { PATIENCE, type TestCluster, withCluster } from "./test-cluster.ts";

/** Processes whose command line names the folder of the run. */
function processesOf({ run }: TestCluster): string[] {
  return execFileSync("ps", ["-ww", "-eo", "pid=,args="], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.includes(run));
}

/** Waits until no process of a run is left. */
async function gone(cluster: TestCluster): Promise<void> {
  for (let i = 0; processesOf(cluster).length > 0 && i < 300; i++)
    await new Promise((resolve) => setTimeout(resolve, 100));
  expect(processesOf(cluster)).toEqual([]);
}

const START = ["--config", "run.json", "--workers", "2"];

describe.concurrent("one command for all", () => {
  it(
    "killed by SIGKILL leaves no process behind, and goes on with --resume",
    () =>
      withCluster({ tau: 30 }, async (cluster) => {
        const first = cluster.start(START);
        await cluster.journalHas(({ kind }) => kind === "commit");
        expect(processesOf(cluster)).toHaveLength(2);
        first.kill();
        await first.ended();
        await gone(cluster);
        await cluster.allEnd([cluster.start([...START, "--resume"])]);
        expect((await cluster.commits()).length).toBe(4);
      }),
    PATIENCE,
  );

  it(
    "ended by Ctrl-C leaves no process behind, and goes on with --resume",
    () =>
      withCluster({ tau: 30 }, async (cluster) => {
        const first = cluster.start(START);
        await cluster.journalHas(({ kind }) => kind === "commit");
        const before = first.output.length;
        first.kill("SIGINT");
        expect(await first.ended()).toBe(130);
        // One line says how it ended; nothing tells of workers that end with it.
        expect(first.output).toMatch(/interrupted after \d rounds?; go on with --resume\n$/);
        expect(first.output.slice(before)).not.toMatch(/tried again|asked to end|\[w\d\] stopped/);
        expect(processesOf(cluster)).toEqual([]);
        expect(await cluster.violations()).toEqual([]);
        await cluster.allEnd([cluster.start([...START, "--resume"])]);
        expect((await cluster.commits()).length).toBe(4);
      }),
    PATIENCE,
  );

  it(
    "ended at once by Ctrl-C typed again leaves no process behind",
    () =>
      withCluster({ tau: 30 }, async (cluster) => {
        const first = cluster.start(START);
        await cluster.journalHas(({ kind }) => kind === "commit");
        const again = setInterval(() => first.kill("SIGINT"), 1);
        expect(await first.ended()).toBe(130);
        clearInterval(again);
        await gone(cluster);
      }),
    PATIENCE,
  );
});
