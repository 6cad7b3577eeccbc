/** @file What a simulated shepherd's host keeps: journal and blobs, and the reducer over them. A new process of the shepherd begins from it. */
import { sha256 } from "#lib/runtime/cache.ts";
import { initialState, type ModuleStep } from "#lib/train/diloco/reduce.ts";
import type { Reducer } from "#lib/train/protocol/ports.ts";
import type {
  BlobRef,
  FragmentState,
  JournalBody,
  JournalRecord,
} from "#lib/train/protocol/records.ts";
import { MemoryReducer } from "./memory-reducer.ts";
import { initialValues } from "./model.ts";
import type { Random } from "./random.ts";
import type { Scenario } from "./scenario.ts";
import type { Process, World } from "./world.ts";

/** Plain SGD with momentum in the place of a module's @apply_step. */
export const moduleStep: ModuleStep = async ({ parameters, state, gradient, tokens }) => {
  const rate = 0.1 / (1 + tokens / 1_000);
  const momentum = gradient.map((g, i) => 0.9 * (state?.[i] ?? 0) + g);
  return {
    parameters: parameters.map((p, i) => p - rate * (momentum[i] as number)),
    state: momentum,
  };
};

/** Journal and blobs of a run. */
export class Storage {
  /** What is durable. */
  readonly records: JournalRecord[] = [];
  /** Blobs at the shepherd, and all that there ever were. */
  readonly blobs = new Map<string, Uint8Array>();
  readonly archive = new Map<string, Uint8Array>();
  readonly #world: World;
  readonly #scenario: Scenario;
  readonly #random: Random;

  /** Draws from `rng`, which others may draw from as well. */
  constructor(world: World, scenario: Scenario, rng: Random) {
    this.#world = world;
    this.#scenario = scenario;
    this.#random = rng;
  }

  /** Writes the first record and the blobs it names. */
  async begin(): Promise<void> {
    const { plan } = this.#scenario;
    const put = async (bytes: Uint8Array): Promise<BlobRef> => {
      const digest = sha256(bytes);
      this.keep(digest, bytes);
      return { digest, bytes: bytes.byteLength };
    };
    const fragments: FragmentState[] = [];
    for (const fragment of plan.fragments)
      fragments.push(
        await initialState(fragment, initialValues(plan, fragment.index), plan.wire, put),
      );
    const blob = { digest: "0".repeat(64), bytes: 1 };
    this.records.push({
      ...{ sequence: 0, at: 0, kind: "start", runId: plan.runId, plan: blob, fragments },
    });
  }

  /** Keeps a blob, here and in the archive. */
  keep(digest: string, bytes: Uint8Array): void {
    this.blobs.set(digest, bytes);
    this.archive.set(digest, bytes);
  }

  /** A record is durable some time before the shepherd hears of it; a crash in between loses it, or does not, or tears it. */
  append(process: Process, body: JournalBody): Promise<JournalRecord> {
    const record: JournalRecord = {
      ...body,
      sequence: this.records.length,
      at: process.clock.wall(),
    };
    const copy = JSON.parse(JSON.stringify(record)) as JournalRecord;
    const unsynced = this.#scenario.bug === "unsynced";
    return new Promise((resolve) => {
      let written = false;
      const write = (): void => {
        if (written || this.records.length !== copy.sequence) return;
        written = true;
        this.records.push(copy);
      };
      const forget = process.onDeath(() => {
        if (this.#random.chance(0.5)) write();
      });
      this.#world.schedule(this.#random.between(0.1, 3), () =>
        process.run(() => {
          forget();
          write();
          if (unsynced) this.#mayBeLost(process, copy);
          resolve(copy);
        }),
      );
    });
  }

  /** A record that was told to be durable and is not, until some time later. */
  #mayBeLost(process: Process, record: JournalRecord): void {
    const forget = process.onDeath(() => {
      const last = this.records.at(-1);
      if (last?.sequence === record.sequence && this.records.length > 1) this.records.pop();
    });
    this.#world.schedule(2_000, forget);
  }

  /** The reducer of one process of the shepherd: it takes its time, and fails as the scenario says. */
  reducer(process: Process): Reducer {
    const { plan, mergeFailures, blobLoss, bug } = this.#scenario;
    const rng = this.#random;
    const store = new Map<string, Uint8Array>();
    const blobs = Object.assign(store, {
      get: (digest: string) => this.blobs.get(digest),
      has: (digest: string) => this.blobs.has(digest),
      set: (digest: string, bytes: Uint8Array) => {
        this.keep(digest, bytes);
        return store;
      },
    });
    const real = new MemoryReducer({ plan, blobs, sha256, moduleStep });
    const { clock } = process;
    return {
      has: async (fragment, digest) => {
        await clock.sleep(rng.between(0, 2));
        return real.has(fragment, digest);
      },
      inspect: async (fragment, digest, base) => {
        await clock.sleep(rng.between(0, 10));
        return real.inspect(fragment, digest, base);
      },
      merge: async (request) => {
        await clock.sleep(rng.between(1, 50));
        if (rng.chance(mergeFailures)) throw new Error("the reducer died");
        if (blobLoss > 0 && rng.chance(blobLoss))
          this.blobs.delete(rng.pick(request.updates).digest);
        if (bug !== "arrival-order") return real.merge(request);
        const updates = [...request.updates].sort(() => (rng.chance(0.5) ? 1 : -1));
        return real.merge({ ...request, updates });
      },
    };
  }

  /** Blobs that nothing needs any more go, as on a real disk. */
  collect(live: ReadonlySet<string>): void {
    for (const record of this.records) {
      const states =
        record.kind === "start"
          ? record.fragments
          : record.kind === "commit"
            ? record.fragments.map(({ state }) => state)
            : [];
      for (const { published, parameters, momentum } of states)
        for (const blob of [published, parameters, momentum])
          if (blob !== null && !live.has(blob.digest)) this.blobs.delete(blob.digest);
    }
  }
}
