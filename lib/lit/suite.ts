/** @file Runs many tests side by side, in the order that was asked for. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LitResult } from "./result.ts";
import { isFailure } from "./result.ts";
import { type LitRunOptions, type LitTest, runTest } from "./run-test.ts";

export type LitOrder = "lexical" | "random" | "smart";

/** How a run of many tests goes. */
export interface LitSuiteOptions extends LitRunOptions {
  readonly workers: number;
  /** Failures after which the rest is skipped; 0 for no limit. */
  readonly maxFailures: number;
  readonly onResult: (test: LitTest, result: LitResult, done: number) => void;
}

const TIMES_FILE = ".lit_test_times.txt";

/** Seconds of the last run by path; negative for tests that failed. */
function readTimes(execRoot: string): Map<string, number> {
  const path = join(execRoot, TIMES_FILE);
  const times = new Map<string, number>();
  if (!existsSync(path)) return times;
  for (const line of readFileSync(path, "utf8").split("\n")) {
    const space = line.indexOf(" ");
    if (space > 0) times.set(line.slice(space + 1), Number(line.slice(0, space)));
  }
  return times;
}

/** Whether a test failed in the last run that is on record. */
export const failedLastTime = (test: LitTest): boolean =>
  (readTimes(test.config.execRoot).get(test.name) ?? 0) < 0;

/** Sorts tests: failed ones first and long ones before short ones, or by name, or at random. */
export function orderTests(
  tests: readonly LitTest[],
  order: LitOrder,
  random: () => number,
): LitTest[] {
  if (order === "lexical") return [...tests];
  if (order === "random")
    return tests
      .map((test) => ({ test, key: random() }))
      .sort((a, b) => a.key - b.key)
      .map(({ test }) => test);
  const timesOf = new Map<string, Map<string, number>>();
  const weight = (test: LitTest): readonly [number, number] => {
    const { execRoot } = test.config;
    const times = timesOf.get(execRoot) ?? readTimes(execRoot);
    timesOf.set(execRoot, times);
    const time = times.get(test.name) ?? Number.POSITIVE_INFINITY;
    return [time < 0 ? 0 : 1, Math.abs(time)];
  };
  return tests
    .map((test) => ({ test, weight: weight(test) }))
    .sort((a, b) => {
      if (a.weight[0] !== b.weight[0]) return a.weight[0] - b.weight[0];
      return a.weight[1] === b.weight[1] ? 0 : b.weight[1] - a.weight[1];
    })
    .map(({ test }) => test);
}

/** Remembers how long tests took and which failed. */
export function recordTimes(results: ReadonlyMap<LitTest, LitResult>): void {
  const roots = new Map<string, Map<string, number>>();
  for (const [test, { code, milliseconds }] of results) {
    const { execRoot } = test.config;
    const times = roots.get(execRoot) ?? readTimes(execRoot);
    roots.set(execRoot, times);
    const seconds = milliseconds / 1_000;
    times.set(test.name, isFailure(code) ? -seconds : seconds);
  }
  for (const [root, times] of roots) {
    mkdirSync(root, { recursive: true });
    const lines = [...times].map(([name, time]) => `${time.toExponential(6)} ${name}\n`);
    writeFileSync(join(root, TIMES_FILE), lines.join(""));
  }
}

/**
 * Runs tests; what an interruption or too many failures leave out is SKIPPED. Temporary files that tests make are removed
 * at the end.
 */
export async function runTests(
  tests: readonly LitTest[],
  options: LitSuiteOptions,
): Promise<Map<LitTest, LitResult>> {
  const folder = mkdtempSync(join(tmpdir(), "lit-"));
  const temporary = { TMPDIR: folder, TMP: folder, TEMP: folder, TEMPDIR: folder };
  try {
    return await runAll(tests, { ...options, env: { ...options.env, ...temporary } });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runAll(
  tests: readonly LitTest[],
  options: LitSuiteOptions,
): Promise<Map<LitTest, LitResult>> {
  const results = new Map<LitTest, LitResult>();
  let next = 0;
  let failures = 0;
  const stopped = (): boolean =>
    options.signal.aborted || (options.maxFailures > 0 && failures >= options.maxFailures);
  const worker = async (): Promise<void> => {
    while (next < tests.length && !stopped()) {
      const test = tests[next++] as LitTest;
      const result = await runTest(test, options);
      // What an interruption cut short says nothing about the test.
      if (options.signal.aborted) return;
      if (isFailure(result.code)) failures++;
      results.set(test, result);
      options.onResult(test, result, results.size);
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.workers, tests.length) }, worker));
  for (const test of tests)
    if (!results.has(test))
      results.set(test, {
        code: "SKIPPED",
        output: "",
        milliseconds: 0,
        attempts: 0,
        allowedAttempts: 0,
        executed: [],
      });
  return results;
}
