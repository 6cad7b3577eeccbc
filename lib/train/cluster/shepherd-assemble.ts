/** @file Puts the parts of a shepherd together: model, programs, records, reducer, core. */
import { DataError } from "#lib/data/token-file.ts";
import type { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { type Engine, EngineError } from "#lib/runtime/engine.ts";
import type { SearchPlace } from "#lib/runtime/python.ts";
import { present } from "#lib/support/assert.ts";
import { isProblem } from "#lib/support/problem.ts";
import { plural } from "#lib/support/text.ts";
import type { TrainConfig } from "../config.ts";
import { shortNumber } from "../dashboard/terminal-text.ts";
import { openWandb, type WandbChild } from "../dashboard/wandb.ts";
import { decodeBlob } from "../diloco/layout.ts";
import { publishedLayout } from "../diloco/wire.ts";
import { systemClock } from "../launch/system-clock.ts";
import { MetricsWriter, readMetrics } from "../metrics.ts";
import type { BlobStore } from "../net/blob-store.ts";
import { decisiveSettings } from "../prepare.ts";
import { formatDuration, formatMfu } from "../progress.ts";
import type { RunPlan } from "../protocol/plan.ts";
import type { FailPoint } from "../protocol/ports.ts";
import type { FragmentState } from "../protocol/records.ts";
import { ShepherdCore } from "../protocol/shepherd-core.ts";
import type { RunStatus } from "../protocol/status.ts";
import { workPerToken } from "../utilization.ts";
import { ShepherdModel } from "./evaluate.ts";
import { loadRunKey, type RunManifest } from "./manifest.ts";
import { LocalReducer } from "./reducer.ts";
import { runPaths } from "./run-folder.ts";
import type { Program, Reducers } from "./sharded-reducer-setup.ts";
import { BlobSweeper } from "./shepherd-blobs.ts";
import { blobsOfState, type RoundSummary } from "./shepherd-follower.ts";
import { moduleStep } from "./shepherd-module-step.ts";
import { checkReference, Programs } from "./shepherd-programs.ts";
import { RunRecorder } from "./shepherd-recorder.ts";
import type { ListenOptions, Serving } from "./shepherd-server.ts";
import { moduleName, type PreparedRun } from "./shepherd-setup.ts";

/** What a shepherd is made from. */
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
export interface Assembled {
  readonly store: BlobStore;
  readonly run: PreparedRun;
  readonly core: ShepherdCore;
  readonly recorder: RunRecorder;
  readonly reducers: Reducers | null;
  /** Null where there are reducer processes. */
  readonly reducer: LocalReducer | null;
  readonly metrics: MetricsWriter;
  readonly wandb: WandbChild | null;
}

/** A round that has ended, as a line. */
function roundLine(
  { rounds, loss, workers, rejected, tokens }: RoundSummary,
  plan: RunPlan,
  { tokensPerSecond, mfu, secondsLeft }: RunStatus,
): string {
  const parts = [
    `round ${rounds}/${plan.rounds}`,
    loss === null ? "nothing merged" : `loss ${loss.toFixed(4)}`,
    plural(workers, "worker"),
    rejected === 0 ? "" : `${plural(rejected, "update")} rejected`,
    `${shortNumber(tokens)} tokens`,
    `${shortNumber(tokensPerSecond)} tokens/s`,
    mfu === null ? "" : `MFU ${formatMfu(mfu)}`,
    secondsLeft === null || rounds === plan.rounds ? "" : `${formatDuration(secondsLeft)} left`,
  ];
  return parts.filter((part) => part !== "").join("  ");
}

/** Where metrics of the run so far end. */
const lastRecordedStep = (folder: string): number =>
  readMetrics(folder).reduce((last, { step }) => Math.max(last, step), 0);

/** Model and programs, ready for workers. @throws DataError, EngineError */
async function openModel(
  request: ShepherdRequest,
  store: BlobStore,
  run: PreparedRun,
): Promise<{ model: ShepherdModel; programs: Programs }> {
  const { config, engine, place, signal, note, folder } = request;
  const { plan, module, data, frozen } = run;
  const name = moduleName(config);
  const model = await ShepherdModel.open({
    ...{ engine, name, module, plan, frozen },
    held: data.held,
    batches: config.eval_batches,
  });
  const key = loadRunKey(runPaths(folder).key);
  if (isProblem(key)) throw new DataError(key.problem);
  const programs = await Programs.open(
    { store, key, module, name, place, signal, note },
    await manifestOf(request, store, run, model),
  );
  return { model, programs };
}

/** Tells of rounds that are due by the config, a line a second at most. */
function roundTeller(
  { config, note, now }: ShepherdRequest,
  plan: RunPlan,
): (summary: RoundSummary, status: RunStatus) => void {
  const clock = systemClock(now);
  const every = config.log_every;
  let last = Number.NEGATIVE_INFINITY;
  return (summary, status) => {
    const { rounds, step } = summary;
    const isDue = Math.floor(step / every) > Math.floor((step - plan.innerSteps) / every);
    const isEnd = rounds === 1 || rounds === plan.rounds;
    if (!isEnd && (!isDue || clock.monotonic() - last < 1000)) return;
    last = clock.monotonic();
    note(roundLine(summary, plan, status));
  };
}

/** What merges: the reducer processes, or threads of this one. */
function localReducer(
  { engine, threads }: ShepherdRequest,
  store: BlobStore,
  { plan }: PreparedRun,
  model: ShepherdModel,
): LocalReducer {
  const isModule = plan.outer.kind === "module";
  const step = isModule ? { moduleStep: moduleStep(engine, model.machine.module, plan) } : {};
  return new LocalReducer({ plan, store, threads, ...step });
}

/** Reads what a run goes on from, so that damage of the disk is told and not trained on. @throws DataError */
async function requireState(store: BlobStore, states: readonly FragmentState[]): Promise<void> {
  for (const [fragment, state] of states.entries())
    for (const digest of blobsOfState(state))
      if (!(await store.verify(digest)))
        throw new DataError(
          `the run cannot go on: blob ${digest} of fragment ${fragment} is missing or damaged; bring it back, or begin anew from a checkpoint with 'weights_path'`,
        );
}

/** Puts a shepherd together, up to where it could begin. @throws DataError, EngineError */
export async function assemble(
  request: ShepherdRequest,
  store: BlobStore,
  run: PreparedRun,
  reducers: Reducers | null,
): Promise<Assembled> {
  const { config, place, note, now, folder, signal, failPoint } = request;
  const { plan, frozen, info, records, journal, initial } = run;
  const { model, programs } = await openModel(request, store, run);
  const blobs = reducers?.blobs ?? store;
  const sweeper = new BlobSweeper(blobs, plan, config.keep_updates ?? false, now);
  const recordedStep = lastRecordedStep(folder);
  const metrics = new MetricsWriter(folder, recordedStep, config.tensorboard, now);
  const settings = decisiveSettings(config, plan.rounds * plan.innerSteps, plan.data.trainTokens);
  const keepLast = config.keep_last;
  const clock = systemClock(now);
  const recorder: RunRecorder = new RunRecorder({
    ...{ config, plan, store: blobs, sweeper, metrics, recordedStep, model, note },
    checkpoints: { ...{ folder, store: blobs, plan, frozen, info, settings, keepLast, failPoint } },
    otherBlobs: () => [...programs.blobs(), ...initial.map(({ parameters }) => parameters.digest)],
    onRound: roundTeller(request, plan),
    status: () => core.status(),
    monotonic: () => clock.monotonic(),
    journal: async (body) => {
      // What is found out after the end is in the folder, not in the journal.
      if (core.state.end === null && !signal.aborted) await core.note(body).catch(() => {});
    },
  });
  recorder.replay(records);
  // Blobs of reducers and of object storage are compared with their digests whenever they are fetched.
  if (reducers === null && store.kind !== "s3")
    await requireState(store, recorder.follower.fragments());
  await sweeper.clear(recorder.needed());
  const reducer = reducers === null ? localReducer(request, store, run, model) : null;
  const wandb = request.dryRun
    ? null
    : await openWandb({ config, runId: plan.runId, folder, place, note });
  const core = new ShepherdCore({
    ...{ plan, programs, records, journal, failPoint, log: note },
    clock,
    reducer: present(reducers?.reducer ?? reducer, "a reducer"),
    work: {
      flopsPerToken: workPerToken(config, request.base, info),
      peakFlops: config.peak_flops ?? null,
    },
    locate: reducers?.locate ?? (() => null),
    onRecord: (record) => {
      recorder.onRecord(record);
      wandb?.record(record);
    },
  });
  await reducers?.place(core.state);
  return { store, run, core, recorder, reducers, reducer, metrics, wandb };
}
