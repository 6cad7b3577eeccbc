/** @file pcp-autodiff: reads a module, adds gradients or training functions, checks and reports, prints. */
import { parseModule } from "#lib/asm/parser.ts";
import { printModule } from "#lib/asm/printer.ts";
import {
  type Emitted,
  emitGrad,
  emitValueAndGrad,
  type GradientRequest,
} from "#lib/autodiff/emit.ts";
import { reportOf } from "#lib/autodiff/report.ts";
import { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { renderDiagnostic } from "#lib/diag/render.ts";
import { SourceFile } from "#lib/diag/source-file.ts";
import { makeContext } from "#lib/dialects/all.ts";
import { cloneOp } from "#lib/ir/clone.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { makeOptimizer } from "#lib/optim/optimizers.ts";
import { emitTrain } from "#lib/optim/train.ts";
import { EXIT, type ToolIo, type ToolMain } from "#lib/support/io.ts";
import { verifyOp } from "#lib/verify/verify.ts";
import { runGradientCheck } from "./autodiff-check.ts";
import {
  type AutodiffSettings,
  autodiffCommand,
  readAutodiffSettings,
} from "./autodiff-options.ts";
import { parseCommand, reportUsage } from "./options.ts";
import { readInput, writeOutput } from "./output.ts";

const TOOL = "pcp-autodiff";

const requestOf = (settings: AutodiffSettings): GradientRequest => ({
  functionName: settings.functionName,
  loss: settings.loss,
  wrt: settings.wrt,
  dataArgs: settings.dataArgs,
  ties: settings.ties,
});

/** Adds to the module what the settings ask for; null after errors. */
function emit(
  module: Operation,
  settings: AutodiffSettings,
  engine: DiagnosticEngine,
): Emitted | null {
  const request = requestOf(settings);
  if (settings.emit === "grad") return emitGrad(module, request, engine);
  if (settings.emit === "value-and-grad") return emitValueAndGrad(module, request, engine);
  const { noDecay } = settings;
  const spared: string[] = [];
  const emitted = emitTrain(
    module,
    {
      ...request,
      optimizer: makeOptimizer(settings.optimizer),
      decays: ({ name, type }) => {
        if (noDecay === null) return type.kind === "tensor" && type.shape.length >= 2;
        const matches = noDecay.test(name);
        if (matches) spared.push(name);
        return !matches;
      },
      accumulate: settings.accumulate,
    },
    engine,
  );
  if (emitted === null || noDecay === null || spared.length > 0) return emitted;
  return {
    ...emitted,
    notes: [...emitted.notes, `--no-decay=${noDecay.source} matches no parameter`],
  };
}

function flushDiagnostics(io: ToolIo, engine: DiagnosticEngine): void {
  for (const diagnostic of engine.diagnostics.splice(0))
    io.stderr.write(renderDiagnostic(diagnostic, { color: false }));
}

async function run(io: ToolIo, settings: AutodiffSettings): Promise<number> {
  const input = await readInput(io, settings.input);
  if (input.error !== undefined) {
    io.stderr.write(`${TOOL}: error: ${input.error}\n`);
    return EXIT.failure;
  }
  const engine = new DiagnosticEngine();
  const file = new SourceFile(input.name, new TextDecoder().decode(input.bytes));
  const context = makeContext();
  const module = parseModule(file, context, engine);
  if (module === null || !verifyOp(module, engine, context)) {
    flushDiagnostics(io, engine);
    return EXIT.failure;
  }
  const original = settings.checkGrad === null ? null : cloneOp(module);
  const emitted = emit(module, settings, engine);
  flushDiagnostics(io, engine);
  if (emitted === null) return EXIT.failure;
  if (original !== null) {
    const table = runGradientCheck(original, requestOf(settings), settings, engine);
    flushDiagnostics(io, engine);
    if (table !== null) io.stderr.write(table.text);
    if (table === null || !table.ok) return EXIT.failure;
  }
  // A report has the notes, and standard error is nothing but the report then.
  if (!settings.report)
    for (const note of emitted.notes) io.stderr.write(`${TOOL}: note: ${note}\n`);
  const text = printModule(module, {
    generic: settings.generic,
    debugInfo: settings.debugInfo,
  });
  const problem = await writeOutput(io, settings.output, text);
  if (problem !== null) {
    io.stderr.write(`${TOOL}: error: ${problem}\n`);
    return EXIT.failure;
  }
  if (settings.report) io.stderr.write(`${JSON.stringify(reportOf(emitted), null, 2)}\n`);
  return EXIT.ok;
}

/** The tool. */
export const autodiffMain: ToolMain = async (io) => {
  const command = autodiffCommand(io);
  const code = parseCommand(command, io);
  if (code !== null) return code;
  const settings = readAutodiffSettings(command);
  return typeof settings === "string" ? reportUsage(io, TOOL, settings) : run(io, settings);
};
