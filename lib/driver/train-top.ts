/** @file pcp-train top: watches a run in a terminal, or as lines where there is none. */
import { randomUUID } from "node:crypto";
import { resolve } from "node:path";
import type { Command } from "commander";
import { EXIT, type ToolIo } from "#lib/support/io.ts";
import { isProblem, type Problem } from "#lib/support/problem.ts";
import { plainLine, waitsLong } from "#lib/train/dashboard/plain.ts";
import type { ShepherdClient } from "#lib/train/net/client.ts";
import type { RunStatus } from "#lib/train/protocol/status.ts";
import { reportUsage } from "./options.ts";
import { fail, TOOL } from "./train-common.ts";
import { joinTokenText } from "./train-join.ts";

interface TopOptions {
  readonly join?: string;
  readonly plain?: boolean;
  readonly interval: string;
}

/** Without an answer for this long, lines end: there is nobody who would read that it comes back. */
const PATIENCE_MS = 60_000;

/** Whether the dashboard can be drawn: on a terminal, where lines are not asked for. */
const isScreen = ({ stdin, stdout, env }: ToolIo, { plain }: TopOptions): boolean =>
  plain !== true &&
  stdin.isTerminal &&
  stdout.isTerminal &&
  !["CI", "NO_COLOR"].some((name) => (env[name] ?? "") !== "") &&
  env["TERM"] !== "dumb";

/** Draws the dashboard; whatever happens, the terminal is given back as it was, before a crash is told. */
async function showScreen(
  io: ToolIo,
  status: () => Promise<RunStatus | Problem>,
  interval: number,
): Promise<void> {
  const { showTop } = await import("#lib/train/dashboard/top.tsx");
  const { stdin, stdout } = process;
  const guard = (giveBack: () => void): (() => void) => {
    process.on("uncaughtExceptionMonitor", giveBack);
    process.on("exit", giveBack);
    return () => {
      process.off("uncaughtExceptionMonitor", giveBack);
      process.off("exit", giveBack);
    };
  };
  await showTop({ status }, { stdin, stdout }, { interval, signal: io.signal, guard });
}

/** Sleeps, but not beyond the signal. */
const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      done();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });

/**
 * Writes a line whenever the run has come on, until it ends.
 * @param isOver whether the shepherd is known to have ended
 */
async function writeLines(
  io: ToolIo,
  status: () => Promise<RunStatus | Problem>,
  interval: number,
  isOver: () => boolean,
): Promise<number> {
  let shown = "";
  let heard = io.now();
  let silent = false;
  while (!io.signal.aborted) {
    const answer = await status();
    if (io.signal.aborted) break;
    if (isProblem(answer)) {
      if (isOver()) {
        io.stderr.write(`${TOOL}: the shepherd has ended\n`);
        return EXIT.ok;
      }
      if (io.now() - heard > PATIENCE_MS) return fail(io, answer.problem);
      if (!silent) io.stderr.write(`${TOOL}: no answer (${answer.problem}), trying again\n`);
      silent = true;
    } else {
      silent = false;
      heard = io.now();
      // Rates and times change always: a line is for what a person would want to know.
      const { round, state, evalLoss } = answer;
      const key = [round, state, evalLoss, waitsLong(answer)].join(" ");
      if (key !== shown) io.stdout.write(`${plainLine(answer)}\n`);
      shown = key;
      if (state === "done") return EXIT.ok;
      if (state === "failed") return EXIT.failure;
    }
    await pause(interval, io.signal);
  }
  return EXIT.ok;
}

const placeOf = (io: ToolIo, folder: string | undefined): string => resolve(io.cwd, folder ?? ".");

async function connect(
  io: ToolIo,
  folder: string | undefined,
  join: string | null,
): Promise<ShepherdClient | Problem> {
  const { connectToRun } = await import("#lib/train/dashboard/run-source.ts");
  const incarnation = randomUUID();
  return connectToRun(join === null ? { folder: placeOf(io, folder) } : { join }, {
    name: `top-${incarnation.slice(0, 8)}`,
    incarnation,
    now: io.now(),
  });
}

async function runTop(
  io: ToolIo,
  folder: string | undefined,
  options: TopOptions,
): Promise<number> {
  const seconds = Number(options.interval);
  if (!(seconds >= 0.1 && seconds <= 3600))
    return reportUsage(
      io,
      TOOL,
      `--interval takes seconds from 0.1 to 3600, but got '${options.interval}'`,
    );
  if (folder !== undefined && options.join !== undefined)
    return reportUsage(io, TOOL, "top takes --join or the folder of a run, not both");
  const join = folder === undefined ? await joinTokenText(io, options.join) : null;
  if (join !== null && typeof join !== "string") return fail(io, join.problem);
  const client = await connect(io, folder, join);
  if (isProblem(client)) return fail(io, client.problem);
  const { statusOf } = await import("#lib/train/dashboard/run-source.ts");
  const status = (): Promise<RunStatus | Problem> => statusOf(client);
  try {
    const first = await status();
    if (isProblem(first)) return fail(io, first.problem);
    if (!isScreen(io, options)) {
      const { hasShepherd } = await import("#lib/train/dashboard/run-source.ts");
      const isOver = (): boolean => join === null && !hasShepherd(placeOf(io, folder));
      return await writeLines(io, status, seconds * 1000, isOver);
    }
    await showScreen(io, status, seconds * 1000);
    io.stderr.write(`${TOOL}: detached; the run is as it was\n`);
    return EXIT.ok;
  } finally {
    await client.close();
  }
}

/** Adds the command `top`. */
export function addTop(command: Command, io: ToolIo, end: (code: number) => void): void {
  command
    .command("top")
    .description("watch a run in the terminal; nothing is done to it")
    .argument("[folder]", "folder of a run whose shepherd is on this machine; default: this one")
    .option("--join <token>", "join token of the run; @FILE reads it from a file, - from stdin")
    .option("--plain", "a line per round instead of a screen, as without a terminal")
    .option("--interval <seconds>", "time between two looks", "1")
    .action(async (folder: string | undefined, options: TopOptions) =>
      end(await runTop(io, folder, options)),
    );
}
