/** @file Simulated runs of data_parallel: delays, losses, crashes and restarts from seeds, every promise checked after each. */
import { expect, test } from "vitest";
import { expectNoProblems } from "./seeds.ts";

test("data_parallel: whatever dies, every promise is kept", { timeout: 300_000 }, async () => {
  await expectNoProblems("data_parallel");
  expect.hasAssertions();
});
