/** @file The module that the helper made: read, through pcp-prepare, searched for operations without a gradient, printed. */
import { parseModule } from "#lib/asm/parser.ts";
import { printModule } from "#lib/asm/printer.ts";
import { checkDifferentiable } from "#lib/autodiff/emit.ts";
import { type Diagnostic, DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { SourceFile } from "#lib/diag/source-file.ts";
import { makeContext } from "#lib/dialects/all.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { runPrepare } from "#lib/passes/pcp-prepare.ts";
import { verifyOp } from "#lib/verify/verify.ts";

/** What to do with the helper's module. */
export interface PrepareRequest {
  readonly text: string;
  /** The same with the user's lines: looked through for operations without a gradient rule on the way to the loss; null to skip that. */
  readonly located: string | null;
  /** What diagnostics call the text. */
  readonly name: string;
  /** Run pcp-prepare. */
  readonly prepare: boolean;
}

/** A module ready to be written. */
export interface Prepared {
  readonly text: string;
  /** About the operations without a gradient rule, where they were looked for. */
  readonly missing: readonly Diagnostic[];
}

/** A module that was read and prepared, or null after errors. */
function readModule(
  text: string,
  { name, prepare }: PrepareRequest,
  engine: DiagnosticEngine,
): Operation | null {
  const context = makeContext();
  const module = parseModule(new SourceFile(name, text), context, engine);
  if (module === null || !verifyOp(module, engine, context)) return null;
  if (prepare) runPrepare(module);
  return verifyOp(module, engine, context) ? module : null;
}

/** Prepares the module; diagnostics alone where it cannot be read, which is a fault of ours. */
export function prepareModule(
  request: PrepareRequest,
): Prepared | { readonly diagnostics: readonly Diagnostic[] } {
  const engine = new DiagnosticEngine();
  let { text } = request;
  if (request.prepare) {
    const module = readModule(text, request, engine);
    if (module === null) return { diagnostics: engine.diagnostics };
    text = printModule(module);
  }
  if (request.located !== null) {
    const module = readModule(request.located, request, engine);
    if (module === null) return { diagnostics: engine.diagnostics };
    checkDifferentiable(
      module,
      { functionName: "main", loss: null, wrt: null, dataArgs: null, ties: "torch" },
      engine,
    );
  }
  return { text, missing: engine.diagnostics };
}
