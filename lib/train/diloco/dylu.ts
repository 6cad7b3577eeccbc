/** @file Dynamic local updates (DyLU, arXiv 2401.09135): slower workers get fewer inner steps, so that all end together. */

/**
 * Inner steps of a worker: floor(speed / fastest * H), at least 1. A worker of unknown speed gets all.
 *
 * @param speed - its inner steps per second, null where it has not told of any yet.
 * @param speeds - those of all workers.
 */
export function dynamicSteps(
  innerSteps: number,
  speed: number | null,
  speeds: readonly (number | null)[],
): number {
  const fastest = Math.max(0, ...speeds.map((other) => other ?? 0));
  if (speed === null || !(speed > 0) || fastest <= speed) return innerSteps;
  return Math.max(1, Math.floor((speed / fastest) * innerSteps));
}
