/** @file What a shepherd has instead of a reducer of its own where its config asks for reducer processes. */
import { DataError } from "#lib/data/token-file.ts";
import { isProblem, type Problem } from "#lib/support/problem.ts";
import { openAuthority } from "../net/authority.ts";
import type { BlobStore } from "../net/blob-store.ts";
import { SHEPHERD_INCARNATION, SHEPHERD_NAME } from "../net/reducer-client.ts";
import type { RunPlan } from "../protocol/plan.ts";
import type { Clock, Reducer } from "../protocol/ports.ts";
import type { Locate } from "../protocol/shepherd-context.ts";
import type { ShepherdState } from "../protocol/shepherd-state.ts";
import type { RunPaths } from "./run-folder.ts";
import { ownerOf, placedBlobs, ShardedReducer } from "./sharded-reducer.ts";
import { ShardedBlobs } from "./sharded-reducer-blobs.ts";
import { startReducers } from "./sharded-reducer-processes.ts";
import { bracketed, hostsOf, type ListenOptions, tlsOf } from "./shepherd-server.ts";

/** How pcp-train is started: the file, and its first arguments. */
export interface Program {
  readonly file: string;
  readonly first: readonly string[];
}

export interface ReducersRequest {
  /** Config key `reducers`. */
  readonly reducers: number;
  readonly plan: RunPlan;
  readonly paths: RunPaths;
  /** The shepherd's own store. */
  readonly store: BlobStore;
  /** Folder of blobs that all share; null: everybody has his own. */
  readonly sharedBlobs: string | null;
  readonly listen: ListenOptions;
  readonly threads: number;
  readonly program: Program | null;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly note: (text: string) => void;
}

/** Reducer processes that run, as a shepherd uses them. */
export interface Reducers {
  readonly reducer: Reducer;
  /** All blobs of the run. */
  readonly blobs: BlobStore;
  readonly locate: Locate;
  /** Base URL of the owner of a fragment. */
  readonly placeOf: (fragment: number) => string | null;
  /** Brings the owners what they need of a state. @throws DamagedBlob, ClientError, BlobError */
  place(state: ShepherdState): Promise<void>;
  close(): Promise<void>;
}

/** What a child may know of its parent's environment: no secrets of other services. */
const ENVIRONMENT = ["PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "NODE_OPTIONS", "NODE_PATH"];

/** Why a run cannot have so many reducers, or null. */
function reducersProblem(
  reducers: number,
  { algorithm, fragments }: Pick<RunPlan, "algorithm" | "fragments">,
  store: Pick<BlobStore, "kind">,
): Problem | null {
  if (reducers === 0) return null;
  if (algorithm === "data_parallel")
    return {
      problem:
        "config key 'reducers': data_parallel makes each step with the module's own optimizer, which the shepherd runs; leave the key out",
    };
  if (store.kind === "s3")
    return {
      problem:
        "config key 'reducers': in object storage updates go past the shepherd anyhow; leave the key out, or the key blob_store",
    };
  if (reducers > fragments.length)
    return {
      problem: `config key 'reducers': ${reducers} are more than the ${fragments.length} fragments of the run, and each needs one at least; raise the key fragments`,
    };
  return null;
}

/** Starts the reducer processes of a run; null where it wants none. @throws DataError where they cannot be had */
export async function openReducers(request: ReducersRequest): Promise<Reducers | null> {
  const { reducers, plan, paths, store, listen, program, clock, note, env } = request;
  const problem = reducersProblem(reducers, plan, store);
  if (problem !== null) throw new DataError(problem.problem);
  if (reducers === 0 || program === null) return null;
  const names = hostsOf(listen);
  const tls = await tlsOf(listen, names, paths.secrets, clock.wall());
  if (tls !== null && isProblem(tls)) throw new DataError(tls.problem);
  const authority = openAuthority(paths.secrets, clock.wall);
  const processes = await startReducers({
    ...{ reducers, clock, note },
    folder: paths.reducers,
    sharedBlobs: request.sharedBlobs,
    settings: {
      plan: {
        ...{ fragments: plan.fragments, algorithm: plan.algorithm },
        ...{ outer: plan.outer, merge: plan.merge, wire: plan.wire },
      },
      secrets: paths.secrets,
      ...{ host: listen.host, insecure: listen.insecure, names: [...names] },
      tls: tls === null ? null : listen.tls,
      threads: Math.max(1, Math.floor(request.threads / reducers)),
    },
    publicHost: bracketed(names[0] ?? listen.host),
    connection: {
      fingerprint: tls?.fingerprint ?? null,
      ca: null,
      // Where clients must show a certificate, the shepherd's is one of the same authority.
      certificate: tls?.clientAuthority == null ? null : tls.certificate,
      key: tls?.clientAuthority == null ? null : tls.key,
    },
    credentials: {
      operatorToken: authority.operatorToken,
      uploader: authority.workerCredential(SHEPHERD_NAME, SHEPHERD_INCARNATION),
    },
    program,
    cwd: request.cwd,
    env: Object.fromEntries(ENVIRONMENT.map((name) => [name, env[name]])),
    random: Math.random,
  });
  if (isProblem(processes)) throw new DataError(processes.problem);
  const { owners } = processes;
  const blobs = new ShardedBlobs(store, owners, clock);
  const reducer = new ShardedReducer({ plan, owners, blobs, clock });
  const placeOf = (fragment: number): string | null =>
    owners[ownerOf(fragment, reducers)]?.url ?? null;
  return {
    ...{ reducer, blobs, placeOf, locate: placeOf },
    async place(state) {
      await reducer.place(placedBlobs(state));
    },
    async close() {
      await blobs.close();
      await processes.close();
    },
  };
}
