/** @file What a run records at each step: JSON lines always, TensorBoard events when wanted. */
import { appendFileSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomically } from "#lib/tensors/files.ts";
import { EventWriter } from "./tensorboard.ts";

/** One line of `metrics.jsonl`. */
export interface MetricsEvent {
  readonly event: "step" | "eval";
  readonly step: number;
  readonly tokens: number;
  readonly [metric: string]: number | string;
}

const METRICS = "metrics.jsonl";

/** Events of a run so far; a last line that was cut short is left out. */
export function readMetrics(folder: string): MetricsEvent[] {
  let text: string;
  try {
    text = readFileSync(join(folder, METRICS), "utf8");
  } catch {
    return [];
  }
  return text.split("\n").flatMap((line) => {
    try {
      return line === "" ? [] : [JSON.parse(line) as MetricsEvent];
    } catch {
      return [];
    }
  });
}

/** Writes metrics of one run. */
export class MetricsWriter {
  private readonly path: string;
  private readonly events: EventWriter | null;
  private readonly now: () => number;

  /**
   * @param fromStep - the step that the run goes on from: later lines of an interrupted run are dropped.
   * @param now - milliseconds since the epoch.
   */
  constructor(folder: string, fromStep: number, tensorboard: boolean, now: () => number) {
    this.path = join(folder, METRICS);
    this.now = now;
    const kept = readMetrics(folder).filter(({ step }) => step <= fromStep);
    const text = kept.map((event) => `${JSON.stringify(event)}\n`).join("");
    writeFileAtomically(this.path, [new TextEncoder().encode(text)]);
    this.events = tensorboard ? openEvents(join(folder, "events"), fromStep, now() / 1000) : null;
  }

  record(event: MetricsEvent): void {
    appendFileSync(this.path, `${JSON.stringify(event)}\n`);
    const scalars = Object.entries(event).filter(
      (entry): entry is [string, number] => typeof entry[1] === "number" && entry[0] !== "step",
    );
    const prefix = event.event === "eval" ? "eval" : "train";
    this.events?.scalars(
      this.now() / 1000,
      event.step,
      scalars.map(([name, value]) => [`${prefix}/${name}`, value]),
    );
  }

  close(): void {
    this.events?.close();
  }
}

function openEvents(folder: string, fromStep: number, seconds: number): EventWriter {
  mkdirSync(folder, { recursive: true });
  // TensorBoard takes files in the order of their names; the count keeps two of one second apart.
  const count = readdirSync(folder).length;
  const name = `events.out.tfevents.${Math.floor(seconds)}.${String(count).padStart(4, "0")}`;
  const writer = new EventWriter(join(folder, name), seconds);
  if (fromStep > 0) writer.restartAt(seconds, fromStep + 1);
  return writer;
}
