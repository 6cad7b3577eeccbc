/** @file How long many requests took. */
import { round } from "./measure.ts";

/** Milliseconds of many requests. */
export class Times {
  readonly #all: number[] = [];

  add(milliseconds: number): void {
    this.#all.push(milliseconds);
  }

  /** `seconds`: how long all of them took together. */
  summary(seconds: number): Record<string, number> {
    const sorted = this.#all.sort((a, b) => a - b);
    const at = (part: number): number => sorted[Math.floor(part * (sorted.length - 1))] ?? 0;
    return {
      requests: sorted.length,
      perSecond: round(sorted.length / seconds, 0),
      p50Ms: round(at(0.5), 1),
      p99Ms: round(at(0.99), 1),
      maxMs: round(at(1), 1),
    };
  }
}
