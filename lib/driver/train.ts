/** @file The pcp-train tool: its commands and roles. */
import type { Command } from "commander";
import { EXIT, type ToolIo, type ToolMain } from "#lib/support/io.ts";
import { printedSchema } from "#lib/train/config.ts";
import { createCommand, parseCommandAsync, reportUsage } from "./options.ts";
import { writeOutput } from "./output.ts";
import { runClusterCommand } from "./train-cluster.ts";
import { fail, OVERRIDES, TOOL, type TrainOptions } from "./train-common.ts";
import { addControl } from "./train-control.ts";
import { addDoctor } from "./train-doctor.ts";
import { addLaunch } from "./train-launch.ts";
import {
  addManagerOptions,
  type ManagerOptions,
  runManager,
  runSupervise,
  supervisedArguments,
} from "./train-manager.ts";
import { addReducerOptions, runReducer } from "./train-reducer.ts";
import { addReplay } from "./train-replay.ts";
import { addSample } from "./train-sample.ts";
import {
  addShepherdOptions,
  runShepherdCommand,
  type ShepherdCommandOptions,
} from "./train-shepherd.ts";
import { runTraining } from "./train-single.ts";
import { addTop } from "./train-top.ts";
import {
  addJoinOptions,
  addWorkerOptions,
  runWorkerCommand,
  type WorkerCommandOptions,
} from "./train-worker.ts";

type AllOptions = TrainOptions &
  ShepherdCommandOptions &
  ManagerOptions &
  WorkerCommandOptions & {
    readonly worker?: boolean;
    readonly nodeManager?: boolean;
    readonly reducer?: string;
  };

async function printSchema(io: ToolIo): Promise<number> {
  const written = await writeOutput(io, "-", `${JSON.stringify(printedSchema(), null, 2)}\n`);
  return written === null ? EXIT.ok : fail(io, written);
}

/** Flags that name a role; at most one of them can be given. */
const ROLES = [
  ["shepherd", "--shepherd"],
  ["worker", "--worker"],
  ["nodeManager", "--node-manager"],
  ["reducer", "--reducer"],
] as const;

/** The role of this process, by its flags. */
async function runRole(io: ToolIo, options: AllOptions): Promise<number> {
  if (options.printSchema === true) return printSchema(io);
  const named = ROLES.filter(([option]) => (options[option] ?? false) !== false);
  if (named.length > 1)
    return reportUsage(
      io,
      TOOL,
      `${named.map(([, flag]) => flag).join(" and ")} are different roles`,
    );
  switch (named[0]?.[0]) {
    case "shepherd":
      return runShepherdCommand(io, options);
    case "worker":
      return runWorkerCommand(io, options);
    case "nodeManager":
      return runManager(io, options);
    case "reducer":
      return runReducer(io, options.reducer ?? "");
    default:
  }
  // As in the reference system, an address to connect to makes a worker.
  if (options.config === undefined && (options.connect ?? options.join) !== undefined)
    return runWorkerCommand(io, options);
  return options["workers"] === undefined
    ? runTraining(io, options)
    : runClusterCommand(io, options);
}

function addTraining(command: Command, io: ToolIo, end: (code: number) => void): void {
  command
    .optionsGroup("Run:")
    .option("--config <file>", "training config in JSON; flags override its keys")
    .option("--resume", "go on from the last checkpoint that is whole")
    .option("--overwrite", "begin anew in a folder that holds a run")
    .option("--dry-run", "check everything and compile, but do not train")
    .option("--json", "print the outcome as JSON on standard output");
  command.optionsGroup("Config keys:");
  for (const [flag, key] of OVERRIDES) command.option(flag, `config key ${key}`);
  command
    .option("--set <key=value...>", "any config key, such as optimizer.weight_decay=0.1")
    .option("--print-schema", "print the JSON schema of a config");
  addShepherdOptions(command);
  addJoinOptions(command);
  addWorkerOptions(command);
  addManagerOptions(command);
  addReducerOptions(command);
  command.action(async (options: AllOptions) => end(await runRole(io, options)));
}

const EXAMPLES = [
  { command: "pcp-train --config train.json", does: "train on this machine" },
  { command: "pcp-train --config train.json --resume", does: "go on after an interruption" },
  {
    command: "pcp-train --config train.json --set optimizer.weight_decay=0.1 --steps 100",
    does: "override keys of the config",
  },
  {
    command: "pcp-train --config train.json --workers 2",
    does: "train with two workers on this machine",
  },
  {
    command: "pcp-train --shepherd --config train.json --listen 0.0.0.0:8080",
    does: "coordinate workers of several machines; prints what to type on them",
  },
  {
    command: "pcp-train sample --checkpoint checkpoints --prompt 'The '",
    does: "print sampled text",
  },
] as const;

/** Entry of pcp-train. */
export const trainMain: ToolMain = async (io) => {
  const supervised = supervisedArguments(io.argv);
  if (supervised !== null) return runSupervise(io, supervised);
  let code: number = EXIT.ok;
  const end = (result: number): void => {
    code = result;
  };
  const command = createCommand(
    {
      name: TOOL,
      summary: "Trains a model described by a StableHLO module, on this machine or on many.",
      examples: EXAMPLES,
    },
    io,
  );
  addTraining(command, io, end);
  addSample(command, io, end);
  addControl(command, io, end);
  addReplay(command, io, end);
  addTop(command, io, end);
  addLaunch(command, io, end);
  addDoctor(command, io, end);
  return (await parseCommandAsync(command, io)) ?? code;
};
