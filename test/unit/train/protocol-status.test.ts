/** @file What the snapshot tells of a run: where the time of rounds goes, MFU, staleness, checkpoints; all by the injected clock. */
import { describe, expect, it, test } from "vitest";
import { Histogram } from "#lib/train/protocol/histogram.ts";
import type { RunPlan } from "#lib/train/protocol/plan.ts";
import { RoundPhases } from "#lib/train/protocol/round-phases.ts";
import { PHASES, type RoundStatus } from "#lib/train/protocol/status.ts";
import { Bench } from "./protocol-bench.ts";

const GOOD = [0.1, 0.2, 0.3, 0.4];

describe("phases of a round", () => {
  const total = (phases: RoundPhases): number =>
    PHASES.reduce((sum, phase) => sum + phases.seconds[phase], 0);

  test("follow each other: training, waiting for others, the last upload, merging, publishing", () => {
    const phases = new RoundPhases(1000);
    phases.arrived(0, 2000, 11_000);
    phases.arrived(0, 3000, 24_000);
    phases.published(0, 24_500, 25_500, 25_700);
    expect(phases.seconds).toEqual({
      // The first upload began at 9 s; the last one, of 3 s, was waited for from then on.
      ...{ compute: 8, wait: 12.5, upload: 3, merge: 1, publish: 0.2 },
    });
  });

  test("do not depend on who comes first where a slow upload began early", () => {
    const phases = new RoundPhases(0);
    phases.arrived(0, 100, 5_000);
    phases.arrived(0, 6_000, 7_000);
    phases.published(0, 7_000, 7_000, 7_000);
    expect(phases.seconds).toMatchObject({ compute: 1, wait: 0, upload: 6 });
  });

  test("are those of all slots of a round, also where an update comes before its slot is due", () => {
    const phases = new RoundPhases(0);
    phases.arrived(0, 500, 2000);
    phases.arrived(1, 500, 2500);
    phases.published(0, 2000, 3000, 3100);
    phases.published(1, 3100, 3300, 3400);
    phases.arrived(2, 250, 5000);
    phases.published(2, 5000, 5200, 5300);
    expect(phases.seconds).toEqual({
      compute: expect.closeTo(1.5 + 1.35, 9),
      wait: 0,
      upload: expect.closeTo(0.75, 9),
      merge: expect.closeTo(1.4, 9),
      publish: expect.closeTo(0.3, 9),
    });
    expect(total(phases)).toBeCloseTo(5.3, 9);
  });

  test("stay within the round whatever a worker says of its upload", () => {
    const phases = new RoundPhases(0);
    phases.arrived(0, Number.MAX_SAFE_INTEGER, 4000);
    phases.published(0, 5000, 5000, 5000);
    expect(phases.seconds).toMatchObject({ compute: 0, wait: 1, upload: 4 });
    expect(total(phases)).toBe(5);
  });

  test("of a slot that nobody handed anything in for are computing", () => {
    const phases = new RoundPhases(0);
    phases.published(0, 5000, 5000, 5000);
    expect(phases.seconds.compute).toBe(5);
  });
});

test("a histogram counts each observation once, by the lowest bound that is not below it", () => {
  const histogram = new Histogram([1, 3]);
  for (const value of [0, 1, 1.5, 3, 4, 100]) histogram.observe(value);
  expect(histogram.status()).toEqual({ counts: [2, 2, 2], sum: 109.5 });
});

describe("a run's snapshot", () => {
  const lastRound = (bench: Bench): RoundStatus | undefined =>
    bench.core.status().recentRounds.findLast(({ tokens }) => tokens > 0);
  const counted = (bench: Bench): number =>
    bench.core.status().roundSeconds.publish.counts.reduce((sum, count) => sum + count, 0);

  async function pair(changes: Partial<RunPlan> = {}) {
    const bench = await Bench.begin(changes, { flopsPerToken: 1000, peakFlops: null });
    const w1 = await bench.worker("w1").join();
    const w2 = await bench.worker("w2", 2).join();
    const first = w1.lease();
    const lease2 = await w2.lease();
    return { bench, w1, w2, lease1: await first, lease2 };
  }

  it("tells the phases of a round from what was measured, and counts the round once", async () => {
    const { bench, w1, w2, lease1, lease2 } = await pair();
    await bench.pass(4_000);
    await w1.submit(lease1, GOOD, { uploadMs: 1000 });
    await bench.pass(2_000);
    expect(counted(bench)).toBe(0);
    bench.journalMs = 250;
    await w2.submit(lease2, GOOD, { uploadMs: 500 });
    const result = await bench.of(w2.result(lease2));
    expect(result.kind).toBe("merged");
    const round = lastRound(bench);
    expect(round?.compute).toBeCloseTo(3, 1);
    expect(round?.wait).toBeCloseTo(2.5, 1);
    expect(round?.upload).toBeCloseTo(0.5, 9);
    expect(round?.publish).toBeCloseTo(0.25, 9);
    const { roundSeconds } = bench.core.status();
    expect(Object.keys(roundSeconds)).toEqual([...PHASES]);
    for (const phase of PHASES) expect(roundSeconds[phase].sum).toBe(round?.[phase]);
    expect(counted(bench)).toBe(1);
  });

  it("takes a closing deadline for waiting", async () => {
    const { bench, w1, lease1 } = await pair();
    await bench.pass(1_000);
    await w1.submit(lease1, GOOD);
    await bench.pass(6_000);
    expect(bench.recordsOf("commit")).toHaveLength(1);
    const round = lastRound(bench);
    expect(round?.compute).toBeCloseTo(1, 1);
    expect(round?.wait).toBeCloseTo(4, 1);
    expect(round?.upload).toBe(0);
  });

  it("tells the time of a round that outlives its shepherd, by the journal up to then", async () => {
    const { bench, lease1, lease2 } = await pair();
    await bench.pass(3_000);
    const next = bench.restart();
    const again = [next.worker("w1"), next.worker("w2", 2)] as const;
    await next.pass(1_000);
    await again[0].submit(lease1, GOOD, { uploadMs: 500 });
    await again[1].submit(lease2, GOOD, { uploadMs: 500 });
    const round = next.core.status().recentRounds[0];
    expect(round?.compute).toBeCloseTo(3.5, 1);
    expect(round?.upload).toBeCloseTo(0.5, 1);
    // A shepherd that reads it later knows no more than the journal.
    const later = next.restart().core.status().recentRounds[0];
    expect(later).toMatchObject({ wait: 0, upload: 0, publish: 0 });
    expect(later?.compute).toBeCloseTo(4, 1);
  });

  it("counts the merges between a worker's base and its own merge, also after a restart", async () => {
    const one = {
      algorithm: "decoupled",
      timing: { ...(await Bench.begin()).plan.timing },
    } as const;
    const { bench, w1, w2, lease1, lease2 } = await pair({
      ...one,
      timing: { ...one.timing, graceMs: 0 },
    });
    let lease = lease2;
    for (let round = 0; round < 3; round++) {
      await w2.submit(lease, GOOD);
      const after = await bench.of(w2.result(lease));
      if (after.kind !== "merged") throw new Error(after.kind);
      // Streaming and decoupled workers go on from what they have taken over.
      lease = { ...(await w2.lease(lease.lease)), fragments: after.fragments };
    }
    expect(bench.core.status().staleness).toMatchObject({ sum: 0 });
    await w1.submit(lease1, GOOD);
    expect(await bench.of(w1.result(lease1))).toMatchObject({ kind: "merged" });
    const { staleness } = bench.core.status();
    expect(staleness.sum).toBe(3);
    expect(staleness.counts.slice(0, 4)).toEqual([3, 0, 0, 1]);
    expect(bench.restart().core.status().staleness).toEqual(staleness);
  });

  it("tells of all rounds of a decoupled run that one merge ends, each with its own part", async () => {
    const { bench, w1, w2, lease1, lease2 } = await pair({ algorithm: "decoupled" });
    await bench.pass(2_000);
    // Both come within the time that the first one waits for others.
    const [first, second] = [w1.encode(GOOD), w2.encode([0.2, 0.2, 0.2, 0.2])];
    expect(first.digest).not.toBe(second.digest);
    await w1.submit(lease1, GOOD, { uploadMs: 200 });
    await w2.submit(lease2, [0.2, 0.2, 0.2, 0.2], { uploadMs: 400 });
    await bench.of(w2.result(lease2));
    expect(bench.recordsOf("commit")).toHaveLength(1);
    const { recentRounds, loss } = bench.core.status();
    const ended = recentRounds.filter(({ tokens }) => tokens > 0);
    expect(ended.map(({ participants, upload }) => [participants, upload])).toEqual([
      [1, 0.2],
      [1, 0.4],
    ]);
    expect(ended[0]?.bytesUp).toBe(first.bytes.byteLength);
    expect(ended[1]?.bytesUp).toBe(second.bytes.byteLength);
    expect(loss).toBe(2);
    expect(counted(bench)).toBe(2);
    expect(bench.core.status().tokensPerSecond).toBeGreaterThan(0);
  });

  it("has MFU where all peaks are known, of workers and of the run, and else none", async () => {
    const { bench, w1, w2, lease1, lease2 } = await pair();
    w1.beat = { ...w1.beat, tokensPerSecond: 50, peakFlops: 1e6 };
    w2.beat = { ...w2.beat, tokensPerSecond: 25 };
    await bench.pass(2_000);
    await w1.submit(lease1, GOOD);
    await w2.submit(lease2, GOOD);
    await bench.of(w1.result(lease1));
    const some = bench.core.status();
    expect(some.workers.map(({ mfu }) => mfu)).toEqual([0.05, null]);
    expect(some).toMatchObject({ mfu: null, peakFlops: null, flopsPerToken: 1000 });
    w2.beat = { ...w2.beat, peakFlops: 2e6 };
    await bench.pass(2_000);
    const all = bench.core.status();
    expect(all.workers.map(({ mfu }) => mfu)).toEqual([0.05, 0.0125]);
    expect(all.peakFlops).toBe(3e6);
    expect(all.tokensPerSecond).toBeGreaterThan(0);
    expect(all.mfu).toBe((all.tokensPerSecond * 1000) / 3e6);
    // Who is out is not reckoned with.
    w1.silence();
    await bench.pass(20_000);
    expect(bench.core.status().workers[0]).toMatchObject({ state: "gone", mfu: null });
    expect(bench.core.status().peakFlops).toBe(2e6);
  });

  it("takes the config's peak for workers that tell none", async () => {
    const bench = await Bench.begin({}, { flopsPerToken: 1000, peakFlops: 5e6 });
    const w1 = await bench.worker("w1").join();
    w1.beat = { ...w1.beat, tokensPerSecond: 50 };
    await bench.pass(2_000);
    expect(bench.core.status().workers[0]).toMatchObject({ peakFlops: 5e6, mfu: 0.01 });
    expect(bench.core.status()).toMatchObject({ peakFlops: 5e6, mfu: null });
  });

  it("tells how long a checkpoint took, where its record says so", async () => {
    const bench = await Bench.begin();
    await bench.of(bench.core.note({ kind: "checkpoint", round: 1, path: "step-1" }));
    expect(bench.core.status().checkpoint).toMatchObject({ path: "step-1", seconds: null });
    const record = { kind: "checkpoint", round: 2, path: "step-2", milliseconds: 1500 } as const;
    await bench.of(bench.core.note(record));
    await bench.pass(4_000);
    const { checkpoint } = bench.core.status();
    expect(checkpoint).toMatchObject({ path: "step-2", seconds: 1.5 });
    expect(checkpoint?.ageSeconds).toBeCloseTo(4, 1);
  });
});
