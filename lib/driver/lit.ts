/** @file `lit-js`: finds tests, runs their RUN lines side by side, reports, and rewrites golden expectations. */
import { availableParallelism } from "node:os";
import { relative, resolve } from "node:path";
import type { Command } from "commander";
import type { LitCommand } from "#lib/lit/commands.ts";
import { LitConfigError } from "#lib/lit/config.ts";
import { discoverTests } from "#lib/lit/discover.ts";
import {
  jsonReport,
  junitReport,
  type LitResults,
  resultLine,
  resultLog,
  summary,
} from "#lib/lit/report.ts";
import { isFailure, type LitCode, type LitResult } from "#lib/lit/result.ts";
import type { LitTest } from "#lib/lit/run-test.ts";
import {
  failedLastTime,
  type LitOrder,
  type LitSuiteOptions,
  orderTests,
  recordTimes,
  runTests,
} from "#lib/lit/suite.ts";
import { EXIT, type ToolIo } from "#lib/support/io.ts";
import { plural } from "#lib/support/text.ts";
import { litTools } from "./lit-tools.ts";
import { createCommand, parseCommand, reportUsage, suiteVersion } from "./options.ts";
import { writeOutput } from "./output.ts";

const TOOL = "lit-js";
const ORDERS = ["lexical", "random", "smart"] as const;

interface Options {
  readonly workers?: string;
  readonly param: readonly string[];
  readonly quiet?: boolean;
  readonly succinct?: boolean;
  readonly verbose?: boolean;
  readonly showAll?: boolean;
  readonly showUnsupported?: boolean;
  readonly showPass?: boolean;
  readonly showXfail?: boolean;
  readonly output?: string;
  readonly xunitXmlOutput?: string;
  readonly timeout?: string;
  readonly maxRetriesPerTest?: string;
  readonly maxFailures?: string;
  readonly allowEmptyRuns?: boolean;
  readonly ignoreFail?: boolean;
  readonly update?: boolean;
  readonly inProcess: boolean;
  readonly filter?: string;
  readonly filterOut?: string;
  readonly filterFailed?: boolean;
  readonly xfail?: string;
  readonly xfailNot?: string;
  readonly maxTests?: string;
  readonly numShards?: string;
  readonly runShard?: string;
  readonly order: string;
  readonly shuffle?: boolean;
  readonly seed?: string;
  readonly showTests?: boolean;
  readonly showSuites?: boolean;
  readonly execute: boolean;
}

/** With --no-execute every test does this. */
const PRETENDED: LitResult = {
  code: "PASS",
  output: "",
  milliseconds: 0,
  attempts: 1,
  allowedAttempts: 1,
  executed: [],
};

const collect = (value: string, earlier: readonly string[]): string[] => [...earlier, value];

function litCommand(io: ToolIo): Command {
  const command = createCommand(
    {
      name: TOOL,
      summary: "Runs the RUN lines of test files below the given files and folders.",
      examples: [
        { command: "lit-js test/lit", does: "runs all tests of a suite" },
        {
          command: "lit-js -v --filter=cse test/lit",
          does: "runs some tests with the logs of failures",
        },
        {
          command: "lit-js --update test/lit/driver",
          does: "shows and accepts changes of golden files",
        },
      ],
    },
    io,
  ).argument("<path...>", "test files and folders with tests");
  command
    .optionsGroup("Selection:")
    .option("--filter <regex>", "run tests whose names match (LIT_FILTER)")
    .option("--filter-out <regex>", "leave out tests whose names match (LIT_FILTER_OUT)")
    .option("--filter-failed", "run tests that failed last time")
    .option("--max-tests <n>", "run at most n tests")
    .option("--num-shards <m>", "divide the tests into m parts (LIT_NUM_SHARDS)")
    .option("--run-shard <n>", "run part n (LIT_RUN_SHARD)")
    .option("--order <order>", `${ORDERS.join(", ")}: failed and long tests first`, "smart")
    .option("--shuffle", "the same as --order=random")
    .option("--seed <n>", "seed of the random order")
    .option("--xfail <list>", "tests that are expected to fail, separated by ; (LIT_XFAIL)")
    .option("--xfail-not <list>", "tests that are not (LIT_XFAIL_NOT)");
  command
    .optionsGroup("Execution:")
    .option("-j, --workers <n>", "tests that run at a time")
    .option("-D, --param <name=value>", "parameter for lit.cfg.mjs", collect, [])
    .option("--timeout <seconds>", "limit for each test")
    .option("--max-retries-per-test <n>", "run failing tests again")
    .option("--max-failures <n>", "stop after n failures")
    .option("--no-in-process", "start our tools as programs instead of calling them")
    .option("--no-execute", "pretend that every test passes")
    .option("--allow-empty-runs", "do not fail when no test is selected")
    .option("--ignore-fail", "end with 0 even if tests fail")
    .option("--update", "rewrite golden expectations after showing the difference");
  command
    .optionsGroup("Output:")
    .option("-v, --verbose", "show the logs of failed tests")
    .option("-a, --show-all", "show the logs of all tests")
    .option("-s, --succinct", "show failures only")
    .option("-q, --quiet", "show failures and their counts only")
    .option("--show-unsupported", "list unsupported tests")
    .option("--show-pass", "list passed tests")
    .option("--show-xfail", "list expected failures")
    .option("-o, --output <file>", "write results as JSON")
    .option("--xunit-xml-output <file>", "write results as JUnit XML")
    .option("--show-tests", "list tests and end")
    .option("--show-suites", "list suites and end");
  return command;
}

/** Mistakes in the values of options. */
class UsageError extends Error {}

function numberOf(name: string, value: string | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  const number = Number(value);
  if (!Number.isFinite(number) || number < 0 || value.trim() === "")
    throw new UsageError(`option '--${name}' needs a number, not '${value}'`);
  return number;
}

function regexOf(name: string, value: string | undefined): RegExp | null {
  if (value === undefined || value === "") return null;
  try {
    return new RegExp(value, "i");
  } catch {
    throw new UsageError(`option '--${name}': '${value}' is no regular expression`);
  }
}

const listOf = (value: string | undefined): Set<string> =>
  new Set((value ?? "").split(";").filter((name) => name !== ""));

/** Numbers between 0 and 1 from a seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function paramsOf(options: Options): Record<string, string> {
  return Object.fromEntries(
    options.param.map((param) => {
      const equals = param.indexOf("=");
      return equals < 0 ? [param, ""] : [param.slice(0, equals), param.slice(equals + 1)];
    }),
  );
}

/** Leaves the tests that filters, shards and limits select, in the order of running. */
function select(all: readonly LitTest[], options: Options, io: ToolIo): LitTest[] {
  const filter = regexOf("filter", options.filter ?? io.env["LIT_FILTER"]);
  const filterOut = regexOf("filter-out", options.filterOut ?? io.env["LIT_FILTER_OUT"]);
  let tests = all.filter(
    ({ name }) => (filter === null || filter.test(name)) && !(filterOut?.test(name) ?? false),
  );
  if (options.filterFailed === true) tests = tests.filter(failedLastTime);
  const shards = numberOf("num-shards", options.numShards ?? io.env["LIT_NUM_SHARDS"], 1);
  const shard = numberOf("run-shard", options.runShard ?? io.env["LIT_RUN_SHARD"], 1);
  if (shards < 1 || shard < 1 || shard > shards)
    throw new UsageError(`option '--run-shard' must be between 1 and --num-shards (${shards})`);
  tests = tests.filter((_, index) => index % shards === shard - 1);
  const order =
    options.shuffle === true ? "random" : ORDERS.find((known) => known === options.order);
  if (order === undefined)
    throw new UsageError(`option '--order' must be one of ${ORDERS.join(", ")}`);
  const random = randomFrom(numberOf("seed", options.seed, io.now()));
  const ordered = orderTests(tests, order satisfies LitOrder, random);
  return ordered.slice(0, numberOf("max-tests", options.maxTests, ordered.length));
}

function suiteOptions(
  options: Options,
  io: ToolIo,
  tools: ReadonlyMap<string, LitCommand>,
  onResult: LitSuiteOptions["onResult"],
): LitSuiteOptions {
  return {
    tools,
    env: io.env,
    signal: io.signal,
    timeout: numberOf("timeout", options.timeout, 0),
    maxRetries: numberOf("max-retries-per-test", options.maxRetriesPerTest, 0),
    maxFailures: numberOf("max-failures", options.maxFailures, 0),
    xfail: listOf(options.xfail ?? io.env["LIT_XFAIL"]),
    xfailNot: listOf(options.xfailNot ?? io.env["LIT_XFAIL_NOT"]),
    workers: Math.max(1, numberOf("workers", options.workers, availableParallelism())),
    onResult,
  };
}

/** Prints each result as it comes. */
function progress(io: ToolIo, options: Options, total: number): LitSuiteOptions["onResult"] {
  return (test, result, done) => {
    const failed = isFailure(result.code);
    const hidden = options.quiet === true || options.succinct === true;
    if (!failed && hidden) return;
    io.stdout.write(resultLine(test, result, done, total));
    const wanted = options.showAll === true || (failed && options.verbose === true);
    if (wanted && result.output !== "") io.stdout.write(resultLog(test, result));
  };
}

/** Shows and makes golden updates; updated tests run again. */
async function update(
  results: Map<LitTest, LitResult>,
  options: LitSuiteOptions,
  io: ToolIo,
): Promise<void> {
  const { applyUpdate, goldenUpdate, updatePatch } = await import("#lib/lit/update.ts");
  for (const [test, result] of [...results]) {
    const change = goldenUpdate(test, result);
    if (change === null) continue;
    io.stdout.write(updatePatch(change, io.cwd));
    applyUpdate(change);
    const rerun = await runTests([test], { ...options, onResult: () => {} });
    const again = rerun.get(test) ?? result;
    results.set(test, again);
    io.stdout.write(`updated ${relative(io.cwd, change.path)}: ${again.code}: ${test.name}\n`);
  }
}

async function writeReports(
  io: ToolIo,
  options: Options,
  results: LitResults,
  seconds: number,
): Promise<string | null> {
  if (options.output !== undefined) {
    const report = jsonReport(results, suiteVersion(), seconds);
    const problem = await writeOutput(io, options.output, report);
    if (problem !== null) return problem;
  }
  if (options.xunitXmlOutput === undefined) return null;
  return writeOutput(io, options.xunitXmlOutput, junitReport(results));
}

function shownCodes(options: Options): ReadonlySet<LitCode> {
  const shown = new Set<LitCode>();
  if (options.showUnsupported === true) shown.add("UNSUPPORTED");
  if (options.showXfail === true) shown.add("XFAIL");
  if (options.showPass === true) shown.add("PASS");
  return shown;
}

async function run(io: ToolIo, paths: readonly string[], options: Options): Promise<number> {
  const host = { env: io.env, platform: process.platform, params: paramsOf(options) };
  const all = await discoverTests(
    paths.map((path) => resolve(io.cwd, path)),
    host,
  );
  const tests = select(all, options, io);
  if (options.showSuites === true) {
    const suites = new Set(all.map(({ config }) => `${config.name} - ${config.sourceRoot}`));
    io.stdout.write(`-- Test Suites --\n${[...suites].map((suite) => `  ${suite}\n`).join("")}`);
    return EXIT.ok;
  }
  if (options.showTests === true) {
    const names = tests.map(({ name }) => `  ${name}\n`).sort();
    io.stdout.write(`-- Available Tests --\n${names.join("")}`);
    return EXIT.ok;
  }
  if (tests.length === 0 && options.allowEmptyRuns !== true) {
    const why =
      all.length === 0
        ? "did not discover any tests for provided path(s)"
        : "filter did not match any tests";
    return reportUsage(io, TOOL, `${why} (of ${plural(all.length, "discovered test")})`);
  }
  const start = io.now();
  const onResult = progress(io, options, tests.length);
  const runOptions = suiteOptions(options, io, litTools(litMain, options.inProcess), onResult);
  const of = tests.length === all.length ? "" : ` of ${all.length}`;
  const workers = Math.min(tests.length, runOptions.workers);
  io.stdout.write(`-- Testing: ${tests.length}${of} tests, ${workers} workers --\n`);
  const results = options.execute
    ? await runTests(tests, runOptions)
    : new Map(tests.map((test) => [test, PRETENDED]));
  if (options.execute) recordTimes(results);
  if (!io.signal.aborted && [...results.values()].some(({ code }) => code === "SKIPPED"))
    io.stderr.write("warning: reached maximum number of test failures, skipping remaining tests\n");
  if (options.update === true) await update(results, runOptions, io);
  const seconds = (io.now() - start) / 1_000;
  const quiet = options.quiet === true;
  const excluded = all.length - tests.length;
  io.stdout.write(summary(results, { quiet, shown: shownCodes(options), seconds, excluded }));
  const problem = await writeReports(io, options, results, seconds);
  if (problem !== null) {
    io.stderr.write(`${TOOL}: error: ${problem}\n`);
    return EXIT.failure;
  }
  const failed = [...results.values()].some(({ code }) => isFailure(code));
  if (!failed || options.ignoreFail !== true) return failed ? EXIT.failure : EXIT.ok;
  io.stdout.write("\nExiting with status 0 instead of 1 because '--ignore-fail' was specified.\n");
  return EXIT.ok;
}

/** Runs lit: 0 when no test failed, 1 when one did, 2 for wrong usage, no tests or a wrong configuration. */
export async function litMain(io: ToolIo): Promise<number> {
  const extra = (io.env["LIT_OPTS"] ?? "").split(/\s+/).filter((option) => option !== "");
  const command = litCommand(io);
  const early = parseCommand(command, { ...io, argv: [...io.argv, ...extra] });
  if (early !== null) return early;
  try {
    return await run(io, command.args, command.opts<Options>());
  } catch (error) {
    if (error instanceof UsageError || error instanceof LitConfigError)
      return reportUsage(io, TOOL, error.message);
    throw error;
  }
}
