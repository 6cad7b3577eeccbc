/** @file The loss gate: the same tokens through one machine and through distributed runs, real processes, and the evaluation loss of each. */
import { copyFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { readMetrics } from "#lib/train/metrics.ts";

/** What all runs of a gate have in common. */
export interface Gate {
  /** Model of examples/nanochat. */
  readonly model: "small" | "tiny";
  readonly engine: "interp" | "iree";
  /** Sequences of one batch of the model. */
  readonly rows: number;
  /** Batches in all: every run trains on so many, whoever does. */
  readonly batches: number;
  /** Rounds of the distributed runs. */
  readonly rounds: number;
  readonly keys: Readonly<Record<string, unknown>>;
}

/** One run: on one machine with a batch `workers` times as large, or with so many workers. */
export interface GateRun {
  readonly name: string;
  readonly workers: number;
  /** Config keys; null: one machine. */
  readonly distributed: Readonly<Record<string, unknown>> | null;
}

export interface GateResult {
  readonly name: string;
  /** Evaluation loss at the end, of the outer parameters where there are such. */
  readonly loss: number;
  readonly steps: number;
  readonly tokens: number;
  readonly seconds: number;
}

export const single = (name: string, workers: number): GateRun => ({
  name,
  workers,
  distributed: null,
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

/** Config of a run. */
function configOf(gate: Gate, { name, workers, distributed: more }: GateRun): object {
  const steps = gate.batches / workers;
  const tau = steps / gate.rounds;
  if (!Number.isInteger(tau))
    throw new RangeError(`${gate.batches} batches do not make ${gate.rounds} rounds of ${workers}`);
  const own =
    more === null
      ? { steps, effective_batch_size: workers * gate.rows }
      : { workers, tau, outer_loop_steps: gate.rounds, ...PATIENT, ...more };
  const at = (file: string): string => join(root, "examples/nanochat", file);
  return {
    model_path: at(`${gate.model}.mlir`),
    manifest_path: at(`${gate.model}.manifest.json`),
    data_path: TEXT,
    engine: gate.engine,
    tensorboard: false,
    checkpoint_every: 0,
    log_every: steps,
    eval_every: steps,
    ...gate.keys,
    ...own,
    checkpoint_dir: name,
  };
}

/**
 * Trains to the end.
 *
 * @param folder - where the text is, and the run's config and checkpoint go.
 * @throws Error with all that the run said where it fails.
 */
export async function gateRun(gate: Gate, run: GateRun, folder: string): Promise<GateResult> {
  const config = join(folder, `${run.name}.json`);
  writeFileSync(config, JSON.stringify(configOf(gate, run)));
  const workers = run.distributed === null ? [] : ["--workers", String(run.workers)];
  const tool = join(root, "build/bin/pcp-train");
  const begun = performance.now();
  const { exitCode, all } = await execa(
    process.execPath,
    [tool, "--config", config, "--no-dashboard", ...workers],
    { cwd: folder, reject: false, stdin: "ignore", all: true, timeout: 1_200_000 },
  );
  if (exitCode !== 0) throw new Error(`${run.name}: exit ${exitCode}\n${all}`);
  const last = readMetrics(join(folder, run.name)).findLast(({ event }) => event === "eval");
  if (last === undefined) throw new Error(`${run.name}: no evaluation\n${all}`);
  return {
    name: run.name,
    loss: Number(last["loss"]),
    steps: last.step,
    tokens: last.tokens,
    seconds: (performance.now() - begun) / 1000,
  };
}
