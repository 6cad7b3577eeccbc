/** @file The module that the helper made: read, through pcp-prepare, searched for operations without a gradient, printed. */
import { parseModule } from "#lib/asm/parser.ts";
import { printModule } from "#lib/asm/printer.ts";
import { checkDifferentiable } from "#lib/autodiff/emit.ts";
import { type Diagnostic, DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { SourceFile } from "#lib/diag/source-file.ts";
import { makeContext } from "#lib/dialects/all.ts";
import { runPrepare } from "#lib/passes/pcp-prepare.ts";
import { verifyOp } from "#lib/verify/verify.ts";

/** What to do with the helper's module. */
export interface PrepareRequest {
  readonly text: string;
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
  /** One per operation without a gradient rule, where they were looked for. */
  readonly missing: readonly Diagnostic[];
}

/** Prepares the module; diagnostics alone where it cannot be read, which is a fault of ours. */
export function prepareModule(
  request: PrepareRequest,
): Prepared | { readonly diagnostics: readonly Diagnostic[] } {
  if (!request.prepare && !request.checkVjp) return { text: request.text, missing: [] };
  const engine = new DiagnosticEngine();
  const context = makeContext();
  const module = parseModule(new SourceFile(request.name, request.text), context, engine);
  if (module === null || !verifyOp(module, engine, context))
    return { diagnostics: engine.diagnostics };
  if (request.prepare) runPrepare(module);
  if (!verifyOp(module, engine, context)) return { diagnostics: engine.diagnostics };
  const text = request.prepare ? printModule(module) : request.text;
  if (request.checkVjp)
    checkDifferentiable(
      module,
      { functionName: "main", loss: null, wrt: null, dataArgs: null, ties: "torch" },
      engine,
    );
  return { text, missing: engine.diagnostics };
}
