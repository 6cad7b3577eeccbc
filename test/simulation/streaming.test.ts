/** @file Simulated runs of streaming: delays, losses, crashes and restarts from seeds, every promise checked after each. */
import { expect, test } from "vitest";
import { expectNoProblems } from "./seeds.ts";

test("streaming: whatever dies, every promise is kept", { timeout: 300_000 }, async () => {
  await expectNoProblems("streaming");
  expect.hasAssertions();
});
