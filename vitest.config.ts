/** @file Test runner settings: one process, no isolation between files, so a thousand small tests take seconds. */
import { defineConfig } from "vitest/config";

/** Tests that need torch are named `*.torch.test.ts` and run in `make parity` only. */
const parity = process.env["PCP_PARITY"] === "1";

export default defineConfig({
  test: {
    include: parity ? ["test/**/*.torch.test.ts"] : ["test/**/*.test.ts"],
    exclude: parity ? [] : ["test/**/*.torch.test.ts"],
    isolate: false,
    pool: "threads",
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ["default", "./scripts/summary-reporter.mjs"],
  },
});
