/** @file What the Python helper is asked and what it answers: a request file, events in JSON lines, exit codes. */
import type { ExampleInput } from "./input-spec.ts";

/** Exit codes of the helper. */
export const HELPER_EXIT = {
  ok: 0,
  usage: 2,
  load: 3,
  capture: 4,
  unsupported: 5,
  lowering: 6,
  parity: 7,
  missing: 9,
  internal: 70,
} as const;

/** One export, as the helper reads it. */
export interface ExportRequest {
  /** Absolute path of the user's Python file. */
  readonly file: string;
  /** Class or factory in it. */
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** The config holds nothing but sizes given as flags, which a factory without arguments may ignore. */
  readonly sizesOnly: boolean;
  readonly inputs: readonly ExampleInput[];
  /** Further functions of the module, as `method=function`. */
  readonly methods: readonly string[];
  readonly seed: number;
  readonly dtype: string | null;
  /** Name or index of the output that is the loss. */
  readonly loss: string | null;
  readonly eval: boolean;
  readonly weights: boolean;
  readonly check: boolean;
  /** Leave the module with the user's lines as well. */
  readonly checkVjp: boolean;
  readonly dumpFx: boolean;
  /** Folder that takes the results. */
  readonly out: string;
}

/** A line of the user's file, where one is known. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** What the helper reports while it works. */
export type HelperEvent =
  | { readonly event: "progress"; readonly step: string }
  | {
      readonly event: "warning" | "note";
      readonly message: string;
      readonly place: Place | null;
    }
  | {
      readonly event: "error";
      readonly code: number;
      readonly message: string;
      readonly place: Place | null;
    }
  | { readonly event: "done"; readonly versions: Readonly<Record<string, string>> };

/** Losses of the model on the batches of `--check`. */
export interface CheckLosses {
  /** The coarsest float type that the model computes in. */
  readonly dtype: string;
  readonly losses: readonly { readonly eager: number; readonly graph: number }[];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Reads one line of the helper; null for what is none of its events. */
export function parseEvent(line: string): HelperEvent | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (!isRecord(value)) return null;
  const { event, message, file, line: number, step, code, versions } = value;
  const place =
    typeof file === "string" && typeof number === "number" ? { file, line: number } : null;
  if (event === "progress" && typeof step === "string") return { event, step };
  if (event === "done" && isRecord(versions))
    return { event, versions: versions as Record<string, string> };
  if (typeof message !== "string") return null;
  if (event === "warning" || event === "note") return { event, message, place };
  if (event === "error" && typeof code === "number") return { event, code, message, place };
  return null;
}
