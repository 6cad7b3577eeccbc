/** @file Updates that are broken, doubled, cut off or lost on their way, beside two honest workers: only what is whole counts, and once. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "#lib/runtime/cache.ts";
import { ClientError } from "#lib/train/net/connection.ts";
import type { SubmitRequest } from "#lib/train/protocol/messages.ts";
import { startFaultProxy } from "../train/fault-proxy.ts";
import { type Oddities, runOddWorker } from "./odd-worker.ts";
import { PATIENCE, type TestCluster, undisturbed, withCluster } from "./test-cluster.ts";

let expected: readonly string[];
beforeAll(async () => {
  expected = await undisturbed({ quorum: 2 });
}, PATIENCE);

/** Two honest workers and one that is odd, until all rounds are done. */
async function runWith(
  cluster: TestCluster,
  oddities: Oddities,
  meanwhile: (workers: readonly { kill(signal: NodeJS.Signals): void }[]) => Promise<void> = () =>
    Promise.resolve(),
): Promise<void> {
  const shepherd = await cluster.shepherd();
  const workers = ["w0", "w1"].map((name) => cluster.worker(name));
  const [outcome] = await Promise.all([runOddWorker(cluster, "odd", oddities), meanwhile(workers)]);
  expect(outcome).toMatchObject({ kind: "stopped" });
  await cluster.allEnd([shepherd, ...workers]);
}

const THREE = { workers: 3, quorum: 3, outer_loop_steps: 5, round_deadline: 300 };

/** What became of the odd worker's updates, by round. */
async function fates(cluster: TestCluster): Promise<string[]> {
  return (await cluster.commits()).map(({ contributions, rejected }) =>
    contributions.some(({ worker }) => worker === "odd")
      ? "counts"
      : (rejected.find(({ worker }) => worker === "odd")?.why ?? "nothing"),
  );
}

describe.concurrent("updates", () => {
  it(
    "that are not finite or far too large are rejected, those of others count, and so do later ones",
    () =>
      withCluster(THREE, async (cluster) => {
        let round = 0;
        const factors = [1, Number.NaN, 1e6, 1, 1];
        await runWith(cluster, {
          loop: (usual) => ({
            getFragment: async (index) => {
              const factor = factors[round++] ?? 1;
              return (await usual.getFragment(index)).map((value) => value * factor);
            },
          }),
        });
        const commits = await cluster.commits();
        expect(await fates(cluster)).toEqual(["counts", "not_finite", "norm", "counts", "counts"]);
        for (const { contributions } of commits)
          expect(contributions.map(({ worker }) => worker)).toEqual(
            expect.arrayContaining(["w0", "w1"]),
          );
        expect(commits.every(({ updateNorm }) => Number.isFinite(updateNorm))).toBe(true);
        expect(commits.at(-1)?.contributions.every(({ loss }) => loss < 6)).toBe(true);
        const { stdout } = await cluster.command("status", "run", "--json");
        const { workers } = JSON.parse(stdout);
        expect(workers.find(({ worker }: { worker: string }) => worker === "odd")).toMatchObject({
          merged: 3,
          rejected: { not_finite: 1, norm: 1 },
        });
      }),
    PATIENCE,
  );

  it(
    "that are handed in again, before and after they are merged, count once",
    () =>
      withCluster(THREE, async (cluster) => {
        let before: SubmitRequest | null = null;
        await runWith(cluster, {
          api: (usual) => ({
            submit: async (request) => {
              if (before !== null)
                expect(await usual.submit(before)).toMatchObject({ kind: "accepted" });
              before = request;
              expect(await usual.submit(request)).toEqual({ kind: "accepted" });
              return usual.submit(request);
            },
          }),
        });
        expect(await fates(cluster)).toEqual(Array.from({ length: 5 }, () => "counts"));
      }),
    PATIENCE,
  );

  it(
    "whose bytes are not those of their digest are refused, and nothing of them is kept",
    () =>
      withCluster(THREE, async (cluster) => {
        const refusals: unknown[] = [];
        await runWith(cluster, {
          blobs: (usual) => ({
            upload: async (digest, bytes, fragment) => {
              const wrong = bytes.slice();
              wrong[wrong.length - 1] = (wrong.at(-1) ?? 0) ^ 1;
              await usual.upload(digest, wrong, fragment).catch((error) => refusals.push(error));
              await usual.upload(digest, bytes, fragment);
              expect(sha256(bytes)).toBe(digest);
            },
          }),
        });
        expect(refusals).toHaveLength(5);
        for (const refusal of refusals) {
          expect(refusal).toBeInstanceOf(ClientError);
          expect(`${refusal}`).toMatch(/digest/);
        }
        expect(await fates(cluster)).toEqual(Array.from({ length: 5 }, () => "counts"));
      }),
    PATIENCE,
  );

  it(
    "whose blob is lost before the merge are asked for again",
    () =>
      withCluster({ ...THREE, heartbeat_timeout: 120 }, async (cluster) => {
        let free = (): void => {};
        const lost = new Promise<void>((resolve) => {
          free = resolve;
        });
        let uploads = 0;
        let isLost = false;
        await runWith(
          cluster,
          {
            blobs: (usual) => ({
              upload: (...blob) => {
                uploads++;
                return usual.upload(...blob);
              },
            }),
            api: (usual) => ({
              submit: async (request) => {
                const reply = await usual.submit(request);
                if (request.round !== 2 || isLost) return reply;
                isLost = true;
                for (const { blob } of request.updates)
                  rmSync(join(cluster.run, "blobs", blob.digest.slice(0, 2), blob.digest));
                free();
                return reply;
              },
            }),
          },
          async ([w0]) => {
            await cluster.journalHas((record) => record.kind === "open" && record.round === 2);
            // The round cannot be merged before the blob is gone.
            w0?.kill("SIGSTOP");
            await lost;
            w0?.kill("SIGCONT");
          },
        );
        expect(uploads).toBe(6);
        expect(await fates(cluster)).toEqual(Array.from({ length: 5 }, () => "counts"));
        expect(cluster.said()).toMatch(/odd .*asked for again/);
      }),
    PATIENCE,
  );

  it(
    "over connections that are cut in uploads and before answers arrive: the numbers are the same",
    () =>
      withCluster({ quorum: 2, heartbeat_timeout: 60 }, async (cluster) => {
        const proxy = await startFaultProxy(cluster.port, { cutUpAfter: 50_000 });
        try {
          const shepherd = await cluster.shepherd();
          const near = cluster.worker("w0");
          const far = cluster.worker("w1", {}, ["--connect", `127.0.0.1:${proxy.port}`]);
          await cluster.journalHas(({ kind }) => kind === "commit");
          expect(proxy.counts.cut).toBeGreaterThan(0);
          proxy.faults.cutUpAfter = null;
          // The request arrives whole, and the answer never does.
          proxy.faults.loseAnswers = 4;
          proxy.cutAll();
          await cluster.allEnd([shepherd, near, far]);
          expect(proxy.faults.loseAnswers).toBe(0);
          expect(await cluster.merges()).toEqual(expected);
        } finally {
          await proxy.close();
        }
      }),
    PATIENCE,
  );
});
