/** @file Runs the seeds of one algorithm and says which of them broke a promise. */
import { expect } from "vitest";
import { ALGORITHMS, type Algorithm } from "#lib/train/protocol/plan.ts";
import { runSeed } from "./check.ts";
import { type SeededBug, scenarioOf } from "./scenario.ts";

/** Seeds of `make test` over all algorithms. */
export const SEEDS = 1_000;

/** Runs every seed of an algorithm below {@link SEEDS}; fails with those that broke a promise, and how to run one again. */
export async function expectNoProblems(algorithm: Algorithm): Promise<void> {
  const failed: string[] = [];
  let compared = 0;
  for (let seed = ALGORITHMS.indexOf(algorithm); seed < SEEDS; seed += ALGORITHMS.length) {
    const report = await runSeed(seed);
    if (report.compared) compared++;
    if (report.problems.length > 0)
      failed.push(
        `seed ${seed} (again: make soak FROM=${seed} SEEDS=1): ${report.problems.slice(0, 3).join("; ")}`,
      );
  }
  expect(failed).toEqual([]);
  // Some runs must have come to the end with the same members, else their results were never compared.
  expect(compared).toBeGreaterThan(0);
}

/** The first seed that finds a bug and says so with certain words; null where none of {@link SEEDS} does. */
export async function findBug(
  bug: SeededBug,
  words: string,
): Promise<{ readonly seed: number; readonly problems: readonly string[] } | null> {
  for (let seed = 0; seed < SEEDS; seed++) {
    // Without two processes of one name there is nothing to fence.
    const { faults } = scenarioOf(seed, bug);
    if (bug === "unfenced" && !faults.some(({ kind }) => kind === "same-name")) continue;
    const { problems } = await runSeed(seed, bug);
    if (problems.some((problem) => problem.includes(words))) return { seed, problems };
  }
  return null;
}
