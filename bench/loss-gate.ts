/**
 * @file The loss gate on the demo model: evaluation losses of one machine, of one with a batch as large as all workers' together, and of
 * distributed runs, on as many tokens each. Prints one line of JSON.
 *
 * PCP_BENCH_GATE names the model (tiny on IREE, which is the default, or small on the interpreter), PCP_BENCH_BATCHES the batches of
 * a run, PCP_BENCH_ROUNDS the rounds of a distributed one.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  copyText,
  distributed,
  type Gate,
  type GateResult,
  gateRun,
  single,
} from "./support/loss-gate.ts";
import { round } from "./support/measure.ts";

const SIZES = {
  tiny: { engine: "iree", rows: 8, learning_rate: 0.002 },
  small: { engine: "interp", rows: 4, learning_rate: 0.005 },
} as const;

const model = process.env["PCP_BENCH_GATE"] === "small" ? "small" : "tiny";
const { engine, rows, learning_rate: rate } = SIZES[model];

const GATE: Gate = {
  ...{ model, engine, rows },
  batches: Number(process.env["PCP_BENCH_BATCHES"] ?? 400),
  rounds: Number(process.env["PCP_BENCH_ROUNDS"] ?? 10),
  keys: {
    learning_rate: rate,
    min_learning_rate: rate / 10,
    schedule: "cosine",
    warmup_steps: 10,
    eval_batches: engine === "iree" ? 16 : 64,
  },
};

/** Outer steps that take the mean of the workers' parameters as it is. */
const AVERAGE = { outer_learning_rate: 1, nesterov_momentum: 0 };

/** Runs, with the one on a single machine whose batch is as large. */
const RUNS = [
  [single("one machine", 1), null],
  [single("batch x 2", 2), null],
  [single("batch x 4", 4), null],
  [distributed("diloco, 2 workers", 2), "batch x 2"],
  [distributed("diloco, 4 workers", 4), "batch x 4"],
  [distributed("diloco, 2 workers, rate 1, no momentum", 2, AVERAGE), "batch x 2"],
  [distributed("diloco, 4 workers, rate 1, no momentum", 4, AVERAGE), "batch x 4"],
  [distributed("streaming, 2 workers", 2, { algorithm: "streaming" }), "batch x 2"],
  [distributed("decoupled, 2 workers", 2, { algorithm: "decoupled" }), "batch x 2"],
  [
    distributed("int4, all values, 2 workers", 2, { wire_up: "int4", wire_down: "int4" }),
    "batch x 2",
  ],
  [distributed("int4, 2 workers", 2, { wire: "int4" }), "batch x 2"],
] as const;

async function main(): Promise<object> {
  if (engine === "iree" && !existsSync(".venv/bin/python"))
    return { skipped: "no .venv: run make setup" };
  const folder = mkdtempSync(join(tmpdir(), "pcp-gate-"));
  try {
    copyText(folder);
    const results = new Map<string, GateResult>();
    for (const [run] of RUNS) {
      results.set(run.name, await gateRun(GATE, run, folder));
      process.stderr.write(`loss-gate: ${run.name}: ${results.get(run.name)?.loss.toFixed(4)}\n`);
    }
    const percent = (loss: number, reference: string): number =>
      round(100 * (loss / (results.get(reference)?.loss ?? Number.NaN) - 1), 2);
    const runs = RUNS.map(([{ name }, reference]) => {
      const { loss, steps, seconds } = results.get(name) as GateResult;
      const gap = reference === null ? {} : { besideSameBatchPercent: percent(loss, reference) };
      return { name, loss: round(loss, 4), steps, seconds: round(seconds, 1), ...gap };
    });
    const { batches, rounds } = GATE;
    return { model, engine, batches, rounds, tokens: results.get("one machine")?.tokens, runs };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.stdout.write(`${JSON.stringify(await main())}\n`);
