/**
 * @file Real runs of two workers on this machine: how long the phases of a round take beside its inner steps, and how many bytes go up and
 * down for each worker beside those of the reference system (f32 as base64 both ways), by wire format; with reducer processes as well.
 * Prints one line of JSON. Needs the executables of `make build`, and IREE for the larger model.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PHASES, type RoundStatus, type RunStatus } from "#lib/train/protocol/status.ts";
import { round } from "./support/measure.ts";

const root = process.cwd();
const tool = join(root, "build/bin/pcp-train");
const hasIree = existsSync(resolve(root, "build/bin/iree-compile"));
const ROUNDS = 6;

const model = hasIree
  ? { module: "tiny.mlir", tau: 20, engine: "iree" }
  : { module: "small.mlir", tau: 20, engine: "interp" };

/** What is measured: flags beyond the common ones. */
const CASES: Readonly<Record<string, readonly string[]>> = {
  "diloco, int8 (default)": [],
  "diloco, bf16": ["--wire", "bf16"],
  "diloco, int4": ["--wire", "int4"],
  "streaming, int8": ["--algorithm", "streaming"],
  "streaming, int8, 2 reducers": ["--algorithm", "streaming", "--reducers", "2"],
};

const config = {
  model_path: join(root, "examples/nanochat", model.module),
  data_path: join(root, "build/demo/text.txt"),
  ...{ engine: model.engine, tau: model.tau, outer_loop_steps: ROUNDS, quorum: 2 },
  ...{ learning_rate: 0.003, eval_every: 0, checkpoint_every: 0 },
};

/** Seconds of phases over rounds; the first is left out, in which workers come one after the other. */
function phases(rounds: readonly RoundStatus[]): Record<string, number> {
  const last = rounds.filter(({ tokens }) => tokens > 0).at(-1);
  const first = rounds[1];
  if (first === undefined || last === undefined) throw new Error("too few rounds");
  const some = rounds.slice(1).filter(({ tokens }) => tokens > 0);
  const sum = (of: (round: RoundStatus) => number): number =>
    some.reduce((total, one) => total + of(one), 0);
  const end = last.startedAt + PHASES.reduce((total, phase) => total + last[phase], 0);
  const total = end - first.startedAt;
  const [compute, wait, upload, merge, publish] = [
    sum((one) => one.compute),
    sum((one) => one.wait),
    sum((one) => one.upload),
    sum((one) => one.merge),
    sum((one) => one.publish),
  ];
  return {
    secondsPerRound: round(total / some.length),
    untilFirstUpdate: round(compute / total),
    untilLastUpdate: round((wait + upload) / total),
    merging: round((merge + publish) / total),
    between: round(Math.max(0, total - compute - wait - upload - merge - publish) / total),
  };
}

/** The last status that a run gave of itself while it went on: only the shepherd knows when updates came. */
async function lastStatus(args: readonly string[]): Promise<RunStatus> {
  const child = spawn(process.execPath, [tool, ...args], { stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(child, "exit");
  const timer = setTimeout(() => child.kill("SIGTERM"), 240_000);
  let text = "";
  child.stderr.on("data", (chunk: Buffer) => {
    text += chunk.toString("utf8");
  });
  let status: RunStatus | null = null;
  while (child.exitCode === null && child.signalCode === null) {
    const url = /listening on (http:\S+);/.exec(text)?.[1];
    if (url !== undefined)
      try {
        status = (await (await fetch(`${url}/v1/status`)).json()) as RunStatus;
      } catch {
        // It has just ended.
      }
    await Promise.race([ended, sleep(200)]);
  }
  clearTimeout(timer);
  if (child.exitCode !== 0 || status === null) throw new Error(`exit ${child.exitCode}: ${text}`);
  return status;
}

async function measure(flags: readonly string[], folder: string): Promise<object> {
  const file = join(folder, "config.json");
  writeFileSync(file, JSON.stringify({ ...config, checkpoint_dir: "run" }));
  const common = ["--config", file, "--workers", "2", "--overwrite"];
  const status = await lastStatus([...common, ...flags]);
  const { up, down } = status.bytesPerRoundAndWorker;
  const reference = status.referenceBytesPerRoundAndWorker;
  const { secondsPerRound, ...shares } = phases(status.recentRounds);
  return {
    bytesUp: up,
    bytesDown: down,
    bytesPerParameter: round((up + down) / status.parameters),
    timesLessThanReference: round(reference / (up + down), 1),
    secondsPerRound,
    // Rounds of a streaming run overlap: their phases are no shares of the time.
    ...(flags.includes("streaming") ? {} : { shares }),
  };
}

if (!existsSync(tool)) process.stdout.write('{"skipped": "build/bin/pcp-train is missing"}\n');
else {
  const folder = mkdtempSync(join(tmpdir(), "pcp-bench-round-"));
  try {
    const results: Record<string, unknown> = { model: model.module, tau: model.tau };
    for (const [name, flags] of Object.entries(CASES)) results[name] = await measure(flags, folder);
    process.stdout.write(`${JSON.stringify(results)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
