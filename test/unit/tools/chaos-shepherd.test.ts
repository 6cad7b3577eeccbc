/** @file A shepherd killed at every step of the protocol: the run goes on, nothing is merged twice, and the numbers are those of the undisturbed run. */
import { beforeAll, describe, expect, it } from "vitest";
import { PATIENCE, undisturbed, withCluster } from "./test-cluster.ts";

let expected: readonly string[];

beforeAll(async () => {
  expected = await undisturbed({});
}, PATIENCE);

const POINTS = [
  "shepherd.before-open",
  "shepherd.after-open",
  "shepherd.after-submit",
  "shepherd.before-merge",
  "shepherd.before-commit",
  "shepherd.after-commit",
  "shepherd.after-join",
];

describe.concurrent("shepherd killed by SIGKILL", () => {
  it.each(POINTS)(
    "%s",
    (point) =>
      withCluster({}, async (cluster) => {
        const first = await cluster.shepherd([], { PCP_FAIL_POINT: `${point}:2` });
        const workers = ["w0", "w1"].map((name) => cluster.worker(name));
        expect(await first.ended()).toBe("SIGKILL");
        const second = await cluster.shepherd(["--resume"]);
        await cluster.allEnd([second, ...workers]);
        expect(await cluster.merges()).toEqual(expected);
      }),
    PATIENCE,
  );
});
