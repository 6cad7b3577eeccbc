/** @file What a worker does with IREE: a device host without secrets in its environment, steps as on one machine. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { IreeEngine } from "#lib/runtime/iree-engine.ts";
import { openEngine } from "#lib/runtime/open.ts";
import { deviceEnvironment } from "#lib/train/cluster/device-environment.ts";
import { findIree, testFolder } from "../runtime/iree.ts";

const iree = await findIree();
const { env } = testFolder();

describe.skipIf(iree === null)("the device host of a worker", () => {
  it("has none of the worker's secrets in its environment", async () => {
    const secrets = {
      PCP_JOIN_TOKEN: "canary-1",
      WANDB_API_KEY: "canary-2",
      AWS_SECRET_ACCESS_KEY: "canary-3",
    };
    const place = { env: deviceEnvironment({ ...env, ...secrets }), cwd: process.cwd() };
    const engine = await openEngine({ engine: "iree", place });
    try {
      const { pid } = (engine as IreeEngine).info;
      const seen = readFileSync(`/proc/${pid}/environ`, "latin1").split("\0");
      expect(seen.some((entry) => entry.startsWith("PATH="))).toBe(true);
      expect(seen.join("\n")).not.toContain("canary");
    } finally {
      await engine.close();
    }
  }, 60_000);
});
