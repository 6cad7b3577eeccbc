/** @file A shepherd killed at every step of the protocol: the run goes on, nothing is merged twice, and the numbers are those of the undisturbed run. */
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { TestCluster } from "./test-cluster.ts";

let expected: readonly string[];
let cluster: TestCluster | null = null;

afterEach(async () => {
  await cluster?.end();
  cluster = null;
});

async function undisturbed(overrides: object): Promise<readonly string[]> {
  const calm = await TestCluster.make(overrides);
  try {
    const shepherd = await calm.shepherd();
    const workers = ["w0", "w1"].map((name) => calm.worker(name));
    expect(await shepherd.ended(), calm.said()).toBe(0);
    for (const worker of workers) expect(await worker.ended(), calm.said()).toBe(0);
    return await calm.merges();
  } finally {
    await calm.end();
  }
}

beforeAll(async () => {
  expected = await undisturbed({});
}, 120_000);

const POINTS = [
  "shepherd.before-open",
  "shepherd.after-open",
  "shepherd.after-submit",
  "shepherd.before-merge",
  "shepherd.before-commit",
  "shepherd.after-commit",
  "shepherd.after-join",
];

describe("shepherd killed by SIGKILL", () => {
  it.each(POINTS)(
    "%s",
    async (point) => {
      cluster = await TestCluster.make();
      const first = await cluster.shepherd([], { PCP_FAIL_POINT: `${point}:2` });
      const workers = ["w0", "w1"].map((name) => cluster?.worker(name));
      expect(await first.ended(), cluster.said()).toBe("SIGKILL");
      const second = await cluster.shepherd(["--resume"]);
      expect(await second.ended(), cluster.said()).toBe(0);
      for (const worker of workers) expect(await worker?.ended(), cluster.said()).toBe(0);
      expect(await cluster.violations()).toEqual([]);
      expect(await cluster.merges()).toEqual(expected);
    },
    180_000,
  );
});
