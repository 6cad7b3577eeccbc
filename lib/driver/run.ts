/** @file pcp-run: runs, compiles, measures and checks modules. */
import type { Command } from "commander";
import type { ToolIo, ToolMain } from "#lib/support/io.ts";
import { createCommand, parseCommandAsync } from "./options.ts";
import type { BenchCommandOptions } from "./run-bench.ts";
import type { CallCommandOptions } from "./run-call.ts";
import { addCompileOptions, addEngineOptions, collect, reporting } from "./run-common.ts";
import type { CompileCommandOptions } from "./run-compile.ts";

const EXAMPLES = [
  {
    command: "pcp-run add.mlir --input=2x2xf32='1 2 3 4' --input=2x2xf32=1",
    does: "compile, run @main and print its results",
  },
  {
    command: "pcp-run step.vmfb --function=logits --weights=model.safetensors --input=@tokens.npy",
    does: "fill the parameters by name, the rest in order",
  },
  { command: "pcp-run f.mlir --engine=interp", does: "run without anything installed" },
  {
    command: "pcp-run compile step.mlir -o step.vmfb --backend=cuda --target=sm_90",
    does: "compile",
  },
  { command: "pcp-run doctor", does: "say what is missing and what to type" },
];

const INPUT_HELP =
  "input, in order: 2x2xf32='1 2 3 4', 3.14, @x.npy, @x.npz, @w.safetensors, 2xf32=@x.bin; may be repeated";

function addInputOptions(command: Command): Command {
  return command
    .optionsGroup("Inputs and results:")
    .option("--function <name>", "function to call; default: main, or the only one")
    .option("--input <value>", INPUT_HELP, collect)
    .option(
      "--weights <file>",
      "file (.safetensors, .npz, .irpa) whose tensors fill arguments by name; may be repeated",
      collect,
    );
}

function addCallCommand(command: Command, io: ToolIo, done: (code: number) => void): void {
  command.argument(
    "[file]",
    "compiled module (.vmfb) or MLIR; - for MLIR from standard input",
    "-",
  );
  addInputOptions(command)
    .option(
      "--output <where>",
      "a result, in order: - print, @x.npy write, +x.npy append, @x.bin, @all.safetensors, empty: ignore",
      collect,
    )
    .option("--expected_output <value>", "compare a result, in order; (ignored) for any", collect)
    .option("--output_max_element_count <n>", "elements printed of each tensor (default: 1024)")
    .option("--json", "print results as JSON");
  addCompileOptions(addEngineOptions(command));
  command.action(async (file: string, options: CallCommandOptions) => {
    const { runCall } = await import("./run-call.ts");
    done(await reporting(io, () => runCall(io, file, options)));
  });
}

function addSubcommands(command: Command, io: ToolIo, done: (code: number) => void): void {
  const compile = command
    .command("compile")
    .summary("compile MLIR, down a ladder of flags")
    .description(
      "Compiles MLIR with the best set of flags that works; the result is kept in the cache.",
    )
    .argument("[file]", "MLIR; - for standard input", "-")
    .option("-o, --output <file>", "where to write; default: the input's name with .vmfb")
    .option("--device <uri>", "device that decides the backend, and runs the module for --tune")
    .option("--tune <function>", "measure this function on every rung and keep the fastest")
    .option("--json", "print how it was compiled as JSON on stderr");
  addCompileOptions(compile).action(async (file: string, options: CompileCommandOptions) => {
    const { runCompile } = await import("./run-compile.ts");
    done(await reporting(io, () => runCompile(io, file, options)));
  });
  const bench = command
    .command("bench")
    .summary("measure calls of a function")
    .description("Measures calls of a function whose inputs and results stay on the device.")
    .argument("[file]", "compiled module (.vmfb) or MLIR", "-")
    .option("--warmup <n>", "calls before the measured ones", "3")
    .option("--iterations <n>", "measured calls", "20")
    .option("--fill <how>", "fill what is not given: zeros or random")
    .option("--json", "print JSON");
  addCompileOptions(addEngineOptions(addInputOptions(bench))).action(
    async (file: string, options: BenchCommandOptions) => {
      const { runBench } = await import("./run-bench.ts");
      done(await reporting(io, () => runBench(io, file, options)));
    },
  );
  for (const [name, summary] of [
    ["devices", "list the devices that IREE sees"],
    ["doctor", "check what running modules needs"],
  ] as const)
    command
      .command(name)
      .summary(summary)
      .description(`${summary[0]?.toUpperCase()}${summary.slice(1)}.`)
      .option("--json", "print JSON")
      .action(async (options: { json?: boolean }) => {
        const { runDevices, runDoctor } = await import("./run-devices.ts");
        const run = name === "devices" ? runDevices : runDoctor;
        done(await reporting(io, () => run(io, options)));
      });
}

/** The tool. */
export const runMain: ToolMain = async (io) => {
  let code = 0;
  const done = (result: number): void => {
    code = result;
  };
  const command = createCommand(
    {
      name: "pcp-run",
      summary: "Runs functions of compiled modules and of MLIR, and prints their results.",
      examples: EXAMPLES,
    },
    io,
  );
  command.enablePositionalOptions();
  addCallCommand(command, io, done);
  addSubcommands(command, io, done);
  return (await parseCommandAsync(command, io)) ?? code;
};
