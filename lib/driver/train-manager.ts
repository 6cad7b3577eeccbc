/** @file `pcp-train --node-manager` and `pcp-train --supervise`: processes of this host that are kept running. */
import type { Command } from "commander";
import type { ToolIo } from "#lib/support/io.ts";
import { WORKER_ENVIRONMENT } from "#lib/train/cluster/exit-codes.ts";
import { RESTART_POLICY } from "#lib/train/launch/supervise.ts";
import { systemClock } from "#lib/train/launch/system-clock.ts";
import type { WorkerFlags } from "#lib/train/launch/worker-command.ts";
import { reportUsage } from "./options.ts";
import { TOOL } from "./train-common.ts";
import { joinTokenText } from "./train-join.ts";

/** Options of a node manager, whichever command they were given to. */
export interface ManagerOptions extends WorkerFlags {
  readonly scale?: string;
  readonly grace?: string;
  readonly join?: string;
  /** What the workers' names begin with; each makes one of host and device where it is not given. */
  readonly name?: string;
}

/** Most workers of one host. */
const MOST_WORKERS = 256;

/** Adds the options that only a node manager has; the caller adds those that it shares with workers. */
export function addManagerOptions(command: Command): void {
  command
    .optionsGroup("Node manager:")
    .option("--node-manager", "run the workers of this host, one per device, and restart them")
    .option("--scale <n>", "how many workers", "1")
    .option("--grace <seconds>", "for workers to hand in what they have when asked to end", "120")
    .option("--supervise", "keep one process running: pcp-train --supervise -- ARGUMENTS");
}

/** Arguments after `--supervise --`, or null where the command line is another. */
export function supervisedArguments(argv: readonly string[]): readonly string[] | null {
  const end = argv.indexOf("--");
  const at = argv.indexOf("--supervise");
  if (at === -1 || (end !== -1 && end < at)) return null;
  return argv.slice(end === -1 ? at + 1 : end + 1);
}

/** This executable, as children are started with it. */
export const ownProgram = (): { file: string; first: string[] } => ({
  file: process.execPath,
  first: [...process.execArgv, ...process.argv.slice(1, 2)],
});

const wholeNumber = (text: string | undefined, most: number): number | null => {
  const value = Number(text);
  return Number.isSafeInteger(value) && value >= 1 && value <= most ? value : null;
};

/** Runs `--scale` workers until the run ends. */
export async function runManager(io: ToolIo, options: ManagerOptions): Promise<number> {
  const scale = wholeNumber(options.scale ?? "1", MOST_WORKERS);
  if (scale === null)
    return reportUsage(io, TOOL, `--scale takes a whole number from 1 to ${MOST_WORKERS}`);
  const graceSeconds = wholeNumber(options.grace ?? "120", 86_400);
  if (graceSeconds === null)
    return reportUsage(io, TOOL, "--grace takes a whole number of seconds from 1");
  const { manageProcesses, workerProcesses } = await import("#lib/train/launch/node-manager.ts");
  const token = await joinTokenText(io, options.join);
  if (token !== null && typeof token !== "string") return reportUsage(io, TOOL, token.problem);
  // As for a worker: the token is not to be read from the list of processes.
  if (options.join !== undefined) process.title = `${TOOL} --node-manager`;
  return manageProcesses({
    processes: workerProcesses({
      ...ownProgram(),
      scale,
      flags: options,
      env: io.env,
      joinToken: token,
      name: options.name ?? io.env[WORKER_ENVIRONMENT.name] ?? null,
    }),
    ...surroundings(io),
    policy: { ...RESTART_POLICY, graceMs: graceSeconds * 1000 },
  });
}

/** A shepherd that comes back goes on with its run, whatever it began with. */
export function supervisedStart(args: readonly string[], restarts: number): readonly string[] {
  if (restarts === 0 || !args.includes("--shepherd")) return args;
  return [...args.filter((word) => word !== "--overwrite" && word !== "--resume"), "--resume"];
}

/** Keeps one pcp-train running, with the given arguments. */
export async function runSupervise(io: ToolIo, args: readonly string[]): Promise<number> {
  if (args.length === 0)
    return reportUsage(
      io,
      TOOL,
      "--supervise takes the arguments of what is to be kept running, such as: pcp-train --supervise -- --worker --connect host:8080",
    );
  const { manageProcesses } = await import("#lib/train/launch/node-manager.ts");
  const { file, first } = ownProgram();
  return manageProcesses({
    processes: [
      {
        label: null,
        file,
        args: (restarts) => [...first, ...supervisedStart(args, restarts)],
        env: io.env,
      },
    ],
    ...surroundings(io),
    policy: RESTART_POLICY,
  });
}

/** As the tool's signal; also aborted when the parent ends, where a supervisor or launcher asked for that. */
function withParent(io: ToolIo): AbortSignal {
  if (io.env[WORKER_ENVIRONMENT.exitWithParent] !== "1") return io.signal;
  const controller = new AbortController();
  void io.stdin.readAll().then(() => controller.abort());
  return AbortSignal.any([io.signal, controller.signal]);
}

const surroundings = (io: ToolIo) => ({
  cwd: io.cwd,
  clock: systemClock(io.now),
  random: Math.random,
  signal: withParent(io),
  write: (text: string, stream: "stdout" | "stderr") => io[stream].write(text),
  note: (text: string) => io.stderr.write(`${TOOL}: ${text}\n`),
});
