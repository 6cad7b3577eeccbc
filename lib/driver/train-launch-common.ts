/** @file What the launchers of pcp-train share: options, where the shepherd is, and a worker's command line. */
import type { Command } from "commander";
import type { ToolIo } from "#lib/support/io.ts";
import { isProblem, type Problem } from "#lib/support/problem.ts";
import { WORKER_ENVIRONMENT } from "#lib/train/cluster/exit-codes.ts";
import { type WorkerFlags, workerArguments } from "#lib/train/launch/worker-command.ts";
import { parseJoinToken } from "#lib/train/net/join-token.ts";
import { reportUsage } from "./options.ts";
import { TOOL } from "./train-common.ts";
import { joinTokenText } from "./train-join.ts";

/** What every launcher is told. */
export interface LaunchOptions extends WorkerFlags {
  readonly join?: string;
  readonly workers: string;
  readonly program: string;
  readonly name: string;
}

/** Where the shepherd is, and how many workers go there. */
export interface Target {
  readonly joinToken: string | null;
  readonly workers: number;
  readonly program: readonly string[];
}

const MOST_WORKERS = 10_000;
/** Names that Kubernetes, Slurm and the protocol take alike. */
const NAME = /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/;

/** Adds what all launchers share. */
export const shared = (command: Command): Command =>
  command
    .optionsGroup("Workers:")
    .option("--workers <n>", "how many", "1")
    .option("--name <name>", "what jobs and workers are called", "pcp")
    .option("--program <command>", "pcp-train on the machines of the workers", "pcp-train")
    .optionsGroup("The shepherd:")
    .option(
      "--join <token>",
      `the word that the shepherd prints, @FILE, or - for standard input; else ${WORKER_ENVIRONMENT.joinToken}`,
    )
    .option("--connect <address>", "host:port of a shepherd that asks for no token")
    .option("--insecure", "join without TLS")
    .optionsGroup("Devices:")
    .option("--backend <name>", "cpu, cuda, rocm, metal, vulkan or interp")
    .option("--target <name>", "what to compile for, such as sm_90a or gfx942")
    .option("--amd-target <name>", "as --target, for --backend rocm")
    .option("--peak-flops <n>", "peak of one device in FLOP/s, by which MFU is reckoned");

export const wholeNumber = (text: string, least: number, most: number): number | null => {
  const value = Number(text);
  return text.trim() !== "" && Number.isSafeInteger(value) && value >= least && value <= most
    ? value
    : null;
};

/** Checks what all launchers share. @param needsShepherd - whether workers must be told where the shepherd is. */
export async function targetOf(
  io: ToolIo,
  options: LaunchOptions,
  needsShepherd = true,
): Promise<Target | Problem> {
  const joinToken = await joinTokenText(io, options.join);
  if (joinToken !== null) {
    if (typeof joinToken !== "string") return joinToken;
    const parsed = parseJoinToken(joinToken);
    if (isProblem(parsed)) return parsed;
    if (parsed.expires < io.now())
      return {
        problem: `the join token expired at ${new Date(parsed.expires).toISOString()}: ask the shepherd for a new one`,
      };
  } else if (options.connect === undefined && needsShepherd)
    return { problem: "--join is missing: the shepherd prints the token when it starts" };
  const workers = wholeNumber(options.workers, 1, MOST_WORKERS);
  if (workers === null)
    return { problem: `--workers takes a whole number from 1 to ${MOST_WORKERS}` };
  if (!NAME.test(options.name))
    return {
      problem:
        "--name takes up to 40 small letters, digits and dashes, beginning with a letter and ending without a dash",
    };
  const program = options.program.split(/\s+/).filter((word) => word !== "");
  if (program.length === 0) return { problem: "--program is empty" };
  return { joinToken, workers, program };
}

/** A worker that is restarted where it stands, which is quicker than a new place. */
export const supervised = (program: readonly string[], options: WorkerFlags): string[] => [
  ...program,
  "--supervise",
  "--",
  ...workerArguments(options, null),
];

export const wrong = (io: ToolIo, { problem }: Problem): number => reportUsage(io, TOOL, problem);
