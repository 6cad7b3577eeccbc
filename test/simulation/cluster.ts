/** @file A simulated cluster: one shepherd, workers and their supervisors, over the real protocol and the real arithmetic. */
import { sha256 } from "#lib/runtime/cache.ts";
import type { ShepherdApi } from "#lib/train/protocol/ports.ts";
import { type RunEnd, ShepherdCore } from "#lib/train/protocol/shepherd-core.ts";
import { runWorkerCore, type WorkerOutcome } from "#lib/train/protocol/worker-core.ts";
import { SimulatedModel, type WorkerDisk } from "./model.ts";
import { Network, NetworkError } from "./network.ts";
import { type Random, random } from "./random.ts";
import type { Fault, Scenario } from "./scenario.ts";
import { Storage } from "./storage.ts";
import { Crash, Process, World } from "./world.ts";

/** Virtual time and events after which a run counts as one that never ends; a tenth of the events with a bug, which is found early. */
const LONGEST_RUN_MS = 2 * 3_600_000;
const MOST_EVENTS = 20_000;

/** One worker's name: its processes come and go, its disk stays. */
interface Slot {
  readonly name: string;
  readonly disk: WorkerDisk;
  readonly random: Random;
  /** The process that was started last, while it runs. */
  process: Process | null;
  /** All that run: more than one where a name was taken by mistake. */
  readonly running: Map<Process, string>;
  restarts: number;
  drain: AbortController;
  /** It has been asked to leave. */
  leaves: boolean;
  slow: number;
  spoil: number | null;
  hung: boolean;
}

/** What a worker has been told was merged. */
export interface Acknowledged {
  readonly fragment: number;
  readonly version: number;
  readonly digest: string;
}

export class Cluster {
  readonly world = new World();
  readonly scenario: Scenario;
  readonly storage: Storage;
  /** Incarnations that made a blob, by digest. */
  readonly makers = new Map<string, Set<string>>();
  readonly acknowledged: Acknowledged[] = [];
  /** Blobs that workers have fetched, and how often. */
  readonly downloads = new Map<string, number>();
  readonly problems: string[] = [];
  readonly outcomes: string[] = [];
  end: RunEnd | null = null;
  readonly #random: Random;
  readonly #network: Network;
  readonly #slots: Slot[] = [];
  /** How often each fail point was passed. */
  readonly #passes = new Map<string, number>();
  #core: ShepherdCore | null = null;
  #shepherd: Process | null = null;
  #uploads = 0;

  constructor(scenario: Scenario) {
    this.scenario = scenario;
    this.#random = random(scenario.seed, "cluster");
    this.storage = new Storage(this.world, scenario, this.#random);
    this.#network = new Network(this.world, random(scenario.seed, "network"), scenario.network);
  }

  /** What the shepherd waits for. */
  get waitingFor(): string {
    return this.#core?.status().waitingFor ?? "nothing";
  }

  /** Runs until the run has ended and every process with it; false where it does not come to an end. */
  async run(): Promise<boolean> {
    await this.storage.begin();
    this.#startShepherd();
    for (let i = 0; i < this.scenario.workers; i++) this.#addWorker();
    for (const fault of this.scenario.faults) this.#arm(fault);
    const over = (): boolean =>
      this.end !== null && this.#slots.every(({ running }) => running.size === 0);
    const most = this.scenario.bug === null ? MOST_EVENTS : MOST_EVENTS / 10;
    return this.world.run(over, LONGEST_RUN_MS, most);
  }

  // --- The shepherd

  #startShepherd(): void {
    const { plan } = this.scenario;
    const process = new Process(this.world, "shepherd");
    const core = new ShepherdCore({
      plan,
      records: [...this.storage.records],
      journal: { append: (body) => this.storage.append(process, body) },
      reducer: this.storage.reducer(process),
      programs: {
        program: async () => ({
          kind: "program",
          manifest: { digest: "0".repeat(64), bytes: 1 },
          program: { digest: "0".repeat(64), bytes: 1 },
          form: "mlir",
        }),
        manifest: () => ({ digest: "0".repeat(64), bytes: 1 }),
        disagreement: () => null,
      },
      clock: process.clock,
      failPoint: (name) => this.#pass(process, name),
      onRecord: (record, state) => {
        if (record.kind === "commit") this.storage.collect(state.liveBlobs());
      },
    });
    this.#shepherd = process;
    this.#core = core;
    this.#network.server = { process, api: this.#api(core) };
    core.run(new AbortController().signal).then(
      (end) => process.run(() => this.#ended(end)),
      (error: Error) => {
        if (process.alive) this.problems.push(`the shepherd broke: ${error.stack}`);
      },
    );
  }

  #ended(end: RunEnd): void {
    this.end = end;
    if (end.failed) this.problems.push(`the run failed: ${end.reason}`);
  }

  #killShepherd(down: number): void {
    if (this.end !== null || this.#shepherd?.alive !== true) return;
    this.#shepherd.kill();
    this.world.schedule(down, () => this.#startShepherd());
  }

  #api(core: ShepherdCore): ShepherdApi {
    if (this.scenario.bug !== "unfenced") return core;
    /** As if nobody looked at incarnations: everybody of a name is the one who came last. */
    const present = <T extends { readonly worker: string; readonly incarnation: string }>(
      request: T,
    ): T => {
      const incarnation = core.state.members.get(request.worker)?.incarnation;
      if (incarnation === undefined) return request;
      const lease =
        "lease" in request
          ? { lease: core.state.members.get(request.worker)?.leases.at(-1)?.assignment.lease }
          : {};
      return { ...request, incarnation, ...(lease.lease === undefined ? {} : lease) };
    };
    return {
      register: (request) => core.register(request),
      program: (request) => core.program(request),
      agreement: (request) => core.agreement(request),
      lease: (request) => core.lease(present(request)),
      heartbeat: (request) => core.heartbeat(present(request)),
      submit: (request) => core.submit(present(request)),
      result: (request) => core.result(present(request)),
      leave: (request) => core.leave(present(request)),
    };
  }

  // --- Workers

  #addWorker(): Slot {
    const name = `w${this.#slots.length}`;
    const slot: Slot = {
      name,
      disk: new Map(),
      random: random(this.scenario.seed, name),
      process: null,
      running: new Map(),
      restarts: 0,
      drain: new AbortController(),
      leaves: false,
      slow: 1,
      spoil: null,
      hung: false,
    };
    this.#slots.push(slot);
    this.#startWorker(slot);
    return slot;
  }

  #startWorker(slot: Slot): void {
    const { plan, stepMs } = this.scenario;
    const process = new Process(this.world, slot.name);
    const incarnation = this.#incarnation(slot.random);
    slot.process = process;
    slot.running.set(process, incarnation);
    slot.drain = new AbortController();
    slot.hung = false;
    const api = this.#listening(this.#network.client(slot.name, process));
    const kept = [...slot.disk.keys()].at(-1);
    const model = new SimulatedModel({
      ...{ plan, disk: slot.disk },
      work: async () => {
        if (slot.hung) await new Promise(() => undefined);
        await process.clock.sleep(stepMs * slot.slow * slot.random.between(0.9, 1.1));
      },
      spoil: () => {
        const factor = slot.spoil ?? 1;
        slot.spoil = null;
        return factor;
      },
    });
    const outcome = runWorkerCore({
      self: {
        ...{ worker: slot.name, incarnation, backend: "interp", target: "interp" },
        ...{ device: "simulated", host: "here", software: "1", pid: 1, restarts: slot.restarts },
      },
      resume: kept === undefined ? null : { round: Number(kept.split(".")[0]), lease: kept },
      api,
      blobs: this.#transfer(slot, process, incarnation),
      clock: process.clock,
      failPoint: (point) => this.#pass(process, point),
      random: () => slot.random.next(),
      sha256,
      load: async (_, call) => {
        const reply = await call("program", () => api.program({ worker: slot.name, incarnation }));
        if (reply.kind === "refused") return { problem: reply.reason, permanent: false };
        return { plan, loop: model };
      },
      signal: slot.drain.signal,
      giveUpMs: 1_200_000,
    });
    outcome.then(
      (end) => process.run(() => this.#left(slot, process, end)),
      (error: Error) => {
        if (process.alive) this.problems.push(`${slot.name} broke: ${error.stack}`);
      },
    );
  }

  /** Writes down what workers are told was merged. */
  #listening(api: ShepherdApi): ShepherdApi {
    return {
      ...api,
      result: async (request) => {
        const reply = await api.result(request);
        if (reply.kind === "merged")
          for (const { fragment, version, blob } of reply.fragments)
            this.acknowledged.push({ fragment, version, digest: blob.digest });
        return reply;
      },
    };
  }

  #incarnation(rng: Random): string {
    const digits = Array.from({ length: 32 }, () => rng.int(0, 15).toString(16)).join("");
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  #transfer(slot: Slot, process: Process, incarnation: string) {
    return {
      upload: async (digest: string, bytes: Uint8Array) => {
        this.storage.archive.set(digest, bytes);
        this.makers.set(digest, (this.makers.get(digest) ?? new Set()).add(incarnation));
        await this.#network.transfer(slot.name, process);
        this.#uploads++;
        const lost = this.scenario.faults.some(
          (fault) => fault.kind === "lose-blobs" && fault.passes === this.#uploads,
        );
        if (!lost) this.storage.blobs.set(digest, bytes);
      },
      download: async (blob: { readonly digest: string }) => {
        await this.#network.transfer(slot.name, process);
        const bytes = this.storage.blobs.get(blob.digest);
        if (bytes === undefined) throw new NetworkError(`404: ${blob.digest}`);
        this.downloads.set(blob.digest, (this.downloads.get(blob.digest) ?? 0) + 1);
        return bytes;
      },
    };
  }

  /** What a supervisor does when a worker's process is over. */
  #left(slot: Slot, process: Process, outcome: WorkerOutcome): void {
    this.outcomes.push(`${slot.name}: ${outcome.kind}`);
    this.#gone(slot, process);
    const how = outcome.kind === "dismissed" ? outcome.how : outcome.kind;
    // Whoever runs the cluster looks after a worker that was thrown out: it begins anew, without its old state.
    if (how === "kicked") slot.disk.clear();
    if (!["stopped", "drained", "left"].includes(how)) this.#restart(slot);
  }

  /** A process does not run any more; another one of its name may. */
  #gone(slot: Slot, process: Process): void {
    process.kill();
    slot.running.delete(process);
    if (slot.process === process) slot.process = [...slot.running.keys()].at(-1) ?? null;
  }

  #killWorker(slot: Slot, process: Process | null, closes: boolean): void {
    const incarnation = process === null ? undefined : slot.running.get(process);
    if (process === null || incarnation === undefined) return;
    this.#gone(slot, process);
    if (closes)
      this.world.schedule(this.#network.delay(), () => {
        const core = this.#core;
        if (this.#network.isCutOff(slot.name) || core === null) return;
        this.#shepherd?.run(() => core.disconnected(slot.name, incarnation));
      });
    this.#restart(slot);
  }

  #restart(slot: Slot): void {
    this.world.schedule(this.#random.between(500, 4_000), () => {
      if (slot.running.size > 0 || this.end !== null) return;
      slot.restarts++;
      this.#startWorker(slot);
    });
  }

  // --- Faults

  #pass(process: Process, name: string): void {
    if (!process.alive) throw new Crash(name);
    const passes = (this.#passes.get(name) ?? 0) + 1;
    this.#passes.set(name, passes);
    for (const fault of this.scenario.faults) {
      if (fault.kind !== "fail-point" || fault.name !== name || fault.passes !== passes) continue;
      if (process === this.#shepherd) this.#killShepherd(fault.down);
      else {
        const slot = this.#slots.find(({ running }) => running.has(process));
        if (slot !== undefined) this.#killWorker(slot, process, true);
      }
      if (!process.alive) throw new Crash(name);
    }
  }

  #arm(fault: Fault): void {
    if (fault.kind === "fail-point" || fault.kind === "lose-blobs") return;
    this.world.schedule(fault.at, () => this.#strike(fault));
  }

  #strike(fault: Exclude<Fault, { kind: "fail-point" } | { kind: "lose-blobs" }>): void {
    if (this.end !== null) return;
    const slot = "worker" in fault ? this.#slots[fault.worker] : undefined;
    switch (fault.kind) {
      case "kill-shepherd":
        this.#killShepherd(fault.down);
        return;
      case "join":
        this.#addWorker();
        return;
      case "clock-jump":
        if (this.#shepherd !== null) this.#shepherd.wallOffset += fault.by;
        return;
      case "operator":
        this.#operate(fault);
        return;
      default:
        if (slot !== undefined) this.#strikeWorker(fault, slot);
    }
  }

  #strikeWorker(fault: Fault, slot: Slot): void {
    if (fault.kind === "kill-worker") this.#killWorker(slot, slot.process, fault.closes);
    else if (fault.kind === "freeze") slot.process?.freeze(fault.for);
    else if (fault.kind === "hang") {
      const { process } = slot;
      slot.hung = true;
      // Whoever watches over the worker sees that it was counted out, and starts it anew.
      this.world.schedule(60_000, () => this.#killWorker(slot, process, true));
    } else if (fault.kind === "partition")
      this.#network.cutOff.set(slot.name, this.world.now + fault.for);
    else if (fault.kind === "slow") slot.slow = fault.factor;
    else if (fault.kind === "spoil") slot.spoil = fault.factor;
    else if (fault.kind === "terminate" && this.#spare() > 0) {
      slot.leaves = true;
      slot.drain.abort();
    } else if (fault.kind === "same-name" && slot.process !== null) this.#double(slot);
  }

  /** Workers that the run can do without. */
  #spare(): number {
    const there = this.#slots.filter(({ process, leaves }) => process !== null && !leaves).length;
    return there - this.scenario.plan.quorum;
  }

  /** Another process takes the worker's name while the first one is alive. */
  #double(slot: Slot): void {
    const first = slot.process;
    this.#startWorker(slot);
    // The first one is nobody's any more, unless it fences the second; it ends when it is told that it was fenced, or with the run.
    this.world.schedule(600_000, () => {
      if (first !== null && slot.process !== first) this.#gone(slot, first);
    });
  }

  #operate(fault: Extract<Fault, { kind: "operator" }>): void {
    const { action, worker } = fault;
    const name = `w${worker}`;
    const tell = (what: "pause" | "resume" | "drain" | "kick"): void => {
      const core = this.#core;
      if (core === null) return;
      this.#shepherd?.run(() => {
        core
          .control(what, what === action && action !== "pause" ? name : null)
          .catch(() => undefined);
      });
    };
    if (action !== "pause" && this.#spare() <= 0) return;
    const slot = this.#slots[worker];
    if (action === "drain" && slot !== undefined) slot.leaves = true;
    tell(action);
    if (action === "pause") {
      // Said again and again: a shepherd that dies does not hear it.
      for (const wait of [fault.for, fault.for + 20_000, fault.for + 60_000])
        this.world.schedule(wait, () => tell("resume"));
    }
  }
}
