/** @file Counts of observations by upper bound: bounded, whatever is observed. */
import type { HistogramStatus } from "./status.ts";

export class Histogram {
  readonly #bounds: readonly number[];
  readonly #counts: number[];
  #sum = 0;

  /** @param bounds - ascending; what is above the last one has a count of its own. */
  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.#counts = [...bounds.map(() => 0), 0];
  }

  observe(value: number): void {
    const at = this.#bounds.findIndex((bound) => value <= bound);
    const index = at === -1 ? this.#bounds.length : at;
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    this.#sum += value;
  }

  status(): HistogramStatus {
    return { counts: [...this.#counts], sum: this.#sum };
  }
}
