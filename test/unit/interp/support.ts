/** @file Parsing and running of texts for the interpreter's tests. */
import { parseModule } from "#lib/asm/parser.ts";
import { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { SourceFile } from "#lib/diag/source-file.ts";
import { makeContext } from "#lib/dialects/all.ts";
import type { Operation } from "#lib/ir/graph.ts";

/** The module of a text, which must be sound. */
export function parse(text: string): Operation {
  const engine = new DiagnosticEngine();
  const module = parseModule(new SourceFile("test.mlir", text), makeContext(), engine);
  if (module === null)
    throw new Error(`${engine.diagnostics.map(({ message }) => message).join("\n")}\n${text}`);
  return module;
}
