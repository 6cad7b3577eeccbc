/** @file Blobs in object storage: a real S3 server process on 127.0.0.1. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { present } from "#lib/support/assert.ts";
import { fileSlices } from "#lib/train/net/file-batches.ts";
import { openS3Store, type S3StoreOptions } from "#lib/train/net/s3-store.ts";
import {
  CREDENTIALS,
  type ObjectStorage,
  startObjectStorage,
  whyNoObjectStorage,
} from "../tools/object-storage.ts";
import { startTestServer, type TestServer } from "./net-support.ts";
import { blobOf } from "./support.ts";

const missing = whyNoObjectStorage();

it("an S3 server is installed where tests must be complete", () => {
  if (process.env["CI"] !== undefined) expect(missing).toBeNull();
});

describe.skipIf(missing !== null)(`blobs in object storage${missing ?? ""}`, () => {
  let storage: ObjectStorage;
  let folder = "";
  let runs = 0;
  const servers: TestServer[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "pcp-s3-"));
    storage = await startObjectStorage("blobs");
  });
  afterAll(async () => {
    await storage?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });

  const storeOf = (more: Partial<S3StoreOptions> = {}) =>
    openS3Store(
      {
        bucket: "blobs",
        prefix: `run-${runs++}/`,
        endpoint: storage.endpoint,
        region: null,
        credentials: CREDENTIALS,
        cacheFolder: join(folder, `cache-${runs}`),
        ...more,
      },
      Date.now(),
    );

  it("are put, found, read, listed and deleted, from any process", async () => {
    const prefix = "shared/";
    const [one, two] = [await storeOf({ prefix }), await storeOf({ prefix })];
    const bytes = randomBytes(300_000);
    const blob = await one.put(bytes.subarray(0, 1000), bytes.subarray(1000));
    expect(blob).toEqual(blobOf(bytes));
    expect(await two.size(blob.digest)).toBe(300_000);
    expect(await two.has("0".repeat(64))).toBe(false);
    expect(blobOf((await two.read(blob.digest)) ?? Buffer.alloc(0))).toEqual(blob);
    const parts: Buffer[] = [];
    for await (const part of fileSlices(present(await two.path(blob.digest), "path"), 10, 20))
      parts.push(part);
    expect(Buffer.concat(parts)).toEqual(bytes.subarray(10, 20));
    const empty = await two.put();
    const listed: string[] = [];
    for await (const { digest } of one.list()) listed.push(digest);
    expect(listed.sort()).toEqual([blob.digest, empty.digest].sort());
    expect(await one.usage()).toMatchObject({ bytes: 300_000 });
    await one.delete(blob.digest);
    expect(await one.has(blob.digest)).toBe(false);
    expect(await (await storeOf({ prefix })).path(blob.digest)).toBeNull();
    await expect(one.size("../../etc/passwd")).rejects.toThrow("not a SHA-256 digest");
  });

  it("go from workers straight to the storage and back, without credentials of it", async () => {
    const store = await storeOf();
    const server = await startTestServer({ blobs: store });
    servers.push(server);
    const worker = await server.client();
    const bytes = randomBytes(2_000_000);
    const blob = blobOf(bytes);
    const announced = await fetch(`${server.server.url}/v1/uploads`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${server.authority.workerCredential("w1", "0".repeat(36))}`,
      },
      body: JSON.stringify({ ...blob, fragment: 0 }),
    });
    const reply = (await announced.json()) as { kind: string; url: string };
    expect(reply.kind).toBe("presigned");
    expect(reply.url).not.toContain(CREDENTIALS.secretAccessKey);
    expect(new URL(reply.url).origin).toBe(storage.endpoint);
    await worker.upload(blob.digest, bytes, 0);
    expect(await store.size(blob.digest)).toBe(blob.bytes);
    expect(blobOf(await worker.download(blob, null))).toEqual(blob);
    const address = await store.presign("get", blob);
    expect(blobOf(await worker.download(blob, address?.url ?? ""))).toEqual(blob);
    const target = join(folder, "file");
    await worker.blobs.downloadFile(blob, null, target);
    expect(blobOf(readFileSync(target))).toEqual(blob);
  });

  it("of wrong content are removed before they are used", async () => {
    const prefix = "wrong/";
    const store = await storeOf({ prefix });
    const { digest } = blobOf(randomBytes(10));
    const Key = `${prefix}${digest.slice(0, 2)}/${digest}`;
    await storage.client.send(
      new PutObjectCommand({ Bucket: "blobs", Key, Body: "something else" }),
    );
    expect(await store.has(digest)).toBe(true);
    expect(await store.path(digest)).toBeNull();
    expect(await store.has(digest)).toBe(false);
  });

  it("that cannot be stored say why", async () => {
    const full = await storeOf({ limit: 100 });
    await expect(full.put(randomBytes(101))).rejects.toMatchObject({ code: "full" });
    await expect(storeOf({ bucket: "nowhere" })).rejects.toMatchObject({ code: "unavailable" });
    const server = await startTestServer({ blobs: full });
    servers.push(server);
    const bytes = randomBytes(200);
    const worker = await server.client();
    await expect(worker.upload(blobOf(bytes).digest, bytes, 0)).rejects.toMatchObject({
      status: 507,
    });
  });
});
