/** @file The table of workers for a terminal: its columns by width, order, filter, rows. */

import { formatMfu } from "../progress.ts";
import type { WorkerStatus } from "../protocol/status.ts";
import { cell, seen, shortAge, shortNumber } from "./terminal-text.ts";

/** A column of the table. */
interface Column {
  readonly title: string;
  readonly width: number;
  readonly right: boolean;
  readonly text: (worker: WorkerStatus) => string;
  /** What it is sorted by. */
  readonly key: (worker: WorkerStatus) => string | number | null;
}

/** How it came to be out, for a worker that is; else what it is at. */
export const stateOf = ({ state, departure }: WorkerStatus): string =>
  state === "gone" ? (departure ?? "gone") : state;

const number = (
  title: string,
  width: number,
  key: (worker: WorkerStatus) => number | null,
  format: (value: number) => string,
): Column => ({
  title,
  width,
  right: true,
  key,
  text: (worker) => {
    const value = key(worker);
    return value === null ? "-" : format(value);
  },
});
const words = (title: string, width: number, key: (worker: WorkerStatus) => string): Column => ({
  title,
  width,
  right: false,
  key,
  text: key,
});

/** Columns that are always there; a reason takes what is left of the line. */
const BASE: readonly Column[] = [
  words("worker", 10, (w) => w.worker),
  words("state", 9, stateOf),
  number("round", 6, (w) => w.round, String),
  number("step", 5, (w) => w.step, String),
  number("tok/s", 6, (w) => w.tokensPerSecond, shortNumber),
  number(
    "norm",
    6,
    (w) => w.updateNorm,
    (norm) => norm.toPrecision(3),
  ),
  number("bytes", 6, (w) => w.bytesUp + w.bytesDown, shortNumber),
  number("beat", 5, (w) => w.heartbeatAgeSeconds, shortAge),
  number("rst", 4, (w) => w.restarts, String),
];
/** Columns for wide terminals, in the order in which there is room for them. */
const MORE: readonly Column[] = [
  number(
    "loss",
    6,
    (w) => w.loss,
    (loss) => loss.toFixed(3),
  ),
  words("device", 16, (w) => `${w.backend} ${w.target}`),
  words("host", 16, (w) => w.host),
];
/** The first of those for wide terminals, where the peak of some device is known; earlier versions do not tell it. */
const MFU = number("MFU", 6, (w) => w.mfu ?? null, formatMfu);
const knowMfu = (workers: readonly WorkerStatus[]): boolean =>
  workers.some(({ mfu }) => typeof mfu === "number");

const LEAST_REASON = 12;
const REASON = words("reason", 0, (w) => w.reason ?? "");

/** Columns that fit for a table of workers, the reason last. */
export function columnsFor(width: number, workers: readonly WorkerStatus[]): readonly Column[] {
  const shown = [...BASE];
  let left = width - shown.reduce((total, column) => total + column.width + 1, 0);
  for (const column of knowMfu(workers) ? [MFU, ...MORE] : MORE)
    if (left - column.width - 1 >= LEAST_REASON) {
      shown.push(column);
      left -= column.width + 1;
    }
  return [...shown, { ...REASON, width: Math.max(0, left) }];
}

/** What a table can be sorted by, in the order in which a key goes through them. */
export const SORTS = ["worker", "state", "tok/s", "norm", "beat", "bytes", "rst", "round"] as const;
export type Sort = (typeof SORTS)[number];

function compare(a: string | number | null, b: string | number | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), "en", { numeric: true });
}

/** Workers that match a filter, sorted; equal ones by name. */
export function arranged(
  workers: readonly WorkerStatus[],
  sort: Sort,
  reverse: boolean,
  filter: string,
): readonly WorkerStatus[] {
  const wanted = filter.trim().toLowerCase();
  const { key } = BASE.find(({ title }) => title === sort) as Column;
  return workers
    .filter((worker) =>
      [worker.worker, stateOf(worker), worker.host, worker.backend, worker.target, worker.reason]
        .join(" ")
        .toLowerCase()
        .includes(wanted),
    )
    .sort((a, b) => (reverse ? -1 : 1) * compare(key(a), key(b)) || compare(a.worker, b.worker));
}

/** Titles of columns, with an arrow at the one that it is sorted by. */
export const headLine = (columns: readonly Column[], sort: Sort | null, reverse: boolean): string =>
  columns
    .map(({ title, width, right }) =>
      cell(title === sort ? `${title}${reverse ? "▼" : "▲"}` : title, width, right),
    )
    .join(" ");

/** A worker as a line exactly as wide as its columns; `whole`: longer where its reason is. */
export const workerLine = (
  worker: WorkerStatus,
  columns: readonly Column[],
  whole = false,
): string =>
  columns
    .map(({ title, text, width, right }) =>
      whole && title === REASON.title ? seen(text(worker)) : cell(text(worker), width, right),
    )
    .join(" ");
