/** @file Conventions of our command lines on top of commander: grouped help, nearest names, exit codes. */
import { readFileSync } from "node:fs";
import { Command, CommanderError, type Option } from "commander";
import { EXIT, type ToolIo } from "#lib/support/io.ts";
import { didYouMean, escapeControls, escapeName } from "#lib/support/text.ts";

/** A command line worth showing in `--help`. */
export interface Example {
  readonly command: string;
  readonly does: string;
}

/** What `--help` says about a tool besides its options. */
export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  readonly examples?: readonly Example[];
}

interface Manifest {
  readonly version?: string;
}

/** Version of the suite, from the manifest beside the bundle or at the root of the sources. */
export function suiteVersion(): string {
  for (const path of ["./manifest.json", "../../package.json"]) {
    try {
      const text = readFileSync(new URL(path, import.meta.url), "utf8");
      return (JSON.parse(text) as Manifest).version ?? "unknown";
    } catch {
      // The other place has it.
    }
  }
  return "unknown";
}

function examplesText(examples: readonly Example[]): string {
  if (examples.length === 0) return "";
  return `\nExamples:\n${examples.map(({ command, does }) => `  ${command}\n      ${does}\n`).join("")}`;
}

/**
 * A commander command that writes through `io`, never ends the process, and has `--help` and `--version`.
 *
 * Group options with `command.optionsGroup("Printing:")` before adding them; subcommands made with
 * `command.command(...)` inherit all of this. Run it with `parseCommand` or `parseCommandAsync`.
 */
export function createCommand(spec: CommandSpec, io: ToolIo): Command {
  const command = new Command(spec.name)
    .description(spec.summary)
    .exitOverride()
    .showSuggestionAfterError(false)
    .allowExcessArguments(false)
    // An option after a subcommand is the subcommand's, also where both have one of that name.
    .enablePositionalOptions()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: () => {},
      getOutHelpWidth: () => Math.min(100, io.stdout.columns),
      getErrHelpWidth: () => Math.min(100, io.stderr.columns),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .configureHelp({ optionDescription: describeOption })
    .helpOption("-h, --help", "print this help")
    .option("--version", "print the version");
  command.on("option:version", () => {
    io.stdout.write(`${spec.name} ${suiteVersion()}\n`);
    throw new CommanderError(EXIT.ok, "commander.version", "");
  });
  const examples = examplesText(spec.examples ?? []);
  if (examples !== "") command.addHelpText("after", examples.trimEnd());
  return command;
}

/** An option's description with its default, unless the default is nothing. */
function describeOption({ description, defaultValue, defaultValueDescription }: Option): string {
  if (defaultValue === undefined || (Array.isArray(defaultValue) && defaultValue.length === 0))
    return description;
  if (defaultValue === false || defaultValue === "") return description;
  return `${description} (default: ${defaultValueDescription ?? String(defaultValue)})`;
}

const optionNames = (command: Command): string[] => [
  ...command.options.flatMap(({ long, short }) => [long, short].filter((name) => name != null)),
  "--help",
  ...command.commands.flatMap(optionNames),
];

/** Accepts LLVM's spelling: `-cse` for `--cse`, `--flag=true` and `--flag=false` for flags without a value. */
export function normalizeLlvmArguments(command: Command, argv: readonly string[]): string[] {
  const options = new Map(command.options.map((option) => [option.long, option]));
  const result: string[] = [];
  for (const [index, argument] of argv.entries()) {
    if (argument === "--") return [...result, ...argv.slice(index)];
    const match = /^(--?)([A-Za-z][\w-]+)(=[\s\S]*)?$/.exec(argument);
    const long = `--${match?.[2] ?? ""}`;
    const option = options.get(long);
    const negated = options.get(`--no-${match?.[2] ?? ""}`);
    const value = match?.[3];
    const takesNone = option === undefined || !(option.required || option.optional);
    if (match === null || (option === undefined && negated === undefined)) result.push(argument);
    else if (takesNone && /^=(true|1)$/i.test(value ?? "")) {
      if (option !== undefined) result.push(long);
    } else if (takesNone && /^=(false|0)$/i.test(value ?? "")) {
      if (negated !== undefined) result.push(`--no-${match[2]}`);
    } else result.push(`${long}${value ?? ""}`);
  }
  return result;
}

/** One line for a mistake on the command line, with the nearest name where there is one. */
function usageMessage(command: Command, error: CommanderError): string {
  const message = error.message
    .replace(/^error: /, "")
    .replaceAll("\n", " ")
    .trimEnd();
  const quoted = /'([^' ]+)/.exec(message)?.[1] ?? "";
  if (error.code === "commander.unknownOption")
    return message + didYouMean(quoted.replace(/=.*$/, ""), optionNames(command));
  const [first] = command.args;
  if (
    error.code === "commander.excessArguments" &&
    first !== undefined &&
    command.registeredArguments.length === 0
  )
    return `unexpected argument '${first}'${didYouMean(
      first,
      command.commands.map((child) => child.name()),
    )}`;
  if (error.code === "commander.unknownCommand")
    return (
      message +
      didYouMean(
        quoted,
        command.commands.map((child) => child.name()),
      )
    );
  return message;
}

function outcomeOf(command: Command, io: ToolIo, error: unknown): number {
  if (!(error instanceof CommanderError)) throw error;
  if (error.exitCode === EXIT.ok) return EXIT.ok;
  if (error.code === "commander.help") return EXIT.usage;
  return reportUsage(io, command.name(), escapeName(usageMessage(command, error)));
}

/** Prints `tool: error: message` and returns the exit code of wrong usage. */
export function reportUsage(io: ToolIo, tool: string, message: string): number {
  io.stderr.write(`${tool}: error: ${escapeControls(message)}\n`);
  return EXIT.usage;
}

/** Parses the arguments of `io`: null when the tool should go on, else the exit code to return. */
export function parseCommand(command: Command, io: ToolIo): number | null {
  try {
    command.parse(normalizeLlvmArguments(command, io.argv), { from: "user" });
    return null;
  } catch (error) {
    return outcomeOf(command, io, error);
  }
}

/** As {@link parseCommand}, for commands whose actions do the work asynchronously. */
export async function parseCommandAsync(command: Command, io: ToolIo): Promise<number | null> {
  try {
    await command.parseAsync(normalizeLlvmArguments(command, io.argv), { from: "user" });
    return null;
  } catch (error) {
    return outcomeOf(command, io, error);
  }
}
