/** @file Event files as TensorBoard's own reader sees them. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MetricsWriter } from "#lib/train/metrics.ts";
import { findTorch } from "./environment.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pcp-events-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const READER = `
import json, sys
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
events = EventAccumulator(sys.argv[1])
events.Reload()
print(json.dumps({tag: [[e.step, e.value, e.wall_time] for e in events.Scalars(tag)] for tag in events.Tags()["scalars"]}))
`;

it("TensorBoard reads what a run and its continuation wrote", async (context) => {
  const python = await findTorch();
  if (python === null) return context.skip("no Python with requirements/export.txt");
  let now = 1_700_000_000_000;
  const writer = new MetricsWriter(folder, 0, true, () => now);
  for (let step = 1; step <= 5; step++) {
    now += 1000;
    writer.record({ event: "step", step, tokens: step * 8, loss: 5 - step / 3 });
  }
  writer.record({ event: "eval", step: 5, tokens: 40, loss: 3.25 });
  writer.close();
  // The run goes on from step 3: what was written beyond is written anew.
  const again = new MetricsWriter(folder, 3, true, () => now);
  again.record({ event: "step", step: 4, tokens: 32, loss: 9.5 });
  again.close();
  expect(readdirSync(join(folder, "events"))).toHaveLength(2);
  const { stdout } = await execa(python.path, ["-c", READER, join(folder, "events")]);
  const scalars = JSON.parse(stdout) as Record<string, [number, number, number][]>;
  const losses = scalars["train/loss"]?.map(([step, loss]) => [step, loss]) ?? [];
  expect(losses).toEqual([
    [1, Math.fround(5 - 1 / 3)],
    [2, Math.fround(5 - 2 / 3)],
    [3, 4],
    [4, 9.5],
  ]);
  expect(scalars["train/loss"]?.[0]?.[2]).toBe(1_700_000_001);
  expect(scalars["train/tokens"]?.[1]?.[1]).toBe(16);
});
