/** @file What the shepherd does when workers die, hang, are late, say things twice or send nonsense: one test for each promise. */
import { describe, expect, test } from "vitest";
import { checkJournal } from "#lib/train/protocol/invariants.ts";
import { unitCount } from "#lib/train/protocol/ledger.ts";
import type { Lease } from "#lib/train/protocol/messages.ts";
import type { RunPlan } from "#lib/train/protocol/plan.ts";
import { Bench, incarnation, PLAN, type TestWorker } from "./protocol-bench.ts";

const GOOD = [0.1, 0.2, 0.3, 0.4];

interface Pair {
  readonly bench: Bench;
  readonly w1: TestWorker;
  readonly w2: TestWorker;
  readonly lease1: Lease;
  readonly lease2: Lease;
}

/** Two members with their first leases. */
async function pair(changes: Partial<RunPlan> = {}): Promise<Pair> {
  const bench = await Bench.begin(changes);
  const w1 = await bench.worker("w1").join();
  const w2 = await bench.worker("w2", 2).join();
  const first = w1.lease();
  const lease2 = await w2.lease();
  return { bench, w1, w2, lease1: await first, lease2 };
}

const departures = (bench: Bench) =>
  bench.recordsOf("departure").map(({ worker, how }) => `${worker} ${how}`);

describe("handing in", () => {
  test("the same update twice is one contribution, and the result can be asked for again", async () => {
    const { bench, w1, w2, lease1, lease2 } = await pair();
    expect(await w1.submit(lease1, GOOD)).toEqual({ kind: "accepted" });
    expect(await w1.submit(lease1, GOOD)).toEqual({ kind: "accepted" });
    expect(await w2.submit(lease2, GOOD)).toEqual({ kind: "accepted" });
    const result = await bench.of(w1.result(lease1));
    expect(result).toMatchObject({ kind: "merged", fragments: [{ fragment: 0, version: 1 }] });
    expect(await w1.submit(lease1, GOOD)).toEqual({ kind: "accepted" });
    expect(await bench.of(w1.result(lease1))).toEqual(result);
    const [commit, ...more] = bench.recordsOf("commit");
    expect(more).toEqual([]);
    expect(commit?.contributions.map(({ worker }) => worker)).toEqual(["w1", "w2"]);
    expect(commit?.tokens).toBe(32);
    expect(checkJournal(bench.records, bench.plan)).toEqual([]);
  });

  test("a blob that is not there is asked for", async () => {
    const { bench, w1, lease1 } = await pair();
    const reply = await w1.submit(lease1, GOOD, { upload: false });
    expect(reply).toEqual({ kind: "missing", digests: [w1.encode(GOOD).digest] });
    expect(bench.recordsOf("commit")).toEqual([]);
    expect(await w1.submit(lease1, GOOD)).toEqual({ kind: "accepted" });
  });

  test("a blob that is no update is rejected as damaged; the others count", async () => {
    const { bench, w1, w2, lease1, lease2 } = await pair();
    await w2.submit(lease2, GOOD);
    expect(await w1.submit(lease1, GOOD, { raw: new Uint8Array(40) })).toEqual({
      kind: "accepted",
    });
    const result = await bench.of(w1.result(lease1));
    expect(result).toMatchObject({ kind: "rejected", why: "damaged" });
    expect(bench.recordsOf("commit")[0]?.contributions.map(({ worker }) => worker)).toEqual(["w2"]);
  });

  test("NaN rejects that worker's update and no other, and the third in a row ends its part", async () => {
    const { bench, w1, w2, lease1, lease2 } = await pair();
    let [mine, theirs] = [lease1, lease2];
    for (let time = 1; time <= 3; time++) {
      await w1.submit(mine, [0.1, Number.NaN, 0.3, 0.4]);
      await w2.submit(theirs, GOOD);
      const result = await bench.of(w1.result(mine));
      if (time === 3) {
        expect(result).toMatchObject({ kind: "dismissed", how: "kicked", again: false });
        break;
      }
      expect(result).toMatchObject({ kind: "rejected", why: "not_finite" });
      // The other one has begun the next round without it.
      const asked = w1.lease(mine.lease);
      theirs = await w2.lease(theirs.lease);
      await w2.submit(theirs, GOOD);
      theirs = await w2.lease(theirs.lease);
      mine = await asked;
      expect(mine).toMatchObject({ rebase: true, round: theirs.round });
    }
    expect(departures(bench)).toEqual(["w1 kicked"]);
    for (const { contributions } of bench.recordsOf("commit"))
      expect(contributions.map(({ worker }) => worker)).toEqual(["w2"]);
    expect(checkJournal(bench.records, bench.plan)).toEqual([]);
  });

  test("an update far larger than those before is rejected", async () => {
    const { bench, w1, w2, lease1, lease2 } = await pair();
    let [mine, theirs] = [lease1, lease2];
    for (let round = 0; round < 3; round++) {
      const step = GOOD.map((value) => value * (round + 1));
      await w1.submit(mine, round === 2 ? step.map((value) => value * 1e4) : step);
      await w2.submit(theirs, step);
      if (round === 2) break;
      mine = await w1.lease(mine.lease);
      theirs = await w2.lease(theirs.lease);
    }
    expect(await bench.of(w1.result(mine))).toMatchObject({ kind: "rejected", why: "norm" });
    expect(await bench.of(w2.result(theirs))).toMatchObject({ kind: "merged" });
  });

  test("who is too late is told so, and starts again from what the others have", async () => {
    const { bench, w1, w2, lease1, lease2 } = await pair();
    await w1.submit(lease1, GOOD);
    await bench.pass(6_000);
    const [commit] = bench.recordsOf("commit");
    expect(commit?.rejected).toMatchObject([{ worker: "w2", why: "late" }]);
    expect(await w2.submit(lease2, GOOD)).toMatchObject({ kind: "rejected", why: "late" });
    const asked = w2.asks(lease2.lease);
    const next = await w1.lease(lease1.lease);
    await w1.submit(next, GOOD);
    const reply = await bench.of(asked);
    expect(reply).toMatchObject({ kind: "work", lease: { rebase: true, round: 2 } });
    // Its units went to somebody else.
    expect(unitCount(next.units)).toBe(2);
    expect(next.units).toEqual(lease2.units);
  });

  test("nobody waits for a straggler before the quorum is there", async () => {
    const { bench, w1, lease1 } = await pair({ quorum: 2 });
    await w1.submit(lease1, GOOD);
    await bench.pass(60_000);
    expect(bench.recordsOf("commit")).toEqual([]);
    expect(bench.core.status().waitingFor).toMatch(/^w2: 60 s/);
  });
});

describe("workers that go", () => {
  test("a second process of a name fences the first", async () => {
    const { bench, w1, w2, lease1, lease2 } = await pair();
    const again = await bench.worker("w1", 3).join();
    expect(departures(bench)).toEqual(["w1 fenced"]);
    expect(await bench.of(w1.asks())).toMatchObject({
      ...{ kind: "dismissed", how: "fenced", again: false },
    });
    expect(await w1.submit(lease1, GOOD)).toMatchObject({ kind: "rejected", why: "fenced" });
    expect(await w1.register()).toMatchObject({ kind: "refused" });
    const asked = again.lease();
    await w2.submit(lease2, GOOD);
    expect((await asked).units).toEqual(lease1.units);
    expect(checkJournal(bench.records, bench.plan)).toEqual([]);
  });

  test("silence for the heartbeat timeout: lost, and back with the same incarnation", async () => {
    const { bench, w1, w2, lease1, lease2 } = await pair();
    w1.silence();
    await w2.submit(lease2, GOOD);
    await bench.pass(11_000);
    expect(departures(bench)).toEqual(["w1 lost"]);
    expect(bench.recordsOf("commit")).toHaveLength(1);
    const reply = await bench.of(w1.asks(lease1.lease));
    expect(reply).toMatchObject({ kind: "dismissed", how: "lost", again: true });
    await w1.join();
    const status = bench.core.status().workers.find(({ worker }) => worker === "w1");
    expect(status).toMatchObject({ state: expect.stringMatching(/ready|waiting/) });
  });

  test("a closed connection: crashed after the reconnect time, unless it speaks again", async () => {
    const { bench, w1, w2 } = await pair();
    w1.silence();
    bench.core.disconnected("w1", incarnation(1));
    bench.core.disconnected("w2", incarnation(2));
    expect(w2.speaker.worker).toBe("w2");
    await bench.pass(3_000);
    expect(departures(bench)).toEqual(["w1 crashed"]);
  });

  test("heartbeats without a new inner step: hung, and only a new process may come", async () => {
    const { bench, w1, lease1 } = await pair();
    w1.beat = { ...w1.beat, phase: "training", step: 1, totalSteps: 1 };
    await bench.pass(25_000);
    expect(departures(bench)).toEqual(["w1 hung"]);
    expect(await bench.of(w1.asks(lease1.lease))).toMatchObject({ how: "hung", again: false });
    const gone = bench.core.status().workers.find(({ worker }) => worker === "w1");
    expect(gone).toMatchObject({ state: "gone", departure: "hung" });
  });

  test("a last contribution with fewer steps counts by its tokens; then the worker is gone", async () => {
    const { bench, w1, w2, lease1, lease2 } = await pair();
    await w1.submit(lease1, GOOD, { steps: 1, final: true });
    await bench.of(bench.core.leave({ ...w1.speaker, how: "drained", reason: "asked to end" }));
    w1.silence();
    await bench.pass(100);
    expect(departures(bench)).toEqual([]);
    await w2.submit(lease2, GOOD);
    await bench.pass(100);
    const [commit] = bench.recordsOf("commit");
    expect(
      commit?.contributions.map(({ worker, tokens, weight }) => [worker, tokens, weight]),
    ).toEqual([
      ["w1", 8, 8],
      ["w2", 16, 16],
    ]);
    expect(departures(bench)).toEqual(["w1 drained"]);
    const next = await w2.lease(lease2.lease);
    expect(next.units[0]).toEqual({ epoch: 0, from: 1, to: 2 });
    expect(checkJournal(bench.records, bench.plan)).toEqual([]);
  });

  test("below the quorum the run pauses, and a worker that comes takes part in the same round", async () => {
    const { bench, w1, w2, lease1, lease2 } = await pair({ quorum: 2 });
    await w2.submit(lease2, GOOD);
    w1.silence();
    await bench.pass(60_000);
    expect(bench.core.status()).toMatchObject({
      waitingFor: expect.stringMatching(/^workers, 1 of 2 are here.*: \d+ s of 600 s$/),
    });
    const w3 = await bench.worker("w3", 3).join();
    const lease3 = await w3.lease();
    expect(lease3).toMatchObject({ round: 0, units: lease1.units, rebase: true });
    await w3.submit(lease3, GOOD);
    expect(await bench.of(w2.result(lease2))).toMatchObject({ kind: "merged" });
    expect(checkJournal(bench.records, bench.plan)).toEqual([]);
  });

  test("a run that misses workers begins with a quorum after a while, also if that was lost in between", async () => {
    const timing = { ...PLAN.timing, quorumWaitMs: 60_000 };
    const bench = await Bench.begin({ workers: 3, quorum: 1, timing });
    const w1 = await bench.worker("w1").join();
    await bench.pass(45_000);
    w1.silence();
    await bench.pass(40_000);
    expect(departures(bench)).toEqual(["w1 lost"]);
    expect(bench.end).toBeNull();
    const w2 = await bench.worker("w2", 2).join();
    expect(await w2.lease()).toMatchObject({ round: 0, tokensPerStep: 8 });
    expect(bench.world.now).toBeLessThan(90_000);
  });

  test("below the quorum for too long, the run ends as failed and can be resumed", async () => {
    const { bench, w1, w2 } = await pair();
    w1.silence();
    w2.silence();
    await bench.pass(700_000);
    expect(bench.end).toMatchObject({ failed: true, reason: "0 of 1 workers for 600 s" });
    expect(bench.recordsOf("end")).toEqual([]);
  });
});

describe("the shepherd's restart", () => {
  test("waits for the members, who keep their leases, and merges nothing twice", async () => {
    const { bench, w1, w2, lease1, lease2 } = await pair();
    await w1.submit(lease1, GOOD);
    const second = bench.restart();
    await second.pass(1_000);
    expect(second.core.status().waitingFor).toMatch(/^w1, w2 to come back: 1 s of 30 s$/);
    const back1 = second.worker("w1");
    const back2 = second.worker("w2", 2);
    // The first one asks for its result: this shepherd has nothing of it, and says so at once.
    expect(await second.of(back1.result(lease1))).toMatchObject({ kind: "wait" });
    await back1.submit(lease1, GOOD);
    expect((await back2.lease()).lease).toBe(lease2.lease);
    await back2.submit(lease2, GOOD);
    expect(await second.of(back1.result(lease1))).toMatchObject({ kind: "merged" });
    const third = second.restart();
    await third.pass(10);
    expect(await third.of(third.worker("w1").result(lease1))).toMatchObject({ kind: "merged" });
    expect(await third.worker("w1").submit(lease1, GOOD)).toEqual({ kind: "accepted" });
    expect(third.recordsOf("commit")).toHaveLength(1);
    expect(third.recordsOf("shepherd").map(({ incarnation: n }) => n)).toEqual([1, 2, 3]);
    expect(checkJournal(third.records, third.plan)).toEqual([]);
    expect(w1.speaker).toEqual(back1.speaker);
    expect(w2.speaker).toEqual(back2.speaker);
  });

  test("a journal that cannot be written ends the process and nothing else: the run goes on after it", async () => {
    const { bench, w1, w2, lease1, lease2 } = await pair();
    bench.diskFull = true;
    await w1.submit(lease1, GOOD);
    await w2.submit(lease2, GOOD);
    await bench.pass(100);
    expect(bench.end).toMatchObject({ failed: true, reason: expect.stringContaining("ENOSPC") });
    expect(await bench.of(w1.asks(lease1.lease))).toMatchObject({ kind: "wait" });
    await expect(bench.worker("w3", 3).register()).rejects.toThrow("ENOSPC");
    const second = bench.restart();
    const [back1, back2] = [second.worker("w1"), second.worker("w2", 2)];
    await back1.submit(lease1, GOOD);
    await back2.submit(lease2, GOOD);
    expect(await second.of(back1.result(lease1))).toMatchObject({ kind: "merged" });
    expect(second.recordsOf("commit")).toHaveLength(1);
  });

  test("members that do not come back are lost, and their units go to others", async () => {
    const { bench, lease1 } = await pair();
    const second = bench.restart();
    const w2 = second.worker("w2", 2);
    const lease2 = await w2.lease();
    await w2.join();
    await w2.submit(lease2, GOOD);
    await second.pass(31_000);
    expect(departures(second)).toEqual(["w1 lost"]);
    const next = await w2.lease(lease2.lease);
    expect(next.units).toEqual(lease1.units);
  });
});

describe("operators", () => {
  test("pause, resume, drain, kick and stop", async () => {
    const { bench, w1, w2, lease1, lease2 } = await pair();
    const control = (...args: Parameters<typeof bench.core.control>) =>
      bench.of(bench.core.control(...args));
    expect(await control("pause", null)).toBeNull();
    await w1.submit(lease1, GOOD);
    await w2.submit(lease2, GOOD);
    const waiting = w1.asks(lease1.lease);
    await bench.pass(5_000);
    expect(bench.core.status()).toMatchObject({ state: "paused" });
    expect(bench.recordsOf("open")).toHaveLength(1);
    expect(await control("resume", null)).toBeNull();
    expect(await bench.of(waiting)).toMatchObject({ kind: "work" });
    expect(await control("drain", "w1")).toBeNull();
    expect(await bench.of(bench.core.heartbeat({ ...w1.speaker, ...w1.beat }))).toMatchObject({
      kind: "drain",
    });
    expect(await control("kick", "w2")).toBeNull();
    expect(await bench.of(w2.asks())).toMatchObject({ kind: "dismissed", how: "kicked" });
    expect(await control("kick", "w9")).toBe("there is no worker w9 in the run");
    expect(await control("drain", null)).toBe("name the worker to drain");
    expect(await control("stop", null)).toBeNull();
    await bench.pass(20_000);
    expect(bench.end).toEqual({ reason: "stopped by an operator", failed: false });
    expect(await control("pause", null)).toMatch(/^the run is over/);
  });
});

describe("joining", () => {
  test("another version of the protocol is refused with both", async () => {
    const bench = await Bench.begin();
    const told = { backend: "interp", target: "interp", device: "d", host: "h" } as const;
    const reply = await bench.of(
      bench.core.register({
        ...{ protocol: 9, worker: "w1", incarnation: incarnation(1), ...told },
        ...{ software: "1", pid: 1, restarts: 0, resume: null },
      }),
    );
    expect(reply).toMatchObject({ kind: "refused", reason: expect.stringContaining("protocol 9") });
  });

  test("a worker whose numbers differ is refused with the difference", async () => {
    const bench = await Bench.begin();
    const w1 = bench.worker("w1");
    await w1.register();
    const reply = await bench.of(bench.core.agreement({ ...w1.speaker, loss: 7, gradNorm: 1 }));
    expect(reply).toEqual({ kind: "refused", reason: "loss is 7, the reference has 1" });
    expect(departures(bench)).toEqual(["w1 refused"]);
    expect(await w1.register()).toMatchObject({ kind: "refused" });
  });

  test("a call for work waits no longer than 25 s, and then says for whom", async () => {
    const bench = await Bench.begin();
    const w1 = await bench.worker("w1").join();
    const began = bench.world.now;
    const reply = await bench.of(w1.asks());
    expect(reply).toMatchObject({
      kind: "wait",
      reason: expect.stringContaining("1 of 2 are here"),
    });
    expect(bench.world.now - began).toBeLessThanOrEqual(25_000);
  });

  test("who joins in the middle begins with the next round", async () => {
    const { bench, w1, w2, lease1, lease2 } = await pair();
    const w3 = await bench.worker("w3", 3).join();
    const asked = w3.lease();
    await w1.submit(lease1, GOOD);
    await w2.submit(lease2, GOOD);
    expect(await asked).toMatchObject({ round: 1, rebase: true, tokens: 32, tokensPerStep: 24 });
    expect(bench.recordsOf("open")[1]?.assignments.map(({ worker }) => worker)).toEqual([
      "w1",
      "w2",
      "w3",
    ]);
  });

  test("where data ends, what is left is dealt out, and the run ends", async () => {
    const { bench, w1, w2, lease1, lease2 } = await pair({
      data: { ...(await Bench.begin()).plan.data, unitsPerEpoch: 5, maxEpochs: 1 },
    });
    await w1.submit(lease1, GOOD);
    await w2.submit(lease2, GOOD);
    const last = await w1.lease(lease1.lease);
    expect(last).toMatchObject({ steps: 1, units: [{ epoch: 0, from: 4, to: 5 }] });
    await w1.submit(last, GOOD);
    expect(await bench.of(w2.asks(lease2.lease))).toEqual({
      ...{ kind: "stop", reason: "the data is used up" },
    });
    expect(checkJournal(bench.records, bench.plan)).toEqual([]);
  });
});
