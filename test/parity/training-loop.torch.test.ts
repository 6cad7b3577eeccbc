/** @file Whole runs of pcp-train beside a PyTorch loop after docs/training.md: batches, rates, accumulation, clip, decay, evaluation. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, it } from "vitest";
import { exportMain } from "#lib/driver/export.ts";
import { memoryIo } from "#lib/driver/memory-io.ts";
import { trainMain } from "#lib/driver/train.ts";
import { readMetrics } from "#lib/train/metrics.ts";
import { findIree, findTorch, inRoot, ROOT, say } from "./environment.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pcp-loop-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const STEPS = 50;

const runs = [
  {
    name: "adamw, random, cosine, accumulated, warm-up in tokens",
    model: "nanochat",
    file: "NanoChat",
    config: {
      tokenizer: "byte",
      sampling: "random",
      seed: 2 ** 40 + 7,
      learning_rate: 3e-3,
      min_learning_rate: 1e-4,
      schedule: "cosine",
      warmup_tokens: 3000,
      effective_batch_size: 12,
      optimizer: { name: "adamw", beta2: 0.95, weight_decay: 0.1, clip_grad_norm: 0.5 },
      eval_fraction: 0.1,
      eval_every: 20,
      eval_batches: 3,
    },
  },
  {
    name: "sgd with Nesterov, fifo, linear, unclipped, own choice of decay",
    model: "nanogpt",
    file: "NanoGpt",
    config: {
      tokenizer: "char",
      sampling: "fifo",
      seed: 3,
      learning_rate: 0.05,
      min_learning_rate: 0.01,
      schedule: "linear",
      warmup_steps: 5,
      optimizer: {
        name: "sgd",
        momentum: 0.9,
        nesterov: true,
        weight_decay: 0.02,
        no_decay: "bias|^wte",
        clip_grad_norm: "off",
      },
      eval_fraction: 0.3,
      eval_every: 25,
      eval_batches: 2,
    },
  },
] as const;

/** Runs a tool inside the process; throws what it says where it fails. */
async function succeed(main: typeof trainMain, argv: readonly string[]): Promise<void> {
  const io = memoryIo({ argv: [...argv], cwd: ROOT, env: process.env });
  const code = await main(io);
  if (code !== 0) throw new Error(`${argv.join(" ")}: exit ${code}\n${io.stderrText()}`);
}

it.for(runs)("$name", { timeout: 240_000 }, async ({ model, file, config }, context) => {
  const [python, iree] = [await findTorch(), await findIree()];
  if (python === null || iree === null)
    return context.skip("no Python with requirements/export.txt");
  const source = inRoot(`examples/${model}/model.py`);
  const sizes = inRoot(`examples/${model}/small.json`);
  const at = (name: string): string => join(folder, `${model}${name}`);
  const weights = ["--weights", at(".safetensors"), "--seed", "4"];
  await succeed(exportMain, [
    `${source}:${file}`,
    "--config",
    sizes,
    ...weights,
    "-o",
    at(".mlir"),
  ]);
  writeFileSync(at(".txt"), readFileSync(inRoot("LICENSE"), "utf8").toLowerCase());
  const full = {
    ...config,
    model_path: at(".mlir"),
    weights_path: at(".safetensors"),
    data_path: at(".txt"),
    checkpoint_dir: at(".run"),
    steps: STEPS,
  };
  writeFileSync(at(".train.json"), JSON.stringify(full));
  await succeed(trainMain, ["--config", at(".train.json")]);
  const loop = [inRoot("test/parity/python/training_loop.py"), source, file, sizes];
  const { stdout } = await execa(python.path, [...loop, at(".train.json")]);
  const expected = JSON.parse(stdout) as {
    steps: [loss: number, norm: number, rate: number][];
    evaluations: number[];
  };
  const events = readMetrics(at(".run"));
  const steps = events.filter(({ event }) => event === "step");
  expect(steps).toHaveLength(STEPS);
  const largest = [0, 0, 0, 0] as [number, number, number, number];
  const compare = (kind: number, ours: unknown, theirs: number): void => {
    largest[kind] = Math.max(largest[kind] ?? 0, Math.abs(Number(ours) - theirs));
  };
  steps.forEach((step, index) => {
    const [loss, norm, rate] = expected.steps[index] as [number, number, number];
    compare(0, step["loss"], loss);
    compare(1, Number(step["grad_norm"]) / norm, 1);
    compare(2, Number(step["lr"]) / rate, 1);
  });
  expected.evaluations.forEach((loss, index) => {
    const step = (index + 1) * config.eval_every;
    const found = events.find((each) => each.event === "eval" && each.step === step);
    compare(3, found?.["loss"], loss);
  });
  const [loss, norm, rate, held] = largest;
  say(
    `OK ${model}, ${STEPS} steps: loss ${loss.toExponential(1)}, norm ${norm.toExponential(1)}, evaluation ${held.toExponential(1)} from PyTorch's`,
  );
  expect(Number(steps.at(-1)?.["loss"])).toBeLessThan(Number(steps[0]?.["loss"]) - 0.5);
  expect(loss).toBeLessThan(1e-4);
  expect(norm).toBeLessThan(1e-3);
  expect(rate).toBeLessThan(1e-12);
  expect(held).toBeLessThan(1e-4);
});
