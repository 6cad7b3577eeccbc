/** @file Shepherds and workers that are killed, resumed, paused, drained and stopped, as processes. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  Child,
  checkpointFile,
  clusterProcesses,
  expectSound,
  journalOf,
  LONG,
  runOf,
  shepherd,
  statusOf,
  tool,
  worker,
  writeConfig,
} from "./cluster-processes.ts";
import { isAlive } from "./processes.ts";

clusterProcesses();

/** Values of `/metrics` by name and labels. */
async function scrape(port: string): Promise<Record<string, number>> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const samples = [...text.matchAll(/^(pcp_[^ ]+) (\S+)$/gm)];
  return Object.fromEntries(samples.map(([, name = "", value]) => [name, Number(value)]));
}

const PHASES = ["compute", "wait", "upload", "merge", "publish"] as const;

/** Every phase of the rounds of a real run took time, all together no more than there was, and nothing was stale. */
async function expectMeasured(port: string): Promise<void> {
  const metrics = await scrape(port);
  const of = (name: string): number => metrics[name] ?? Number.NaN;
  const rounds = of('pcp_round_duration_seconds_count{phase="publish"}');
  expect(rounds).toBeGreaterThan(0);
  expect(rounds).toBeLessThanOrEqual(of("pcp_round") + 1);
  const sums = PHASES.map((phase) => of(`pcp_round_duration_seconds_sum{phase="${phase}"}`));
  for (const [i, phase] of PHASES.entries()) {
    // The other worker may have been no slower in any of the rounds.
    if (phase !== "wait") expect(sums[i], phase).toBeGreaterThan(0);
    expect(of(`pcp_round_duration_seconds_count{phase="${phase}"}`)).toBe(rounds);
    expect(of(`pcp_round_duration_seconds_bucket{phase="${phase}",le="+Inf"}`)).toBe(rounds);
  }
  expect(sums.reduce((sum, one) => sum + one, 0)).toBeLessThan(of("pcp_uptime_seconds"));
  expect(of("pcp_mfu_ratio")).toBeCloseTo(
    (of("pcp_tokens_per_second") * of("pcp_flops_per_token")) / of("pcp_peak_flops"),
    12,
  );
  // A bigram model: a table of logits, and no layers of attention.
  expect(of("pcp_flops_per_token")).toBe(6 * of("pcp_parameters"));
  expect(of("pcp_staleness_rounds_sum")).toBe(0);
  expect(of("pcp_staleness_rounds_count")).toBeGreaterThanOrEqual(rounds);
}

/** Lines of metrics tell speed, MFU and phases. */
function expectLines(folder: string): void {
  const lines = readFileSync(join(folder, "metrics.jsonl"), "utf8").trim().split("\n");
  const steps = lines.map((line) => JSON.parse(line) as Record<string, number | string>);
  expect(steps.length).toBeGreaterThan(2);
  for (const step of steps)
    for (const phase of PHASES) expect(step[`${phase}_seconds`], phase).toBeGreaterThanOrEqual(0);
  for (const name of ["tokens_per_second", "mfu", "upload_seconds", "publish_seconds"])
    expect(steps.filter((step) => Number(step[name]) > 0).length, name).toBeGreaterThan(0);
}

describe("survival", { timeout: LONG }, () => {
  it("gives bitwise the same parameters and momentum when the shepherd is killed twice and resumed", async () => {
    const keys = { eval_every: 15, checkpoint_every: 10, rejoin_seconds: 20 };
    const whole = writeConfig(keys);
    const killed = writeConfig(keys);
    const first = await shepherd(whole);
    const pair = ["a", "b"].map((name) => worker(`${name}-whole`, first.port));
    expect(await first.code()).toBe(0);
    for (const child of pair) expect(await child.code()).toBe(0);

    const begun = await shepherd(killed, [], { PCP_FAIL_POINT: "shepherd.before-commit:3" });
    const workers = ["a", "b"].map((name) => worker(`${name}-killed`, begun.port));
    expect(await begun.code()).toBe(137);
    const again = ["--resume", "--port", begun.port];
    const second = await shepherd(killed, again, { PCP_FAIL_POINT: "shepherd.after-commit:2" });
    expect(await second.code()).toBe(137);
    const last = await shepherd(killed, again);
    expect(await last.code()).toBe(0);
    for (const child of workers) expect(await child.code()).toBe(0);

    for (const name of ["weights", "state"])
      expect(checkpointFile(runOf(killed), 30, name)).toEqual(
        checkpointFile(runOf(whole), 30, name),
      );
    await expectSound(runOf(killed));
    const steps = readFileSync(join(runOf(killed), "metrics.jsonl"), "utf8").match(
      /"step","step":\d+/g,
    );
    expect(steps).toEqual([5, 10, 15, 20, 25, 30].map((step) => `"step","step":${step}`));
  });

  it("survives a torn record, and a checkpoint that was not finished", async () => {
    const config = writeConfig({ checkpoint_every: 5, outer_loop_steps: 5, rejoin_seconds: 20 });
    const folder = runOf(config);
    const begun = await shepherd(config, [], { PCP_FAIL_POINT: "journal.torn:9" });
    const alice = worker("alice-torn", begun.port);
    const bob = worker("bob-torn", begun.port);
    expect(await begun.code()).toBe(137);
    const again = ["--resume", "--port", begun.port];
    const second = await shepherd(config, again, { PCP_FAIL_POINT: "checkpoint.before-rename" });
    expect(second.stderr).toMatch(/journal: \d+ bytes of a record that was cut short are left out/);
    expect(await second.code()).toBe(137);
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toHaveLength(1);
    const last = await shepherd(config, again);
    expect(await last.code()).toBe(0);
    expect(await alice.code()).toBe(0);
    expect(await bob.code()).toBe(0);
    expect(readdirSync(folder).filter((name) => /^step-|tmp$/.test(name))).toEqual([
      "step-00000020",
      "step-00000025",
    ]);
    await expectSound(folder);
  });

  it("leaves no process behind when it is killed with its own workers", async () => {
    const config = writeConfig({ outer_loop_steps: 100_000 });
    const child = new Child(["--config", config, "--workers", "2"]);
    await child.says(/round \d+\/100000 .* 2 workers/);
    const pids = [...child.stderr.matchAll(/started \(process (\d+)\)/g)].map(([, pid]) =>
      Number(pid),
    );
    expect(pids).toHaveLength(2);
    await child.end();
    await expect.poll(() => pids.filter(isAlive), { timeout: 30_000 }).toEqual([]);
  });

  it("goes on without a worker that is killed, and takes in another one; metrics tell what was measured", async () => {
    const keys = { outer_loop_steps: 4000, reconnect_seconds: 1, checkpoint_every: 5 };
    const config = writeConfig({ ...keys, peak_flops: 1e9 });
    const child = await shepherd(config);
    worker("alice", child.port);
    const bob = worker("bob", child.port, ["--peak-flops", "2e9"]);
    await child.says(/round \d+\/4000 .* 2 workers .* MFU /);
    await expect
      .poll(() => scrape(child.port), { timeout: 30_000 })
      .toMatchObject({
        pcp_peak_flops: 3e9,
        'pcp_worker_mfu_ratio{worker="bob"}': expect.any(Number),
        pcp_checkpoint_duration_seconds: expect.any(Number),
      });
    await expectMeasured(child.port);
    await bob.end();
    await child.says(/bob is out \(crashed\)/);
    const after = await scrape(child.port);
    expect(after["pcp_peak_flops"]).toBe(1e9);
    expect(Object.keys(after).filter((name) => name.includes('"bob"'))).toEqual([]);
    await child.says(/round \d+\/4000 .* 1 worker /);
    worker("carol", child.port);
    await child.says(/ 1 worker [\s\S]* 2 workers /);
    expect((await tool(["stop", runOf(config)])).exitCode).toBe(0);
    expect(await child.code()).toBe(0);
    const joined = (await journalOf(runOf(config))).flatMap((record) =>
      record.kind === "join" ? [record.worker] : [],
    );
    expect(joined.slice(0, 2).sort()).toEqual(["alice", "bob"]);
    expect(joined.slice(2)).toEqual(["carol"]);
    await expectSound(runOf(config));
    expectLines(runOf(config));
  });

  it("is resumed after SIGTERM", async () => {
    const config = writeConfig({ outer_loop_steps: 60 });
    const child = await shepherd(config);
    const alice = worker("alice-term", child.port);
    worker("bob-term", child.port);
    await child.says(/round \d+\/60/);
    child.process.kill("SIGTERM");
    expect(await child.code()).toBe(143);
    expect(child.stderr).toMatch(/interrupted after \d+ rounds?; go on with --resume/);
    expect(await statusOf(runOf(config))).toMatchObject({ shepherd: false });
    const resumed = await shepherd(config, ["--resume", "--port", child.port]);
    expect(await resumed.code()).toBe(0);
    expect(await alice.code()).toBe(0);
    await expectSound(runOf(config));
  });
});

describe("control", { timeout: LONG }, () => {
  it("pauses, resumes, drains, kicks and stops", async () => {
    const config = writeConfig({ outer_loop_steps: 100_000 });
    const folder = runOf(config);
    const child = await shepherd(config);
    const alice = worker("alice-c", child.port);
    const bob = worker("bob-c", child.port);
    const carol = worker("carol-c", child.port);
    await child.says(/round \d+\/100000 .* 3 workers/);
    expect((await tool(["pause", folder])).exitCode).toBe(0);
    expect(await statusOf(folder)).toMatchObject({ state: "paused", shepherd: true });
    const resumed = await tool(["resume", folder, "--json"]);
    expect(JSON.parse(resumed.stdout)).toEqual({
      action: "resume",
      worker: null,
      done: true,
      problem: null,
    });
    expect((await tool(["drain", "alice-c", folder])).exitCode).toBe(0);
    expect(await alice.code()).toBe(0);
    expect((await tool(["kick", "bob-c", folder])).exitCode).toBe(0);
    await child.says(/bob-c is out \(kicked\)/);
    await bob.process;
    const unknown = await tool(["kick", "dave", folder]);
    expect(unknown.stderr).toContain("there is no worker dave in the run");
    expect(unknown.exitCode).toBe(1);
    const shown = await tool(["status", folder]);
    expect(shown.stdout).toMatch(/^carol-c/m);
    expect(await tool(["stop", folder])).toEqual({
      exitCode: 0,
      stdout: "",
      stderr: "pcp-train: stopping: rounds under way end, then the run",
    });
    expect(await child.code()).toBe(0);
    expect(await carol.code()).toBe(0);
    const records = await journalOf(folder);
    expect(records.at(-1)).toMatchObject({ kind: "end", reason: "stopped by an operator" });
    const departures = records.flatMap((record) =>
      record.kind === "departure" ? [[record.worker, record.how]] : [],
    );
    expect(departures).toContainEqual(["alice-c", "drained"]);
    expect(departures).toContainEqual(["bob-c", "kicked"]);
    for (const line of (await tool(["journal", folder])).stdout.split("\n"))
      expect(line.length).toBeLessThanOrEqual(80);
    await expectSound(folder);
  });
});
