/** @file Blobs on disk: whole or not at all, checked, limited, shared between processes, on a disk that is full. */
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { present } from "#lib/support/assert.ts";
import type { BlobStore } from "#lib/train/net/blob-store.ts";
import { openDiskStore } from "#lib/train/net/disk-store.ts";
import { fileSlices } from "#lib/train/net/file-batches.ts";
import { startTestServer } from "./net-support.ts";
import { blobOf } from "./support.ts";

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size);
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pcp-store-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const openStore = (more: object = {}): Promise<BlobStore> =>
  openDiskStore({ folder, ...more }, Date.now());

const contentOf = async (store: BlobStore, from: number, to: number, digest: string) => {
  const parts: Buffer[] = [];
  const path = present(await store.path(digest), digest);
  // Their memory is used again.
  for await (const part of fileSlices(path, from, to)) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
};

describe("a store on disk", () => {
  it("keeps what is put in, also for the next process", async () => {
    const store = await openStore();
    const bytes = randomBytes(10_000);
    const blob = blobOf(bytes);
    await store.write(blob, pieces(bytes, 999));
    expect(await store.put(bytes.subarray(0, 10), bytes.subarray(10))).toEqual(blob);
    expect(await store.usage()).toEqual({ bytes: 10_000, limit: null });
    const next = await openStore();
    expect(await next.usage()).toEqual({ bytes: 10_000, limit: null });
    expect(await next.read(blob.digest)).toEqual(bytes);
    expect(await contentOf(next, 5, 5000, blob.digest)).toEqual(bytes.subarray(5, 5000));
    expect(await next.verify(blob.digest)).toBe(true);
    const listed: object[] = [];
    for await (const { digest, bytes: size } of next.list()) listed.push({ digest, bytes: size });
    expect(listed).toEqual([blob]);
    await next.delete(blob.digest);
    await next.delete(blob.digest);
    expect(await next.has(blob.digest)).toBe(false);
    expect(await next.usage()).toMatchObject({ bytes: 0 });
  });

  it.each([
    ["digest", (blob: { digest: string; bytes: number }) => ({ ...blob, digest: "0".repeat(64) })],
    ["size", (blob: { digest: string; bytes: number }) => ({ ...blob, bytes: blob.bytes + 1 })],
    ["size", (blob: { digest: string; bytes: number }) => ({ ...blob, bytes: blob.bytes - 1 })],
    ["digest", (blob: { digest: string; bytes: number }) => ({ ...blob, digest: "../../x" })],
  ])("refuses content of another %s, and keeps nothing of it", async (code, change) => {
    const store = await openStore();
    const bytes = randomBytes(5000);
    await expect(store.write(change(blobOf(bytes)), pieces(bytes, 700))).rejects.toMatchObject({
      code,
    });
    expect(readdirSync(folder)).toEqual(["tmp"]);
    expect(readdirSync(join(folder, "tmp"))).toEqual([]);
  });

  it("refuses what is above its limit, and forgets what a killed process was writing", async () => {
    mkdirSync(join(folder, "tmp"));
    writeFileSync(join(folder, "tmp", "left"), "x");
    const store = await openStore({ limit: 100 });
    expect(readdirSync(join(folder, "tmp"))).toEqual([]);
    await store.put(randomBytes(60));
    await expect(store.put(randomBytes(60))).rejects.toMatchObject({ code: "full" });
    const path = join(store.workFolder, "own");
    const bytes = randomBytes(41);
    writeFileSync(path, bytes);
    await expect(store.adopt(blobOf(bytes), path)).rejects.toMatchObject({ code: "full" });
  });
});

describe("a shared folder", () => {
  it("is written by many, and what others wrote is checked before it is used", async () => {
    const [one, two] = [await openStore({ shared: true }), await openStore({ shared: true })];
    const good = await one.put(randomBytes(100));
    const bad = await one.put(randomBytes(100));
    writeFileSync(join(folder, bad.digest.slice(0, 2), bad.digest), randomBytes(100));
    expect(await two.path(good.digest)).not.toBeNull();
    expect(await two.has(bad.digest)).toBe(true);
    expect(await two.path(bad.digest)).toBeNull();
    expect(await two.has(bad.digest)).toBe(false);
    expect(await two.usage()).toMatchObject({ bytes: 100 });
  });

  it("loses only old leftovers when it is opened, as others may be writing", async () => {
    mkdirSync(join(folder, "tmp"));
    for (const name of ["old", "new"]) writeFileSync(join(folder, "tmp", name), "x");
    utimesSync(join(folder, "tmp", "old"), 1, 1);
    await openStore({ shared: true });
    expect(readdirSync(join(folder, "tmp"))).toEqual(["new"]);
  });
});

describe("a disk that is full", () => {
  let small = "";
  let mounted = false;
  beforeAll(() => {
    small = mkdtempSync(join(tmpdir(), "pcp-small-"));
    const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", "size=2m", "none", small]);
    mounted = status === 0;
  });
  afterAll(() => {
    if (mounted) spawnSync("umount", ["-l", small]);
    rmSync(small, { recursive: true, force: true });
  });

  it("is told as such to stores and clients, what was there stays, and it goes on with room", async (context) => {
    if (!mounted) return context.skip("file systems cannot be mounted here");
    const store = await openDiskStore({ folder: join(small, "blobs") }, Date.now());
    const kept = await store.put(randomBytes(700_000));
    await expect(store.put(randomBytes(1_600_000))).rejects.toMatchObject({ code: "full" });
    const server = await startTestServer({ blobs: store });
    try {
      const client = await server.client();
      const bytes = randomBytes(1_600_000);
      await expect(client.upload(blobOf(bytes).digest, bytes, 0)).rejects.toMatchObject({
        status: 507,
        message: "no space left for blobs",
      });
      expect(await store.verify(kept.digest)).toBe(true);
      expect(readdirSync(store.workFolder)).toEqual([]);
      await store.delete(kept.digest);
      await client.upload(blobOf(bytes).digest, bytes, 0);
      expect(await store.verify(blobOf(bytes).digest)).toBe(true);
    } finally {
      await server.close();
    }
  });
});
