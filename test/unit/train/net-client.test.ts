/** @file What a client tells its user, presence, events, joining, and the texts and sets that the network layer is made of. */
import { createServer } from "node:http";
import { createServer as createTcpServer } from "node:net";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { isProblem } from "#lib/support/problem.ts";
import { connectShepherd, joinShepherd } from "#lib/train/net/client.ts";
import { Intervals } from "#lib/train/net/intervals.ts";
import { formatJoinToken, parseJoinToken } from "#lib/train/net/join-token.ts";
import { PROTOCOL_VERSION } from "#lib/train/protocol/messages.ts";
import { until } from "../tools/processes.ts";
import { startFaultProxy } from "./fault-proxy.ts";
import { newIncarnation, startTestServer, type TestServer } from "./net-support.ts";

const closing: { close(): Promise<void> }[] = [];
const start: typeof startTestServer = async (options) => {
  const server = await startTestServer(options);
  closing.push(server);
  return server;
};
afterEach(async () => {
  for (const each of closing.splice(0).reverse()) await each.close();
});

/** Listens with a plain server until the test ends. */
async function listening(server: ReturnType<typeof createTcpServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push({ close: () => new Promise((resolve) => server.close(() => resolve())) });
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

const tokenOf = (server: TestServer, addresses: readonly string[] = [server.server.url]) => {
  const expires = Date.now() + 60_000;
  return formatJoinToken({
    addresses,
    fingerprint: server.tls?.fingerprint ?? null,
    secret: server.authority.issueJoin({ role: "worker", expires, once: true }),
    expires,
  });
};

describe("calls", () => {
  it("reach the shepherd and bring its answers back", async () => {
    const server = await start({ secure: true });
    const worker = "w1";
    const incarnation = newIncarnation();
    const credential = server.authority.workerCredential(worker, incarnation);
    const client = await server.client({ credential });
    const speaker = { worker, incarnation };
    const registered = await client.register({
      ...speaker,
      protocol: PROTOCOL_VERSION,
      backend: "cpu",
      target: "host",
      device: "local-task",
      host: "h",
      software: "1",
      pid: 1,
      restarts: 0,
      resume: null,
    });
    expect(registered).toMatchObject({ kind: "registered", runId: "run" });
    expect(await client.program(speaker)).toEqual({ kind: "wait", reason: "compiling" });
    expect(await client.agreement({ ...speaker, loss: 1.5, gradNorm: null })).toEqual({
      kind: "agreed",
    });
    expect(await client.lease({ ...speaker, after: null })).toMatchObject({ kind: "wait" });
    const contribution = { ...speaker, lease: "0.w1.0", round: 0, slot: 0 };
    const blob = { digest: "0".repeat(64), bytes: 5 };
    const submitted = await client.submit({
      ...contribution,
      updates: [{ fragment: 0, base: 0, blob }],
      steps: 1,
      tokens: 8,
      loss: 0.1,
      final: false,
    });
    expect(submitted).toEqual({ kind: "accepted" });
    expect(await client.result(contribution)).toMatchObject({ kind: "wait" });
    await client.leave({ ...speaker, how: "left", reason: "done" });
    expect(server.shepherd.calls.map(({ name }) => name)).toEqual([
      "register",
      "program",
      "agreement",
      "lease",
      "submit",
      "result",
      "leave",
    ]);
    expect(server.shepherd.calls[3]?.body).toEqual({ ...speaker, after: null });
  });

  it("of operators bring back what the run says", async () => {
    const server = await start();
    const client = await server.client({ credential: server.authority.operatorToken });
    for (let i = 0; i < 5; i++) server.control.append(String(i));
    expect((await client.status()).state).toBe("waiting");
    expect(await client.journal(1, 2)).toEqual(server.control.records.slice(1, 3));
    expect(await client.control("pause", null)).toBeNull();
    expect(await client.control("kick", "nobody")).toBe("there is no such worker");
    expect(server.control.actions).toEqual(["pause null", "kick nobody"]);
    expect(await client.ping(() => performance.now())).toBeGreaterThan(0);
  });
});

describe("failures are one clear line", () => {
  const statusOf = async (url: string): Promise<unknown> => {
    const client = await connectShepherd({ url, fingerprint: null, ca: null, credential: "x" });
    try {
      return await client.status();
    } catch (error) {
      return error;
    } finally {
      await client.close();
    }
  };

  it("where nothing listens", async () => {
    const server = createTcpServer();
    const port = await listening(server);
    await new Promise((resolve) => server.close(resolve));
    const url = `http://127.0.0.1:${port}`;
    expect(await statusOf(url)).toMatchObject({
      code: "network",
      message: `nothing listens at 127.0.0.1:${port}: is the shepherd running, and is the port right?`,
    });
    const token = { addresses: [url], fingerprint: null, secret: "s", expires: 0 };
    const joined = await joinShepherd({
      token,
      worker: "w",
      incarnation: newIncarnation(),
      secret: null,
      now: 1,
    });
    expect(isProblem(joined) ? joined.problem : "").toContain("expired as well");
  });

  it("where the protocols are mixed up", async () => {
    const plain = await start();
    const secure = await start({ secure: true });
    const { port } = plain.server;
    expect(await statusOf(`https://127.0.0.1:${port}`)).toMatchObject({
      code: "network",
      message: expect.stringContaining("does not speak TLS"),
    });
    expect(await statusOf(`http://127.0.0.1:${secure.server.port}`)).toMatchObject({
      code: "network",
      message: expect.stringMatching(/has closed the connection|does not speak plain HTTP/),
    });
  });

  it("where the server is another program or another version", async () => {
    let answer = { status: 200, text: "<html>", headers: {} };
    const port = await listening(
      createServer((_, reply) => reply.writeHead(answer.status, answer.headers).end(answer.text)),
    );
    const url = `http://127.0.0.1:${port}`;
    expect(await statusOf(url)).toMatchObject({
      code: "protocol",
      message: expect.stringContaining("is not a shepherd"),
    });
    answer = { status: 404, text: "nothing here", headers: {} };
    expect(await statusOf(url)).toMatchObject({ code: "network", status: 404 });
    const server = await start();
    const other = await fetch(`${server.server.url}/v1/status`, {
      headers: { "x-pcp-protocol": "99" },
    });
    expect([other.status, await other.json()]).toEqual([
      409,
      {
        error: "protocol",
        message: expect.stringContaining(
          `protocol version ${PROTOCOL_VERSION}, and the client version 99`,
        ),
      },
    ]);
    answer = {
      status: 409,
      text: JSON.stringify({ error: "protocol", message: "m" }),
      headers: {},
    };
    expect(await statusOf(url)).toMatchObject({ code: "protocol", message: "m" });
  });

  it("where the credential is wrong, or the caller gives up", async () => {
    const server = await start();
    expect(await statusOf(server.server.url)).toMatchObject({
      code: "refused",
      status: 401,
      reason: "credential",
    });
    const proxy = await startFaultProxy(server.server.port, { stalled: true });
    closing.push(proxy);
    const ending = new AbortController();
    const url = `http://127.0.0.1:${proxy.port}`;
    const client = await server.client({ url, signal: ending.signal });
    const waiting = client.status();
    ending.abort();
    await expect(waiting).rejects.toMatchObject({ code: "aborted" });
  });

  it("where a reply is not as agreed", async () => {
    const port = await listening(
      createServer((_, reply) =>
        reply.setHeader("x-pcp-protocol", PROTOCOL_VERSION).end('{"kind":"perhaps"}'),
      ),
    );
    const client = await connectShepherd({
      url: `http://127.0.0.1:${port}`,
      fingerprint: null,
      ca: null,
      credential: "x",
    });
    const lease = client.lease({ worker: "w", incarnation: newIncarnation(), after: null });
    await expect(lease).rejects.toMatchObject({ code: "protocol" });
    await client.close();
  });
});

describe("joining", () => {
  it("tries the addresses of the token in turn, and then speaks with the credential", async () => {
    const server = await start({ secure: true });
    const dead = createTcpServer();
    const port = await listening(dead);
    await new Promise((resolve) => dead.close(resolve));
    const token = tokenOf(server, [`https://127.0.0.1:${port}`, server.server.url]);
    const incarnation = newIncarnation();
    const options = { token, worker: "w1", incarnation, secret: null, now: Date.now() };
    const joined = await joinShepherd(options);
    if (isProblem(joined)) throw new Error(joined.problem);
    closing.push(joined.client);
    const lease = await joined.client.lease({ worker: "w1", incarnation, after: null });
    expect(lease.kind).toBe("wait");
    const next = newIncarnation();
    // The token is used up: the worker's own secret is good for its next process.
    const again = await joinShepherd({ ...options, incarnation: next });
    expect(again).toMatchObject({ problem: expect.stringContaining("used already") });
    const back = await joinShepherd({
      ...options,
      incarnation: next,
      secret: joined.reply.secret,
    });
    if (isProblem(back)) throw new Error(back.problem);
    closing.push(back.client);
    expect(await back.client.lease({ worker: "w1", incarnation: next, after: null })).toMatchObject(
      { kind: "wait" },
    );
  });

  it("says what is wrong with a token", () => {
    const token = formatJoinToken({
      addresses: ["https://127.0.0.1:1"],
      fingerprint: "0".repeat(64),
      secret: "s",
      expires: 5,
    });
    expect(parseJoinToken(` ${token}\n`)).toMatchObject({ secret: "s", expires: 5 });
    const parts = {
      addresses: ["https://127.0.0.1:1"],
      fingerprint: null,
      secret: "s",
      expires: 5,
    };
    for (const known of [parts, { ...parts, signer: "c".repeat(64) }])
      expect(parseJoinToken(formatJoinToken(known))).toEqual(known);
    const problem = (text: string) => {
      const parsed = parseJoinToken(text);
      return isProblem(parsed) ? parsed.problem : "none";
    };
    const later = Buffer.from('{"v":2}').toString("base64url");
    expect(problem("")).toContain("empty");
    expect(problem("a b")).toContain("one word");
    expect(problem(token.slice(0, -9))).toContain("cut short");
    expect(problem(later)).toContain("version 2 where this program reads version 1");
    expect(problem(Buffer.from('{"v":1}').toString("base64url"))).toContain("not a join token");
  });
});

describe("presence", () => {
  it("ends for the server when the worker goes, and for the worker when the server goes", async () => {
    const server = await start();
    const [one, two] = [
      await server.client({ worker: "one" }),
      await server.client({ worker: "two" }),
    ];
    const first = await one.presence();
    const second = await two.presence();
    first.close();
    await until("its presence to end", () => server.gone.length > 0);
    expect(server.gone).toEqual(["one"]);
    await server.server.close();
    await second.closed;
    // It was the server that went, not the worker.
    expect(server.gone).toEqual(["one"]);
  });

  it("of a process that connects anew does not count as gone", async () => {
    const server = await start();
    const client = await server.client({ worker: "one" });
    const first = await client.presence();
    const second = await client.presence();
    await first.closed;
    expect(server.gone).toEqual([]);
    second.close();
    await until("its presence to end", () => server.gone.length > 0);
  });
});

describe("events", () => {
  it("bring the status, old records and new ones in order", async () => {
    const server = await start();
    for (let i = 0; i < 500; i++) server.control.append(String(i));
    const client = await server.client({ credential: null });
    const ending = new AbortController();
    const seen: number[] = [];
    let statuses = 0;
    for await (const event of client.events(10, ending.signal)) {
      if (event.kind === "status") statuses++;
      else seen.push(event.record.sequence);
      if (seen.length === 490 && server.control.records.length === 500)
        for (let i = 500; i < 1000; i++) server.control.append(String(i));
      if (seen.length === 990 && statuses > 1) ending.abort();
    }
    expect(seen).toEqual(Array.from({ length: 990 }, (_, index) => index + 10));
  });

  it("begin with the next record by default, and are limited in number", async () => {
    const server = await start({ limits: { watchers: 1 } });
    server.control.append("old");
    const client = await server.client({ credential: null });
    const events = client.events(null);
    expect((await events.next()).value).toMatchObject({ kind: "status" });
    await expect(client.events(null).next()).rejects.toMatchObject({ status: 503 });
    server.control.append("new");
    let event = (await events.next()).value;
    while (event?.kind === "status") event = (await events.next()).value;
    expect(event?.record.sequence).toBe(1);
    await events.return(undefined);
  });
});

describe("assets", () => {
  it("are served as they are, with headers that let nothing else in", async () => {
    const bytes = Buffer.from("<p>hello</p>");
    const assets = new Map([["/index.html", { bytes, type: "text/html; charset=utf-8" }]]);
    const server = await start({ assets, metrics: async () => "up 1\n" });
    for (const path of ["/", "/index.html"]) {
      const answer = await fetch(server.server.url + path);
      expect(await answer.text()).toBe("<p>hello</p>");
      expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    }
    expect(await (await fetch(`${server.server.url}/metrics`)).text()).toBe("up 1\n");
    expect(await (await fetch(`${server.server.url}/healthz`)).text()).toBe("ok\n");
    expect((await fetch(`${server.server.url}/other`)).status).toBe(404);
    expect((await fetch(`${server.server.url}/..%2fauthority.key`)).status).toBe(404);
  });
});

describe("sets of bytes", () => {
  it("agree with a list of bytes", () => {
    const interval = fc.tuple(fc.nat(40), fc.nat(40));
    fc.assert(
      fc.property(fc.array(interval), interval, (added, [a, b]) => {
        const set = new Intervals();
        const bytes = new Set<number>();
        for (const [x, y] of added) {
          const [from, to] = [Math.min(x, y), Math.max(x, y)];
          set.add(from, to);
          for (let i = from; i < to; i++) bytes.add(i);
        }
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const missing = set
          .missing(from, to)
          .flatMap(([x, y]) => Array.from({ length: y - x }, (_, index) => x + index));
        const due = Array.from({ length: to - from }, (_, index) => from + index).filter(
          (byte) => !bytes.has(byte),
        );
        expect(missing).toEqual(due);
        let prefix = 0;
        while (bytes.has(prefix)) prefix++;
        expect(set.prefix).toBe(prefix);
      }),
    );
  });
});
