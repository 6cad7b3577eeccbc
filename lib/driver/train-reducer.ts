/** @file `pcp-train --reducer`: a process that merges some fragments of a run, started by the run's shepherd. */
import { resolve } from "node:path";
import type { Command } from "commander";
import { EXIT, type ToolIo } from "#lib/support/io.ts";
import { isProblem } from "#lib/support/problem.ts";
import { WORKER_ENVIRONMENT, WORKER_EXIT } from "#lib/train/cluster/exit-codes.ts";
import { reportUsage } from "./options.ts";
import { TOOL } from "./train-common.ts";

/** Adds the option of a reducer. */
export function addReducerOptions(command: Command): void {
  command
    .optionsGroup("Reducer:")
    .option(
      "--reducer <file>",
      "merge the fragments that the file says; shepherds start it so (config key reducers)",
    );
}

/** Resolves when the process is asked to end, or its parent ends. */
const ended = (io: ToolIo): Promise<void> =>
  new Promise((done) => {
    if (io.signal.aborted) done();
    io.signal.addEventListener("abort", () => done(), { once: true });
    if (io.env[WORKER_ENVIRONMENT.exitWithParent] === "1") io.stdin.readAll().then(() => done());
  });

/** Runs a reducer until it is asked to end. */
export async function runReducer(io: ToolIo, file: string): Promise<number> {
  const { readReducerSettings, startReducer } = await import("#lib/train/cluster/reducer-role.ts");
  const settings = readReducerSettings(resolve(io.cwd, file));
  if (isProblem(settings)) return reportUsage(io, TOOL, settings.problem);
  io.ownExitCode?.();
  const reducer = await startReducer({
    settings,
    now: io.now,
    monotonic: () => performance.now(),
    log: (message) => io.stderr.write(`${message}\n`),
  });
  if (isProblem(reducer)) {
    io.stderr.write(`${TOOL}: reducer ${settings.index}: ${reducer.problem}\n`);
    return WORKER_EXIT.temporary;
  }
  io.stdout.write(`${JSON.stringify(reducer.ready)}\n`);
  await ended(io);
  await reducer.close();
  return EXIT.ok;
}
