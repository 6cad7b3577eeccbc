/** @file Reads the MLIR of a program: parsed and verified, or diagnostics. */
import { parseModule } from "#lib/asm/parser.ts";
import { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { SourceFile } from "#lib/diag/source-file.ts";
import { makeContext } from "#lib/dialects/all.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { findRecursion } from "#lib/passes/recursion.ts";
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

/** Throws {@link DiagnosticsError} at a call by which a function gets back to itself: iree-compile never ends on such a module. */
export function refuseRecursion(module: Operation): void {
  const [first, ...rest] = findRecursion(module);
  if (first === undefined) return;
  const last = rest.at(-1) ?? first;
  const engine = new DiagnosticEngine();
  const error = engine.error(
    last.op.loc,
    `'func.call' op calls '@${last.callee}' recursively, which iree-compile cannot compile; write it with 'stablehlo.while'`,
  );
  if (rest.length > 0)
    for (const { op, callee } of [first, ...rest.slice(0, -1)])
      error.note(op.loc, `'@${callee}' is called from there`);
  throw new DiagnosticsError(engine.diagnostics);
}
