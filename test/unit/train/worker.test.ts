/** @file Workers and a shepherd over loopback in one process: a run to its end, leaving when asked, data and certificates that are not the run's. */
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { SourceFile } from "#lib/diag/source-file.ts";
import { memoryIo } from "#lib/driver/memory-io.ts";
import { trainMain } from "#lib/driver/train.ts";
import { openEngine } from "#lib/runtime/open.ts";
import { present } from "#lib/support/assert.ts";
import { isProblem } from "#lib/support/problem.ts";
import { deviceUri, type WorkerBackend } from "#lib/train/cluster/device.ts";
import { WORKER_EXIT } from "#lib/train/cluster/exit-codes.ts";
import { runPaths } from "#lib/train/cluster/run-folder.ts";
import { runShepherd, type ShepherdOutcome } from "#lib/train/cluster/shepherd.ts";
import { runWorker } from "#lib/train/cluster/worker.ts";
import { parseConfig } from "#lib/train/config.ts";
import { systemClock } from "#lib/train/launch/system-clock.ts";
import { openAuthority } from "#lib/train/net/authority.ts";
import { connectShepherd, type ShepherdClient } from "#lib/train/net/client.ts";
import { type JoinToken, parseJoinToken } from "#lib/train/net/join-token.ts";
import type { BlobRef } from "#lib/train/protocol/records.ts";
import { findIree } from "../runtime/iree.ts";
import { root, until } from "../tools/processes.ts";

const iree = await findIree();

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pcp-workers-"));
  writeFileSync(
    join(folder, "text.txt"),
    "the quick brown fox jumps over the lazy dog. ".repeat(400),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MODEL = {
  model_path: join(root, "test/fixtures/train/bigram.mlir"),
  manifest_path: join(root, "test/fixtures/train/bigram.manifest.json"),
  data_path: "text.txt",
  engine: "interp",
  learning_rate: 0.1,
};

interface Run {
  readonly token: string;
  readonly ended: Promise<ShepherdOutcome | null>;
  readonly lines: string[];
  readonly stop: AbortController;
}

/** Starts a shepherd in this process. */
async function startRun(
  name: string,
  keys: Record<string, unknown>,
  oneTime = false,
): Promise<Run> {
  const text = JSON.stringify({
    ...MODEL,
    algorithm: "diloco",
    tau: 4,
    outer_loop_steps: 5,
    workers: 2,
    ...keys,
  });
  const engine = new DiagnosticEngine();
  const config = present(parseConfig(new SourceFile("c.json", text), [], engine), "config");
  const place = { env: { PCP_CACHE_DIR: join(folder, `${name}-cache`) }, cwd: folder };
  const interp = await openEngine({ engine: "interp", place });
  const lines: string[] = [];
  const stop = new AbortController();
  return new Promise((resolve, reject) => {
    const ended = runShepherd({
      ...{ config, base: folder, folder: join(folder, name), overwrite: false, dryRun: false },
      ...{ engine: interp, place, threads: 1, software: {}, failPoint: () => {} },
      listen: {
        host: "127.0.0.1",
        port: 0,
        insecure: false,
        tls: { certificate: null, key: null, clientAuthority: null },
        advertised: [],
        tokenLifetimeMs: 600_000,
        oneTime,
      },
      signal: stop.signal,
      now: Date.now,
      note: (line) => lines.push(line),
      diagnostics: engine,
      onReady: ({ joinToken }) => resolve({ token: joinToken, ended, lines, stop }),
    });
    ended.catch(reject);
  });
}

interface Started {
  readonly code: Promise<number>;
  readonly drain: AbortController;
  readonly orphaned: AbortController;
  readonly lines: string[];
}

function joinTokenOf(run: Run): JoinToken {
  const token = parseJoinToken(run.token);
  if (isProblem(token)) throw new Error(token.problem);
  return token;
}

function startWorker(
  run: Run,
  name: string,
  options: {
    readonly token?: JoinToken;
    readonly dataPath?: string;
    readonly backend?: WorkerBackend;
    readonly device?: string;
    readonly cache?: string;
  } = {},
): Started {
  const { token = joinTokenOf(run) } = options;
  const [drain, orphaned] = [new AbortController(), new AbortController()];
  const lines: string[] = [];
  const { dataPath = null, backend = "interp", device = "interp", cache = "cache" } = options;
  const code = runWorker({
    ...{ token, dataPath, backend, device },
    ...{ ca: null, certificate: null, key: null },
    ...{ target: "host", ordinal: 0, deviceName: device },
    name,
    stateFolder: join(folder, "states"),
    cacheFolder: join(folder, cache),
    dataCacheBytes: 1 << 20,
    place: { env: iree === null ? {} : { PCP_PYTHON: iree.python.path }, cwd: folder },
    restarts: 0,
    software: "test",
    clock: systemClock(Date.now),
    random: Math.random,
    failPoint: () => {},
    drain: drain.signal,
    orphaned: orphaned.signal,
    note: (line) => lines.push(line),
  });
  return { code, drain, orphaned, lines };
}

describe("a worker", () => {
  it("trains with another one until the run is over", async () => {
    const run = await startRun("whole", {});
    const workers = ["w1", "w2"].map((name) => startWorker(run, name));
    const outcome = await run.ended;
    expect(await Promise.all(workers.map(({ code }) => code))).toEqual([0, 0]);
    expect(outcome).toMatchObject({ kind: "done", rounds: 5 });
    expect(workers[0]?.lines.join("\n")).toContain("the run is over");
    expect(readdirSync(join(folder, "states", "w1")).sort()).toEqual(["join.secret", "runs"]);
    expect(statesOf("w1")).toEqual([
      "state-0000000004.safetensors",
      "state-0000000005.safetensors",
    ]);
  }, 60_000);

  it("alone, with an outer step that takes its parameters over, is training on one machine bit for bit", async () => {
    const keys = { sampling: "fifo", schedule: "cosine", min_learning_rate: 0.001 };
    const run = await startRun("identity", {
      ...{ ...keys, workers: 1, tau: 4, outer_loop_steps: 3, wire: "f32" },
      ...{ outer_learning_rate: 1, nesterov_momentum: 0 },
    });
    expect(await startWorker(run, "i1").code).toBe(0);
    const outcome = await run.ended;
    const config = join(folder, "single.json");
    writeFileSync(config, JSON.stringify({ ...MODEL, ...keys, steps: 12 }));
    const io = memoryIo({ argv: ["--config", config, "--checkpoint-dir", "single"], cwd: folder });
    expect(await trainMain(io), io.stderrText()).toBe(0);
    const weights = (path: string) => readFileSync(join(path, "weights.safetensors"));
    const alone = weights(join(folder, "single", "step-00000012"));
    expect(weights(outcome?.checkpoint?.path ?? "").equals(alone)).toBe(true);
  }, 60_000);

  it("leaves when it is asked to, with what it has done; the others go on", async () => {
    const run = await startRun("drained", { outer_loop_steps: 20, round_deadline: 5 });
    const [first, second] = ["d1", "d2"].map((name) => startWorker(run, name));
    await until("a kept state", () => hasState("d1"));
    first?.drain.abort(new Error("asked to end"));
    expect(await first?.code).toBe(WORKER_EXIT.done);
    expect(first?.lines.at(-1)).toBe("left the run as asked");
    expect(await second?.code).toBe(WORKER_EXIT.done);
    expect(await run.ended).toMatchObject({ kind: "done", rounds: 20 });
  }, 60_000);

  it("ends at once with whoever started it, and comes back with its state and without a new token", async () => {
    const run = await startRun("orphan", { workers: 1, outer_loop_steps: 30 }, true);
    const first = startWorker(run, "o1");
    await until("a kept state", () => hasState("o1"));
    first.orphaned.abort(new Error("gone"));
    expect(await first.code).toBe(WORKER_EXIT.temporary);
    // The one-time token is used up: only the worker's own secret lets it in.
    const stranger = startWorker(run, "o2");
    expect(await stranger.code).toBe(WORKER_EXIT.configuration);
    expect(stranger.lines.at(-1)).toContain("used already");
    const again = startWorker(run, "o1");
    expect(await again.code).toBe(WORKER_EXIT.done);
    expect(await run.ended).toMatchObject({ kind: "done", rounds: 30 });
  }, 60_000);

  it("that is kicked reads nothing more of the run; those that come back do", async () => {
    const run = await startRun("kick", { workers: 1, outer_loop_steps: 100_000 });
    const { secrets } = runPaths(join(folder, "kick"));
    const authority = openAuthority(secrets, Date.now);
    const [url = ""] = joinTokenOf(run).addresses;
    const clientOf = (credential: string) =>
      connectShepherd({ url, fingerprint: null, ca: null, credential });
    const operator = await clientOf(authority.operatorToken);
    /** A client with the credential of the worker's process of so many that have joined; the name of a blob. */
    const joined = async (count: number): Promise<[ShepherdClient, BlobRef]> => {
      for (;;) {
        const records = await operator.journal(0, 1000);
        const join = records.filter(({ kind }) => kind === "join")[count - 1];
        const blob = records.find((record) => record.kind === "commit")?.fragments[0]?.state;
        if (join?.kind === "join" && blob !== undefined)
          return [
            await clientOf(authority.workerCredential("k1", join.incarnation)),
            blob.published,
          ];
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };

    const kicked = startWorker(run, "k1");
    const [first, blob] = await joined(1);
    expect((await first.status()).workers).toHaveLength(1);
    expect(await operator.control("kick", "k1")).toBeNull();
    const refusal = { code: "refused", status: 403, reason: "dismissed" };
    await expect(first.status()).rejects.toMatchObject(refusal);
    await expect(first.download(blob, null)).rejects.toMatchObject(refusal);
    expect(await kicked.code).toBe(WORKER_EXIT.configuration);
    expect(kicked.lines.at(-1)).toContain("(kicked): an operator asked for it");

    const drained = startWorker(run, "k1");
    const [second] = await joined(2);
    expect((await second.status()).workers).toHaveLength(1);
    expect(await operator.control("drain", "k1")).toBeNull();
    expect(await drained.code).toBe(WORKER_EXIT.done);
    const back = startWorker(run, "k1");
    const [third] = await joined(3);
    expect((await third.status()).workers).toHaveLength(1);
    back.drain.abort(new Error("asked to end"));
    expect(await back.code).toBe(WORKER_EXIT.done);
    for (const client of [operator, first, second, third]) await client.close();
    run.stop.abort();
    await run.ended;
  }, 60_000);

  it("with other data than the run's is refused, with both digests", async () => {
    const run = await startRun("data", { workers: 1 });
    const path = join(folder, "other.txt");
    writeFileSync(path, "something else");
    const worker = startWorker(run, "x1", { dataPath: path });
    expect(await worker.code).toBe(WORKER_EXIT.configuration);
    expect(worker.lines.at(-1)).toMatch(
      /is not the data of this run: it has 14 bytes with SHA-256 [0-9a-f]{64}, the run's data has 18000 with [0-9a-f]{64}/,
    );
    const nowhere = startWorker(run, "x2", { dataPath: join(folder, "nowhere.txt") });
    expect(await nowhere.code).toBe(WORKER_EXIT.configuration);
    expect(nowhere.lines.at(-1)).toMatch(/cannot open data file '.*nowhere\.txt': No such file/);
    run.stop.abort();
    expect(await run.ended).toMatchObject({ kind: "interrupted" });
  }, 60_000);

  it("never believes a manifest that is signed with another key than its token names", async () => {
    const run = await startRun("signer", { workers: 1 });
    const { signer, ...old } = joinTokenOf(run);
    expect(signer).toMatch(/^[0-9a-f]{64}$/);
    const worker = startWorker(run, "m1", { token: { ...old, signer: "0".repeat(64) } });
    expect(await worker.code).toBe(WORKER_EXIT.configuration);
    expect(worker.lines.at(-1)).toContain(
      "the run manifest is signed with another key than the join token names",
    );
    // Tokens of earlier versions name none.
    expect(await startWorker(run, "m2", { token: old }).code).toBe(WORKER_EXIT.done);
    expect(await run.ended).toMatchObject({ kind: "done" });
  }, 60_000);

  it("never loads a program that is not what the signed manifest says", async () => {
    const run = await startRun("damaged", { workers: 1 });
    const blobs = join(folder, "damaged", "blobs");
    // The interpreter's program is the module's text.
    const module = readFileSync(join(folder, "damaged", "module.mlir"));
    const digest = createHash("sha256").update(module).digest("hex");
    const path = present(
      readdirSync(blobs, { recursive: true }).find((name) => String(name).endsWith(digest)),
      "blob of the module",
    );
    writeFileSync(join(blobs, String(path)), module.fill("x", 0, 10));
    const worker = startWorker(run, "v1", { cache: "empty-cache" });
    expect(await worker.code).toBe(WORKER_EXIT.configuration);
    expect(worker.lines.at(-1)).toContain(`blob ${digest} that are not what this digest says`);
    run.stop.abort();
    await run.ended;
  }, 60_000);

  it.skipIf(iree === null)(
    "without its device's driver is refused first of all",
    async () => {
      const run = await startRun("driver", { workers: 1 });
      // One that no machine of this kind can have.
      const backend = process.platform === "darwin" ? "cuda" : "metal";
      const worker = startWorker(run, "d1", { backend, device: deviceUri(backend, 0) });
      expect(await worker.code).toBe(WORKER_EXIT.configuration);
      expect(worker.lines.at(-1)).toMatch(
        /this machine cannot run --backend \w+: device '\w+:\/\/0' is not available \(.*\); .*driver/,
      );
      expect(worker.lines.join()).not.toMatch(/training data|compil/);
      run.stop.abort();
      await run.ended;
    },
    60_000,
  );

  it.skipIf(iree === null)(
    "for which the shepherd cannot compile is refused",
    async () => {
      const run = await startRun("target", { workers: 1 });
      const worker = startWorker(run, "g1", { backend: "rocm", device: "local-task" });
      expect(await worker.code).toBe(WORKER_EXIT.configuration);
      expect(worker.lines.at(-1)).toMatch(/cannot compile for rocm host/);
      run.stop.abort();
      await run.ended;
    },
    60_000,
  );

  it("without a shepherd gives up, and says that trying again may help", async () => {
    const run = await startRun("gone", { workers: 1 });
    run.stop.abort();
    await run.ended;
    const worker = startWorker(run, "n1");
    await until("a line", () => worker.lines.length > 0);
    expect(worker.lines[0]).toMatch(/nothing listens at 127\.0\.0\.1:\d+.*trying again/);
    worker.drain.abort(new Error("asked to end"));
    expect(await worker.code).toBe(WORKER_EXIT.done);
  }, 60_000);
});

/** Files of a worker's states, in all runs. */
function statesOf(name: string): string[] {
  const runs = join(folder, "states", name, "runs");
  return existsSync(runs) ? readdirSync(runs).flatMap((run) => readdirSync(join(runs, run))) : [];
}

/** Whether a worker has finished a round. */
const hasState = (name: string): boolean =>
  statesOf(name).some((file) => file.endsWith(".safetensors"));
