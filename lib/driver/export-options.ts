/** @file The command line of pcp-export. */
import { resolve } from "node:path";
import type { Command } from "commander";
import { type ExampleInput, INPUT_DTYPES, parseInputSpecs } from "#lib/export/input-spec.ts";
import type { ToolIo } from "#lib/support/io.ts";
import { isProblem, type Problem } from "#lib/support/problem.ts";
import { escapeName } from "#lib/support/text.ts";
import { createCommand } from "./options.ts";
import { readInput } from "./output.ts";

/** Flags of the reference exporter that set a size: flag name, key of the config. */
const SIZE_FLAGS = [
  ["batch-size", "batch_size", "rows of a batch"],
  ["block-size", "block_size", "tokens of a row"],
  ["vocab-size", "vocab_size", "number of different tokens"],
  ["n-layer", "n_layer", "layers"],
  ["n-head", "n_head", "query heads"],
  ["n-kv-head", "n_kv_head", "key and value heads"],
  ["n-embd", "n_embd", "width"],
] as const;

/** What the user asked for. */
export interface ExportOptions {
  /** Path as typed, and absolute. */
  readonly file: string;
  readonly filePath: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly sizesOnly: boolean;
  readonly inputs: readonly ExampleInput[];
  readonly methods: readonly string[];
  readonly seed: number;
  readonly dtype: string | null;
  readonly loss: string | null;
  readonly eval: boolean;
  readonly output: string;
  readonly weights: string | null;
  /** Null: none, or the default place beside the output. */
  readonly manifest: string | null;
  readonly configPath: string | null;
  readonly check: boolean;
  readonly checkVjp: boolean;
  readonly allowMissing: boolean;
  /** `-` for standard error. */
  readonly dumpFx: string | null;
  readonly prepare: boolean;
  readonly timeout: number;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** A mistake on the command line, and the exit code it asks for. */
export interface OptionProblem {
  readonly problem: string;
  readonly usage: boolean;
}

const collect = (value: string, list: string[] | undefined): string[] => [...(list ?? []), value];

/** The command with all of its options. */
export function exportCommand(io: ToolIo): Command {
  const command = createCommand(
    {
      name: "pcp-export",
      summary:
        "Exports a PyTorch module to StableHLO that describes itself. FILE.py:NAME is a module class or a function that makes a module; it is called with the config where it takes an argument. The file is run as Python.",
      examples: [
        {
          command: "pcp-export model.py:GPT --config small.json -o small.mlir",
          does: "writes small.mlir and its manifest small.json or small.manifest.json",
        },
        {
          command: "pcp-export model.py:GPT | pcp-autodiff --optimizer=adamw",
          does: "hands the module on in a pipe",
        },
        {
          command:
            "pcp-export net.py:Net --input x=f32[32x10] --input y=i64[32]:randint(0,3) --check -o net.mlir",
          does: "with example data by hand, and a comparison of the losses",
        },
      ],
    },
    io,
  )
    .argument("<file.py:name>", "Python file and the class or factory in it")
    .optionsGroup("Model:")
    .option("--config <file.json>", "dict that the factory is called with")
    .option(
      "--input <spec>",
      "example input: name=dtype[8x128]:randint(0,256), :randn, :zeros, :ones; method.name= for one method",
      collect,
    )
    .option(
      "--method <name=function>",
      "export a method as a further function (default: logits=logits where there is such a method)",
      collect,
    )
    .option("--loss <output>", "name or index of the output that is the loss")
    .option("--dtype <type>", "convert the module: f32, bf16, f16 or f64")
    .option("--eval", "export in evaluation mode (dropout off, batch norm by its statistics)")
    .option("--seed <number>", "seed of the weights and of the example data", "0");
  for (const [flag, key, what] of SIZE_FLAGS)
    command.option(`--${flag} <number>`, `config key ${key}: ${what}`);
  return outputOptions(command);
}

const outputOptions = (command: Command): Command =>
  command
    .optionsGroup("Output:")
    .option("-o, --output <file>", "where the module goes", "-")
    .option("--out <file>", "the same as -o")
    .option("--weights <file>", "write the weights as safetensors")
    .option(
      "--manifest <file>",
      "where the manifest goes (default: beside a module that goes to a file)",
    )
    .option("--no-prepare", "leave the module as torch-mlir made it")
    .optionsGroup("Checks:")
    .option(
      "--check",
      "compare the loss of the model with the interpreter's and IREE's on two batches",
    )
    .option("--check-vjp", "fail where an operation on the way to the loss has no gradient rule")
    .option("--allow-missing", "say so only, with --check-vjp")
    .optionsGroup("Diagnosis:")
    .option(
      "--dump-fx [file]",
      "write the decomposed graph (default: beside the output, or standard error)",
    )
    .option("--timeout <seconds>", "give up after this time", "1800")
    .option("--quiet", "print warnings and errors only")
    .option("--verbose", "print what Python writes");

interface RawOptions {
  readonly [name: string]: unknown;
}

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);
const usage = (problem: string): OptionProblem => ({ problem, usage: true });

function wholeNumber(raw: RawOptions, name: string, least: number): number | OptionProblem {
  const value = text(raw[name]) ?? "";
  const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  if (!/^\d{1,9}$/.test(value) || Number(value) < least)
    return usage(
      `--${flag} expects a whole number${least > 0 ? ` of at least ${least}` : ""}, but got '${value}'`,
    );
  return Number(value);
}

const camel = (flag: string): string =>
  flag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The config file with the sizes of flags on top. */
async function readConfig(
  raw: RawOptions,
  io: ToolIo,
): Promise<{ config: Record<string, unknown>; sizesOnly: boolean } | OptionProblem> {
  const path = text(raw["config"]);
  const config: Record<string, unknown> = {};
  if (path !== null) {
    const input = await readInput(io, path);
    if (input.error !== undefined) return { problem: input.error, usage: false };
    const parsed = parseConfigText(new TextDecoder().decode(input.bytes), path);
    if (isProblem(parsed)) return { ...parsed, usage: false };
    Object.assign(config, parsed.config);
  }
  for (const [flag, key] of SIZE_FLAGS) {
    if (raw[camel(flag)] === undefined) continue;
    const value = wholeNumber(raw, camel(flag), 1);
    if (typeof value !== "number") return value;
    config[key] = value;
  }
  return { config, sizesOnly: path === null };
}

function parseConfigText(source: string, path: string): { config: object } | Problem {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    const why = error instanceof Error ? error.message.split("\n", 1)[0] : "";
    return { problem: `config '${path}' is not JSON: ${why}` };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { problem: `config '${path}' must be a JSON object` };
  return { config: value };
}

function modelOf(target: string): { file: string; name: string } | OptionProblem {
  const colon = target.lastIndexOf(":");
  const [file, name] = [target.slice(0, colon), target.slice(colon + 1)];
  if (colon <= 0 || !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name))
    return usage(`expected FILE.py:NAME, such as model.py:GPT, but got '${escapeName(target)}'`);
  return { file, name };
}

function methodsOf(raw: RawOptions): string[] | OptionProblem {
  const methods = (raw["method"] ?? []) as string[];
  const wrong = methods.find((each) => !/^[A-Za-z_]\w*=[A-Za-z_][\w$.]*$/.test(each));
  return wrong === undefined
    ? methods
    : usage(`--method expects NAME=FUNCTION, such as logits=logits, but got '${wrong}'`);
}

/** The options in their final form. */
export async function readOptions(
  command: Command,
  io: ToolIo,
): Promise<ExportOptions | OptionProblem> {
  const raw: RawOptions = command.opts();
  const model = modelOf(command.args[0] ?? "");
  if (isProblem(model)) return model;
  const inputs = parseInputSpecs((raw["input"] ?? []) as string[]);
  if (isProblem(inputs)) return { ...inputs, usage: true };
  const methods = methodsOf(raw);
  if (isProblem(methods)) return methods;
  const dtype = text(raw["dtype"]);
  const floats = INPUT_DTYPES.filter((name) => /^b?f/.test(name));
  if (dtype !== null && !(floats as string[]).includes(dtype))
    return usage(`--dtype expects one of ${floats.join(", ")}, but got '${dtype}'`);
  const seed = wholeNumber(raw, "seed", 0);
  if (typeof seed !== "number") return seed;
  const timeout = wholeNumber(raw, "timeout", 1);
  if (typeof timeout !== "number") return timeout;
  const config = await readConfig(raw, io);
  if (isProblem(config)) return config;
  const output = text(raw["out"]) ?? text(raw["output"]) ?? "-";
  const dump = raw["dumpFx"];
  return {
    ...model,
    ...config,
    filePath: resolve(io.cwd, model.file),
    inputs,
    methods,
    seed,
    dtype,
    loss: text(raw["loss"]),
    eval: raw["eval"] === true,
    output,
    weights: text(raw["weights"]),
    manifest: text(raw["manifest"]),
    configPath: text(raw["config"]),
    check: raw["check"] === true,
    checkVjp: raw["checkVjp"] === true,
    allowMissing: raw["allowMissing"] === true,
    dumpFx: dump === true ? fxPath(output) : text(dump),
    prepare: raw["prepare"] !== false,
    timeout: timeout * 1000,
    quiet: raw["quiet"] === true,
    verbose: raw["verbose"] === true,
  };
}

/** Path of a file beside the output with another ending. */
export const besides = (output: string, ending: string): string =>
  `${output.replace(/\.mlir$/, "")}${ending}`;

const fxPath = (output: string): string => (output === "-" ? "-" : besides(output, ".fx.txt"));
