/** @file Messages between workers and shepherd: JSON, checked by schema on arrival; tensors travel as blobs, never in here. */
import { type Static, type TSchema, Type } from "@sinclair/typebox";
import { DEPARTURES, REJECTIONS } from "./records.ts";

/** Version of this protocol; both sides name theirs, and another one is refused with both. */
export const PROTOCOL_VERSION = 2;

const closed = { additionalProperties: false } as const;
const oneOf = <const T extends readonly string[]>(values: T) =>
  Type.Union(values.map((value) => Type.Literal(value as T[number])));
const count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const finite = Type.Number();
const text = (maxLength: number) => Type.String({ maxLength });
const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const digestSchema = Type.String({ pattern: "^[0-9a-f]{64}$" });
/** Names of workers end up in file names and metrics: letters, digits, `.`, `_` and `-`. */
export const workerNameSchema = Type.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$" });
const incarnationSchema = Type.String({ pattern: "^[0-9a-f]{8}-[0-9a-f-]{27}$" });
export const blobRefSchema = Type.Object({ digest: digestSchema, bytes: count }, closed);
const unitRangeSchema = Type.Object({ epoch: count, from: count, to: count }, closed);

/** Who speaks: a worker's name and the run of its process, which fences earlier ones. */
const speaker = { worker: workerNameSchema, incarnation: incarnationSchema } as const;

/** What a worker runs on, such as `cpu`, `host`, `local-task`; backend `interp` needs no compiler. */
export const registerRequestSchema = Type.Object(
  {
    protocol: Type.Integer(),
    ...speaker,
    backend: oneOf(["cpu", "cuda", "rocm", "metal", "vulkan", "interp"]),
    /** CPU name or GPU architecture; `host` where the worker is to be compiled for as the shepherd's own. */
    target: text(64),
    device: text(128),
    host: text(255),
    software: text(64),
    pid: count,
    /** Restarts by its supervisor. */
    restarts: count,
    /** Round whose inner state the worker has, and the lease that it was trained under; null for a fresh one. */
    resume: nullable(Type.Object({ round: count, lease: text(200) }, closed)),
  },
  closed,
);
export type RegisterRequest = Static<typeof registerRequestSchema>;

export const registerReplySchema = Type.Union([
  Type.Object({
    kind: Type.Literal("registered"),
    runId: text(64),
    /** Blob of the signed run manifest. */
    manifest: blobRefSchema,
    heartbeatMs: count,
    /**
     * The last lease of this worker's name whose steps were all merged: inner state of that one, and of none after it, is what the
     * run knows. Null where there is none.
     */
    counted: Type.Optional(nullable(text(200))),
  }),
  Type.Object({ kind: Type.Literal("refused"), reason: text(2000) }),
]);
export type RegisterReply = Static<typeof registerReplySchema>;

export const programRequestSchema = Type.Object(speaker, closed);
export type ProgramRequest = Static<typeof programRequestSchema>;
/** The program for a worker's backend and target; `wait`: still compiling, ask again. */
export const programReplySchema = Type.Union([
  Type.Object({
    kind: Type.Literal("program"),
    /** Manifest that names the program, which may be newer than the one at registration. */
    manifest: blobRefSchema,
    program: blobRefSchema,
    form: oneOf(["vmfb", "mlir"]),
  }),
  Type.Object({ kind: Type.Literal("wait"), reason: text(2000) }),
  Type.Object({ kind: Type.Literal("refused"), reason: text(2000) }),
]);
export type ProgramReply = Static<typeof programReplySchema>;

/** Loss and gradient norm of one step on the check batch, from the parameters of version 0. */
export const agreementRequestSchema = Type.Object(
  { ...speaker, loss: nullable(finite), gradNorm: nullable(finite) },
  closed,
);
export type AgreementRequest = Static<typeof agreementRequestSchema>;
export const agreementReplySchema = Type.Union([
  Type.Object({ kind: Type.Literal("agreed") }),
  Type.Object({ kind: Type.Literal("refused"), reason: text(2000) }),
]);
export type AgreementReply = Static<typeof agreementReplySchema>;

export const leaseRequestSchema = Type.Object({ ...speaker, after: nullable(text(200)) }, closed);
/** `after`: the lease that the worker has finished, or null. */
export type LeaseRequest = Static<typeof leaseRequestSchema>;

const publishedSchema = Type.Object(
  {
    fragment: count,
    version: count,
    blob: blobRefSchema,
    /** Where it lies, if not on the shepherd: base URL of a reducer, or a presigned URL. */
    url: nullable(text(4000)),
    /**
     * Shorter ways to `version`, one for each version, ascending and ending with it: who has the version before one of them adds
     * it and all that follow. Left out where `blob` is no longer than they are together.
     */
    differences: Type.Optional(
      Type.Array(
        Type.Object({ version: count, blob: blobRefSchema, url: nullable(text(4000)) }, closed),
      ),
    ),
  },
  closed,
);
export type Published = Static<typeof publishedSchema>;

/** Work for one round. */
export const leaseSchema = Type.Object(
  {
    lease: text(200),
    round: count,
    steps: count,
    units: Type.Array(unitRangeSchema),
    /** Global tokens at the first step, and by how many they grow at every step: they decide the learning rate. */
    tokens: count,
    tokensPerStep: count,
    fragments: Type.Array(publishedSchema),
    /** Take over `fragments` before the first step (a new or rebased worker, and every round of diloco). */
    rebase: Type.Boolean(),
  },
  closed,
);
export type Lease = Static<typeof leaseSchema>;

/** This worker's name or incarnation no longer counts: register again where `again` is set, else end. */
const dismissedSchema = Type.Object({
  kind: Type.Literal("dismissed"),
  how: oneOf(DEPARTURES),
  reason: text(2000),
  again: Type.Boolean(),
});

export const leaseReplySchema = Type.Union([
  Type.Object({ kind: Type.Literal("work"), lease: leaseSchema }),
  /** Ask again; `reason` names what is waited for. */
  Type.Object({ kind: Type.Literal("wait"), reason: text(2000) }),
  Type.Object({ kind: Type.Literal("drain"), reason: text(2000) }),
  Type.Object({ kind: Type.Literal("stop"), reason: text(2000) }),
  dismissedSchema,
]);
export type LeaseReply = Static<typeof leaseReplySchema>;

export const heartbeatRequestSchema = Type.Object(
  {
    ...speaker,
    phase: oneOf(["loading", "checking", "waiting", "training", "uploading", "blending"]),
    round: count,
    /** Inner steps done in this round, and in all. */
    step: count,
    totalSteps: count,
    tokens: count,
    tokensPerSecond: Type.Number({ minimum: 0 }),
    loss: nullable(finite),
    bytesUp: count,
    bytesDown: count,
    /** Peak of the worker's device in FLOP/s, where it was told. */
    peakFlops: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
  },
  closed,
);
export type Heartbeat = Static<typeof heartbeatRequestSchema>;
export const heartbeatReplySchema = Type.Union([
  Type.Object({ kind: Type.Literal("ok") }),
  /** Hand in what is done, then leave. */
  Type.Object({ kind: Type.Literal("drain"), reason: text(2000) }),
  Type.Object({ kind: Type.Literal("stop"), reason: text(2000) }),
  dismissedSchema,
]);
export type HeartbeatReply = Static<typeof heartbeatReplySchema>;

/** Fragments handed in at one slot. Idempotent on (run, round, slot, worker, incarnation, digests). */
export const submitRequestSchema = Type.Object(
  {
    ...speaker,
    lease: text(200),
    round: count,
    slot: count,
    updates: Type.Array(
      Type.Object({ fragment: count, base: count, blob: blobRefSchema }, closed),
      { minItems: 1 },
    ),
    /** Inner steps of this lease that are done by now: its first units. */
    steps: count,
    /** Tokens and mean loss since the worker's last contribution. */
    tokens: count,
    loss: nullable(finite),
    /** Milliseconds that the upload of the blobs took, tries that failed included. */
    uploadMs: Type.Optional(count),
    /** Last contribution of a worker that leaves, possibly with fewer steps than leased. */
    final: Type.Boolean(),
  },
  closed,
);
export type SubmitRequest = Static<typeof submitRequestSchema>;
export const submitReplySchema = Type.Union([
  Type.Object({ kind: Type.Literal("accepted") }),
  Type.Object({ kind: Type.Literal("rejected"), why: oneOf(REJECTIONS), detail: text(2000) }),
  /** Blobs that must be uploaded (again) before this can be accepted. */
  Type.Object({ kind: Type.Literal("missing"), digests: Type.Array(digestSchema) }),
]);
export type SubmitReply = Static<typeof submitReplySchema>;

export const resultRequestSchema = Type.Object(
  { ...speaker, lease: text(200), round: count, slot: count },
  closed,
);
export type ResultRequest = Static<typeof resultRequestSchema>;
/** What became of a contribution; `wait`: not merged yet, ask again. */
export const resultReplySchema = Type.Union([
  Type.Object({ kind: Type.Literal("merged"), fragments: Type.Array(publishedSchema) }),
  /** It did not count; go on from `fragments`. */
  Type.Object({
    kind: Type.Literal("rejected"),
    why: oneOf(REJECTIONS),
    detail: text(2000),
    fragments: Type.Array(publishedSchema),
  }),
  Type.Object({ kind: Type.Literal("wait"), reason: text(2000) }),
  dismissedSchema,
]);
export type ResultReply = Static<typeof resultReplySchema>;

export const leaveRequestSchema = Type.Object(
  { ...speaker, how: oneOf(["left", "drained", "crashed"]), reason: text(4000) },
  closed,
);
export type LeaveRequest = Static<typeof leaveRequestSchema>;
