/** @file The journal checker finds every kind of broken promise in a journal that keeps them otherwise. */
import { expect, test } from "vitest";
import { checkJournal } from "#lib/train/protocol/invariants.ts";
import type { CommitRecord, JournalRecord, OpenRecord } from "#lib/train/protocol/records.ts";
import { runScenario } from "../../simulation/check.ts";
import { scenarioOf, undisturbed } from "../../simulation/scenario.ts";

type Deep<T> = { -readonly [K in keyof T]: Deep<T[K]> };
type Journal = Deep<JournalRecord>[];

/** A seed of plain DiLoCo with several workers and rounds. */
const SCENARIO = undisturbed(
  [...Array(400).keys()]
    .map((index) => scenarioOf(4 * index))
    .find(({ workers, plan }) => workers === 3 && plan.rounds === 4 && plan.quorum === 2) ??
    scenarioOf(0),
);

const { cluster, report } = await runScenario(SCENARIO);

const commits = (journal: Journal): Deep<CommitRecord>[] =>
  journal.filter((record): record is Deep<CommitRecord> => record.kind === "commit");
const opens = (journal: Journal): Deep<OpenRecord>[] =>
  journal.filter((record): record is Deep<OpenRecord> => record.kind === "open");

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("the journal is shorter than the test expects");
  return value;
}

test("the journal of an undisturbed run keeps every promise", () => {
  expect(report.problems).toEqual([]);
  expect(checkJournal(cluster.storage.records, SCENARIO.plan)).toEqual([]);
  expect(commits([...cluster.storage.records] as Journal).length).toBe(4);
});

const BREAKS: readonly (readonly [string, (journal: Journal) => void, RegExp])[] = [
  ["a record is missing", (journal) => journal.splice(5, 1), /its number is/],
  [
    "a record follows the end",
    (journal) =>
      journal.push({ kind: "shepherd", incarnation: 2, sequence: journal.length, at: 0 }),
    /comes after the end/,
  ],
  [
    "units are leased twice",
    (journal) => {
      const [first, second] = present(opens(journal)[0]).assignments;
      present(second).units = present(first).units;
    },
    /are leased to another/,
  ],
  [
    "units are merged twice",
    (journal) => {
      const [before, after] = opens(journal);
      present(present(after).assignments[0]).units = present(present(before).assignments[0]).units;
    },
    /has been merged before/,
  ],
  [
    "a unit is skipped",
    (journal) => {
      for (const open of opens(journal))
        for (const { units } of open.assignments)
          for (const range of units) {
            range.from++;
            range.to++;
          }
    },
    /units were skipped|do not exist/,
  ],
  [
    "a contribution consumes other units than it was given",
    (journal) => {
      const contribution = present(present(commits(journal)[1]).contributions[0]);
      present(contribution.units[0]).from++;
    },
    /consumes units/,
  ],
  [
    "a slot is merged twice",
    (journal) => {
      present(commits(journal)[1]).round = present(commits(journal)[0]).round;
    },
    /was merged before/,
  ],
  [
    "a version is skipped",
    (journal) => {
      present(present(commits(journal)[1]).fragments[0]).state.version++;
    },
    /goes from version/,
  ],
  [
    "an update from an old version counts",
    (journal) => {
      present(present(present(commits(journal)[2]).contributions[0]).updates[0]).base--;
    },
    /from version/,
  ],
  [
    "a fenced incarnation contributes",
    (journal) => {
      const { contributions } = present(commits(journal)[1]);
      present(contributions[0]).incarnation = "00000000-0000-0000-0000-000000000000";
    },
    /incarnation that is not in the run/,
  ],
  [
    "a worker contributes after its departure",
    (journal) => {
      const commit = present(commits(journal)[1]);
      const { worker, incarnation } = present(commit.contributions[0]);
      journal.splice(journal.indexOf(commit), 0, {
        ...{ kind: "departure", worker, incarnation, how: "crashed", reason: "" },
        ...{ sequence: 0, at: 0 },
      });
      for (const [index, record] of journal.entries()) record.sequence = index;
    },
    /is no open lease/,
  ],
  [
    "a lease that was never opened",
    (journal) => {
      present(present(commits(journal)[1]).contributions[0]).lease = "9.w9.00000000";
    },
    /is no open lease/,
  ],
  [
    "fewer updates than the quorum",
    (journal) => {
      const commit = present(commits(journal).at(-1));
      commit.contributions.length = 1;
    },
    /the quorum is 2/,
  ],
  [
    "tokens that do not add up",
    (journal) => {
      present(commits(journal)[1]).tokens++;
    },
    /tokens where contributions add up to/,
  ],
  [
    "tokens that do not go with units",
    (journal) => {
      present(present(commits(journal)[1]).contributions[0]).tokens++;
    },
    /tokens for/,
  ],
  [
    "contributions out of order",
    (journal) => {
      present(commits(journal)[1]).contributions.reverse();
    },
    /not in order of workers/,
  ],
  [
    "two shepherds at once",
    (journal) => {
      const record = present(journal.find(({ kind }) => kind === "shepherd"));
      if (record.kind === "shepherd") record.incarnation = 7;
    },
    /shepherd 7 follows 0/,
  ],
];

test.each(BREAKS)("%s", (_, breakIt, words) => {
  const journal = JSON.parse(JSON.stringify(cluster.storage.records)) as Journal;
  breakIt(journal);
  expect(checkJournal(journal as JournalRecord[], SCENARIO.plan).join("\n")).toMatch(words);
});
