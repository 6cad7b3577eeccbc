/** @file Records of a journal as lines for people, at most 80 characters wide. */
import { escapeControls, plural } from "#lib/support/text.ts";
import type { CommitRecord, JournalRecord, OpenRecord } from "#lib/train/protocol/records.ts";

const WIDTH = 80;

const time = (at: number): string => new Date(at).toISOString().slice(11, 19);

function openText({ round, assignments }: OpenRecord): string {
  const workers = assignments.map(({ worker, steps }) => `${worker} (${steps})`).join(", ");
  return `round ${round} opens: ${workers}`;
}

function commitText({ round, slot, contributions, rejected, updateNorm }: CommitRecord): string {
  const merged = contributions.map(({ worker }) => worker).join(", ");
  const refused = rejected.map(({ worker, why }) => `${worker} (${why})`).join(", ");
  const tokens = contributions.reduce((sum, contribution) => sum + contribution.tokens, 0);
  const loss = contributions.reduce((sum, part) => sum + part.loss * part.tokens, 0) / tokens;
  const parts = [
    merged === "" ? "nothing merged" : `merged ${merged}`,
    merged === "" ? "" : `loss ${loss.toFixed(4)}, update ${updateNorm.toPrecision(3)}`,
    refused === "" ? "" : `rejected ${refused}`,
  ];
  return `round ${round}.${slot}: ${parts.filter((part) => part !== "").join("; ")}`;
}

function textOf(record: JournalRecord): string {
  switch (record.kind) {
    case "start":
      return `run ${record.runId}, ${plural(record.fragments.length, "fragment")}`;
    case "shepherd":
      return `shepherd ${record.incarnation} takes the run over`;
    case "join":
      return `${record.worker} joins: ${record.backend} ${record.target} on ${record.host}`;
    case "departure":
      return `${record.worker} is out (${record.how}): ${record.reason}`;
    case "open":
      return openText(record);
    case "commit":
      return commitText(record);
    case "eval":
      return `evaluation after round ${record.round}: loss ${record.loss.toFixed(4)}`;
    case "checkpoint":
      return `checkpoint after round ${record.round}${record.milliseconds === undefined ? "" : ` in ${record.milliseconds / 1000} s`}: ${record.path}`;
    case "operator":
      return `operator: ${record.action}${record.worker === null ? "" : ` ${record.worker}`}`;
    case "end":
      return `end: ${record.reason}`;
  }
}

/** A record as one line. */
export function recordLine(record: JournalRecord): string {
  const line = `${String(record.sequence).padStart(5)}  ${time(record.at)}  ${escapeControls(textOf(record)).replaceAll("\n", " ")}`;
  return line.length > WIDTH ? `${line.slice(0, WIDTH - 3)}...` : line;
}
