/** @file A shepherd core in virtual time, and workers whose every call a test makes itself. */
import { sha256 } from "#lib/runtime/cache.ts";
import { initialState } from "#lib/train/diloco/reduce.ts";
import { encodeUpdate } from "#lib/train/diloco/wire.ts";
import {
  type Heartbeat,
  type Lease,
  type LeaseReply,
  PROTOCOL_VERSION,
  type SubmitReply,
} from "#lib/train/protocol/messages.ts";
import type { RunPlan } from "#lib/train/protocol/plan.ts";
import type { BlobRef, JournalRecord } from "#lib/train/protocol/records.ts";
import { type RunEnd, ShepherdCore } from "#lib/train/protocol/shepherd-core.ts";
import type { ModelWork } from "#lib/train/protocol/status-view.ts";
import { MemoryReducer } from "../../simulation/memory-reducer.ts";
import { Process, World } from "../../simulation/world.ts";

const BLOB: BlobRef = { digest: "0".repeat(64), bytes: 1 };

/** One fragment of four parameters, one slot, two inner steps, two workers, quorum 1. */
export const PLAN: RunPlan = {
  ...{ version: 1, runId: "bench", algorithm: "diloco", innerSteps: 2, rounds: 10, workers: 2 },
  ...{ quorum: 1, overlapSteps: 0, blend: 0, dynamicSteps: false },
  fragments: [
    {
      index: 0,
      elements: 4,
      tensors: [{ name: "w", shape: [4], elements: 4, role: "param" }],
    },
  ],
  slots: [{ slot: 0, afterStep: 2, fragments: [0] }],
  outer: { kind: "nesterov", learningRate: 1, momentum: 0, delay: 1 },
  merge: { kind: "mean", clipFactor: 2, trimFraction: 0, normGate: 10 },
  wire: { up: "f32", down: "f32", topK: null, errorDecay: null },
  data: {
    ...{ digest: BLOB.digest, bytes: 100, tokenizer: "char", vocabulary: 4, alphabet: null },
    ...{ sampling: "random", seed: 1, trainTokens: 100, chunks: [[0, 100]], shuffleChunks: false },
    ...{ rows: 1, length: 8, unitsPerEpoch: 100, maxEpochs: null },
  },
  schedule: { kind: "constant", peak: 0.1, end: 0.1, warmupTokens: 0, totalTokens: 100 },
  unitTokens: 8,
  module: BLOB.digest,
  timing: {
    ...{ heartbeatMs: 1_000, heartbeatTimeoutMs: 10_000, progressTimeoutMs: 20_000 },
    ...{ reconnectMs: 2_000, deadlineFactor: 2, minDeadlineMs: 5_000, graceMs: 100 },
    ...{ quorumWaitMs: 600_000, rejoinMs: 30_000 },
  },
};

export const incarnation = (digit: number): string =>
  `${String(digit).repeat(8)}-0000-4000-8000-000000000000`;

export class Bench {
  readonly world: World;
  readonly records: JournalRecord[];
  readonly blobs: Map<string, Uint8Array>;
  readonly plan: RunPlan;
  readonly process: Process;
  readonly core: ShepherdCore;
  end: RunEnd | null = null;
  /** Whether the journal can be written no more. */
  diskFull = false;
  /** How long writing a record takes. */
  journalMs = 0;

  private constructor(
    plan: RunPlan,
    records: JournalRecord[],
    blobs: Map<string, Uint8Array>,
    world: World,
    work?: ModelWork,
  ) {
    this.plan = plan;
    this.records = records;
    this.blobs = blobs;
    this.world = world;
    this.process = new Process(world, "shepherd");
    this.core = new ShepherdCore({
      ...{ plan, records: [...records], clock: this.process.clock },
      failPoint: () => undefined,
      ...(work === undefined ? {} : { work }),
      journal: {
        append: async (body) => {
          if (this.diskFull) throw new Error("ENOSPC: no space left on device");
          if (this.journalMs > 0) await this.process.clock.sleep(this.journalMs);
          const record = { ...body, sequence: records.length, at: this.process.clock.wall() };
          records.push(record);
          return record;
        },
      },
      reducer: new MemoryReducer({ plan, blobs, sha256 }),
      programs: {
        program: async () => ({ kind: "program", manifest: BLOB, program: BLOB, form: "mlir" }),
        manifest: () => BLOB,
        disagreement: ({ loss }) => (loss === 1 ? null : `loss is ${loss}, the reference has 1`),
      },
    });
    this.core.run(new AbortController().signal).then((end) => {
      this.end = end;
    });
  }

  static async begin(changes: Partial<RunPlan> = {}, work?: ModelWork): Promise<Bench> {
    const plan = { ...PLAN, ...changes };
    const blobs = new Map<string, Uint8Array>();
    const put = async (bytes: Uint8Array): Promise<BlobRef> => {
      const digest = sha256(bytes);
      blobs.set(digest, bytes);
      return { digest, bytes: bytes.byteLength };
    };
    const fragments = [];
    for (const fragment of plan.fragments)
      fragments.push(
        await initialState(fragment, new Float32Array(fragment.elements), plan.wire, put),
      );
    const start = { kind: "start", runId: plan.runId, plan: BLOB, fragments } as const;
    return new Bench(plan, [{ ...start, sequence: 0, at: 0 }], blobs, new World(), work);
  }

  /** A new shepherd process over the same journal and blobs; the old one hears and says nothing more. */
  restart(): Bench {
    this.process.kill();
    return new Bench(this.plan, [...this.records], this.blobs, this.world);
  }

  /** Lets virtual time pass. */
  async pass(milliseconds: number): Promise<void> {
    let over = false;
    this.world.schedule(milliseconds, () => {
      over = true;
    });
    await this.world.run(() => over, Number.POSITIVE_INFINITY, 100_000);
  }

  /** What a call gives, with virtual time passing as it must. */
  async of<T>(promise: Promise<T>): Promise<T> {
    let over = false;
    const settled = promise.finally(() => {
      over = true;
    });
    settled.catch(() => undefined);
    await this.world.run(() => over, Number.POSITIVE_INFINITY, 100_000);
    return settled;
  }

  worker(name: string, digit = 1): TestWorker {
    return new TestWorker(this, name, incarnation(digit));
  }

  recordsOf<K extends JournalRecord["kind"]>(kind: K): Extract<JournalRecord, { kind: K }>[] {
    return this.records.filter(
      (record): record is Extract<JournalRecord, { kind: K }> => record.kind === kind,
    );
  }
}

export class TestWorker {
  readonly bench: Bench;
  readonly speaker: { readonly worker: string; readonly incarnation: string };
  #beats = true;
  beat: Omit<Heartbeat, "worker" | "incarnation"> = {
    ...{ phase: "waiting", round: 0, step: 0, totalSteps: 0, tokens: 0, tokensPerSecond: 0 },
    ...{ loss: null, bytesUp: 0, bytesDown: 0 },
  };

  constructor(bench: Bench, worker: string, id: string) {
    this.bench = bench;
    this.speaker = { worker, incarnation: id };
  }

  register() {
    const { core } = this.bench;
    const told = { backend: "interp", target: "interp", device: "d", host: "h" } as const;
    return this.bench.of(
      core.register({
        ...{
          protocol: PROTOCOL_VERSION,
          ...this.speaker,
          ...told,
          software: "1",
          pid: 1,
          restarts: 0,
        },
        resume: null,
      }),
    );
  }

  /** Registers, is checked, and sends heartbeats from then on. */
  async join(): Promise<this> {
    await this.register();
    await this.bench.of(this.bench.core.agreement({ ...this.speaker, loss: 1, gradNorm: 1 }));
    this.#beat();
    return this;
  }

  #beat(): void {
    if (!this.#beats) return;
    this.bench.core.heartbeat({ ...this.speaker, ...this.beat }).catch(() => undefined);
    this.bench.world.schedule(1_000, () => this.#beat());
  }

  /** No more heartbeats. */
  silence(): void {
    this.#beats = false;
  }

  asks(after: string | null = null): Promise<LeaseReply> {
    return this.bench.core.lease({ ...this.speaker, after });
  }

  /** The lease that it must be given now. */
  async lease(after: string | null = null): Promise<Lease> {
    const reply = await this.bench.of(this.asks(after));
    if (reply.kind !== "work") throw new Error(`${reply.kind}: ${JSON.stringify(reply)}`);
    return reply.lease;
  }

  /** Bytes of an update to these parameters. */
  encode(values: readonly number[]): { readonly digest: string; readonly bytes: Uint8Array } {
    const fragment = this.bench.plan.fragments[0];
    if (fragment === undefined) throw new Error("no fragment");
    const base = new Float32Array(values.length);
    const { wire } = this.bench.plan;
    const { bytes } = encodeUpdate(fragment, Float32Array.from(values), base, wire, null);
    return { digest: sha256(bytes), bytes };
  }

  /** Hands parameters in; `upload` says whether the blob is there. */
  submit(
    lease: Lease,
    values: readonly number[],
    {
      upload = true,
      steps = lease.steps,
      final = false,
      raw = null,
      uploadMs,
    }: {
      readonly upload?: boolean;
      readonly steps?: number;
      readonly final?: boolean;
      /** Bytes in the place of an update. */
      readonly raw?: Uint8Array | null;
      /** How long it says that the upload took. */
      readonly uploadMs?: number;
    } = {},
  ): Promise<SubmitReply> {
    const { digest, bytes } =
      raw === null ? this.encode(values) : { digest: sha256(raw), bytes: raw };
    if (upload) this.bench.blobs.set(digest, bytes);
    return this.bench.of(
      this.bench.core.submit({
        ...{ ...this.speaker, lease: lease.lease, round: lease.round, slot: 0, steps, final },
        updates: [
          {
            fragment: 0,
            base: lease.fragments[0]?.version ?? 0,
            blob: { digest, bytes: bytes.byteLength },
          },
        ],
        ...{ tokens: 8 * steps, loss: 2 },
        ...(uploadMs === undefined ? {} : { uploadMs }),
      }),
    );
  }

  result(lease: Lease) {
    return this.bench.core.result({
      ...{ ...this.speaker, lease: lease.lease, round: lease.round, slot: 0 },
    });
  }
}
