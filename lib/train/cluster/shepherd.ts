/** @file The shepherd of a real run: everything that the protocol needs from outside, put together. */
import { resolve } from "node:path";
import { DataError } from "#lib/data/token-file.ts";
import { cacheFolder } from "#lib/runtime/cache.ts";
import { isProblem } from "#lib/support/problem.ts";
import { type Checkpoint, removeLeftovers } from "../checkpoint.ts";
import { claimFolder } from "../folder.ts";
import { systemClock } from "../launch/system-clock.ts";
import type { BlobStore } from "../net/blob-store.ts";
import type { RunEnd } from "../protocol/shepherd-core.ts";
import {
  clearRun,
  earlierDistributedRun,
  isRunFolder,
  removeAddress,
  runPaths,
} from "./run-folder.ts";
import { openReducers, type Reducers } from "./sharded-reducer-setup.ts";
import { type Assembled, assemble, type ShepherdRequest } from "./shepherd-assemble.ts";
import { serveRun } from "./shepherd-server.ts";
import { type PreparedRun, prepareRun } from "./shepherd-setup.ts";
import { openRunStore } from "./shepherd-store.ts";

/** How a shepherd ended. */
export interface ShepherdOutcome {
  readonly kind: "done" | "interrupted" | "failed" | "checked";
  readonly reason: string;
  readonly rounds: number;
  readonly tokens: number;
  readonly checkpoint: Checkpoint | null;
}

const FLUSH_MS = 100;
const NOTHING = { rounds: 0, tokens: 0, checkpoint: null } as const;

/** Runs until the end, an interruption or a failure; then everything is on disk. */
async function conduct(request: ShepherdRequest, parts: Assembled): Promise<ShepherdOutcome> {
  const { folder, note, now, signal, place, onReady } = request;
  const { core, recorder, run, store, reducers } = parts;
  const clock = systemClock(now);
  const serving = await serveRun({
    ...{ core, store, now, note, monotonic: clock.monotonic },
    listen: request.listen,
    paths: runPaths(folder),
    placeOf: reducers?.placeOf ?? (() => null),
    plan: run.plan,
    dataPath: run.dataPath,
    keepsUpdates: request.config.keep_updates ?? false,
    cache: cacheFolder(place),
  });
  if (isProblem(serving)) throw new DataError(serving.problem);
  let end: RunEnd;
  try {
    onReady(serving, run);
    end = await core.run(signal);
    // Replies under way, such as that to whoever stopped the run, get a moment to arrive.
    await clock.sleep(FLUSH_MS);
  } finally {
    await serving.close();
    removeAddress(folder);
  }
  const interrupted = signal.aborted && core.state.end === null;
  const unsaved = await recorder.finish(!interrupted && !end.failed);
  const outcome = {
    reason: end.reason,
    rounds: recorder.follower.rounds,
    tokens: core.state.tokens,
    checkpoint: recorder.checkpoint,
  };
  if (end.failed) return { ...outcome, kind: "failed" };
  if (unsaved !== null) return { ...outcome, kind: "failed", reason: unsaved };
  return { ...outcome, kind: interrupted ? "interrupted" : "done" };
}

/** Reducer processes, where the config asks for them; a dry run needs none. @throws DataError */
function reducersOf(
  request: ShepherdRequest,
  store: BlobStore,
  { plan }: PreparedRun,
): Promise<Reducers | null> {
  const { config, base, folder, listen, threads, program = null, place, now, note } = request;
  const shared = config.blob_store?.kind === "shared" ? config.blob_store.path : undefined;
  return openReducers({
    ...{ plan, store, listen, threads, program, note },
    reducers: request.dryRun ? 0 : (config.reducers ?? 0),
    paths: runPaths(folder),
    sharedBlobs: shared === undefined ? null : resolve(base, shared),
    cwd: place.cwd,
    env: place.env,
    clock: systemClock(now),
  });
}

/** Makes the folder fit for the run that is to begin or go on. @throws DataError where it holds another */
function readyFolder({ folder, config, overwrite }: ShepherdRequest): void {
  if (overwrite) {
    clearRun(folder);
    return;
  }
  const conflict =
    config.should_resume && isRunFolder(folder) ? null : earlierDistributedRun(folder);
  if (conflict !== null) throw new DataError(conflict);
  removeLeftovers(folder);
}

/**
 * Runs the shepherd of a run, new or going on; null after reporting what is wrong with its model.
 * @throws DataError, EngineError for what keeps it from beginning.
 */
export async function runShepherd(request: ShepherdRequest): Promise<ShepherdOutcome | null> {
  const { folder, config, base, place, now, note, diagnostics, failPoint } = request;
  const claim = claimFolder(folder);
  let run: PreparedRun | null = null;
  let reducers: Reducers | null = null;
  let parts: Assembled | null = null;
  try {
    readyFolder(request);
    const paths = runPaths(folder);
    const store = await openRunStore(config, base, paths, now());
    run = await prepareRun({
      ...{ config, base, paths, store, place, now, note, diagnostics, failPoint },
    });
    if (run === null) return null;
    reducers = await reducersOf(request, store, run);
    parts = await assemble(request, store, run, reducers);
    if (request.dryRun) return { ...NOTHING, kind: "checked", reason: "dry run" };
    return await conduct(request, parts);
  } finally {
    await parts?.wandb?.close();
    await parts?.reducer?.close();
    await reducers?.close();
    parts?.metrics.close();
    await run?.journal.close();
    run?.data.file.close();
    claim.release();
  }
}
