/** @file Progress of a run: a bar that redraws itself on a terminal, plain lines elsewhere. */
import type { ToolOutput } from "#lib/support/io.ts";

/** What a step tells. */
export interface StepReport {
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
  readonly learningRate: number;
  readonly gradNorm: number | null;
  readonly tokensPerSecond: number;
  /** Model FLOPs utilization, from 0 to 1; null where the device's peak is not known. */
  readonly mfu: number | null;
  /** Seconds until the end, by the speed so far. */
  readonly secondsLeft: number;
}

/** `1:02:03`, `2:03`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const tail = String(s).padStart(2, "0");
  return h > 0 ? `${h}:${String(m).padStart(2, "0")}:${tail}` : `${m}:${tail}`;
}

/** `17.9k`, `845`. */
export const formatRate = (rate: number): string =>
  rate >= 10_000 ? `${(rate / 1000).toFixed(1)}k` : rate.toFixed(0);

/** `38.2%`, `0.41%`; empty where it is not known. */
export const formatMfu = (mfu: number | null | undefined): string => {
  if (mfu === null || mfu === undefined) return "";
  const percent = 100 * mfu;
  return `${percent.toFixed(percent >= 9.995 ? 1 : 2)}%`;
};

/** A line for logs: `step 100/800  loss 2.9131  ...`. */
function stepLine(report: StepReport): string {
  const { step, steps, loss, gradNorm, learningRate, tokensPerSecond, mfu, secondsLeft } = report;
  const norm = gradNorm === null ? "" : `  grad_norm ${gradNorm.toFixed(3)}`;
  const used = mfu === null ? "" : `  MFU ${formatMfu(mfu)}`;
  return `step ${step}/${steps}  loss ${loss.toFixed(4)}${norm}  lr ${learningRate.toExponential(2)}  ${formatRate(tokensPerSecond)} tokens/s${used}  ${formatDuration(secondsLeft)} left`;
}

function barLine(report: StepReport, columns: number): string {
  const { step, steps, loss, tokensPerSecond, secondsLeft } = report;
  const tail = ` ${step}/${steps}  loss ${loss.toFixed(4)}  ${formatRate(tokensPerSecond)} tok/s  ${formatDuration(secondsLeft)} left`;
  const width = Math.max(5, Math.min(40, columns - tail.length - 3));
  const filled = Math.round((step / steps) * width);
  return `${"█".repeat(filled)}${"░".repeat(width - filled)}${tail}`.slice(0, columns - 1);
}

/** Shows progress on a stream. */
export class Progress {
  private readonly out: ToolOutput;
  private readonly logEvery: number;
  private barShown = false;

  constructor(out: ToolOutput, logEvery: number) {
    this.out = out;
    this.logEvery = logEvery;
  }

  step(report: StepReport): void {
    if (this.out.isTerminal) {
      this.out.write(`\r\u001b[K${barLine(report, this.out.columns)}`);
      this.barShown = true;
    } else if (
      report.step % this.logEvery === 0 ||
      report.step === report.steps ||
      report.step === 1
    )
      this.out.write(`${stepLine(report)}\n`);
  }

  /** Writes a line of text above the bar. */
  line(text: string): void {
    this.clear();
    this.out.write(`${text}\n`);
  }

  /** Leaves the bar behind. */
  end(): void {
    if (this.barShown) this.out.write("\n");
    this.barShown = false;
  }

  private clear(): void {
    // Also what the terminal itself has put there, such as the echo of Ctrl-C.
    if (this.out.isTerminal) this.out.write("\r\u001b[K");
    this.barShown = false;
  }
}
