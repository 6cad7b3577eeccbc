/** @file Parsing and printing as the tests of the assembly layer need them. */
import { parseModule } from "#lib/asm/parser.ts";
import type { PrintOptions } from "#lib/asm/printer.ts";
import { printModule } from "#lib/asm/printer.ts";
import { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { renderDiagnostic } from "#lib/diag/render.ts";
import { SourceFile } from "#lib/diag/source-file.ts";
import { makeContext } from "#lib/dialects/all.ts";
import type { Operation } from "#lib/ir/graph.ts";

const context = makeContext({ allowUnregisteredDialects: true });

/** The module of a text, or the rendered errors. */
export function read(text: string): { readonly module: Operation } | { readonly errors: string } {
  const engine = new DiagnosticEngine();
  const module = parseModule(new SourceFile("t.mlir", text), context, engine);
  if (module !== null && !engine.hasErrors) return { module };
  return { errors: engine.diagnostics.map((each) => renderDiagnostic(each)).join("") };
}

/** The module of a text that has no mistakes. */
export function parse(text: string): Operation {
  const result = read(text);
  if ("errors" in result) throw new Error(`${result.errors}\n${text.slice(0, 2000)}`);
  return result.module;
}

/** Text of the module of a text. */
export const reprint = (text: string, options: PrintOptions = {}): string =>
  printModule(parse(text), options);

/** The rendered errors of a text that has some. */
export function errorsOf(text: string): string {
  const result = read(text);
  if ("module" in result) throw new Error("no error");
  return result.errors;
}
