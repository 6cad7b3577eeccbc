/** @file pcp-train as a process: training, interruption at random moments, damage, and what it says about mistakes. */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findIree } from "../runtime/iree.ts";
import { root, run, start, until } from "./processes.ts";

const iree = await findIree();

let folder: string;
let config: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pcp-train-"));
  writeFileSync(
    join(folder, "text.txt"),
    "the quick brown fox jumps over the lazy dog. ".repeat(200),
  );
  config = writeConfig("config.json", {});
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function writeConfig(name: string, keys: Record<string, unknown>): string {
  const path = join(folder, name);
  const base = {
    model_path: join(root, "test/fixtures/train/bigram.mlir"),
    manifest_path: join(root, "test/fixtures/train/bigram.manifest.json"),
    data_path: "text.txt",
    engine: "interp",
    steps: 60,
    learning_rate: 0.1,
    schedule: "cosine",
    checkpoint_every: 5,
    checkpoint_dir: "run",
    log_every: 20,
  };
  writeFileSync(path, JSON.stringify({ ...base, ...keys }));
  return path;
}

/** Whether a run has left a checkpoint by now: whichever, because the first ones are soon removed. */
const hasCheckpoint = (run: string): boolean =>
  existsSync(run) && readdirSync(run).some((name) => /^step-\d+$/.test(name));

const weightsOf = (run: string, step: number): Buffer =>
  readFileSync(join(run, `step-${String(step).padStart(8, "0")}`, "weights.safetensors"));

describe("pcp-train", () => {
  it("lowers the loss, says so in lines, and leaves checkpoints, metrics, a curve and events", async () => {
    const dir = join(folder, "plain");
    const { exitCode, stderr, stdout } = await run("pcp-train", [
      "--config",
      config,
      "--checkpoint-dir",
      dir,
      "--json",
      "--peak-flops",
      "1e9",
    ]);
    expect(stderr).toMatch(/step 20\/60 {2}loss \d\.\d{4} .* tokens\/s {2}MFU [\d.]+% /);
    expect(exitCode).toBe(0);
    const outcome = JSON.parse(stdout) as { loss: number; step: number };
    expect(outcome.step).toBe(60);
    expect(outcome.loss).toBeLessThan(3.5);
    const first = JSON.parse(
      readFileSync(join(dir, "metrics.jsonl"), "utf8").split("\n")[0] ?? "",
    ) as { loss: number; tokens_per_second: number; mfu: number };
    expect(first.loss).toBeGreaterThan(5.4);
    // Six operations per token and parameter, in parts of the peak.
    expect(first.mfu).toBeCloseTo((first.tokens_per_second * 6 * 256 * 256) / 1e9, 9);
    expect(readdirSync(dir).sort()).toEqual([
      "events",
      "loss.svg",
      "metrics.jsonl",
      "module.mlir",
      "step-00000055",
      "step-00000060",
    ]);
  });

  it("gives bitwise the same weights when killed at random moments and resumed", async () => {
    const whole = join(folder, "whole");
    expect((await run("pcp-train", ["--config", config, "--checkpoint-dir", whole])).exitCode).toBe(
      0,
    );
    const dir = join(folder, "killed");
    let finished = false;
    for (let attempt = 0; attempt < 12 && !finished; attempt++) {
      const child = start("pcp-train", ["--config", config, "--checkpoint-dir", dir, "--resume"]);
      // From before the first step to after several; the last attempts run to the end.
      const timer = setTimeout(
        () => child.kill("SIGKILL"),
        attempt < 6 ? 150 + Math.random() * 500 : 60_000,
      );
      const { exitCode } = await child;
      clearTimeout(timer);
      finished = exitCode === 0;
    }
    expect(finished).toBe(true);
    expect(weightsOf(dir, 60).equals(weightsOf(whole, 60))).toBe(true);
    const steps = readFileSync(join(dir, "metrics.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { step: number }).step);
    expect(steps).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
    expect(readdirSync(dir).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("saves and leaves on Ctrl-C, and goes on", async () => {
    const dir = join(folder, "interrupted");
    const long = ["--config", config, "--checkpoint-dir", dir, "--steps", "100000"];
    const child = start("pcp-train", long);
    await until("metrics.jsonl", () => existsSync(join(dir, "metrics.jsonl")));
    await new Promise((resolve) => setTimeout(resolve, 300));
    child.kill("SIGINT");
    const { stderr, exitCode } = await child;
    expect(String(stderr)).toMatch(/interrupted after step \d+ of 100000; go on with --resume/);
    expect(exitCode).toBe(130);
    const step = Number(/interrupted after step (\d+)/.exec(String(stderr))?.[1]);
    expect(existsSync(join(dir, `step-${String(step).padStart(8, "0")}`, "manifest.json"))).toBe(
      true,
    );
  });

  it("accumulates gradients to the step of one large batch's mean", async () => {
    const path = writeConfig("accumulate.json", { effective_batch_size: 8, steps: 10 });
    const { exitCode, stderr } = await run("pcp-train", [
      "--config",
      path,
      "--checkpoint-dir",
      join(folder, "acc"),
    ]);
    expect(stderr).toContain("step 10/10");
    expect(exitCode).toBe(0);
  });

  it("refuses a damaged checkpoint to sample from, in one line", async () => {
    const dir = join(folder, "plain");
    const file = join(dir, "step-00000060", "weights.safetensors");
    const good = await run("pcp-train", [
      "sample",
      "--checkpoint",
      dir,
      "--engine",
      "interp",
      "--prompt",
      "the",
      "--tokens",
      "20",
    ]);
    expect(good.stdout).toMatch(/^the/);
    expect(good.exitCode).toBe(0);
    expect(good.stderr).toBe("");
    const bytes = readFileSync(file);
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] as number) ^ 1;
    writeFileSync(file, bytes);
    const bad = await run("pcp-train", ["sample", "--checkpoint", dir, "--engine", "interp"]);
    expect(bad.exitCode).toBe(1);
    expect(bad.stderr).toMatch(
      /^pcp-train: error: checkpoint '.*' is damaged: weights\.safetensors does not match its digest\n?$/,
    );
    const resumed = await run("pcp-train", [
      "--config",
      config,
      "--checkpoint-dir",
      dir,
      "--resume",
    ]);
    expect(resumed.stderr).toContain("going back to the one before");
    expect(resumed.exitCode).toBe(0);
  });

  it("stops at a loss that is not finite, naming step and batch, and keeps the last checkpoint", async () => {
    const path = writeConfig("nan.json", {
      learning_rate: 1e39,
      optimizer: { name: "sgd", clip_grad_norm: "off" },
      schedule: "constant",
    });
    const dir = join(folder, "nan");
    const { exitCode, stderr } = await run("pcp-train", [
      "--config",
      path,
      "--checkpoint-dir",
      dir,
    ]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/error: step \d+ \(batch \d+\): loss (NaN|Infinity|-Infinity|[\d.e+]+)/);
    const skipping = await run("pcp-train", [
      "--config",
      path,
      "--checkpoint-dir",
      join(folder, "skip"),
      "--on-nan",
      "skip",
      "--steps",
      "5",
    ]);
    expect(skipping.exitCode).toBe(0);
    expect(skipping.stderr).toContain("skipped");
  });

  it("says that the data has become shorter, and keeps the checkpoint", async () => {
    const data = join(folder, "shrinking.txt");
    writeFileSync(data, "abcdefgh".repeat(5000));
    const dir = join(folder, "shrunk");
    const child = start("pcp-train", [
      "--config",
      config,
      "--data",
      data,
      "--checkpoint-dir",
      dir,
      "--steps",
      "100000",
    ]);
    await until("a checkpoint", () => hasCheckpoint(dir));
    truncateSync(data, 100);
    const { exitCode, stderr } = await child;
    expect(exitCode).toBe(1);
    expect(String(stderr)).toContain("has become shorter");
    expect(readdirSync(dir).some((name) => name.startsWith("step-"))).toBe(true);
  });

  it("keeps the checkpoint before when the disk fills up", async (context) => {
    if (process.getuid?.() !== 0) context.skip("mounting a small tmpfs needs root");
    const disk = join(folder, "disk");
    mkdirSync(disk);
    const mounted = await execa("mount", ["-t", "tmpfs", "-o", "size=2500k", "tmpfs", disk], {
      reject: false,
    });
    if (mounted.exitCode !== 0) context.skip(`a tmpfs cannot be mounted here: ${mounted.stderr}`);
    try {
      const { exitCode, stderr } = await run("pcp-train", [
        "--config",
        config,
        "--checkpoint-dir",
        join(disk, "run"),
        "--set",
        "keep_last=9",
      ]);
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/error: checkpoint of step \d+ was not saved: .*no space left/);
      const left = readdirSync(join(disk, "run"));
      expect(left.filter((name) => name.startsWith("step-")).length).toBeGreaterThan(0);
      expect(left.filter((name) => name.endsWith(".tmp"))).toEqual([]);
    } finally {
      await execa("umount", [disk], { reject: false });
    }
  });

  it("clears what killed runs have left half written, when it goes on", async () => {
    const dir = join(folder, "left");
    const args = ["--config", config, "--checkpoint-dir", dir, "--steps", "5"];
    expect((await run("pcp-train", args)).exitCode).toBe(0);
    const kept = readdirSync(dir).sort();
    for (const name of ["metrics.jsonl.9a0ce8a1.tmp", "module.mlir.d4442000.tmp"])
      writeFileSync(join(dir, name), "half");
    mkdirSync(join(dir, ".step-00000006-1234.tmp"));
    expect((await run("pcp-train", [...args, "--resume", "--dry-run"])).exitCode).toBe(0);
    expect(readdirSync(dir)).toHaveLength(kept.length + 3);
    expect((await run("pcp-train", [...args, "--resume"])).exitCode).toBe(0);
    expect(readdirSync(dir).sort()).toEqual(kept);
  });

  it.skipIf(iree === null)("finds mistakes before it compiles", async () => {
    const cache = join(folder, "cache");
    for (const [flags, text] of [
      [["--data", "none.txt"], "cannot open data file"],
      [["--weights", "none.safetensors"], "no such file"],
      [["--set", "effective_batch_size=3"], "no multiple of the model's batch"],
    ] as const) {
      const { exitCode, stderr } = await run(
        "pcp-train",
        ["--config", config, "--engine", "iree", "--checkpoint-dir", join(folder, "x"), ...flags],
        { env: { PCP_CACHE_DIR: cache } },
      );
      expect(exitCode).toBe(1);
      expect(stderr).toContain(text);
    }
    expect(existsSync(cache)).toBe(false);
  });

  it("says before it trains that samples cannot begin with the prompt", async () => {
    const { exitCode, stderr } = await run("pcp-train", [
      ...["--config", config, "--checkpoint-dir", join(folder, "y")],
      ...["--set", "tokenizer=char", "--set", "sample_every=5", "--set", "sample_prompt=ABC"],
    ]);
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      "pcp-train: error: config key 'sample_prompt' has characters that are not in the model's vocabulary",
    );
  });

  it.each([
    [
      ["eval_fraction=0"],
      /eval_fraction 0 holds out 0 tokens of '.*text\.txt', and one sequence takes 9/,
    ],
    [["eval_fraction=0.0005"], /eval_fraction 0\.0005 holds out 4 tokens/],
    [["tokenizer=char", "eval_path=strange.txt"], /'.*strange\.txt' has byte 126, which is not in/],
  ])("finds before it trains that %o cannot be evaluated", async (settings, message) => {
    writeFileSync(join(folder, "strange.txt"), `${"the ".repeat(50)}~`);
    const { exitCode, stderr } = await run("pcp-train", [
      ...["--config", config, "--checkpoint-dir", join(folder, "z"), "--set", "eval_every=5"],
      ...settings.flatMap((setting) => ["--set", setting]),
    ]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(message);
    expect(existsSync(join(folder, "z"))).toBe(false);
  });

  it("asks before it mixes two runs in one folder", async () => {
    const dir = join(folder, "whole");
    const { exitCode, stderr } = await run("pcp-train", [
      "--config",
      config,
      "--checkpoint-dir",
      dir,
    ]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("go on from it with --resume, or begin anew with --overwrite");
  });

  it.each([
    [["--confg", "x"], 2, "unknown option '--confg'; did you mean '--config'?"],
    [[], 2, "--config is missing"],
    [["smaple"], 2, "unexpected argument 'smaple'; did you mean 'sample'?"],
    [["--config", "config.json", "--model", "."], 1, "cannot open model '"],
    [["--config", "none.json"], 1, "No such file or directory"],
    [["--config", "."], 1, "Is a directory"],
  ])("answers %o with one line", async (args, code, text) => {
    const { exitCode, stderr } = await run("pcp-train", args, { cwd: folder });
    expect(exitCode).toBe(code);
    expect(stderr).toContain(text);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  it("prints its schema", async () => {
    const { stdout, exitCode } = await run("pcp-train", ["--print-schema"]);
    expect(exitCode).toBe(0);
    expect((JSON.parse(stdout) as { properties: object }).properties).toHaveProperty(
      "learning_rate",
    );
  });

  it("checks everything in a dry run and trains nothing", async () => {
    const dir = join(folder, "dry");
    const { stderr, exitCode } = await run("pcp-train", [
      "--config",
      config,
      "--checkpoint-dir",
      dir,
      "--dry-run",
    ]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain("dry run: 60 steps of 32 tokens");
    expect(existsSync(dir)).toBe(false);
  });

  it("reads metrics whose last line was cut short", async () => {
    const dir = join(folder, "whole");
    appendFileSync(join(dir, "metrics.jsonl"), '{"event":"st');
    const { exitCode } = await run("pcp-train", [
      "--config",
      config,
      "--checkpoint-dir",
      dir,
      "--resume",
    ]);
    expect(exitCode).toBe(0);
    expect(readFileSync(join(dir, "metrics.jsonl"), "utf8").trim().split("\n")).toHaveLength(60);
  });

  it("is one at a time in a folder, and what a killed one leaves does not count", async () => {
    const dir = join(folder, "shared");
    const long = ["--config", config, "--checkpoint-dir", dir, "--steps", "100000"];
    const child = start("pcp-train", long);
    await until("a checkpoint", () => hasCheckpoint(dir));
    for (const flag of ["--resume", "--overwrite"]) {
      const second = await run("pcp-train", [...long, flag]);
      expect(second.exitCode).toBe(1);
      expect(second.stderr).toMatch(/^pcp-train: error: process \d+ trains in '[^\n]*$/);
    }
    expect(child.exitCode).toBe(null);
    child.kill("SIGKILL");
    await child;
    expect(existsSync(join(dir, "run.lock"))).toBe(true);
    const args = ["--config", config, "--checkpoint-dir", dir, "--steps", "5"];
    expect((await run("pcp-train", [...args, "--overwrite"])).exitCode).toBe(0);
    expect(existsSync(join(dir, "run.lock"))).toBe(false);
  });

  it("leaves an earlier run alone until a new one begins", async () => {
    const dir = join(folder, "earlier");
    const args = ["--config", config, "--checkpoint-dir", dir, "--steps", "5"];
    expect((await run("pcp-train", args)).exitCode).toBe(0);
    const before = readdirSync(dir);
    expect((await run("pcp-train", [...args, "--overwrite", "--dry-run"])).exitCode).toBe(0);
    const failed = await run("pcp-train", [...args, "--overwrite", "--data", "none.txt"]);
    expect(failed.exitCode).toBe(1);
    expect(readdirSync(dir)).toEqual(before);
    const fresh = join(folder, "never", "made");
    await run("pcp-train", ["--config", config, "--checkpoint-dir", fresh, "--data", "none.txt"]);
    expect(existsSync(join(folder, "never"))).toBe(false);
  });

  it("does not let a damaged checkpoint displace those that a run goes on to make", async () => {
    const dir = join(folder, "displaced");
    const args = ["--config", config, "--checkpoint-dir", dir, "--set", "keep_last=1"];
    expect((await run("pcp-train", [...args, "--set", "keep_last=9"])).exitCode).toBe(0);
    for (const step of [55, 60])
      writeFileSync(join(dir, `step-000000${step}`, "state.safetensors"), "");
    expect((await run("pcp-train", [...args, "--resume", "--steps", "53"])).exitCode).toBe(0);
    expect(readdirSync(dir).filter((name) => name.startsWith("step-"))).toEqual(["step-00000053"]);
  });

  it("names the settings that are not as the checkpoint was made", async () => {
    const dir = join(folder, "changed");
    const args = ["--config", config, "--checkpoint-dir", dir, "--steps", "5"];
    expect((await run("pcp-train", args)).exitCode).toBe(0);
    const flags = ["--seed", "3", "--set", "eval_every=5", "--log-every", "1", "--resume"];
    const { stderr, exitCode } = await run("pcp-train", [...args, ...flags]);
    expect(exitCode).toBe(0);
    expect(stderr.split("\n").filter((line) => line.includes("not as"))).toEqual([
      "pcp-train: not as the checkpoint was made: seed is 3, was 0",
      "pcp-train: not as the checkpoint was made: training_tokens is 8550, was 9000",
    ]);
    expect(stderr).toContain("5 steps done: nothing is left to train");
  });

  it.each([
    ["with batches added up", 8],
    ["batch by batch", 4],
  ])(
    "leaves weights, state and buffers as they were where a step is skipped, %s",
    async (_, size) => {
      const path = writeConfig(`buffer-${size}.json`, {
        model_path: join(root, "test/fixtures/train/buffer.mlir"),
        manifest_path: join(root, "test/fixtures/train/buffer.manifest.json"),
        // The second half of the data gives a loss that is not finite.
        data_path: "halves.txt",
        sampling: "fifo",
        schedule: "constant",
        on_nan: "skip",
        keep_last: 99,
        effective_batch_size: size,
      });
      writeFileSync(join(folder, "halves.txt"), "b".repeat(64 * 8 + 1) + "a".repeat(64 * 8));
      const dir = join(folder, `buffer-${size}`);
      const good = 64 / size;
      for (const steps of [good, 2 * good]) {
        const args = ["--config", path, "--checkpoint-dir", dir, "--steps", `${steps}`, "--resume"];
        const { exitCode, stderr } = await run("pcp-train", args);
        expect(exitCode).toBe(0);
        expect(stderr.match(/skipped/g)?.length ?? 0).toBe(steps - good);
      }
      const bytesOf = (file: string, step: number): Buffer =>
        readFileSync(join(dir, `step-${String(step).padStart(8, "0")}`, file));
      for (const file of ["weights.safetensors", "state.safetensors"])
        expect(bytesOf(file, 2 * good).equals(bytesOf(file, good))).toBe(true);
    },
  );

  it("feeds tokens only, and says what else a model takes", async () => {
    const path = join(folder, "floats.mlir");
    writeFileSync(
      path,
      `func.func @main(%w: tensor<2xf32> {pcp.name = "w", pcp.role = "param"}, %x: tensor<4x2xf32> {pcp.name = "x", pcp.role = "data"}, %y: tensor<4x2xf32> {pcp.name = "y", pcp.role = "data"}) -> (tensor<f32> {pcp.name = "loss", pcp.role = "loss"}) {
        %zero = stablehlo.constant dense<0.0> : tensor<f32>
        %0 = stablehlo.broadcast_in_dim %w, dims = [1] : (tensor<2xf32>) -> tensor<4x2xf32>
        %1 = stablehlo.multiply %0, %x : tensor<4x2xf32>
        %2 = stablehlo.subtract %1, %y : tensor<4x2xf32>
        %3 = stablehlo.reduce(%2 init: %zero) applies stablehlo.add across dimensions = [0, 1] : (tensor<4x2xf32>, tensor<f32>) -> tensor<f32>
        return %3 : tensor<f32>
      }`,
    );
    const { exitCode, stderr } = await run("pcp-train", ["--config", config, "--model", path]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      "two data arguments of one shape [batch, length] of integers; @train_step takes x: tensor<4x2xf32>, y: tensor<4x2xf32>",
    );
  });
});
