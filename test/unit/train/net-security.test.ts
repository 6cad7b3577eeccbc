/** @file What a server refuses: strangers, wrong roles, replays, too much, too slow. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";
import { afterEach, describe, expect, it } from "vitest";
import { isProblem } from "#lib/support/problem.ts";
import { readSafetensorsFile } from "#lib/tensors/files.ts";
import { openAuthority, sameSecret } from "#lib/train/net/authority.ts";
import { openDiskStore } from "#lib/train/net/disk-store.ts";
import { startServer } from "#lib/train/net/server.ts";
import { newIncarnation, startTestServer, type TestServer } from "./net-support.ts";
import { blobOf } from "./support.ts";

const servers: TestServer[] = [];
const sockets: Socket[] = [];
const start: typeof startTestServer = async (options) => {
  const server = await startTestServer(options);
  servers.push(server);
  return server;
};
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) await server.close();
});

type Credential = "none" | "worker" | "observer" | "operator" | "other" | "cut";
const incarnation = newIncarnation();

function credentialOf({ authority }: TestServer, credential: Credential): string | null {
  if (credential === "none") return null;
  if (credential === "observer") return authority.observerToken;
  if (credential === "operator") return authority.operatorToken;
  const good = authority.workerCredential("w1", incarnation);
  if (credential === "worker") return good;
  if (credential === "cut") return good.slice(0, -1);
  const folder = mkdtempSync(join(tmpdir(), "pcp-net-other-"));
  try {
    return openAuthority(folder, Date.now).workerCredential("w1", incarnation);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function ask(
  server: TestServer,
  credential: Credential,
  [method, path]: readonly [string, string],
  body?: object | string,
  headers: Record<string, string> = {},
) {
  const token = credentialOf(server, credential);
  const answer = await fetch(server.server.url + path, {
    method,
    headers: {
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text };
}

const LEASE = { worker: "w1", incarnation, after: null };
const KICK = { action: "kick", worker: "w2" };

describe("roles", () => {
  const D = "a".repeat(64);
  const lease = ["POST", "/v1/lease"] as const;
  const control = ["POST", "/v1/control"] as const;
  const upload = ["POST", "/v1/uploads"] as const;
  const blob = ["GET", `/v1/blobs/${D}`] as const;
  const status = ["GET", "/v1/status"] as const;
  const metrics = ["GET", "/metrics"] as const;
  const UPLOAD = { digest: D, bytes: 10, fragment: 0 };
  it.each([
    ["none", lease, LEASE, 401],
    ["other", lease, LEASE, 401],
    ["cut", lease, LEASE, 401],
    ["observer", lease, LEASE, 403],
    ["operator", lease, LEASE, 403],
    ["worker", lease, LEASE, 200],
    ["worker", lease, { ...LEASE, worker: "w2" }, 403],
    ["worker", lease, { ...LEASE, incarnation: newIncarnation() }, 403],
    ["none", control, KICK, 401],
    ["worker", control, KICK, 403],
    ["observer", control, KICK, 403],
    ["operator", control, KICK, 200],
    ["none", upload, UPLOAD, 401],
    ["observer", upload, UPLOAD, 403],
    ["operator", upload, UPLOAD, 403],
    ["worker", upload, UPLOAD, 200],
    ["none", blob, undefined, 401],
    ["observer", blob, undefined, 403],
    ["worker", blob, undefined, 404],
    ["operator", blob, undefined, 404],
    ["other", status, undefined, 401],
    ["none", status, undefined, 200],
    ["observer", status, undefined, 200],
    ["none", metrics, undefined, 200],
  ] as const)("case %#: credential %s, %s", async (credential, route, body, expected) => {
    const server = await start();
    const answer = await ask(server, credential, route, body);
    expect(answer.status).toBe(expected);
    const called = expected === 200 && route[1] === "/v1/lease";
    expect(server.shepherd.calls.length).toBe(called ? 1 : 0);
    expect(server.control.actions.length).toBe(expected === 200 && route === control ? 1 : 0);
  });

  it("a worker that is out of the run reads nothing more, and is told so by the shepherd", async () => {
    let out: string | null = null;
    const server = await start({
      dismissed: (worker, process) => (worker === "w1" && process === incarnation ? out : null),
    });
    const data = ["GET", `/v1/data/${D}`] as const;
    const journal = ["GET", "/v1/journal"] as const;
    const presence = ["GET", "/v1/presence"] as const;
    const watching = fetch(`${server.server.url}/v1/events`, {
      headers: { authorization: `Bearer ${credentialOf(server, "worker")}` },
    });
    expect((await watching).status).toBe(200);
    expect((await ask(server, "worker", status)).status).toBe(200);
    out = "kicked: an operator asked for it";
    for (const route of [status, journal, metrics, blob, data, presence]) {
      const { status: code, text } = await ask(server, "worker", route);
      expect([route, code, JSON.parse(text)]).toEqual([
        route,
        403,
        {
          error: "dismissed",
          message: "not in the run any more (kicked: an operator asked for it)",
        },
      ]);
    }
    expect((await ask(server, "worker", upload, UPLOAD)).status).toBe(403);
    // What was opened before is closed.
    await expect((await watching).text()).rejects.toThrow();
    expect((await ask(server, "worker", lease, LEASE)).status).toBe(200);
    expect((await ask(server, "operator", status)).status).toBe(200);
    const again = server.authority.workerCredential("w1", newIncarnation());
    const answer = await fetch(`${server.server.url}/v1/status`, {
      headers: { authorization: `Bearer ${again}` },
    });
    expect(answer.status).toBe(200);
  });

  it("pages of other sites do not look on through a browser on this machine", async () => {
    const { server } = await start();
    const host = await rawRequest(
      server.port,
      "GET /v1/status HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    );
    expect(host).toMatch(/^HTTP\/1.1 401 /);
  });

  it("browsers get a cookie that scripts and other sites do not see", async () => {
    const server = await start();
    const token = server.authority.operatorToken;
    const login = await ask(server, "none", ["POST", "/v1/session"], { token });
    const cookie = login.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
    const session = { cookie: cookie.split(";")[0] ?? "" };
    expect((await ask(server, "none", control, KICK, session)).status).toBe(200);
    const wrong = await ask(server, "none", ["POST", "/v1/session"], { token: `${token}x` });
    expect([wrong.status, wrong.headers.get("set-cookie")]).toEqual([401, null]);
  });
});

describe("joining", () => {
  const join = (server: TestServer, secret: string, worker = "w1", process = incarnation) =>
    ask(server, "none", ["POST", "/v1/join"], { secret, worker, incarnation: process });

  it("with a one-time token works for one process, and again for the same one", async () => {
    const server = await start();
    const secret = server.authority.issueJoin({
      role: "worker",
      expires: Date.now() + 60_000,
      once: true,
    });
    const first = await join(server, secret);
    expect(first.status).toBe(200);
    expect((await join(server, secret)).text).toBe(first.text);
    expect((await join(server, secret, "w2")).status).toBe(401);
    const replayed = await join(server, secret, "w1", newIncarnation());
    expect([replayed.status, replayed.text]).toEqual([
      401,
      expect.stringContaining("used already"),
    ]);
    // Also after a restart of the shepherd.
    const again = await start({ folder: server.folder });
    expect((await join(again, secret, "w1", newIncarnation())).status).toBe(401);
    expect((await join(again, secret)).text).toBe(first.text);
  });

  it("a worker's own secret gives its next process a credential, and only of its name", async () => {
    const server = await start();
    const expires = Date.now() + 60_000;
    const secret = server.authority.issueJoin({ role: "worker", expires, once: true });
    const { secret: own, credential } = JSON.parse((await join(server, secret)).text);
    const again = await start({ folder: server.folder });
    const process = newIncarnation();
    const rejoined = JSON.parse((await join(again, own, "w1", process)).text);
    expect(again.authority.identify(rejoined.credential)).toEqual({
      role: "worker",
      worker: "w1",
      incarnation: process,
    });
    expect(again.authority.identify(credential)?.incarnation).toBe(incarnation);
    expect((await join(again, own, "w2")).status).toBe(401);
  });

  it("is refused after the token has expired, and with a token that was changed", async () => {
    let now = Date.now();
    const server = await start({ now: () => now });
    const secret = server.authority.issueJoin({ role: "worker", expires: now + 1000, once: false });
    expect((await join(server, secret)).status).toBe(200);
    now += 1001;
    const late = await join(server, secret);
    expect([late.status, late.text]).toEqual([401, expect.stringContaining("expired")]);
    const longer = secret.replace(`~${now - 1}~`, `~${now + 99_999}~`);
    expect(longer).not.toBe(secret);
    expect((await join(server, longer)).status).toBe(401);
    const raised = secret.replace("~worker~", "~operator~");
    expect((await join(server, raised)).status).toBe(401);
  });

  it("is slowed down for whoever guesses", async () => {
    const server = await start({ limits: { failureBurst: 3, failuresPerSecond: 0.01 } });
    const statuses: number[] = [];
    for (let i = 0; i < 5; i++) statuses.push((await join(server, `j~${i}`)).status);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    expect((await ask(server, "other", ["POST", "/v1/lease"], LEASE)).status).toBe(429);
  });

  it("needs no token where the operator typed --insecure", async () => {
    const closed = await start();
    expect((await join(closed, "")).status).toBe(401);
    const open = await start({ insecure: true });
    expect((await join(open, "")).status).toBe(200);
    expect((await ask(open, "none", ["POST", "/v1/control"], KICK)).status).toBe(401);
  });
});

describe("secrets", () => {
  it("are files of the owner alone, stay the same, and appear nowhere else", async () => {
    const server = await start({ secure: true });
    for (const name of ["authority.key", "operator.token", "observer.token", "tls.pem"])
      expect(statSync(join(server.folder, name)).mode & 0o777).toBe(0o600);
    const again = openAuthority(server.folder, Date.now);
    expect(again.operatorToken).toBe(server.authority.operatorToken);
    expect(readFileSync(join(server.folder, "operator.token"), "utf8").trim()).toBe(
      again.operatorToken,
    );
    const client = await server.client();
    await expect(client.register({} as never)).rejects.toThrow();
    expect(JSON.stringify(server.logged)).not.toContain("c~w1");
  });

  it("are compared whatever their lengths", () => {
    expect(sameSecret("abc", "abc")).toBe(true);
    for (const other of ["", "ab", "abd", "abcd"]) expect(sameSecret("abc", other)).toBe(false);
  });
});

describe("beyond loopback", () => {
  it("nothing starts in plain text unless asked to", async () => {
    const folder = mkdtempSync(join(tmpdir(), "pcp-net-"));
    try {
      const refused = await startServer({
        shepherd: null,
        control: null,
        blobs: await openDiskStore({ folder: join(folder, "blobs") }, Date.now()),
        authority: openAuthority(folder, Date.now),
        tls: null,
        host: "0.0.0.0",
        port: 0,
        expectedBlob: () => 0,
        log: () => {},
        monotonic: () => performance.now(),
      });
      expect(isProblem(refused) ? refused.problem : "started").toContain("TLS is needed");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** Sends text over a socket, and gives what comes until the server closes it. */
function rawRequest(port: number, text: string, more?: (socket: Socket) => void): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    sockets.push(socket);
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk.toString("latin1");
      if (more === undefined && answer.includes("\r\n\r\n")) socket.destroy();
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(answer));
    socket.write(text);
    more?.(socket);
  });
}

describe("too much and too slow", () => {
  const post = ["POST", "/v1/lease"] as const;

  it("JSON above 1 MiB, headers above 16 KiB", async () => {
    const server = await start();
    const large = { ...LEASE, after: "x".repeat(1 << 20) };
    expect((await ask(server, "worker", post, large)).status).toBe(413);
    const header = { "x-large": "x".repeat(17 << 10) };
    expect((await ask(server, "worker", post, LEASE, header)).status).toBe(431);
  });

  it.each([
    ["not JSON", "{", 400],
    ["a field too many", { ...LEASE, more: 1 }, 400],
    ["a field too few", { worker: "w1", incarnation }, 400],
    ["another type", { ...LEASE, after: 5 }, 400],
    [
      "a prototype",
      `{"__proto__":{"x":1},"worker":"w1","incarnation":"${incarnation}","after":null}`,
      400,
    ],
    ["control characters in a name", { ...LEASE, worker: "w\u001b[31m" }, 400],
    ["a path as name", { ...LEASE, worker: "../w" }, 400],
    ["a list", [], 400],
  ])("%s", async (_, body, expected) => {
    const server = await start();
    expect((await ask(server, "worker", post, body)).status).toBe(expected);
    expect(server.shepherd.calls).toEqual([]);
  });

  it("more requests than a credential may make", async () => {
    const server = await start({ limits: { burst: 5, requestsPerSecond: 0.01 } });
    const statuses: number[] = [];
    for (let i = 0; i < 7; i++) statuses.push((await ask(server, "worker", post, LEASE)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
    // Others are not held up.
    expect((await ask(server, "operator", ["GET", "/v1/status"])).status).toBe(200);
  });

  const drip = (socket: Socket): void => {
    const timer = setInterval(() => socket.write("x"), 50);
    socket.on("close", () => clearInterval(timer));
  };

  it("headers that do not end", async () => {
    const { server } = await start({ limits: { headersMs: 500 } });
    const answer = await rawRequest(server.port, "GET / HTTP/1.1\r\nx-slow: ", drip);
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
  });

  it("JSON that comes byte by byte", async () => {
    const server = await start({ limits: { jsonMs: 300 } });
    const head = `POST /v1/lease HTTP/1.1\r\nHost: 127.0.0.1\r\nauthorization: Bearer ${credentialOf(server, "worker")}\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n`;
    expect(await rawRequest(server.server.port, head, drip)).not.toContain(" 200 ");
  });

  it("a blob that comes byte by byte; what has come is kept, and the place is free again", async () => {
    const limits = { minimumRate: 10_000, rateWindowMs: 500, transfersPerWorker: 1 };
    const server = await start({ limits });
    const bytes = randomBytes(50_000);
    const { digest } = blobOf(bytes);
    const head = `PUT /v1/blobs/${digest} HTTP/1.1\r\nHost: 127.0.0.1\r\nauthorization: Bearer ${credentialOf(server, "worker")}\r\ncontent-type: application/octet-stream\r\ncontent-length: 50000\r\n\r\n`;
    await rawRequest(server.server.port, head, (socket) => {
      let at = 1000;
      socket.write(bytes.subarray(0, at));
      const timer = setInterval(() => socket.write(bytes.subarray(at, ++at)), 20);
      socket.on("close", () => clearInterval(timer));
    });
    const credential = credentialOf(server, "worker");
    const client = await server.client({ credential });
    await client.upload(digest, bytes, 0);
    expect(client.blobs.sent).toBeLessThan(50_000);
    expect(await server.store.verify(digest)).toBe(true);
  });

  it("a reader that does not read", async () => {
    const server = await start({ limits: { minimumRate: 10_000, rateWindowMs: 300 } });
    const { digest } = await server.store.put(randomBytes(60_000_000));
    const head = `GET /v1/blobs/${digest} HTTP/1.1\r\nHost: 127.0.0.1\r\nauthorization: Bearer ${credentialOf(server, "worker")}\r\n\r\n`;
    await new Promise<void>((resolve) => {
      const socket = connect(server.server.port, "127.0.0.1", () => socket.write(head));
      sockets.push(socket);
      socket.pause();
      socket.on("error", () => {});
      // Told of the end only by reading on, which begins after the server has lost its patience.
      setTimeout(() => socket.resume(), 3000);
      let got = 0;
      socket.on("data", (chunk) => {
        got += chunk.length;
      });
      socket.on("close", () => {
        expect(got).toBeLessThan(60_000_000);
        resolve();
      });
    });
  });
});

describe("safetensors from a worker", () => {
  const header = (length: bigint, text: string): Uint8Array => {
    const bytes = Buffer.alloc(8 + text.length);
    bytes.writeBigUInt64LE(length);
    bytes.write(text, 8);
    return bytes;
  };
  const text = (offsets: readonly number[], shape: readonly number[]) =>
    JSON.stringify({ x: { dtype: "F32", shape, data_offsets: offsets } });
  it.each([
    ["a header of 2^63 bytes", header(1n << 63n, "{}")],
    ["a header longer than the file", header(1000n, "{}")],
    [
      "offsets beyond the file",
      header(BigInt(text([0, 400], [100]).length), text([0, 400], [100])),
    ],
    [
      "a shape of 2^60 elements",
      header(BigInt(text([0, 4], [2 ** 60]).length), text([0, 4], [2 ** 60])),
    ],
    ["offsets below zero", header(BigInt(text([-4, 0], [1]).length), text([-4, 0], [1]))],
  ])("%s is stored as bytes and refused as tensors", async (_, bytes) => {
    const server = await start();
    const client = await server.client();
    const { digest } = blobOf(bytes);
    await client.upload(digest, bytes, 0);
    const path = (await server.store.path(digest)) as string;
    expect(isProblem(readSafetensorsFile(path))).toBe(true);
  });
});

describe("certificates", () => {
  it("another one than the pinned is refused before anything is sent", async () => {
    const server = await start({ secure: true });
    const client = await server.client({ fingerprint: "0".repeat(64) });
    await expect(client.lease(LEASE)).rejects.toMatchObject({
      code: "refused",
      reason: "fingerprint",
      message: expect.stringContaining("another certificate"),
    });
    expect(server.shepherd.calls).toEqual([]);
    const unpinned = await server.client({ fingerprint: null });
    await expect(unpinned.lease(LEASE)).rejects.toMatchObject({
      message: expect.stringContaining("self-signed"),
    });
    const known = await server.client({ fingerprint: null, ca: server.tls?.certificate ?? "" });
    expect((await known.status()).runId).toBe("run");
  });

  it("of clients are asked for where an authority is named", async () => {
    const days = {
      notAfterDate: new Date(Date.now() + 86_400_000),
      keyType: "ec",
      algorithm: "sha256",
    } as const;
    const authority = await generate([{ name: "commonName", value: "ca" }], {
      ...days,
      extensions: [{ name: "basicConstraints", cA: true, critical: true }],
    });
    const own = await generate([{ name: "commonName", value: "w1" }], {
      ...days,
      ca: { key: authority.private, cert: authority.cert },
    });
    const folder = mkdtempSync(join(tmpdir(), "pcp-net-ca-"));
    try {
      writeFileSync(join(folder, "ca.pem"), authority.cert);
      const server = await start({ secure: true, clientAuthority: join(folder, "ca.pem") });
      const without = await server.client();
      await expect(without.status()).rejects.toMatchObject({ code: "network" });
      const stranger = await generate([{ name: "commonName", value: "w1" }], days);
      const other = await server.client({ certificate: stranger.cert, key: stranger.private });
      await expect(other.status()).rejects.toMatchObject({ code: "network" });
      const client = await server.client({ certificate: own.cert, key: own.private });
      expect((await client.status()).runId).toBe("run");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
