/** @file Distributed runs as processes on this machine: one command, algorithms, what they leave, what is told of mistakes. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  checkpointFile,
  clusterProcesses,
  expectSound,
  journalOf,
  LONG,
  runOf,
  scratchFolder,
  statusOf,
  tool,
  writeConfig,
} from "./cluster-processes.ts";
import { root } from "./processes.ts";

clusterProcesses();

describe("one command", { timeout: LONG }, () => {
  it("trains with two workers, and leaves a run that can be sampled, checked and recomputed", async () => {
    const config = writeConfig({ keep_updates: true, eval_every: 10, checkpoint_every: 10 });
    const folder = runOf(config);
    const { exitCode, stdout, stderr } = await tool([
      "--config",
      config,
      "--workers",
      "2",
      "--json",
    ]);
    expect(stderr).toMatch(/web page: http:\/\/127\.0\.0\.1:\d+\//);
    expect(stderr).toContain("round 6/6");
    expect(exitCode).toBe(0);
    const outcome = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as {
      outcome: string;
      rounds: number;
      loss: number;
      evalLoss: number;
    };
    expect(outcome).toMatchObject({ outcome: "done", rounds: 6 });
    const losses = readFileSync(join(folder, "metrics.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { event: string; step: number; loss: number })
      .filter(({ event }) => event === "step");
    expect(losses.map(({ step }) => step)).toEqual([5, 10, 15, 20, 25, 30]);
    expect(losses[0]?.loss).toBeGreaterThan(5);
    expect(outcome.loss).toBeLessThan(4);
    expect(outcome.evalLoss).toBeLessThan(4);
    await expectSound(folder);
    const replayed = await tool(["replay", folder]);
    expect(replayed.stdout).toBe("6 merges: 6 computed again with the same digests, 0 differ");
    const sampled = await tool([
      ...["sample", "--checkpoint", folder, "--engine", "interp", "--prompt", "t", "--tokens", "5"],
    ]);
    expect(sampled.exitCode).toBe(0);
    const status = await statusOf(folder);
    expect(status).toMatchObject({ state: "done", shepherd: false, tokens: 6 * 2 * 5 * 32 });
    expect(status.checkpoint?.path).toBe(join(folder, "step-00000030"));
    expect(status.workers.map(({ worker: name, merged }) => [name, merged])).toEqual([
      ["w0", 6],
      ["w1", 6],
    ]);
  });

  it("finds a merge that is not what the journal says", async () => {
    const config = writeConfig({ keep_updates: true, outer_loop_steps: 3 });
    const folder = runOf(config);
    expect((await tool(["--config", config, "--workers", "1"])).exitCode).toBe(0);
    const commits = (await journalOf(folder)).filter((record) => record.kind === "commit");
    const update = commits[1]?.contributions[0]?.updates[0]?.blob.digest ?? "";
    const blob = join(folder, "blobs", update.slice(0, 2), update);
    expect(existsSync(blob)).toBe(true);
    const bytes = readFileSync(blob);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    writeFileSync(blob, bytes);
    const { stdout } = await tool(["replay", folder, "--json"]);
    const verdicts = stdout
      .trim()
      .split("\n")
      .slice(0, -1)
      .map((line) => (JSON.parse(line) as { verdict: string }).verdict);
    expect(verdicts).toEqual(["same", "gone", "same"]);
  });

  it("removes blobs that no merge to come needs", async () => {
    const config = writeConfig({ tau: 2, outer_loop_steps: 60 });
    expect((await tool(["--config", config, "--workers", "1"])).exitCode).toBe(0);
    const blobs = readdirSync(join(runOf(config), "blobs"), {
      recursive: true,
      withFileTypes: true,
    });
    // Five of every round: an update, and parameters, momentum, published values and difference.
    expect(blobs.filter((entry) => entry.isFile()).length).toBeLessThan(120);
    const { stdout } = await tool(["replay", runOf(config), "--json"]);
    const sums = JSON.parse(stdout.split("\n").at(-1) ?? "") as Record<string, number>;
    expect(sums).toMatchObject({ differs: 0, empty: 0 });
    expect(sums["gone"]).toBeGreaterThan(30);
    expect(sums["same"]).toBeGreaterThan(0);
  });
});

describe("algorithms", { timeout: LONG }, () => {
  const trained = async (keys: Record<string, unknown>, step: number): Promise<Buffer> => {
    const config = writeConfig({ outer_loop_steps: 8, wire: "f32", ...keys });
    const { exitCode, stderr } = await tool(["--config", config, "--workers", "1"]);
    expect(stderr).toContain("done: all 8 rounds are done");
    expect(exitCode).toBe(0);
    return checkpointFile(runOf(config), step, "weights");
  };

  it("give the same weights where they are the same by definition, to the last bit", async () => {
    // Outer rate 1 without momentum is no outer optimizer; with one step per round that is what data_parallel does.
    const none = { outer_learning_rate: 1, nesterov_momentum: 0 };
    const diloco = await trained({ algorithm: "diloco", tau: 1, ...none }, 8);
    expect(await trained({ algorithm: "data_parallel", tau: 1 }, 8)).toEqual(diloco);
    expect(await trained({ algorithm: "diloco", tau: 1 }, 8)).not.toEqual(diloco);
  });

  it("exchange a model in fragments", async () => {
    for (const algorithm of ["streaming", "decoupled"]) {
      const config = writeConfig({
        ...{ algorithm, fragments: 3, tau: 6, outer_loop_steps: 2, keep_updates: true },
        model_path: join(root, "examples/nanochat/small.mlir"),
        manifest_path: join(root, "examples/nanochat/small.manifest.json"),
        learning_rate: 0.01,
      });
      const folder = runOf(config);
      const { exitCode } = await tool(["--config", config, "--workers", "2"]);
      expect(exitCode).toBe(0);
      const commits = (await journalOf(folder)).filter((record) => record.kind === "commit");
      const versions = [0, 1, 2].map(
        (index) =>
          commits.flatMap(({ fragments }) => fragments.filter(({ fragment }) => fragment === index))
            .length,
      );
      // Every fragment is merged in every round; decoupled in those of every worker.
      expect(Math.min(...versions)).toBeGreaterThanOrEqual(2);
      expect((await statusOf(folder)).loss).toBeLessThan(5);
      await expectSound(folder);
      expect((await tool(["replay", folder])).stdout).toContain(" 0 differ");
    }
  });
});

describe("mistakes", { timeout: LONG }, () => {
  it("are told by the names of flags and keys", async () => {
    const config = writeConfig();
    const cases: readonly (readonly [readonly string[], string])[] = [
      [["--shepherd"], "--config is missing"],
      [
        ["--shepherd", "--worker", "--config", config],
        "--shepherd and --worker are different roles",
      ],
      [["--config", config, "--workers", "2", "--algorithm", "dilocoo"], "did you mean 'diloco'?"],
      [["--config", config, "--workers", "2", "--quorum", "3"], "config key 'quorum' is 3"],
      [["--shepherd", "--config", config, "--listen", "a:b"], "--listen takes HOST:PORT"],
      [
        ["--shepherd", "--config", config, "--set", "blob_store.kind=shared"],
        "config key 'blob_store.path' is missing",
      ],
      [
        ["--worker", "--connect", "127.0.0.1:1", "--insecure", "--peak-flops", "fast"],
        "--peak-flops 'fast' is no number of FLOP/s",
      ],
      [
        ["--config", config, "--workers", "2", "--peak-flops", "0"],
        "'peak_flops' must be a number, above 0",
      ],
      [["status", scratchFolder()], "holds no distributed run"],
      [["journal", "--from", "x"], "--from takes a whole number"],
    ];
    for (const [args, message] of cases) {
      const { exitCode, stderr } = await tool(args);
      expect(stderr).toContain(message);
      expect(exitCode).toBeGreaterThan(0);
    }
  });

  it("include a folder with another run, and data that has changed", async () => {
    const data = join(scratchFolder(), "changing.txt");
    writeFileSync(data, "abc ".repeat(500));
    const config = writeConfig({ data_path: data, outer_loop_steps: 2 });
    const args = ["--config", config, "--workers", "1"];
    expect((await tool(args)).exitCode).toBe(0);
    const second = await tool(args);
    expect(second.stderr).toContain("holds a distributed run");
    expect(second.exitCode).toBe(1);
    writeFileSync(data, "abd ".repeat(500));
    const resumed = await tool([...args, "--resume"]);
    expect(resumed.stderr).toContain("is not the data of this run");
    expect((await tool([...args, "--overwrite"])).exitCode).toBe(0);
  });
});
