/** @file The loss gate: the same tokens through one machine and through distributed runs, real processes, and the evaluation loss of each. */
import { copyFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { readMetrics } from "#lib/train/metrics.ts";

/**
 * What all runs of a gate have in common. All begin with the same weights, trained on one machine, as arXiv 2311.08105 begins after 24 of 88
 * thousand steps, and with no optimizer state.
 */
export interface Gate {
  /** Model of examples/nanochat. */
  readonly model: "small" | "tiny";
  readonly engine: "interp" | "iree";
  /** Sequences of one batch of the model. */
  readonly rows: number;
  /** Training before all runs: batches in all, {@link WIDE} of them in one step. */
  readonly before: { readonly batches: number; readonly rate: number };
  /** Batches in all: every run trains on so many, whoever does. */
  readonly batches: number;
  /** Rounds of the distributed runs. */
  readonly rounds: number;
  /** Largest learning rate, unless a run has its own. */
  readonly rate: number;
  /** Batches of an evaluation. */
  readonly held: number;
  /** Selects first weights and data. */
  readonly seed: number;
}

/** Batches of one step of the training before all runs. */
const WIDE = 4;

/** Both are measured in docs/cluster-results.md; `small` is what a test has time for. */
export const GATES: Readonly<Record<Gate["model"], Gate>> = {
  small: {
    ...{ model: "small", engine: "interp", rows: 4, held: 64, seed: 0 },
    before: { batches: 720, rate: 0.008 },
    ...{ batches: 400, rounds: 10, rate: 0.006 },
  },
  tiny: {
    ...{ model: "tiny", engine: "iree", rows: 8, held: 16, seed: 0 },
    before: { batches: 1600, rate: 0.003 },
    ...{ batches: 400, rounds: 10, rate: 0.001 },
  },
};

/** One run: on one machine with a batch `workers` times as large, or with so many workers. */
export interface GateRun {
  readonly name: string;
  readonly workers: number;
  /** Config keys; null: one machine. */
  readonly distributed: Readonly<Record<string, unknown>> | null;
  /** Largest learning rate; left out: the gate's. */
  readonly rate?: number;
  /** One of so many parts of the tokens is all that is trained on; left out: all of them. */
  readonly parts?: number;
}

export interface GateResult {
  readonly name: string;
  /** Evaluation loss at the end, of the outer parameters where there are such. */
  readonly loss: number;
  readonly steps: number;
  readonly tokens: number;
  readonly seconds: number;
}

export const single = (name: string, workers: number, rate?: number): GateRun => ({
  name,
  workers,
  distributed: null,
  ...(rate === undefined ? {} : { rate }),
});

/** One of so many workers with nobody to exchange anything with. */
export const alone = (name: string, workers: number): GateRun => ({
  name,
  workers: 1,
  distributed: null,
  parts: workers,
});

export const distributed = (
  name: string,
  workers: number,
  keys: Readonly<Record<string, unknown>> = {},
): GateRun => ({ name, workers, distributed: { algorithm: "diloco", ...keys } });

const TEXT = "text.txt";

const root = resolve(import.meta.dirname, "../..");

/** Copies the text to train on, which changes with the project, into a gate's folder: it is the same for all runs. */
export const copyText = (folder: string): void =>
  copyFileSync(join(root, "build/demo/text.txt"), join(folder, TEXT));

/** All members are waited for, however busy the machine is: who takes part would change the numbers. */
const PATIENT = {
  heartbeat_timeout: 120,
  progress_timeout: 900,
  round_deadline: 900,
  deadline_factor: 100,
};

/** Config of steps on one machine, each of so many batches. */
const aloneOf = ({ rows }: Gate, batches: number, wide: number) => ({
  steps: batches / wide,
  effective_batch_size: wide * rows,
});

function ownKeys(gate: Gate, { workers, distributed: more, rate, parts }: GateRun): object {
  const batches = gate.batches / (parts ?? 1);
  const steps = batches / workers;
  const tau = steps / gate.rounds;
  if (!Number.isInteger(tau))
    throw new RangeError(`${batches} batches do not make ${gate.rounds} rounds of ${workers}`);
  const peak = rate ?? gate.rate;
  const own =
    more === null
      ? aloneOf(gate, batches, workers)
      : { workers, tau, outer_loop_steps: gate.rounds, ...PATIENT, ...more };
  return { learning_rate: peak, min_learning_rate: peak / 10, eval_every: steps, ...own };
}

/** Trains to the end; `folder` has the text, and gets the config and the checkpoint. @throws Error with all that the run said where it fails */
async function train(
  gate: Gate,
  name: string,
  keys: object,
  workers: number | null,
  folder: string,
): Promise<GateResult> {
  const at = (file: string): string => join(root, "examples/nanochat", file);
  const config = {
    model_path: at(`${gate.model}.mlir`),
    manifest_path: at(`${gate.model}.manifest.json`),
    data_path: TEXT,
    engine: gate.engine,
    seed: gate.seed,
    tensorboard: false,
    log_every: gate.batches,
    eval_batches: gate.held,
    schedule: "cosine",
    warmup_steps: 10,
    ...keys,
    checkpoint_dir: name,
  };
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(config));
  const tool = join(root, "build/bin/pcp-train");
  const begun = performance.now();
  const { exitCode, all } = await execa(
    process.execPath,
    [
      ...[tool, "--config", file, "--no-dashboard"],
      ...(workers === null ? [] : ["--workers", String(workers)]),
    ],
    { cwd: folder, reject: false, stdin: "ignore", all: true, timeout: 1_200_000 },
  );
  if (exitCode !== 0) throw new Error(`${name}: exit ${exitCode}\n${all}`);
  const last = readMetrics(join(folder, name)).findLast(({ event }) => event === "eval");
  if (last === undefined) throw new Error(`${name}: no evaluation\n${all}`);
  const seconds = (performance.now() - begun) / 1000;
  return { name, loss: Number(last["loss"]), steps: last.step, tokens: last.tokens, seconds };
}

const BEFORE = "before";

/** Trains what all runs begin with; it stays in `folder`, where {@link gateRun} finds it. */
export async function trainBefore(gate: Gate, folder: string): Promise<GateResult> {
  const { batches, rate } = gate.before;
  const keys = { learning_rate: rate, min_learning_rate: rate / 5, eval_every: batches / WIDE };
  return train(gate, BEFORE, { ...keys, ...aloneOf(gate, batches, WIDE) }, null, folder);
}

/** The weights of the last checkpoint of {@link trainBefore}. */
function weightsIn(folder: string): string {
  const steps = readdirSync(join(folder, BEFORE)).filter((name) => name.startsWith("step-"));
  return join(folder, BEFORE, steps.sort().at(-1) ?? "", "weights.safetensors");
}

/**
 * Trains a run to the end, from what {@link trainBefore} has left in the same folder.
 *
 * @throws Error with all that the run said where it fails.
 */
export const gateRun = (gate: Gate, run: GateRun, folder: string): Promise<GateResult> =>
  train(
    gate,
    run.name,
    { weights_path: weightsIn(folder), ...ownKeys(gate, run) },
    run.distributed === null ? null : run.workers,
    folder,
  );
