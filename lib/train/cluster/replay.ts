/** @file Recomputes every merge of a run from its journal and blobs, and compares digests. */
import { DamagedBlob } from "../diloco/merge-fragment.ts";
import { type ModuleStep, readDigests, rulesOf } from "../diloco/reduce.ts";
import type { BlobStore } from "../net/blob-store.ts";
import { mergeFragment } from "../protocol/merging.ts";
import type { RunPlan } from "../protocol/plan.ts";
import type { Inspection, MergeReply, MergeRequest, Reducer } from "../protocol/ports.ts";
import type { CommitRecord, FragmentState, JournalRecord } from "../protocol/records.ts";
import { ShepherdState } from "../protocol/shepherd-state.ts";
import { LocalReducer } from "./reducer.ts";
import { overlayStore } from "./replay-store.ts";

/** What recomputing one merge has shown. */
export interface ReplayedCommit {
  readonly sequence: number;
  readonly round: number;
  readonly slot: number;
  /** `gone`: blobs that it was made from have been removed or are damaged. `empty`: nothing was merged. */
  readonly verdict: "same" | "differs" | "gone" | "empty";
  /** What differs, or how much is gone. */
  readonly detail: string | null;
}

export interface ReplayRequest {
  readonly plan: RunPlan;
  readonly records: readonly JournalRecord[];
  /** Blobs of the run, which are read only. */
  readonly store: BlobStore;
  /** An empty folder for what is computed. */
  readonly scratch: string;
  readonly threads: number;
  /** Needed where the outer optimizer is the module's own (data_parallel). */
  readonly moduleStep: ModuleStep | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly signal: AbortSignal;
}

/** A merge whose blobs are not all there. */
class MissingBlobs extends Error {}

/** Looks whether all blobs of a merge are there before it is made. */
class CheckingReducer implements Reducer {
  private readonly plan: RunPlan;
  private readonly store: BlobStore;
  private readonly inner: Reducer;

  constructor(plan: RunPlan, store: BlobStore, inner: Reducer) {
    this.plan = plan;
    this.store = store;
    this.inner = inner;
  }

  has(fragment: number, digest: string): Promise<boolean> {
    return this.inner.has(fragment, digest);
  }

  inspect(fragment: number, digest: string, base: string): Promise<Inspection> {
    return this.inner.inspect(fragment, digest, base);
  }

  async merge(request: MergeRequest): Promise<MergeReply> {
    const needed = readDigests(rulesOf(this.plan, request.fragment), request);
    let missing = 0;
    for (const digest of needed) if (!(await this.store.verify(digest))) missing++;
    if (missing > 0) throw new MissingBlobs(`${missing} of ${needed.length} blobs`);
    return this.inner.merge(request);
  }
}

const PARTS = ["parameters", "momentum", "published", "difference"] as const;

/** Names of what is not as the journal says; empty where all is. */
function differences(found: FragmentState, recorded: FragmentState): string[] {
  const names: string[] = PARTS.filter((part) => found[part]?.digest !== recorded[part]?.digest);
  if (found.pending.sum?.digest !== recorded.pending.sum?.digest) names.push("pending");
  return names;
}

async function replayCommit(
  state: ShepherdState,
  reducer: Reducer,
  { sequence, round, slot, contributions, fragments }: CommitRecord,
): Promise<ReplayedCommit> {
  const place = { sequence, round, slot };
  if (fragments.length === 0) return { ...place, verdict: "empty", detail: null };
  const wrong: string[] = [];
  try {
    for (const { fragment, state: recorded } of fragments) {
      const reply = await mergeFragment(state, reducer, fragment, contributions);
      const parts = differences(reply.state, recorded);
      if (parts.length > 0) wrong.push(`fragment ${fragment}: ${parts.join(", ")}`);
    }
  } catch (error) {
    if (!(error instanceof MissingBlobs) && !(error instanceof DamagedBlob)) throw error;
    return { ...place, verdict: "gone", detail: error.message };
  }
  return wrong.length === 0
    ? { ...place, verdict: "same", detail: null }
    : { ...place, verdict: "differs", detail: wrong.join("; ") };
}

/** Recomputes the merges of a journal one after the other; ends early where the signal aborts. */
export async function* replayRun(request: ReplayRequest): AsyncGenerator<ReplayedCommit> {
  const { plan, records, store, scratch, threads, moduleStep, now, signal } = request;
  const overlay = await overlayStore(store, scratch, now);
  const local = new LocalReducer({
    plan,
    store: overlay,
    threads,
    ...(moduleStep === null ? {} : { moduleStep }),
  });
  const reducer = new CheckingReducer(plan, overlay, local);
  const state = new ShepherdState(plan);
  try {
    for (const record of records) {
      if (signal.aborted) return;
      if (record.kind === "commit") {
        yield await replayCommit(state, reducer, record);
        // What was computed has been compared: the next merge begins from what the journal says.
        for await (const { digest } of overlay.list()) await overlay.delete(digest);
      }
      state.apply(record);
    }
  } finally {
    await local.close();
  }
}
