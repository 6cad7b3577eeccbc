/** @file Command line of pcp-opt. */
import type { Command } from "commander";
import type { ExpectedMode } from "#lib/diag/expected.ts";
import type { ToolIo } from "#lib/support/io.ts";
import { createCommand } from "./options.ts";

/** A pass as a flag, in the order in which it was written. */
export interface PassFlag {
  readonly name: string;
  /** Text behind `=`. */
  readonly options: string;
}

/** What the command line says. */
export interface OptSettings {
  readonly input: string;
  readonly output: string;
  readonly splitMarker: string | null;
  readonly outputSplitMarker: string;
  readonly verifyDiagnostics: ExpectedMode | null;
  readonly verifyEach: boolean;
  readonly pipeline: string | null;
  readonly passFlags: readonly PassFlag[];
  readonly generic: boolean;
  readonly debugInfo: boolean;
  readonly localScope: boolean;
  readonly elideElements: number | null;
  readonly elideResources: number | null;
  readonly printOpOnDiagnostic: boolean;
  readonly dumpBefore: readonly string[];
  readonly dumpAfter: readonly string[];
  readonly dumpBeforeAll: boolean;
  readonly dumpAfterAll: boolean;
  readonly dumpAfterChange: boolean;
  readonly moduleScope: boolean;
  readonly timing: boolean;
  readonly statistics: boolean;
  readonly allowUnregistered: boolean;
  readonly noImplicitModule: boolean;
  readonly showDialects: boolean;
  readonly listPasses: boolean;
  readonly dumpPipeline: boolean;
  readonly summary: boolean;
  readonly json: boolean;
  readonly signature: string | null;
  readonly weights: string | null;
}

/** A pass that the help lists. */
export interface PassHelp {
  readonly name: string;
  readonly summary: string;
}

const DEFAULT_MARKER = "// -----";

/** Flags that may have a value behind `=`, and none behind a blank. */
const EQUALS_ONLY = ["split-input-file", "verify-diagnostics", "verify-each"];

/** Flags whose value may be the next argument. */
const TAKES_VALUE = new Set([
  "o",
  "output-split-marker",
  "pass-pipeline",
  "mlir-elide-elementsattrs-if-larger",
  "mlir-elide-resource-strings-if-larger",
  "mlir-print-ir-before",
  "mlir-print-ir-after",
  "verify-signature",
  "weights",
]);

/** What is taken out of the arguments before commander sees them. */
export interface SplitArguments {
  readonly argv: readonly string[];
  readonly passFlags: readonly PassFlag[];
  readonly values: ReadonlyMap<string, string>;
}

/** Takes values behind `=` off flags that commander knows without one, and notes the order of passes. */
export function splitArguments(
  argv: readonly string[],
  passes: ReadonlySet<string>,
): SplitArguments {
  const rest: string[] = [];
  const passFlags: PassFlag[] = [];
  const values = new Map<string, string>();
  for (let i = 0; i < argv.length; i++) {
    const argument = argv[i] as string;
    if (argument === "--") {
      rest.push(...argv.slice(i));
      break;
    }
    const [, name, value] = /^--?([A-Za-z][\w-]*)(?:=([\s\S]*))?$/.exec(argument) ?? [];
    if (name !== undefined && passes.has(name)) {
      passFlags.push({ name, options: value ?? "" });
      rest.push(`--${name}`);
    } else if (name !== undefined && value !== undefined && EQUALS_ONLY.includes(name)) {
      values.set(name, value);
      rest.push(`--${name}`);
    } else {
      rest.push(argument);
      if (name !== undefined && value === undefined && TAKES_VALUE.has(name) && i + 1 < argv.length)
        rest.push(argv[++i] as string);
    }
  }
  return { argv: rest, passFlags, values };
}

const collect = (value: string, all: readonly string[] = []): readonly string[] => [
  ...all,
  ...value.split(","),
];

function addPrinting(command: Command): void {
  command.optionsGroup("Printing:");
  command
    .option("--mlir-print-op-generic", "print the generic form of every op")
    .option("--mlir-print-debuginfo", "print locations")
    .option("--mlir-print-local-scope", "print without aliases and resources")
    .option(
      "--mlir-elide-elementsattrs-if-larger <count>",
      "print dense attributes with more elements as dense_resource<__elided__>",
    )
    .option(
      "--mlir-elide-resource-strings-if-larger <length>",
      "leave out resources whose text is longer",
    )
    .option("--no-mlir-print-op-on-diagnostic", "do not show the op under a message about it");
}

function addDumps(command: Command): void {
  command.optionsGroup("Watching passes:");
  command
    .option("--mlir-print-ir-before <pass>", "print the IR before these passes", collect)
    .option("--mlir-print-ir-after <pass>", "print the IR after these passes", collect)
    .option("--mlir-print-ir-before-all", "print the IR before every pass")
    .option("--mlir-print-ir-after-all", "print the IR after every pass")
    .option("--mlir-print-ir-after-change", "print what each pass changed as a unified diff")
    .option("--mlir-print-ir-module-scope", "print the whole module in these dumps")
    .option("--mlir-timing", "print a table of times")
    .option("--mlir-pass-statistics", "print what the passes counted")
    .option("--dump-pass-pipeline", "print the pipeline before it runs");
}

/** The commander command; passes are options of their own. */
export function optCommand(io: ToolIo, passes: readonly PassHelp[]): Command {
  const command = createCommand(
    {
      name: "pcp-opt",
      summary: "Parses MLIR text, verifies it, runs passes and prints it.",
      examples: [
        { command: "pcp-opt model.mlir --canonicalize --cse", does: "run two passes in order" },
        {
          command: "pcp-opt --pass-pipeline='builtin.module(func.func(cse))' < model.mlir",
          does: "run a pipeline on every function",
        },
        { command: "pcp-opt model.mlir --summary", does: "say what a module takes and gives" },
      ],
    },
    io,
  );
  command
    .argument("[input]", "file to read; - is standard input", "-")
    .option("-o <file>", "file to write; - is standard output", "-")
    .option("--weights <file>", "safetensors to write with what passes take out of the module")
    .option("--allow-unregistered-dialect", "accept ops of unknown dialects in generic form")
    .option("--no-implicit-module", "want one op at the top level instead of making a module");
  command.optionsGroup("Checking:");
  command
    .option("--split-input-file", "process pieces between lines // ----- one by one; =MARKER")
    .option("--output-split-marker <marker>", "what to print between the pieces", DEFAULT_MARKER)
    .option("--verify-diagnostics", "compare with expected-error comments; =all or =only-expected")
    .option("--verify-each", "verify after every pass (default); =0 does not")
    .option("--verify-signature <manifest>", "compare the functions with an exporter's manifest");
  addPrinting(command);
  addDumps(command);
  command.optionsGroup("Asking:");
  command
    .option("--summary", "print arguments with roles, sizes and op counts instead of the module")
    .option("--json", "print the summary as JSON")
    .option("--show-dialects", "print the dialects")
    .option("--list-passes", "print the passes with their options");
  command.optionsGroup("Passes:");
  command.option("--pass-pipeline <text>", "run a pipeline such as builtin.module(cse)");
  for (const { name, summary } of passes)
    command.option(`--${name}`, summary.charAt(0).toLowerCase() + summary.slice(1));
  return command;
}

const count = (value: string | undefined, flag: string): number | null | string => {
  if (value === undefined) return null;
  return /^\d+$/.test(value) ? Number(value) : `'${flag}' wants a count, but got '${value}'`;
};

/** Settings from parsed options, or what is wrong with them. */
export function readOptSettings(command: Command, split: SplitArguments): OptSettings | string {
  const o = command.opts<Readonly<Record<string, unknown>>>();
  const text = (name: string): string | undefined => o[name] as string | undefined;
  const is = (name: string): boolean => o[name] === true;
  const list = (name: string): readonly string[] => (o[name] ?? []) as readonly string[];
  const elements = count(
    text("mlirElideElementsattrsIfLarger"),
    "--mlir-elide-elementsattrs-if-larger",
  );
  const resources = count(
    text("mlirElideResourceStringsIfLarger"),
    "--mlir-elide-resource-strings-if-larger",
  );
  if (typeof elements === "string") return elements;
  if (typeof resources === "string") return resources;
  const expected = split.values.get("verify-diagnostics") ?? "all";
  if (expected !== "all" && expected !== "only-expected")
    return `'--verify-diagnostics' is 'all' or 'only-expected', but got '${expected}'`;
  const pipeline = text("passPipeline") ?? null;
  if (pipeline !== null && split.passFlags.length > 0)
    return "'--pass-pipeline' and passes as flags cannot be used together";
  if (is("splitInputFile") && text("weights") !== undefined)
    return "'--weights' takes what leaves one module, and '--split-input-file' may make several";
  const each = split.values.get("verify-each") ?? "true";
  return {
    input: command.args[0] ?? "-",
    output: text("o") ?? "-",
    splitMarker: is("splitInputFile")
      ? split.values.get("split-input-file") || DEFAULT_MARKER
      : null,
    outputSplitMarker: text("outputSplitMarker") ?? DEFAULT_MARKER,
    verifyDiagnostics: is("verifyDiagnostics") ? expected : null,
    verifyEach: !/^(?:0|false)$/i.test(each),
    pipeline,
    passFlags: split.passFlags,
    generic: is("mlirPrintOpGeneric"),
    debugInfo: is("mlirPrintDebuginfo"),
    localScope: is("mlirPrintLocalScope"),
    elideElements: elements,
    elideResources: resources,
    printOpOnDiagnostic: is("mlirPrintOpOnDiagnostic"),
    dumpBefore: list("mlirPrintIrBefore"),
    dumpAfter: list("mlirPrintIrAfter"),
    dumpBeforeAll: is("mlirPrintIrBeforeAll"),
    dumpAfterAll: is("mlirPrintIrAfterAll"),
    dumpAfterChange: is("mlirPrintIrAfterChange"),
    moduleScope: is("mlirPrintIrModuleScope"),
    timing: is("mlirTiming"),
    statistics: is("mlirPassStatistics"),
    allowUnregistered: is("allowUnregisteredDialect"),
    noImplicitModule: o["implicitModule"] === false,
    showDialects: is("showDialects"),
    listPasses: is("listPasses"),
    dumpPipeline: is("dumpPassPipeline"),
    summary: is("summary"),
    json: is("json"),
    signature: text("verifySignature") ?? null,
    weights: text("weights") ?? null,
  };
}
