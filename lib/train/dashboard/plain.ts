/** @file A run's snapshot as plain text: one line for logs, or a page for `status`. */
import { formatBytes, plural } from "#lib/support/text.ts";
import { formatDuration, formatMfu } from "../progress.ts";
import { PHASES, type RunStatus } from "../protocol/status.ts";
import { seen, shortAge, shortNumber } from "./terminal-text.ts";
import { arranged, columnsFor, headLine, workerLine } from "./worker-view.ts";

const decimal = (value: number | null): string => (value === null ? "-" : value.toFixed(4));

/** Workers that take part, of those wanted. */
export const liveOf = ({ workers }: RunStatus): number =>
  workers.filter(({ state }) => state !== "gone" && state !== "silent").length;

/** What is waited for, in words; empty where nothing is. */
export const waitingWords = ({ waitingFor }: RunStatus): string =>
  waitingFor === null ? "" : seen(`waiting for ${waitingFor.replace(/^waiting for /, "")}`);

/** Seconds of waiting from which on it stands out: shorter waits are part of every round. */
const LONG_WAIT = 5;

/** Whether a run waits for longer than rounds do anyhow. */
export const waitsLong = ({ waitingFor }: RunStatus): boolean =>
  waitingFor !== null &&
  Number(/(\d+) s(?: of \d+ s)?$/.exec(waitingFor)?.[1] ?? LONG_WAIT) >= LONG_WAIT;

/** Percentage of the epoch's units that are consumed. */
export const consumedPercent = ({ data }: RunStatus): string =>
  `${((100 * data.consumed) / Math.max(1, data.unitsPerEpoch)).toFixed(1)}%`;

/** `  MFU 38.2%`, where it is known. */
export const mfuWords = ({ mfu }: RunStatus): string => {
  const text = formatMfu(mfu);
  return text === "" ? "" : `  MFU ${text}`;
};

/** A run as one line of a log: `round 41/120  loss 2.3471  ...`. */
export function plainLine(status: RunStatus): string {
  const parts = [
    `round ${status.round}/${status.rounds}`,
    `loss ${decimal(status.loss)}`,
    status.evalLoss === null ? "" : `eval ${decimal(status.evalLoss)}`,
    `${shortNumber(status.tokens)} tokens`,
    `${shortNumber(status.tokensPerSecond)} tokens/s${mfuWords(status)}`,
    `${liveOf(status)}/${status.workersWanted} workers`,
    status.secondsLeft === null ? "" : `${formatDuration(status.secondsLeft)} left`,
    status.state === "running" ? "" : status.state,
    waitsLong(status) ? waitingWords(status) : "",
  ];
  return parts.filter((part) => part !== "").join("  ");
}

/** Phases of the last round that was merged, as far as they are known: `compute 14s, wait 1.4s`. */
const phasesOf = ({ recentRounds }: RunStatus): string => {
  const last = recentRounds.findLast(({ tokens }) => tokens > 0);
  return PHASES.flatMap((phase) =>
    last === undefined || !(last[phase] > 0) ? [] : [`${phase} ${briefly(last[phase])}`],
  ).join(", ");
};

/** `12ms`, `3.4s`, `5m`. */
const briefly = (seconds: number): string =>
  seconds < 0.0995 ? `${Math.ceil(seconds * 1000)}ms` : shortAge(seconds);

/** A snapshot as text of several lines, with all its workers; every line ends in a newline. */
export function renderPlain(status: RunStatus, columns = 100): string {
  const { bytesPerRoundAndWorker: bytes, referenceBytesPerRoundAndWorker: reference } = status;
  const { checkpoint, data } = status;
  const rejected = status.recentRounds.reduce((total, round) => total + round.rejected, 0);
  const facts: readonly (readonly [name: string, value: string])[] = [
    ["run", `${seen(status.runId)} (${seen(status.algorithm)}), ${status.state}`],
    ["round", `${status.round} of ${status.rounds}, quorum ${status.quorum}`],
    ["waiting", waitingWords(status).replace("waiting for ", "for ")],
    ["loss", `${decimal(status.loss)}, evaluation ${decimal(status.evalLoss)}`],
    [
      "tokens",
      `${shortNumber(status.tokens)}, ${shortNumber(status.tokensPerSecond)} per second${mfuWords(status)}`,
    ],
    [
      "time",
      `${formatDuration(status.uptimeSeconds)} so far${status.secondsLeft === null ? "" : `, ${formatDuration(status.secondsLeft)} left`}`,
    ],
    [
      "data",
      `epoch ${data.epoch}: ${data.consumed} of ${data.unitsPerEpoch} units consumed (${consumedPercent(status)}), ${data.leased} leased`,
    ],
    [
      "bytes",
      `${formatBytes(Math.round(bytes.up))} up, ${formatBytes(Math.round(bytes.down))} down per round and worker${bytes.up + bytes.down > 0 ? ` (f32 base64: ${(reference / (bytes.up + bytes.down)).toFixed(1)}x)` : ""}`,
    ],
    [
      "checkpoint",
      checkpoint === null
        ? "none yet"
        : `${seen(checkpoint.path)}, after round ${checkpoint.round}${status.algorithm === "decoupled" ? " of each worker" : ""}, ${formatDuration(checkpoint.ageSeconds)} ago${typeof checkpoint.seconds === "number" ? `, written in ${briefly(checkpoint.seconds)}` : ""}`,
    ],
    ["last round", phasesOf(status)],
    ["rejected", rejected === 0 ? "" : `${plural(rejected, "update")} of the last rounds`],
    ["workers", `${liveOf(status)} of ${status.workersWanted}`],
  ];
  const lines = facts.flatMap(([name, value]) =>
    value === "" ? [] : [`${name.padEnd(11)}${value}`],
  );
  if (status.workers.length > 0) {
    const table = columnsFor(columns, status.workers);
    lines.push("", headLine(table, null, false).trimEnd());
    for (const worker of arranged(status.workers, "worker", false, ""))
      lines.push(workerLine(worker, table, true).trimEnd());
  }
  return lines.map((line) => `${line}\n`).join("");
}
