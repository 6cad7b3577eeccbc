/** @file Training on a real Ray cluster of two nodes, of which the one with the worker dies. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findPython, packageFolders } from "../../../lib/runtime/python.ts";
import { isProblem } from "../../../lib/support/problem.ts";
import type { JournalRecord } from "../../../lib/train/protocol/records.ts";
import { bin, root, start } from "./processes.ts";

const found = await findPython({ env: process.env, cwd: root }, "ray");
const python =
  !isProblem(found) && packageFolders(found.path).some((path) => existsSync(join(path, "ray")))
    ? found.path
    : null;
const why = python === null ? " (Ray is missing: run 'sh scripts/setup.sh ray')" : "";
const ROUNDS = 80;

let folder: string;
beforeAll(() => {
  // Short: Ray's sockets lie in it, and paths of sockets are short.
  folder = mkdtempSync(join(tmpdir(), "pcp-r-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

async function until(what: string, condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 90_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`waited 90 s for ${what}`);
    await sleep(50);
  }
}

/** A started process and what it has written so far. */
function observed(child: ReturnType<typeof start>) {
  const text = { out: "", err: "" };
  child.stdout?.on("data", (chunk: Buffer) => {
    text.out += chunk.toString();
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    text.err += chunk.toString();
  });
  return { child, text };
}

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
    workers: 1,
    tau: 10,
    outer_loop_steps: ROUNDS,
  };
  writeFileSync(path, JSON.stringify(config));
  return path;
}

const journal = (): JournalRecord[] => {
  const path = join(folder, "run", "journal.jsonl");
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
  return lines.map((line) => JSON.parse(line.slice(line.indexOf(" ") + 1)) as JournalRecord);
};
const commits = () => journal().filter((record) => record.kind === "commit");
const joins = () => journal().filter((record) => record.kind === "join");

/** A cluster of so many nodes for workers. */
function startCluster(nodes: number) {
  const child = execa(
    python ?? "",
    ["-u", join(root, "test/unit/tools/ray_cluster.py"), String(nodes)],
    {
      env: { RAY_TMPDIR: folder, PCP_CACHE_DIR: join(folder, "cache") },
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

describe.skipIf(python === null)(`training on Ray${why}`, () => {
  it("brings a worker back on another node when its own dies, and goes on", async () => {
    const cluster = startCluster(2);
    const cache = { PCP_CACHE_DIR: join(folder, "cache") };
    const options = { timeout: 150_000, buffer: false } as const;
    const shepherd = observed(
      start("pcp-train", ["--shepherd", "--config", writeConfig(), "--listen", "127.0.0.1:0"], {
        ...options,
        env: cache,
      }),
    );
    let launch: ReturnType<typeof observed> | null = null;
    try {
      await until("the cluster", () => cluster.lines().length > 0);
      await until("the join line", () => /--join \S+\n/.test(shepherd.text.out));
      const { address, nodes } = JSON.parse(cluster.lines()[0] ?? "") as {
        address: string;
        nodes: string[];
      };
      launch = observed(
        start(
          "pcp-train",
          [
            "launch",
            "ray",
            "--address",
            address,
            "--resource=slot=1",
            "--backend",
            "interp",
          ].concat(["--program", `${process.execPath} ${bin("pcp-train")}`]),
          {
            ...options,
            // Without it, Ray takes 127.0.0.1 for the address that others see.
            env: {
              ...cache,
              PCP_JOIN_TOKEN: /--join (\S+)\n/.exec(shepherd.text.out)?.[1] ?? "",
              RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER: "0",
            },
          },
        ),
      );
      const { text } = launch;
      await until("the place", () => /\[w0\] placed on \S+ \(node \w+\)/.test(text.err));
      await until("two rounds", () => commits().length >= 2);
      const placed = /\[w0\] placed on \S+ \(node (\w+)\)/.exec(text.err)?.[1] ?? "-";
      const lost = nodes.find((node) => node.startsWith(placed)) ?? "";
      expect(lost).not.toBe("");
      cluster.child.stdin.write(`kill ${lost}\n`);
      await until("the worker to join again", () => joins().length === 2);
      await until("the new place", () => /\[w0\] restarted on \S+ \(node \w+\)/.test(text.err));
      const other = nodes.find((node) => node !== lost) ?? "";
      expect(text.err).toContain(`(node ${other.slice(0, 12)})`);

      const [{ exitCode }, launched] = [await shepherd.child, await launch.child];
      expect(shepherd.text.err).toContain(`done: all ${ROUNDS} rounds are done`);
      expect(exitCode).toBe(0);
      expect(launched.exitCode).toBe(0);
      expect(text.err).toContain("[w0] ended with exit code 0");
      expect(text.out).toMatch(/^\[w0\] pcp-train: the run is over/m);
      const incarnations = commits().flatMap(({ contributions }) =>
        contributions.map(({ incarnation }) => incarnation),
      );
      expect(new Set(incarnations).size).toBe(2);
      expect(new Set(joins().map((record) => record.kind === "join" && record.worker))).toEqual(
        new Set(["pcp-0"]),
      );
    } finally {
      launch?.child.kill("SIGTERM");
      await launch?.child;
      shepherd.child.kill("SIGKILL");
      await shepherd.child;
      cluster.child.stdin.end();
      await cluster.child;
    }
  }, 240_000);

  it("says that there is no cluster", async () => {
    const { exitCode, stderr } = await start(
      "pcp-train",
      ["launch", "ray", "--connect", "127.0.0.1:9", "--insecure", "--backend", "interp"],
      { env: { RAY_TMPDIR: folder }, timeout: 60_000 },
    );
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/no Ray cluster at 'auto': /);
  }, 90_000);
});
