/** @file Snapshots of runs for the tests of everything that shows them. */
import { Histogram } from "#lib/train/protocol/histogram.ts";
import type { JournalBody, JournalRecord } from "#lib/train/protocol/records.ts";
import {
  PHASES,
  ROUND_SECONDS_BOUNDS,
  type RoundStatus,
  type RunStatus,
  STALENESS_BOUNDS,
  type WorkerState,
  type WorkerStatus,
} from "#lib/train/protocol/status.ts";

const STATES: readonly WorkerState[] = ["training", "uploading", "waiting", "ready", "training"];

/** A worker in the `index`-th of several states. */
export const workerOf = (index: number, changes: Partial<WorkerStatus> = {}): WorkerStatus => ({
  worker: `w${index}`,
  incarnation: `0000000${index % 10}-0000-4000-8000-000000000000`,
  state: STATES[index % STATES.length] as WorkerState,
  departure: null,
  reason: null,
  backend: index % 3 === 0 ? "cuda" : "cpu",
  target: index % 3 === 0 ? "sm_80" : "znver3",
  device: index % 3 === 0 ? "cuda://0" : "local-task",
  host: `host-${Math.floor(index / 8)}`,
  round: 41,
  step: (index * 7) % 30,
  totalSteps: 1230 + index,
  tokens: 2_500_000 + index * 1000,
  tokensPerSecond: 1000 + ((index * 37) % 900),
  peakFlops: null,
  mfu: null,
  loss: 2.4 + (index % 11) / 100,
  updateNorm: 0.5 + (index % 13) / 50,
  bytesUp: 52_000_000 + index * 1000,
  bytesDown: 61_000_000 + index * 1000,
  heartbeatAgeSeconds: (index % 5) / 2,
  restarts: index % 7 === 3 ? 1 : 0,
  merged: 41,
  rejected: {},
  ...changes,
});

/** A finished round of a run whose loss falls. */
export const roundOf = (round: number): RoundStatus => ({
  round,
  startedAt: round * 22.5,
  compute: 16 + Math.sin(round * 1.7) * 2,
  wait: 3 + Math.cos(round * 2.3) * 2.5,
  upload: 1.1,
  merge: 0.9,
  publish: 0.0115,
  participants: round % 9 === 4 ? 3 : 4,
  rejected: round % 9 === 4 ? 1 : 0,
  loss: 2.2 + 2.6 * Math.exp(-round / 14) + Math.sin(round * 3.1) * 0.03,
  evalLoss: round % 4 === 0 ? 2.27 + 2.6 * Math.exp(-round / 14) : null,
  updateNorm: 0.8 + Math.exp(-round / 10),
  cosine: round === 0 ? null : 0.4 + Math.sin(round) / 10,
  tokens: (round + 1) * 245_760,
  bytesUp: 1_300_000 * 4,
  bytesDown: 1_500_000 * 4,
});

/** Counts of the first rounds, none of whose updates was stale but one. */
export function histogramsOf(rounds: number): Pick<RunStatus, "roundSeconds" | "staleness"> {
  const staleness = new Histogram(STALENESS_BOUNDS);
  const durations = PHASES.map((phase) => {
    const histogram = new Histogram(ROUND_SECONDS_BOUNDS);
    for (let round = 0; round < rounds; round++) histogram.observe(roundOf(round)[phase]);
    return [phase, histogram.status()] as const;
  });
  for (let round = 0; round < rounds; round++) staleness.observe(round === 7 ? 3 : 0);
  return {
    roundSeconds: Object.fromEntries(durations) as RunStatus["roundSeconds"],
    staleness: staleness.status(),
  };
}

/** A snapshot of a run in its 41st round. */
export function statusOf(changes: Partial<RunStatus> = {}): RunStatus {
  return {
    runId: "demo-7f3a",
    state: "running",
    waitingFor: "w3 · 12 s of 40 s",
    algorithm: "diloco",
    round: 41,
    rounds: 120,
    quorum: 3,
    workersWanted: 4,
    tokens: 10_076_160,
    tokensPerSecond: 4321,
    mfu: null,
    flopsPerToken: null,
    peakFlops: null,
    secondsLeft: 1790,
    loss: 2.3471,
    evalLoss: 2.4102,
    uptimeSeconds: 924,
    workers: [
      workerOf(0),
      workerOf(1),
      workerOf(2),
      workerOf(3, {
        state: "silent",
        reason: "no heartbeat for 12 s",
        heartbeatAgeSeconds: 12.4,
        rejected: { late: 2, not_finite: 1 },
      }),
      workerOf(4, { state: "gone", departure: "crashed", reason: "exit code 137 (SIGKILL)" }),
      workerOf(5, { state: "gone", departure: "kicked", reason: "by the operator" }),
      workerOf(6, { state: "gone", departure: "hung", reason: "no inner step for 120 s" }),
    ],
    recentRounds: Array.from({ length: 41 }, (_, round) => roundOf(round)),
    ...histogramsOf(41),
    data: { epoch: 1, unitsPerEpoch: 3600, consumed: 1320, leased: 120 },
    bytesPerRoundAndWorker: { up: 1_300_000, down: 1_500_000 },
    referenceBytesPerRoundAndWorker: 14_000_000,
    checkpoint: { path: "checkpoints/step-000040", round: 40, ageSeconds: 31, seconds: 0.42 },
    parameters: 1_310_720,
    ...changes,
  };
}

const RUN_BEGAN = Date.UTC(2026, 0, 15, 9, 30);

/** The journal of the rounds of a snapshot, as a shepherd writes it. */
export function recordsOf(rounds: number): JournalRecord[] {
  const bodies: JournalBody[] = [];
  const blob = { digest: "ab".repeat(32), bytes: 1_300_000 };
  const incarnation = workerOf(0).incarnation;
  bodies.push({ kind: "start", runId: "demo-7f3a", plan: blob, fragments: [] });
  bodies.push({ kind: "shepherd", incarnation: 1 });
  for (const index of [0, 1, 2, 3]) {
    const { worker, backend, target, device, host } = workerOf(index);
    bodies.push({ kind: "join", worker, incarnation, backend, target, device, host });
  }
  for (let round = 0; round < rounds; round++) {
    const { tokens, loss, evalLoss, updateNorm, cosine } = roundOf(round);
    const names = ["w0", "w1", "w2", "w3"];
    const lease = (worker: string): string => `${round}.${worker}.00000000`;
    bodies.push({
      kind: "open",
      round,
      tokens: tokens - 245_760,
      assignments: names.map((worker, index) => ({
        lease: lease(worker),
        worker,
        incarnation,
        steps: 30,
        units: [{ epoch: 0, from: round * 120 + index * 30, to: round * 120 + index * 30 + 30 }],
      })),
    });
    bodies.push({
      kind: "commit",
      round,
      slot: 0,
      contributions: names.map((worker, index) => ({
        worker,
        incarnation,
        lease: lease(worker),
        updates: [{ fragment: 0, base: round, blob }],
        tokens: 61_440,
        steps: 30,
        loss: loss ?? 0,
        norm: 0.7,
        weight: 61_440,
        scale: 1,
        units: [{ epoch: 0, from: round * 120 + index * 30, to: round * 120 + index * 30 + 30 }],
      })),
      rejected: [],
      fragments: [],
      updateNorm,
      cosine,
      tokens,
    });
    if (evalLoss !== null) bodies.push({ kind: "eval", round, tokens, loss: evalLoss });
  }
  bodies.push({
    kind: "departure",
    worker: "w4",
    incarnation,
    how: "crashed",
    reason: "exit code 137 (SIGKILL)",
  });
  return bodies.map((body, sequence) => ({ ...body, sequence, at: RUN_BEGAN + sequence * 9000 }));
}
