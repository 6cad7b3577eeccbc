/** @file The journal: its last records as lines, and what older ones tell about losses. */
import { journal } from "./api.js";
import { make } from "./dom.js";
import { bytes, fixed, short } from "./format.js";

/** @typedef {import("../../protocol/records.ts").JournalRecord} JournalRecord */
/** @typedef {import("./charts.js").Point} Point */

/** Lines kept in the document. */
const LINES = 300;
const PAGE = 200;
/** Records read back for the curves of rounds that the snapshot no longer has. */
const OLDEST = 20_000;

/**
 * A record in words.
 * @param {JournalRecord} record
 */
export function words(record) {
  switch (record.kind) {
    case "start":
      return `run ${record.runId} begins, ${record.fragments.length} fragments`;
    case "shepherd":
      return `shepherd takes over, incarnation ${record.incarnation}`;
    case "join":
      return `${record.worker} joins: ${record.backend} ${record.target}, ${record.device} on ${record.host}`;
    case "departure":
      return `${record.worker} is out (${record.how})${record.reason === "" ? "" : `: ${record.reason}`}`;
    case "open":
      return `round ${record.round} begins: ${record.assignments.map(({ worker, steps }) => `${worker} ${steps}`).join(", ")}`;
    case "commit": {
      const names = record.contributions.map(({ worker }) => worker).join(", ");
      const out = record.rejected.map(({ worker, why }) => `${worker} ${why}`).join(", ");
      return `round ${record.round} slot ${record.slot} merged: ${names || "nothing"}${out === "" ? "" : `; rejected ${out}`}; update norm ${fixed(record.updateNorm, 4)}, ${short(record.tokens)} tokens`;
    }
    case "eval":
      return `evaluation after round ${record.round}: loss ${fixed(record.loss, 4)}`;
    case "checkpoint":
      return `checkpoint after round ${record.round}${record.milliseconds === undefined ? "" : ` in ${record.milliseconds / 1000} s`}: ${record.path}`;
    case "operator":
      return `operator: ${record.action}${record.worker === null ? "" : ` ${record.worker}`}`;
    case "end":
      return `end: ${record.reason}`;
  }
}

/**
 * Sequence after the last record, found with few small requests however long the journal is.
 * @returns {Promise<number>}
 */
async function findEnd() {
  let bad = 1;
  while ((await journal(bad, 1)).length > 0) bad *= 4;
  let good = Math.floor(bad / 4);
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if ((await journal(middle, 1)).length > 0) good = middle;
    else bad = middle;
  }
  return bad;
}

/** Adds up losses of commits and takes those of evaluations, by round. */
export class History {
  constructor() {
    /** @type {Map<number, { tokens: number, sum: number, weight: number, evalLoss: number | null }>} */
    this.rounds = new Map();
    /** @type {Set<number>} */
    this.seen = new Set();
  }

  /** @param {JournalRecord} record */
  add(record) {
    if ((record.kind !== "commit" && record.kind !== "eval") || this.seen.has(record.sequence))
      return;
    this.seen.add(record.sequence);
    const round = this.rounds.get(record.round) ?? {
      tokens: record.tokens,
      sum: 0,
      weight: 0,
      evalLoss: null,
    };
    this.rounds.set(record.round, round);
    if (record.kind === "eval") round.evalLoss = record.loss;
    else {
      round.tokens = Math.max(round.tokens, record.tokens);
      for (const { loss, tokens } of record.contributions) {
        round.sum += loss * tokens;
        round.weight += tokens;
      }
    }
  }

  /** @returns {Map<number, Point>} */
  points() {
    return new Map(
      [...this.rounds].map(([round, { tokens, sum, weight, evalLoss }]) => [
        round,
        { round, tokens, loss: weight > 0 ? sum / weight : null, evalLoss },
      ]),
    );
  }
}

export class JournalView {
  /**
   * @param {HTMLElement} host
   * @param {HTMLInputElement} follow
   */
  constructor(host, follow) {
    this.host = host;
    this.follow = follow;
    /** Sequence of the last record that is shown. */
    this.last = -1;
    follow.addEventListener("change", () => this.toEnd());
  }

  /** @param {JournalRecord} record */
  add(record) {
    if (record.sequence <= this.last) return;
    this.last = record.sequence;
    const line = make("li", record.kind);
    const time = make("time", "", new Date(record.at).toLocaleTimeString("en-GB"));
    time.dateTime = new Date(record.at).toISOString();
    line.append(
      make("span", "sequence", String(record.sequence)),
      time,
      make("span", "kind", record.kind),
      make("span", "words", words(record)),
    );
    line.title = `record ${record.sequence}, ${bytes(JSON.stringify(record).length)}`;
    this.host.append(line);
    while (this.host.children.length > LINES) this.host.firstElementChild?.remove();
    this.toEnd();
  }

  toEnd() {
    if (this.follow.checked) this.host.scrollTop = this.host.scrollHeight;
  }
}

/**
 * Shows the end of the journal.
 * @param {JournalView} view
 * @param {History} history
 * @returns {Promise<number>} Sequence of the first record that was read.
 */
export async function loadTail(view, history) {
  const from = Math.max(0, (await findEnd()) - PAGE);
  for (const record of await journal(from, PAGE)) {
    history.add(record);
    view.add(record);
  }
  return from;
}

/**
 * Reads records before `end` back to the first round, for the curves.
 * @param {History} history
 * @param {number} end
 * @param {() => void} changed
 */
export async function loadOlder(history, end, changed) {
  let from = end;
  while (from > 0 && end - from < OLDEST && !history.rounds.has(0)) {
    const to = from;
    from = Math.max(0, to - PAGE);
    for (const record of await journal(from, to - from)) history.add(record);
    changed();
  }
}
