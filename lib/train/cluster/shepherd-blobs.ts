/** @file Which blobs of a run may go: what its journal names and nothing needs any more, and what was left behind. */
import type { BlobStore } from "../net/blob-store.ts";
import { isBarrier, type RunPlan } from "../protocol/plan.ts";
import type { JournalRecord } from "../protocol/records.ts";
import { blobsOfRecord } from "./shepherd-follower.ts";

/** Merges for which a blob that nothing needs stays at least: workers may still be reading it. */
const KEPT_MERGES = 8;
/** A blob that no record names was left by an update that never counted, once it is so old. */
const ORPHAN_MS = 3_600_000;
/** Merges between two searches for such blobs. */
const ORPHAN_MERGES = 500;

/** Removes blobs that are not needed. */
export class BlobSweeper {
  private readonly store: BlobStore;
  private readonly keepsUpdates: boolean;
  private readonly keptMerges: number;
  private readonly now: () => number;
  /** Digests that records named, by the number of the merge that did so last. */
  private readonly named = new Map<string, number>();
  private readonly pinned = new Map<string, number>();
  private merges = 0;
  private sweeping: Promise<void> = Promise.resolve();

  /**
   * @param keepsUpdates - nothing that a record names ever goes.
   * @param now - milliseconds since the epoch.
   */
  constructor(store: BlobStore, plan: RunPlan, keepsUpdates: boolean, now: () => number) {
    this.store = store;
    this.keepsUpdates = keepsUpdates;
    this.now = now;
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
    const searches = this.merges % ORPHAN_MERGES === 0;
    if (this.keepsUpdates && !searches) return;
    this.sweeping = this.sweeping.then(async () => {
      const keep = needed();
      if (!this.keepsUpdates) await this.removeNamed(keep);
      if (searches) await this.removeOrphans(keep);
    });
  }

  private async removeNamed(keep: ReadonlySet<string>): Promise<void> {
    for (const [digest, merge] of this.named) {
      if (merge + this.keptMerges > this.merges || keep.has(digest) || this.pinned.has(digest))
        continue;
      this.named.delete(digest);
      await this.remove(digest);
    }
  }

  private async removeOrphans(keep: ReadonlySet<string>): Promise<void> {
    const before = this.now() - ORPHAN_MS;
    for await (const { digest, modified } of this.store.list())
      if (modified < before && !this.named.has(digest) && !keep.has(digest))
        await this.remove(digest);
  }

  /** Removing is not worth an error: what cannot be removed stays until the next start. */
  private async remove(digest: string): Promise<void> {
    await this.store.delete(digest).catch(() => {});
  }

  /** At the start of a shepherd: removes what records name and nothing needs, and old blobs that no record names. */
  async clear(needed: ReadonlySet<string>): Promise<void> {
    if (!this.keepsUpdates)
      for await (const { digest } of this.store.list())
        if (this.named.has(digest) && !needed.has(digest)) await this.remove(digest);
    for (const digest of [...this.named.keys()])
      if (!this.keepsUpdates && !needed.has(digest)) this.named.delete(digest);
    await this.removeOrphans(needed);
  }

  /** Waits for removals under way. */
  idle(): Promise<void> {
    return this.sweeping;
  }
}
