/** @file pcp-opt: parses, verifies, runs passes, prints. */
import { resolve } from "node:path";
import { parseModule } from "#lib/asm/parser.ts";
import { type PrintOptions, printModule, printOperation } from "#lib/asm/printer.ts";
import { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { checkExpected } from "#lib/diag/expected.ts";
import { renderDiagnostic } from "#lib/diag/render.ts";
import { SourceFile } from "#lib/diag/source-file.ts";
import { makeContext } from "#lib/dialects/all.ts";
import { type Context, dialectOf } from "#lib/ir/context.ts";
import type { Operation } from "#lib/ir/graph.ts";
import type { Pipeline } from "#lib/passes/pipeline.ts";
import type { Timing } from "#lib/passes/timing.ts";
import { EXIT, type ToolIo, type ToolMain } from "#lib/support/io.ts";
import { didYouMean, plural } from "#lib/support/text.ts";
import type { Tensor } from "#lib/tensors/tensor.ts";
import { verifyOp } from "#lib/verify/verify.ts";
import { type OptSettings, optCommand, readOptSettings, splitArguments } from "./opt-options.ts";
import { splitSource } from "./opt-split.ts";
import { parseCommand, reportUsage } from "./options.ts";
import { readInput, writeOutput } from "./output.ts";

const TOOL = "pcp-opt";

/** What stays the same for all pieces of one input. */
interface Session {
  readonly io: ToolIo;
  readonly settings: OptSettings;
  readonly context: Context;
  readonly pipeline: Pipeline | null;
  readonly timing: Timing | null;
  /** Text of the manifest to compare with. */
  readonly manifest: string | null;
  /** Tensors that passes took out of the module. */
  readonly kept: Map<string, Tensor>;
}

/** Everything that only passes need, loaded when there are some. */
const loadPasses = async () => ({
  ...(await import("#lib/passes/manager.ts")),
  ...(await import("#lib/passes/pipeline.ts")),
  ...(await import("./passes.ts")),
});

type PassModules = Awaited<ReturnType<typeof loadPasses>>;

const printOptions = (settings: OptSettings): PrintOptions => ({
  generic: settings.generic,
  debugInfo: settings.debugInfo,
  localScope: settings.localScope,
  elideElementsOver: settings.elideElements,
  elideResourcesOver: settings.elideResources,
});

/** Whether a module may contain ops of that name; `any` stands for all. */
const mayOccur = (name: string, context: Context): boolean =>
  name === "any" ||
  context.allowUnregisteredDialects ||
  context.ops.has(name) ||
  context.genericOps.has(name) ||
  context.genericDialects.has(dialectOf(name));

/** The pipeline that the command line asks for, null where it asks for none, or what is wrong with it. */
function readPipeline(
  settings: OptSettings,
  modules: PassModules,
  context: Context,
): Pipeline | null | string {
  const passes = modules.passesByName(modules.allPasses);
  const dumped = [...settings.dumpBefore, ...settings.dumpAfter];
  const unknown = dumped.find((name) => !passes.has(name));
  if (unknown !== undefined) return `'${unknown}' is no pass${didYouMean(unknown, passes.keys())}`;
  if (settings.pipeline !== null) {
    const parsed = modules.parsePipeline(settings.pipeline, passes);
    if ("error" in parsed) return parsed.error;
    const wrong = modules.anchorsOf(parsed.pipeline).find((name) => !mayOccur(name, context));
    if (wrong === undefined) return parsed.pipeline;
    return `'${wrong}' in the pass pipeline is no operation${didYouMean(wrong, context.ops.keys())}`;
  }
  const steps: Pipeline["steps"][number][] = [];
  for (const { name, options } of settings.passFlags) {
    const pass = passes.get(name);
    if (pass === undefined) return `'${name}' is no pass`;
    const parsed = modules.parsePassOptions(pass, options);
    if ("error" in parsed) return parsed.error.trimEnd();
    steps.push({ kind: "pass", pass, options: parsed.values });
  }
  return steps.length === 0 ? null : modules.pipelineOf(steps);
}

/** Runs the pipeline; false after an error. */
async function runPasses(
  { io, settings, context, pipeline, timing, kept }: Session,
  module: Operation,
  engine: DiagnosticEngine,
): Promise<boolean> {
  if (pipeline === null) return true;
  const { runPipeline, formatStatistics } = await loadPasses();
  const names = (all: boolean, some: readonly string[]) => (all ? "all" : new Set(some));
  const options = printOptions(settings);
  const run = runPipeline(module, pipeline, {
    engine,
    verify: settings.verifyEach ? (op) => verify(settings, op, context, engine) : null,
    timing,
    print: (op) => printModule(op, options),
    keep: (name, tensor) => kept.set(name, tensor),
    dump: {
      write: (text) => io.stderr.write(text),
      before: names(settings.dumpBeforeAll, settings.dumpBefore),
      after: names(settings.dumpAfterAll || settings.dumpAfterChange, settings.dumpAfter),
      afterChange: settings.dumpAfterChange,
      moduleScope: settings.moduleScope,
    },
  });
  if (settings.statistics) io.stderr.write(formatStatistics(run));
  return run.ok && !engine.hasErrors;
}

function verify(
  settings: OptSettings,
  op: Operation,
  context: Context,
  engine: DiagnosticEngine,
): boolean {
  const show = settings.printOpOnDiagnostic && settings.verifyDiagnostics === null;
  return verifyOp(op, engine, context, show ? { describe } : {});
}

/** An op under a message: on a line of its own where it takes several. */
function describe(op: Operation): string {
  const text = printOperation(op);
  return text.includes("\n") ? `\n${text}` : text;
}

/** Text of one piece of the input, or null after errors. */
async function processPiece(
  session: Session,
  file: SourceFile,
  engine: DiagnosticEngine,
): Promise<string | null> {
  const { settings, context, timing } = session;
  const measure = <T>(name: string, work: () => T): T =>
    timing === null ? work() : timing.measure(name, work);
  const module = measure("Parser", () => {
    const parsed = parseModule(file, context, engine, {
      implicitModule: !settings.noImplicitModule,
    });
    return parsed !== null && verify(settings, parsed, context, engine) ? parsed : null;
  });
  if (module === null) return null;
  if (!(await runPasses(session, module, engine))) return null;
  if (session.manifest !== null) {
    const { checkSignature } = await import("./opt-signature.ts");
    if (!checkSignature(module, session.manifest, settings.signature ?? "", engine)) return null;
  }
  if (settings.summary || settings.json) {
    const { summaryOf, formatSummary } = await import("./opt-summary.ts");
    const summary = summaryOf(module);
    return settings.json ? `${JSON.stringify(summary, null, 2)}\n` : formatSummary(summary);
  }
  return measure("Output", () => `${printModule(module, printOptions(settings))}\n`);
}

/** Processes one piece and reports on it; its text, or null where nothing is printed. */
async function runPiece(
  session: Session,
  file: SourceFile,
): Promise<{ readonly ok: boolean; readonly text: string | null }> {
  const { io, settings } = session;
  const engine = new DiagnosticEngine();
  const text = await processPiece(session, file, engine);
  const { diagnostics } = engine;
  const options = { color: io.stderr.isTerminal && !io.env["NO_COLOR"], files: [file] };
  const mode = settings.verifyDiagnostics;
  const shown = mode === null ? diagnostics : checkExpected(file, diagnostics, mode);
  for (const diagnostic of shown) io.stderr.write(renderDiagnostic(diagnostic, options));
  return { ok: mode === null ? text !== null && !engine.hasErrors : shown.length === 0, text };
}

/** Reads the manifest to compare with; a message where that fails. */
async function readManifest(
  io: ToolIo,
  path: string | null,
): Promise<{ readonly text: string | null } | { readonly error: string }> {
  if (path === null) return { text: null };
  const input = await readInput(io, path);
  if (input.error !== undefined) return { error: input.error };
  return { text: new TextDecoder().decode(input.bytes) };
}

const failure = (io: ToolIo, message: string): number => {
  io.stderr.write(`${TOOL}: error: ${message}\n`);
  return EXIT.failure;
};

async function run(io: ToolIo, settings: OptSettings): Promise<number> {
  const context = makeContext({ allowUnregisteredDialects: settings.allowUnregistered });
  if (settings.showDialects) {
    io.stdout.write(`Available Dialects: ${[...context.dialects].sort().join(",")}\n`);
    return EXIT.ok;
  }
  const watched = settings.dumpBefore.length + settings.dumpAfter.length > 0;
  const wantsPasses = settings.pipeline !== null || settings.passFlags.length > 0 || watched;
  if (settings.listPasses) {
    const { passList } = await import("./pass-list.ts");
    io.stdout.write(passList());
    return EXIT.ok;
  }
  const pipeline = wantsPasses ? readPipeline(settings, await loadPasses(), context) : null;
  if (typeof pipeline === "string") return reportUsage(io, TOOL, pipeline);
  if (settings.dumpPipeline && pipeline !== null)
    io.stderr.write((await loadPasses()).dumpPipeline(pipeline));
  const manifest = await readManifest(io, settings.signature);
  if ("error" in manifest) return failure(io, manifest.error);
  const input = await readInput(io, settings.input);
  if (input.error !== undefined) return failure(io, input.error);
  let timing: Timing | null = null;
  if (settings.timing)
    timing = new (await import("#lib/passes/timing.ts")).Timing(() => performance.now());
  const text = decodeText(input.bytes);
  if (text === null) return failure(io, `'${input.name}' is no text`);
  const kept = new Map<string, Tensor>();
  const session = { io, settings, context, pipeline, timing, manifest: manifest.text, kept };
  const result = await runAll(session, new SourceFile(input.name, text));
  if (timing !== null) io.stderr.write(timing.report());
  return result;
}

/** UTF-8 text; null where it is MLIR bytecode, which is not text. */
function decodeText(bytes: Uint8Array): string | null {
  if (bytes[0] === 0x4d && bytes[1] === 0x4c && bytes[2] === 0xef && bytes[3] === 0x52) return null;
  return new TextDecoder().decode(bytes);
}

/** Writes the tensors that passes took out, or says that they are lost; what is wrong, or null. */
async function writeKept({ io, settings: { weights }, kept }: Session): Promise<string | null> {
  if (weights !== null) {
    const { writeSafetensorsFile } = await import("#lib/tensors/files.ts");
    return writeSafetensorsFile(resolve(io.cwd, weights), kept)?.problem ?? null;
  }
  if (kept.size > 0)
    io.stderr.write(
      `${TOOL}: note: ${plural(kept.size, "tensor")} no longer in the module; --weights FILE keeps what passes take out\n`,
    );
  return null;
}

/** Processes all pieces and writes what they print. */
async function runAll(session: Session, source: SourceFile): Promise<number> {
  const { io, settings } = session;
  const pieces =
    settings.splitMarker === null
      ? [source]
      : splitSource(source, settings.splitMarker, (diagnostic) =>
          io.stderr.write(renderDiagnostic(diagnostic)),
        );
  let ok = true;
  const texts: string[] = [];
  for (const piece of pieces) {
    const result = await runPiece(session, piece);
    ok &&= result.ok;
    texts.push(result.text ?? "");
  }
  const separator = settings.outputSplitMarker === "" ? "" : `${settings.outputSplitMarker}\n`;
  if (!ok && (settings.output !== "-" || texts.every((text) => text === ""))) return EXIT.failure;
  const problem =
    (await writeKept(session)) ?? (await writeOutput(io, settings.output, texts.join(separator)));
  if (problem !== null) return failure(io, problem);
  return ok ? EXIT.ok : EXIT.failure;
}

/** Whether an argument may be a pass, or asks for the list of passes: only then they are loaded. */
function mentionsPasses(argv: readonly string[], known: ReadonlySet<string>): boolean {
  const names = argv.map((argument) => /^--?([A-Za-z][\w-]*)/.exec(argument)?.[1] ?? null);
  return names.some(
    (name) => name === "help" || name === "h" || (name !== null && !known.has(name)),
  );
}

/** The tool. */
export const optMain: ToolMain = async (io) => {
  const plain = optCommand(io, []);
  const known = new Set(
    plain.options.flatMap(({ long, short }) =>
      [long, short].map((flag) => `${flag}`.replace(/^-+/, "")),
    ),
  );
  const passes = mentionsPasses(io.argv, known) ? (await loadPasses()).allPasses : [];
  const split = splitArguments(io.argv, new Set(passes.map(({ name }) => name)));
  const command = passes.length === 0 ? plain : optCommand(io, passes);
  const code = parseCommand(command, { ...io, argv: split.argv });
  if (code !== null) return code;
  const settings = readOptSettings(command, split);
  return typeof settings === "string" ? reportUsage(io, TOOL, settings) : run(io, settings);
};
