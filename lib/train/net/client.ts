/** @file A client of the shepherd: control calls with checked replies, blobs, presence, events. */
import { setMaxListeners } from "node:events";
import type { Static, TSchema } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { Dispatcher } from "undici";
import { isProblem, type Problem } from "#lib/support/problem.ts";
import type {
  AgreementReply,
  AgreementRequest,
  Heartbeat,
  HeartbeatReply,
  LeaseReply,
  LeaseRequest,
  LeaveRequest,
  ProgramReply,
  ProgramRequest,
  RegisterReply,
  RegisterRequest,
  ResultReply,
  ResultRequest,
  SubmitReply,
  SubmitRequest,
} from "../protocol/messages.ts";
import type { BlobTransfer, OperatorAction, ShepherdApi } from "../protocol/ports.ts";
import type { BlobRef, JournalRecord } from "../protocol/records.ts";
import type { RunStatus } from "../protocol/status.ts";
import {
  ClientError,
  type ConnectionOptions,
  call,
  clientErrorOf,
  openPool,
  speakerHeaders,
  textOf,
} from "./connection.ts";
import { type RunEvent, readEvents } from "./event-stream.ts";
import { type JoinToken, parseJoinToken } from "./join-token.ts";
import { type controlReplySchema, type JoinReply, type RouteId, routeOf } from "./routes.ts";
import { HttpTransfer } from "./transfer.ts";

export interface ClientOptions extends ConnectionOptions {
  /** Of a worker, observer or operator; null: none (on loopback, looking on needs none). */
  readonly credential: string | null;
  /** Ends everything under way. */
  readonly signal?: AbortSignal;
  /** Ranges of one blob at the same time. */
  readonly parallel?: number;
}

/** A connection that says, by being open, that this process lives. */
export interface Presence {
  /** Resolves when it is closed, by whomever. */
  readonly closed: Promise<void>;
  close(): void;
}

const CONTROL_CONNECTIONS = 8;
/** Longer than the shepherd lets a call for work or a result wait. */
const LONG_MS = 60_000;
const SHORT_MS = 15_000;
/** The shepherd writes to a presence connection every 5 s. */
const PRESENCE_MS = 20_000;

/** Calls to one shepherd. All methods throw {@link ClientError} where there is no answer. */
export class ShepherdClient implements ShepherdApi, BlobTransfer {
  readonly url: string;
  readonly blobs: HttpTransfer;
  readonly #options: ClientOptions;
  readonly #closing = new AbortController();
  readonly #signal: AbortSignal;
  readonly #control: Dispatcher;
  readonly #pools = new Map<string, Promise<Dispatcher>>();
  #credential: string;

  constructor(options: ClientOptions, control: Dispatcher) {
    this.#options = options;
    this.url = new URL(options.url).origin;
    this.#control = control;
    this.#credential = options.credential ?? "";
    const { signal } = this.#closing;
    this.#signal =
      options.signal === undefined ? signal : AbortSignal.any([signal, options.signal]);
    // Every request under way listens to it.
    setMaxListeners(0, this.#signal);
    const parallel = options.parallel ?? 4;
    this.blobs = new HttpTransfer({
      url: this.url,
      parallel,
      credential: () => this.#credential,
      signal: this.#signal,
      poolOf: (url, pinned) => this.#poolOf(url, pinned, parallel),
    });
  }

  /** Connections for blobs, apart from those for control, which a long transfer must not hold up. */
  #poolOf(url: string, pinned: boolean, parallel: number): Promise<Dispatcher> {
    const { origin } = new URL(url);
    const key = `${pinned} ${origin}`;
    const there = this.#pools.get(key);
    if (there !== undefined) return there;
    const { fingerprint, ca, certificate = null, key: own = null } = this.#options;
    const identity = pinned
      ? { fingerprint, ca, certificate, key: own }
      : { fingerprint: null, ca: null };
    const pool = openPool({ url: origin, ...identity }, parallel * 2);
    this.#pools.set(key, pool);
    return pool;
  }

  /** Speaks with another credential from now on. */
  setCredential(credential: string): void {
    this.#credential = credential;
  }

  async #post(
    id: RouteId,
    body: object,
    headersTimeout: number,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const { path } = routeOf(id);
    const answer = await call(this.#control, this.url, {
      method: "POST",
      path,
      headers: { ...speakerHeaders(this.#credential), "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: signal === undefined ? this.#signal : AbortSignal.any([signal, this.#signal]),
      headersTimeout,
    });
    return this.#json(answer);
  }

  async #get(id: RouteId, query = ""): Promise<unknown> {
    return this.#json(
      await call(this.#control, this.url, {
        method: "GET",
        path: routeOf(id).path + query,
        headers: speakerHeaders(this.#credential),
        signal: this.#signal,
        headersTimeout: SHORT_MS,
      }),
    );
  }

  async #json({ body }: Dispatcher.ResponseData): Promise<unknown> {
    try {
      return JSON.parse(await textOf(body));
    } catch (error) {
      if (error instanceof SyntaxError)
        throw new ClientError(
          "protocol",
          `${new URL(this.url).host} is not a shepherd: its answer is not JSON`,
        );
      throw clientErrorOf(error, this.url);
    }
  }

  /** A reply that is checked against the schema of its route. */
  async #ask<Reply>(id: RouteId, body: object, timeout = SHORT_MS): Promise<Reply> {
    const reply = await this.#post(id, body, timeout);
    const { reply: schema } = routeOf(id);
    return checked(schema as TSchema, reply, this.url) as Reply;
  }

  join(secret: string, worker: string, incarnation: string): Promise<JoinReply> {
    return this.#ask("join", { secret, worker, incarnation });
  }

  register(request: RegisterRequest): Promise<RegisterReply> {
    return this.#ask("register", request, LONG_MS);
  }

  program(request: ProgramRequest): Promise<ProgramReply> {
    return this.#ask("program", request, LONG_MS);
  }

  agreement(request: AgreementRequest): Promise<AgreementReply> {
    return this.#ask("agreement", request, LONG_MS);
  }

  lease(request: LeaseRequest): Promise<LeaseReply> {
    return this.#ask("lease", request, LONG_MS);
  }

  heartbeat(request: Heartbeat): Promise<HeartbeatReply> {
    return this.#ask("heartbeat", request);
  }

  submit(request: SubmitRequest): Promise<SubmitReply> {
    return this.#ask("submit", request, LONG_MS);
  }

  result(request: ResultRequest): Promise<ResultReply> {
    return this.#ask("result", request, LONG_MS);
  }

  async leave(request: LeaveRequest): Promise<void> {
    await this.#ask("leave", request);
  }

  upload(digest: string, bytes: Uint8Array, fragment: number): Promise<void> {
    return this.blobs.upload(digest, bytes, fragment);
  }

  download(blob: BlobRef, url: string | null): Promise<Uint8Array> {
    return this.blobs.download(blob, url);
  }

  release(bytes: Uint8Array): void {
    this.blobs.release(bytes);
  }

  async status(): Promise<RunStatus> {
    return (await this.#get("status")) as RunStatus;
  }

  async journal(from: number, limit: number): Promise<readonly JournalRecord[]> {
    return (await this.#get("journal", `?from=${from}&limit=${limit}`)) as JournalRecord[];
  }

  /** Null when done, else why not. */
  async control(action: OperatorAction, worker: string | null): Promise<string | null> {
    const reply: Static<typeof controlReplySchema> = await this.#ask("control", { action, worker });
    return reply.problem;
  }

  /** Calls a route that a server has beyond the shepherd's own, as an operator. */
  extra(path: string, body: object, timeout: number): Promise<unknown> {
    return call(this.#control, this.url, {
      method: "POST",
      path,
      headers: { ...speakerHeaders(this.#credential), "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: this.#signal,
      headersTimeout: timeout,
    }).then((answer) => this.#json(answer));
  }

  /** Whether the server answers, and after how many milliseconds (`now`: monotonic). */
  async ping(now: () => number): Promise<number> {
    const start = now();
    const answer = await call(this.#control, this.url, {
      method: "GET",
      path: routeOf("health").path,
      headers: speakerHeaders(null),
      signal: this.#signal,
      headersTimeout: SHORT_MS,
    });
    await answer.body.dump();
    return now() - start;
  }

  /** Opens a stream of a worker's presence or of events, on a connection of its own. */
  async #stream(id: RouteId, query: string, pause: number, signal: AbortSignal) {
    const pool = await openPool({ ...this.#options, url: this.url }, 1);
    try {
      const { body } = await call(pool, this.url, {
        method: "GET",
        path: routeOf(id).path + query,
        headers: speakerHeaders(this.#credential),
        signal,
        headersTimeout: SHORT_MS,
        bodyTimeout: pause,
      });
      return { pool, body };
    } catch (error) {
      await pool.destroy();
      throw error;
    }
  }

  async presence(): Promise<Presence> {
    const ending = new AbortController();
    const signal = AbortSignal.any([ending.signal, this.#signal]);
    const { pool, body } = await this.#stream("presence", "", PRESENCE_MS, signal);
    const closed = body
      .dump({ limit: Number.MAX_SAFE_INTEGER, signal })
      .catch(() => {})
      .then(() => pool.destroy())
      .catch(() => {});
    return { closed, close: () => ending.abort() };
  }

  /** Records from `from` on (null: those to come) and statuses, until the connection or the signal ends. */
  async *events(from: number | null, signal?: AbortSignal): AsyncGenerator<RunEvent> {
    const both = signal === undefined ? this.#signal : AbortSignal.any([signal, this.#signal]);
    const query = from === null ? "" : `?from=${from}`;
    const { pool, body } = await this.#stream("events", query, PRESENCE_MS, both);
    try {
      yield* readEvents(body as AsyncIterable<Uint8Array>);
    } catch (error) {
      if (!both.aborted) throw clientErrorOf(error, this.url);
    } finally {
      await pool.destroy();
    }
  }

  /** Ends everything under way. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.blobs.close();
    await this.#control.destroy();
    for (const pool of this.#pools.values()) await (await pool).destroy();
  }
}

function checked(schema: TSchema, reply: unknown, url: string): unknown {
  if (Value.Check(schema, reply)) return reply;
  const first = Value.Errors(schema, reply).First();
  throw new ClientError(
    "protocol",
    `${new URL(url).host} answers in another way than this version expects${first === undefined ? "" : ` (${first.path || "/"}: ${first.message})`}: use the same version of pcp-train on both`,
  );
}

/** A client of the shepherd at an address; nothing is sent yet. @throws ClientError where the address is none */
export async function connectShepherd(options: ClientOptions): Promise<ShepherdClient> {
  if (!/^https?:\/\//.test(options.url) || !URL.canParse(options.url))
    throw new ClientError(
      "refused",
      `'${options.url}' is not an address such as https://host:8080`,
    );
  return new ShepherdClient(options, await openPool(options, CONTROL_CONNECTIONS));
}

export interface JoinOptions {
  /** As the user pasted it, or parsed. */
  readonly token: string | JoinToken;
  readonly worker: string;
  readonly incarnation: string;
  /** The worker's own secret of an earlier time, which is tried first; null: none. */
  readonly secret: string | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly signal?: AbortSignal;
  readonly parallel?: number;
  readonly ca?: string | null;
  readonly certificate?: string | null;
  readonly key?: string | null;
}

export interface Joined {
  readonly client: ShepherdClient;
  readonly reply: JoinReply;
}

/** Why a run could not be entered. */
export interface JoinProblem extends Problem {
  /** Whether trying again may help: no address answers. */
  readonly passing: boolean;
}

/** Enters a run with a join token: tries its addresses in turn and exchanges its secret for a credential. */
export async function joinShepherd(options: JoinOptions): Promise<Joined | JoinProblem> {
  const { worker, incarnation, secret, now } = options;
  const token = typeof options.token === "string" ? parseJoinToken(options.token) : options.token;
  if (isProblem(token)) return { ...token, passing: false };
  const failures: string[] = [];
  for (const url of token.addresses) {
    const client = await connectShepherd({
      ...options,
      url,
      fingerprint: token.fingerprint,
      ca: options.ca ?? null,
      credential: null,
    });
    try {
      const reply = await joinWith(client, secret, token.secret, worker, incarnation);
      client.setCredential(reply.credential);
      return { client, reply };
    } catch (error) {
      await client.close();
      const failed = clientErrorOf(error, url);
      if (failed.code !== "network") return { problem: failed.message, passing: false };
      failures.push(failed.message);
    }
  }
  if (now > token.expires) failures.push("the join token has expired as well");
  return { problem: failures.join("; "), passing: true };
}

async function joinWith(
  client: ShepherdClient,
  own: string | null,
  secret: string,
  worker: string,
  incarnation: string,
): Promise<JoinReply> {
  if (own !== null) {
    try {
      return await client.join(own, worker, incarnation);
    } catch (error) {
      // Of an earlier run, perhaps: the token decides.
      if (!(error instanceof ClientError) || error.reason !== "credential") throw error;
    }
  }
  return client.join(secret, worker, incarnation);
}
