/** @file The reducer of real runs: blobs in a store, arithmetic in threads. */
import { rm } from "node:fs/promises";
import { invariant } from "#lib/support/assert.ts";
import { DamagedBlob, type MergeRules, type StateBlob } from "../diloco/merge-fragment.ts";
import {
  encodeModuleState,
  type ModuleStep,
  needsBase,
  nextState,
  replyOf,
  rulesOf,
  runModuleStep,
} from "../diloco/reduce.ts";
import { type BlobStore, blobErrorOf } from "../net/blob-store.ts";
import type { RunPlan } from "../protocol/plan.ts";
import type { Inspection, MergeReply, MergeRequest, Reducer } from "../protocol/ports.ts";
import type { BlobRef } from "../protocol/records.ts";
import { MergePool, mergeThreadFile } from "./merge-pool.ts";
import type { MadeBlob, UpdateFile } from "./merge-task.ts";

export interface LocalReducerOptions {
  readonly plan: Pick<RunPlan, "fragments" | "algorithm" | "outer" | "merge" | "wire">;
  readonly store: BlobStore;
  /** Fragments that are merged at the same time. */
  readonly threads: number;
  /** Needed where the outer optimizer is the module's own (data_parallel). */
  readonly moduleStep?: ModuleStep;
  /** Entry point of a merging thread, null: merge in this thread; the bundled one where left out. */
  readonly threadFile?: URL | null;
}

/**
 * Merges on this machine. Blobs are read and written piece by piece; those of a new state are in the store, durably, when `merge`
 * resolves. Requests and replies are plain values, so that a reducer can as well be asked from afar.
 */
export class LocalReducer implements Reducer {
  readonly #options: LocalReducerOptions;
  readonly #pool: MergePool;

  constructor(options: LocalReducerOptions) {
    this.#options = options;
    const { threadFile = mergeThreadFile() } = options;
    this.#pool = new MergePool(threadFile, Math.max(1, options.threads));
  }

  async has(_fragment: number, digest: string): Promise<boolean> {
    return (await this.#options.store.path(digest)) !== null;
  }

  /** @throws BlobError where the store cannot be read, DamagedBlob where a blob is not in it. */
  async inspect(fragment: number, digest: string, base: string): Promise<Inspection> {
    const rules = rulesOf(this.#options.plan, fragment);
    return await this.#pool.run<"inspect">({
      kind: "inspect",
      rules,
      update: await this.#path(digest),
      base: needsBase(rules) ? await this.#path(base) : null,
    });
  }

  /** @throws BlobError where the store is full or cannot be used, DamagedBlob where a blob is not what it should be. */
  async merge(request: MergeRequest): Promise<MergeReply> {
    const rules = rulesOf(this.#options.plan, request.fragment);
    try {
      return await (rules.outer.kind === "module"
        ? this.#mergeByModule(rules, request)
        : this.#merge(rules, request));
    } catch (error) {
      if (error instanceof DamagedBlob || !(error instanceof Error && "code" in error)) throw error;
      throw blobErrorOf(error);
    }
  }

  /** Ends the threads. */
  close(): Promise<void> {
    return this.#pool.close();
  }

  async #path(digest: string): Promise<string> {
    const path = await this.#options.store.path(digest);
    if (path === null) throw new DamagedBlob(`the blob ${digest} is not in the store`);
    return path;
  }

  async #optionalPath(blob: BlobRef | null): Promise<string | null> {
    return blob === null ? null : await this.#path(blob.digest);
  }

  async #updates(rules: MergeRules, { updates }: MergeRequest): Promise<UpdateFile[]> {
    const files: UpdateFile[] = [];
    for (const { digest, base, weight, scale } of updates)
      files.push({
        update: await this.#path(digest),
        base: needsBase(rules) ? await this.#path(base) : null,
        weight,
        scale,
      });
    return files;
  }

  /** Takes what a task made into the store. */
  async #adopt(made: readonly MadeBlob[]): Promise<Map<StateBlob, BlobRef>> {
    const written = new Map<StateBlob, BlobRef>();
    try {
      for (const { name, blob, path } of made) {
        await this.#options.store.adopt(blob, path);
        written.set(name, blob);
      }
    } catch (error) {
      for (const { path } of made) await rm(path, { force: true });
      throw error;
    }
    return written;
  }

  async #merge(rules: MergeRules, request: MergeRequest): Promise<MergeReply> {
    const { state } = request;
    const { made, sums } = await this.#pool.run<"merge">({
      kind: "merge",
      rules,
      parameters: await this.#path(state.parameters.digest),
      momentum: await this.#optionalPath(state.momentum),
      pending: await this.#optionalPath(state.pending.sum),
      pendingCount: state.pending.count,
      published: await this.#path(state.published.digest),
      updates: await this.#updates(rules, request),
      folder: this.#options.store.workFolder,
    });
    return replyOf(nextState(rules, state, await this.#adopt(made)), sums);
  }

  async #mergeByModule(rules: MergeRules, request: MergeRequest): Promise<MergeReply> {
    const { moduleStep, store } = this.#options;
    invariant(moduleStep !== undefined, "a module makes the step");
    const { state, tokens = 0 } = request;
    const updates = await this.#updates(rules, request);
    const gradient = await this.#pool.run<"gradient">({ kind: "gradient", rules, updates });
    const step = await runModuleStep(rules.fragment, moduleStep, {
      parameters: await this.#read(state.parameters),
      state: state.momentum === null ? null : await this.#read(state.momentum),
      gradient,
      tokens,
    });
    const { made } = await this.#pool.run<"publish">({
      kind: "publish",
      rules,
      parameters: step.parameters,
      published: await this.#path(state.published.digest),
      folder: store.workFolder,
    });
    const written = await this.#adopt(made);
    written.set("momentum", await store.put(encodeModuleState(step.state)));
    return replyOf(nextState(rules, state, written), step.sums);
  }

  async #read({ digest }: BlobRef): Promise<Uint8Array> {
    const bytes = await this.#options.store.read(digest);
    if (bytes === null) throw new DamagedBlob(`the blob ${digest} is not in the store`);
    return bytes;
  }
}
