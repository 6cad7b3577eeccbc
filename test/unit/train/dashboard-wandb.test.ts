/** @file Weights & Biases through real children: one that records, and ones that hang, crash, refuse and are not installed. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { SourceFile } from "#lib/diag/source-file.ts";
import { parseConfig, type TrainConfig } from "#lib/train/config.ts";
import { openWandb, valuesOf, type WandbChild, wantsWandb } from "#lib/train/dashboard/wandb.ts";
import type { JournalRecord } from "#lib/train/protocol/records.ts";
import { isAlive } from "../tools/processes.ts";
import { recordsOf } from "./dashboard-run.ts";

/** A package that writes down what it is called with, in the place of the real one. */
const RECORDING = `
import json, os
_out = open(os.environ["CALLS"], "a", buffering=1)
def _tell(name, value):
    _out.write(json.dumps([name, value]) + "\\n")
class Run:
    url = "https://example.invalid/run"
    dir = os.getcwd()
    def define_metric(self, name, step_metric=None):
        _tell("define_metric", [name, step_metric])
    def log(self, values):
        _tell("log", values)
    def finish(self):
        _tell("finish", None)
def init(**settings):
    print("noise of the package")
    _tell("init", settings)
    _tell("key", os.environ.get("WANDB_API_KEY"))
    return Run()
`;
const HANGING = `
import os, subprocess, time
def init(**settings):
    child = subprocess.Popen(["sleep", "600"])
    with open(os.environ["CALLS"], "w") as out:
        out.write(f"{os.getpid()} {child.pid}")
    time.sleep(600)
`;
const CRASHING = `${RECORDING}
import signal
class Crashing(Run):
    def log(self, values):
        os.kill(os.getpid(), signal.SIGKILL)
def init(**settings):
    return Crashing()
`;
const REFUSING = `
def init(**settings):
    raise RuntimeError("api_key not configured\\n(no-tty)")
`;

let folder: string;
let notes: string[];
let open: WandbChild | null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pcp-wandb-"));
  notes = [];
  open = null;
});
afterEach(async () => {
  await open?.close();
  rmSync(folder, { recursive: true, force: true });
});

function configOf(keys: Readonly<Record<string, unknown>>): TrainConfig {
  const text = JSON.stringify({
    ...{ model_path: "m.mlir", data_path: "d.txt", steps: 1, learning_rate: 0.1 },
    ...keys,
  });
  return parseConfig(new SourceFile("c.json", text), [], new DiagnosticEngine()) as TrainConfig;
}

const KEYS = {
  wandb_project: "p",
  wandb_entity: "team",
  wandb_run_name: "first",
  wandb_api_key: "k-secret",
};

/** Starts a child over a package of this source. */
async function start(source: string, closeMs = 10_000): Promise<WandbChild> {
  const packages = join(folder, "packages");
  mkdirSync(packages);
  writeFileSync(join(packages, "wandb.py"), source);
  open = await openWandb({
    config: configOf(KEYS),
    runId: "run 1",
    folder: join(folder, "run"),
    place: {
      cwd: folder,
      env: {
        PATH: process.env["PATH"],
        PCP_PYTHON: "python3",
        PYTHONPATH: packages,
        CALLS: join(folder, "calls"),
        // Python looks into the user's own packages as well.
        PYTHONNOUSERSITE: "1",
      },
    },
    note: (text) => notes.push(text),
    closeMs,
  });
  return open as WandbChild;
}

const calls = (): readonly (readonly [name: string, value: unknown])[] =>
  readFileSync(join(folder, "calls"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
const noted = (text: string) =>
  vi.waitFor(() => expect(notes.join("\n")).toContain(text), { timeout: 20_000 });

describe("what is logged", () => {
  it("is what commits and evaluations tell", () => {
    const records = recordsOf(1);
    const logged = records.map(valuesOf).filter((values) => values !== null);
    expect(logged).toEqual([
      {
        round: 0,
        tokens: 245_760,
        participants: 4,
        rejected: 0,
        outer_update_norm: 1.8,
        pseudo_gradient_norm: expect.closeTo(0.7, 12),
        "train/loss": expect.closeTo(4.8, 12),
      },
      { round: 0, tokens: 245_760, "eval/loss": expect.closeTo(4.87, 12) },
    ]);
  });

  it("is wanted where a key of the config says something", () => {
    expect(wantsWandb(configOf({}))).toBe(false);
    expect(wantsWandb(configOf({ wandb_project: null, wandb_api_key: "" }))).toBe(false);
    expect(wantsWandb(configOf({ wandb_run_name: "x" }))).toBe(true);
  });
});

describe("the child", () => {
  it("hands everything on, in order, with the key by environment alone", async () => {
    const child = await start(RECORDING);
    for (const record of recordsOf(2)) child.record(record);
    await noted("Weights & Biases: https://example.invalid/run");
    await child.close();
    const [init, key, metric, ...others] = calls();
    expect(init).toEqual([
      "init",
      expect.objectContaining({
        project: "p",
        entity: "team",
        name: "first",
        id: "run-1",
        resume: "allow",
      }),
    ]);
    expect(JSON.stringify(init)).toContain('"learning_rate":0.1');
    expect(JSON.stringify(init)).not.toContain("k-secret");
    expect(key).toEqual(["key", "k-secret"]);
    expect(metric).toEqual(["define_metric", ["*", "tokens"]]);
    expect(others.map(([name]) => name)).toEqual(["log", "log", "log", "finish"]);
    expect(child.dropped).toBe(0);
    expect(notes).toHaveLength(1);
  });

  it("that hangs takes no time of the run, no memory without bound, and is ended with its own children", async () => {
    const child = await start(HANGING, 300);
    await vi.waitFor(() => expect(readFileSync(join(folder, "calls"), "utf8")).toMatch(/\d \d/), {
      timeout: 20_000,
    });
    const commit = recordsOf(1).find(({ kind }) => kind === "commit") as JournalRecord;
    for (let i = 0; i < 20_000; i++) child.record(commit);
    expect(child.dropped).toBeGreaterThan(5000);
    const pids = readFileSync(join(folder, "calls"), "utf8").split(" ").map(Number);
    expect(pids.map(isAlive)).toEqual([true, true]);
    await child.close();
    await vi.waitFor(() => expect(pids.map(isAlive)).toEqual([false, false]));
    expect(notes).toEqual([
      "Weights & Biases did not finish in time and was ended: 'wandb sync' sends what is left",
      expect.stringMatching(/^\d+ records did not get to Weights & Biases$/),
    ]);
  });

  it("that crashes is told once, and the run goes on", async () => {
    const child = await start(CRASHING);
    for (const record of recordsOf(1)) child.record(record);
    await noted("Weights & Biases has ended (SIGKILL)");
    for (const record of recordsOf(30)) child.record(record);
    expect(child.dropped).toBeGreaterThan(30);
    await child.close();
    expect(notes.filter((note) => note.includes("goes on without it"))).toHaveLength(1);
  });

  it("that refuses says why, on one line", async () => {
    await start(REFUSING);
    await noted(
      "Weights & Biases cannot be used (RuntimeError: api_key not configured (no-tty)); the run goes on without it",
    );
    await open?.close();
    expect(notes).toHaveLength(1);
  });

  it("says in one note that the package is not installed", async () => {
    await start("raise ImportError('no such package')");
    await noted("its Python package is not installed (pip install wandb)");
    await open?.close();
    expect(notes).toHaveLength(1);
  });

  it("is not started where nothing asks for it, or there is no Python", async () => {
    const place = { cwd: folder, env: { PCP_PYTHON: "/no/python" } };
    const note = (text: string) => notes.push(text);
    const common = { runId: "r", folder, place, note };
    expect(await openWandb({ ...common, config: configOf({}) })).toBeNull();
    expect(notes).toEqual([]);
    expect(await openWandb({ ...common, config: configOf(KEYS) })).toBeNull();
    expect(notes).toEqual([expect.stringContaining("PCP_PYTHON names '/no/python'")]);
  });
});
