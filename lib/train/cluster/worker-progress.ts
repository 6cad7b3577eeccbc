/** @file What a worker says of its progress: a line per round, and no more than one in two seconds. */
import { formatRate } from "../progress.ts";
import type { WorkerStep } from "../protocol/worker-core.ts";

const EVERY_MS = 2000;

/** Collects steps and writes lines. */
export class WorkerProgress {
  private readonly write: (line: string) => void;
  private readonly monotonic: () => number;
  private last = 0;
  private lastTokens = 0;
  private round: number | null = null;
  private steps = 0;
  private losses = 0;
  private shown: WorkerStep | null = null;

  constructor(write: (line: string) => void, monotonic: () => number) {
    this.write = write;
    this.monotonic = monotonic;
  }

  step(step: WorkerStep): void {
    if (
      this.round !== null &&
      step.round !== this.round &&
      this.monotonic() - this.last >= EVERY_MS
    )
      this.flush();
    this.round = step.round;
    this.steps++;
    this.losses += step.loss;
    this.shown = step;
  }

  /** Writes what has not been told yet. */
  flush(): void {
    const shown = this.shown;
    if (shown === null || this.steps === 0) return;
    const now = this.monotonic();
    const rate = ((shown.tokens - this.lastTokens) * 1000) / Math.max(1, now - this.last);
    const loss = (this.losses / this.steps).toFixed(4);
    this.write(
      `round ${shown.round}  step ${shown.totalSteps}  loss ${loss}  lr ${shown.learningRate.toExponential(2)}  ${formatRate(rate)} tokens/s`,
    );
    this.last = now;
    this.lastTokens = shown.tokens;
    this.steps = 0;
    this.losses = 0;
  }
}
