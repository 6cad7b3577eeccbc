/**
 * @file The loss gate on the demo model: from the same weights and on as many tokens each, evaluation losses of one machine with a batch as large as all
 * workers' together, at several learning rates, of one worker alone, and of distributed runs. Prints one line of JSON.
 *
 * PCP_BENCH_GATE names the model (tiny on IREE, which is the default, or small on the interpreter), PCP_BENCH_SEED what selects
 * first weights and data.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  alone,
  copyText,
  distributed,
  GATES,
  type Gate,
  type GateResult,
  type GateRun,
  gateRun,
  single,
  trainBefore,
} from "./support/loss-gate.ts";
import { round } from "./support/measure.ts";

const GATE: Gate = {
  ...GATES[process.env["PCP_BENCH_GATE"] === "small" ? "small" : "tiny"],
  seed: Number(process.env["PCP_BENCH_SEED"] ?? 0),
};

/** Outer steps that take the mean of the workers' parameters as it is. */
const AVERAGE = { outer_learning_rate: 1, nesterov_momentum: 0 };

/** Learning rates at which references are trained besides the gate's own, as multiples of it. */
const HOTTER = [2, 4, 8];

/** One machine that takes as many tokens as `workers` do, at all rates. */
const references = (workers: number): GateRun[] => [
  single(`batch x ${workers}`, workers),
  ...HOTTER.map((times) =>
    single(`batch x ${workers}, rate x ${times}`, workers, times * GATE.rate),
  ),
];

/** Distributed runs, and what one of so many workers reaches alone. */
const RUNS: readonly GateRun[] = [
  alone("alone, a half", 2),
  alone("alone, a quarter", 4),
  distributed("diloco, 2 workers", 2),
  distributed("diloco, 4 workers", 4),
  distributed("diloco, 2 workers, rate 1, no momentum", 2, AVERAGE),
  distributed("streaming, 2 workers", 2, { algorithm: "streaming" }),
  distributed("decoupled, 2 workers", 2, { algorithm: "decoupled" }),
  distributed("int4, all values, 2 workers", 2, { wire_up: "int4", wire_down: "int4" }),
  distributed("int4, 2 workers", 2, { wire: "int4" }),
];

async function measure(folder: string): Promise<object> {
  const trained = async (run: GateRun): Promise<GateResult> => {
    const result = await gateRun(GATE, run, folder);
    process.stderr.write(`loss-gate: ${run.name}: ${result.loss.toFixed(4)}\n`);
    return result;
  };
  const percent = (loss: number, reference: number): number =>
    round(100 * (loss / reference - 1), 2);
  const before = await trainBefore(GATE, folder);
  const machines: object[] = [];
  const same = new Map<number, number>();
  const best = new Map<number, number>();
  let tokens = 0;
  for (const workers of [2, 4])
    for (const [index, run] of references(workers).entries()) {
      const result = await trained(run);
      const { name, loss, steps } = result;
      tokens = result.tokens;
      if (index === 0) same.set(workers, loss);
      best.set(workers, Math.min(loss, best.get(workers) ?? loss));
      machines.push({ name, rate: run.rate ?? GATE.rate, loss: round(loss, 4), steps });
    }
  const runs: object[] = [];
  for (const run of RUNS) {
    const { name, loss, steps, seconds } = await trained(run);
    const workers = run.parts ?? run.workers;
    const besideSameRatePercent = percent(loss, same.get(workers) ?? Number.NaN);
    const besideBestRatePercent = percent(loss, best.get(workers) ?? Number.NaN);
    const gaps = { besideSameRatePercent, besideBestRatePercent };
    runs.push({ name, loss: round(loss, 4), steps, seconds: round(seconds, 1), ...gaps });
  }
  const { model, engine, batches, rounds, rate, seed } = GATE;
  const recipe = { model, engine, seed, batches, rounds, rate, tokens };
  return { ...recipe, before: round(before.loss, 4), machines, runs };
}

async function main(): Promise<object> {
  if (GATE.engine === "iree" && !existsSync(".venv/bin/python"))
    return { skipped: "no .venv: run make setup" };
  const folder = mkdtempSync(join(tmpdir(), "pcp-gate-"));
  try {
    copyText(folder);
    return await measure(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.stdout.write(`${JSON.stringify(await main())}\n`);
