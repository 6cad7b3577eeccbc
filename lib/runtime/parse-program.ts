/** @file Reads the MLIR of a program for the interpreter: parsed and verified, or diagnostics. */
import { parseModule } from "#lib/asm/parser.ts";
import { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { SourceFile } from "#lib/diag/source-file.ts";
import { makeContext } from "#lib/dialects/all.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { verifyOp } from "#lib/verify/verify.ts";
import { DiagnosticsError } from "./engine.ts";

/**
 * The verified module of a text; throws {@link DiagnosticsError} where it is not one.
 * @param allowUnregisteredDialects - accept ops in generic form that nobody here knows.
 */
export function parseProgram(
  { name, text }: { readonly name: string; readonly text: string },
  allowUnregisteredDialects = false,
): Operation {
  const engine = new DiagnosticEngine();
  const context = makeContext({ allowUnregisteredDialects });
  const module = parseModule(new SourceFile(name, text), context, engine);
  if (module === null || engine.hasErrors || !verifyOp(module, engine, context))
    throw new DiagnosticsError(engine.diagnostics);
  return module;
}
