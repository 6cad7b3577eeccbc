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

/** Where no token that a regular expression matches can go on: a line that begins with one of these. */
const BOUNDARY = /\n(?=[ \t\r]*[%#!^@}"])/g;

/** The first of ascending numbers that is greater than `least`, or null. */
function firstAbove(numbers: readonly number[], least: number): number | null {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) > least) high = middle;
    else low = middle + 1;
  }
  return numbers[low] ?? null;
}

/** First offset behind `offset` at which the text may be cut: a line end, one of `starts`, or the text's end. */
function boundaryFrom(text: string, offset: number, starts: readonly number[]): number {
  const limit = firstAbove(starts, offset) ?? text.length;
  BOUNDARY.lastIndex = 0;
  return BOUNDARY.test(text.slice(offset, limit)) ? offset + BOUNDARY.lastIndex : limit;
}

/** Tokens of a part of a text, with their offsets in the whole, and where the part ends. */
export interface Lexed {
  readonly tokens: IToken[];
  readonly end: number;
}

/**
 * Cuts about `size` characters of a text from `start` on into tokens, or returns null after reporting what cannot be one.
 *
 * The part ends at a line end or before an alias definition, which `starts` lists. A body in brackets may go on behind it; then more
 * is taken, four times as much each time, so that the work stays proportional to what is read. Without an engine nothing is reported.
 */
export function lex(
  source: SourceFile,
  engine: DiagnosticEngine | null,
  start = 0,
  size = source.text.length,
  starts: readonly number[] = [],
): Lexed | null {
  const { text } = source;
  const report = (offset: number, message: string): null => {
    engine?.error({ kind: "source", file: source, offset: start + offset }, message);
    return null;
  };
  const end = boundaryFrom(text, start + size, starts);
  try {
    const { tokens, errors } = lexer().tokenize(text.slice(start, end));
    const [error] = errors;
    if (error !== undefined) return report(error.offset, "unexpected character");
    if (start > 0) for (const token of tokens) token.startOffset += start;
    return { tokens, end };
  } catch (error) {
    if (!(error instanceof ScanError))
      throw new InternalError("the lexer failed", { cause: error });
    if (end === text.length) return report(error.offset, error.message);
  } finally {
    releaseScanners();
  }
  return lex(source, engine, start, 4 * (end - start), starts);
}

/** As {@link lex}, but what cannot be a token is reported only when it is on the first lines: what stands before it comes first. */
export function lexAhead(
  source: SourceFile,
  engine: DiagnosticEngine,
  start: number,
  size: number,
  starts: readonly number[],
): Lexed | null {
  for (let ahead = size; ahead > 0; ahead >>= 2) {
    const lexed = lex(source, null, start, ahead, starts);
    if (lexed !== null) return lexed;
  }
  return lex(source, engine, start, 0, starts);
}
