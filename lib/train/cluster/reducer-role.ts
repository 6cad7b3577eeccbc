/** @file A reducer process: blobs of its fragments on its disk, and the arithmetic on them, behind a server of its own. */
import { readFileSync } from "node:fs";
import { type Static, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { isProblem, messageOf, type Problem } from "#lib/support/problem.ts";
import { stateLayout } from "../diloco/merge-fragment.ts";
import { encodedSize } from "../diloco/wire.ts";
import { openAuthority } from "../net/authority.ts";
import { BlobError, type BlobStore } from "../net/blob-store.ts";
import { openDiskStore } from "../net/disk-store.ts";
import { SHEPHERD_NAME } from "../net/reducer-client.ts";
import { reducerRoutes } from "../net/reducer-rpc.ts";
import { type Server, startServer } from "../net/server.ts";
import { loadTlsIdentity } from "../net/tls.ts";
import type { Fragment, RunPlan } from "../protocol/plan.ts";
import { LocalReducer } from "./reducer.ts";
import { ownerOf } from "./sharded-reducer.ts";

/** The parts of a run's plan that a reducer needs. */
export type ReducerPlan = Pick<RunPlan, "fragments" | "algorithm" | "outer" | "merge" | "wire">;

const path = Type.String({ minLength: 1 });
const optionalPath = Type.Union([path, Type.Null()]);

/** What a reducer process is started with: a file, which holds no secret, but says where they are. */
const reducerSettingsSchema = Type.Object(
  {
    /** Fragment f belongs to the reducer with index f mod `reducers`. */
    index: Type.Integer({ minimum: 0 }),
    reducers: Type.Integer({ minimum: 1 }),
    plan: Type.Unsafe<ReducerPlan>(Type.Object({ fragments: Type.Array(Type.Object({})) })),
    blobs: path,
    /** Others write into the folder of blobs as well. */
    shared: Type.Boolean(),
    /** Folder with the keys of the run. */
    secrets: path,
    host: Type.String(),
    /** 0: any that is free. */
    port: Type.Integer({ minimum: 0, maximum: 65535 }),
    insecure: Type.Boolean(),
    /** Null: plain HTTP. */
    tls: Type.Union([
      Type.Object({ certificate: optionalPath, key: optionalPath, clientAuthority: optionalPath }),
      Type.Null(),
    ]),
    /** Names and addresses that a certificate of our own is for. */
    names: Type.Array(Type.String()),
    /** Fragments that are merged at the same time. */
    threads: Type.Integer({ minimum: 1 }),
  },
  { additionalProperties: false },
);
export type ReducerSettings = Static<typeof reducerSettingsSchema>;

/** What a reducer writes on standard output when it listens: one line of JSON. */
export const reducerReadySchema = Type.Object({
  reducer: Type.Integer(),
  url: Type.String(),
  port: Type.Integer(),
});
export type ReducerReady = Static<typeof reducerReadySchema>;

/** Reads the settings of a reducer. */
export function readReducerSettings(file: string): ReducerSettings | Problem {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const why = messageOf(error);
    return { problem: `cannot read the settings of a reducer '${file}': ${why}` };
  }
  if (Value.Check(reducerSettingsSchema, value)) return value;
  return { problem: `'${file}' does not hold the settings of a reducer` };
}

/** How large a blob may be: an update of one of the reducer's fragments, or from the shepherd a state of one. */
function sizesOf({ algorithm, wire }: ReducerPlan, own: readonly Fragment[]) {
  const updates = new Set(own.map((fragment) => encodedSize(fragment, wire, algorithm)));
  const states = own.map((fragment) => stateLayout(fragment, "momentum").bytes);
  const largest = Math.max(0, ...updates, ...states);
  return (bytes: number, worker: string): number =>
    worker === SHEPHERD_NAME ? largest : updates.has(bytes) ? bytes : 0;
}

export interface ReducerRoleOptions {
  readonly settings: ReducerSettings;
  /** Milliseconds since the epoch, and ones that only grow. */
  readonly now: () => number;
  readonly monotonic: () => number;
  /** Told of failures of the machine. */
  readonly log: (message: string) => void;
  /** Entry point of a merging thread, null: merge in this thread; the bundled one where left out. */
  readonly threadFile?: URL | null;
}

/** A reducer that listens. */
export interface RunningReducer {
  readonly ready: ReducerReady;
  close(): Promise<void>;
}

async function openStore(
  { blobs, shared }: ReducerSettings,
  now: number,
): Promise<BlobStore | Problem> {
  try {
    return await openDiskStore({ folder: blobs, shared }, now);
  } catch (error) {
    if (error instanceof BlobError) return { problem: `blob store '${blobs}': ${error.message}` };
    throw error;
  }
}

/** Listens on the port of the settings, or on another one where that is taken meanwhile. */
async function listen(options: Parameters<typeof startServer>[0]): Promise<Server | Problem> {
  const server = await startServer(options);
  return isProblem(server) && options.port !== 0 ? startServer({ ...options, port: 0 }) : server;
}

/** Starts a reducer in this process. */
export async function startReducer(options: ReducerRoleOptions): Promise<RunningReducer | Problem> {
  const { settings, now, monotonic, log, threadFile } = options;
  const { index, reducers, plan, secrets, host, port, insecure, names, threads } = settings;
  const store = await openStore(settings, now());
  if (isProblem(store)) return store;
  const tls =
    settings.tls === null ? null : await loadTlsIdentity(secrets, settings.tls, names, now());
  if (tls !== null && isProblem(tls)) return tls;
  const reducer = new LocalReducer({
    ...{ plan, store, threads },
    ...(threadFile === undefined ? {} : { threadFile }),
  });
  const owns = (fragment: number): boolean => ownerOf(fragment, reducers) === index;
  const own = plan.fragments.filter((fragment) => owns(fragment.index));
  const allowed = sizesOf(plan, own);
  const server = await listen({
    shepherd: null,
    control: null,
    blobs: store,
    authority: openAuthority(secrets, now),
    ...{ tls, host, port, insecure, log, monotonic },
    expectedBlob: (_digest, bytes, worker) => allowed(bytes, worker),
    extra: reducerRoutes({ reducer, store, owns }),
  });
  if (isProblem(server)) {
    await reducer.close();
    return server;
  }
  return {
    ready: { reducer: index, url: server.url, port: server.port },
    async close() {
      await server.close();
      await reducer.close();
    },
  };
}
