/** @file The simulation finds bugs: protocols that are broken on purpose fail within its seeds, and again with the same seed. */
import { expect, test } from "vitest";
import { runSeed } from "./check.ts";
import { findBug } from "./seeds.ts";

test.each([
  ["unfenced", "incarnation"],
  ["unsynced", "not in the journal"],
  ["arrival-order", "another state"],
] as const)("%s: found, and the seed finds it again", { timeout: 300_000 }, async (bug, words) => {
  const found = await findBug(bug, words);
  expect(found?.problems.join("\n")).toContain(words);
  const again = await runSeed(found?.seed ?? -1, bug);
  expect(again.problems).toEqual(found?.problems);
  expect((await runSeed(found?.seed ?? -1)).problems).toEqual([]);
});
