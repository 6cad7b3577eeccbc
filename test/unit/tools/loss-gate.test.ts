/** @file The loss gate: as many tokens through one machine, DiLoCo, streaming and int4 as real processes, and how far the evaluation losses are apart. */
import { type DirectoryResult, dir } from "tmp-promise";
import { afterAll, beforeAll, expect, it } from "vitest";
import { present } from "#lib/support/assert.ts";
import {
  copyText,
  distributed,
  type Gate,
  type GateResult,
  gateRun,
  single,
} from "../../../bench/support/loss-gate.ts";

/**
 * The small demo model on the interpreter, 61,440 tokens, ten rounds: what a test has time for. `make bench` has more of both.
 * All members are waited for, so that a busy machine does not change the numbers.
 */
const GATE: Gate = {
  model: "small",
  engine: "interp",
  rows: 4,
  batches: 480,
  rounds: 10,
  keys: {
    learning_rate: 0.005,
    min_learning_rate: 0.0005,
    schedule: "cosine",
    warmup_steps: 10,
    eval_batches: 64,
  },
};

const RUNS = [
  single("one-machine", 1),
  single("parallel-2", 2),
  single("parallel-4", 4),
  distributed("diloco-2", 2),
  distributed("diloco-4", 4),
  distributed("streaming-2", 2, { algorithm: "streaming" }),
  distributed("int4-2", 2, { wire_up: "int4", wire_down: "int4" }),
];

const results = new Map<string, GateResult>();
const loss = (name: string): number => present(results.get(name), name).loss;

/** By how much the loss of a run is above that of another, in percent. */
const gap = (name: string, reference: string): number => 100 * (loss(name) / loss(reference) - 1);

let folder: DirectoryResult;
beforeAll(async () => {
  folder = await dir({ unsafeCleanup: true, prefix: "pcp-gate-" });
  copyText(folder.path);
  // Two at a time.
  const waiting = [...RUNS];
  const lane = async (): Promise<void> => {
    for (let run = waiting.shift(); run !== undefined; run = waiting.shift())
      results.set(run.name, await gateRun(GATE, run, folder.path));
  };
  await Promise.all([lane(), lane()]);
  const table = RUNS.map(({ name }) => `${name} ${loss(name).toFixed(4)}`).join(", ");
  process.stderr.write(`OK loss gate: ${table}\n`);
}, 900_000);
afterAll(() => folder.cleanup());

it("every run trains on as many tokens", () => {
  expect([...results.values()].map(({ tokens }) => tokens)).toEqual(RUNS.map(() => 480 * 4 * 32));
});

it("every run learns", () => {
  // Before training it is ln 256 = 5.545; of the text's bytes alone, whatever comes before them, some 3.3.
  for (const { name } of RUNS) expect(loss(name), name).toBeLessThan(3.7);
  expect(loss("one-machine")).toBeLessThan(2.9);
});

/*
 * Bands against one machine with a batch as large as all workers' together. arXiv 2503.09799 has +0.7 % for 2 workers and +2.0 % for 4 at 35
 * million parameters after thousands of rounds. This model has 39 thousand and ten rounds, over which outer momentum has not come to
 * rest: docs/cluster-results.md has what was measured. The bands are those measurements with room for another text.
 */
it.each([
  ["diloco-2", "parallel-2", 7],
  ["diloco-4", "parallel-4", 18],
  ["streaming-2", "parallel-2", 5],
  ["int4-2", "parallel-2", 7],
] as const)("%s is within its band of %s: at most +%i %", (name, reference, most) => {
  expect(gap(name, reference)).toBeLessThan(most);
  // Far below would be another budget, or held-out text that is trained on.
  expect(gap(name, reference)).toBeGreaterThan(-5);
});

it("four bits for every value cost next to nothing beside eight", () => {
  expect(Math.abs(gap("int4-2", "diloco-2"))).toBeLessThan(3);
});
