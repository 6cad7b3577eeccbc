/** @file What a reducer process answers to the shepherd: looking at updates and merging them, as JSON, beside its blobs. */
import { type Static, type TSchema, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { sha256 } from "#lib/runtime/cache.ts";
import { DamagedBlob } from "../diloco/merge-fragment.ts";
import { blobRefSchema, digestSchema, workerNameSchema } from "../protocol/messages.ts";
import type { Reducer } from "../protocol/ports.ts";
import { BlobError, type BlobStore, type StoredBlob } from "./blob-store.ts";
import type { ExtraRoute } from "./server.ts";
import { Refusal } from "./server-access.ts";

const closed = { additionalProperties: false } as const;
const count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

const stateSchema = Type.Object(
  {
    version: count,
    parameters: blobRefSchema,
    momentum: nullable(blobRefSchema),
    pending: Type.Object({ sum: nullable(blobRefSchema), count }, closed),
    published: blobRefSchema,
    difference: Type.Optional(blobRefSchema),
  },
  closed,
);

/** Requests of the shepherd, by the last part of their path. */
const REDUCER_REQUESTS = {
  has: Type.Object({ fragment: count, digest: digestSchema }, closed),
  inspect: Type.Object({ fragment: count, digest: digestSchema, base: Type.String() }, closed),
  merge: Type.Object(
    {
      fragment: count,
      state: stateSchema,
      updates: Type.Array(
        Type.Object(
          {
            worker: workerNameSchema,
            digest: digestSchema,
            base: Type.String(),
            weight: Type.Number(),
            scale: Type.Number(),
          },
          closed,
        ),
      ),
      tokens: Type.Optional(count),
    },
    closed,
  ),
  /** Sizes of blobs; null where one is not here. */
  sizes: Type.Object({ digests: Type.Array(digestSchema) }, closed),
  delete: Type.Object({ digests: Type.Array(digestSchema) }, closed),
  list: Type.Object({}, closed),
} as const;
export type ReducerRequest = keyof typeof REDUCER_REQUESTS;
type BodyOf<K extends ReducerRequest> = Static<(typeof REDUCER_REQUESTS)[K]>;

/** A reply: `wait` where it takes longer, and the same request is to be sent again. */
export type ReducerReply =
  | { readonly kind: "done"; readonly value: unknown }
  | { readonly kind: "wait" }
  | {
      readonly kind: "failed";
      readonly name: string;
      readonly code: string | null;
      readonly message: string;
    };

export const reducerPath = (request: ReducerRequest): string => `/v1/reducer/${request}`;

/** A merge of many workers names all their updates: about 300 bytes each. */
const MAX_REQUEST = 64 << 20;
/** How long a request waits for its result before it is told to come again; connections idle for longer may be closed. */
const WAIT_MS = 20_000;

function failure(error: unknown): ReducerReply {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const code = error instanceof BlobError ? error.code : null;
  return { kind: "failed", name, code, message };
}

/** A failure as the error that it was. */
export function errorOfReply({
  name,
  code,
  message,
}: Extract<ReducerReply, { kind: "failed" }>): Error {
  if (name === "DamagedBlob") return new DamagedBlob(message);
  if (name === "BlobError" && (code === "full" || code === "unavailable"))
    return new BlobError(code, message);
  return new Error(message);
}

/** Work by request: who asks again while it is under way gets the result of the same work. */
class Desk {
  readonly #under = new Map<string, Promise<ReducerReply>>();
  readonly #waitMs: number;

  constructor(waitMs: number) {
    this.#waitMs = waitMs;
  }

  async run(key: string, work: () => Promise<unknown>): Promise<ReducerReply> {
    let result = this.#under.get(key);
    if (result === undefined) {
      result = work().then((value): ReducerReply => ({ kind: "done", value }), failure);
      this.#under.set(key, result);
    }
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<ReducerReply>((resolve) => {
      timer = setTimeout(() => resolve({ kind: "wait" }), this.#waitMs);
    });
    const reply = await Promise.race([result, late]);
    clearTimeout(timer);
    // Told once; who missed it has it made again, and gets the same.
    if (reply.kind !== "wait") this.#under.delete(key);
    return reply;
  }
}

async function listed(store: BlobStore): Promise<StoredBlob[]> {
  const blobs: StoredBlob[] = [];
  for await (const blob of store.list()) blobs.push(blob);
  return blobs;
}

export interface ReducerRoutesOptions {
  readonly reducer: Reducer;
  readonly store: BlobStore;
  /** Whether a fragment is this reducer's. */
  readonly owns: (fragment: number) => boolean;
  /** Milliseconds that a request waits before it is told to come again. */
  readonly waitMs?: number;
}

/** Routes of a reducer's server; its gate lets operators through alone. */
export function reducerRoutes({
  reducer,
  store,
  owns,
  waitMs = WAIT_MS,
}: ReducerRoutesOptions): ExtraRoute[] {
  const desk = new Desk(waitMs);
  const handlers: { readonly [K in ReducerRequest]: (body: BodyOf<K>) => Promise<unknown> } = {
    has: ({ fragment, digest }) => reducer.has(fragment, digest),
    inspect: ({ fragment, digest, base }) => reducer.inspect(fragment, digest, base),
    merge: (body) => reducer.merge(body as Parameters<Reducer["merge"]>[0]),
    sizes: ({ digests }) => Promise.all(digests.map((digest) => store.size(digest))),
    async delete({ digests }) {
      for (const digest of digests) await store.delete(digest);
      return null;
    },
    list: () => listed(store),
  };
  const route = <K extends ReducerRequest>(name: K): ExtraRoute => ({
    method: "POST",
    path: reducerPath(name),
    bodyLimit: MAX_REQUEST,
    handle: async (body) => {
      if (!Value.Check(REDUCER_REQUESTS[name], body))
        throw new Refusal(400, "request", "this is not what a reducer is asked");
      const { fragment } = body as { fragment?: number };
      if (fragment !== undefined && !owns(fragment))
        throw new Refusal(400, "request", `fragment ${fragment} belongs to another reducer`);
      const key = `${name} ${sha256(new TextEncoder().encode(JSON.stringify(body)))}`;
      return desk.run(key, () => handlers[name](body as BodyOf<K>));
    },
  });
  return (Object.keys(REDUCER_REQUESTS) as ReducerRequest[]).map((name) => route(name));
}
