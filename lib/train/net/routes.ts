/** @file The table of all requests that a shepherd answers: the server, the client and the OpenAPI document are made from it. */
import { type Static, type TSchema, Type } from "@sinclair/typebox";
import {
  agreementReplySchema,
  agreementRequestSchema,
  digestSchema,
  heartbeatReplySchema,
  heartbeatRequestSchema,
  leaseReplySchema,
  leaseRequestSchema,
  leaveRequestSchema,
  programReplySchema,
  programRequestSchema,
  registerReplySchema,
  registerRequestSchema,
  resultReplySchema,
  resultRequestSchema,
  submitReplySchema,
  submitRequestSchema,
  workerNameSchema,
} from "../protocol/messages.ts";
import { ROLES } from "./authority.ts";

const closed = { additionalProperties: false } as const;
const size = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const text = (maxLength: number) => Type.String({ maxLength });

export const joinRequestSchema = Type.Object(
  {
    /** Of a join token, or a worker's own. */
    secret: text(300),
    worker: workerNameSchema,
    incarnation: Type.String({ pattern: "^[0-9a-f]{8}-[0-9a-f-]{27}$" }),
  },
  closed,
);
export type JoinRequest = Static<typeof joinRequestSchema>;
export const joinReplySchema = Type.Object(
  {
    role: Type.Union(ROLES.map((role) => Type.Literal(role))),
    credential: text(400),
    /** What a restarted worker of this name joins with; null for other roles. */
    secret: Type.Union([text(300), Type.Null()]),
  },
  closed,
);
export type JoinReply = Static<typeof joinReplySchema>;

export const sessionRequestSchema = Type.Object({ token: text(400) }, closed);

export const uploadRequestSchema = Type.Object(
  { digest: digestSchema, bytes: size, fragment: size },
  closed,
);
export type UploadRequest = Static<typeof uploadRequestSchema>;
const rangesSchema = Type.Array(Type.Tuple([size, size]));
/** Where a blob is to be sent, and which of its bytes are missing. */
export const uploadReplySchema = Type.Union([
  Type.Object({ kind: Type.Literal("stored") }),
  Type.Object({
    kind: Type.Literal("send"),
    /** Base URL of a reducer; null: here. */
    url: Type.Union([text(4000), Type.Null()]),
    missing: rangesSchema,
  }),
  /** `PUT` the whole blob there, with these headers and without the credential. */
  Type.Object({
    kind: Type.Literal("presigned"),
    url: text(4000),
    headers: Type.Record(Type.String(), Type.String()),
  }),
]);
export type UploadReply = Static<typeof uploadReplySchema>;

export const partReplySchema = Type.Object({ stored: Type.Boolean(), missing: rangesSchema });
export type PartReply = Static<typeof partReplySchema>;

export const controlRequestSchema = Type.Object(
  {
    action: Type.Union(
      (["pause", "resume", "stop", "drain", "kick"] as const).map((action) => Type.Literal(action)),
    ),
    worker: Type.Union([workerNameSchema, Type.Null()]),
  },
  closed,
);
/** Null: done; else why not. */
export const controlReplySchema = Type.Object({
  problem: Type.Union([Type.String(), Type.Null()]),
});

const okReplySchema = Type.Object({ ok: Type.Literal(true) });
/** A request that was refused: `error` for programs, `message` for people. */
export const errorReplySchema = Type.Object({
  error: Type.String(),
  message: Type.String(),
});

/**
 * Who may call: `all` without a credential; `observer` any credential, and none where the server listens on loopback only; `worker` that
 * worker itself; `blobs` workers and operators; `operator` operators.
 */
export type Access = "all" | "observer" | "worker" | "blobs" | "operator";

export interface Route {
  readonly id: string;
  readonly method: "GET" | "HEAD" | "PUT" | "POST";
  /** With `:name` for parameters. */
  readonly path: string;
  readonly access: Access;
  readonly summary: string;
  /** JSON of the request. */
  readonly body?: TSchema;
  /** JSON of the reply to a request that succeeds, ... */
  readonly reply?: TSchema;
  /** ... or its media type where it is none. */
  readonly media?: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Headers of a request that mean something. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Statuses other than 200 and those of a refusal, in words. */
  readonly statuses?: Readonly<Record<number, string>>;
}

const RANGE = { range: "Bytes to send, such as `bytes=0-1023`; one range." } as const;
const PARTIAL = { 206: "The bytes asked for", 416: "There are no such bytes" } as const;
const BYTES = "application/octet-stream";

export const ROUTES = [
  {
    id: "join",
    method: "POST",
    path: "/v1/join",
    access: "all",
    summary: "Exchange the secret of a join token, or a worker's own, for a credential",
    body: joinRequestSchema,
    reply: joinReplySchema,
  },
  {
    id: "session",
    method: "POST",
    path: "/v1/session",
    access: "all",
    summary: "Turn an observer's or operator's token into a cookie, for browsers",
    body: sessionRequestSchema,
    reply: okReplySchema,
  },
  {
    id: "register",
    method: "POST",
    path: "/v1/register",
    access: "worker",
    summary: "A worker's process says what it is and takes part from now on",
    body: registerRequestSchema,
    reply: registerReplySchema,
  },
  {
    id: "program",
    method: "POST",
    path: "/v1/program",
    access: "worker",
    summary: "The program for the worker's backend and target",
    body: programRequestSchema,
    reply: programReplySchema,
  },
  {
    id: "agreement",
    method: "POST",
    path: "/v1/agreement",
    access: "worker",
    summary: "Result of the check batch, compared with the shepherd's",
    body: agreementRequestSchema,
    reply: agreementReplySchema,
  },
  {
    id: "lease",
    method: "POST",
    path: "/v1/lease",
    access: "worker",
    summary: "Work for the next round; answered when there is some, or after a while with `wait`",
    body: leaseRequestSchema,
    reply: leaseReplySchema,
  },
  {
    id: "heartbeat",
    method: "POST",
    path: "/v1/heartbeat",
    access: "worker",
    summary: "What a worker is at",
    body: heartbeatRequestSchema,
    reply: heartbeatReplySchema,
  },
  {
    id: "submit",
    method: "POST",
    path: "/v1/submit",
    access: "worker",
    summary: "Hand fragments in whose blobs have been uploaded",
    body: submitRequestSchema,
    reply: submitReplySchema,
  },
  {
    id: "result",
    method: "POST",
    path: "/v1/result",
    access: "worker",
    summary:
      "What became of a contribution; answered when it is known, or after a while with `wait`",
    body: resultRequestSchema,
    reply: resultReplySchema,
  },
  {
    id: "leave",
    method: "POST",
    path: "/v1/leave",
    access: "worker",
    summary: "A worker's process goes",
    body: leaveRequestSchema,
    reply: okReplySchema,
  },
  {
    id: "presence",
    method: "GET",
    path: "/v1/presence",
    access: "worker",
    summary: "A reply that does not end while both live: a line now and then",
    media: "text/plain",
  },
  {
    id: "upload",
    method: "POST",
    path: "/v1/uploads",
    access: "worker",
    summary: "Announce a blob: says where it goes and which of its bytes are missing",
    body: uploadRequestSchema,
    reply: uploadReplySchema,
  },
  {
    id: "putBlob",
    method: "PUT",
    path: "/v1/blobs/:digest",
    access: "worker",
    summary: "Send a blob, or a part of one; parts may come in any order and at the same time",
    headers: { "content-range": "Place of the part, such as `bytes 0-1023/4096`" },
    reply: partReplySchema,
    statuses: { 422: "The bytes are not what the digest says" },
  },
  {
    id: "headBlob",
    method: "HEAD",
    path: "/v1/blobs/:digest",
    access: "blobs",
    summary:
      "Whether a blob is here; `upload-offset` tells how many of its first bytes have come from this worker where it is not",
  },
  {
    id: "getBlob",
    method: "GET",
    path: "/v1/blobs/:digest",
    access: "blobs",
    summary: "A blob, or a range of it",
    headers: RANGE,
    media: BYTES,
    statuses: { ...PARTIAL, 307: "The blob lies in object storage" },
  },
  {
    id: "getData",
    method: "GET",
    path: "/v1/data/:digest",
    access: "blobs",
    summary: "Training data, or a range of it",
    headers: RANGE,
    media: BYTES,
    statuses: PARTIAL,
  },
  {
    id: "status",
    method: "GET",
    path: "/v1/status",
    access: "observer",
    summary: "What the run is at",
    reply: Type.Object({}),
  },
  {
    id: "journal",
    method: "GET",
    path: "/v1/journal",
    access: "observer",
    summary: "Records of the journal",
    query: {
      from: "Sequence number of the first record; 0 by default",
      limit: "At most so many, 1000 by default and at most",
    },
    reply: Type.Array(Type.Object({})),
  },
  {
    id: "events",
    method: "GET",
    path: "/v1/events",
    access: "observer",
    summary: "Server-sent events: `record` for records of the journal, `status` once in a second",
    query: { from: "Sequence number of the first record; by default those to come" },
    media: "text/event-stream",
  },
  {
    id: "control",
    method: "POST",
    path: "/v1/control",
    access: "operator",
    summary: "Pause, resume or stop the run; drain or kick a worker",
    body: controlRequestSchema,
    reply: controlReplySchema,
  },
  {
    id: "openapi",
    method: "GET",
    path: "/v1/openapi.json",
    access: "all",
    summary: "This document",
    media: "application/json",
  },
  {
    id: "metrics",
    method: "GET",
    path: "/metrics",
    access: "observer",
    summary: "Metrics for Prometheus",
    media: "text/plain",
  },
  {
    id: "health",
    method: "GET",
    path: "/healthz",
    access: "all",
    summary: "Whether the server answers",
    media: "text/plain",
  },
] as const satisfies readonly Route[];

export type RouteId = (typeof ROUTES)[number]["id"];

/** The route of an id. */
export const routeOf = (id: RouteId): Route => ROUTES.find((route) => route.id === id) as Route;

/** Names the protocol's version in requests and replies. */
export const PROTOCOL_HEADER = "x-pcp-protocol";

/** Code of refusals of workers' processes that are out of the run for good; their heartbeats tell them how to end. */
export const DISMISSED = "dismissed";
/** Longest JSON of a request, in bytes. */
export const MAX_JSON = 1 << 20;
/** Longest header of a request, in bytes. */
export const MAX_HEADER = 16 << 10;
