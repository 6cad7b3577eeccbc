/** @file Words of what is waited for. */
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
