/** @file What happens in a simulated run: its plan and its faults, all from one seed. */
import { isWholeDown } from "#lib/train/diloco/defaults.ts";
import { makeFragments, makeSlots } from "#lib/train/diloco/fragments.ts";
import {
  ALGORITHMS,
  type Algorithm,
  type RunPlan,
  type WireFormat,
  type WirePlan,
} from "#lib/train/protocol/plan.ts";
import type { NetworkFaults } from "./network.ts";
import { type Random, random } from "./random.ts";

/** Bugs that the simulation can be given, to see that it finds them. */
export type SeededBug =
  /** The server takes every incarnation of a worker's name for the present one. */
  | "unfenced"
  /** The journal tells of records as durable that a crash can lose. */
  | "unsynced"
  /** A restarted shepherd forgets who has departed. */
  | "arrival-order";

export type Fault =
  | {
      readonly kind: "kill-worker";
      readonly at: number;
      readonly worker: number;
      readonly closes: boolean;
    }
  | { readonly kind: "kill-shepherd"; readonly at: number; readonly down: number }
  /** The process dies where it passes a fail point for the n-th time; `w*`: any worker. */
  | {
      readonly kind: "fail-point";
      readonly name: string;
      readonly passes: number;
      readonly down: number;
    }
  | { readonly kind: "freeze"; readonly at: number; readonly worker: number; readonly for: number }
  | { readonly kind: "hang"; readonly at: number; readonly worker: number }
  | {
      readonly kind: "partition";
      readonly at: number;
      readonly worker: number;
      readonly for: number;
    }
  | { readonly kind: "slow"; readonly at: number; readonly worker: number; readonly factor: number }
  | {
      readonly kind: "spoil";
      readonly at: number;
      readonly worker: number;
      readonly factor: number;
    }
  | { readonly kind: "terminate"; readonly at: number; readonly worker: number }
  | { readonly kind: "join"; readonly at: number }
  | { readonly kind: "same-name"; readonly at: number; readonly worker: number }
  | {
      readonly kind: "operator";
      readonly at: number;
      readonly action: "pause" | "drain" | "kick";
      readonly worker: number;
      readonly for: number;
    }
  | { readonly kind: "clock-jump"; readonly at: number; readonly by: number }
  | { readonly kind: "lose-blobs"; readonly passes: number };

export interface Scenario {
  readonly seed: number;
  readonly plan: RunPlan;
  readonly workers: number;
  readonly stepMs: number;
  readonly network: NetworkFaults;
  /** Part of merges that fail, as when a reducer dies. */
  readonly mergeFailures: number;
  /** Part of merges before which one of the updates is lost from the shepherd's disk. */
  readonly blobLoss: number;
  readonly faults: readonly Fault[];
  readonly bug: SeededBug | null;
}

const SHEPHERD_POINTS = [
  "shepherd.after-join",
  "shepherd.after-submit",
  "shepherd.before-open",
  "shepherd.after-open",
  "shepherd.before-merge",
  "shepherd.before-commit",
  "shepherd.after-commit",
  "shepherd.after-departure",
];
const WORKER_POINTS = [
  "worker.after-register",
  "worker.after-lease",
  "worker.after-step",
  "worker.before-upload",
  "worker.after-upload",
  "worker.after-submit",
  "worker.after-merge",
];

/** A plan of a small run. */
function planOf(seed: number, rng: Random, workers: number): RunPlan {
  const algorithm = ALGORITHMS[seed % ALGORITHMS.length] as Algorithm;
  const tensors = Array.from({ length: rng.int(1, 4) }, (_, i) => {
    const elements = rng.int(1, 6);
    return { name: `h.${i}.weight`, shape: [elements], elements, role: "param" as const };
  });
  const fragments = makeFragments(tensors, { count: rng.int(1, 3), kind: "balanced" });
  const innerSteps = algorithm === "data_parallel" ? 1 : rng.int(2, 4);
  const overlaps = algorithm === "streaming" || algorithm === "decoupled";
  const epochs = rng.chance(0.25);
  const rounds = rng.int(2, algorithm === "data_parallel" ? 6 : 4);
  const up = rng.pick(["f32", "f32", "bf16", "int8", "int4"] as const);
  return {
    version: 1,
    runId: `simulation-${seed}`,
    algorithm,
    innerSteps,
    rounds,
    workers,
    quorum: algorithm === "decoupled" ? 1 : rng.int(1, Math.max(1, workers - 1)),
    fragments,
    slots: makeSlots(algorithm, innerSteps, fragments),
    overlapSteps: overlaps ? rng.int(0, 1) : 0,
    blend: algorithm === "streaming" ? rng.pick([0, 0.5]) : 0,
    dynamicSteps: rng.chance(algorithm === "decoupled" ? 0.5 : 0.1),
    outer: outerOf(algorithm),
    merge: {
      kind: rng.pick(["mean", "mean", "clip", "trimmed"] as const),
      clipFactor: 2,
      trimFraction: 0.2,
      normGate: rng.chance(0.7) ? 50 : null,
    },
    wire: wireOf(rng, up, algorithm),
    data: {
      digest: "0".repeat(64),
      bytes: 1_000,
      tokenizer: "char",
      vocabulary: 16,
      alphabet: null,
      sampling: "random",
      seed,
      trainTokens: 1_000,
      chunks: [[0, 1_000]],
      shuffleChunks: false,
      rows: 1,
      length: 8,
      unitsPerEpoch: rng.int(3, 40),
      maxEpochs: epochs ? rng.int(1, 2) : null,
    },
    schedule: { kind: "cosine", peak: 0.1, end: 0.01, warmupTokens: 32, totalTokens: 1_000 },
    unitTokens: 8,
    module: "0".repeat(64),
    timing: {
      heartbeatMs: 1_000,
      heartbeatTimeoutMs: 5_000,
      progressTimeoutMs: 8_000,
      reconnectMs: 1_000,
      deadlineFactor: 3,
      minDeadlineMs: 6_000,
      graceMs: 50,
      quorumWaitMs: 900_000,
      rejoinMs: 15_000,
    },
  };
}

function outerOf(algorithm: Algorithm): RunPlan["outer"] {
  if (algorithm === "data_parallel")
    return { kind: "module", learningRate: 1, momentum: 0, delay: 1 };
  const kind = algorithm === "decoupled" ? "delayed_nesterov" : "nesterov";
  return { kind, learningRate: 0.7, momentum: 0.9, delay: 2 };
}

function wireOf(rng: Random, up: WireFormat, algorithm: Algorithm): WirePlan {
  const wire = {
    up,
    down: rng.pick(["f32", "bf16", "int8"] as const),
    topK: up === "f32" || rng.chance(0.7) ? null : 64,
    errorDecay: up === "f32" ? null : 0.95,
  };
  return isWholeDown(algorithm, wire) ? { ...wire, downWhole: true } : wire;
}

/** `span`: about how long the run takes without faults, which is when they are of interest. */
function faultOf(rng: Random, workers: number, span: number): Fault {
  const at = Math.round(rng.between(50, span));
  const worker = rng.int(0, workers - 1);
  const down = Math.round(rng.between(50, 8_000));
  switch (rng.int(0, 13)) {
    case 0:
      return { kind: "kill-worker", at, worker, closes: rng.chance(0.6) };
    case 1:
      return { kind: "kill-shepherd", at, down };
    case 2:
    case 3:
      return { kind: "fail-point", name: rng.pick(SHEPHERD_POINTS), passes: rng.int(1, 6), down };
    case 4:
      return { kind: "fail-point", name: rng.pick(WORKER_POINTS), passes: rng.int(1, 12), down };
    case 5:
      return { kind: "freeze", at, worker, for: rng.between(500, 20_000) };
    case 6:
      return { kind: "hang", at, worker };
    case 7:
      return { kind: "partition", at, worker, for: rng.between(500, 20_000) };
    case 8:
      return { kind: "slow", at, worker, factor: rng.pick([2, 5, 20]) };
    case 9:
      return { kind: "spoil", at, worker, factor: rng.pick([Number.NaN, 1e9]) };
    case 10:
      return rng.chance(0.5) ? { kind: "join", at } : { kind: "terminate", at, worker };
    case 11:
      return { kind: "same-name", at, worker };
    case 12:
      return {
        kind: "operator",
        action: rng.pick(["pause", "drain", "kick"] as const),
        ...{ at, worker, for: rng.between(100, 5_000) },
      };
    default:
      return rng.chance(0.5)
        ? { kind: "clock-jump", at, by: rng.between(-1e9, 1e9) }
        : { kind: "lose-blobs", passes: rng.int(1, 10) };
  }
}

/** Faults that leave who takes part as it is, if they are not too long. */
const KEEPS_MEMBERS: ReadonlySet<Fault["kind"]> = new Set<Fault["kind"]>([
  "kill-shepherd",
  "clock-jump",
  "lose-blobs",
]);

export function scenarioOf(seed: number, bug: SeededBug | null = null): Scenario {
  const rng = random(seed, "scenario");
  const workers = rng.int(1, 4);
  const plan = planOf(seed, rng, workers);
  const calm = rng.chance(0.35);
  const count = rng.int(0, 5);
  const stepMs = rng.between(50, 300);
  const span = 1_000 + 1.2 * plan.rounds * plan.innerSteps * stepMs;
  const faults = Array.from({ length: count }, () => faultOf(rng, workers, span)).filter(
    (fault) =>
      !calm ||
      KEEPS_MEMBERS.has(fault.kind) ||
      (fault.kind === "fail-point" && fault.name.startsWith("shepherd.")),
  );
  const rough = rng.chance(0.5);
  return {
    seed,
    plan,
    workers,
    stepMs,
    network: {
      delayMs: rng.pick([5, 50, 400]),
      loss: rough ? rng.pick([0, 0.01, 0.05]) : 0,
      duplicates: rough ? 0.05 : 0,
    },
    mergeFailures: rng.chance(0.1) ? 0.2 : 0,
    blobLoss: rng.chance(0.1) ? 0.2 : 0,
    faults,
    bug,
  };
}

/** The same run without any fault. */
export const undisturbed = (scenario: Scenario): Scenario => ({
  ...scenario,
  network: { delayMs: 5, loss: 0, duplicates: 0 },
  mergeFailures: 0,
  blobLoss: 0,
  faults: [],
  bug: null,
});
