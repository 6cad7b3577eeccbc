/** @file The shepherd's way to one reducer process: its requests as JSON, its blobs in ranges. */
import type { Inspection, MergeReply, MergeRequest, Reducer } from "../protocol/ports.ts";
import type { BlobRef } from "../protocol/records.ts";
import type { StoredBlob } from "./blob-store.ts";
import { connectShepherd, type ShepherdClient } from "./client.ts";
import type { ConnectionOptions } from "./connection.ts";
import {
  errorOfReply,
  type ReducerReply,
  type ReducerRequest,
  reducerPath,
} from "./reducer-rpc.ts";

/** Longer than a reducer lets a request wait. */
const ANSWER_MS = 60_000;

/**
 * Name by which the shepherd hands a reducer blobs that are its own; no worker can have it, because names of workers begin with a
 * letter or digit.
 */
export const SHEPHERD_NAME = "_shepherd";
/** One process of the shepherd is like another to a reducer. */
export const SHEPHERD_INCARNATION = "00000000-0000-0000-0000-000000000000";

export interface ReducerCredentials {
  /** For requests. */
  readonly operatorToken: string;
  /** For uploads, in the name of {@link SHEPHERD_NAME}. */
  readonly uploader: string;
}

/** Calls to one reducer. All methods throw ClientError where there is no answer, DamagedBlob and BlobError as the reducer says. */
export class ReducerClient implements Reducer {
  readonly #requests: ShepherdClient;
  readonly #uploads: ShepherdClient;

  constructor(requests: ShepherdClient, uploads: ShepherdClient) {
    this.#requests = requests;
    this.#uploads = uploads;
  }

  async #ask<Value>(request: ReducerRequest, body: object): Promise<Value> {
    for (;;) {
      const reply = (await this.#requests.extra(
        reducerPath(request),
        body,
        ANSWER_MS,
      )) as ReducerReply;
      if (reply.kind === "done") return reply.value as Value;
      if (reply.kind === "failed") throw errorOfReply(reply);
    }
  }

  has(fragment: number, digest: string): Promise<boolean> {
    return this.#ask("has", { fragment, digest });
  }

  inspect(fragment: number, digest: string, base: string): Promise<Inspection> {
    return this.#ask("inspect", { fragment, digest, base });
  }

  merge(request: MergeRequest): Promise<MergeReply> {
    return this.#ask("merge", request);
  }

  /** Sizes of blobs in bytes; null where one is not there. */
  sizes(digests: readonly string[]): Promise<(number | null)[]> {
    return this.#ask("sizes", { digests });
  }

  delete(digests: readonly string[]): Promise<null> {
    return this.#ask("delete", { digests });
  }

  list(): Promise<StoredBlob[]> {
    return this.#ask("list", {});
  }

  /** Sends a file, unless the reducer has it. */
  upload(blob: BlobRef, path: string, fragment: number): Promise<void> {
    return this.#uploads.blobs.uploadFile(blob, path, fragment);
  }

  /** A whole blob in memory, its digest checked. */
  download(blob: BlobRef): Promise<Uint8Array> {
    return this.#requests.blobs.download(blob, null);
  }

  /** Gets a blob as a file, which is there whole or not at all. */
  downloadFile(blob: BlobRef, path: string): Promise<void> {
    return this.#requests.blobs.downloadFile(blob, null, path);
  }

  async close(): Promise<void> {
    await this.#requests.close();
    await this.#uploads.close();
  }
}

/** A client of the reducer at an address; nothing is sent yet. @throws ClientError where the address is none */
export async function connectReducer(
  connection: ConnectionOptions,
  { operatorToken, uploader }: ReducerCredentials,
  signal?: AbortSignal,
): Promise<ReducerClient> {
  const common = { ...connection, ...(signal === undefined ? {} : { signal }) };
  return new ReducerClient(
    await connectShepherd({ ...common, credential: operatorToken }),
    await connectShepherd({ ...common, credential: uploader }),
  );
}
