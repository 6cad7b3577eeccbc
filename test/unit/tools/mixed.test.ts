/** @file One run on unequal workers: a program for each backend and target, named by the signed manifest, checked before it counts. */
import { randomUUID } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { sha256 } from "#lib/runtime/cache.ts";
import { present } from "#lib/support/assert.ts";
import { isProblem } from "#lib/support/problem.ts";
import { readSafetensorsFile } from "#lib/tensors/files.ts";
import {
  loadRunKey,
  type ManifestProgram,
  type RunManifest,
  verifyManifest,
} from "#lib/train/cluster/manifest.ts";
import { joinShepherd, type ShepherdClient } from "#lib/train/net/client.ts";
import { PROTOCOL_VERSION, type RegisterRequest } from "#lib/train/protocol/messages.ts";
import { findIree } from "../runtime/iree.ts";
import { root } from "./processes.ts";
import { TestCluster, type TestProcess } from "./test-cluster.ts";

const iree = await findIree();

/** Ends what a test has opened, the last first. */
const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** A run of a model that compiles in a second. */
async function clusterOf(keys: object): Promise<TestCluster> {
  const cluster = await TestCluster.make({
    model_path: join(root, "test/fixtures/train/bigram.mlir"),
    manifest_path: join(root, "test/fixtures/train/bigram.manifest.json"),
    learning_rate: 0.05,
    ...keys,
  });
  endings.push(() => cluster.end());
  return cluster;
}

/** Caches of a machine of its own. */
const machine = ({ folder }: TestCluster, name: string): Record<string, string> => ({
  PCP_CACHE_DIR: join(folder, `cache-${name}`),
});

const ON_GENERIC = ["--backend", "cpu", "--target", "generic"];

const blobPath = ({ run }: TestCluster, digest: string): string =>
  join(run, "blobs", digest.slice(0, 2), digest);

/** The newest manifest of a run's blobs, with its signature checked against the run's own key. */
function signedManifest(cluster: TestCluster): { manifest: RunManifest; bytes: Buffer } {
  const key = loadRunKey(join(cluster.run, "secrets/run.key"));
  if (isProblem(key)) throw new Error(key.problem);
  const found: { manifest: RunManifest; bytes: Buffer }[] = [];
  const blobs = join(cluster.run, "blobs");
  for (const name of readdirSync(blobs, { recursive: true, encoding: "utf8" })) {
    if (!/[0-9a-f]{64}$/.test(name)) continue;
    const bytes = readFileSync(join(blobs, name));
    const manifest = verifyManifest(bytes, key.fingerprint);
    if (!isProblem(manifest)) found.push({ manifest, bytes });
  }
  found.sort((a, b) => b.manifest.revision - a.manifest.revision);
  return present(found[0], "signed manifest");
}

const joinWord = async (shepherd: TestProcess): Promise<string> =>
  (await shepherd.says(/--worker --join (\S+)\n/))[1] ?? "";

/** A byte in the middle of a file becomes another one. */
function flipByte(path: string): void {
  const bytes = readFileSync(path);
  const at = bytes.length >> 1;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

interface Speaker {
  readonly client: ShepherdClient;
  readonly self: RegisterRequest;
  /** Who speaks in all later calls. */
  readonly me: { readonly worker: string; readonly incarnation: string };
}

/** A worker that speaks the protocol and computes nothing. */
async function speaker(
  cluster: TestCluster,
  shepherd: TestProcess,
  name: string,
): Promise<Speaker> {
  const self: RegisterRequest = {
    ...{ protocol: PROTOCOL_VERSION, worker: name, incarnation: randomUUID() },
    ...{ backend: "interp", target: "host", device: "interp", host: "here" },
    ...{ software: "test", pid: process.pid, restarts: 0, resume: null },
  };
  const joined = await joinShepherd({
    ...{ token: await joinWord(shepherd), worker: name, incarnation: self.incarnation },
    ...{ secret: null, now: Date.now() },
  });
  if (isProblem(joined)) throw new Error(`${joined.problem}\n${cluster.said()}`);
  endings.push(() => joined.client.close());
  return { client: joined.client, self, me: { worker: name, incarnation: self.incarnation } };
}

/** What the shepherd says that it compiles. */
const compiled = ({ output }: TestProcess): string[] =>
  [...output.matchAll(/^pcp-train: compiling for (.*)$/gm)].map(([, what]) => what ?? "").sort();

const named = (programs: readonly ManifestProgram[]): string[] =>
  programs.map(({ backend, target, form }) => `${backend} ${target} ${form}`).sort();

describe.skipIf(iree === null)("workers on different backends and targets", () => {
  it("train together, each with the program that the signed manifest names for it; the next run compiles nothing", async () => {
    const cluster = await clusterOf({ workers: 3, tau: 5, outer_loop_steps: 4 });
    const train = async (args: readonly string[]): Promise<TestProcess> => {
      const shepherd = await cluster.shepherd(args, machine(cluster, "shepherd"));
      const workers = [
        cluster.worker("generic", machine(cluster, "a"), ON_GENERIC),
        cluster.worker("host", machine(cluster, "b"), ["--backend", "cpu", "--target", "host"]),
        cluster.worker("interp", machine(cluster, "c")),
      ];
      expect(await shepherd.ended(), cluster.said()).toBe(0);
      for (const worker of workers) expect(await worker.ended(), cluster.said()).toBe(0);
      return shepherd;
    };
    expect(compiled(await train([]))).toEqual(["cpu generic", "cpu host"]);
    expect(await cluster.violations()).toEqual([]);
    const commits = (await cluster.records()).filter((record) => record.kind === "commit");
    expect(commits.map(({ contributions }) => contributions.map(({ worker }) => worker))).toEqual(
      Array.from({ length: 4 }, () => ["generic", "host", "interp"]),
    );
    const weights = readSafetensorsFile(join(cluster.run, "step-00000020/weights.safetensors"));
    if (isProblem(weights)) throw new Error(weights.problem);
    const table = present(weights.tensors.get("table"), "table").data as Float32Array;
    expect(table.every((value) => Number.isFinite(value))).toBe(true);

    const { manifest, bytes } = signedManifest(cluster);
    expect(named(manifest.programs)).toEqual([
      "cpu generic vmfb",
      "cpu host vmfb",
      "interp host mlir",
    ]);
    for (const { blob } of manifest.programs)
      expect(sha256(readFileSync(blobPath(cluster, blob.digest)))).toBe(blob.digest);
    const forged = Buffer.from(bytes.toString("utf8").replace("generic", "generik"));
    expect(verifyManifest(forged, null)).toEqual({
      problem: "the signature of the run manifest is wrong",
    });

    expect(compiled(await train(["--overwrite"]))).toEqual([]);
    const digests = ({ programs }: RunManifest): string[] =>
      programs.map(({ blob }) => blob.digest).sort();
    const again = signedManifest(cluster).manifest;
    expect(again.runId).not.toBe(manifest.runId);
    expect(digests(again)).toEqual(digests(manifest));
  }, 240_000);

  it("load no program with another digest, from the shepherd or their own cache", async () => {
    const cluster = await clusterOf({ workers: 1, tau: 5, outer_loop_steps: 2 });
    const shepherd = await cluster.shepherd([], machine(cluster, "shepherd"));
    const { client, self, me } = await speaker(cluster, shepherd, "asking");
    await client.register({ ...self, backend: "cpu", target: "generic" });
    const reply = await client.program(me);
    if (reply.kind !== "program") throw new Error(JSON.stringify(reply));
    await client.leave({ ...me, how: "left", reason: "has seen the program" });
    const { digest } = reply.program;
    const blob = blobPath(cluster, digest);
    const genuine = readFileSync(blob);
    flipByte(blob);
    const victim = cluster.worker("victim", machine(cluster, "victim"), ON_GENERIC);
    expect(await victim.ended(), victim.output).toBe(78);
    expect(victim.output).toContain(`bytes for blob ${digest} that are not what this digest says`);
    expect(victim.output).not.toContain("ready");
    expect(existsSync(join(cluster.folder, "cache-victim/programs"))).toBe(false);

    // In the worker's own cache, it is brought again.
    const cache = join(cluster.folder, "cache-second/programs");
    const cached = join(cache, `${digest}.vmfb`);
    mkdirSync(cache, { recursive: true });
    copyFileSync(blob, cached);
    writeFileSync(blob, genuine);
    const second = cluster.worker("second", machine(cluster, "second"), ON_GENERIC);
    expect(await second.ended(), cluster.said()).toBe(0);
    expect(readFileSync(cached)).toEqual(genuine);
    expect(await shepherd.ended(), cluster.said()).toBe(0);
  }, 240_000);

  it("are refused with the difference where their numbers are others", async () => {
    const cluster = await clusterOf({ workers: 2 });
    const shepherd = await cluster.shepherd();
    const { client, self, me } = await speaker(cluster, shepherd, "wrong");
    await client.register(self);
    await client.program(me);
    const { loss, gradNorm } = present(signedManifest(cluster).manifest.check, "reference");
    const wrong = {
      kind: "refused",
      reason: expect.stringMatching(/^the loss .* differ by 1.0 %/),
    };
    expect(await client.agreement({ ...me, loss: loss * 1.01, gradNorm })).toEqual(wrong);
    const dismissed = { kind: "dismissed", how: "refused", again: false };
    expect(await client.lease({ ...me, after: null })).toMatchObject(dismissed);
    expect((await cluster.records()).at(-1)).toMatchObject({
      ...{ kind: "departure", worker: "wrong" },
      ...{ how: "refused", reason: wrong.reason },
    });
    const norm = await speaker(cluster, shepherd, "norm");
    await norm.client.register(norm.self);
    await norm.client.program(norm.me);
    const doubled = { loss, gradNorm: 2 * present(gradNorm, "gradient norm") };
    expect(await norm.client.agreement({ ...norm.me, ...doubled })).toMatchObject({
      kind: "refused",
      reason: expect.stringMatching(/^the gradient norm .* differ by 1.0e\+2 %/),
    });
    const right = await speaker(cluster, shepherd, "right");
    await right.client.register(right.self);
    await right.client.program(right.me);
    const near = { loss: loss * 1.0001, gradNorm };
    expect(await right.client.agreement({ ...right.me, ...near })).toEqual({ kind: "agreed" });
  }, 120_000);

  it("that have no driver, or that this compiler does not build for, are refused with the reason", async () => {
    const cluster = await clusterOf({ workers: 2 });
    await cluster.shepherd([], machine(cluster, "shepherd"));
    const metal = cluster.worker("metal", {}, ["--backend", "metal"]);
    const strange = cluster.worker("strange", {}, ["--backend", "cpu", "--target", "z80"]);
    for (const [worker, reason] of [
      [metal, "this machine cannot run --backend metal"],
      [strange, "cannot compile for cpu z80: iree-compile cannot compile"],
    ] as const) {
      expect(await worker.ended(), worker.output).toBe(78);
      expect(worker.output).toContain(reason);
      expect(worker.output).not.toContain("ready");
    }
  }, 240_000);
});
