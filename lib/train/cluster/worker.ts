/** @file The worker: a process that joins a run, trains what it is leased, and leaves when it is asked to. */
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { WrongData } from "#lib/data/byte-source.ts";
import { DataError } from "#lib/data/token-file.ts";
import { sha256 } from "#lib/runtime/cache.ts";
import { EngineError } from "#lib/runtime/engine.ts";
import type { SearchPlace } from "#lib/runtime/python.ts";
import type { ShepherdClient } from "../net/client.ts";
import { ClientError } from "../net/connection.ts";
import type { JoinToken } from "../net/join-token.ts";
import { DISMISSED } from "../net/routes.ts";
import { roundOfLease } from "../protocol/opening.ts";
import type { Clock, FailPoint } from "../protocol/ports.ts";
import type { BlobRef } from "../protocol/records.ts";
import { type Loaded, runWorkerCore, type WorkerOutcome } from "../protocol/worker-core.ts";
import { LifeOver } from "../protocol/worker-life.ts";
import type { WorkerBackend } from "./device.ts";
import { WORKER_EXIT } from "./exit-codes.ts";
import { enterRun, showPresence, Unreachable } from "./worker-connection.ts";
import { claimIdentity, type WorkerIdentity } from "./worker-identity.ts";
import { type Prepared, type PrepareParts, prepareWorker, Refused } from "./worker-prepare.ts";
import { Untrusted } from "./worker-program.ts";
import { WorkerProgress } from "./worker-progress.ts";
import { WorkerStates } from "./worker-state.ts";

export interface WorkerOptions {
  /** Where to join; its addresses are tried in turn. */
  readonly token: JoinToken;
  /** PEM of authorities to trust instead of the system's, and of this worker's own certificate; null: none. */
  readonly ca: string | null;
  readonly certificate: string | null;
  readonly key: string | null;
  readonly backend: WorkerBackend;
  readonly target: string;
  /** Ordinal of the device, which names are made of. */
  readonly ordinal: number;
  /** Address of the device in the runtime. */
  readonly device: string;
  /** What tables call the device. */
  readonly deviceName: string;
  /** Its peak in FLOP/s; null or left out: the run's config may say. */
  readonly peakFlops?: number | null;
  /** Null: one is chosen. */
  readonly name: string | null;
  /** Local training data; null: as the run says. */
  readonly dataPath: string | null;
  readonly stateFolder: string;
  readonly cacheFolder: string;
  /** Bytes of training data from elsewhere that are kept there, as far as nobody uses it. */
  readonly dataCacheBytes: number;
  readonly place: SearchPlace;
  readonly restarts: number;
  readonly software: string;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly failPoint: FailPoint;
  /** Aborted: finish the step, hand in what is done, leave. */
  readonly drain: AbortSignal;
  /** Aborted: end at once, because whoever started this process is gone. */
  readonly orphaned: AbortSignal;
  readonly note: (text: string) => void;
}

/** A shepherd that is restarted has so long to come back. */
const GIVE_UP_MS = 600_000;

/** A worker that was asked to leave does not wait longer than this for a shepherd that does not answer. */
const FAREWELL_MS = 5000;

/** Refusals that trying again does not mend: credential, role, version. */
const PERMANENT_STATUS: ReadonlySet<number | null> = new Set([401, 403, 409]);

/** Whether an error will not go away by itself. */
function isPermanent(error: Error): boolean {
  if (error instanceof ClientError)
    return (
      error.code === "protocol" ||
      error.code === "aborted" ||
      error.reason === "fingerprint" ||
      // A worker that is out of the run hears from its heartbeat how it is to end.
      (error.code === "refused" &&
        error.reason !== DISMISSED &&
        error.status !== null &&
        PERMANENT_STATUS.has(error.status))
    );
  return error instanceof Untrusted || error instanceof Refused || error instanceof WrongData;
}

/** Exit code of an outcome, and its reason in a line. */
function exitOf(outcome: WorkerOutcome): { readonly code: number; readonly text: string } {
  const { done, temporary, configuration } = WORKER_EXIT;
  switch (outcome.kind) {
    case "stopped":
      return { code: done, text: `the run is over: ${outcome.reason}` };
    case "drained":
      return { code: done, text: "left the run as asked" };
    case "failed":
      return { code: outcome.permanent ? configuration : temporary, text: outcome.reason };
    case "dismissed": {
      const { how, reason } = outcome;
      const isOwnWish = how === "left" || how === "drained";
      const isFinal = how === "kicked" || how === "fenced" || how === "refused";
      return {
        code: isOwnWish ? done : isFinal ? configuration : temporary,
        text: `not in the run any more (${how}): ${reason}`,
      };
    }
  }
}

/** `12` of the lease `12.w1.1a2b3c4d`, whose state is on disk; null where there is none. */
function resumeOf(states: WorkerStates): { round: number; lease: string } | null {
  const lease = states.newest();
  const round = lease === null ? Number.NaN : roundOfLease(lease);
  return lease !== null && Number.isSafeInteger(round) && round >= 0 ? { round, lease } : null;
}

/** A blob of the manifest; one that is not what its digest says is not asked for again. @throws Untrusted */
async function downloadTrusted(client: ShepherdClient, blob: BlobRef): Promise<Uint8Array> {
  try {
    return await client.download(blob, null);
  } catch (error) {
    if (!(error instanceof ClientError) || error.reason !== "digest") throw error;
    throw new Untrusted(
      `the shepherd sent bytes for blob ${blob.digest} that are not what this digest says; they were not loaded`,
    );
  }
}

/** Rejects when a signal is aborted. */
const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const end = (): void => reject(signal.reason as Error);
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });

/** One process of a worker in a run. */
class WorkerProcess {
  private readonly options: WorkerOptions;
  private readonly identity: WorkerIdentity;
  private readonly incarnation = randomUUID();
  private readonly states: WorkerStates;
  private readonly progress: WorkerProgress;
  private readonly ending = new AbortController();
  private client: ShepherdClient | null = null;
  private prepared: Prepared | null = null;
  private drainedAt: number | null = null;

  constructor(options: WorkerOptions, identity: WorkerIdentity) {
    this.options = options;
    this.identity = identity;
    this.states = new WorkerStates(identity.folder);
    const { clock, note, drain } = options;
    this.progress = new WorkerProgress(note, () => clock.monotonic());
    const noted = (): void => {
      this.drainedAt = clock.monotonic();
    };
    if (drain.aborted) noted();
    else drain.addEventListener("abort", noted, { once: true });
  }

  /** Whether a call that failed is not tried again. */
  private isHopeless(error: Error): boolean {
    const asked = this.drainedAt;
    const now = this.options.clock.monotonic();
    return isPermanent(error) || (asked !== null && now - asked > FAREWELL_MS);
  }

  async run(): Promise<WorkerOutcome> {
    const { options, identity } = this;
    const { clock, random, drain, orphaned, note, failPoint, peakFlops = null } = options;
    const over = AbortSignal.any([orphaned, this.ending.signal]);
    try {
      const client = await enterRun({
        ...options,
        worker: identity.name,
        incarnation: this.incarnation,
        folder: identity.folder,
        signal: over,
      });
      this.client = client;
      note(`joined ${client.url} as ${identity.name}`);
      void showPresence(client, clock, random, over);
      const outcome = await runWorkerCore({
        ...{ clock, random, failPoint, sha256, peakFlops },
        isPermanent: (error) => this.isHopeless(error),
        self: this.self(),
        resume: resumeOf(this.states),
        api: client,
        blobs: client,
        load: (reply, call) => this.load(client, reply.manifest, over, call),
        signal: drain,
        giveUpMs: GIVE_UP_MS,
        log: note,
        onStep: (step) => this.progress.step(step),
      });
      // The shepherd of a run that is over waits for its workers to have heard of it.
      if (outcome.kind === "stopped") await this.leave(client, "left", outcome.reason);
      if (outcome.kind !== "failed" || this.drainedAt === null) return outcome;
      note(`the shepherd does not hear the goodbye: ${outcome.reason}`);
      return { kind: "drained" };
    } catch (error) {
      if (drain.aborted && this.client === null) return { kind: "drained" };
      throw error;
    }
  }

  private get speaker() {
    return { worker: this.identity.name, incarnation: this.incarnation };
  }

  /** Says that this worker goes; a shepherd that does not hear it sees it. */
  private async leave(
    client: ShepherdClient,
    how: "left" | "drained",
    reason: string,
  ): Promise<void> {
    await client.leave({ ...this.speaker, how, reason }).catch(() => {});
  }

  private self() {
    const { backend, target, deviceName, software, restarts } = this.options;
    return {
      ...{ backend, target, software, restarts },
      ...this.speaker,
      device: deviceName,
      host: hostname().slice(0, 255),
      pid: process.pid,
    };
  }

  /** Loads program and data; asked to end meanwhile, the worker leaves. */
  private async load(
    client: ShepherdClient,
    manifest: PrepareParts["manifest"],
    over: AbortSignal,
    call: PrepareParts["call"],
  ): Promise<Loaded> {
    const { drain, note } = this.options;
    const { speaker } = this;
    const preparing = prepareWorker({
      ...this.options,
      ...{ api: client, speaker, manifest, call, signer: this.options.token.signer ?? null },
      states: this.states,
      download: (blob) => downloadTrusted(client, blob),
      fromShepherd: (digest, from, to) => client.blobs.readData(digest, from, to),
      signal: AbortSignal.any([over, drain]),
      hostSignal: over,
    });
    try {
      this.prepared = await Promise.race([preparing, aborted(drain)]);
      note("ready: program, data and parameters are here");
      return this.prepared;
    } catch (error) {
      // What goes on meanwhile ends with the process; what it opened is closed.
      preparing.then((late) => late.close()).catch(() => {});
      if (error instanceof LifeOver) throw error;
      if (drain.aborted) {
        await this.leave(client, "drained", "it was asked to end before it was ready");
        throw new LifeOver({ kind: "drained" });
      }
      if (error instanceof EngineError || error instanceof DataError) {
        for (const line of error instanceof EngineError ? error.details : []) note(line);
        // A path that the user gave does not become right by trying again.
        const isMistake = error instanceof DataError && this.options.dataPath !== null;
        return { problem: error.message, permanent: isPermanent(error) || isMistake };
      }
      throw error;
    }
  }

  async close(): Promise<void> {
    this.progress.flush();
    this.ending.abort();
    await this.prepared?.close();
    await this.client?.close();
    this.identity.release();
  }
}

/**
 * What is said of an error that ended a worker; bugs are thrown on.
 * @param early - it came before anything was tried: trying again would not be different.
 */
function outcomeOf(error: unknown, early: boolean): WorkerOutcome {
  if (error instanceof Unreachable)
    return { kind: "failed", reason: error.message, permanent: false };
  if (error instanceof EngineError || error instanceof DataError || error instanceof ClientError) {
    const details = error instanceof EngineError ? error.details : [];
    const reason = [error.message, ...details].join("\n");
    return { kind: "failed", reason, permanent: early || isPermanent(error) };
  }
  throw error;
}

/** Runs a worker until its part in the run is over; the exit code is one of {@link WORKER_EXIT}. */
export async function runWorker(options: WorkerOptions): Promise<number> {
  const { note, orphaned } = options;
  let worker: WorkerProcess | null = null;
  let outcome: WorkerOutcome;
  try {
    const identity = claimIdentity(options.stateFolder, options.name, options.ordinal);
    worker = new WorkerProcess(options, identity);
    outcome = await Promise.race([worker.run(), aborted(orphaned)]);
  } catch (error) {
    if (orphaned.aborted) {
      note("whoever started this worker is gone: ending");
      return WORKER_EXIT.temporary;
    }
    outcome = outcomeOf(error, worker === null);
  } finally {
    await worker?.close();
  }
  const { code, text } = exitOf(outcome);
  note(code === WORKER_EXIT.done ? text : `error: ${text}`);
  return code;
}
