/** @file A server with a store in a temporary folder, and clients of it, for the tests of the network layer. */
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isProblem } from "#lib/support/problem.ts";
import { type Authority, openAuthority } from "#lib/train/net/authority.ts";
import type { BlobStore } from "#lib/train/net/blob-store.ts";
import { type ClientOptions, connectShepherd, type ShepherdClient } from "#lib/train/net/client.ts";
import { openDiskStore } from "#lib/train/net/disk-store.ts";
import { type Server, type ServerOptions, startServer } from "#lib/train/net/server.ts";
import { loadTlsIdentity, type TlsIdentity } from "#lib/train/net/tls.ts";
import type { RegisterRequest } from "#lib/train/protocol/messages.ts";
import type { ControlApi, ShepherdApi } from "#lib/train/protocol/ports.ts";
import type { JournalRecord } from "#lib/train/protocol/records.ts";
import type { RunStatus } from "#lib/train/protocol/status.ts";
import { histogramsOf } from "./dashboard-run.ts";

/** A shepherd that answers everything at once and notes what it was asked; what it answers is its own, not the server's. */
export class RecordingShepherd implements ShepherdApi {
  readonly calls: { readonly name: string; readonly body: object }[] = [];

  #note(name: string, body: object): void {
    this.calls.push({ name, body });
  }

  async register(body: RegisterRequest) {
    this.#note("register", body);
    const manifest = { digest: "0".repeat(64), bytes: 1 };
    return { kind: "registered", runId: "run", manifest, heartbeatMs: 1000 } as const;
  }

  async program(body: object) {
    this.#note("program", body);
    return { kind: "wait", reason: "compiling" } as const;
  }

  async agreement(body: object) {
    this.#note("agreement", body);
    return { kind: "agreed" } as const;
  }

  async lease(body: object) {
    this.#note("lease", body);
    return { kind: "wait", reason: "nobody else is here" } as const;
  }

  async heartbeat(body: object) {
    this.#note("heartbeat", body);
    return { kind: "ok" } as const;
  }

  async submit(body: object) {
    this.#note("submit", body);
    return { kind: "accepted" } as const;
  }

  async result(body: object) {
    this.#note("result", body);
    return { kind: "wait", reason: "not merged" } as const;
  }

  async leave(body: object): Promise<void> {
    this.#note("leave", body);
  }
}

/** A journal that tests append to. */
export class RecordingControl implements ControlApi {
  readonly records: JournalRecord[] = [];
  readonly actions: string[] = [];
  readonly #listeners = new Set<(record: JournalRecord) => void>();

  append(reason: string): void {
    const record: JournalRecord = {
      kind: "end",
      reason,
      sequence: this.records.length,
      at: 0,
    };
    this.records.push(record);
    for (const listener of this.#listeners) listener(record);
  }

  status(): RunStatus {
    return {
      runId: "run",
      state: "waiting",
      waitingFor: null,
      algorithm: "diloco",
      round: 0,
      rounds: 1,
      quorum: 1,
      workersWanted: 1,
      tokens: 0,
      tokensPerSecond: 0,
      mfu: null,
      flopsPerToken: null,
      peakFlops: null,
      secondsLeft: null,
      loss: null,
      evalLoss: null,
      uptimeSeconds: 0,
      workers: [],
      recentRounds: [],
      ...histogramsOf(0),
      data: { epoch: 0, unitsPerEpoch: 1, consumed: 0, leased: 0 },
      bytesPerRoundAndWorker: { up: 0, down: 0 },
      referenceBytesPerRoundAndWorker: 0,
      checkpoint: null,
      parameters: 0,
    };
  }

  async control(action: string, worker: string | null): Promise<string | null> {
    this.actions.push(`${action} ${worker}`);
    return worker === "nobody" ? "there is no such worker" : null;
  }

  journal(from: number, limit: number): readonly JournalRecord[] {
    return this.records.slice(from, from + limit);
  }

  subscribe(listener: (record: JournalRecord) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** A worker's process as the protocol names it. */
export const newIncarnation = (): string => randomUUID();

export interface TestServer {
  readonly folder: string;
  readonly server: Server;
  readonly store: BlobStore;
  readonly authority: Authority;
  readonly tls: TlsIdentity | null;
  readonly shepherd: RecordingShepherd;
  readonly control: RecordingControl;
  /** Workers whose presence has ended. */
  readonly gone: string[];
  readonly logged: string[];
  /** A client with a credential of this worker, or with another one. */
  client(options?: Partial<ClientOptions> & { readonly worker?: string }): Promise<ShepherdClient>;
  /** Ends clients and server, and removes the folder. */
  close(): Promise<void>;
}

export interface TestServerOptions extends Partial<Omit<ServerOptions, "tls">> {
  readonly secure?: boolean;
  readonly clientAuthority?: string;
  /** Of an earlier server that has been closed, to be used again. */
  readonly folder?: string;
  readonly now?: () => number;
}

/** Starts a server on a free port of 127.0.0.1. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { secure = false, clientAuthority = null, now = Date.now, ...given } = options;
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "pcp-net-")));
  const files = { certificate: null, key: null, clientAuthority };
  const tls = secure ? await loadTlsIdentity(folder, files, [], Date.now()) : null;
  if (tls !== null && isProblem(tls)) throw new Error(tls.problem);
  const store =
    options.blobs ?? (await openDiskStore({ folder: join(folder, "blobs") }, Date.now()));
  const authority = openAuthority(folder, now);
  const shepherd = new RecordingShepherd();
  const control = new RecordingControl();
  const gone: string[] = [];
  const logged: string[] = [];
  const server = await startServer({
    shepherd,
    control,
    blobs: store,
    authority,
    tls,
    host: "127.0.0.1",
    port: 0,
    expectedBlob: () => 1 << 30,
    onDisconnected: (worker) => gone.push(worker),
    log: (message) => logged.push(message),
    monotonic: () => performance.now(),
    ...given,
  });
  if (isProblem(server)) throw new Error(server.problem);
  const clients: ShepherdClient[] = [];
  return {
    folder,
    server,
    store,
    authority,
    tls,
    shepherd,
    control,
    gone,
    logged,
    async client({ worker = "w1", ...rest } = {}) {
      const client = await connectShepherd({
        url: server.url,
        fingerprint: tls?.fingerprint ?? null,
        ca: null,
        credential: authority.workerCredential(worker, newIncarnation()),
        ...rest,
      });
      clients.push(client);
      return client;
    },
    async close() {
      for (const client of clients) await client.close();
      await server.close();
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
