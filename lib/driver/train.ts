/** @file The pcp-train tool: its commands. */
import type { Command } from "commander";
import { EXIT, type ToolIo, type ToolMain } from "#lib/support/io.ts";
import { createCommand, parseCommandAsync } from "./options.ts";
import { OVERRIDES, TOOL, type TrainOptions } from "./train-common.ts";
import { addSample } from "./train-sample.ts";
import { runTraining } from "./train-single.ts";

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
    .option("--print-schema", "print the JSON schema of a config")
    .action(async (options: TrainOptions) => end(await runTraining(io, options)));
}

/** Entry of pcp-train. */
export const trainMain: ToolMain = async (io) => {
  let code: number = EXIT.ok;
  const end = (result: number): void => {
    code = result;
  };
  const command = createCommand(
    {
      name: TOOL,
      summary: "Trains a model described by a StableHLO module on this machine.",
      examples: [
        { command: "pcp-train --config train.json", does: "train" },
        { command: "pcp-train --config train.json --resume", does: "go on after an interruption" },
        {
          command: "pcp-train --config train.json --set optimizer.weight_decay=0.1 --steps 100",
          does: "override keys of the config",
        },
        {
          command: "pcp-train sample --checkpoint checkpoints --prompt 'The '",
          does: "print sampled text",
        },
      ],
    },
    io,
  );
  addTraining(command, io, end);
  addSample(command, io, end);
  return (await parseCommandAsync(command, io)) ?? code;
};
