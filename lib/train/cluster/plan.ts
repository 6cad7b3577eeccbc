/** @file Makes the plan of a distributed run from config, module and data: every default filled in, every contradiction told. */
import {
  type Chunk,
  DEFAULT_CHUNK_BYTES,
  makeChunks,
  UnitOrder,
  type UnitPlan,
} from "#lib/data/units.ts";
import type { FunctionInfo } from "#lib/runtime/engine.ts";
import type { Problem } from "#lib/support/problem.ts";
import { elementCount } from "#lib/support/shape.ts";
import { stepsOf, type TrainConfig, tauOf } from "../config.ts";
import { isWholeDown, outerDefaults, wireOf } from "../diloco/defaults.ts";
import { type FragmentOptions, makeFragments, makeSlots } from "../diloco/fragments.ts";
import { functionNamed } from "../machine.ts";
import { batchShape, microBatchCount, scheduleOf } from "../prepare.ts";
import type {
  Algorithm,
  DataPlan,
  FragmentTensor,
  MergePlan,
  OuterPlan,
  RunPlan,
  TimingPlan,
  WirePlan,
} from "../protocol/plan.ts";

/** The data of a run, as the shepherd found it. */
export interface DataFacts {
  /** SHA-256 of the training data file, and its size. */
  readonly digest: string;
  readonly bytes: number;
  readonly vocabulary: number;
  /** Bytes that have a token (`char` only). */
  readonly alphabet: readonly number[] | null;
  /** Tokens `[0, trainTokens)` are trained on. */
  readonly trainTokens: number;
  /** Pieces that a manifest names; null: the whole. */
  readonly shards: readonly Chunk[] | null;
}

/** The module of a run, as far as the plan depends on it. */
export interface ModuleFacts {
  readonly functions: readonly FunctionInfo[];
  readonly digest: string;
}

const FLOATS: ReadonlySet<string | null> = new Set(["f32", "bf16", "f16"]);

const DEFAULT_WORKERS = 2;
const MAX_TAU = 1e6;

/** The algorithm of a config: one step per round is plain data parallel training, unless another is asked for. */
export const algorithmOf = (config: TrainConfig): Algorithm =>
  config.algorithm ?? (config.tau === 1 ? "data_parallel" : "diloco");

/** Workers that a run waits for. */
export const workersOf = (config: TrainConfig): number => config.workers ?? DEFAULT_WORKERS;

/** Tensors that workers exchange: trained ones and floating-point buffers, in the module's order. */
export const exchangedTensors = (info: FunctionInfo): FragmentTensor[] =>
  info.args.flatMap(({ name, role, shape, dtype }) => {
    if (name === null || (role !== "param" && role !== "buffer") || !FLOATS.has(dtype)) return [];
    const sizes = (shape ?? []).map((size) => size ?? 0);
    return [{ name, shape: sizes, elements: elementCount(sizes), role }];
  });

const milliseconds = (seconds: number | undefined, otherwise: number): number =>
  Math.round((seconds ?? otherwise) * 1000);

const timingOf = (config: TrainConfig): TimingPlan => ({
  heartbeatMs: milliseconds(config.heartbeat_seconds, 1),
  heartbeatTimeoutMs: milliseconds(config.heartbeat_timeout, 10),
  progressTimeoutMs: milliseconds(config.progress_timeout, 120),
  reconnectMs: milliseconds(config.reconnect_seconds, 5),
  deadlineFactor: config.deadline_factor ?? 2,
  minDeadlineMs: milliseconds(config.round_deadline, 30),
  graceMs: milliseconds(config.grace_seconds, 0),
  quorumWaitMs: milliseconds(config.quorum_wait, 3600),
  rejoinMs: milliseconds(config.rejoin_seconds, 30),
});

const valueUnlessOff = (value: number | "off" | undefined, otherwise: number | null) =>
  value === "off" ? null : (value ?? otherwise);

const mergeOf = (config: TrainConfig): MergePlan => ({
  kind: config.merge ?? "mean",
  clipFactor: config.clip_factor ?? 2,
  trimFraction: config.trim_fraction ?? 0.1,
  normGate: valueUnlessOff(config.norm_gate, 10),
});

/** What goes over the wire: a preset, with what the config says of its parts. */
function wirePlanOf(config: TrainConfig, algorithm: Algorithm): WirePlan {
  const preset = wireOf(config.wire ?? null);
  const up = config.wire_up ?? preset.up;
  const down = config.wire_down ?? preset.down;
  // What a preset leaves out goes with its format: another format goes whole.
  const topK = config.top_k ?? (up === preset.up ? preset.topK : null);
  const decay = topK === null ? null : (preset.errorDecay ?? 0.95);
  const keptDown = config.top_k_down ?? (down === preset.down ? (preset.downTopK ?? null) : null);
  // Only differences can leave something out.
  const downTopK = down === "int8" || down === "int4" ? keptDown : null;
  return {
    up,
    down,
    topK,
    downTopK,
    ...(isWholeDown(algorithm, { down, downTopK }) ? { downWhole: true } : {}),
    errorDecay: valueUnlessOff(config.error_decay, decay),
  };
}

function outerOf(
  config: TrainConfig,
  algorithm: Algorithm,
  workers: number,
  wire: WirePlan,
): OuterPlan {
  const usual = outerDefaults(algorithm, workers, wire);
  return {
    kind: usual.kind,
    learningRate: config.outer_learning_rate ?? usual.learningRate,
    momentum: config.nesterov_momentum ?? usual.momentum,
    delay: config.delay ?? workers,
  };
}

/** Inner steps and rounds of a run. */
function lengthOf(config: TrainConfig): { innerSteps: number; rounds: number } {
  const algorithm = algorithmOf(config);
  const usual = algorithm === "decoupled" ? 24 : 30;
  const innerSteps = tauOf(config) ?? Math.min(usual, stepsOf(config) ?? usual);
  const rounds =
    config.steps === undefined
      ? (config.outer_loop_steps ?? 1)
      : Math.max(1, Math.ceil(config.steps / innerSteps));
  return { innerSteps, rounds };
}

/** What a config asks for that does not go together, in one line; null where all does. */
function contradictionIn(config: TrainConfig): string | null {
  const algorithm = algorithmOf(config);
  const { innerSteps } = lengthOf(config);
  const workers = workersOf(config);
  const timing = timingOf(config);
  if (innerSteps > MAX_TAU) return `'tau' is ${innerSteps}; at most ${MAX_TAU} are possible`;
  if (algorithm === "data_parallel" && innerSteps !== 1)
    return `'algorithm' data_parallel exchanges gradients at every step, but 'tau' is ${innerSteps}`;
  if (algorithm === "data_parallel" && (config.fragments ?? 1) > 1)
    return "'fragments' must be 1 for data_parallel, whose optimizer needs all gradients at once";
  if ((config.quorum ?? 1) > workers)
    return `'quorum' is ${config.quorum}, more than the ${workers} of 'workers'`;
  if ((config.overlap_steps ?? 0) >= innerSteps && (config.overlap_steps ?? 0) > 0)
    return `'overlap_steps' is ${config.overlap_steps}, but a round has ${innerSteps} inner steps ('tau')`;
  if (timing.heartbeatTimeoutMs < 2 * timing.heartbeatMs)
    return "'heartbeat_timeout' must be at least twice 'heartbeat_seconds'";
  if ((config.top_k ?? 1) > 4096) return "'top_k' keeps at most 4096 of every 4096 elements";
  if (algorithm === "decoupled" && config.merge === "trimmed")
    return "'merge' trimmed needs several updates at once, and decoupled merges one by one";
  return null;
}

/** Overlap and blending of a config; defaults of arXiv 2501.18512 (streaming) and arXiv 2604.21428 (decoupled). */
function overlapOf(
  config: TrainConfig,
  algorithm: Algorithm,
  innerSteps: number,
): Pick<RunPlan, "overlapSteps" | "blend"> {
  const usual = algorithm === "streaming" ? 1 : algorithm === "decoupled" ? 2 : 0;
  return {
    overlapSteps: config.overlap_steps ?? Math.min(usual, innerSteps - 1),
    blend: config.blend ?? (algorithm === "streaming" ? 0.5 : 0),
  };
}

/** The units of data. @throws DataError where the data cannot be cut so */
function dataPlanOf(
  config: TrainConfig,
  facts: DataFacts,
  shape: { rows: number; length: number },
  innerSteps: number,
): DataPlan {
  const { tokenizer, sampling, seed } = config;
  const { shards, trainTokens } = facts;
  const chunks = makeChunks({
    ...shape,
    mode: config.chunk_size_mode ?? "fixed_bytes",
    tokenizer,
    sampling,
    chunkBytes: config.chunk_size ?? DEFAULT_CHUNK_BYTES,
    innerSteps,
    trainTokens,
    shards,
  });
  const units: UnitPlan = {
    ...shape,
    sampling,
    seed,
    chunks,
    shuffleChunks: config.chunk_shuffle ?? false,
  };
  return {
    ...units,
    digest: facts.digest,
    bytes: facts.bytes,
    tokenizer,
    vocabulary: facts.vocabulary,
    alphabet: facts.alphabet,
    trainTokens,
    unitsPerEpoch: new UnitOrder(units).unitsPerEpoch,
    maxEpochs: config.max_epochs ?? null,
  };
}

/**
 * The plan of a run.
 *
 * @throws EngineError where the module does not do what the algorithm needs, DataError where the data cannot be cut as asked.
 */
export function makePlan(
  config: TrainConfig,
  module: ModuleFacts,
  data: DataFacts,
  runId: string,
): RunPlan | Problem {
  const contradiction = contradictionIn(config);
  if (contradiction !== null) return { problem: `config key ${contradiction}` };
  const algorithm = algorithmOf(config);
  const workers = workersOf(config);
  const { innerSteps, rounds } = lengthOf(config);
  const info = functionNamed(module.functions, "train_step");
  if (algorithm === "data_parallel")
    for (const name of ["grad_step", "init_acc", "apply_step"])
      functionNamed(module.functions, name);
  const [modelRows, length] = batchShape(info);
  const rows = microBatchCount(config, modelRows) * modelRows;
  const tensors = exchangedTensors(info);
  const fragments = makeFragments(tensors, fragmentsOf(config, algorithm));
  const dataPlan = dataPlanOf(config, data, { rows, length }, innerSteps);
  const unitTokens = rows * length;
  const wire = wirePlanOf(config, algorithm);
  const schedule = scheduleOf(config, rounds * innerSteps, unitTokens * workers);
  const epochTokens = (config.max_epochs ?? Infinity) * dataPlan.unitsPerEpoch * unitTokens;
  return {
    version: 1,
    runId,
    algorithm,
    innerSteps,
    rounds,
    workers,
    quorum: config.quorum ?? 1,
    fragments,
    slots: makeSlots(algorithm, innerSteps, fragments),
    ...overlapOf(config, algorithm, innerSteps),
    dynamicSteps: config.dynamic_steps ?? algorithm === "decoupled",
    outer: outerOf(config, algorithm, workers, wire),
    merge: mergeOf(config),
    wire,
    data: dataPlan,
    schedule: { ...schedule, totalTokens: Math.min(schedule.totalTokens, epochTokens) },
    unitTokens,
    module: module.digest,
    timing: timingOf(config),
    ...(config.worker_state_every === undefined ? {} : { stateEvery: config.worker_state_every }),
  };
}

/** Number and kind of fragments; defaults of arXiv 2501.18512 (streaming) and arXiv 2604.21428 (decoupled). */
function fragmentsOf(config: TrainConfig, algorithm: Algorithm): FragmentOptions {
  const usual = algorithm === "streaming" ? 8 : algorithm === "decoupled" ? 24 : 1;
  return {
    count: config.fragments ?? usual,
    kind: config.fragment_kind ?? (algorithm === "streaming" ? "strided" : "balanced"),
  };
}
