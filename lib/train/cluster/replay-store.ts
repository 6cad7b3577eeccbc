/** @file A store that reads from another one and keeps what is written apart from it. */
import type { BlobStore, StoredBlob } from "../net/blob-store.ts";
import { openDiskStore } from "../net/disk-store.ts";
import type { BlobRef } from "../protocol/records.ts";

class OverlayStore implements BlobStore {
  readonly kind = "disk";
  private readonly base: BlobStore;
  private readonly top: BlobStore;

  constructor(base: BlobStore, top: BlobStore) {
    this.base = base;
    this.top = top;
  }

  get workFolder(): string {
    return this.top.workFolder;
  }

  async has(digest: string): Promise<boolean> {
    return (await this.top.has(digest)) || this.base.has(digest);
  }

  async size(digest: string): Promise<number | null> {
    return (await this.top.size(digest)) ?? this.base.size(digest);
  }

  async path(digest: string): Promise<string | null> {
    return (await this.top.path(digest)) ?? this.base.path(digest);
  }

  async verify(digest: string): Promise<boolean> {
    return (await this.top.verify(digest)) || this.base.verify(digest);
  }

  async read(digest: string): Promise<Uint8Array | null> {
    return (await this.top.read(digest)) ?? this.base.read(digest);
  }

  write(blob: BlobRef, source: AsyncIterable<Uint8Array>): Promise<void> {
    return this.top.write(blob, source);
  }

  put(...parts: readonly Uint8Array[]): Promise<BlobRef> {
    return this.top.put(...parts);
  }

  adopt(blob: BlobRef, path: string): Promise<void> {
    return this.top.adopt(blob, path);
  }

  delete(digest: string): Promise<void> {
    return this.top.delete(digest);
  }

  list(): AsyncIterable<StoredBlob> {
    return this.top.list();
  }

  usage(): Promise<{ readonly bytes: number; readonly limit: number | null }> {
    return this.top.usage();
  }

  async presign(): Promise<null> {
    return null;
  }
}

/** A store with the blobs of both; what is written goes to `top`. */
export const stackedStore = (base: BlobStore, top: BlobStore): BlobStore =>
  new OverlayStore(base, top);

/** A store with the blobs of `base`, which it never changes; what is written goes to `folder`. */
export async function overlayStore(
  base: BlobStore,
  folder: string,
  now: number,
): Promise<BlobStore> {
  return stackedStore(base, await openDiskStore({ folder }, now));
}
