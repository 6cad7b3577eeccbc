/** @file Shows every lit file under test/lit as one test; tools in RUN lines run inside this process. */
import { relative, resolve } from "node:path";
import { describe, it } from "vitest";
import { litMain } from "../../lib/driver/lit.ts";
import { litTools } from "../../lib/driver/lit-tools.ts";
import { discoverTests } from "../../lib/lit/discover.ts";
import { isFailure } from "../../lib/lit/result.ts";
import { type LitRunOptions, runTest } from "../../lib/lit/run-test.ts";

const root = resolve(import.meta.dirname);
const host = { env: process.env, platform: process.platform, params: {} };
const tests = await discoverTests([root], host);

const options: LitRunOptions = {
  tools: litTools(litMain),
  env: process.env,
  signal: new AbortController().signal,
  timeout: 0,
  maxRetries: 0,
  xfail: new Set(),
  xfailNot: new Set(),
};

describe("lit", () => {
  for (const test of tests) {
    it(relative(root, test.path), async ({ skip }) => {
      const { code, output } = await runTest(test, options);
      if (code === "UNSUPPORTED") {
        const reason = output.split("\n", 1)[0];
        process.stdout.write(`skipped: ${relative(root, test.path)}: ${reason}\n`);
        skip(reason);
      }
      if (isFailure(code)) throw new Error(`${code}\n${output}`);
    });
  }
});
