/** @file The worker's protocol: register, be checked, then lease, train, hand in and take over, until the run is over. */
import { learningRate } from "../schedule.ts";
import { unitSlice } from "./ledger.ts";
import { type Heartbeat, type Lease, PROTOCOL_VERSION, type RegisterReply } from "./messages.ts";
import type { RunPlan } from "./plan.ts";
import type {
  BlobTransfer,
  Clock,
  FailPoint,
  InnerLoop,
  ShepherdApi,
  StepResult,
  UnitPosition,
} from "./ports.ts";
import { slotStep } from "./shepherd-state.ts";
import { WorkerFragments } from "./worker-fragments.ts";
import { HandIn, type HandInContext, type HandInOutcome } from "./worker-hand-in.ts";
import { boundLoop, LifeOver, WorkerLife, type WorkerOutcome } from "./worker-life.ts";

export type { WorkerOutcome } from "./worker-life.ts";

/** Who a worker is and what it runs on. */
export interface WorkerSelf {
  readonly worker: string;
  readonly incarnation: string;
  readonly backend: "cpu" | "cuda" | "rocm" | "metal" | "vulkan" | "interp";
  readonly target: string;
  readonly device: string;
  readonly host: string;
  readonly software: string;
  readonly pid: number;
  readonly restarts: number;
}

export type Registered = Extract<RegisterReply, { kind: "registered" }>;

/** What a worker trains with, from the manifest that its registration names; `problem` says why it cannot. */
export type Loaded =
  | { readonly plan: RunPlan; readonly loop: InnerLoop }
  | { readonly problem: string; readonly permanent: boolean };

export interface WorkerOptions {
  readonly self: WorkerSelf;
  /** Inner state of an earlier process that {@link InnerLoop.loadState} can load. */
  readonly resume: { readonly round: number; readonly lease: string } | null;
  readonly api: ShepherdApi;
  readonly blobs: BlobTransfer;
  readonly clock: Clock;
  readonly failPoint: FailPoint;
  /** Random number in [0, 1) for back-off. */
  readonly random: () => number;
  /** Peak of the device in FLOP/s; null or left out: nobody has said. */
  readonly peakFlops?: number | null;
  /** SHA-256 in hexadecimal digits. */
  readonly sha256: (bytes: Uint8Array) => string;
  /**
   * Verifies the manifest, asks for the program and loads it. Called once; `call` tries again what the network fails at, and
   * ends with the worker.
   */
  readonly load: (
    reply: Registered,
    call: <T>(what: string, work: () => Promise<T>) => Promise<T>,
  ) => Promise<Loaded>;
  /** Aborts when the worker is to finish its step, hand in what is done, and leave. */
  readonly signal: AbortSignal;
  /** How long to try to reach the shepherd before giving up; the run may come back until then. */
  readonly giveUpMs: number;
  readonly isPermanent?: (error: Error) => boolean;
  readonly log?: (message: string) => void;
  /** Called after every inner step. */
  readonly onStep?: (step: WorkerStep) => void;
}

export interface WorkerStep {
  readonly round: number;
  readonly step: number;
  readonly totalSteps: number;
  readonly tokens: number;
  readonly learningRate: number;
  readonly loss: number;
  readonly gradNorm: number | null;
}

/** A worker that leaves tries for so long to say so. */
const LEAVE_MS = 5_000;
/** Part of a new measurement in the mean speed. */
const SPEED_WEIGHT = 0.2;

const finiteOrNull = (value: number | null): number | null =>
  value !== null && Number.isFinite(value) ? value : null;

/** Takes part in a run until it is over for this worker. Rejects only where the model or its device fails. */
export function runWorkerCore(options: WorkerOptions): Promise<WorkerOutcome> {
  return new Worker(options).run();
}

interface Session {
  readonly plan: RunPlan;
  readonly loop: InnerLoop;
  readonly fragments: WorkerFragments;
  readonly check: StepResult;
}

class Worker {
  readonly #options: WorkerOptions;
  readonly #drain = new AbortController();
  #life: WorkerLife;
  #session: Session | null = null;
  #inFlight: HandIn[] = [];
  #after: string | null = null;
  #phase: Heartbeat["phase"] = "loading";
  #round = 0;
  #step = 0;
  #totalSteps = 0;
  #tokens = 0;
  #speed: number | null = null;
  #loss: number | null = null;
  /** Sum and number of losses since the last contribution. */
  #losses = { sum: 0, count: 0 };

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#life = this.#newLife();
    const drain = (): void => this.#drain.abort(new DrainAsked());
    if (options.signal.aborted) drain();
    else options.signal.addEventListener("abort", drain, { once: true });
  }

  #newLife(): WorkerLife {
    const { clock, random, giveUpMs } = this.#options;
    return new WorkerLife({
      ...{ clock, random, giveUpMs },
      isPermanent: this.#options.isPermanent ?? (() => false),
      log: this.#options.log ?? (() => undefined),
    });
  }

  get #speaker() {
    const { worker, incarnation } = this.#options.self;
    return { worker, incarnation };
  }

  async run(): Promise<WorkerOutcome> {
    for (;;) {
      const outcome = await this.#stay();
      const again = outcome.kind === "dismissed" && outcome.again;
      if (!again) return outcome;
      this.#options.log?.(`registering again: ${outcome.reason}`);
      this.#life = this.#newLife();
      this.#abandon();
      this.#after = null;
      await this.#life.pause();
    }
  }

  /** From registration to the end of this stay in the run. */
  async #stay(): Promise<WorkerOutcome> {
    const life = this.#life;
    try {
      await this.#attach();
      return await this.#work();
    } catch (error) {
      if (error instanceof LifeOver) return error.outcome;
      if (error instanceof DrainAsked) return { kind: "drained" };
      throw error;
    } finally {
      life.end({ kind: "stopped", reason: "over" });
    }
  }

  async #attach(): Promise<void> {
    const { api, self, load, failPoint } = this.#options;
    const resume = this.#session === null ? this.#options.resume : null;
    this.#phase = "loading";
    const reply = await this.#life.call(
      "registering",
      () => api.register({ protocol: PROTOCOL_VERSION, ...self, resume }),
      this.#drain.signal,
    );
    if (reply.kind === "refused")
      throw new LifeOver({ kind: "failed", reason: reply.reason, permanent: true });
    failPoint("worker.after-register");
    this.#beat(this.#life, reply.heartbeatMs);
    if (this.#session === null) {
      const life = this.#life;
      const loaded = await life.within(load(reply, (what, work) => life.call(what, work)));
      if ("problem" in loaded) {
        await this.#leave("crashed", loaded.problem);
        const { problem, permanent } = loaded;
        throw new LifeOver({ kind: "failed", reason: problem, permanent });
      }
      await this.#prepare(loaded, reply);
    }
    await this.#agree();
  }

  async #prepare(
    { plan, loop: given }: Extract<Loaded, { plan: RunPlan }>,
    { counted }: Registered,
  ): Promise<void> {
    const { blobs, sha256, resume } = this.#options;
    const loop = boundLoop(given, (work) => this.#life.within(work));
    this.#phase = "checking";
    const check = await loop.check();
    const fragments = new WorkerFragments({ plan, loop, blobs, sha256 });
    // What was trained for a lease that never counted is trained again, from the state before it.
    const wanted = counted === null ? [] : [counted, resume?.lease];
    let residuals: ReadonlyMap<number, Float32Array> | null = null;
    for (const lease of wanted)
      if (residuals === null && lease !== undefined) residuals = await loop.loadState(lease);
    for (const [fragment, values] of residuals ?? []) fragments.residuals.set(fragment, values);
    this.#session = { plan, loop, fragments, check };
  }

  async #agree(): Promise<void> {
    const { api } = this.#options;
    const { check } = this.#present();
    const reply = await this.#life.call("the agreement check", () =>
      api.agreement({
        ...this.#speaker,
        loss: finiteOrNull(check.loss),
        gradNorm: finiteOrNull(check.gradNorm),
      }),
    );
    if (reply.kind === "refused")
      throw new LifeOver({ kind: "failed", reason: reply.reason, permanent: true });
    this.#phase = "waiting";
  }

  #present(): Session {
    if (this.#session === null) throw new Error("nothing has been loaded yet");
    return this.#session;
  }

  /** Tells the shepherd that this worker is there, as long as the stay lasts. */
  async #beat(life: WorkerLife, heartbeatMs: number): Promise<void> {
    const { api } = this.#options;
    while (!life.signal.aborted) {
      try {
        const reply = await life.within(api.heartbeat(this.#heartbeat()));
        if (reply.kind === "drain") this.#drain.abort(new DrainAsked());
        else if (reply.kind === "stop") life.end({ kind: "stopped", reason: reply.reason });
        else if (reply.kind === "dismissed") life.end(reply);
      } catch {
        // The next heartbeat is the second try; whether the shepherd is there is for the other calls to find out.
      }
      await life.sleep(heartbeatMs).catch(() => undefined);
    }
  }

  #heartbeat(): Heartbeat {
    const fragments = this.#session?.fragments;
    const { peakFlops = null } = this.#options;
    return {
      ...this.#speaker,
      ...(peakFlops === null ? {} : { peakFlops }),
      phase: this.#phase,
      round: this.#round,
      step: this.#step,
      totalSteps: this.#totalSteps,
      tokens: this.#tokens,
      tokensPerSecond: this.#speed ?? 0,
      loss: finiteOrNull(this.#loss),
      bytesUp: fragments?.bytesUp ?? 0,
      bytesDown: fragments?.bytesDown ?? 0,
    };
  }

  async #work(): Promise<WorkerOutcome> {
    for (;;) {
      this.#life.check();
      if (this.#drain.signal.aborted) return this.#goodbye();
      const lease = await this.#nextLease();
      if (lease === null) continue;
      this.#options.failPoint("worker.after-lease");
      await this.#train(lease);
      this.#after = lease.lease;
    }
  }

  /** The next lease, with the global fragments taken over where it says so; null: ask again, or leave. */
  async #nextLease(): Promise<Lease | null> {
    const { api } = this.#options;
    const { fragments } = this.#present();
    this.#phase = "waiting";
    try {
      const { reply, bases } = await this.#life.call(
        "asking for work",
        async () => {
          const answer = await api.lease({ ...this.#speaker, after: this.#after });
          const rebase = answer.kind === "work" && answer.lease.rebase;
          const wanted = rebase ? answer.lease.fragments : [];
          const fetched = await Promise.all(wanted.map((one) => fragments.fetch(one)));
          return { reply: answer, bases: fetched };
        },
        this.#drain.signal,
      );
      if (reply.kind === "stop") throw new LifeOver({ kind: "stopped", reason: reply.reason });
      if (reply.kind === "dismissed") throw new LifeOver(reply);
      if (reply.kind === "drain") this.#drain.abort(new DrainAsked());
      if (reply.kind === "wait") await this.#life.pause();
      if (reply.kind !== "work") return null;
      if (reply.lease.rebase) {
        this.#abandon();
        for (const [i, { fragment }] of reply.lease.fragments.entries())
          await fragments.takeOver(fragment, bases[i] as (typeof bases)[number], 0);
      }
      return reply.lease;
    } catch (error) {
      if (error instanceof DrainAsked) return null;
      throw error;
    }
  }

  /** Trains one lease; returns early where it does not count any more, or the worker is to leave. */
  async #train(lease: Lease): Promise<void> {
    const { plan, loop, fragments } = this.#present();
    const { clock, failPoint } = this.#options;
    this.#round = lease.round;
    let slot = 0;
    for (let step = 1; step <= lease.steps; step++) {
      this.#phase = "training";
      const rate = learningRate(
        plan.schedule,
        lease.tokens + (step - 1) * lease.tokensPerStep,
        lease.tokensPerStep,
      );
      const unit = unitAt(lease, step - 1);
      const began = clock.monotonic();
      const result = await (plan.algorithm === "data_parallel"
        ? loop.gradient(unit)
        : loop.step(unit, rate));
      if (plan.algorithm !== "data_parallel") fragments.trained();
      this.#count(lease, step, rate, result, clock.monotonic() - began);
      failPoint("worker.after-step");
      if (!this.#drain.signal.aborted && !(await this.#takeOver())) return;
      const handedIn: HandIn[] = [];
      while (slot < plan.slots.length && slotStep(plan, slot, lease.steps) <= step)
        handedIn.push(await this.#handIn(lease, slot++, step, false));
      // What counts can be gone on from: the shepherd hears of an update when the state after it is kept.
      if (step === lease.steps && plan.algorithm !== "data_parallel")
        await loop.saveState(lease.lease, fragments.residuals);
      for (const handIn of handedIn) handIn.release();
      if (!(await this.#takeOver())) return;
      if (this.#drain.signal.aborted) {
        const handed = slot === 0 ? 0 : slotStep(plan, slot - 1, lease.steps);
        if (slot < plan.slots.length && step > handed)
          (await this.#handIn(lease, slot, step, true)).release();
        return;
      }
    }
  }

  #count(lease: Lease, step: number, rate: number, result: StepResult, milliseconds: number): void {
    const { plan } = this.#present();
    this.#step = step;
    this.#totalSteps++;
    this.#tokens += plan.unitTokens;
    this.#loss = result.loss;
    this.#losses = { sum: this.#losses.sum + result.loss, count: this.#losses.count + 1 };
    const speed = (plan.unitTokens * 1000) / Math.max(milliseconds, 0.001);
    this.#speed = this.#speed === null ? speed : this.#speed + SPEED_WEIGHT * (speed - this.#speed);
    this.#options.onStep?.({
      ...{ round: lease.round, step, learningRate: rate, loss: result.loss },
      ...{ totalSteps: this.#totalSteps, tokens: this.#tokens, gradNorm: result.gradNorm },
    });
  }

  /** Begins to upload a slot; the shepherd hears of it once it is released, and the rest happens while training goes on. */
  async #handIn(lease: Lease, slot: number, steps: number, final: boolean): Promise<HandIn> {
    const { plan, fragments } = this.#present();
    this.#phase = "uploading";
    const updates = [];
    for (const fragment of plan.slots[slot]?.fragments ?? [])
      updates.push(await fragments.encode(fragment));
    const { sum, count } = this.#losses;
    this.#losses = { sum: 0, count: 0 };
    const context: HandInContext = {
      ...{ life: this.#life, api: this.#options.api, clock: this.#options.clock },
      failPoint: this.#options.failPoint,
      ...{ fragments, updates, after: this.#inFlight.at(-1) ?? null },
      dueAt: this.#totalSteps + plan.overlapSteps,
      request: {
        ...this.#speaker,
        ...{ lease: lease.lease, round: lease.round, slot, steps, final },
        updates: updates.map(({ fragment, base, digest, bytes }) => ({
          ...{ fragment, base },
          blob: { digest, bytes: bytes.byteLength },
        })),
        tokens: count * plan.unitTokens,
        loss: count === 0 ? null : finiteOrNull(sum / count),
      },
    };
    const handIn = new HandIn(context);
    this.#inFlight.push(handIn);
    return handIn;
  }

  /** Takes over what is due by now, unless the worker is to leave; false where a contribution did not count, and with it the lease. */
  async #takeOver(): Promise<boolean> {
    const { plan, fragments } = this.#present();
    for (;;) {
      const due = this.#inFlight[0];
      if (due === undefined || due.dueAt > this.#totalSteps) return true;
      const outcome = await this.#outcome(due);
      if (outcome === null) return true;
      if (outcome.kind === "rejected") {
        this.#options.log?.(
          `round ${due.round}: the contribution did not count (${outcome.why}): ${outcome.detail}`,
        );
        this.#abandon();
        return false;
      }
      this.#inFlight.shift();
      this.#phase = "blending";
      for (const [i, fragment] of outcome.fragments.entries())
        await fragments.takeOver(
          fragment,
          outcome.bases[i] as (typeof outcome.bases)[number],
          plan.blend,
        );
      this.#options.failPoint("worker.after-merge");
    }
  }

  /** What became of a contribution; null where the worker is to leave before that is known. */
  async #outcome(due: HandIn): Promise<HandInOutcome | null> {
    try {
      this.#phase = "uploading";
      await this.#life.within(due.accepted, this.#drain.signal);
      this.#phase = "waiting";
      return await this.#life.within(due.outcome, this.#drain.signal);
    } catch (error) {
      if (error instanceof DrainAsked) return null;
      throw error;
    }
  }

  /** Forgets what is on its way: none of it will be taken over. */
  #abandon(): void {
    const fragments = this.#session?.fragments;
    for (const handIn of [...this.#inFlight].reverse()) fragments?.restore(handIn.updates);
    this.#inFlight = [];
    this.#losses = { sum: 0, count: 0 };
  }

  /** Leaves when everything on its way has been handed in. */
  async #goodbye(): Promise<WorkerOutcome> {
    this.#phase = "uploading";
    for (const { accepted } of this.#inFlight) await this.#life.within(accepted);
    await this.#leave("drained", "it was asked to end");
    return { kind: "drained" };
  }

  async #leave(how: "drained" | "crashed", reason: string): Promise<void> {
    const { api } = this.#options;
    const told = this.#life.call("leaving", () => api.leave({ ...this.#speaker, how, reason }));
    await Promise.race([told, this.#life.sleep(LEAVE_MS)]);
  }
}

/** Thrown out of a wait for work when the worker is to leave. */
class DrainAsked extends Error {
  override readonly name = "DrainAsked";
}

function unitAt({ units }: Lease, index: number): UnitPosition {
  const [unit] = unitSlice(units, index, index + 1);
  if (unit === undefined) throw new Error(`the lease has no unit ${index}`);
  return { epoch: unit.epoch, position: unit.from };
}
