/** @file A run on a disk that fills up, with a journal that was cut short or damaged, and with damaged blobs and checkpoints. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import {
  PATIENCE,
  type TestCluster,
  type TestProcess,
  undisturbed,
  withCluster,
} from "./test-cluster.ts";

const SAME = { quorum: 2, outer_loop_steps: 6, checkpoint_every: 16 };

let expected: readonly string[];
beforeAll(async () => {
  expected = await undisturbed(SAME);
}, PATIENCE);

/** Why a small file system cannot be mounted here, or null. */
function withoutMounts(): string | null {
  if (process.getuid?.() !== 0) return "mounting a small tmpfs needs root";
  try {
    execFileSync("unshare", ["--mount", "mount", "-t", "tmpfs", "none", "/mnt"], {
      stdio: "ignore",
    });
    return null;
  } catch {
    return "a tmpfs cannot be mounted here";
  }
}

/** Starts a run whose shepherd is killed after so many merges; its workers go on waiting for it. */
async function killedAfter(cluster: TestCluster, merges: number): Promise<TestProcess[]> {
  const shepherd = await cluster.shepherd([], {
    PCP_FAIL_POINT: `shepherd.after-commit:${merges}`,
  });
  const workers = ["w0", "w1"].map((name) => cluster.worker(name));
  expect(await shepherd.ended()).toBe("SIGKILL");
  return workers;
}

/** What a shepherd says that cannot go on. */
async function refusal(cluster: TestCluster): Promise<string> {
  const { exitCode, stderr } = await cluster.command(
    ...["--shepherd", "--config", "run.json", "--listen", "127.0.0.1:0", "--resume"],
  );
  expect(exitCode).toBe(1);
  return stderr;
}

/** Changes one byte in the middle of a file; gives back how to undo it. */
function damage(path: string, at: (length: number) => number): () => void {
  const bytes = readFileSync(path);
  const changed = Buffer.from(bytes);
  const place = at(bytes.length);
  changed[place] = (changed[place] ?? 0) ^ 0x10;
  writeFileSync(path, changed);
  return () => writeFileSync(path, bytes);
}

describe.concurrent("a run whose disk", () => {
  const reason = withoutMounts();
  it.skipIf(reason !== null)(
    `is full says so in a line, loses nothing, and goes on when there is room${reason === null ? "" : ` (skipped: ${reason})`}`,
    () =>
      withCluster(SAME, async (cluster) => {
        mkdirSync(cluster.run);
        execFileSync("mount", ["-t", "tmpfs", "-o", "size=4m", "none", cluster.run]);
        try {
          const first = await cluster.shepherd();
          const workers = ["w0", "w1"].map((name) => cluster.worker(name));
          await first.says(/no space left|the disk is full/i);
          const lines = cluster
            .said()
            .split("\n")
            .filter((line) => /ENOSPC|no space left|full/i.test(line));
          // Each says it once, not at every try.
          expect(lines.length).toBeLessThan(8);
          expect(lines.join("\n")).not.toMatch(/\n\s+at /);
          first.kill();
          await first.ended();
          execFileSync("mount", ["-o", "remount,size=64m", cluster.run]);
          const second = await cluster.shepherd(["--resume"]);
          await cluster.allEnd([second, ...workers]);
          expect(await cluster.merges()).toEqual(expected);
        } finally {
          for (const one of cluster.all()) one.kill();
          await Promise.all(cluster.all().map((one) => one.ended()));
          execFileSync("umount", [cluster.run]);
        }
      }),
    PATIENCE,
  );

  it(
    "has a journal whose last record was cut short goes on after the one before",
    () =>
      withCluster(SAME, async (cluster) => {
        const workers = await killedAfter(cluster, 3);
        const journal = join(cluster.run, "journal.jsonl");
        const before = (await cluster.records()).length;
        truncateSync(journal, readFileSync(journal).length - 7);
        const second = await cluster.shepherd(["--resume"]);
        expect(second.output).toMatch(
          new RegExp(
            `journal: \\d+ bytes of a record that was cut short are left out after record ${before - 1}\\n`,
          ),
        );
        await cluster.allEnd([second, ...workers]);
        expect(await cluster.merges()).toEqual(expected);
      }),
    PATIENCE,
  );

  it(
    "has damaged records, blobs and checkpoints names them, and goes on once they are mended",
    () =>
      withCluster(SAME, async (cluster) => {
        const workers = await killedAfter(cluster, 4);
        const records = await cluster.records();
        const mendJournal = damage(join(cluster.run, "journal.jsonl"), (length) => length >> 1);
        expect(await refusal(cluster)).toMatch(
          /^pcp-train: error: journal '.*journal\.jsonl' is damaged at line \d+$/m,
        );
        mendJournal();

        const last = records.findLast((record) => record.kind === "commit");
        const digest = last?.kind === "commit" ? last.fragments[0]?.state.parameters.digest : "";
        const blob = join(cluster.run, "blobs", digest?.slice(0, 2) ?? "", digest ?? "");
        const mendBlob = damage(blob, (length) => length >> 1);
        expect(await refusal(cluster)).toMatch(
          new RegExp(`^pcp-train: error: .*blob ${digest}.*damaged`, "m"),
        );
        mendBlob();

        const second = await cluster.shepherd(["--resume"]);
        await cluster.allEnd([second, ...workers]);
        expect(await cluster.merges()).toEqual(expected);

        const [checkpoint = ""] = readdirSync(cluster.run).filter((name) => /^step-/.test(name));
        damage(join(cluster.run, checkpoint, "weights.safetensors"), (length) => length - 5);
        const sample = await cluster.command("sample", "--checkpoint", join("run", checkpoint));
        expect(sample.exitCode).toBe(1);
        expect(sample.stderr).toMatch(/weights\.safetensors.*(damaged|SHA-256|digest)/);
      }),
    PATIENCE,
  );
});
