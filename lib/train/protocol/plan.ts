/** @file The plan of a distributed run: every number that shepherd, workers and reducers must agree on, fixed when the run begins. */
import type { Schedule } from "../schedule.ts";

/** How workers' progress becomes global progress. */
export const ALGORITHMS = ["diloco", "streaming", "decoupled", "data_parallel"] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

/** Encodings of tensors on the wire. */
export const WIRE_FORMATS = ["f32", "bf16", "int8", "int4"] as const;
export type WireFormat = (typeof WIRE_FORMATS)[number];

/** How updates of several workers become one. */
export const MERGES = ["mean", "clip", "trimmed"] as const;
export type MergeKind = (typeof MERGES)[number];

/** One tensor that workers exchange; all are f32 on the shepherd. */
export interface FragmentTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Number of elements. */
  readonly elements: number;
  /** `buffer`: not trained, averaged without an outer step. */
  readonly role: "param" | "buffer";
}

/** A part of the model that is exchanged and merged as one; its tensors lie one after the other in this order. */
export interface Fragment {
  readonly index: number;
  readonly tensors: readonly FragmentTensor[];
  /** Number of elements of all its tensors. */
  readonly elements: number;
}

/** A point of a round at which workers hand in fragments. */
export interface SyncSlot {
  readonly slot: number;
  /** Inner steps of the round that are done by then, from 1 to `innerSteps`. */
  readonly afterStep: number;
  /** Indices of fragments that are handed in. */
  readonly fragments: readonly number[];
}

/** The outer optimizer. */
export interface OuterPlan {
  /** `nesterov`: torch.optim.SGD(nesterov=True). `delayed_nesterov`: arXiv 2401.09135. `module`: the module's own @apply_step (data_parallel). */
  readonly kind: "nesterov" | "delayed_nesterov" | "module";
  readonly learningRate: number;
  readonly momentum: number;
  /** Updates between two changes of momentum (delayed_nesterov). */
  readonly delay: number;
}

/** What travels between workers and shepherd. */
export interface WirePlan {
  readonly up: WireFormat;
  readonly down: WireFormat;
  /** Elements kept of every chunk of 4,096 in what goes up, by magnitude; null: all. */
  readonly topK: number | null;
  /** The same for what goes down, where that is a difference (`down` int8 or int4); null or left out: all. */
  readonly downTopK?: number | null;
  /** Parameters go down whole where `down` is int8 or int4, not as differences; left out: as differences. */
  readonly downWhole?: boolean;
  /** Decay of the error-feedback residual; null: no error feedback. */
  readonly errorDecay: number | null;
}

/** When an update counts. */
export interface MergePlan {
  readonly kind: MergeKind;
  /** `clip`: largest norm, as a multiple of the median of recent accepted norms. */
  readonly clipFactor: number;
  /** `trimmed`: part of the updates left out at either end, per coordinate. */
  readonly trimFraction: number;
  /** An update whose norm is above this multiple of the median of recent accepted norms is rejected; null: none is. */
  readonly normGate: number | null;
}

/** Which data the run is trained on. */
export interface DataPlan {
  /** SHA-256 of the training data file. */
  readonly digest: string;
  /** Bytes of that file. */
  readonly bytes: number;
  readonly tokenizer: string;
  /** Tokens that a model tells apart. */
  readonly vocabulary: number;
  /** Bytes that have a token, in order of their tokens (`char` only). */
  readonly alphabet: readonly number[] | null;
  readonly sampling: "random" | "fifo";
  readonly seed: number;
  /** Tokens `[0, trainTokens)` are trained on; the rest is held out. */
  readonly trainTokens: number;
  /** Pieces of the data, as tokens `[from, to)`: a unit lies within one. */
  readonly chunks: readonly (readonly [from: number, to: number])[];
  /** Hand out chunks in an order of their own in every epoch. */
  readonly shuffleChunks: boolean;
  /** Sequences of one unit. */
  readonly rows: number;
  /** Tokens of one sequence. */
  readonly length: number;
  readonly unitsPerEpoch: number;
  /** Null: as many as the rounds take. */
  readonly maxEpochs: number | null;
}

/** Deadlines, all in milliseconds. */
export interface TimingPlan {
  readonly heartbeatMs: number;
  readonly heartbeatTimeoutMs: number;
  /** A worker whose heartbeats tell of no new inner step for this long is hung. */
  readonly progressTimeoutMs: number;
  /** A closed connection counts as a crash after this long without another word. */
  readonly reconnectMs: number;
  /** A round is closed over stragglers after this multiple of the median round time, once there is a quorum ... */
  readonly deadlineFactor: number;
  /** ... but not before this long. */
  readonly minDeadlineMs: number;
  /** After the quorum is there, wait this long for the others (decoupled). */
  readonly graceMs: number;
  /** How long a run waits below its quorum before it ends with an error. */
  readonly quorumWaitMs: number;
  /** After a restart, wait this long for the members of the last round. */
  readonly rejoinMs: number;
}

/** Everything that decides the numbers of a distributed run. It is part of the signed run manifest. */
export interface RunPlan {
  readonly version: 1;
  readonly runId: string;
  readonly algorithm: Algorithm;
  /** Inner steps of a round (tau, H). */
  readonly innerSteps: number;
  /** Rounds of the run; in a decoupled run, rounds of all workers together divided by `workers`. */
  readonly rounds: number;
  /** Workers that the run waits for before it begins. */
  readonly workers: number;
  /** Updates that a merge needs. */
  readonly quorum: number;
  readonly fragments: readonly Fragment[];
  readonly slots: readonly SyncSlot[];
  /** Inner steps that a worker goes on after handing in, before it takes the merged fragment over. */
  readonly overlapSteps: number;
  /** theta = alpha * local + (1 - alpha) * global when a merged fragment is taken over. */
  readonly blend: number;
  /** Give slower workers fewer steps (DyLU). */
  readonly dynamicSteps: boolean;
  readonly outer: OuterPlan;
  readonly merge: MergePlan;
  readonly wire: WirePlan;
  readonly data: DataPlan;
  /** Learning rate of inner steps, by global tokens. */
  readonly schedule: Schedule;
  /** Tokens of one unit: one inner step of one worker. */
  readonly unitTokens: number;
  /** SHA-256 of the training module's text. */
  readonly module: string;
  readonly timing: TimingPlan;
  /** A worker keeps its inner state on disk after every so many leases; left out: after each. */
  readonly stateEvery?: number;
}

/** Whether updates of a slot wait for each other (a barrier), or are merged as they come. */
export const isBarrier = ({ algorithm }: RunPlan): boolean => algorithm !== "decoupled";
