/** @file A run to look at: the shepherd's server on loopback over snapshots and records that a test sets. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isProblem } from "#lib/support/problem.ts";
import { JOURNAL_FILE } from "#lib/train/cluster/journal.ts";
import { writeAddress } from "#lib/train/cluster/run-folder.ts";
import { RunMetrics } from "#lib/train/dashboard/metrics.ts";
import { loadPageAssets } from "#lib/train/dashboard/page-assets.ts";
import { type Authority, openAuthority } from "#lib/train/net/authority.ts";
import { openDiskStore } from "#lib/train/net/disk-store.ts";
import { formatJoinToken } from "#lib/train/net/join-token.ts";
import { type Server, startServer } from "#lib/train/net/server.ts";
import type { ControlApi, OperatorAction } from "#lib/train/protocol/ports.ts";
import type { JournalRecord } from "#lib/train/protocol/records.ts";
import type { RunStatus } from "#lib/train/protocol/status.ts";

/** What operators and observers see of a run that the test tells. */
class ScriptedRun implements ControlApi {
  now: RunStatus;
  readonly records: JournalRecord[];
  /** Snapshots that were asked for. */
  looks = 0;
  readonly asked: { action: OperatorAction; worker: string | null }[] = [];
  readonly #listeners = new Set<(record: JournalRecord) => void>();

  constructor(now: RunStatus, records: readonly JournalRecord[]) {
    this.now = now;
    this.records = [...records];
  }

  status(): RunStatus {
    this.looks++;
    return this.now;
  }

  async control(action: OperatorAction, worker: string | null): Promise<string | null> {
    if (worker === "w2") return "w2 is draining already";
    this.asked.push({ action, worker });
    return null;
  }

  journal(from: number, limit: number): readonly JournalRecord[] {
    return this.records.slice(from, from + limit);
  }

  subscribe(listener: (record: JournalRecord) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  append(record: JournalRecord): void {
    this.records.push(record);
    for (const listener of this.#listeners) listener(record);
  }
}

export interface ServedRun {
  readonly run: ScriptedRun;
  readonly url: string;
  readonly authority: Authority;
  /** Folder of the run, as commands on this machine find it. */
  readonly folder: string;
  /** A join token for somebody who looks on. */
  joinToken(): string;
  /** Ends the server and starts it again at the same address, as a restart of the shepherd does. */
  restart(): Promise<void>;
  /** Ends the server; its folder stays. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

/** Serves a run. */
export async function serveRun(
  status: RunStatus,
  records: readonly JournalRecord[],
): Promise<ServedRun> {
  const folder = await mkdtemp(join(tmpdir(), "pcp-dashboard-"));
  const run = new ScriptedRun(status, records);
  const authority = openAuthority(join(folder, "secrets"), Date.now);
  const blobs = await openDiskStore({ folder: join(folder, "blobs") }, Date.now());
  const metrics = new RunMetrics();
  const start = async (port: number): Promise<Server> => {
    const server = await startServer({
      shepherd: null,
      control: run,
      blobs,
      authority,
      tls: null,
      host: "127.0.0.1",
      port,
      assets: loadPageAssets(),
      metrics: () => metrics.render(run.status()),
      expectedBlob: () => 0,
      log: () => {},
      monotonic: () => performance.now(),
    });
    if (isProblem(server)) throw new Error(server.problem);
    return server;
  };
  let server = await start(0);
  const { url, port } = server;
  const problem = writeAddress(folder, {
    runId: status.runId,
    addresses: [url],
    fingerprint: null,
    pid: process.pid,
  });
  if (problem !== null) throw new Error(problem.problem);
  // What makes a folder the folder of a run.
  await writeFile(join(folder, JOURNAL_FILE), "{}\n");
  return {
    run,
    url,
    authority,
    folder,
    joinToken: () => {
      const expires = Date.now() + 3_600_000;
      const secret = authority.issueJoin({ role: "observer", expires, once: false });
      return formatJoinToken({ addresses: [url], fingerprint: null, secret, expires });
    },
    async restart() {
      await server.close();
      server = await start(port);
    },
    stop: () => server.close(),
    async close() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
