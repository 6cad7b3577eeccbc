/** @file A reducer whose blobs are in memory: the arithmetic of the real one, for simulations and tests. */
import { invariant } from "#lib/support/assert.ts";
import { readerOf } from "#lib/train/diloco/layout.ts";
import {
  type BlobSource,
  DamagedBlob,
  inspectUpdate,
  type MergeRules,
  type MergeSums,
  mergedGradient,
  mergeFragment,
  publishParameters,
  type StateBlob,
  type UpdateSource,
  writtenBlobs,
} from "#lib/train/diloco/merge-fragment.ts";
import {
  encodeModuleState,
  type ModuleStep,
  needsBase,
  nextState,
  replyOf,
  rulesOf,
  runModuleStep,
} from "#lib/train/diloco/reduce.ts";
import type { RunPlan } from "#lib/train/protocol/plan.ts";
import type { Inspection, MergeReply, MergeRequest, Reducer } from "#lib/train/protocol/ports.ts";
import type { BlobRef } from "#lib/train/protocol/records.ts";

export interface MemoryReducerOptions {
  readonly plan: Pick<RunPlan, "fragments" | "algorithm" | "outer" | "merge" | "wire">;
  /** Blobs by digest. */
  readonly blobs: Map<string, Uint8Array>;
  /** SHA-256 in hexadecimal. */
  readonly sha256: (bytes: Uint8Array) => string;
  /** Needed where the outer optimizer is the module's own. */
  readonly moduleStep?: ModuleStep;
}

/** Puts what is written piece by piece together. */
class Collector {
  readonly #parts: Uint8Array[] = [];

  readonly add = (bytes: Uint8Array): void => {
    this.#parts.push(bytes.slice());
  };

  bytes(): Uint8Array {
    const whole = new Uint8Array(this.#parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
    let place = 0;
    for (const piece of this.#parts) {
      whole.set(piece, place);
      place += piece.byteLength;
    }
    return whole;
  }
}

/** Merges in memory; everything it makes is in `blobs` when it resolves. @throws DamagedBlob where a blob is not what it should be. */
export class MemoryReducer implements Reducer {
  readonly #options: MemoryReducerOptions;

  constructor(options: MemoryReducerOptions) {
    this.#options = options;
  }

  /** Stores a blob under its digest. */
  readonly put = async (bytes: Uint8Array): Promise<BlobRef> => {
    const digest = this.#options.sha256(bytes);
    this.#options.blobs.set(digest, bytes);
    return { digest, bytes: bytes.byteLength };
  };

  async has(_fragment: number, digest: string): Promise<boolean> {
    const bytes = this.#options.blobs.get(digest);
    return bytes !== undefined && this.#options.sha256(bytes) === digest;
  }

  #blob(digest: string): Uint8Array {
    const bytes = this.#options.blobs.get(digest);
    if (bytes === undefined) throw new DamagedBlob(`there is no blob ${digest}`);
    return bytes;
  }

  #source(digest: string): BlobSource {
    const bytes = this.#blob(digest);
    return { bytes: bytes.byteLength, read: readerOf(bytes) };
  }

  async inspect(fragment: number, digest: string, base: string): Promise<Inspection> {
    const rules = rulesOf(this.#options.plan, fragment);
    return inspectUpdate(rules, {
      update: this.#source(digest),
      base: needsBase(rules) ? this.#source(base) : null,
    });
  }

  async merge(request: MergeRequest): Promise<MergeReply> {
    const rules = rulesOf(this.#options.plan, request.fragment);
    const { state } = request;
    const written = new Map<StateBlob, BlobRef>();
    const collectors = new Map(
      writtenBlobs(rules, state.pending.count).map((name) => [name, new Collector()]),
    );
    const sinks = Object.fromEntries([...collectors].map(([name, { add }]) => [name, add]));
    const updates = this.#updates(rules, request);
    let sums: MergeSums;
    if (rules.outer.kind === "module") {
      const step = await this.#moduleStep(rules, request, updates);
      publishParameters(rules, step.parameters, this.#source(state.published.digest), sinks);
      written.set("momentum", await this.put(encodeModuleState(step.state)));
      sums = step.sums;
    } else
      sums = mergeFragment(
        rules,
        {
          parameters: this.#source(state.parameters.digest),
          momentum: state.momentum === null ? null : this.#source(state.momentum.digest),
          pending: state.pending.sum === null ? null : this.#source(state.pending.sum.digest),
          pendingCount: state.pending.count,
          published: this.#source(state.published.digest),
          updates,
        },
        sinks,
      );
    for (const [name, collector] of collectors)
      written.set(name, await this.put(collector.bytes()));
    return replyOf(nextState(rules, state, written), sums);
  }

  #updates(rules: MergeRules, { updates }: MergeRequest): UpdateSource[] {
    const bases = new Map<string, BlobSource>();
    for (const { base } of updates)
      if (needsBase(rules) && !bases.has(base)) bases.set(base, this.#source(base));
    return updates.map(({ digest, base, weight, scale }) => ({
      update: this.#source(digest),
      base: bases.get(base) ?? null,
      weight,
      scale,
    }));
  }

  async #moduleStep(
    rules: MergeRules,
    { state, tokens = 0 }: MergeRequest,
    updates: readonly UpdateSource[],
  ): Promise<{ state: Float32Array; parameters: Float32Array; sums: MergeSums }> {
    const { moduleStep } = this.#options;
    invariant(moduleStep !== undefined, "a module makes the step");
    return runModuleStep(rules.fragment, moduleStep, {
      parameters: this.#blob(state.parameters.digest),
      state: state.momentum === null ? null : this.#blob(state.momentum.digest),
      gradient: mergedGradient(rules, updates),
      tokens,
    });
  }
}
