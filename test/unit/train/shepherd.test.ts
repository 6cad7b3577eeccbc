/** @file Parts of the shepherd: what programs it gives, whose numbers it refuses, which blobs it removes. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type DirectoryResult, dir } from "tmp-promise";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  loadRunKey,
  programIn,
  type RunManifest,
  verifyManifest,
} from "#lib/train/cluster/manifest.ts";
import { earlierDistributedRun, isRunFolder, runPaths } from "#lib/train/cluster/run-folder.ts";
import { BlobSweeper } from "#lib/train/cluster/shepherd-blobs.ts";
import {
  checkReference,
  disagreementWith,
  Programs,
} from "#lib/train/cluster/shepherd-programs.ts";
import type { BlobStore } from "#lib/train/net/blob-store.ts";
import { openDiskStore } from "#lib/train/net/disk-store.ts";
import type { RunPlan } from "#lib/train/protocol/plan.ts";
import type { BlobRef, JournalRecord } from "#lib/train/protocol/records.ts";
import { must } from "./support.ts";

let folder: DirectoryResult;
let store: BlobStore;
beforeEach(async () => {
  folder = await dir({ unsafeCleanup: true });
  store = await openDiskStore({ folder: join(folder.path, "blobs") }, Date.now());
});
afterEach(() => folder.cleanup());

const put = (text: string): Promise<BlobRef> => store.put(new TextEncoder().encode(text));

describe("agreement", () => {
  const reference = checkReference({ loss: 5, gradNorm: 2 }, "f32");

  it("lets numbers differ a little, and names what differs by how much", () => {
    expect(disagreementWith(reference, { loss: 5.005, gradNorm: 2.02 })).toBeNull();
    expect(disagreementWith(reference, { loss: 5.05, gradNorm: 2 })).toBe(
      "the loss of the check batch is 5.05 here but 5 on the shepherd: they differ by 1.0 %, and 0.20 % is allowed",
    );
    expect(disagreementWith(reference, { loss: 5, gradNorm: 2.1 })).toContain("gradient norm");
    expect(disagreementWith(reference, { loss: null, gradNorm: 2 })).toContain("not finite");
  });

  it("is wider for bf16, and leaves out what the model does not have", () => {
    const wide = checkReference({ loss: 5, gradNorm: null }, "bf16");
    expect(disagreementWith(wide, { loss: 5.05, gradNorm: 7 })).toBeNull();
    expect(disagreementWith(wide, { loss: 5.2, gradNorm: null })).not.toBeNull();
  });
});

describe("programs", () => {
  async function programs(): Promise<{ opened: Programs; fingerprint: string }> {
    const key = must(loadRunKey(join(folder.path, "run.key")));
    const blob = await put("x");
    const manifest: RunManifest = {
      ...{ format: "pcp-run-manifest", version: 1, revision: 0, runId: "r" },
      ...{ plan: blob, module: blob, programs: [], fragments: [blob], check: null, software: {} },
    };
    const opened = await Programs.open(
      {
        ...{ store, key, name: "m.mlir" },
        module: { text: "module {}", functions: [], digest: "", tokenBound: null },
        place: { env: {}, cwd: folder.path },
        signal: new AbortController().signal,
        note: () => {},
      },
      manifest,
    );
    return { opened, fingerprint: key.fingerprint };
  }

  it("gives the interpreter the text, in a manifest that names it and is signed anew", async () => {
    const { opened, fingerprint } = await programs();
    const before = opened.manifest();
    const [reply, again] = await Promise.all([
      opened.program("interp", "host"),
      opened.program("interp", "host"),
    ]);
    expect(again).toEqual(reply);
    if (reply.kind !== "program") throw new Error("no program");
    expect(reply.form).toBe("mlir");
    const text = await store.read(reply.program.digest);
    expect(new TextDecoder().decode(text ?? undefined)).toBe("module {}");
    expect(reply.manifest).not.toEqual(before);
    const bytes = (await store.read(reply.manifest.digest)) ?? new Uint8Array();
    const manifest = must(verifyManifest(bytes, fingerprint));
    expect(manifest.revision).toBe(1);
    expect(programIn(manifest, "interp", "host")?.blob).toEqual(reply.program);
    expect(opened.blobs()).toContain(reply.program.digest);
  });

  it("refuses targets that are no names, and backends that nobody knows, with the reason", async () => {
    const { opened } = await programs();
    for (const target of ["--iree-x", "a b", "../../etc/passwd", ""])
      expect(await opened.program("cpu", target)).toEqual({
        kind: "refused",
        reason: `target ${JSON.stringify(target)} is not a name`,
      });
    expect(await opened.program("tpu", "v5")).toEqual({
      kind: "refused",
      reason: "nothing is known about backend 'tpu'",
    });
  });
});

describe("blobs", () => {
  const plan = {
    slots: [{ slot: 0, afterStep: 1, fragments: [0] }],
    workers: 1,
    algorithm: "diloco",
  };

  const commit = (sequence: number, update: BlobRef, parameters: BlobRef): JournalRecord =>
    ({
      ...{ kind: "commit", sequence, at: 0, round: sequence, slot: 0, rejected: [], tokens: 0 },
      contributions: [{ updates: [{ fragment: 0, base: 0, blob: update }] }],
      fragments: [
        {
          fragment: 0,
          state: {
            version: 1,
            parameters,
            momentum: null,
            pending: { sum: null, count: 0 },
            published: parameters,
          },
        },
      ],
    }) as unknown as JournalRecord;

  it("go when they are old and nothing needs them, but not while they are read", async () => {
    const sweeper = new BlobSweeper(store, plan as unknown as RunPlan, false, Date.now);
    const refs = await Promise.all(Array.from({ length: 40 }, (_, i) => put(`blob ${i}`)));
    const [first, second, third] = refs as [BlobRef, BlobRef, BlobRef];
    const release = sweeper.pin([second.digest]);
    for (const [i, ref] of refs.entries()) sweeper.follow(commit(i, ref, ref));
    sweeper.collect(() => new Set([third.digest]));
    await sweeper.idle();
    expect(await store.has(first.digest)).toBe(false);
    expect(await store.has(second.digest)).toBe(true);
    expect(await store.has(third.digest)).toBe(true);
    expect(await store.has(refs.at(-1)?.digest ?? "")).toBe(true);
    release();
    sweeper.collect(() => new Set([third.digest]));
    await sweeper.idle();
    expect(await store.has(second.digest)).toBe(false);
  });

  it("that no record names go at a start when they are an hour old", async () => {
    const fresh = await put("an update on its way");
    const clocks = [0, 2 * 3_600_000];
    for (const late of clocks) {
      const sweeper = new BlobSweeper(
        store,
        plan as unknown as RunPlan,
        true,
        () => Date.now() + late,
      );
      await sweeper.clear(new Set());
      expect(await store.has(fresh.digest)).toBe(late === 0);
    }
  });
});

describe("folder of a run", () => {
  it("holds one from the first record on", () => {
    mkdirSync(join(folder.path, "run"));
    const path = join(folder.path, "run");
    expect(earlierDistributedRun(path)).toBeNull();
    writeFileSync(runPaths(path).journal, "");
    expect(isRunFolder(path)).toBe(false);
    writeFileSync(runPaths(path).journal, "x");
    expect(earlierDistributedRun(path)).toContain("holds a distributed run");
  });
});
