/** @file What a worker does: its calls, its retries, what it takes over when, and how its part in a run ends. */
import { describe, expect, test } from "vitest";
import { sha256 } from "#lib/runtime/cache.ts";
import { decodeBlob, layoutOf } from "#lib/train/diloco/layout.ts";
import { encodePublished } from "#lib/train/diloco/wire.ts";
import type {
  Heartbeat,
  HeartbeatReply,
  Lease,
  LeaseReply,
  LeaseRequest,
  Published,
  ResultReply,
  SubmitReply,
  SubmitRequest,
} from "#lib/train/protocol/messages.ts";
import type { RunPlan } from "#lib/train/protocol/plan.ts";
import type { InnerLoop, ShepherdApi } from "#lib/train/protocol/ports.ts";
import {
  runWorkerCore,
  type WorkerOutcome,
  type WorkerStep,
} from "#lib/train/protocol/worker-core.ts";
import { WorkerFragments } from "#lib/train/protocol/worker-fragments.ts";
import type { Schedule } from "#lib/train/schedule.ts";
import { runScenario } from "../../simulation/check.ts";
import { scenarioOf, undisturbed } from "../../simulation/scenario.ts";
import { Process, World } from "../../simulation/world.ts";
import { incarnation, PLAN } from "./protocol-bench.ts";

const BLOB = { digest: "0".repeat(64), bytes: 1 };

/** Every inner step adds 1 to every parameter and takes a second. */
class CountingLoop implements InnerLoop {
  values = new Float32Array(4);
  saved: string[] = [];
  readonly #process: Process;

  constructor(process: Process) {
    this.#process = process;
  }

  async getFragment() {
    return this.values.slice();
  }

  async setFragment(_: number, values: Float32Array) {
    this.values = values.slice();
  }

  async step() {
    await this.#process.clock.sleep(1_000);
    this.values = this.values.map((value) => value + 1);
    return { loss: this.values[0] ?? 0, gradNorm: null };
  }

  gradient() {
    return this.step();
  }

  gradientFragment() {
    return this.getFragment();
  }

  async check() {
    return { loss: 1, gradNorm: 1 };
  }

  async saveState(name: string) {
    this.saved.push(name);
  }

  async loadState() {
    return null;
  }
}

/** A worker, and a shepherd that answers as the test says. */
class Stage {
  readonly world = new World();
  readonly process = new Process(this.world, "w1");
  readonly loop = new CountingLoop(this.process);
  readonly blobs = new Map<string, Uint8Array>();
  readonly uploads: string[] = [];
  readonly downloads: string[] = [];
  readonly registrations: string[] = [];
  readonly asked: LeaseRequest[] = [];
  readonly submitted: SubmitRequest[] = [];
  readonly beats: Heartbeat[] = [];
  readonly left: string[] = [];
  readonly steps: WorkerStep[] = [];
  readonly drain = new AbortController();
  readonly plan: RunPlan;
  leases: (LeaseReply | Promise<LeaseReply>)[] = [];
  onSubmit: (request: SubmitRequest) => SubmitReply = () => ({ kind: "accepted" });
  onResult: () => ResultReply | Promise<ResultReply> = () => ({
    kind: "merged",
    fragments: [this.publish(1, [10, 10, 10, 10])],
  });
  onHeartbeat: () => HeartbeatReply = () => ({ kind: "ok" });
  /** Calls that fail before one works. */
  failures = 0;
  /** How long an upload takes. */
  uploadMs = 0;
  peakFlops: number | null = null;
  outcome: WorkerOutcome | null = null;

  constructor(changes: Partial<RunPlan> = {}) {
    this.plan = { ...PLAN, ...changes };
  }

  publish(version: number, values: readonly number[]): Published {
    const fragment = this.plan.fragments[0];
    if (fragment === undefined) throw new Error("no fragment");
    const bytes = encodePublished(fragment, Float32Array.from(values), this.plan.wire);
    const digest = sha256(bytes);
    this.blobs.set(digest, bytes);
    return { fragment: 0, version, blob: { digest, bytes: bytes.byteLength }, url: null };
  }

  work(round: number, changes: Partial<Lease> = {}): LeaseReply {
    const fragments = [this.publish(0, [0, 0, 0, 0])];
    const units = [{ epoch: 0, from: 2 * round, to: 2 * round + 2 }];
    return {
      kind: "work",
      lease: {
        ...{ lease: `${round}.w1.11111111`, round, steps: 2, units, fragments },
        ...{ tokens: 100, tokensPerStep: 16, rebase: true, ...changes },
      },
    };
  }

  #api(): ShepherdApi {
    const answer = async <T>(reply: () => T | Promise<T>): Promise<T> => {
      await this.process.clock.sleep(1);
      if (this.failures > 0) {
        this.failures--;
        throw new Error("connection refused");
      }
      return reply();
    };
    return {
      register: (request) =>
        answer(() => {
          this.registrations.push(request.incarnation);
          return { kind: "registered", runId: "r", manifest: BLOB, heartbeatMs: 1_000 };
        }),
      program: () => answer(() => ({ kind: "refused", reason: "not asked in this test" })),
      agreement: () => answer(() => ({ kind: "agreed" })),
      lease: (request) =>
        answer(() => {
          this.asked.push(request);
          return this.leases.shift() ?? { kind: "stop", reason: "that was all" };
        }),
      heartbeat: async (request) => {
        this.beats.push(request);
        return this.onHeartbeat();
      },
      submit: (request) =>
        answer(() => {
          this.submitted.push(request);
          return this.onSubmit(request);
        }),
      result: () => answer(() => this.onResult()),
      leave: (request) => answer(() => void this.left.push(request.how)),
    };
  }

  /** Runs the worker to its end, or for so long. */
  async run(milliseconds = 60_000): Promise<WorkerOutcome | null> {
    runWorkerCore({
      self: {
        ...{ worker: "w1", incarnation: incarnation(1), backend: "interp", target: "interp" },
        ...{ device: "d", host: "h", software: "1", pid: 1, restarts: 0 },
      },
      resume: null,
      api: this.#api(),
      blobs: {
        upload: async (digest, bytes) => {
          if (this.uploadMs > 0) await this.process.clock.sleep(this.uploadMs);
          this.uploads.push(digest);
          this.blobs.set(digest, bytes);
        },
        download: async ({ digest }) => {
          this.downloads.push(digest);
          const bytes = this.blobs.get(digest);
          if (bytes === undefined) throw new Error("not found");
          return bytes;
        },
      },
      clock: this.process.clock,
      failPoint: () => undefined,
      random: () => 0.5,
      peakFlops: this.peakFlops,
      sha256,
      load: async () => ({ plan: this.plan, loop: this.loop }),
      signal: this.drain.signal,
      giveUpMs: 30_000,
      onStep: (step) => this.steps.push(step),
    }).then((outcome) => {
      this.outcome = outcome;
    });
    let over = false;
    this.world.schedule(milliseconds, () => {
      over = true;
    });
    await this.world.run(() => over || this.outcome !== null, milliseconds, 10_000);
    return this.outcome;
  }

  /** Parameters that an update carries. */
  parameters(index: number): number[] {
    const digest = this.submitted[index]?.updates[0]?.blob.digest ?? "";
    const fragment = this.plan.fragments[0];
    const bytes = this.blobs.get(digest);
    if (fragment === undefined || bytes === undefined) throw new Error(`no update ${index}`);
    const values = decodeBlob(layoutOf(fragment, "parameters", "f32", null), bytes);
    return "problem" in values ? [] : [...values];
  }
}

describe("a round", () => {
  test("trains its units, hands in what it has learned, and takes over what was merged", async () => {
    const stage = new Stage();
    stage.leases = [
      stage.work(0),
      stage.work(1, { fragments: [stage.publish(1, [10, 10, 10, 10])] }),
    ];
    expect(await stage.run()).toEqual({ kind: "stopped", reason: "that was all" });
    expect(stage.submitted).toMatchObject([
      { lease: "0.w1.11111111", slot: 0, steps: 2, tokens: 16, loss: 1.5, final: false },
      { lease: "1.w1.11111111", slot: 0, steps: 2, tokens: 16, loss: 11.5, final: false },
    ]);
    expect(stage.parameters(0)).toEqual([2, 2, 2, 2]);
    expect(stage.parameters(1)).toEqual([12, 12, 12, 12]);
    expect(stage.submitted.map(({ updates }) => updates[0]?.base)).toEqual([0, 1]);
    expect(stage.asked.map(({ after }) => after)).toEqual([null, "0.w1.11111111", "1.w1.11111111"]);
    expect(stage.loop.saved).toEqual(["0.w1.11111111", "1.w1.11111111"]);
    // The second lease names what the first result has brought already.
    expect(new Set(stage.downloads).size).toBe(stage.downloads.length);
  });

  test("the learning rate goes by global tokens", async () => {
    const schedule: Schedule = {
      ...{ peak: 1, end: 0, warmupTokens: 0, totalTokens: 1_000 },
      kind: "linear",
    };
    const stage = new Stage({ schedule });
    stage.leases = [stage.work(0)];
    await stage.run();
    expect(stage.steps.map(({ learningRate }) => learningRate)).toEqual([0.9, 1 - 0.116]);
  });

  test("uploads again what the shepherd misses, and hands it in again", async () => {
    const stage = new Stage();
    stage.leases = [stage.work(0)];
    let missing = true;
    stage.onSubmit = ({ updates }) => {
      if (!missing) return { kind: "accepted" };
      missing = false;
      return { kind: "missing", digests: updates.map(({ blob }) => blob.digest) };
    };
    await stage.run();
    expect(stage.uploads).toHaveLength(2);
    expect(new Set(stage.uploads).size).toBe(1);
    expect(stage.submitted).toHaveLength(2);
  });

  test("tells how long uploading took, tries that it had to make again included", async () => {
    const stage = new Stage();
    stage.leases = [stage.work(0)];
    stage.uploadMs = 700;
    let missing = true;
    stage.onSubmit = ({ updates }) => {
      if (!missing) return { kind: "accepted" };
      missing = false;
      return { kind: "missing", digests: updates.map(({ blob }) => blob.digest) };
    };
    await stage.run();
    expect(stage.submitted.map(({ uploadMs }) => uploadMs)).toEqual([700, 1400]);
  });

  test("hands in again where the shepherd has forgotten", async () => {
    const stage = new Stage();
    stage.leases = [stage.work(0)];
    let waits = 2;
    stage.onResult = () =>
      waits-- > 0
        ? { kind: "wait", reason: "not handed in to this shepherd" }
        : { kind: "merged", fragments: [stage.publish(1, [1, 1, 1, 1])] };
    await stage.run();
    expect(stage.submitted).toHaveLength(3);
    expect(new Set(stage.submitted.map((request) => JSON.stringify(request))).size).toBe(1);
  });

  test("what did not count is given up, and the next lease starts from global values", async () => {
    const stage = new Stage();
    stage.leases = [stage.work(0), stage.work(1, { fragments: [stage.publish(3, [7, 7, 7, 7])] })];
    stage.onResult = () => ({ kind: "rejected", why: "late", detail: "", fragments: [] });
    await stage.run();
    expect(stage.parameters(1)).toEqual([9, 9, 9, 9]);
    expect(stage.submitted[1]?.updates[0]?.base).toBe(3);
  });

  test("with overlap it trains on, and blends at exactly the step that is due", async () => {
    const stage = new Stage({
      ...{ algorithm: "streaming", innerSteps: 3, overlapSteps: 1, blend: 0.5 },
      slots: [{ slot: 0, afterStep: 2, fragments: [0] }],
    });
    stage.leases = [stage.work(0, { steps: 3, units: [{ epoch: 0, from: 0, to: 3 }] })];
    await stage.run();
    // Two steps are handed in; after the third, 0.5 * 3 + 0.5 * 10.
    expect(stage.parameters(0)).toEqual([2, 2, 2, 2]);
    expect([...stage.loop.values]).toEqual([6.5, 6.5, 6.5, 6.5]);
  });
});

describe("trouble", () => {
  test("tries again for a while, as the same incarnation", async () => {
    const stage = new Stage();
    stage.leases = [stage.work(0)];
    stage.onSubmit = () => {
      stage.failures = 5;
      stage.onSubmit = () => ({ kind: "accepted" });
      return { kind: "accepted" };
    };
    expect(await stage.run()).toMatchObject({ kind: "stopped" });
    expect(stage.registrations).toEqual([incarnation(1)]);
  });

  test("gives up when the shepherd does not come back", async () => {
    const stage = new Stage();
    stage.failures = Number.POSITIVE_INFINITY;
    expect(await stage.run(120_000)).toEqual({
      ...{ kind: "failed", permanent: false, reason: "registering: connection refused" },
    });
    expect(stage.world.now).toBeGreaterThan(30_000);
    expect(stage.world.now).toBeLessThan(45_000);
  });

  test("counted out and allowed back: registers again, keeps its state, starts from global values", async () => {
    const stage = new Stage();
    const dismissed = { kind: "dismissed", how: "lost", reason: "silent", again: true } as const;
    stage.leases = [dismissed, stage.work(4, { fragments: [stage.publish(9, [5, 5, 5, 5])] })];
    expect(await stage.run()).toMatchObject({ kind: "stopped" });
    expect(stage.registrations).toEqual([incarnation(1), incarnation(1)]);
    expect(stage.parameters(0)).toEqual([7, 7, 7, 7]);
  });

  test("fenced in the middle of a lease: ends at once", async () => {
    const stage = new Stage();
    stage.leases = [stage.work(0, { steps: 9, units: [{ epoch: 0, from: 0, to: 9 }] })];
    const fenced = { kind: "dismissed", how: "fenced", reason: "another", again: false } as const;
    stage.onHeartbeat = () => (stage.steps.length >= 3 ? fenced : { kind: "ok" });
    expect(await stage.run()).toEqual(fenced);
    expect(stage.steps.length).toBeLessThan(6);
    expect(stage.submitted).toEqual([]);
  });

  test.each(["getFragment", "setFragment", "step", "saveState"] as const)(
    "counted out as hung in %s: ends, whatever the device does",
    async (name) => {
      const stage = new Stage();
      stage.leases = [stage.work(0), stage.work(1)];
      stage.loop[name] = () => new Promise<never>(() => undefined);
      const hung = { kind: "dismissed", how: "hung", reason: "20 s", again: false } as const;
      stage.onHeartbeat = () => (stage.world.now > 30_000 ? hung : { kind: "ok" });
      expect(await stage.run()).toEqual(hung);
    },
  );

  test("heartbeats tell how far it is", async () => {
    const stage = new Stage();
    stage.leases = [stage.work(3)];
    await stage.run();
    expect(stage.beats.map(({ phase }) => phase)).toContain("training");
    const last = stage.beats.findLast(({ totalSteps }) => totalSteps === 1);
    expect(last).toMatchObject({ round: 3, step: 1, tokens: 8, loss: 1 });
  });
});

test.each([null, 312e12])(
  "heartbeats tell the peak of its device where it has one: %s",
  async (peak) => {
    const stage = new Stage();
    stage.peakFlops = peak;
    stage.leases = [stage.work(0)];
    await stage.run();
    expect(stage.beats.length).toBeGreaterThan(0);
    for (const beat of stage.beats) expect(beat.peakFlops ?? null).toBe(peak);
  },
);

describe("leaving", () => {
  test("finishes its step, hands in what is done, and leaves", async () => {
    const stage = new Stage({ innerSteps: 5, slots: [{ slot: 0, afterStep: 5, fragments: [0] }] });
    stage.leases = [stage.work(0, { steps: 5, units: [{ epoch: 0, from: 0, to: 5 }] })];
    stage.world.schedule(2_500, () => stage.drain.abort());
    expect(await stage.run()).toEqual({ kind: "drained" });
    expect(stage.submitted).toMatchObject([{ steps: 3, tokens: 24, final: true }]);
    expect(stage.parameters(0)).toEqual([3, 3, 3, 3]);
    expect(stage.left).toEqual(["drained"]);
  });

  test("leaves at once where it waits for work", async () => {
    const stage = new Stage();
    stage.leases = [new Promise(() => undefined)];
    stage.world.schedule(5_000, () => stage.drain.abort());
    expect(await stage.run()).toEqual({ kind: "drained" });
    expect(stage.world.now).toBeLessThan(6_000);
    expect(stage.left).toEqual(["drained"]);
  });

  test("an operator's drain comes with the heartbeat", async () => {
    const stage = new Stage({ innerSteps: 9, slots: [{ slot: 0, afterStep: 9, fragments: [0] }] });
    stage.leases = [stage.work(0, { steps: 9, units: [{ epoch: 0, from: 0, to: 9 }] })];
    stage.onHeartbeat = () =>
      stage.steps.length >= 2 ? { kind: "drain", reason: "asked" } : { kind: "ok" };
    expect(await stage.run()).toEqual({ kind: "drained" });
    expect(stage.submitted).toMatchObject([{ final: true }]);
  });
});

test("differences lead to the same values as whole parameters, with fewer bytes", async () => {
  const elements = 2_048;
  const tensors = [{ name: "w", shape: [elements], elements, role: "param" as const }];
  const scenario = undisturbed(scenarioOf(0));
  const { cluster, report } = await runScenario({
    ...scenario,
    workers: 1,
    plan: {
      ...{ ...scenario.plan, rounds: 3, innerSteps: 2, workers: 1, quorum: 1 },
      fragments: [{ index: 0, elements, tensors }],
      slots: [{ slot: 0, afterStep: 2, fragments: [0] }],
      wire: { up: "f32", down: "int8", topK: null, errorDecay: null },
    },
  });
  expect(report.problems).toEqual([]);
  const { plan } = cluster.scenario;
  const states = cluster.storage.records.flatMap((record) =>
    record.kind === "commit" ? record.fragments.map(({ state }) => state) : [],
  );
  const [start] = cluster.storage.records;
  const first = start?.kind === "start" ? start.fragments[0] : undefined;
  const last = states.at(-1);
  if (first === undefined || last === undefined) throw new Error("nothing was merged");
  const blobs = {
    upload: async () => undefined,
    download: async ({ digest }: { readonly digest: string }) => {
      const bytes = cluster.storage.archive.get(digest);
      if (bytes === undefined) throw new Error(`no blob ${digest}`);
      return bytes;
    },
  };
  const loop = new CountingLoop(new Process(new World(), "w"));
  const whole = { fragment: 0, version: last.version, blob: last.published, url: null };
  const fresh = new WorkerFragments({ plan, loop, blobs, sha256 });
  const old = new WorkerFragments({ plan, loop, blobs, sha256 });
  await old.takeOver(
    0,
    await old.fetch({ fragment: 0, version: 0, blob: first.published, url: null }),
    0,
  );
  const before = old.bytesDown;
  const differences = states.flatMap(({ version, difference }) =>
    difference === undefined ? [] : [{ version, blob: difference, url: null }],
  );
  expect(differences).toHaveLength(3);
  const stepwise = await old.fetch({ ...whole, differences });
  const atOnce = await fresh.fetch(whole);
  expect(stepwise.version).toBe(3);
  expect(Buffer.from(stepwise.values.buffer)).toEqual(Buffer.from(atOnce.values.buffer));
  expect(old.bytesDown - before).toBeLessThan(fresh.bytesDown);
  // Whoever was there before has taken no whole parameters since.
  const wholes = new Set(states.map(({ published }) => published.digest));
  expect([...cluster.downloads.keys()].filter((digest) => wholes.has(digest))).toEqual([]);
});
