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
  /** What is handed on where nothing is prepared. */
  readonly text: string;
  /** The same in the generic form, which any operation can be read in, with the user's lines. */
  readonly generic: string;
  /** What diagnostics call the text. */
  readonly name: string;
  /** Run pcp-prepare. */
  readonly prepare: boolean;
  /** Look for operations without a gradient rule on the way to the loss. */
  readonly checkVjp: boolean;
}

/** A module ready to be written. */
export interface Prepared {
  readonly text: string;
  /** About the operations without a gradient rule, where they were looked for. */
  readonly missing: readonly Diagnostic[];
}

/** A module that was read and prepared, or null after errors. */
function readModule(
  { generic, name, prepare }: PrepareRequest,
  engine: DiagnosticEngine,
): Operation | null {
  const context = makeContext();
  const module = parseModule(new SourceFile(name, generic), context, engine);
  if (module === null || !verifyOp(module, engine, context)) return null;
  if (prepare) runPrepare(module);
  return verifyOp(module, engine, context) ? module : null;
}

/** Prepares the module; diagnostics alone where it cannot be read, which is a fault of ours. */
export function prepareModule(
  request: PrepareRequest,
): Prepared | { readonly diagnostics: readonly Diagnostic[] } {
  const engine = new DiagnosticEngine();
  const { prepare, checkVjp } = request;
  if (!prepare && !checkVjp) return { text: request.text, missing: [] };
  const module = readModule(request, engine);
  if (module === null) return { diagnostics: engine.diagnostics };
  const text = prepare ? printModule(module) : request.text;
  if (checkVjp)
    checkDifferentiable(
      module,
      { functionName: "main", loss: null, wrt: null, dataArgs: null, ties: "torch" },
      engine,
    );
  return { text, missing: engine.diagnostics };
}
