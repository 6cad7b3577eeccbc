/** @file Command line of pcp-autodiff. */
import type { Command } from "commander";
import { TIES, type Ties } from "#lib/autodiff/rule.ts";
import {
  DEFAULT_WEIGHT_DECAY,
  OPTIMIZERS,
  type OptimizerName,
  type OptimizerOptions,
} from "#lib/optim/optimizers.ts";
import type { ToolIo } from "#lib/support/io.ts";
import { didYouMean } from "#lib/support/text.ts";
import { createCommand } from "./options.ts";

export const EMITS = ["grad", "value-and-grad", "train"] as const;
export type Emit = (typeof EMITS)[number];

/** What the command line asks for. */
export interface AutodiffSettings {
  readonly input: string;
  readonly output: string;
  readonly emit: Emit;
  readonly functionName: string;
  readonly loss: number | null;
  readonly wrt: readonly string[] | null;
  readonly dataArgs: number | null;
  readonly ties: Ties;
  readonly optimizer: OptimizerOptions;
  /** Names of parameters that do not decay; null for those of rank below 2. */
  readonly noDecay: RegExp | null;
  readonly accumulate: boolean;
  /** Number of random directions and of single elements; null for no check. */
  readonly checkGrad: number | null;
  readonly checkTolerance: number;
  readonly seed: number;
  readonly report: boolean;
  readonly debugInfo: boolean;
  readonly generic: boolean;
}

const EXAMPLES = [
  {
    command: "pcp-autodiff model.mlir --optimizer=adamw -o train.mlir",
    does: "add @train_step and @init_state to a forward module",
  },
  {
    command: "pcp-autodiff model.mlir --emit=value-and-grad --wrt=wte.weight",
    does: "loss and the gradient of one parameter",
  },
  {
    command: "pcp-autodiff f.mlir --emit=grad --check-grad -o /dev/null",
    does: "compare the gradients of @main with difference quotients",
  },
];

const collect = (value: string, previous: readonly string[] = []): string[] => [
  ...previous,
  ...value.split(",").map((name) => name.trim()),
];

function addGradientOptions(command: Command): void {
  command
    .optionsGroup("What to differentiate:")
    .option(
      "--emit <what>",
      `what to add to the module: ${EMITS.join(", ")}; default: train where --optimizer is given, else grad`,
    )
    .option("--function <name>", "forward function", "main")
    .option("--loss <k>", "index of the result to differentiate; default: the one with role loss")
    .option(
      "--wrt <names>",
      "arguments by name or index, separated by commas; default: the parameters (all for --emit=grad)",
      collect,
    )
    .option(
      "--data-args <n>",
      "the last n arguments are data; default: as their roles say, else the trailing integer ones",
    )
    .option(
      "--ties <whose>",
      "convention where a derivative does not exist, as at equal operands of maximum: torch, jax",
      "torch",
    );
}

function addOptimizerOptions(command: Command): void {
  command
    .optionsGroup("Optimizer (--emit=train):")
    .option("--optimizer <name>", `${OPTIMIZERS.join(", ")}; default: adamw`)
    .option("--weight-decay <x>", "default: 0.01 for adamw, 0 for sgd")
    .option("--beta1 <x>", "decay of the first moment of adamw (default: 0.9)")
    .option("--beta2 <x>", "decay of the second moment of adamw (default: 0.999)")
    .option("--eps <x>", "added to the root of the second moment of adamw (default: 1e-8)")
    .option("--momentum <x>", "momentum of sgd (default: 0)")
    .option("--nesterov", "Nesterov momentum of sgd")
    .option("--clip-grad-norm <x>", "largest global norm of the gradients, or off (default: 1.0)")
    .option(
      "--no-decay <regex>",
      "parameters whose names match do not decay; default: those of rank below 2",
    )
    .option("--accumulate", "add @grad_step, @apply_step and @init_acc as well");
}

/** The command with all its options. */
export function autodiffCommand(io: ToolIo): Command {
  const command = createCommand(
    {
      name: "pcp-autodiff",
      summary: "Adds gradients and optimizers to a StableHLO module.",
      examples: EXAMPLES,
    },
    io,
  )
    .argument("[file]", "MLIR; - for standard input", "-")
    .option("-o, --output <file>", "where to write; - for standard output", "-");
  addGradientOptions(command);
  addOptimizerOptions(command);
  command
    .optionsGroup("Checks and reports:")
    .option(
      "--check-grad [n]",
      "compare with central differences in f64 along n directions and for n elements (default: 4); exit 1 where they differ",
    )
    .option("--check-tolerance <x>", "largest relative difference", "1e-5")
    .option("--seed <n>", "seed of the inputs and directions of the check", "0")
    .option("--report <format>", "print operations, rules and bytes on standard error: json")
    .optionsGroup("Printing:")
    .option("--mlir-print-debuginfo", "print locations")
    .option("--mlir-print-op-generic", "print the generic form");
  return command;
}

/** Raised for a value that an option does not take. */
class UsageError extends Error {
  override readonly name = "UsageError";
}

type RawOptions = { readonly [name: string]: unknown };

function choice<T extends string>(option: string, value: string, choices: readonly T[]): T {
  const found = choices.find((name) => name === value);
  if (found !== undefined) return found;
  throw new UsageError(
    `option '--${option}' takes ${choices.join(", ")}, but got '${value}'${didYouMean(value, choices)}`,
  );
}

interface Range {
  readonly least: number;
  readonly below?: number;
  readonly whole?: boolean;
}

function numeric(option: string, raw: unknown, { least, below, whole }: Range): number {
  const text = String(raw);
  const value = text.trim() === "" ? Number.NaN : Number(text);
  const fits = value >= least && (below === undefined || value < below) && Number.isFinite(value);
  if (fits && (whole !== true || Number.isInteger(value))) return value;
  const kind = whole === true ? "a whole number" : "a number";
  const bounds = below === undefined ? `from ${least} on` : `from ${least} to below ${below}`;
  throw new UsageError(`option '--${option}' takes ${kind} ${bounds}, but got '${text}'`);
}

/** Directions, and elements, of a check that says no number. */
const DEFAULT_SAMPLES = 4;

const COUNT: Range = { least: 0, whole: true };

/** Each direction takes two runs of the function. */
const SAMPLES: Range = { least: 1, below: 10_001, whole: true };

const optional = (option: string, raw: unknown, range: Range): number | null =>
  raw === undefined ? null : numeric(option, raw, range);

/** Names, none of which may be empty: `--wrt=` names nothing, which is not the default. */
function wrtOf(raw: unknown): readonly string[] | null {
  if (!Array.isArray(raw)) return null;
  if (raw.includes(""))
    throw new UsageError(
      "option '--wrt' takes arguments by name or index, separated by commas, but one is empty",
    );
  return raw;
}

function pattern(raw: unknown): RegExp | null {
  if (typeof raw !== "string") return null;
  try {
    return new RegExp(raw, "u");
  } catch {
    throw new UsageError(`option '--no-decay' takes a regular expression, but got '${raw}'`);
  }
}

/** Options that one optimizer alone knows: key and flag. */
const OWN_OPTIONS = {
  adamw: [
    ["beta1", "beta1"],
    ["beta2", "beta2"],
    ["eps", "eps"],
  ],
  sgd: [
    ["momentum", "momentum"],
    ["nesterov", "nesterov"],
  ],
} as const satisfies Record<OptimizerName, readonly (readonly [string, string])[]>;

/** Refuses options of the other optimizers, which would say nothing. */
function checkOwnOptions(name: OptimizerName, options: RawOptions): void {
  for (const owner of OPTIMIZERS) {
    if (owner === name) continue;
    const given = OWN_OPTIONS[owner].find(([key]) => options[key] !== undefined);
    if (given !== undefined)
      throw new UsageError(`option '--${given[1]}' needs '--optimizer=${owner}'`);
  }
}

function optimizerOptions(options: RawOptions): OptimizerOptions {
  const name: OptimizerName = choice(
    "optimizer",
    String(options["optimizer"] ?? "adamw"),
    OPTIMIZERS,
  );
  checkOwnOptions(name, options);
  const rate: Range = { least: 0, below: 1 };
  const decay = options["weightDecay"];
  const clip = options["clipGradNorm"] ?? 1;
  const momentum = numeric("momentum", options["momentum"] ?? 0, rate);
  const nesterov = options["nesterov"] === true;
  if (nesterov && momentum === 0) throw new UsageError("option '--nesterov' needs '--momentum'");
  const limit = clip === "off" ? null : numeric("clip-grad-norm", clip, { least: 0 });
  if (limit === 0) throw new UsageError("option '--clip-grad-norm' takes a number above 0, or off");
  return {
    name,
    weightDecay:
      decay === undefined
        ? DEFAULT_WEIGHT_DECAY[name]
        : numeric("weight-decay", decay, { least: 0 }),
    beta1: numeric("beta1", options["beta1"] ?? 0.9, rate),
    beta2: numeric("beta2", options["beta2"] ?? 0.999, rate),
    eps: numeric("eps", options["eps"] ?? 1e-8, { least: 0 }),
    momentum,
    nesterov,
    clipGradNorm: limit,
  };
}

/** Options that mean something for `--emit=train` only. */
const TRAIN_ONLY: readonly (readonly [string, string])[] = [
  ["optimizer", "optimizer"],
  ["weightDecay", "weight-decay"],
  ["beta1", "beta1"],
  ["beta2", "beta2"],
  ["eps", "eps"],
  ["momentum", "momentum"],
  ["nesterov", "nesterov"],
  ["accumulate", "accumulate"],
  ["clipGradNorm", "clip-grad-norm"],
  ["decay", "no-decay"],
];

/** Whether an option was given: what starts with `no-` is true where it was not. */
const isGiven = (options: RawOptions, [key, flag]: readonly [string, string]): boolean =>
  options[key] !== undefined && !(flag.startsWith("no-") && options[key] === true);

function emitOf(options: RawOptions): Emit {
  const given = options["emit"];
  const trains = TRAIN_ONLY.find((option) => isGiven(options, option));
  if (given === undefined) return trains === undefined ? "grad" : "train";
  const emit = choice("emit", String(given), EMITS);
  if (emit !== "train" && trains !== undefined)
    throw new UsageError(`option '--${trains[1]}' needs '--emit=train'`);
  return emit;
}

/** `--check-grad FILE` means the check with its default and a file, though the option could take a value. */
function checkAndInput(
  input: string,
  check: unknown,
): { readonly samples: unknown; readonly path: string } {
  if (typeof check === "string" && !/^-?[\d.]+$/.test(check) && input === "-")
    return { samples: DEFAULT_SAMPLES, path: check };
  const samples = check === undefined ? null : check === true ? DEFAULT_SAMPLES : check;
  return { samples, path: input };
}

function settingsOf(input: string, options: RawOptions): AutodiffSettings {
  const { samples, path } = checkAndInput(input, options["checkGrad"]);
  if (options["report"] !== undefined) choice("report", String(options["report"]), ["json"]);
  return {
    input: path,
    output: String(options["output"]),
    emit: emitOf(options),
    functionName: String(options["function"]).replace(/^@/, ""),
    loss: optional("loss", options["loss"], COUNT),
    wrt: wrtOf(options["wrt"]),
    dataArgs: optional("data-args", options["dataArgs"], COUNT),
    ties: choice("ties", String(options["ties"]), TIES),
    optimizer: optimizerOptions(options),
    noDecay: pattern(options["decay"]),
    accumulate: options["accumulate"] === true,
    checkGrad: samples === null ? null : numeric("check-grad", samples, SAMPLES),
    checkTolerance: numeric("check-tolerance", options["checkTolerance"], { least: 0 }),
    seed: numeric("seed", options["seed"], COUNT),
    report: options["report"] !== undefined,
    debugInfo: options["mlirPrintDebuginfo"] === true,
    generic: options["mlirPrintOpGeneric"] === true,
  };
}

/** What a parsed command asks for, or one line that says which option is wrong. */
export function readAutodiffSettings(command: Command): AutodiffSettings | string {
  try {
    return settingsOf(String(command.processedArgs[0] ?? "-"), command.opts());
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}
