/** @file Blobs over real sockets: parts, resuming, digests, limits, slow and broken networks. */
import { randomBytes } from "node:crypto";
import { readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { ClientError } from "#lib/train/net/connection.ts";
import { digestOfFile, openDiskStore } from "#lib/train/net/disk-store.ts";
import { PART_BYTES } from "#lib/train/net/transfer.ts";
import { type FaultProxy, type Faults, startFaultProxy } from "./fault-proxy.ts";
import { newIncarnation, startTestServer, type TestServer } from "./net-support.ts";
import { blobOf } from "./support.ts";

const servers: TestServer[] = [];
const proxies: FaultProxy[] = [];
const start: typeof startTestServer = async (options) => {
  const server = await startTestServer(options);
  servers.push(server);
  return server;
};
const startProxy = async (target: number, faults?: Partial<Faults>): Promise<FaultProxy> => {
  const proxy = await startFaultProxy(target, faults);
  proxies.push(proxy);
  return proxy;
};
afterEach(async () => {
  for (const proxy of proxies.splice(0)) await proxy.close();
  const logged: string[] = [];
  for (const server of servers.splice(0)) {
    await server.close();
    logged.push(...server.logged);
  }
  // A server's own failures, which no test here brings about.
  expect(logged).toEqual([]);
});

/** A worker's `fetch`, for requests that our own client does not make. */
function asWorker(server: TestServer, worker = "w1") {
  const credential = server.authority.workerCredential(worker, newIncarnation());
  return (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(server.server.url + path, {
      ...init,
      headers: {
        "content-type": "application/octet-stream",
        authorization: `Bearer ${credential}`,
        ...init.headers,
      },
    });
}

describe.each([false, true])("blobs, TLS %s", (secure) => {
  it("go up and come down, in one part and in several", async () => {
    const server = await start({ secure });
    const client = await server.client();
    for (const size of [0, 1, 70_000, 2 * PART_BYTES + 1]) {
      const bytes = randomBytes(size);
      const blob = blobOf(bytes);
      await client.upload(blob.digest, bytes, 0);
      expect(await server.store.size(blob.digest)).toBe(size);
      expect(await server.store.verify(blob.digest)).toBe(true);
      expect(blobOf(await client.download(blob, null))).toEqual(blob);
    }
    expect(await readdir(server.store.workFolder)).toEqual([]);
  });

  it("go up and come down as files", async () => {
    const server = await start({ secure });
    const client = await server.client();
    const [from, to] = [join(server.folder, "from"), join(server.folder, "to")];
    const bytes = randomBytes(PART_BYTES + 12_345);
    await writeFile(from, bytes);
    await client.blobs.uploadFile(blobOf(bytes), from, 0);
    await client.blobs.downloadFile(blobOf(bytes), null, to);
    expect(blobOf(await readFile(to))).toEqual(blobOf(bytes));
  });
});

describe("memory", () => {
  it("does not grow with the size of files", async () => {
    const server = await start();
    const client = await server.client();
    const [from, to] = [join(server.folder, "from"), join(server.folder, "to")];
    await writeFile(from, "");
    await truncate(from, 300_000_000);
    const blob = await digestOfFile(from);
    const before = process.memoryUsage.rss();
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss());
    }, 20);
    await client.blobs.uploadFile(blob, from, 0);
    await client.blobs.downloadFile(blob, null, to);
    clearInterval(watch);
    expect(await digestOfFile(to)).toEqual(blob);
    // Server and client are both in this process.
    expect(peak - before).toBeLessThan(250_000_000);
  });
});

describe("parts", () => {
  it("come in any order and twice, and the first copy counts", async () => {
    const server = await start();
    const call = asWorker(server);
    const bytes = randomBytes(3000);
    const { digest } = blobOf(bytes);
    const put = async (from: number, to: number, body = bytes.subarray(from, to)) => {
      const headers = { "content-range": `bytes ${from}-${to - 1}/3000` };
      return (await call(`/v1/blobs/${digest}`, { method: "PUT", body, headers })).json();
    };
    expect(await put(2000, 3000)).toEqual({ stored: false, missing: [[0, 2000]] });
    expect(await put(0, 500)).toEqual({ stored: false, missing: [[500, 2000]] });
    // Other bytes for a place that has been filled do not get there.
    expect(await put(0, 500, Buffer.alloc(500))).toMatchObject({ stored: false });
    const head = await call(`/v1/blobs/${digest}`, { method: "HEAD" });
    expect([head.status, head.headers.get("upload-offset")]).toEqual([404, "500"]);
    expect(await put(400, 2100)).toEqual({ stored: true, missing: [] });
    expect(await put(0, 500)).toEqual({ stored: true, missing: [] });
    const ranges = await Promise.all(
      [0, 1000, 2000].map(async (from) => {
        const headers = { range: `bytes=${from}-${from + 999}` };
        const part = await call(`/v1/blobs/${digest}`, { headers });
        expect(part.status).toBe(206);
        return Buffer.from(await part.arrayBuffer());
      }),
    );
    expect(blobOf(Buffer.concat(ranges)).digest).toBe(digest);
    const beyond = await call(`/v1/blobs/${digest}`, { headers: { range: "bytes=3000-" } });
    expect(beyond.status).toBe(416);
  });

  it("of two workers are never mixed", async () => {
    const server = await start();
    const [good, bad] = [asWorker(server, "good"), asWorker(server, "bad")];
    const bytes = randomBytes(2000);
    const path = `/v1/blobs/${blobOf(bytes).digest}`;
    const headers = { "content-range": "bytes 0-999/2000" };
    await bad(path, { method: "PUT", body: Buffer.alloc(1000), headers });
    const whole = await good(path, { method: "PUT", body: bytes });
    expect(await whole.json()).toEqual({ stored: true, missing: [] });
  });

  it("are gone on with after connections were cut, up and down", async () => {
    const server = await start();
    const proxy = await startProxy(server.server.port, { cutUpAfter: 9_000_000 });
    const client = await server.client({ url: `http://127.0.0.1:${proxy.port}`, parallel: 2 });
    const bytes = randomBytes(40_000_000);
    const blob = blobOf(bytes);
    await client.upload(blob.digest, bytes, 0);
    expect(proxy.counts.cut).toBeGreaterThanOrEqual(3);
    // What had come was not sent again.
    expect(proxy.counts.up).toBeLessThan(45_000_000);
    expect(await server.store.verify(blob.digest)).toBe(true);
    proxy.faults.cutUpAfter = null;
    proxy.faults.cutDownAfter = 9_000_000;
    proxy.cutAll();
    expect(blobOf(await client.download(blob, null))).toEqual(blob);
    expect(proxy.counts.cut).toBeGreaterThanOrEqual(6);
    expect(client.blobs.received).toBeLessThan(41_000_000);
  });

  it("do not collapse at a round trip of 50 ms", async () => {
    const server = await start();
    const proxy = await startProxy(server.server.port, { delayMs: 25 });
    const client = await server.client({ url: `http://127.0.0.1:${proxy.port}` });
    const bytes = randomBytes(64_000_000);
    const blob = blobOf(bytes);
    const before = performance.now();
    await client.upload(blob.digest, bytes, 0);
    await client.download(blob, null);
    const rate = (2 * blob.bytes) / 1e6 / ((performance.now() - before) / 1000);
    // A window of 64 KiB, as HTTP/2 has by default, would bring 1.3 MB/s.
    expect(rate).toBeGreaterThan(8);
  });

  it("come into memory that was given back, if there is enough", async () => {
    const server = await start();
    const client = await server.client();
    const [large, small] = [randomBytes(5_000_000), randomBytes(4_500_000)];
    const first = await client.download(await server.store.put(large), null);
    const { buffer } = first;
    client.release(first);
    const second = await client.download(await server.store.put(small), null);
    expect(second.buffer).toBe(buffer);
    expect(blobOf(second)).toEqual(blobOf(small));
    // Not given back: it is not touched.
    const third = await client.download(blobOf(large), null);
    expect(blobOf(third)).toEqual(blobOf(large));
    expect(blobOf(second)).toEqual(blobOf(small));
    client.release(second);
    const fourth = await client.download(await server.store.put(Buffer.alloc(6_000_000, 1)), null);
    expect(fourth.buffer).not.toBe(buffer);
  });

  it("go over several connections where one is slow", async () => {
    const server = await start();
    const proxy = await startProxy(server.server.port, { delayMs: 300 });
    const client = await server.client({ url: `http://127.0.0.1:${proxy.port}` });
    const blob = await server.store.put(randomBytes(2 * PART_BYTES + 5));
    expect(blobOf(await client.download(blob, null))).toEqual(blob);
    expect(proxy.counts.accepted).toBe(3);
  });
});

describe("reducers", () => {
  it("get the blobs of their fragments, and give them; with the shepherd's key and certificate", async () => {
    const shepherd = await start({
      secure: true,
      placeOf: (fragment) => (fragment === 1 ? address : null),
    });
    const { folder } = shepherd;
    const store = await openDiskStore({ folder: join(folder, "reducer") }, Date.now());
    const reducer = await start({ secure: true, folder, blobs: store, shepherd: null });
    const address = reducer.server.url;
    const client = await shepherd.client();
    const [here, there] = [randomBytes(1000), randomBytes(PART_BYTES + 5)];
    await client.upload(blobOf(here).digest, here, 0);
    await client.upload(blobOf(there).digest, there, 1);
    expect(await shepherd.store.has(blobOf(there).digest)).toBe(false);
    expect(await store.verify(blobOf(there).digest)).toBe(true);
    expect(await store.has(blobOf(here).digest)).toBe(false);
    expect(blobOf(await client.download(blobOf(there), address))).toEqual(blobOf(there));
    await expect(client.download(blobOf(there), null)).rejects.toMatchObject({ status: 404 });
    const before = client.blobs.sent;
    await client.upload(blobOf(there).digest, there, 1);
    expect(client.blobs.sent).toBe(before);
  });
});

describe("refused is", () => {
  const refused = async (server: TestServer, init: RequestInit & { path?: string }) => {
    const bytes = init.body as Uint8Array | undefined;
    const path = init.path ?? `/v1/blobs/${blobOf(bytes ?? new Uint8Array()).digest}`;
    const answer = await asWorker(server)(path, { method: "PUT", ...init });
    return { status: answer.status, ...((await answer.json()) as object) };
  };

  it("content that is not what the digest says, and nothing of it stays", async () => {
    const server = await start();
    const path = `/v1/blobs/${"ab".repeat(32)}`;
    expect(await refused(server, { path, body: randomBytes(5000) })).toMatchObject({
      status: 422,
      error: "digest",
    });
    expect(await readdir(server.store.workFolder)).toEqual([]);
    const client = await server.client();
    await expect(client.upload("cd".repeat(32), randomBytes(10), 0)).rejects.toMatchObject({
      code: "refused",
      reason: "digest",
    });
    expect(await server.store.has("cd".repeat(32))).toBe(false);
  });

  it("what is larger than expected, before it is read", async () => {
    const server = await start({ expectedBlob: () => 1000 });
    expect(await refused(server, { body: randomBytes(1001) })).toMatchObject({
      status: 413,
      error: "size",
      message: "1001 bytes where at most 1000 are expected",
    });
    const headers = { "content-range": "bytes 0-9/99999999999" };
    expect(await refused(server, { body: randomBytes(10), headers })).toMatchObject({
      status: 413,
    });
    expect(await refused(server, { body: randomBytes(1000) })).toMatchObject({ stored: true });
  });

  it("what is not expected at all, over a worker's share, or over the store's", async () => {
    const none = await start({ expectedBlob: () => 0 });
    expect(await refused(none, { body: randomBytes(10) })).toMatchObject({
      status: 403,
      error: "unexpected",
    });
    const share = await start({ limits: { workerBytes: 1500 } });
    const call = asWorker(share);
    const announce = (digest: string) =>
      call("/v1/uploads", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ digest, bytes: 1000, fragment: 0 }),
      });
    expect((await announce("1".repeat(64))).status).toBe(200);
    expect((await announce("1".repeat(64))).status).toBe(200);
    expect((await announce("2".repeat(64))).status).toBe(429);
    const kept = await start({ limits: { workerBytes: 1500 } });
    const [first, second] = [randomBytes(1000), randomBytes(1000)];
    expect(await refused(kept, { body: first })).toMatchObject({ stored: true });
    expect(await refused(kept, { body: second })).toMatchObject({ status: 429, error: "quota" });
    await kept.store.delete(blobOf(first).digest);
    expect(await refused(kept, { body: second })).toMatchObject({ stored: true });
  });

  it.each([
    ["../../../../etc/passwd", 404],
    ["..%2f..%2f..%2fetc%2fpasswd", 400],
    ["%2e%2e%2f%2e%2e%2fauthority.key", 400],
    [`${"a".repeat(63)}%00`, 400],
    ["A".repeat(64), 400],
    ["authority.key", 400],
  ])("a name that is no digest: %s", async (name, status) => {
    const server = await start();
    const call = asWorker(server);
    expect((await call(`/v1/blobs/${name}`)).status).toBe(status);
    expect((await call(`/v1/data/${name}`)).status).toBe(status);
    const put = await call(`/v1/blobs/${name}`, { method: "PUT", body: randomBytes(3) });
    expect(put.status).toBe(status);
  });

  it.each([
    ["bytes 0-9/5", 400],
    ["bytes 9-0/20", 400],
    ["bytes 0-4/20", 400],
    ["bytes 0-9/9999999999999999", 413],
    ["bytes */20", 400],
    ["nonsense", 400],
  ])("a part at no place: %s", async (range, status) => {
    const server = await start();
    const answer = await refused(server, {
      body: randomBytes(10),
      headers: { "content-range": range },
    });
    expect(answer.status).toBe(status);
  });

  it("a blob that was announced with another size", async () => {
    const server = await start();
    const bytes = randomBytes(100);
    const headers = { "content-range": "bytes 0-99/200" };
    expect(await refused(server, { body: bytes, headers })).toMatchObject({ stored: false });
    expect(await refused(server, { body: bytes })).toMatchObject({ status: 400, error: "size" });
  });
});

describe("downloads", () => {
  it("of what is not there are refused, and of damaged content as well", async () => {
    const server = await start();
    const client = await server.client();
    const bytes = randomBytes(1000);
    const blob = await server.store.put(bytes);
    const missing = { digest: "0".repeat(64), bytes: 5 };
    await expect(client.download(missing, null)).rejects.toMatchObject({
      code: "refused",
      status: 404,
    });
    const path = (await server.store.path(blob.digest)) as string;
    await writeFile(path, Buffer.alloc(1000));
    await expect(client.download(blob, null)).rejects.toMatchObject({ reason: "digest" });
    const target = join(server.folder, "target");
    await expect(client.blobs.downloadFile(blob, null, target)).rejects.toBeInstanceOf(ClientError);
    expect((await readdir(server.folder)).filter((name) => name.startsWith("target"))).toEqual([]);
  });

  it("of training data come in ranges, by digest", async () => {
    const bytes = randomBytes(100_000);
    const { digest } = blobOf(bytes);
    const data = new Map<string, string>();
    const server = await start({ data });
    data.set(digest, join(server.folder, "tokens"));
    await writeFile(join(server.folder, "tokens"), bytes);
    const client = await server.client();
    expect(Buffer.from(await client.blobs.readData(digest, 500, 90_000))).toEqual(
      bytes.subarray(500, 90_000),
    );
    const target = join(server.folder, "copy");
    await client.blobs.downloadData(blobOf(bytes), target);
    expect(await readFile(target)).toEqual(bytes);
    await expect(client.blobs.readData("1".repeat(64), 0, 5)).rejects.toMatchObject({
      status: 404,
    });
  });
});
