/** @file What the protocol needs from outside: time, disk, arithmetic and network, so that a simulation can be all of them. */
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
} from "./messages.ts";
import type { FragmentState, JournalBody, JournalRecord } from "./records.ts";
import type { RunStatus } from "./status.ts";

/** Time that can be simulated. */
export interface Clock {
  /** Milliseconds that only grow, from an arbitrary origin: for deadlines. Wall-clock jumps do not touch it. */
  monotonic(): number;
  /** Milliseconds since the epoch: for people. */
  wall(): number;
  /** Resolves after so many milliseconds; rejects with the signal's reason when aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Places at which tests kill a process, by name, such as `shepherd.before-commit`. A no-op in real runs. */
export type FailPoint = (name: string) => void;

/** The append-only journal. */
export interface JournalPort {
  /** Resolves once the record is durable; rejects where it is not, after which the shepherd must end. */
  append(body: JournalBody): Promise<JournalRecord>;
}

/** One update as it takes part in a merge. */
export interface MergeInput {
  readonly worker: string;
  /** Blob of the encoded update. */
  readonly digest: string;
  /** Published blob that the update was trained from. */
  readonly base: string;
  readonly weight: number;
  /** Factor on the pseudo-gradient (clipping); 1 for none. */
  readonly scale: number;
}

export interface MergeRequest {
  readonly fragment: number;
  readonly state: FragmentState;
  /** In canonical order, by worker name. */
  readonly updates: readonly MergeInput[];
  /** Tokens merged before, which decide the learning rate of the module's own optimizer (data_parallel). */
  readonly tokens?: number;
}

export interface MergeReply {
  readonly state: FragmentState;
  /** Squared L2 norm of the change of the parameters. */
  readonly updateSquaredNorm: number;
  /** Of merged pseudo-gradient and momentum before: dot product and squared norms, which add up over fragments. */
  readonly momentumDot: number;
  readonly gradientSquaredNorm: number;
  readonly momentumSquaredNorm: number;
}

/** What an update looks like before it may count. */
export interface Inspection {
  readonly finite: boolean;
  /** Squared L2 norm of the pseudo-gradient. */
  readonly squaredNorm: number;
  /** Set where the blob cannot be read as an update of its fragment. */
  readonly problem: string | null;
}

/** Arithmetic on fragments: in worker threads of the shepherd, in a reducer process, or in the simulation. */
export interface Reducer {
  /** Whether the blob is here and its digest is right. */
  has(fragment: number, digest: string): Promise<boolean>;
  inspect(fragment: number, digest: string, base: string): Promise<Inspection>;
  /** Merges updates into a new state, whose blobs are durable when this resolves. Pure: the same request gives the same digests. */
  merge(request: MergeRequest): Promise<MergeReply>;
}

/** What the shepherd says to a worker's call. */
export interface ShepherdApi {
  register(request: RegisterRequest): Promise<RegisterReply>;
  program(request: ProgramRequest): Promise<ProgramReply>;
  agreement(request: AgreementRequest): Promise<AgreementReply>;
  lease(request: LeaseRequest): Promise<LeaseReply>;
  heartbeat(request: Heartbeat): Promise<HeartbeatReply>;
  submit(request: SubmitRequest): Promise<SubmitReply>;
  result(request: ResultRequest): Promise<ResultReply>;
  leave(request: LeaveRequest): Promise<void>;
}

/** Programs, the reference of the agreement check, and the manifest: the shepherd's compiling side. */
export interface ProgramsPort {
  /** The program for a backend and target, compiling it first; the reply never says `wait`. */
  program(backend: string, target: string): Promise<ProgramReply>;
  manifest(): { readonly digest: string; readonly bytes: number };
  /** Why a worker's numbers are not those of the reference, or null. */
  disagreement(request: AgreementRequest): string | null;
}

/** A worker's model: parameters by fragment, and inner steps. Values are f32, in the fragment's order of tensors. */
export interface InnerLoop {
  getFragment(index: number): Promise<Float32Array>;
  setFragment(index: number, values: Float32Array): Promise<void>;
  /** One inner step on one unit of data. */
  step(unit: UnitPosition, learningRate: number): Promise<StepResult>;
  /** Gradient of one unit, which `getFragment` of {@link gradientFragment} then gives (data_parallel). */
  gradient(unit: UnitPosition): Promise<StepResult>;
  gradientFragment(index: number): Promise<Float32Array>;
  /** Loss and gradient norm of the check batch. */
  check(): Promise<StepResult>;
  /** Keeps optimizer state (and residuals) under a name, durably; the last two names are kept. */
  saveState(name: string, residuals: ReadonlyMap<number, Float32Array>): Promise<void>;
  /** Residuals of a kept state, which becomes current; null where there is none of that name. */
  loadState(name: string): Promise<ReadonlyMap<number, Float32Array> | null>;
}

export interface StepResult {
  readonly loss: number;
  readonly gradNorm: number | null;
}

/** One unit of data, by its position in the order of an epoch. */
export interface UnitPosition {
  readonly epoch: number;
  readonly position: number;
}

/** A worker's way to blobs. Both ends check digests. */
export interface BlobTransfer {
  upload(digest: string, bytes: Uint8Array, fragment: number): Promise<void>;
  /** All of a blob, whose memory may be shared with other threads. */
  download(
    blob: { readonly digest: string; readonly bytes: number },
    url: string | null,
  ): Promise<Uint8Array>;
  /** What a download gave is not needed any more: its memory may serve the next one. */
  release?(bytes: Uint8Array): void;
}

/** What operators and observers may do with a run; the server, the page, the dashboard and the commands share it. */
export interface ControlApi {
  status(): RunStatus;
  /** Null when done, else why not. Worker names are needed for drain and kick. */
  control(action: OperatorAction, worker: string | null): Promise<string | null>;
  /** Records `[from, from + limit)` of the journal. */
  journal(from: number, limit: number): readonly JournalRecord[];
  /** Calls back at every new record; returns how to end that. */
  subscribe(listener: (record: JournalRecord) => void): () => void;
}

export type OperatorAction = "pause" | "resume" | "stop" | "drain" | "kick";
