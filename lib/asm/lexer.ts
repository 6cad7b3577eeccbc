/** @file Cuts MLIR text into tokens with Chevrotain's lexer. */
import { type IToken, Lexer } from "chevrotain";
import type { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import type { SourceFile } from "#lib/diag/source-file.ts";
import { InternalError } from "#lib/support/assert.ts";
import { releaseScanners, ScanError } from "./scan.ts";
import { ALL_TOKENS } from "./tokens.ts";

let shared: Lexer | null = null;

/** The lexer, made when first needed. */
function lexer(): Lexer {
  shared ??= new Lexer([...ALL_TOKENS], {
    positionTracking: "onlyOffset",
    ensureOptimizations: true,
    skipValidations: true,
    safeMode: false,
    recoveryEnabled: true,
  });
  return shared;
}

/** Tokens of a text, or null after reporting what cannot be one. */
export function lex(source: SourceFile, engine: DiagnosticEngine): IToken[] | null {
  const report = (offset: number, message: string): null => {
    engine.error({ kind: "source", file: source, offset }, message);
    return null;
  };
  try {
    const { tokens, errors } = lexer().tokenize(source.text);
    const [error] = errors;
    if (error !== undefined) return report(error.offset, "unexpected character");
    return tokens;
  } catch (error) {
    if (error instanceof ScanError) return report(error.offset, error.message);
    throw new InternalError("the lexer failed", { cause: error });
  } finally {
    releaseScanners();
  }
}
