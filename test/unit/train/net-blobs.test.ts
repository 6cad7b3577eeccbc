/** @file Blobs over real sockets: parts, resuming, digests, limits. */
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "./net-support.ts";

const open: TestServer[] = [];
const start: typeof startTestServer = async (options) => {
  const server = await startTestServer(options);
  open.push(server);
  return server;
};
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

const blobOf = (bytes: Uint8Array) => ({
  digest: createHash("sha256").update(bytes).digest("hex"),
  bytes: bytes.byteLength,
});

describe.each([false, true])("blobs, TLS %s", (secure) => {
  it("go up and come down, in one part and in several", async () => {
    const server = await start({ secure });
    const client = await server.client();
    for (const size of [0, 1, 70_000, 70_000_001]) {
      const bytes = randomBytes(size);
      const blob = blobOf(bytes);
      await client.upload(blob.digest, bytes, 0);
      expect(await server.store.size(blob.digest)).toBe(size);
      expect(await server.store.verify(blob.digest)).toBe(true);
      const back = await client.download(blob, null);
      expect(blobOf(back)).toEqual(blob);
    }
    expect(await readdir(server.store.workFolder)).toEqual([]);
  });
});
