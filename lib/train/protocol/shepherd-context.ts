/** @file What the parts of the shepherd share: its state, its ports, and the one place where it decides. */
import type { Collector } from "./collecting.ts";
import type { Published } from "./messages.ts";
import type { RunPlan } from "./plan.ts";
import type { Clock, FailPoint, ProgramsPort, Reducer } from "./ports.ts";
import type { BlobRef, FragmentState, JournalBody, JournalRecord } from "./records.ts";
import type { Session, Sessions } from "./sessions.ts";
import type { ShepherdState } from "./shepherd-state.ts";
import type { Waiters } from "./waiters.ts";

/** Where a blob of a fragment lies if not on the shepherd: an URL, or null. */
export type Locate = (fragment: number, blob: BlobRef) => string | null;

export interface ShepherdContext {
  readonly plan: RunPlan;
  readonly state: ShepherdState;
  readonly sessions: Sessions;
  readonly collector: Collector;
  readonly waiters: Waiters;
  readonly clock: Clock;
  readonly reducer: Reducer;
  readonly programs: ProgramsPort;
  readonly failPoint: FailPoint;
  readonly locate: Locate;
  readonly log: (message: string) => void;
  /** Runs `work` between other decisions: nothing else changes the state meanwhile. */
  decide<T>(work: () => Promise<T>): Promise<T>;
  /** Writes a record and takes it in; only within {@link decide}. */
  record(body: JournalBody): Promise<JournalRecord>;
  /** Something has happened that may allow a decision. */
  wake(): void;
  /** An update of a round's slot has been handed in, whose upload took so long. */
  arrived(round: number, slot: number, uploadMs: number): void;
  /** Why there is no more work, or null. */
  over(): string | null;
  /** What is waited for, with names; null where nothing is. */
  waitingFor(): string | null;
}

/** How a fragment's present state comes to a worker. */
export function published(context: ShepherdContext, fragment: number): Published {
  const { state, locate } = context;
  const { version, published: blob } = state.current(fragment);
  const whole = { fragment, version, blob, url: locate(fragment, blob) };
  const differences: NonNullable<Published["differences"]> = [];
  let bytes = 0;
  const kept = state.versions[fragment] ?? [];
  for (let i = kept.length - 1; i >= 0; i--) {
    const entry = kept[i] as { readonly version: number; readonly state: FragmentState };
    const difference = entry.state.difference;
    bytes += difference?.bytes ?? 0;
    if (difference === undefined || bytes >= blob.bytes) break;
    differences.unshift({
      version: entry.version,
      blob: difference,
      url: locate(fragment, difference),
    });
  }
  return differences.length === 0 ? whole : { ...whole, differences };
}

/** Counts a worker out, in the journal and here; only within a decision. */
export async function depart(
  context: ShepherdContext,
  { worker, incarnation }: Pick<Session, "worker" | "incarnation">,
  how: Extract<JournalBody, { kind: "departure" }>["how"],
  reason: string,
): Promise<void> {
  await context.record({ kind: "departure", worker, incarnation, how, reason });
  context.log(`${worker} is out (${how}): ${reason}`);
}
