/** @file Records of the run's journal: whoever replays them knows all that the run has decided. */

/** A blob by content. */
export interface BlobRef {
  /** SHA-256, 64 hexadecimal digits. */
  readonly digest: string;
  readonly bytes: number;
}

/** Units `[from, to)` of an epoch, by position in the epoch's order. */
export interface UnitRange {
  readonly epoch: number;
  readonly from: number;
  readonly to: number;
}

/** Global state of one fragment after `version` merges. */
export interface FragmentState {
  readonly version: number;
  /** f32 parameters. */
  readonly parameters: BlobRef;
  /** f32 momentum of the outer optimizer (`module`: optimizer state); null before the first merge. */
  readonly momentum: BlobRef | null;
  /** f32 sum of the updates since momentum last changed (delayed_nesterov), and how many they are. */
  readonly pending: { readonly sum: BlobRef | null; readonly count: number };
  /**
   * The parameters as they go to workers, whole: f32, or in the format of `wire.down` where they go down so. They are the
   * parameters themselves, or with a `difference` the sum of all differences so far.
   */
  readonly published: BlobRef;
  /**
   * The published values less those of the version before, in the format of `wire.down`, where they go down as differences; none of
   * version 0. What it loses is in the next one, because that is taken to what was published.
   */
  readonly difference?: BlobRef;
}

/** What one worker works on in one round. */
export interface Assignment {
  /** Unique in the run: `<round>.<worker>.<incarnation's first 8 digits>`. */
  readonly lease: string;
  readonly worker: string;
  readonly incarnation: string;
  /** Inner steps; one unit each. */
  readonly steps: number;
  readonly units: readonly UnitRange[];
}

/** One worker's part in a merge. */
export interface Contribution {
  readonly worker: string;
  readonly incarnation: string;
  readonly lease: string;
  /** Fragments handed in, with the version that each was trained from. */
  readonly updates: readonly {
    readonly fragment: number;
    readonly base: number;
    readonly blob: BlobRef;
  }[];
  readonly tokens: number;
  readonly steps: number;
  /** Mean loss over the steps since the worker's last contribution. */
  readonly loss: number;
  /** L2 norm of the pseudo-gradient over all fragments handed in. */
  readonly norm: number;
  /** Part in the weighted mean before normalising: tokens. */
  readonly weight: number;
  /** Factor that clipping put on it; 1 where none did. */
  readonly scale: number;
  /** Units that this merge consumes. */
  readonly units: readonly UnitRange[];
}

/** Why an update did not count. */
export const REJECTIONS = ["not_finite", "norm", "late", "base", "fenced", "damaged"] as const;
export type Rejection = (typeof REJECTIONS)[number];

/** How a worker came to be out of the run. */
export const DEPARTURES = [
  "left",
  "drained",
  "crashed",
  "lost",
  "hung",
  "kicked",
  "fenced",
  "refused",
] as const;
export type Departure = (typeof DEPARTURES)[number];

/** What a record says; times are milliseconds since the epoch, for people only: no decision depends on them. */
export type JournalBody =
  /** First record: the run itself. `plan` and `manifest` are digests of blobs. */
  | {
      readonly kind: "start";
      readonly runId: string;
      readonly plan: BlobRef;
      readonly fragments: readonly FragmentState[];
    }
  /** A shepherd process took the run over, for the `incarnation`-th time. */
  | { readonly kind: "shepherd"; readonly incarnation: number }
  | {
      readonly kind: "join";
      readonly worker: string;
      readonly incarnation: string;
      readonly backend: string;
      readonly target: string;
      readonly device: string;
      readonly host: string;
    }
  | {
      readonly kind: "departure";
      readonly worker: string;
      readonly incarnation: string;
      readonly how: Departure;
      readonly reason: string;
    }
  /** A round begins (decoupled: one worker's): who works on what. A lease that is not in here does not exist. */
  | {
      readonly kind: "open";
      readonly round: number;
      readonly assignments: readonly Assignment[];
      /** Tokens merged before, which decide the learning rate. */
      readonly tokens: number;
    }
  /** A slot of a round has been merged; everything that is true after it was decided here. */
  | {
      readonly kind: "commit";
      readonly round: number;
      readonly slot: number;
      readonly contributions: readonly Contribution[];
      readonly rejected: readonly {
        readonly worker: string;
        readonly incarnation: string;
        readonly lease: string;
        readonly why: Rejection;
        readonly detail: string;
      }[];
      /** New state of every fragment of the slot, by index; empty where nothing was accepted. */
      readonly fragments: readonly { readonly fragment: number; readonly state: FragmentState }[];
      /** L2 norm of the change of the parameters. */
      readonly updateNorm: number;
      /** Cosine between merged pseudo-gradient and momentum; null where there was none. */
      readonly cosine: number | null;
      /** Tokens merged by now. */
      readonly tokens: number;
    }
  /** Loss of the outer parameters on held-out data. */
  | {
      readonly kind: "eval";
      readonly round: number;
      readonly tokens: number;
      readonly loss: number;
    }
  | {
      readonly kind: "checkpoint";
      readonly round: number;
      readonly path: string;
      /** How long it took to write; journals of earlier versions do not say. */
      readonly milliseconds?: number;
    }
  | {
      readonly kind: "operator";
      readonly action: "pause" | "resume" | "stop" | "drain" | "kick";
      readonly worker: string | null;
    }
  /** Last record. */
  | { readonly kind: "end"; readonly reason: string };

/** A record in its place: `sequence` counts from 0. */
export type JournalRecord = JournalBody & {
  readonly sequence: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
};

export type CommitRecord = Extract<JournalRecord, { kind: "commit" }>;
export type OpenRecord = Extract<JournalRecord, { kind: "open" }>;
