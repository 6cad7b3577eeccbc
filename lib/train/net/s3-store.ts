/** @file Blobs in S3-compatible object storage, which workers reach by presigned addresses; a local folder keeps what is used here. */
import { createReadStream } from "node:fs";
import type { S3Client, S3ClientConfig } from "@aws-sdk/client-s3";
import type { BlobRef } from "../protocol/records.ts";
import {
  BlobError,
  type BlobStore,
  blobErrorOf,
  isDigest,
  requireDigest,
  type StoredBlob,
} from "./blob-store.ts";
import { openDiskStore } from "./disk-store.ts";

export interface S3StoreOptions {
  readonly bucket: string;
  /** Beginning of all keys, such as `run-1/blobs/`. */
  readonly prefix: string;
  /** URL of the service; null: Amazon's own for the region. */
  readonly endpoint: string | null;
  readonly region: string | null;
  /** Null: as the AWS tools find them (`AWS_ACCESS_KEY_ID` and so on, shared files, instance roles). */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | null;
  /** Local folder for blobs that this process reads or writes. */
  readonly cacheFolder: string;
  /** Bytes that all blobs together may have; null: no limit. */
  readonly limit?: number | null;
}

/** Presigned addresses are good for this long: longer than any transfer should take. */
const PRESIGNED_SECONDS = 3600;
const CHECKSUM = "x-amz-checksum-sha256";
/** Object storage takes no more in one request. */
const MAX_OBJECT = 5 * 2 ** 30;
const ATTEMPTS = 3;

type Aws = typeof import("@aws-sdk/client-s3");

const base64Of = (digest: string): string => Buffer.from(digest, "hex").toString("base64");

const isMissing = (error: unknown): boolean => {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  return name === "NotFound" || name === "NoSuchKey" || $metadata?.httpStatusCode === 404;
};

const failed = (error: unknown): BlobError =>
  error instanceof BlobError
    ? error
    : new BlobError(
        "unavailable",
        `object storage: ${error instanceof Error ? error.message || error.name : String(error)}`,
      );

class S3Store implements BlobStore {
  readonly kind = "s3";
  readonly workFolder: string;
  readonly #aws: Aws;
  readonly #client: S3Client;
  readonly #options: S3StoreOptions;
  readonly #cache: BlobStore;
  /** Bytes of all objects, as far as this process knows. */
  #bytes = 0;
  /** Downloads to the cache that are under way, so that no blob comes twice. */
  readonly #coming = new Map<string, Promise<string | null>>();

  constructor(aws: Aws, client: S3Client, cache: BlobStore, options: S3StoreOptions) {
    this.#aws = aws;
    this.#client = client;
    this.#cache = cache;
    this.#options = options;
    this.workFolder = cache.workFolder;
  }

  async prepare(): Promise<void> {
    for await (const blob of this.list()) this.#bytes += blob.bytes;
  }

  #object(digest: string): { readonly Bucket: string; readonly Key: string } {
    requireDigest(digest);
    const { bucket, prefix } = this.#options;
    return { Bucket: bucket, Key: `${prefix}${digest.slice(0, 2)}/${digest}` };
  }

  async has(digest: string): Promise<boolean> {
    return (await this.size(digest)) !== null;
  }

  async size(digest: string): Promise<number | null> {
    const object = this.#object(digest);
    const cached = await this.#cache.size(digest);
    if (cached !== null) return cached;
    try {
      const { ContentLength } = await this.#client.send(new this.#aws.HeadObjectCommand(object));
      return ContentLength ?? null;
    } catch (error) {
      if (isMissing(error)) return null;
      throw failed(error);
    }
  }

  path(digest: string): Promise<string | null> {
    const there = this.#coming.get(digest);
    if (there !== undefined) return there;
    const coming = this.#fetch(digest).finally(() => this.#coming.delete(digest));
    this.#coming.set(digest, coming);
    return coming;
  }

  /** Brings a blob into the cache, which checks it; what is damaged is removed. */
  async #fetch(digest: string): Promise<string | null> {
    const cached = await this.#cache.path(digest);
    if (cached !== null) return cached;
    const object = this.#object(digest);
    for (let attempt = 1; ; attempt++) {
      try {
        const { Body, ContentLength } = await this.#client.send(
          new this.#aws.GetObjectCommand(object),
        );
        const source = Body as unknown as AsyncIterable<Uint8Array>;
        await this.#cache.write({ digest, bytes: ContentLength ?? 0 }, source);
        return await this.#cache.path(digest);
      } catch (error) {
        if (isMissing(error)) return null;
        if (error instanceof BlobError && error.code === "digest") {
          await this.delete(digest);
          return null;
        }
        // A stream that broke off is tried again from the beginning.
        if (attempt >= ATTEMPTS || (error instanceof BlobError && error.code === "full"))
          throw failed(error);
      }
    }
  }

  async verify(digest: string): Promise<boolean> {
    return (await this.path(digest)) !== null && this.#cache.verify(digest);
  }

  async read(digest: string): Promise<Uint8Array | null> {
    return (await this.path(digest)) === null ? null : this.#cache.read(digest);
  }

  async write(blob: BlobRef, source: AsyncIterable<Uint8Array>): Promise<void> {
    this.#requireRoom(blob);
    await this.#cache.write(blob, source);
    await this.#send(blob);
  }

  async put(...parts: readonly Uint8Array[]): Promise<BlobRef> {
    const blob = await this.#cache.put(...parts);
    this.#requireRoom(blob);
    await this.#send(blob);
    return blob;
  }

  async adopt(blob: BlobRef, path: string): Promise<void> {
    this.#requireRoom(blob);
    await this.#cache.adopt(blob, path);
    await this.#send(blob);
  }

  #requireRoom({ bytes }: BlobRef): void {
    const limit = this.#options.limit ?? null;
    if (limit !== null && this.#bytes + bytes > limit)
      throw new BlobError("full", `the blob store may hold ${limit} bytes, and is full`);
    if (bytes > MAX_OBJECT)
      throw new BlobError(
        "size",
        "object storage takes blobs of 5 GiB at most: use more fragments",
      );
  }

  /** Sends what is in the cache, unless it is there. The service compares it with its digest. */
  async #send({ digest, bytes }: BlobRef): Promise<void> {
    const object = this.#object(digest);
    const path = await this.#cache.path(digest);
    if (path === null) throw new BlobError("unavailable", "a blob is gone from the cache");
    for (let attempt = 1; ; attempt++) {
      try {
        if ((await this.#remoteSize(digest)) === bytes) return;
        const upload = new this.#aws.PutObjectCommand({
          ...object,
          Body: bytes === 0 ? "" : createReadStream(path),
          ContentLength: bytes,
          ChecksumSHA256: base64Of(digest),
        });
        await this.#client.send(upload);
        this.#bytes += bytes;
        return;
      } catch (error) {
        if (attempt >= ATTEMPTS) throw failed(error);
      }
    }
  }

  async #remoteSize(digest: string): Promise<number | null> {
    try {
      const head = new this.#aws.HeadObjectCommand(this.#object(digest));
      return (await this.#client.send(head)).ContentLength ?? null;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async delete(digest: string): Promise<void> {
    const object = this.#object(digest);
    try {
      const size = await this.#remoteSize(digest);
      if (size !== null) {
        await this.#client.send(new this.#aws.DeleteObjectCommand(object));
        this.#bytes -= size;
      }
    } catch (error) {
      throw failed(error);
    }
    await this.#cache.delete(digest);
  }

  async *list(): AsyncIterable<StoredBlob> {
    const { bucket, prefix } = this.#options;
    const query = { Bucket: bucket, Prefix: prefix };
    try {
      const pages = this.#aws.paginateListObjectsV2({ client: this.#client }, query);
      for await (const { Contents = [] } of pages)
        for (const { Key = "", Size = 0, LastModified } of Contents) {
          const digest = Key.slice(Key.lastIndexOf("/") + 1);
          if (!isDigest(digest)) continue;
          yield { digest, bytes: Size, modified: LastModified?.getTime() ?? 0 };
        }
    } catch (error) {
      throw failed(error);
    }
  }

  async usage(): Promise<{ readonly bytes: number; readonly limit: number | null }> {
    return { bytes: this.#bytes, limit: this.#options.limit ?? null };
  }

  async presign(action: "get" | "put", { digest, bytes }: BlobRef) {
    const { getSignedUrl } = await import("@aws-sdk/s3-request-presigner");
    const object = this.#object(digest);
    const expiresIn = PRESIGNED_SECONDS;
    try {
      if (action === "get") {
        const command = new this.#aws.GetObjectCommand(object);
        return { url: await getSignedUrl(this.#client, command, { expiresIn }), headers: {} };
      }
      const checksum = base64Of(digest);
      const url = await getSignedUrl(
        this.#client,
        new this.#aws.PutObjectCommand({
          ...object,
          ContentLength: bytes,
          ChecksumSHA256: checksum,
        }),
        {
          expiresIn,
          // Size and digest are part of the signature: the address is good for this content alone.
          signableHeaders: new Set(["host", "content-length", CHECKSUM]),
          unhoistableHeaders: new Set([CHECKSUM]),
        },
      );
      return { url, headers: { [CHECKSUM]: checksum } };
    } catch (error) {
      throw failed(error);
    }
  }
}

/**
 * Opens a store in a bucket, which must exist. `now`: milliseconds since the epoch.
 * @throws BlobError where the service or the bucket cannot be reached
 */
export async function openS3Store(options: S3StoreOptions, now: number): Promise<BlobStore> {
  const aws = await import("@aws-sdk/client-s3");
  const { endpoint, region, credentials, cacheFolder } = options;
  const config: S3ClientConfig = {
    // Services other than Amazon's have no host names for buckets, and mostly no regions.
    ...(endpoint !== null && { endpoint, forcePathStyle: true, region: "us-east-1" }),
    ...(region !== null && { region }),
    ...(credentials !== null && { credentials }),
    // The digest is all the checksum that is needed; others are not understood by all services.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  };
  const client = new aws.S3Client(config);
  try {
    const cache = await openDiskStore({ folder: cacheFolder }, now);
    const store = new S3Store(aws, client, cache, options);
    await store.prepare();
    return store;
  } catch (error) {
    client.destroy();
    throw error instanceof BlobError ? error : blobErrorOf(error);
  }
}
