/** @file `pcp-train launch`: places workers by Slurm, Kubernetes, Ray, on this host, or by hand. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { EXIT, type ToolIo } from "#lib/support/io.ts";
import { isProblem } from "#lib/support/problem.ts";
import { WORKER_ENVIRONMENT } from "#lib/train/cluster/exit-codes.ts";
import { printedCommands } from "#lib/train/launch/commands.ts";
import { slurmScript } from "#lib/train/launch/slurm.ts";
import { fail, TOOL } from "./train-common.ts";
import { defineKubernetes, defineRay } from "./train-launch-cluster.ts";
import {
  type LaunchOptions,
  shared,
  supervised,
  targetOf,
  wholeNumber,
  wrong,
} from "./train-launch-common.ts";
import { type ManagerOptions, runManager } from "./train-manager.ts";

interface SlurmOptions extends LaunchOptions {
  readonly folder: string;
  readonly submit?: boolean;
  readonly partition?: string;
  readonly time?: string;
  readonly gres?: string;
  readonly cpus?: string;
  readonly mem?: string;
  readonly account?: string;
  readonly constraint?: string;
  readonly sbatch?: readonly string[];
  readonly notice: string;
  readonly requeues: string;
}

/** Writes the token where jobs read it: the folder is on a file system of all nodes. */
function writeToken(folder: string, token: string): string {
  const path = join(folder, "join-token");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(path, `${token}\n`, { mode: 0o600 });
  return path;
}

async function launchSlurm(io: ToolIo, options: SlurmOptions): Promise<number> {
  const target = await targetOf(io, options);
  if (isProblem(target)) return wrong(io, target);
  const notice = wholeNumber(options.notice, 1, 65_535);
  const maxRequeues = wholeNumber(options.requeues, 0, 1_000_000);
  if (notice === null) return wrong(io, { problem: "--notice takes 1 to 65535 seconds" });
  if (maxRequeues === null) return wrong(io, { problem: "--requeues takes a whole number from 0" });
  const folder = resolve(io.cwd, options.folder);
  const script = slurmScript({
    name: options.name,
    workers: target.workers,
    command: supervised(target.program, options),
    tokenFile: target.joinToken === null ? null : join(folder, "join-token"),
    folder,
    notice,
    maxRequeues,
    options: {
      partition: options.partition,
      time: options.time,
      gres: options.gres,
      "cpus-per-task": options.cpus,
      mem: options.mem,
      account: options.account,
      constraint: options.constraint,
    },
    further: options.sbatch ?? [],
  });
  if (typeof script !== "string") return wrong(io, script);
  if (target.joinToken !== null) {
    const path = writeToken(folder, target.joinToken);
    io.stderr.write(`${TOOL}: the jobs read the join token in '${path}'\n`);
  } else mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (options.submit !== true) {
    io.stdout.write(script);
    return EXIT.ok;
  }
  const { execa } = await import("execa");
  const result = await execa("sbatch", ["--parsable"], {
    input: script,
    cwd: folder,
    env: withoutToken(io.env),
    extendEnv: false,
    reject: false,
    cancelSignal: io.signal,
  });
  if (result.exitCode !== 0)
    return fail(
      io,
      "sbatch did not take the job",
      [
        ...String(result.stderr ?? "")
          .split("\n")
          .slice(-5),
        result.exitCode === undefined ? (result.shortMessage ?? "") : "",
      ].filter((line) => line !== ""),
    );
  io.stdout.write(`${String(result.stdout).split(";")[0]}\n`);
  return EXIT.ok;
}

/** Slurm keeps the environment of a submission; the token is in a file instead. */
const withoutToken = (env: ToolIo["env"]): Record<string, string | undefined> => {
  const { [WORKER_ENVIRONMENT.joinToken]: _, ...rest } = env;
  return rest;
};

function defineSlurm(launch: Command, io: ToolIo, end: (code: number) => void): void {
  shared(
    launch
      .command("slurm")
      .description("a Slurm job per worker, queued again when it is lost; prints the sbatch script")
      .optionsGroup("Slurm:")
      .option("--submit", "hand the script to sbatch and print the job's number")
      .option("--folder <folder>", "for token and logs, on a file system of all nodes", "pcp-slurm")
      .option("--partition <name>", "sbatch --partition")
      .option("--time <time>", "sbatch --time")
      .option("--gres <list>", "sbatch --gres, such as gpu:1")
      .option("--cpus <n>", "sbatch --cpus-per-task")
      .option("--mem <size>", "sbatch --mem")
      .option("--account <name>", "sbatch --account")
      .option("--constraint <list>", "sbatch --constraint")
      .option("--sbatch <option...>", "any other option of sbatch, such as --sbatch=--exclusive")
      .option("--notice <seconds>", "between SIGTERM and the end of a job's time", "120")
      .option("--requeues <n>", "most times that a lost worker is queued again", "20"),
  ).action(async (options: SlurmOptions) => end(await launchSlurm(io, options)));
}

function defineLocal(launch: Command, io: ToolIo, end: (code: number) => void): void {
  shared(
    launch.command("local").description("workers on this host, as --node-manager runs them"),
  ).action(async (options: LaunchOptions) => {
    const target = await targetOf(io, options);
    if (isProblem(target)) return end(wrong(io, target));
    const { name, workers, ...flags } = options;
    const manager: ManagerOptions = {
      ...flags,
      scale: workers,
      ...(target.joinToken === null ? {} : { join: target.joinToken }),
    };
    return end(await runManager(io, name === "pcp" ? manager : { ...manager, name }));
  });
}

function definePrint(launch: Command, io: ToolIo, end: (code: number) => void): void {
  shared(
    launch.command("print").description("the commands to type on machines without a scheduler"),
  ).action(async (options: LaunchOptions) => {
    const target = await targetOf(io, options);
    if (isProblem(target)) return end(wrong(io, target));
    io.stdout.write(printedCommands({ ...target, flags: options }));
    return end(EXIT.ok);
  });
}

/** Adds `pcp-train launch`. */
export function addLaunch(command: Command, io: ToolIo, end: (code: number) => void): void {
  const launch = command
    .command("launch")
    .description("place workers on machines: slurm, kubernetes, ray, local or print");
  defineSlurm(launch, io, end);
  defineKubernetes(launch, io, end);
  defineRay(launch, io, end);
  defineLocal(launch, io, end);
  definePrint(launch, io, end);
}
