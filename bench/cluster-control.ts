/**
 * @file The real control plane - core, journal on disk, server - with 10,000 workers that do nothing but speak: registrations, leases that wait
 * on a connection each, heartbeats, one whole round. The workers are in a process of their own. Prints one line of JSON.
 *
 * PCP_BENCH_WORKERS sets their number, PCP_BENCH_SECONDS the length of the timed phases; into the folder PCP_BENCH_PROFILE, if there is one, the
 * server writes its processor profile.
 */
import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "undici";
import { isProblem } from "#lib/support/problem.ts";
import { Journal } from "#lib/train/cluster/journal.ts";
import { LocalReducer } from "#lib/train/cluster/reducer.ts";
import { makeFragments } from "#lib/train/diloco/fragments.ts";
import { initialState } from "#lib/train/diloco/reduce.ts";
import { encodeUpdate } from "#lib/train/diloco/wire.ts";
import { systemClock } from "#lib/train/launch/system-clock.ts";
import { openAuthority } from "#lib/train/net/authority.ts";
import { openDiskStore } from "#lib/train/net/disk-store.ts";
import { startServer } from "#lib/train/net/server.ts";
import { type Lease, PROTOCOL_VERSION } from "#lib/train/protocol/messages.ts";
import type { RunPlan } from "#lib/train/protocol/plan.ts";
import type { BlobRef } from "#lib/train/protocol/records.ts";
import { ShepherdCore } from "#lib/train/protocol/shepherd-core.ts";
import { round } from "./support/measure.ts";
import { Times } from "./support/times.ts";

const WORKERS = Number(process.env["PCP_BENCH_WORKERS"] ?? 10_000);
const SECONDS = Number(process.env["PCP_BENCH_SECONDS"] ?? 10);
/** Time between two heartbeats of one worker in the phase of even load. */
const HEARTBEAT_S = 5;
/** Connections of the closed loops. */
const WIDTH = 64;
/** Connections that are opened at the same time. */
const CONNECTS = 100;
const ELEMENTS = 1024;
const LONG_MS = 3_1_500_000;
const UNIT_TOKENS = 1024;

interface Served {
  readonly url: string;
  readonly update: BlobRef;
}

interface Usage {
  readonly rss: number;
  readonly heap: number;
  /** Milliseconds of processor. */
  readonly cpu: number;
  readonly journal: number;
}

function planOf(): RunPlan {
  const tensor = { name: "w", shape: [ELEMENTS], elements: ELEMENTS, role: "param" as const };
  return {
    version: 1,
    runId: randomUUID(),
    algorithm: "diloco",
    innerSteps: 30,
    rounds: 2,
    workers: WORKERS,
    quorum: WORKERS,
    fragments: makeFragments([tensor], { count: 1, kind: "whole" }),
    slots: [{ slot: 0, afterStep: 30, fragments: [0] }],
    overlapSteps: 0,
    blend: 0,
    dynamicSteps: false,
    outer: { kind: "nesterov", learningRate: 0.8, momentum: 0.9, delay: 1 },
    merge: { kind: "mean", clipFactor: 2, trimFraction: 0.1, normGate: 10 },
    wire: { up: "int8", down: "int8", topK: null, errorDecay: null },
    data: {
      ...{ digest: "0".repeat(64), bytes: 1, tokenizer: "byte", vocabulary: 256, alphabet: null },
      ...{ sampling: "random", seed: 0, trainTokens: 1e9, chunks: [[0, 1e9]] },
      ...{
        shuffleChunks: false,
        rows: 1,
        length: UNIT_TOKENS,
        unitsPerEpoch: 1e6,
        maxEpochs: null,
      },
    },
    schedule: { kind: "constant", peak: 1e-3, end: 1e-3, warmupTokens: 0, totalTokens: 1e12 },
    unitTokens: UNIT_TOKENS,
    module: "0".repeat(64),
    timing: {
      heartbeatMs: HEARTBEAT_S * 1000,
      // Nobody is to be counted out, however busy the machine.
      ...{ heartbeatTimeoutMs: LONG_MS, progressTimeoutMs: LONG_MS, reconnectMs: LONG_MS },
      ...{ deadlineFactor: 100, minDeadlineMs: LONG_MS, graceMs: 0 },
      ...{ quorumWaitMs: LONG_MS, rejoinMs: LONG_MS },
    },
  };
}

/** The server's process. */
async function serve(folder: string): Promise<void> {
  const plan = planOf();
  const store = await openDiskStore({ folder: join(folder, "blobs") }, Date.now());
  const start = new Float32Array(ELEMENTS).fill(0.5);
  const [fragment] = plan.fragments;
  if (fragment === undefined) throw new Error("no fragment");
  const state = await initialState(fragment, start, plan.wire, (bytes) => store.put(bytes));
  const local = start.map((value, i) => value - 0.001 * Math.sin(i));
  const update = await store.put(encodeUpdate(fragment, local, start, plan.wire, null).bytes);
  const journal = await Journal.open(join(folder, "journal.jsonl"), Date.now, () => {});
  if (isProblem(journal)) throw new Error(journal.problem);
  const planBlob = await store.put(new TextEncoder().encode(JSON.stringify(plan)));
  const first = await journal.append({
    ...{ kind: "start", runId: plan.runId, plan: planBlob, fragments: [state] },
  });
  const program = { kind: "program", manifest: planBlob, program: planBlob, form: "mlir" } as const;
  const core = new ShepherdCore({
    ...{ plan, journal, records: [first], clock: systemClock(Date.now), failPoint: () => {} },
    reducer: new LocalReducer({ plan, store, threads: 1, threadFile: null }),
    programs: {
      program: async () => program,
      manifest: () => planBlob,
      disagreement: () => null,
    },
    log: (message) => process.stderr.write(`${message}\n`),
  });
  const server = await startServer({
    ...{ shepherd: core, control: core, blobs: store, tls: null, host: "127.0.0.1", port: 0 },
    authority: openAuthority(join(folder, "secrets"), Date.now),
    expectedBlob: () => 0,
    log: (message) => process.stderr.write(`${message}\n`),
    monotonic: () => performance.now(),
  });
  if (isProblem(server)) throw new Error(server.problem);
  const stopping = new AbortController();
  void core.run(stopping.signal);
  process.on("message", (message) => {
    if (message === "stop") process.exit(0);
    if (message === "usage") globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    const bytes = statSync(join(folder, "journal.jsonl")).size;
    process.send?.({ rss, heap: heapUsed, cpu: (user + system) / 1000, journal: bytes });
  });
  // The workers' process has ended, however.
  process.once("disconnect", () => process.exit(1));
  process.send?.({ url: server.url, update } satisfies Served);
}

interface Worker {
  readonly worker: string;
  readonly incarnation: string;
  readonly credential: string;
  lease: Lease | null;
}

/** The workers' process. */
class Load {
  readonly #pool: Pool;
  /** Leases wait on connections of their own. */
  readonly #waiting: Pool;
  readonly #workers: readonly Worker[];
  readonly #update: BlobRef;
  /** Told when a phase of so many requests of one kind is over. */
  onPhase: (what: string, requests: number) => Promise<void> = async () => {};

  constructor({ url, update }: Served, secrets: string) {
    const authority = openAuthority(secrets, Date.now);
    const timeouts = { headersTimeout: 600_000, bodyTimeout: 600_000, pipelining: 1 };
    this.#pool = new Pool(url, { connections: WIDTH, ...timeouts });
    this.#waiting = new Pool(url, { connections: WORKERS, ...timeouts });
    this.#update = update;
    this.#workers = Array.from({ length: WORKERS }, (_, index) => {
      const worker = `w${String(index).padStart(6, "0")}`;
      const incarnation = randomUUID();
      const credential = authority.workerCredential(worker, incarnation);
      return { worker, incarnation, credential, lease: null };
    });
  }

  async #post(
    path: string,
    { worker, incarnation, credential }: Worker,
    body: object,
    times: Times | null,
    pool = this.#pool,
  ): Promise<Record<string, unknown> & { kind: string }> {
    const from = performance.now();
    const answer = await pool.request({
      ...{
        method: "POST",
        path: `/v1/${path}`,
        body: JSON.stringify({ worker, incarnation, ...body }),
      },
      headers: { authorization: `Bearer ${credential}`, "content-type": "application/json" },
    });
    const text = await answer.body.text();
    times?.add(performance.now() - from);
    if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${text}`);
    return JSON.parse(text) as Record<string, unknown> & { kind: string };
  }

  /** All workers do something, {@link WIDTH} at a time; seconds. */
  async #each(action: (worker: Worker) => Promise<void>): Promise<number> {
    const from = performance.now();
    let next = 0;
    const lane = async (): Promise<void> => {
      for (let worker = this.#workers[next++]; worker !== undefined; worker = this.#workers[next++])
        await action(worker);
    };
    await Promise.all(Array.from({ length: WIDTH }, lane));
    return (performance.now() - from) / 1000;
  }

  async register(): Promise<object> {
    const [times, checks] = [new Times(), new Times()];
    const request = {
      ...{ protocol: PROTOCOL_VERSION, backend: "cpu", target: "host", device: "local-task" },
      ...{ host: "bench", software: "bench", pid: 1, restarts: 0, resume: null },
    };
    const registering = await this.#each(async (worker) => {
      const { kind } = await this.#post("register", worker, request, times);
      if (kind !== "registered") throw new Error(`not registered: ${kind}`);
    });
    await this.onPhase("register", WORKERS);
    const checking = await this.#each(async (worker) => {
      await this.#post("program", worker, {}, null);
      const { kind } = await this.#post("agreement", worker, { loss: 1, gradNorm: 1 }, checks);
      if (kind !== "agreed") throw new Error(`not agreed: ${kind}`);
    });
    await this.onPhase("programAndAgreement", WORKERS);
    return { register: times.summary(registering), join: checks.summary(checking) };
  }

  async #lease(worker: Worker, after: string | null, times: Times | null): Promise<void> {
    for (;;) {
      const reply = await this.#post("lease", worker, { after }, times, this.#waiting);
      if (reply.kind === "work") {
        worker.lease = reply["lease"] as Lease;
        return;
      }
      if (reply.kind !== "wait") throw new Error(`lease: ${JSON.stringify(reply)}`);
    }
  }

  /** All ask for work, which there is once the last one has asked. `held` is told when all but that one wait. */
  async leases(held: () => Promise<void>): Promise<object> {
    const last = this.#workers.at(-1) as Worker;
    const others = this.#workers.slice(0, -1);
    const asked = performance.now();
    const opening = { at: 0 };
    const times = new Times();
    const waiting: Promise<void>[] = [];
    // Every one of them holds a connection in the end; a few open theirs at the same time.
    for (let next = 0; next < others.length; next += CONNECTS) {
      for (const worker of others.slice(next, next + CONNECTS)) {
        const one = this.#lease(worker, null, null).then(() =>
          times.add(performance.now() - opening.at),
        );
        // Told of below, where all of them are waited for.
        one.catch(() => {});
        waiting.push(one);
      }
      while (this.#waiting.stats.running < waiting.length) await sleep(5);
    }
    const connecting = (performance.now() - asked) / 1000;
    await sleep(500);
    await this.onPhase("leaseThatWaits", WORKERS);
    await held();
    await this.onPhase("collectingGarbage", 1);
    const from = performance.now();
    opening.at = from;
    await Promise.all([
      ...waiting,
      this.#lease(last, null, null).then(() => times.add(performance.now() - from)),
    ]);
    const opened = (performance.now() - from) / 1000;
    await this.onPhase("openingForEach", WORKERS);
    const again = new Times();
    const seconds = await this.#each(async (worker) => {
      const reply = await this.#post("lease", worker, { after: null }, again);
      if (reply.kind !== "work") throw new Error(`no lease: ${reply.kind}`);
    });
    await this.onPhase("lease", WORKERS);
    return {
      waitingConnections: others.length,
      connectSeconds: round(connecting, 2),
      /** From the last worker's request to the answers of all. */
      opened: times.summary(opened),
      lease: again.summary(seconds),
    };
  }

  #heartbeat(worker: Worker, step: number, times: Times): Promise<unknown> {
    const counts = { round: 0, step, totalSteps: step, tokens: step * UNIT_TOKENS };
    const body = { ...counts, tokensPerSecond: 1000, loss: 3, bytesUp: 0, bytesDown: 0 };
    return this.#post("heartbeat", worker, { phase: "training", ...body }, times);
  }

  /** Heartbeats as fast as they go, then evenly, as so many workers send them. */
  async heartbeats(): Promise<object> {
    const fast = new Times();
    const until = performance.now() + SECONDS * 1000;
    let index = 0;
    const from = performance.now();
    const lane = async (): Promise<void> => {
      while (performance.now() < until) {
        const at = index++;
        const worker = this.#workers[at % WORKERS] as Worker;
        await this.#heartbeat(worker, 1 + Math.floor(at / WORKERS), fast);
      }
    };
    await Promise.all(Array.from({ length: WIDTH }, lane));
    const seconds = (performance.now() - from) / 1000;
    await this.onPhase("heartbeat", index);
    return { fastest: fast.summary(seconds), even: await this.#even() };
  }

  /** Requests at the moments at which they are due, whether or not the ones before have been answered. */
  async #even(): Promise<object> {
    const rate = WORKERS / HEARTBEAT_S;
    const times = new Times();
    const total = Math.round(rate * SECONDS);
    const from = performance.now();
    const under: Promise<unknown>[] = [];
    for (let sent = 0; sent < total; ) {
      const due = Math.min(total, ((performance.now() - from) / 1000) * rate);
      for (; sent < due; sent++)
        under.push(this.#heartbeat(this.#workers[sent % WORKERS] as Worker, 1e6 + sent, times));
      await sleep(2);
    }
    await Promise.all(under);
    return { wantedPerSecond: rate, ...times.summary((performance.now() - from) / 1000) };
  }

  /** All hand in, the merge, and what all of them hear of it. */
  async round(): Promise<object> {
    const [submits, results] = [new Times(), new Times()];
    const submitting = await this.#each(async (worker) => {
      const { lease } = worker;
      const updates = [{ fragment: 0, base: 0, blob: this.#update }];
      const done = { steps: lease?.steps, tokens: (lease?.steps ?? 0) * UNIT_TOKENS, loss: 3 };
      const place = { lease: lease?.lease, round: 0, slot: 0, updates, final: false };
      const reply = await this.#post("submit", worker, { ...place, ...done }, submits);
      if (reply.kind !== "accepted") throw new Error(`submit: ${JSON.stringify(reply)}`);
    });
    await this.onPhase("submit", WORKERS);
    const merging = performance.now();
    const first = this.#workers[0] as Worker;
    const ask = (worker: Worker, times: Times | null) =>
      this.#post("result", worker, { lease: worker.lease?.lease, round: 0, slot: 0 }, times);
    while ((await ask(first, null)).kind !== "merged");
    const merged = (performance.now() - merging) / 1000;
    await this.onPhase("mergeAndCommit", 1);
    const answering = await this.#each(async (worker) => {
      const reply = await ask(worker, results);
      if (reply.kind !== "merged") throw new Error(`result: ${JSON.stringify(reply)}`);
    });
    await this.onPhase("result", WORKERS);
    return {
      submit: submits.summary(submitting),
      mergeAndCommitSeconds: round(merged, 2),
      result: results.summary(answering),
    };
  }

  async status(): Promise<object> {
    const from = performance.now();
    const answer = await this.#pool.request({ method: "GET", path: "/v1/status" });
    const bytes = (await answer.body.arrayBuffer()).byteLength;
    return { milliseconds: round(performance.now() - from, 1), bytes };
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
    await this.#waiting.destroy();
  }
}

const heard = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    const gone = (): void => reject(new Error("the other process has ended"));
    child.once("exit", gone);
    child.once("message", (message) => {
      child.off("exit", gone);
      resolve(message as T);
    });
  });

/** The workers' process: it starts the server's and measures. */
async function measure(folder: string): Promise<object> {
  const profile = process.env["PCP_BENCH_PROFILE"];
  const profiling = profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`];
  const server = fork(process.argv[1] as string, ["serve", folder], {
    execArgv: ["--expose-gc", ...profiling],
  });
  try {
    const served = await heard<Served>(server);
    const usage = (): Promise<Usage> => {
      const reply = heard<Usage>(server);
      server.send("usage");
      return reply;
    };
    const load = new Load(served, join(folder, "secrets"));
    const began = performance.now();
    const tell = (what: string): void => {
      const seconds = (performance.now() - began) / 1000;
      process.stderr.write(`  ${seconds.toFixed(0)} s: ${what}\n`);
    };
    /** The server's processor time of the last phase, for each of so many requests; on a busy machine the one number that counts. */
    const processor: Record<string, number> = {};
    let spent = 0;
    const each = async (what: string, requests: number): Promise<void> => {
      const reply = heard<Usage>(server);
      server.send("processor");
      const { cpu } = await reply;
      processor[what] = round((cpu - spent) / requests, 3);
      spent = cpu;
    };
    load.onPhase = each;
    const before = await usage();
    await each("start", 1);
    const joined = await load.register();
    const registered = await usage();
    tell("all are members");
    let waiting = registered;
    const leased = await load.leases(async () => {
      waiting = await usage();
      tell("all but one wait for work");
    });
    tell("all have work");
    const heartbeats = await load.heartbeats();
    await each("evenHeartbeats", 1);
    tell("heartbeats are done");
    const whole = await load.round();
    tell("a round is done");
    const status = await load.status();
    const after = await usage();
    await load.close();
    const perWorker = (bytes: number): number => round(bytes / WORKERS / 1024, 1);
    return {
      workers: WORKERS,
      loadAverage: round(loadavg()[0] ?? 0, 1),
      ...joined,
      ...leased,
      heartbeats,
      serverProcessorMs: processor,
      round: whole,
      status,
      memory: {
        serverMiBBefore: round(before.rss / 2 ** 20, 0),
        serverMiBRegistered: round(registered.rss / 2 ** 20, 0),
        serverMiBWaiting: round(waiting.rss / 2 ** 20, 0),
        serverMiBAfter: round(after.rss / 2 ** 20, 0),
        /** A member of the run, and one that waits for work on its connection. */
        kiBPerMember: perWorker(registered.rss - before.rss),
        kiBPerWaitingWorker: perWorker(waiting.rss - before.rss),
      },
      journalMiB: round(after.journal / 2 ** 20, 1),
    };
  } finally {
    if (profile === undefined) server.kill("SIGKILL");
    else {
      server.send("stop");
      await once(server, "exit");
    }
  }
}

/** A bench that takes longer has gone wrong. */
setTimeout(() => {
  process.stderr.write("the measurement takes too long\n");
  process.exit(1);
}, 600_000).unref();

if (process.argv[2] === "serve") await serve(process.argv[3] as string);
else {
  const folder = mkdtempSync(join(tmpdir(), "pcp-bench-control-"));
  try {
    process.stdout.write(`${JSON.stringify(await measure(folder))}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
