/** @file The shepherd of a real run: everything that the protocol needs from outside, put together. */
import { resolve } from "node:path";
import { DataError } from "#lib/data/token-file.ts";
import type { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { cacheFolder } from "#lib/runtime/cache.ts";
import { type Engine, EngineError } from "#lib/runtime/engine.ts";
import type { SearchPlace } from "#lib/runtime/python.ts";
import { present } from "#lib/support/assert.ts";
import { isProblem } from "#lib/support/problem.ts";
import { plural } from "#lib/support/text.ts";
import { type Checkpoint, removeLeftovers } from "../checkpoint.ts";
import type { TrainConfig } from "../config.ts";
import { shortNumber } from "../dashboard/terminal-text.ts";
import { decodeBlob } from "../diloco/layout.ts";
import { publishedLayout } from "../diloco/wire.ts";
import { claimFolder } from "../folder.ts";
import { systemClock } from "../launch/system-clock.ts";
import { MetricsWriter, readMetrics } from "../metrics.ts";
import type { BlobStore } from "../net/blob-store.ts";
import { decisiveSettings } from "../prepare.ts";
import { formatDuration } from "../progress.ts";
import type { RunPlan } from "../protocol/plan.ts";
import type { FailPoint } from "../protocol/ports.ts";
import { type RunEnd, ShepherdCore } from "../protocol/shepherd-core.ts";
import type { RunStatus } from "../protocol/status.ts";
import { ShepherdModel } from "./evaluate.ts";
import { loadRunKey, type RunManifest } from "./manifest.ts";
import { LocalReducer } from "./reducer.ts";
import {
  clearRun,
  earlierDistributedRun,
  isRunFolder,
  removeAddress,
  runPaths,
} from "./run-folder.ts";
import { openReducers, type Program, type Reducers } from "./sharded-reducer-setup.ts";
import { BlobSweeper } from "./shepherd-blobs.ts";
import type { RoundSummary } from "./shepherd-follower.ts";
import { moduleStep } from "./shepherd-module-step.ts";
import { checkReference, Programs } from "./shepherd-programs.ts";
import { RunRecorder } from "./shepherd-recorder.ts";
import { type ListenOptions, type Serving, serveRun } from "./shepherd-server.ts";
import { moduleName, type PreparedRun, prepareRun } from "./shepherd-setup.ts";
import { openRunStore } from "./shepherd-store.ts";

export interface ShepherdRequest {
  readonly config: TrainConfig;
  /** Folder that paths of the config are relative to. */
  readonly base: string;
  /** Folder of the run. */
  readonly folder: string;
  /** Begin anew where there is a run. */
  readonly overwrite: boolean;
  /** Check everything and compile, but do not begin. */
  readonly dryRun: boolean;
  readonly engine: Engine;
  readonly place: SearchPlace;
  readonly listen: ListenOptions;
  /** Threads that merge. */
  readonly threads: number;
  /** What starts reducer processes; not needed where the config asks for none. */
  readonly program?: Program;
  /** Versions by name, for the manifest. */
  readonly software: Readonly<Record<string, string>>;
  readonly failPoint: FailPoint;
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly note: (text: string) => void;
  readonly diagnostics: DiagnosticEngine;
  /** Told when workers can join. */
  readonly onReady: (serving: Serving, run: PreparedRun) => void;
}

/** How a shepherd ended. */
export interface ShepherdOutcome {
  readonly kind: "done" | "interrupted" | "failed" | "checked";
  readonly reason: string;
  readonly rounds: number;
  readonly tokens: number;
  readonly checkpoint: Checkpoint | null;
}

const NOTHING = { rounds: 0, tokens: 0, checkpoint: null } as const;

/** Parameters of version 0 as workers get them. @throws DataError where a blob is gone */
async function publishedParameters(
  store: BlobStore,
  { plan, initial }: PreparedRun,
): Promise<Float32Array[]> {
  const all: Float32Array[] = [];
  for (const fragment of plan.fragments) {
    const { published } = present(initial[fragment.index], "state of a fragment");
    const bytes = await store.read(published.digest);
    const values = bytes === null ? null : decodeBlob(publishedLayout(fragment, plan.wire), bytes);
    if (values === null || isProblem(values))
      throw new DataError(
        `the parameters that the run began with are missing or damaged (blob ${published.digest})`,
      );
    all.push(values);
  }
  return all;
}

/** What every worker may load. @throws EngineError where the model does not work here */
async function manifestOf(
  { config, software }: ShepherdRequest,
  store: BlobStore,
  run: PreparedRun,
  model: ShepherdModel,
): Promise<RunManifest> {
  const reference = await model.check(await publishedParameters(store, run));
  if (!Number.isFinite(reference.loss))
    throw new EngineError(
      `the loss of the check batch is ${reference.loss}: the model cannot train`,
    );
  return {
    format: "pcp-run-manifest",
    version: 1,
    revision: 0,
    runId: run.plan.runId,
    plan: run.planBlob,
    module: run.moduleBlob,
    programs: [],
    fragments: run.initial.map(({ published }) => published),
    ...(run.frozenBlob === null ? {} : { frozen: run.frozenBlob }),
    ...(config.data_url === undefined ? {} : { dataUrl: config.data_url }),
    check: checkReference(reference, config.dtype),
    software: { ...software },
  };
}

/** Everything of a shepherd before it listens. */
interface Assembled {
  readonly store: BlobStore;
  readonly run: PreparedRun;
  readonly core: ShepherdCore;
  readonly recorder: RunRecorder;
  readonly reducers: Reducers | null;
  /** Null where there are reducer processes. */
  readonly reducer: LocalReducer | null;
  readonly metrics: MetricsWriter;
}

/** A round that has ended, as a line. */
function roundLine(
  { rounds, loss, workers, rejected, tokens }: RoundSummary,
  plan: RunPlan,
  { tokensPerSecond, secondsLeft }: RunStatus,
): string {
  const parts = [
    `round ${rounds}/${plan.rounds}`,
    loss === null ? "nothing merged" : `loss ${loss.toFixed(4)}`,
    plural(workers, "worker"),
    rejected === 0 ? "" : `${plural(rejected, "update")} rejected`,
    `${shortNumber(tokens)} tokens`,
    `${shortNumber(tokensPerSecond)} tokens/s`,
    secondsLeft === null || rounds === plan.rounds ? "" : `${formatDuration(secondsLeft)} left`,
  ];
  return parts.filter((part) => part !== "").join("  ");
}

/** Where metrics of the run so far end. */
const lastRecordedStep = (folder: string): number =>
  readMetrics(folder).reduce((last, { step }) => Math.max(last, step), 0);

async function assemble(
  request: ShepherdRequest,
  store: BlobStore,
  run: PreparedRun,
  reducers: Reducers | null,
): Promise<Assembled> {
  const { config, engine, place, signal, note, now, folder } = request;
  const { plan, module, data, frozen } = run;
  const model = await ShepherdModel.open({
    engine,
    name: moduleName(config),
    module,
    plan,
    frozen,
    held: data.held,
    batches: config.eval_batches,
  });
  const key = loadRunKey(runPaths(folder).key);
  if (isProblem(key)) throw new DataError(key.problem);
  const programs = await Programs.open(
    { store, key, module, name: moduleName(config), place, signal, note },
    await manifestOf(request, store, run, model),
  );
  const blobs = reducers?.blobs ?? store;
  const sweeper = new BlobSweeper(blobs, plan, config.keep_updates ?? false);
  const recordedStep = lastRecordedStep(folder);
  const metrics = new MetricsWriter(folder, recordedStep, config.tensorboard, now);
  const clock = systemClock(now);
  let lastLine = Number.NEGATIVE_INFINITY;
  const recorder: RunRecorder = new RunRecorder({
    ...{ config, plan, store: blobs, sweeper, metrics, recordedStep, model, note },
    checkpoints: {
      ...{ folder, store: blobs, plan, frozen },
      info: run.info,
      settings: decisiveSettings(config, plan.rounds * plan.innerSteps, plan.data.trainTokens),
      keepLast: config.keep_last,
    },
    otherBlobs: () => [
      ...programs.blobs(),
      ...run.initial.map(({ parameters }) => parameters.digest),
    ],
    onRound: (summary) => {
      const { rounds, step } = summary;
      const isDue =
        Math.floor(step / config.log_every) >
        Math.floor((step - plan.innerSteps) / config.log_every);
      const isLast = rounds === plan.rounds;
      // Rounds may be short: a line a second is enough.
      if (!isLast && rounds > 1 && (!isDue || clock.monotonic() - lastLine < 1000)) return;
      lastLine = clock.monotonic();
      note(roundLine(summary, plan, core.status()));
    },
    journal: async (body) => {
      // What is found out after the end is in the folder, not in the journal.
      if (core.state.end === null && !signal.aborted) await core.note(body).catch(() => {});
    },
  });
  recorder.replay(run.records);
  await sweeper.clear(recorder.needed(), now());
  const reducer =
    reducers === null
      ? new LocalReducer({
          plan,
          store,
          threads: request.threads,
          ...(plan.outer.kind === "module"
            ? { moduleStep: moduleStep(engine, model.machine.module, plan) }
            : {}),
        })
      : null;
  const core = new ShepherdCore({
    ...{ plan, programs, clock },
    reducer: present(reducers?.reducer ?? reducer, "a reducer"),
    locate: reducers?.locate ?? (() => null),
    records: run.records,
    journal: run.journal,
    failPoint: request.failPoint,
    log: note,
    onRecord: (record) => recorder.onRecord(record),
  });
  await reducers?.place(core.state);
  return { store, run, core, recorder, reducers, reducer, metrics };
}

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
    cache: cacheFolder(place),
  });
  if (isProblem(serving)) throw new DataError(serving.problem);
  let end: RunEnd;
  try {
    onReady(serving, run);
    end = await core.run(signal);
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
  const { folder, config, base, place, now, note, diagnostics } = request;
  const claim = claimFolder(folder);
  let run: PreparedRun | null = null;
  let reducers: Reducers | null = null;
  let parts: Assembled | null = null;
  try {
    readyFolder(request);
    const paths = runPaths(folder);
    const store = await openRunStore(config, base, paths, now());
    run = await prepareRun({ config, base, paths, store, place, now, note, diagnostics });
    if (run === null) return null;
    reducers = await reducersOf(request, store, run);
    parts = await assemble(request, store, run, reducers);
    if (request.dryRun) return { ...NOTHING, kind: "checked", reason: "dry run" };
    return await conduct(request, parts);
  } finally {
    await parts?.reducer?.close();
    await reducers?.close();
    parts?.metrics.close();
    await run?.journal.close();
    run?.data.file.close();
    claim.release();
  }
}
