/** @file Which blobs of a run may go: what its journal names and nothing needs any more, and what was left behind. */
import type { BlobStore } from "../net/blob-store.ts";
import { isBarrier, type RunPlan } from "../protocol/plan.ts";
import type { JournalRecord } from "../protocol/records.ts";
import { blobsOfRecord } from "./shepherd-follower.ts";

/** Merges for which a blob that nothing needs stays at least: workers may still be reading it. */
const KEPT_MERGES = 8;
/** A blob that no record names was left by an update that never counted, once it is so old. */
const ORPHAN_MS = 3_600_000;

/** Removes blobs that are not needed. */
export class BlobSweeper {
  private readonly store: BlobStore;
  private readonly keepsUpdates: boolean;
  private readonly keptMerges: number;
  /** Digests that records named, by the number of the merge that did so last. */
  private readonly named = new Map<string, number>();
  private readonly pinned = new Map<string, number>();
  private merges = 0;
  private sweeping: Promise<void> = Promise.resolve();

  /** @param keepsUpdates - nothing that a record names ever goes. */
  constructor(store: BlobStore, plan: RunPlan, keepsUpdates: boolean) {
    this.store = store;
    this.keepsUpdates = keepsUpdates;
    // Two rounds, so that a blob that comes again in every round, such as an update of nothing, is never about to go.
    this.keptMerges = KEPT_MERGES + 2 * plan.slots.length * (isBarrier(plan) ? 1 : plan.workers);
  }

  /** Takes note of a record. */
  follow(record: JournalRecord): void {
    if (record.kind === "commit") this.merges++;
    for (const digest of blobsOfRecord(record)) this.named.set(digest, this.merges);
  }

  /** Keeps blobs until they are let go of. */
  pin(digests: readonly string[]): () => void {
    for (const digest of digests) this.pinned.set(digest, (this.pinned.get(digest) ?? 0) + 1);
    return () => {
      for (const digest of digests) {
        const count = (this.pinned.get(digest) ?? 1) - 1;
        if (count === 0) this.pinned.delete(digest);
        else this.pinned.set(digest, count);
      }
    };
  }

  /** Removes what has not been needed for a while; `needed` is asked when the removal begins. */
  collect(needed: () => ReadonlySet<string>): void {
    if (this.keepsUpdates) return;
    this.sweeping = this.sweeping.then(async () => {
      const keep = needed();
      for (const [digest, merge] of this.named) {
        if (merge + this.keptMerges > this.merges || keep.has(digest) || this.pinned.has(digest))
          continue;
        this.named.delete(digest);
        // Removing is not worth an error: what cannot be removed stays until the next start.
        await this.store.delete(digest).catch(() => {});
      }
    });
  }

  /** At the start of a shepherd: removes what records name and nothing needs, and old blobs that no record names. */
  async clear(needed: ReadonlySet<string>, now: number): Promise<void> {
    for await (const { digest, modified } of this.store.list()) {
      const named = this.named.has(digest);
      const old = named ? !this.keepsUpdates : modified + ORPHAN_MS < now;
      if (needed.has(digest) || !old) continue;
      await this.store.delete(digest).catch(() => {});
      this.named.delete(digest);
    }
  }

  /** Waits for removals under way. */
  idle(): Promise<void> {
    return this.sweeping;
  }
}
