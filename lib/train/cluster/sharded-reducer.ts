/** @file A reducer that is several: every fragment belongs to one process, which has its blobs and merges it. */
import { present } from "#lib/support/assert.ts";
import { DamagedBlob } from "../diloco/merge-fragment.ts";
import { readDigests, rulesOf } from "../diloco/reduce.ts";
import { ClientError } from "../net/connection.ts";
import type { ReducerClient } from "../net/reducer-client.ts";
import type { RunPlan } from "../protocol/plan.ts";
import type { Clock, Inspection, MergeReply, MergeRequest, Reducer } from "../protocol/ports.ts";
import type { BlobRef, FragmentState } from "../protocol/records.ts";
import type { ShepherdState } from "../protocol/shepherd-state.ts";
import type { ShardedBlobs } from "./sharded-reducer-blobs.ts";

/** One reducer process, which may be down for a while. */
export interface ReducerOwner {
  readonly index: number;
  /** Where workers reach it; null before it has listened for the first time. */
  readonly url: string | null;
  /** It is down, and is not started again. */
  readonly gone: boolean;
  /** Calls to it, as soon as it runs. @throws ClientError (`network`) where it does not within so many milliseconds */
  ready(milliseconds: number): Promise<ReducerClient>;
}

/** The reducer that owns a fragment. */
export const ownerOf = (fragment: number, reducers: number): number => fragment % reducers;

/** Merging holds up the shepherd's other decisions, which is why it fails soon; it is tried again. */
const MERGE_PATIENCE_MS = 3_000;
/** Less than workers wait for an answer. */
const CALL_PATIENCE_MS = 20_000;
const PAUSE_MS = 100;

/** Asks a reducer, again where it went down meanwhile: all requests may be repeated. @throws ClientError when time is up */
export async function askOwner<Value>(
  owner: ReducerOwner,
  clock: Clock,
  patienceMs: number,
  action: (client: ReducerClient) => Promise<Value>,
): Promise<Value> {
  const until = clock.monotonic() + patienceMs;
  for (;;) {
    try {
      return await action(await owner.ready(Math.max(0, until - clock.monotonic())));
    } catch (error) {
      const passing = error instanceof ClientError && error.code === "network" && !owner.gone;
      if (!passing || clock.monotonic() >= until) throw error;
      await clock.sleep(PAUSE_MS);
    }
  }
}

/** A blob and the fragment that it is of. */
export interface PlacedBlob {
  readonly fragment: number;
  readonly blob: BlobRef;
}

const stateBlobs = ({ parameters, momentum, pending, published }: FragmentState): BlobRef[] =>
  [parameters, momentum, pending.sum, published].filter((blob) => blob !== null);

/** What the owners need of a run's state: all of the present versions, and what workers may still get of those before. */
export function placedBlobs(state: ShepherdState): PlacedBlob[] {
  return state.plan.fragments.flatMap(({ index: fragment }) => {
    const earlier = (state.versions[fragment] ?? []).flatMap(
      ({ state: { published, difference } }) =>
        difference === undefined ? [published] : [published, difference],
    );
    const all = [...stateBlobs(state.current(fragment)), ...earlier];
    const byDigest = new Map(all.map((blob) => [blob.digest, blob]));
    return [...byDigest.values()].map((blob) => ({ fragment, blob }));
  });
}

export interface ShardedReducerOptions {
  readonly plan: Pick<RunPlan, "fragments" | "algorithm" | "outer" | "merge" | "wire">;
  readonly owners: readonly ReducerOwner[];
  /** All blobs of the run, wherever they are. */
  readonly blobs: ShardedBlobs;
  readonly clock: Clock;
}

/**
 * Hands every request to the owner of its fragment. An owner that is down keeps its own fragments waiting and no others; what it lacks,
 * such as after the number of reducers was changed, is brought to it from where it is.
 */
export class ShardedReducer implements Reducer {
  readonly #options: ShardedReducerOptions;

  constructor(options: ShardedReducerOptions) {
    this.#options = options;
  }

  #owner(fragment: number): ReducerOwner {
    const { owners } = this.#options;
    return present(owners[ownerOf(fragment, owners.length)], "owner of a fragment");
  }

  #ask<Value>(
    fragment: number,
    patienceMs: number,
    action: (client: ReducerClient) => Promise<Value>,
  ): Promise<Value> {
    return askOwner(this.#owner(fragment), this.#options.clock, patienceMs, action);
  }

  has(fragment: number, digest: string): Promise<boolean> {
    return this.#ask(fragment, CALL_PATIENCE_MS, (client) => client.has(fragment, digest));
  }

  inspect(fragment: number, digest: string, base: string): Promise<Inspection> {
    return this.#ask(fragment, CALL_PATIENCE_MS, (client) =>
      client.inspect(fragment, digest, base),
    );
  }

  /** @throws ClientError where the owner is down, DamagedBlob where a blob is nowhere to be had, BlobError where a disk is full */
  async merge(request: MergeRequest): Promise<MergeReply> {
    const { fragment } = request;
    const merge = (): Promise<MergeReply> =>
      this.#ask(fragment, MERGE_PATIENCE_MS, (client) => client.merge(request));
    let reply: MergeReply;
    try {
      reply = await merge();
    } catch (error) {
      if (!(error instanceof DamagedBlob) || !(await this.#supply(request))) throw error;
      reply = await merge();
    }
    this.#options.blobs.placed(this.#owner(fragment), stateBlobs(reply.state));
    return reply;
  }

  /** Brings an owner what a merge reads and it lacks; whether there was anything to bring. */
  async #supply(request: MergeRequest): Promise<boolean> {
    const { plan, blobs } = this.#options;
    const { fragment } = request;
    let brought = 0;
    for (const digest of readDigests(rulesOf(plan, fragment), request)) {
      const bytes = await blobs.size(digest);
      if (bytes !== null) brought += await this.place([{ fragment, blob: { digest, bytes } }]);
    }
    return brought > 0;
  }

  /** Brings blobs to the owners that lack them; how many there were. @throws ClientError, BlobError */
  async place(wanted: readonly PlacedBlob[]): Promise<number> {
    const { owners, blobs, clock } = this.#options;
    const counts = await Promise.all(
      owners.map(async (owner) => {
        const own = wanted.filter(({ fragment }) => this.#owner(fragment) === owner);
        if (own.length === 0) return 0;
        blobs.placed(
          owner,
          own.map(({ blob }) => blob),
        );
        const sizes = await askOwner(owner, clock, CALL_PATIENCE_MS, (client) =>
          client.sizes(own.map(({ blob }) => blob.digest)),
        );
        const missing = own.filter((_, i) => sizes[i] === null);
        for (const { fragment, blob } of missing) {
          const path = await blobs.path(blob.digest);
          if (path === null)
            throw new DamagedBlob(`blob ${blob.digest} of fragment ${fragment} is nowhere`);
          await askOwner(owner, clock, CALL_PATIENCE_MS, (client) =>
            client.upload(blob, path, fragment),
          );
        }
        return missing.length;
      }),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }
}
