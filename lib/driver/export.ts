/** @file pcp-export: runs the Python helper, prepares and checks its module, writes the results. */

import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type { Diagnostic } from "#lib/diag/diagnostic.ts";
import { filePosition } from "#lib/diag/loc.ts";
import { renderDiagnostic } from "#lib/diag/render.ts";
import { checkLosses } from "#lib/export/check.ts";
import {
  type ExportFailure,
  type ExportResult,
  installHint,
  withExport,
} from "#lib/export/helper.ts";
import { isManifest } from "#lib/export/manifest.ts";
import { prepareModule } from "#lib/export/prepare.ts";
import { HELPER_EXIT, type HelperEvent, type Place } from "#lib/export/protocol.ts";
import { type FoundPython, findPython } from "#lib/runtime/python.ts";
import { EXIT, type ToolIo, type ToolMain } from "#lib/support/io.ts";
import { isProblem } from "#lib/support/problem.ts";
import { escapeControls } from "#lib/support/text.ts";
import { besides, type ExportOptions, exportCommand, readOptions } from "./export-options.ts";
import { parseCommand, reportUsage } from "./options.ts";
import { writeOutput } from "./output.ts";

const TOOL = "pcp-export";

/** Prints to standard error in the tool's voice. */
class Voice {
  private readonly io: ToolIo;
  private readonly options: ExportOptions;
  private status = "";
  /** Errors that were printed. */
  errors = 0;

  constructor(io: ToolIo, options: ExportOptions) {
    this.io = io;
    this.options = options;
  }

  /** One line about the user's file, or about the whole. */
  say(
    severity: "error" | "warning" | "note" | "remark",
    message: string,
    place: Place | null,
  ): void {
    if (severity === "error") this.errors++;
    if (this.options.quiet && (severity === "note" || severity === "remark")) return;
    this.clear();
    const where = place === null ? TOOL : `${this.shortened(place.file)}:${place.line}`;
    this.io.stderr.write(`${where}: ${severity}: ${escapeControls(message)}\n`);
  }

  /** A line without a severity, such as a row of a table. */
  line(text: string): void {
    this.clear();
    if (!this.options.quiet) this.io.stderr.write(`${text}\n`);
  }

  /** What is being done now: overwritten on a terminal, a line elsewhere. */
  progress(step: string): void {
    if (this.options.quiet) return;
    if (!this.io.stderr.isTerminal) {
      if (this.options.verbose) this.io.stderr.write(`${TOOL}: ${step}\n`);
      return;
    }
    this.clear();
    this.status = `${TOOL}: ${step} ...`;
    this.io.stderr.write(this.status);
  }

  clear(): void {
    if (this.status !== "") this.io.stderr.write("\r\u001b[K");
    this.status = "";
  }

  private shortened(path: string): string {
    const short = relative(this.io.cwd, path);
    return short.startsWith("..") ? path : short;
  }
}

function report(voice: Voice, event: HelperEvent, python: FoundPython): void {
  switch (event.event) {
    case "progress":
      voice.progress(event.step);
      return;
    case "warning":
    case "note":
      voice.say(event.event, event.message, event.place);
      return;
    case "error": {
      const hint =
        event.code === HELPER_EXIT.missing ? ` (${python.path}); ${installHint(python)}` : "";
      voice.say("error", event.message + hint, event.place);
      return;
    }
    case "done":
      return;
  }
}

/** Says why there is no module; returns the exit code. */
function failed(voice: Voice, failure: ExportFailure, options: ExportOptions): number {
  voice.clear();
  if (failure.problem !== null) voice.say("error", failure.problem, null);
  const isBug = failure.exitCode === HELPER_EXIT.internal || failure.problem !== null;
  const lines = options.verbose ? failure.log : isBug ? failure.log.slice(-3) : [];
  for (const line of lines) voice.line(`  ${escapeControls(line)}`);
  if (failure.exitCode === HELPER_EXIT.usage) return EXIT.usage;
  return failure.exitCode === HELPER_EXIT.internal ? EXIT.internal : EXIT.failure;
}

/** Where the manifest goes: `x.json` beside `x.mlir`, unless that is some other file of the user. */
function manifestPath(io: ToolIo, options: ExportOptions): string | null {
  if (options.manifest !== null) return options.manifest;
  if (options.output === "-") return null;
  const usual = besides(options.output, ".json");
  const path = resolve(io.cwd, usual);
  const isConfig = options.configPath !== null && resolve(io.cwd, options.configPath) === path;
  const isOther = existsSync(path) && !isManifest(readFileSync(path, "utf8"));
  return isConfig || isOther ? besides(options.output, ".manifest.json") : usual;
}

async function writeAll(
  io: ToolIo,
  voice: Voice,
  options: ExportOptions,
  result: ExportResult,
  module: string,
): Promise<number> {
  const read = (name: string): Uint8Array => readFileSync(join(result.folder, name));
  const outputs: [string, string | Uint8Array][] = [];
  if (options.weights !== null) outputs.push([options.weights, read("weights.safetensors")]);
  const manifest = manifestPath(io, options);
  if (manifest !== null) outputs.push([manifest, result.manifest]);
  if (options.dumpFx === "-") voice.line(new TextDecoder().decode(read("fx.txt")));
  else if (options.dumpFx !== null) outputs.push([options.dumpFx, read("fx.txt")]);
  outputs.push([options.output, module]);
  for (const [path, content] of outputs) {
    const problem = await writeOutput(io, path, content);
    if (problem !== null) {
      voice.say("error", problem, null);
      return EXIT.failure;
    }
  }
  return EXIT.ok;
}

/** Prints a diagnostic of the module: by the user's line where it has one, else with the line of the module. */
function relay(io: ToolIo, voice: Voice, diagnostic: Diagnostic): void {
  const { severity, message, loc, notes } = diagnostic;
  const position = filePosition(loc);
  if (position === null || position.file !== null) {
    io.stderr.write(renderDiagnostic(diagnostic, { color: false }));
    return;
  }
  voice.say(severity, message, { file: position.fileName, line: position.line });
  for (const note of notes) relay(io, voice, note);
}

/** The module through pcp-prepare and the search for missing gradient rules; null after errors. */
function prepared(
  io: ToolIo,
  voice: Voice,
  options: ExportOptions,
  { module: text, generic }: ExportResult,
): string | null {
  const { prepare, checkVjp, allowMissing } = options;
  voice.progress("preparing the module");
  const result = prepareModule({ text, generic, name: "<exported module>", prepare, checkVjp });
  voice.clear();
  const isRead = "text" in result;
  const diagnostics = isRead ? result.missing : result.diagnostics;
  for (const each of diagnostics) {
    const severity = isRead && allowMissing ? "warning" : each.severity;
    relay(io, voice, { ...each, severity });
  }
  if (!isRead) voice.say("error", "the exported module cannot be read", null);
  return isRead && (diagnostics.length === 0 || allowMissing) ? result.text : null;
}

/** Everything after the helper: preparation, checks, files. */
async function finish(
  io: ToolIo,
  voice: Voice,
  options: ExportOptions,
  result: ExportResult,
): Promise<number> {
  const module = prepared(io, voice, options, result);
  if (module === null) return EXIT.failure;
  if (result.check !== null) {
    voice.progress("comparing losses");
    const passed = await checkLosses({
      text: module,
      name: `${options.file}:${options.name}`,
      folder: result.folder,
      expected: result.check,
      place: { env: io.env, cwd: io.cwd },
      signal: io.signal,
      print: (line) => voice.line(line),
    });
    if (!passed) {
      voice.say("error", "the module does not give the model's loss", null);
      return EXIT.failure;
    }
  }
  return writeAll(io, voice, options, result, module);
}

/** Why an output cannot be written, seen before the minutes that an export may take. */
function outputProblem(io: ToolIo, options: ExportOptions): string | null {
  for (const path of [options.output, options.weights, options.manifest, options.dumpFx]) {
    if (path === null || path === "-") continue;
    const full = resolve(io.cwd, path);
    const why = isFolder(full)
      ? "Is a directory"
      : isFolder(dirname(full))
        ? null
        : "No such file or directory";
    if (why !== null) return `cannot open output file '${path}': ${why}`;
  }
  return null;
}

const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

async function run(io: ToolIo, options: ExportOptions): Promise<number> {
  const voice = new Voice(io, options);
  const unwritable = outputProblem(io, options);
  if (unwritable !== null) {
    voice.say("error", unwritable, null);
    return EXIT.failure;
  }
  if (!existsSync(options.filePath)) {
    voice.say("error", `cannot open input file '${options.file}': No such file or directory`, null);
    return EXIT.failure;
  }
  const python = await findPython({ env: io.env, cwd: io.cwd });
  if (isProblem(python)) {
    voice.say("error", python.problem, null);
    return EXIT.failure;
  }
  voice.progress("starting Python");
  const { filePath, name, config, sizesOnly, inputs, methods, seed, dtype, loss, check } = options;
  const request = {
    file: filePath,
    name,
    config,
    sizesOnly,
    inputs,
    methods,
    seed,
    dtype,
    loss,
    check,
  };
  const asked = {
    eval: options.eval,
    weights: options.weights !== null,
    dumpFx: options.dumpFx !== null,
    checkVjp: options.checkVjp,
  };
  return withExport(
    { ...request, ...asked },
    {
      python,
      env: io.env,
      cwd: io.cwd,
      signal: io.signal,
      timeout: options.timeout,
      onEvent: (event) => report(voice, event, python),
    },
    async (result) => {
      if (!result.ok) return failed(voice, result, options);
      if (options.verbose) for (const line of result.log) voice.line(`  ${escapeControls(line)}`);
      const code = await finish(io, voice, options, result);
      voice.clear();
      return code;
    },
  );
}

/** pcp-export. */
export const exportMain: ToolMain = async (io) => {
  const command = exportCommand(io);
  const early = parseCommand(command, io);
  if (early !== null) return early;
  const options = await readOptions(command, io);
  if ("problem" in options) {
    if (options.usage) return reportUsage(io, TOOL, options.problem);
    io.stderr.write(`${TOOL}: error: ${options.problem}\n`);
    return EXIT.failure;
  }
  return run(io, options);
};
