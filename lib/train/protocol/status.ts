/** @file What a run looks like from outside: the one snapshot that `status`, the web page, the dashboard and the metrics show. */
import type { Departure, Rejection } from "./records.ts";

/** What a worker is at. */
export type WorkerState =
  | "joining"
  | "compiling"
  | "checking"
  | "ready"
  | "training"
  | "uploading"
  | "waiting"
  | "draining"
  /** No connection, but not long enough to be counted out. */
  | "silent"
  | "gone";

export interface WorkerStatus {
  readonly worker: string;
  readonly incarnation: string;
  readonly state: WorkerState;
  /** Set where `state` is `gone`. */
  readonly departure: Departure | null;
  /** Why it is in this state, where that needs a reason. */
  readonly reason: string | null;
  readonly backend: string;
  readonly target: string;
  readonly device: string;
  readonly host: string;
  readonly round: number;
  readonly step: number;
  readonly totalSteps: number;
  readonly tokens: number;
  readonly tokensPerSecond: number;
  /** Peak of its device in FLOP/s, by its word or the config's; null where nobody has said. */
  readonly peakFlops: number | null;
  /** Model FLOPs utilization while it trains, from 0 to 1; null where it is not known. */
  readonly mfu: number | null;
  readonly loss: number | null;
  /** Norm of its last pseudo-gradient. */
  readonly updateNorm: number | null;
  readonly bytesUp: number;
  readonly bytesDown: number;
  readonly heartbeatAgeSeconds: number | null;
  readonly restarts: number;
  readonly merged: number;
  readonly rejected: Readonly<Partial<Record<Rejection, number>>>;
}

/** Phases of a round, in their order; together they are the whole round. */
export const PHASES = ["compute", "wait", "upload", "merge", "publish"] as const;
export type Phase = (typeof PHASES)[number];

/** Upper bounds of the counts of round durations, in seconds, and of staleness, in merges of a fragment. */
export const ROUND_SECONDS_BOUNDS = [
  0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 60, 120, 300, 600, 1800, 3600,
] as const;
export const STALENESS_BOUNDS = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256] as const;

/** Observations counted by upper bound (each in one count only), and those above the last one. */
export interface HistogramStatus {
  readonly counts: readonly number[];
  readonly sum: number;
}

/** How long a round's phases took, in seconds. */
export interface RoundStatus {
  readonly round: number;
  /** Seconds since the run began. */
  readonly startedAt: number;
  /** Until the first update began to be uploaded. */
  readonly compute: number;
  /** For the updates of others. */
  readonly wait: number;
  /** Of the update that came last. */
  readonly upload: number;
  /** Until the new state's blobs are durable. */
  readonly merge: number;
  /** Until the commit is in the journal, and the new state can be fetched. */
  readonly publish: number;
  readonly participants: number;
  readonly rejected: number;
  /** Token-weighted mean training loss. */
  readonly loss: number | null;
  readonly evalLoss: number | null;
  readonly updateNorm: number;
  readonly cosine: number | null;
  readonly tokens: number;
  readonly bytesUp: number;
  readonly bytesDown: number;
}

export interface RunStatus {
  readonly runId: string;
  readonly state: "waiting" | "running" | "paused" | "done" | "failed";
  /** What is waited for, such as `w7 · 12 s of 40 s`; null where nothing is. */
  readonly waitingFor: string | null;
  readonly algorithm: string;
  /** Rounds that are over, of all; of a decoupled run those of all workers together. */
  readonly round: number;
  readonly rounds: number;
  readonly quorum: number;
  readonly workersWanted: number;
  readonly tokens: number;
  readonly tokensPerSecond: number;
  /** Model FLOPs utilization of all members together, waits included, from 0 to 1; null where a peak is not known. */
  readonly mfu: number | null;
  /** What MFU is reckoned by: operations per token, and the sum of the members' peaks in FLOP/s. */
  readonly flopsPerToken: number | null;
  readonly peakFlops: number | null;
  readonly secondsLeft: number | null;
  readonly loss: number | null;
  readonly evalLoss: number | null;
  readonly uptimeSeconds: number;
  readonly workers: readonly WorkerStatus[];
  /** Last rounds, oldest first; at most 500. */
  readonly recentRounds: readonly RoundStatus[];
  /** Durations of the rounds that this shepherd has seen through, by {@link ROUND_SECONDS_BOUNDS}. */
  readonly roundSeconds: Readonly<Record<Phase, HistogramStatus>>;
  /** Of every fragment merged: merges of it since its worker's base, by {@link STALENESS_BOUNDS}. */
  readonly staleness: HistogramStatus;
  readonly data: {
    readonly epoch: number;
    readonly unitsPerEpoch: number;
    readonly consumed: number;
    readonly leased: number;
  };
  readonly bytesPerRoundAndWorker: { readonly up: number; readonly down: number };
  /** Of f32 as base64, both ways: what the reference system would have sent. */
  readonly referenceBytesPerRoundAndWorker: number;
  readonly checkpoint: {
    readonly path: string;
    readonly round: number;
    readonly ageSeconds: number;
    /** How long it took to write; null where that is not known. */
    readonly seconds: number | null;
  } | null;
  readonly parameters: number;
}
