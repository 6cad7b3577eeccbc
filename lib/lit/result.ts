/** @file Outcomes of tests, their names and which of them are failures. */
import type { Executed } from "./shell.ts";

/** Outcomes in the order of summaries. */
export const CODES = [
  "EXCLUDED",
  "SKIPPED",
  "UNSUPPORTED",
  "PASS",
  "FLAKYPASS",
  "XFAIL",
  "UNRESOLVED",
  "TIMEOUT",
  "FAIL",
  "XPASS",
] as const;

export type LitCode = (typeof CODES)[number];

/** How summaries name an outcome. */
export const CODE_LABELS: Readonly<Record<LitCode, string>> = {
  EXCLUDED: "Excluded",
  SKIPPED: "Skipped",
  UNSUPPORTED: "Unsupported",
  PASS: "Passed",
  FLAKYPASS: "Passed With Retry",
  XFAIL: "Expectedly Failed",
  UNRESOLVED: "Unresolved",
  TIMEOUT: "Timed Out",
  FAIL: "Failed",
  XPASS: "Unexpectedly Passed",
};

const FAILURES: ReadonlySet<LitCode> = new Set(["UNRESOLVED", "TIMEOUT", "FAIL", "XPASS"]);

/** Whether an outcome makes a run fail. */
export const isFailure = (code: LitCode): boolean => FAILURES.has(code);

/** What one test did. */
export interface LitResult {
  readonly code: LitCode;
  /** The log, or the reason for not running. */
  readonly output: string;
  readonly milliseconds: number;
  readonly attempts: number;
  /** How often it was allowed to run. */
  readonly allowedAttempts: number;
  readonly executed: readonly Executed[];
}
