/** @file What all grammar rules share: state of one parse, errors in mlir-opt's words and places, a limit on nesting. */
import type { IParserErrorMessageProvider, IToken, TokenType } from "chevrotain";
import type { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import type { Loc } from "#lib/diag/loc.ts";
import type { SourceFile } from "#lib/diag/source-file.ts";
import type { Attribute, ResourceBlob } from "#lib/ir/attributes.ts";
import type { Context } from "#lib/ir/context.ts";
import type { Type } from "#lib/ir/types.ts";
import { ALL_TOKENS } from "../tokens.ts";
import { ParseAbort, WindowedParser } from "./windowed.ts";

/** Deepest nesting of regions, types, attributes and locations together. */
export const MAX_NESTING = 128;

/** What one parse works on. */
export interface ParseState {
  readonly source: SourceFile;
  readonly context: Context;
  readonly engine: DiagnosticEngine;
  /** Types and attributes by their text, for those that are one token. */
  readonly types: Map<string, Type>;
  readonly attributes: Map<string, Attribute>;
  /** Offset behind the `=` of each alias definition. */
  readonly aliases: ReadonlyMap<string, number>;
  /** Offsets of all alias definitions, in order. */
  readonly starts: readonly number[];
  /** Aliases whose definition the parse has passed. */
  readonly defined: Set<string>;
  /** Entries of the text's resource section. */
  readonly resources: ReadonlyMap<string, ResourceBlob>;
}

/** What to say where none of a rule's alternatives fits. */
const EXPECTED: Readonly<Record<string, string>> = {
  type: "expected non-function type",
  typeList: "expected non-function type",
  resultTypes: "expected non-function type",
  attribute: "expected attribute value",
  boolean: "expected attribute value",
  encoding: "expected attribute value",
  attributeName: "expected attribute name",
  location: "expected location instance",
  wordLocation: "expected location instance",
  operationName: "expected operation name in quotes",
};

/** What to say where a rule misses a token, by rule and token. */
const MISSING: Readonly<Record<string, string>> = {
  "genericTail LeftParen": "expected '(' to start operand list",
  "genericTail RightParen": "expected ')' to end operand list",
  "genericTail Colon": "expected ':' followed by operation type",
  "genericTail Greater": "expected '>' to close properties",
  "genericTail RightBracket": "expected ']' to end successor list",
  "generalTensor Greater": "expected '>' in tensor type",
  "complex Greater": "expected '>' in complex type",
  "tuple Greater": "expected '>' in tuple type",
  "signature Arrow": "expected '->' in function type",
  "parenthesizedTypes LeftParen": "expected '(' in type list",
  "regionBody LeftBrace": "expected '{' to begin a region",
  "resultName IntegerLiteral": "expected integer number of results",
  "dictionary RightBrace": "expected '}' in attribute dictionary",
  "array RightBracket": "expected ']' in array attribute",
  "operation Equal": "expected '=' after SSA name",
  "blockLabel Colon": "expected ':' after block name",
  "locationSuffix LeftParen": "expected '(' in location",
  "locationSuffix RightParen": "expected ')' in location",
  "filePosition IntegerLiteral": "expected integer column number in FileLineColRange",
  "filePosition Colon": "expected either integer or `:` post `to` in FileLineColRange",
  "attributeAlias Equal": "expected '=' in attribute alias definition",
  "typeAlias Equal": "expected '=' in type alias definition",
};

const errorMessages: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected, ruleName }) =>
    MISSING[`${ruleName} ${expected.name}`] ?? `expected ${expected.LABEL ?? expected.name}`,
  buildNotAllInputParsedMessage: () => "expected operation name in quotes",
  buildNoViableAltMessage: ({ ruleName }) => EXPECTED[ruleName] ?? "unexpected token",
  buildEarlyExitMessage: ({ ruleName }) => EXPECTED[ruleName] ?? "unexpected token",
};

/** Base of the grammar; the rules are in the classes that extend it. */
export abstract class BaseParser extends WindowedParser {
  private current: ParseState | null = null;
  private depth = 0;

  constructor() {
    super([...ALL_TOKENS], {
      maxLookahead: 1,
      recoveryEnabled: false,
      skipValidations: true,
      nodeLocationTracking: "none",
      errorMessageProvider: errorMessages,
    });
  }

  /** State of the parse under way. */
  get state(): ParseState {
    return this.current as ParseState;
  }

  /** Begins a parse, or forgets the last one. */
  protected start(state: ParseState | null): void {
    this.current = state;
    this.depth = 0;
    this.input = [];
    if (state !== null) this.open(state);
  }

  /** Token `ahead` places on; the first is the next one. */
  peekToken(ahead = 1): IToken {
    return this.LA(ahead);
  }

  /** Takes the next token, whatever it is. */
  takeToken(): IToken {
    const token = this.LA(1);
    this.SKIP_TOKEN();
    return token;
  }

  /** Offset of a token; the text's length for the end of the text. */
  offsetOf(token: IToken): number {
    return Number.isNaN(token.startOffset) ? this.state.source.text.length : token.startOffset;
  }

  /** Offset of the next token. */
  get nextOffset(): number {
    return this.offsetOf(this.LA(1));
  }

  /** Offset behind the token taken last. */
  get previousEnd(): number {
    const { startOffset, image } = this.LA(0);
    return startOffset + image.length;
  }

  locAt(offset: number): Loc {
    return { kind: "source", file: this.state.source, offset };
  }

  /** Reports an error and leaves the parse. */
  fail(offset: number, message: string): never {
    this.state.engine.error(this.locAt(offset), message);
    throw new ParseAbort();
  }

  /** Reports that something is missing before the next token: the place is the end of what was read. */
  failExpected(message: string): never {
    return this.failExpectedAt(this.nextOffset, message);
  }

  /** Reports that something is missing before the token at an offset. */
  failExpectedAt(offset: number, message: string): never {
    return this.fail(wrongTokenOffset(this.state.source.text, offset), message);
  }

  /** Takes a token of that type, or reports what was expected. */
  expectToken(type: TokenType, message: string): IToken {
    if (this.LA(1).tokenType !== type) this.failExpected(message);
    return this.takeToken();
  }

  /** Runs a rule that may contain itself, one level deeper. */
  protected nested<T>(rule: () => T): T {
    if (this.RECORDING_PHASE) return rule();
    if (this.depth >= MAX_NESTING)
      this.fail(this.nextOffset, `nesting is too deep: more than ${MAX_NESTING} levels`);
    this.depth++;
    const result = rule();
    this.depth--;
    return result;
  }

  /** Calls a rule from within a format or another action. */
  protected invoke<T>(rule: unknown): T {
    return (this as unknown as { SUBRULE(rule: unknown): T }).SUBRULE(rule);
  }

  /** As {@link invoke}, with arguments. */
  protected invokeWith<T>(rule: unknown, args: readonly unknown[]): T {
    type Call = { SUBRULE(rule: unknown, options: { ARGS: readonly unknown[] }): T };
    return (this as unknown as Call).SUBRULE(rule, { ARGS: args });
  }
}

/** Where mlir-opt says that a token is missing: behind what comes before it, blank lines and comments aside. */
export function wrongTokenOffset(text: string, offset: number): number {
  const original = offset >= text.length ? Math.max(0, text.length - 1) : offset;
  let end = original;
  for (;;) {
    while (end > 0 && (text[end - 1] === " " || text[end - 1] === "\t")) end--;
    if (end === 0) return original;
    if (text[end - 1] !== "\n" && text[end - 1] !== "\r") return end;
    end--;
    const lineStart = Math.max(text.lastIndexOf("\n", end - 1), text.lastIndexOf("\r", end - 1));
    const comment = text.slice(lineStart + 1, end).indexOf("//");
    if (comment !== -1) end = lineStart + 1 + comment;
  }
}
