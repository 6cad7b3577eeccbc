/** @file The loss gate: as many tokens through one machine, DiLoCo, streaming and int4 as real processes, and how far the evaluation losses are apart. */
import { type DirectoryResult, dir } from "tmp-promise";
import { afterAll, beforeAll, expect, it } from "vitest";
import { present } from "#lib/support/assert.ts";
import {
  copyText,
  distributed,
  GATES,
  type GateResult,
  gateRun,
  single,
  trainBefore,
} from "../../../bench/support/loss-gate.ts";

/** The small demo model on the interpreter, 51,200 tokens for each run. `make bench` has the larger one. */
const GATE = GATES.small;

const RUNS = [
  single("parallel-2", 2),
  single("parallel-4", 4),
  distributed("diloco-2", 2),
  distributed("diloco-4", 4),
  distributed("streaming-2", 2, { algorithm: "streaming" }),
  distributed("int4-all-2", 2, { wire_up: "int4", wire_down: "int4" }),
  distributed("int4-2", 2, { wire: "int4" }),
];

const results = new Map<string, GateResult>();
const loss = (name: string): number => present(results.get(name), name).loss;

/** By how much the loss of a run is above that of another, in percent. */
const gap = (name: string, reference: string): number => 100 * (loss(name) / loss(reference) - 1);

let folder: DirectoryResult;
beforeAll(async () => {
  folder = await dir({ unsafeCleanup: true, prefix: "pcp-gate-" });
  copyText(folder.path);
  results.set("before", await trainBefore(GATE, folder.path));
  // Two at a time.
  const waiting = [...RUNS];
  const lane = async (): Promise<void> => {
    for (let run = waiting.shift(); run !== undefined; run = waiting.shift())
      results.set(run.name, await gateRun(GATE, run, folder.path));
  };
  await Promise.all([lane(), lane()]);
  const table = [...results.values()].map((run) => `${run.name} ${run.loss.toFixed(4)}`);
  process.stderr.write(`OK loss gate: ${table.join(", ")}\n`);
}, 900_000);
afterAll(() => folder.cleanup());

it("every run trains on as many tokens", () => {
  expect(RUNS.map(({ name }) => results.get(name)?.tokens)).toEqual(RUNS.map(() => 400 * 4 * 32));
});

it("one machine learns, before and from there on", () => {
  // Without training it is ln 256 = 5.545; of the text's bytes alone, whatever comes before them, some 3.3.
  expect(loss("before")).toBeLessThan(3);
  expect(gap("before", "parallel-2")).toBeGreaterThan(2);
  expect(gap("before", "parallel-4")).toBeGreaterThan(2);
});

/*
 * Beside one machine with a batch as large as all workers' together, at the same learning rate. arXiv 2503.09799 has +0.7 % for 2 workers and +2.0 % for 4
 * at 35 million parameters; docs/cluster-results.md has what was measured here with several seeds and texts, and what other rates do.
 */
const BAND = 4;

it.each([
  ["diloco-2", "parallel-2"],
  ["diloco-4", "parallel-4"],
  ["streaming-2", "parallel-2"],
  ["int4-all-2", "parallel-2"],
  ["int4-2", "parallel-2"],
] as const)(`%s is within ${BAND} %% of %s`, (name, reference) => {
  expect(gap(name, reference)).toBeLessThan(BAND);
  // Far below would be another budget, or held-out text that is trained on.
  expect(gap(name, reference)).toBeGreaterThan(-1.5);
  // The loss had not far to fall: whoever did nothing would be near the band.
  const fall = (loss("before") - loss(name)) / (loss("before") - loss(reference));
  expect(fall, "part of the reference's progress").toBeGreaterThan(0.4);
});

it("four bits for every value cost next to nothing beside eight", () => {
  expect(Math.abs(gap("int4-all-2", "diloco-2"))).toBeLessThan(1);
});
