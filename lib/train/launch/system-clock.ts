/** @file The clock of a real process. */
import { setTimeout as sleepFor } from "node:timers/promises";
import type { Clock } from "../protocol/ports.ts";

/** @param wall - milliseconds since the epoch. */
export const systemClock = (wall: () => number): Clock => ({
  monotonic: () => performance.now(),
  wall,
  async sleep(milliseconds, signal) {
    signal?.throwIfAborted();
    try {
      await sleepFor(milliseconds, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  },
});
