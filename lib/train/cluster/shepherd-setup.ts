/** @file Gets a distributed run ready, new or going on: module, data, plan, weights and the journal that it begins with. */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { dataDigest } from "#lib/data/byte-source.ts";
import { DataError, reasonOf, type TokenFile } from "#lib/data/token-file.ts";
import { U16_TOKENS } from "#lib/data/tokenizer.ts";
import { type Chunk, manifestShards } from "#lib/data/units.ts";
import type { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { cacheFolder } from "#lib/runtime/cache.ts";
import { EngineError, type FunctionInfo } from "#lib/runtime/engine.ts";
import type { SearchPlace } from "#lib/runtime/python.ts";
import { isProblem } from "#lib/support/problem.ts";
import { writeFileAtomically } from "#lib/tensors/files.ts";
import { decodeSafetensors, encodeSafetensors } from "#lib/tensors/safetensors.ts";
import type { Tensor } from "#lib/tensors/tensor.ts";
import { MODULE_FILE } from "../checkpoint.ts";
import type { TrainConfig } from "../config.ts";
import { initialState } from "../diloco/reduce.ts";
import { functionNamed } from "../machine.ts";
import { type TrainingModule, trainingModule } from "../module.ts";
import type { BlobStore } from "../net/blob-store.ts";
import {
  alphabetOf,
  batchShape,
  logitsWidth,
  openData,
  type RunData,
  startingValues,
} from "../prepare.ts";
import type { RunPlan } from "../protocol/plan.ts";
import type { FailPoint } from "../protocol/ports.ts";
import type { BlobRef, FragmentState, JournalRecord } from "../protocol/records.ts";
import { fragmentsOfWeights } from "./checkpoints.ts";
import { Journal } from "./journal.ts";
import { algorithmOf, makePlan } from "./plan.ts";
import type { RunPaths } from "./run-folder.ts";

/** What a run is prepared from. */
export interface SetupRequest {
  readonly config: TrainConfig;
  /** Folder that paths of the config are relative to. */
  readonly base: string;
  readonly paths: RunPaths;
  readonly store: BlobStore;
  readonly place: SearchPlace;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly note: (text: string) => void;
  readonly diagnostics: DiagnosticEngine;
  readonly failPoint: FailPoint;
}

/** A run with everything that it needs before its first worker. */
export interface PreparedRun {
  readonly plan: RunPlan;
  readonly planBlob: BlobRef;
  readonly module: TrainingModule;
  readonly moduleBlob: BlobRef;
  readonly info: FunctionInfo;
  readonly data: RunData;
  readonly dataPath: string;
  /** Weights that no fragment holds, and their blob. */
  readonly frozen: ReadonlyMap<string, Tensor>;
  readonly frozenBlob: BlobRef | null;
  /** State of version 0. */
  readonly initial: readonly FragmentState[];
  readonly journal: Journal;
  /** Records of the journal so far: at least the first. */
  readonly records: readonly JournalRecord[];
}

const utf8 = new TextEncoder();

/** Opens the data, in the alphabet of a run that goes on. @throws DataError, EngineError */
async function openRunData(
  { config, base, place }: SetupRequest,
  module: TrainingModule,
  alphabet: readonly number[] | null,
): Promise<{ data: RunData; path: string; digest: string; bytes: number }> {
  const info = functionNamed(module.functions, "train_step");
  if (config.eval_every > 0) functionNamed(module.functions, "main");
  const vocabulary = logitsWidth(module.functions) ?? module.tokenBound ?? U16_TOKENS;
  const path = resolve(base, config.data_path);
  const data = openData(config, batchShape(info), vocabulary, alphabet, base);
  return { data, path, ...(await dataDigest(path, cacheFolder(place))) };
}

/** Pieces that the config's manifest names; null where it has none. @throws DataError */
function shardsOf({ config, base }: SetupRequest, file: TokenFile): Chunk[] | null {
  if (config.chunk_manifest_path === undefined) return null;
  const path = resolve(base, config.chunk_manifest_path);
  try {
    return manifestShards(readFileSync(path, "utf8"), path, file.tokenCount);
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError(`cannot read chunk manifest '${path}': ${reasonOf(error)}`);
  }
}

/** The plan of a run that goes on, by its first record. @throws DataError where the blob is gone */
async function readPlan(store: BlobStore, { digest }: BlobRef): Promise<RunPlan> {
  const bytes = await store.read(digest);
  if (bytes === null) throw new DataError(`the run's plan (blob ${digest}) is missing or damaged`);
  return JSON.parse(new TextDecoder().decode(bytes)) as RunPlan;
}

/** Weights that no fragment holds. */
function frozenOf(plan: RunPlan, weights: ReadonlyMap<string, Tensor>): Map<string, Tensor> {
  const exchanged = new Set(
    plan.fragments.flatMap(({ tensors }) => tensors.map(({ name }) => name)),
  );
  return new Map([...weights].filter(([name]) => !exchanged.has(name)));
}

type Begun = Pick<
  PreparedRun,
  "plan" | "planBlob" | "frozen" | "frozenBlob" | "initial" | "records"
>;
type Opened = Awaited<ReturnType<typeof openRunData>>;

/** Makes plan, weights and first record of a new run. */
async function beginRun(
  request: SetupRequest,
  module: TrainingModule,
  journal: Journal,
  opened: Opened,
): Promise<Begun> {
  const { config, base, store, paths } = request;
  const info = functionNamed(module.functions, "train_step");
  const { file, trainTokens } = opened.data;
  const plan = makePlan(
    config,
    module,
    {
      digest: opened.digest,
      bytes: opened.bytes,
      vocabulary: file.tokenizer.vocabularySize,
      alphabet: alphabetOf(file),
      trainTokens,
      shards: shardsOf(request, file),
    },
    randomUUID(),
  );
  if (isProblem(plan)) throw new DataError(plan.problem);
  const weights = startingValues(info, config, { checkpoint: null, tensors: null }, base);
  const frozen = frozenOf(plan, weights);
  const initial: FragmentState[] = [];
  for (const [index, values] of fragmentsOfWeights(plan, weights).entries()) {
    const fragment = plan.fragments[index];
    if (fragment === undefined) continue;
    initial.push(await initialState(fragment, values, plan.wire, (bytes) => store.put(bytes)));
  }
  const frozenBlob = frozen.size === 0 ? null : await storeTensors(store, frozen);
  writeFrozen(paths, frozenBlob);
  const planText = utf8.encode(JSON.stringify(plan));
  const planBlob = await store.put(planText);
  const unwritten = writeFileAtomically(paths.plan, [planText]);
  if (unwritten !== null) throw new DataError(unwritten.problem);
  const record = await journal.append({
    kind: "start",
    runId: plan.runId,
    plan: planBlob,
    fragments: initial,
  });
  return { plan, planBlob, frozen, frozenBlob, initial, records: [record] };
}

/** Notes which blob has the frozen weights. @throws DataError */
function writeFrozen({ frozen }: RunPaths, blob: BlobRef | null): void {
  const problem = writeFileAtomically(frozen, [utf8.encode(`${JSON.stringify(blob)}\n`)]);
  if (problem !== null) throw new DataError(problem.problem);
}

function readFrozen({ frozen }: RunPaths): BlobRef | null {
  try {
    return JSON.parse(readFileSync(frozen, "utf8")) as BlobRef | null;
  } catch {
    throw new DataError(`'${frozen}' is missing or damaged: the run cannot go on`);
  }
}

async function readTensors(
  store: BlobStore,
  { digest }: BlobRef,
): Promise<ReadonlyMap<string, Tensor>> {
  const bytes = await store.read(digest);
  const read = bytes === null ? null : decodeSafetensors(bytes);
  if (read === null || isProblem(read))
    throw new DataError("the run's frozen weights are missing or damaged: it cannot go on");
  return read.tensors;
}

async function storeTensors(
  store: BlobStore,
  tensors: ReadonlyMap<string, Tensor>,
): Promise<BlobRef> {
  const bytes = encodeSafetensors(tensors);
  if (isProblem(bytes)) throw new EngineError(bytes.problem);
  return store.put(bytes);
}

/** Says what the config asks for that the run, whose plan is fixed, does not do. */
function tellDifferences(request: SetupRequest, plan: RunPlan, wanted: RunPlan): void {
  const parts = [
    "algorithm",
    "innerSteps",
    "rounds",
    "workers",
    "quorum",
    "outer",
    "merge",
    "wire",
    "schedule",
    "timing",
  ] as const;
  for (const part of parts) {
    const [now, then] = [JSON.stringify(wanted[part]), JSON.stringify(plan[part])];
    if (now !== then)
      request.note(`the run keeps what it began with: ${part} is ${then}, the config says ${now}`);
  }
}

/** Takes a run up again from its first record. @throws DataError where module or data are others now */
async function continueRun(
  request: SetupRequest,
  module: TrainingModule,
  journal: Journal,
  opened: Opened,
  plan: RunPlan,
): Promise<Begun> {
  const { store, config, paths } = request;
  const [start] = journal.records;
  if (start?.kind !== "start") throw new DataError("the journal does not begin with its run");
  if (plan.module !== module.digest)
    throw new DataError(
      "the training module is not the one that the run began with (its text, optimizer or dtype differ): go on with that one, or begin anew with --overwrite",
    );
  if (plan.data.digest !== opened.digest)
    throw new DataError(
      `data file '${opened.path}' is not the data of this run: its SHA-256 is ${opened.digest}, the run's ${plan.data.digest}`,
    );
  const wanted = makePlan(config, module, { ...plan.data, shards: null }, plan.runId);
  if (!isProblem(wanted)) tellDifferences(request, plan, wanted);
  const frozenBlob = readFrozen(paths);
  const frozen = frozenBlob === null ? new Map() : await readTensors(store, frozenBlob);
  const initial = start.fragments;
  return { plan, planBlob: start.plan, frozen, frozenBlob, initial, records: journal.records };
}

/**
 * Prepares a run; null after reporting what is wrong with its model.
 * @throws DataError, EngineError for all else that is wrong.
 */
export async function prepareRun(request: SetupRequest): Promise<PreparedRun | null> {
  const { config, base, paths, store, now, note, diagnostics, failPoint } = request;
  const separate = algorithmOf(config) === "data_parallel";
  const module = trainingModule(resolve(base, config.model_path), config, diagnostics, separate);
  if (module === null) return null;
  const journal = await Journal.open(paths.journal, now, note, failPoint);
  if (isProblem(journal)) throw new DataError(journal.problem);
  try {
    const [start] = journal.records;
    const plan = start?.kind === "start" ? await readPlan(store, start.plan) : null;
    const opened = await openRunData(request, module, plan?.data.alphabet ?? null);
    const begun = await (plan === null
      ? beginRun(request, module, journal, opened)
      : continueRun(request, module, journal, opened, plan));
    const text = utf8.encode(module.text);
    writeFileAtomically(join(paths.folder, MODULE_FILE), [text]);
    const moduleBlob = await store.put(text);
    return {
      ...begun,
      module,
      moduleBlob,
      journal,
      info: functionNamed(module.functions, "train_step"),
      data: opened.data,
      dataPath: opened.path,
    };
  } catch (error) {
    await journal.close();
    throw error;
  }
}

/** What messages call the module of a config. */
export const moduleName = ({ model_path: path }: TrainConfig): string => basename(path);
