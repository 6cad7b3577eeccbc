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

/** How long a round's phases took, in seconds. */
export interface RoundStatus {
  readonly round: number;
  /** Seconds since the run began. */
  readonly startedAt: number;
  /** Until the first update, then until the last one that counted, then merging. */
  readonly compute: number;
  readonly wait: number;
  readonly merge: number;
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
  readonly round: number;
  readonly rounds: number;
  readonly quorum: number;
  readonly workersWanted: number;
  readonly tokens: number;
  readonly tokensPerSecond: number;
  readonly secondsLeft: number | null;
  readonly loss: number | null;
  readonly evalLoss: number | null;
  readonly uptimeSeconds: number;
  readonly workers: readonly WorkerStatus[];
  /** Last rounds, oldest first; at most 500. */
  readonly recentRounds: readonly RoundStatus[];
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
  } | null;
  readonly parameters: number;
}
