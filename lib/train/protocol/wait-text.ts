/** @file Words of what is waited for. */
import type { Clock } from "./ports.ts";

const NAMED = 8;

/** The first names of several workers. */
export function names(workers: readonly { readonly worker: string }[]): string {
  const first = workers.slice(0, NAMED).map(({ worker }) => worker);
  const more = workers.length - first.length;
  return first.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** `12 s of 40 s`, or `12 s` where there is no limit. */
export function elapsed(milliseconds: number, limit: number | null): string {
  const seconds = (value: number): string => `${Math.round(value / 1000)} s`;
  return limit === null
    ? `${seconds(milliseconds)}`
    : `${seconds(milliseconds)} of ${seconds(limit)}`;
}

const LATELY_MS = 250;

/** A text that is at most a moment old: many may ask for it at the same time. */
export function lately(clock: Clock, make: () => string | null): () => string | null {
  let made: { readonly at: number; readonly text: string | null } | null = null;
  return () => {
    const now = clock.monotonic();
    if (made === null || now - made.at >= LATELY_MS) made = { at: now, text: make() };
    return made.text;
  };
}
