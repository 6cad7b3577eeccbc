/**
 * @file Blobs to and from a shepherd's server on loopback, beside raw undici against a server that throws bytes away, plain and with TLS;
 * and how much memory a transfer of 2 GB takes at both ends. Server and client are processes of their own. Rates depend on what else the
 * machine does; processor seconds of both processes together much less. Prints one line of JSON.
 *
 * PCP_BENCH_BYTES sets the size of the timed transfers, 512 MB by default.
 */
import { type ChildProcess, fork } from "node:child_process";
import { createHash, randomFillSync } from "node:crypto";
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeSync,
} from "node:fs";
import { createServer as createHttpServer, type RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isProblem } from "#lib/support/problem.ts";
import { openAuthority } from "#lib/train/net/authority.ts";
import { connectShepherd, type ShepherdClient } from "#lib/train/net/client.ts";
import { openPool } from "#lib/train/net/connection.ts";
import { openDiskStore } from "#lib/train/net/disk-store.ts";
import { startServer } from "#lib/train/net/server.ts";
import { loadTlsIdentity } from "#lib/train/net/tls.ts";
import { median, round } from "./support/measure.ts";

const TIMED_BYTES = Number(process.env["PCP_BENCH_BYTES"] ?? 512e6);
const LARGE_BYTES = 2e9;
const ROUNDS = 3;
const CHUNK = Buffer.alloc(1 << 20, 7);

interface Address {
  readonly url: string;
  readonly rawUrl: string;
  readonly fingerprint: string | null;
  readonly credential: string;
}

/** What a process has used so far. */
interface Usage {
  /** Bytes of memory that it had at most. */
  readonly peak: number;
  readonly cpuSeconds: number;
}

function usage(): Usage {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  return { peak: maxRSS * 1024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 };
}

/** A server that counts what it gets, and sends as many bytes as it is asked for. */
const raw: RequestListener = (request, response) => {
  if (request.method === "PUT") {
    request.on("data", () => {});
    request.on("end", () => response.end());
    return;
  }
  let left = Number(request.headers["x-bytes"]);
  response.writeHead(200, { "content-length": left });
  const more = (): void => {
    while (left > 0) {
      const chunk = CHUNK.subarray(0, Math.min(left, CHUNK.length));
      left -= chunk.length;
      if (!response.write(chunk)) {
        response.once("drain", more);
        return;
      }
    }
    response.end();
  };
  more();
};

/** The process with both servers; ends when its parent disconnects. */
async function serve(folder: string, secure: boolean): Promise<void> {
  const now = Date.now();
  const files = { certificate: null, key: null, clientAuthority: null };
  const tls = secure ? await loadTlsIdentity(folder, files, [], now) : null;
  if (tls !== null && isProblem(tls)) throw new Error(tls.problem);
  const authority = openAuthority(folder, Date.now);
  const server = await startServer({
    shepherd: null,
    control: null,
    blobs: await openDiskStore({ folder: join(folder, "blobs") }, now),
    authority,
    tls,
    host: "127.0.0.1",
    port: 0,
    expectedBlob: () => Number.MAX_SAFE_INTEGER,
    log: (message) => process.stderr.write(`${message}\n`),
    monotonic: () => performance.now(),
  });
  if (isProblem(server)) throw new Error(server.problem);
  const rawServer =
    tls === null
      ? createHttpServer(raw)
      : createHttpsServer({ cert: tls.certificate, key: tls.key, minVersion: "TLSv1.3" }, raw);
  rawServer.requestTimeout = 0;
  await new Promise<void>((resolve) => rawServer.listen(0, "127.0.0.1", resolve));
  const { port } = rawServer.address() as { port: number };
  const incarnation = "00000000-0000-4000-8000-000000000000";
  process.send?.({
    url: server.url,
    rawUrl: `${secure ? "https" : "http"}://127.0.0.1:${port}`,
    fingerprint: tls?.fingerprint ?? null,
    credential: authority.workerCredential("bench", incarnation),
  } satisfies Address);
  process.on("message", () => process.send?.(usage()));
  process.on("disconnect", () => process.exit(0));
}

const answerOf = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`it has ended with ${code}`));
    child.once("exit", ended);
    child.once("message", (message) => {
      child.off("exit", ended);
      resolve(message as T);
    });
  });

/** What the server's process has used so far. */
function usageOf(child: ChildProcess): Promise<Usage> {
  const answer = answerOf<Usage>(child);
  child.send("usage");
  return answer;
}

/** A file of bytes that no link or file system makes smaller, different at each call. */
function makeFile(path: string, bytes: number): { digest: string; bytes: number } {
  const hash = createHash("sha256");
  const chunk = randomFillSync(Buffer.alloc(1 << 20));
  const file = openSync(path, "w");
  for (let done = 0; done < bytes; done += chunk.length) {
    chunk.writeDoubleLE(done);
    const part = chunk.subarray(0, Math.min(chunk.length, bytes - done));
    hash.update(part);
    writeSync(file, part);
  }
  closeSync(file);
  return { digest: hash.digest("hex"), bytes };
}

async function* zeros(bytes: number): AsyncGenerator<Uint8Array> {
  for (let left = bytes; left > 0; left -= CHUNK.length)
    yield CHUNK.subarray(0, Math.min(left, CHUNK.length));
}

/** One transfer of the timed size. */
interface Timed {
  readonly rate: number;
  readonly cpuSeconds: number;
}

const summaryOf = (all: readonly Timed[]) => ({
  bestMBs: round(Math.max(...all.map(({ rate }) => rate)), 0),
  medianMBs: round(median(all.map(({ rate }) => rate)), 0),
  cpuSecondsPerGB: round(median(all.map(({ cpuSeconds }) => cpuSeconds)) / (TIMED_BYTES / 1e9), 2),
});

async function measure(
  folder: string,
  address: Address,
  child: ChildProcess,
  client: ShepherdClient,
) {
  const identity = { url: address.rawUrl, fingerprint: address.fingerprint, ca: null };
  const pool = await openPool(identity, 1);
  const timed: Record<string, Timed[]> = {
    rawPut: [],
    put: [],
    putFile: [],
    rawGet: [],
    get: [],
    getFile: [],
  };
  const add = async (name: string, transfer: () => Promise<void>): Promise<void> => {
    const cpu = async () => (await usageOf(child)).cpuSeconds + usage().cpuSeconds;
    const before = await cpu();
    const start = performance.now();
    await transfer();
    const seconds = (performance.now() - start) / 1000;
    timed[name]?.push({ rate: TIMED_BYTES / 1e6 / seconds, cpuSeconds: (await cpu()) - before });
  };
  const request = { origin: address.rawUrl, path: "/" };
  for (let i = 0; i < ROUNDS; i++) {
    const [from, to] = [join(folder, "from"), join(folder, "to")];
    const blob = makeFile(from, TIMED_BYTES);
    await add("rawPut", async () => {
      const headers = { "content-length": String(TIMED_BYTES) };
      const body = zeros(TIMED_BYTES) as unknown as Uint8Array;
      await (await pool.request({ ...request, method: "PUT", headers, body })).body.dump();
    });
    await add("putFile", () => client.blobs.uploadFile(blob, from, 0));
    // As workers send: from memory. Other bytes, as the shepherd has those already.
    const own = readFileSync(from);
    own.fill(i + 1, 0, 1000);
    const digest = createHash("sha256").update(own).digest("hex");
    await add("put", () => client.upload(digest, own, 0));
    await add("rawGet", async () => {
      const headers = { "x-bytes": String(TIMED_BYTES) };
      const { body } = await pool.request({ ...request, method: "GET", headers });
      for await (const _ of body);
    });
    await add("getFile", () => client.blobs.downloadFile(blob, null, to));
    await add("get", async () => {
      // As workers do, round after round.
      client.release(await client.download(blob, null));
    });
    rmSync(from);
    rmSync(to);
  }
  await pool.close();
  const results = Object.fromEntries(
    Object.entries(timed).map(([name, all]) => [name, summaryOf(all)]),
  );
  const over = (ours: string, theirs: string): number =>
    round((results[ours]?.medianMBs ?? 0) / (results[theirs]?.medianMBs ?? 1));
  return { ...results, putOverRaw: over("put", "rawPut"), getOverRaw: over("get", "rawGet") };
}

/** Peaks of memory of both processes over a transfer of 2 GB, up and down. */
async function memoryOf(folder: string, child: ChildProcess, client: ShepherdClient) {
  const [from, to] = [join(folder, "from"), join(folder, "to")];
  const blob = makeFile(from, LARGE_BYTES);
  // Code and pools are there after a first transfer; `maxRSS` only grows, so this one must come before any other.
  const small = makeFile(to, 1e6);
  await client.blobs.uploadFile(small, to, 0);
  rmSync(to);
  const before = { server: (await usageOf(child)).peak, client: usage().peak };
  await client.blobs.uploadFile(blob, from, 0);
  await client.blobs.downloadFile(blob, null, to);
  const raisedMB = {
    server: round(((await usageOf(child)).peak - before.server) / 1e6, 0),
    client: round((usage().peak - before.client) / 1e6, 0),
  };
  rmSync(from);
  rmSync(to);
  return { megabytes: LARGE_BYTES / 1e6, raisedMB };
}

async function runOne(secure: boolean, what: "rates" | "memory"): Promise<object> {
  const memory = "/dev/shm";
  const room = (place: string): number => {
    const { bavail, bsize } = statfsSync(place);
    return bavail * bsize;
  };
  // Files in memory, where there is room: this measures the transfer, not the disk.
  const place =
    existsSync(memory) && room(memory) > 4 * LARGE_BYTES + 4 * ROUNDS * TIMED_BYTES
      ? memory
      : tmpdir();
  const folder = mkdtempSync(join(place, "pcp-bench-blobs-"));
  const child = fork(process.argv[1] as string, ["serve", folder, String(secure)]);
  try {
    const address = await answerOf<Address>(child);
    const client = await connectShepherd({ ...address, ca: null });
    const result =
      what === "rates"
        ? await measure(folder, address, child, client)
        : await memoryOf(folder, child, client);
    await client.close();
    return { ...result, files: place };
  } finally {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

const [role, first, second] = process.argv.slice(2);
if (role === "serve") await serve(first as string, second === "true");
else if (role === "one") {
  const result = await runOne(first === "true", second as "rates" | "memory");
  process.send?.(result);
  process.disconnect?.();
} else {
  const results: Record<string, unknown> = {
    bench: "blob-throughput",
    megabytes: TIMED_BYTES / 1e6,
  };
  // Each in a fresh process, so that peaks of memory are of that transfer alone.
  for (const secure of [false, true])
    for (const what of ["memory", "rates"] as const) {
      const child = fork(process.argv[1] as string, ["one", String(secure), what]);
      const result = await answerOf<object>(child);
      results[`${secure ? "tls" : "plain"}${what === "memory" ? "Memory" : ""}`] = result;
    }
  process.stdout.write(`${JSON.stringify(results)}\n`);
}
