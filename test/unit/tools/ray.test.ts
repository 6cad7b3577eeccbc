/** @file Training on a real Ray cluster of two nodes, of which the one with the worker dies. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findPython, packageFolders } from "../../../lib/runtime/python.ts";
import { isProblem } from "../../../lib/support/problem.ts";
import { LaunchedRun, type Observed } from "./launched-run.ts";
import { bin, root, until } from "./processes.ts";

const found = await findPython({ env: process.env, cwd: root }, "ray");
const python =
  !isProblem(found) && packageFolders(found.path).some((path) => existsSync(join(path, "ray")))
    ? found.path
    : null;
const why = python === null ? " (Ray is missing: run 'sh scripts/setup.sh ray')" : "";
const ROUNDS = 80;

let run: LaunchedRun;
beforeAll(() => {
  // Short: Ray's sockets lie in it, and paths of sockets are short.
  run = new LaunchedRun("pcp-r-", { workers: 1, tau: 10, outer_loop_steps: ROUNDS });
});
afterAll(() => run.close());

/** A cluster of so many nodes for workers. */
function startCluster(nodes: number) {
  const child = execa(
    python ?? "",
    ["-u", join(root, "test/unit/tools/ray_cluster.py"), String(nodes)],
    {
      env: { ...run.env, RAY_TMPDIR: run.folder },
      reject: false,
      buffer: false,
      stdin: "pipe",
      stderr: "ignore",
    },
  );
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  return { child, lines: () => text.split("\n").slice(0, -1) };
}

it("Ray is installed where tests must be complete", () => {
  if (process.env["CI"] === "true") expect(why).toBe("");
});

describe.skipIf(python === null)(`training on Ray${why}`, () => {
  it("brings a worker back on another node when its own dies, and goes on", async () => {
    const cluster = startCluster(2);
    let shepherd: Observed | null = null;
    let launch: Observed | null = null;
    try {
      await until("the cluster", () => cluster.lines().length > 0);
      const joined = await run.shepherd();
      shepherd = joined.shepherd;
      const { address, nodes } = JSON.parse(cluster.lines()[0] ?? "") as {
        address: string;
        nodes: string[];
      };
      const program = `${process.execPath} ${bin("pcp-train")}`;
      launch = run.start(
        ["launch", "ray", "--address", address, "--resource=slot=1", "--backend", "interp"].concat([
          "--program",
          program,
        ]),
        // Without the second, Ray takes 127.0.0.1 for the address that others see.
        { PCP_JOIN_TOKEN: joined.token, RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER: "0" },
      );
      const placed = launch;
      await until("the place", () => /\[w0\] placed on \S+ \(node \w+\)/.test(placed.err));
      await until("two rounds", () => run.commits().length >= 2);
      const node = /\[w0\] placed on \S+ \(node (\w+)\)/.exec(placed.err)?.[1] ?? "-";
      const lost = nodes.find((one) => one.startsWith(node)) ?? "";
      expect(lost).not.toBe("");
      cluster.child.stdin.write(`kill ${lost}\n`);
      await until("the worker to join again", () => run.joins("pcp-0").length === 2);
      await until("the new place", () => /\[w0\] restarted on \S+ \(node \w+\)/.test(placed.err));
      const other = nodes.find((node) => node !== lost) ?? "";
      expect(placed.err).toContain(`(node ${other.slice(0, 12)})`);

      const [{ exitCode }, launched] = [await shepherd.child, await launch.child];
      expect(shepherd.err).toContain(`done: all ${ROUNDS} rounds are done`);
      expect(exitCode).toBe(0);
      expect(launched.exitCode).toBe(0);
      expect(placed.err).toContain("[w0] ended with exit code 0");
      expect(placed.out).toMatch(/^\[w0\] pcp-train: the run is over/m);
      const incarnations = run
        .commits()
        .flatMap(({ contributions }) => contributions.map(({ incarnation }) => incarnation));
      expect(new Set(incarnations).size).toBe(2);
      expect(await run.violations()).toEqual([]);
    } finally {
      await launch?.stop("SIGTERM");
      await shepherd?.stop();
      cluster.child.stdin.end();
      await cluster.child;
    }
  }, 240_000);

  it("says that there is no cluster", async () => {
    const launch = run.start(
      ["launch", "ray", "--connect", "127.0.0.1:9", "--insecure", "--backend", "interp"],
      { RAY_TMPDIR: run.folder },
    );
    const { exitCode } = await launch.child;
    expect(exitCode).toBe(1);
    expect(launch.err).toMatch(/no Ray cluster at 'auto': /);
  }, 90_000);
});
