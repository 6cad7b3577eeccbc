/** @file The shepherd as its network sees it: certificate, join tokens, server, and where it can be found. */
import { networkInterfaces } from "node:os";
import { isProblem, messageOf, type Problem } from "#lib/support/problem.ts";
import { RunMetrics } from "../dashboard/metrics.ts";
import { loadPageAssets } from "../dashboard/page-assets.ts";
import { encodedSize } from "../diloco/wire.ts";
import { openAuthority } from "../net/authority.ts";
import type { BlobStore } from "../net/blob-store.ts";
import { formatJoinToken } from "../net/join-token.ts";
import { type Server, startServer } from "../net/server.ts";
import { isLoopback } from "../net/server-access.ts";
import { loadTlsIdentity, type TlsFiles, type TlsIdentity } from "../net/tls.ts";
import type { RunPlan } from "../protocol/plan.ts";
import { dismissalOf } from "../protocol/shepherd-calls.ts";
import type { ShepherdCore } from "../protocol/shepherd-core.ts";
import { loadRunKey } from "./manifest.ts";
import { type RunPaths, writeAddress } from "./run-folder.ts";
import { publishLocalToken, removeLocalToken } from "./worker-token.ts";

/** How a shepherd listens, and whom it lets in. */
export interface ListenOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Plain HTTP beyond this machine. */
  readonly insecure: boolean;
  readonly tls: TlsFiles;
  /** Names and addresses at which other machines reach this one; those of its interfaces where there are none. */
  readonly advertised: readonly string[];
  /** For how long join tokens are good, in milliseconds. */
  readonly tokenLifetimeMs: number;
  /** A join token is good for one worker. */
  readonly oneTime: boolean;
}

export interface ServeRequest {
  readonly listen: ListenOptions;
  readonly paths: RunPaths;
  readonly plan: RunPlan;
  readonly core: ShepherdCore;
  readonly store: BlobStore;
  /** Base URL of the reducer that a fragment's updates go to; null: this server. */
  readonly placeOf: (fragment: number) => string | null;
  /** Updates stay in the store after their merge, so that a worker's share of it only grows. */
  readonly keepsUpdates: boolean;
  /** Training data file. */
  readonly dataPath: string;
  /** The user's cache folder, where workers of this user find the token. */
  readonly cache: string;
  readonly now: () => number;
  readonly monotonic: () => number;
  readonly note: (text: string) => void;
}

/** A shepherd that listens. */
export interface Serving {
  /** Such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** What workers join with: a secret. */
  readonly joinToken: string;
  close(): Promise<void>;
}

/** Addresses of this machine's interfaces, IPv4 first, none of loopback or of one link only. */
function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith("fe80:"));
  const of = (family: string) =>
    all.filter((entry) => entry.family === family).map(({ address }) => address);
  return [...of("IPv4"), ...of("IPv6")];
}

const isAny = (host: string): boolean => host === "0.0.0.0" || host === "::";

/** Hosts that a join token names: those the user gave, else where the server listens. */
export function hostsOf({ host, advertised }: ListenOptions): readonly string[] {
  if (advertised.length > 0) return advertised;
  if (!isAny(host)) return [host];
  return [...ownAddresses(), "127.0.0.1"].slice(0, 16);
}

/** The certificate where there is TLS: beyond loopback, and wherever the user gave one. */
export async function tlsOf(
  { host, insecure, tls }: ListenOptions,
  names: readonly string[],
  folder: string,
  now: number,
): Promise<TlsIdentity | null | Problem> {
  const isPlain = tls.certificate === null && (isLoopback(host) || insecure);
  return isPlain ? null : loadTlsIdentity(folder, tls, names, now);
}

/** Updates of the whole model that a worker may have at the shepherd: on their way, merged, and not yet swept. */
const UPDATES_PER_WORKER = 64;
const LEAST_SHARE_BYTES = 1 << 28;

/** Bytes of blobs that one worker may have at the shepherd at the same time. */
function workerShare({ fragments, wire, algorithm }: RunPlan): number {
  const update = fragments.reduce(
    (sum, fragment) => sum + encodedSize(fragment, wire, algorithm),
    0,
  );
  return Math.max(LEAST_SHARE_BYTES, UPDATES_PER_WORKER * update);
}

/** Starts the server and leaves its address where commands and workers of this user look for it. */
export async function serveRun(request: ServeRequest): Promise<Serving | Problem> {
  const { listen, paths, plan, core, store, placeOf, dataPath, keepsUpdates } = request;
  const { now, monotonic, note } = request;
  const hosts = hostsOf(listen);
  const tls = await tlsOf(listen, hosts, paths.secrets, now());
  if (tls !== null && isProblem(tls)) return tls;
  const authority = openAuthority(paths.secrets, now);
  const key = loadRunKey(paths.key);
  if (isProblem(key)) return key;
  const sizes = new Set(
    plan.fragments.map((fragment) => encodedSize(fragment, plan.wire, plan.algorithm)),
  );
  const metrics = new RunMetrics();
  const server = await startServer({
    shepherd: core,
    control: core,
    blobs: store,
    placeOf,
    authority,
    tls,
    host: listen.host,
    port: listen.port,
    insecure: listen.insecure,
    assets: loadPageAssets(),
    metrics: () => metrics.render(core.status()),
    // Every update has a size that the plan tells.
    expectedBlob: (_digest, bytes) => (sizes.has(bytes) ? bytes : 0),
    limits: { workerBytes: keepsUpdates ? null : workerShare(plan) },
    data: new Map([[plan.data.digest, dataPath]]),
    dismissed: (worker, incarnation) => dismissalOf(core.state, worker, incarnation),
    onDisconnected: (worker, incarnation) => core.disconnected(worker, incarnation),
    log: note,
    monotonic,
  });
  if (isProblem(server)) return server;
  const expires = now() + listen.tokenLifetimeMs;
  const fingerprint = tls?.fingerprint ?? null;
  const scheme = tls === null ? "http" : "https";
  const joinToken = formatJoinToken({
    addresses: hosts.map((host) => `${scheme}://${bracketed(host)}:${server.port}`),
    fingerprint,
    signer: key.fingerprint,
    secret: authority.issueJoin({ role: "worker", expires, once: listen.oneTime }),
    expires,
  });
  leaveTraces(request, server, fingerprint, joinToken);
  return {
    url: server.url,
    joinToken,
    async close() {
      removeLocalToken(request.cache, server.port);
      await server.close();
    },
  };
}

/** A host as it stands in an URL. */
export const bracketed = (host: string): string =>
  host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;

function leaveTraces(
  { paths, plan, cache, note }: ServeRequest,
  server: Server,
  fingerprint: string | null,
  joinToken: string,
): void {
  const problem = writeAddress(paths.folder, {
    runId: plan.runId,
    addresses: [server.url],
    fingerprint,
    pid: process.pid,
  });
  if (problem !== null) note(`warning: ${problem.problem}`);
  try {
    publishLocalToken(cache, server.port, joinToken);
  } catch (error) {
    note(`workers of this machine need --join: ${messageOf(error)}`);
  }
}
