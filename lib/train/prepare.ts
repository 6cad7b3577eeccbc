/** @file Gets a run ready: data, weights, the machine with its values, and where an earlier run goes on. */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { initialiseWeights, parseManifestWeights } from "#lib/data/initialise.ts";
import { BatchSampler, splitRange } from "#lib/data/sampler.ts";
import { DataError, TokenFile } from "#lib/data/token-file.ts";
import { EngineError, type FunctionInfo } from "#lib/runtime/engine.ts";
import { isProblem } from "#lib/support/problem.ts";
import { didYouMean, plural } from "#lib/support/text.ts";
import { isDType } from "#lib/tensors/dtype.ts";
import { readSafetensorsFile } from "#lib/tensors/files.ts";
import { type Tensor, zeros } from "#lib/tensors/tensor.ts";
import {
  type Checkpoint,
  type CheckpointManifest,
  type CheckpointTensors,
  checkpointFolders,
  loadCheckpoint,
} from "./checkpoint.ts";
import type { TrainConfig } from "./config.ts";
import { promptTokens } from "./generate.ts";
import type { Machine } from "./machine.ts";
import { isPcpCheck, readPcpCheck } from "./pcpcheck.ts";
import type { Schedule } from "./schedule.ts";
import { carriedNames, dataArguments } from "./steps.ts";

/** Sequences and tokens per sequence of a module's batch. @throws EngineError where it takes no tokens and targets. */
export function batchShape(info: FunctionInfo): readonly [number, number] {
  const data = dataArguments(info);
  const [rows, length] = data[0]?.shape ?? [];
  const areTokens = data.every(
    ({ dtype, shape }) =>
      dtype !== null && /^(?:i|ui)\d{2}$/.test(dtype) && shape?.join() === data[0]?.shape?.join(),
  );
  if (
    data.length !== 2 ||
    !areTokens ||
    data[0]?.shape?.length !== 2 ||
    typeof rows !== "number" ||
    typeof length !== "number"
  ) {
    const found = data.map(({ name, type }) => `${name ?? "an argument"}: ${type}`).join(", ");
    throw new EngineError(
      `pcp-train feeds a model tokens and next tokens, two data arguments of one shape [batch, length] of integers; @${info.name} takes ${found === "" ? "no data" : found}`,
    );
  }
  return [rows, length];
}

/** Tokens that the logits of a model tell apart; null where it has none. */
export function logitsWidth(functions: readonly FunctionInfo[]): number | null {
  const logits = functions.find(({ name }) => name === "logits")?.results[0]?.shape;
  return logits?.at(-1) ?? null;
}

/** Data of a run. */
export interface RunData {
  readonly file: TokenFile;
  /** Tokens that training batches are drawn from. */
  readonly trainTokens: number;
  readonly train: BatchSampler;
  readonly held: BatchSampler | null;
}

/** Opens training and evaluation data, in whose tokens samples begin. @throws DataError, EngineError */
export function openData(
  config: TrainConfig,
  shape: readonly [number, number],
  vocabulary: number,
  alphabet: readonly number[] | null,
  base: string,
): RunData {
  const open = (path: string, letters: readonly number[] | null): TokenFile =>
    TokenFile.open(resolve(base, path), config.tokenizer, {
      vocabularySize: vocabulary,
      alphabet: letters,
    });
  const file = open(config.data_path, alphabet);
  if (config.sample_every > 0)
    promptTokens(file.tokenizer, config.sample_prompt, "config key 'sample_prompt'");
  const fraction =
    config.eval_path === undefined && config.eval_every > 0 ? config.eval_fraction : 0;
  const split = splitRange(file.tokenCount, fraction);
  const train = new BatchSampler(file, split.train, shape, config.sampling, config.seed);
  const common = { file, train, trainTokens: split.train.to };
  if (config.eval_every === 0) return { ...common, held: null };
  if (config.eval_path !== undefined) {
    const other = open(config.eval_path, alphabetOf(file));
    const whole = { from: 0, to: other.tokenCount };
    return { ...common, held: new BatchSampler(other, whole, shape, "random", config.seed + 1) };
  }
  const heldTokens = split.held.to - split.held.from;
  if (heldTokens <= shape[1])
    throw new DataError(
      `eval_every is set, but eval_fraction ${config.eval_fraction} holds out ${plural(heldTokens, "token")} of '${file.path}', and one sequence takes ${shape[1] + 1}; or give eval_path`,
    );
  return {
    ...common,
    held: new BatchSampler(file, split.held, shape, "random", config.seed + 1),
  };
}

/** Bytes that have a token, in the order of their tokens; null where tokens are not characters of a file. */
export function alphabetOf(file: TokenFile): number[] | null {
  const { byteTable, name } = file.tokenizer;
  if (name !== "char" || byteTable === null) return null;
  const alphabet: number[] = [];
  byteTable.forEach((token, byte) => {
    if (token < file.tokenizer.vocabularySize) alphabet[token] = byte;
  });
  return alphabet;
}

/** Compares tensors by name with what a function takes. @throws EngineError naming the first that differs */
function checkWeights(
  info: FunctionInfo,
  names: readonly string[],
  tensors: ReadonlyMap<string, Tensor>,
  source: string,
): Map<string, Tensor> {
  const chosen = new Map<string, Tensor>();
  for (const name of names) {
    const tensor = tensors.get(name);
    if (tensor === undefined)
      throw new EngineError(`${source} has no tensor '${name}'${didYouMean(name, tensors.keys())}`);
    const arg = info.args.find((candidate) => candidate.name === name);
    const fits =
      arg?.dtype === tensor.dtype &&
      arg.shape?.length === tensor.shape.length &&
      arg.shape.every((size, i) => size === null || size === tensor.shape[i]);
    if (!fits)
      throw new EngineError(
        `${source}: '${name}' is ${tensor.shape.join("x")}x${tensor.dtype}, but the module takes ${arg?.type ?? "no such argument"}`,
      );
    chosen.set(name, tensor);
  }
  return chosen;
}

/** `x.manifest.json`, or `x.json`, beside `x.mlir` or `x.train.mlir`. */
function manifestBeside(modelPath: string): string | null {
  const stem = modelPath.replace(/(\.train)?\.(mlir|vmfb)$/, "");
  return [`${stem}.manifest.json`, `${stem}.json`].find((path) => existsSync(path)) ?? null;
}

/** The manifest of a config's model: the one that it names, or the one beside the model; null where there is none. */
export const manifestPath = (config: TrainConfig, base: string): string | null =>
  config.manifest_path === undefined
    ? manifestBeside(resolve(base, config.model_path))
    : resolve(base, config.manifest_path);

/** Tensors of a file of weights: safetensors, or a checkpoint of the reference system. @throws DataError */
function readWeights(path: string, info: FunctionInfo): ReadonlyMap<string, Tensor> {
  if (!isPcpCheck(path)) {
    const read = readSafetensorsFile(path);
    if (isProblem(read)) throw new DataError(read.problem);
    return read.tensors;
  }
  const { weights } = carriedNames(info);
  const slots = info.args.flatMap(({ name, dtype, shape }) =>
    name !== null && weights.includes(name) && dtype !== null
      ? [{ name, dtype, shape: (shape ?? []).map((size) => size ?? 0) }]
      : [],
  );
  const read = readPcpCheck(path, slots);
  if (isProblem(read)) throw new DataError(read.problem);
  return read;
}

/** Weights of a new run, from a file or a manifest's initialisers. @throws DataError, EngineError */
function initialWeights(
  config: TrainConfig,
  info: FunctionInfo,
  base: string,
): Map<string, Tensor> {
  const { weights } = carriedNames(info);
  if (config.weights_path !== undefined) {
    const path = resolve(base, config.weights_path);
    return checkWeights(info, weights, readWeights(path, info), `'${path}'`);
  }
  const manifest = manifestPath(config, base);
  if (manifest === null)
    throw new DataError(
      `no weights for '${resolve(base, config.model_path)}': there is no manifest beside it; give weights_path or manifest_path`,
    );
  let text: string;
  try {
    text = readFileSync(manifest, "utf8");
  } catch {
    throw new DataError(`cannot read manifest '${manifest}'`);
  }
  const specs = parseManifestWeights(text, manifest);
  return checkWeights(
    info,
    weights,
    initialiseWeights(specs, config.seed),
    `manifest '${manifest}'`,
  );
}

/** Calls @init_state and makes its results current values; the step count begins at 0. */
export async function initialState(machine: Machine, info: FunctionInfo): Promise<void> {
  const fresh = new Map<string, Tensor>();
  for (const { name, role, dtype } of info.args)
    if (role === "step" && name !== null && dtype !== null && isDType(dtype))
      fresh.set(name, zeros(dtype, []));
  const { state } = carriedNames(info);
  const initial = machine.has("init_state") ? machine.function("init_state") : null;
  if (initial !== null) {
    const values = await machine.module.call("init_state", []);
    initial.results.forEach(({ name }, index) => {
      const value = values[index];
      if (name !== null && value !== undefined && !("kind" in value)) fresh.set(name, value);
    });
  }
  const missing = state.filter((name) => !fresh.has(name));
  if (missing.length > 0)
    throw new EngineError(`the module has no @init_state that gives '${missing[0]}'`);
  await machine.set(fresh);
}

/** Where a run begins. */
export interface Start {
  readonly checkpoint: Checkpoint | null;
  readonly tensors: CheckpointTensors | null;
}

/** The last checkpoint that is whole, with a note for each damaged one after it. @throws DataError where all are damaged */
export async function findStart(folder: string, note: (text: string) => void): Promise<Start> {
  const folders = checkpointFolders(folder);
  for (const { path, manifest } of folders.reverse()) {
    const tensors = isProblem(manifest) ? manifest : await loadCheckpoint({ path, manifest });
    if (!isProblem(tensors) && !isProblem(manifest))
      return { checkpoint: { path, manifest }, tensors };
    if (isProblem(tensors)) note(`${tensors.problem}; going back to the one before`);
  }
  if (folders.length > 0)
    throw new DataError(`no checkpoint in '${folder}' is whole: begin anew with --overwrite`);
  return { checkpoint: null, tensors: null };
}

/** Values that a run begins with: weights and, from a checkpoint, state. @throws DataError, EngineError */
export function startingValues(
  info: FunctionInfo,
  config: TrainConfig,
  { checkpoint, tensors }: Start,
  base: string,
): ReadonlyMap<string, Tensor> {
  if (checkpoint === null || tensors === null) return initialWeights(config, info, base);
  const { weights, state } = carriedNames(info);
  const source = `checkpoint '${checkpoint.path}'`;
  return new Map([
    ...checkWeights(info, weights, tensors.weights, source),
    ...checkWeights(info, state, tensors.state, source),
  ]);
}

/** Fills the machine; a run that does not go on from a checkpoint gets the module's own initial state. @throws EngineError */
export async function fillMachine(
  machine: Machine,
  info: FunctionInfo,
  values: ReadonlyMap<string, Tensor>,
  start: Start,
): Promise<void> {
  await machine.set(values);
  if (start.checkpoint === null) await initialState(machine, info);
}

/** Config keys that decide the numbers of a run; the others may change when it goes on. */
const DECISIVE: readonly (keyof TrainConfig)[] = [
  "tokenizer",
  "sampling",
  "seed",
  "learning_rate",
  "min_learning_rate",
  "schedule",
  "warmup_tokens",
  "warmup_steps",
  "optimizer",
  "dtype",
  "effective_batch_size",
];

/** What decides a run's numbers besides its module, for the manifests of its checkpoints. */
export function decisiveSettings(
  config: TrainConfig,
  steps: number,
  trainTokens: number,
): Record<string, unknown> {
  const settings = Object.fromEntries(DECISIVE.map((key) => [key, config[key] ?? null]));
  // The end of the run is where a decay ends; evaluation holds back a part of the data.
  return {
    ...settings,
    steps: config.schedule === "constant" ? null : steps,
    training_tokens: trainTokens,
  };
}

/** What a run that goes on from a checkpoint has to say: where, and what is not as it was. */
export function continuationNotes(
  { path, manifest }: Checkpoint,
  origin: Pick<CheckpointManifest, "module" | "settings">,
  steps: number,
): string[] {
  const notes = [`going on from '${path}' at step ${manifest.step}`];
  if (manifest.step >= steps) notes.push(`${plural(steps, "step")} done: nothing is left to train`);
  if (manifest.module !== origin.module)
    notes.push("the training module is not the one that the checkpoint was made with");
  for (const [key, value] of Object.entries(origin.settings)) {
    const [now, then] = [JSON.stringify(value), JSON.stringify(manifest.settings[key])];
    if (now !== then) notes.push(`not as the checkpoint was made: ${key} is ${now}, was ${then}`);
  }
  return notes;
}

/** Forward passes per step. @throws EngineError where the effective batch is no multiple of the model's. */
export function microBatchCount(config: TrainConfig, rows: number): number {
  const wanted = config.effective_batch_size ?? rows;
  if (wanted % rows !== 0)
    throw new EngineError(
      `effective_batch_size ${wanted} is no multiple of the model's batch of ${plural(rows, "sequence")}`,
    );
  return wanted / rows;
}

/** The schedule of a config; lengths in tokens. */
export const scheduleOf = (
  config: TrainConfig,
  steps: number,
  tokensPerStep: number,
): Schedule => ({
  kind: config.schedule,
  peak: config.learning_rate,
  end: config.min_learning_rate,
  warmupTokens: config.warmup_tokens ?? (config.warmup_steps ?? 0) * tokensPerStep,
  totalTokens: steps * tokensPerStep,
});
