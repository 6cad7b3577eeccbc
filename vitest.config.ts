/** @file Test runner settings: one process, no isolation between files, so a thousand small tests take seconds. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/unit/**/*.test.ts", "test/lit/**/*.test.ts", "test/parity/**/*.test.ts"],
    isolate: false,
    pool: "threads",
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
