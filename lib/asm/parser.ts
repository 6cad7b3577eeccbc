/** @file Parses MLIR text into operations. */
import type { IToken } from "chevrotain";
import type { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import type { Loc } from "#lib/diag/loc.ts";
import type { SourceFile } from "#lib/diag/source-file.ts";
import type { Attribute, ResourceBlob } from "#lib/ir/attributes.ts";
import type { Context } from "#lib/ir/context.ts";
import { Block, Operation, Region } from "#lib/ir/graph.ts";
import type { Type } from "#lib/ir/types.ts";
import type { ParseState } from "./grammar/base.ts";
import { OperationParser } from "./grammar/operations.ts";
import { ParseAbort } from "./grammar/windowed.ts";
import { lex } from "./lexer.ts";
import { readBlob } from "./resources.ts";
import { findDefinitions } from "./scan.ts";
import { unescapeString } from "./strings.ts";
import * as t from "./tokens.ts";

/** The whole grammar. */
class MlirParser extends OperationParser {
  /** Alias definitions and operations up to the end of the text. */
  private readonly file = this.RULE("file", (block: Block) => {
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.attributeAlias) },
        { ALT: () => this.SUBRULE(this.typeAlias) },
        { ALT: () => this.SUBRULE(this.metadata) },
        { ALT: () => this.SUBRULE(this.operation, { ARGS: [block] }) },
      ]);
    });
    if (!this.RECORDING_PHASE && !Number.isNaN(this.LA(1).startOffset))
      this.failExpected("expected operation name in quotes");
  });

  private readonly attributeAlias = this.RULE("attributeAlias", () => {
    const name = this.CONSUME(t.HashName);
    this.CONSUME(t.Equal);
    this.define(name, "attribute");
    const attr = this.SUBRULE(this.attribute);
    if (!this.RECORDING_PHASE) this.state.attributes.set(name.image, attr);
  });

  private readonly typeAlias = this.RULE("typeAlias", () => {
    const name = this.CONSUME(t.BangName);
    this.CONSUME(t.Equal);
    this.define(name, "type");
    const type = this.SUBRULE(this.type);
    if (!this.RECORDING_PHASE) this.state.types.set(name.image, type);
  });

  private define({ image, startOffset }: IToken, what: string): void {
    if (this.RECORDING_PHASE) return;
    if (this.state.defined.has(image))
      this.fail(startOffset, `redefinition of ${what} alias id '${image.slice(1)}'`);
    this.state.defined.add(image);
  }

  /** The resource section was read before; here its tokens are passed over. */
  private readonly metadata = this.RULE("metadata", () => {
    this.CONSUME(t.MetadataStart);
    if (this.RECORDING_PHASE) return;
    while (this.takeToken().tokenType !== t.MetadataEnd)
      if (Number.isNaN(this.LA(1).startOffset)) this.failExpected("expected '#-}'");
  });

  constructor() {
    super();
    this.performSelfAnalysis();
  }

  /** Reports what the grammar did not accept. */
  private failRecognition(token: IToken, message: string): never {
    const offset = this.offsetOf(token);
    if (token.image === "tensor" && message === "expected non-function type")
      this.fail(offset + token.image.length, "expected '<' in tensor type");
    return this.failExpectedAt(offset, message);
  }

  private run<T>(state: ParseState, rule: () => T): T | null {
    try {
      this.start(state);
      this.startOperations();
      const result = rule();
      const [error] = this.errors;
      if (error !== undefined) {
        this.failRecognition(error.token, error.message);
      }
      this.finishOperations();
      return result;
    } catch (error) {
      if (error instanceof ParseAbort) return null;
      if (!(error instanceof RangeError)) throw error;
      state.engine.error(this.locAt(this.nextOffset), "nesting is too deep");
      return null;
    } finally {
      this.start(null);
    }
  }

  /** Operations of a whole text, in a block. */
  parseFile(state: ParseState): Block | null {
    const block = new Block();
    return this.run(state, () => {
      this.file(block);
      return block;
    });
  }

  /** One attribute and nothing else. */
  parseAttribute(state: ParseState): Attribute | null {
    return this.run(state, () => this.attribute());
  }

  /** One type and nothing else. */
  parseType(state: ParseState): Type | null {
    return this.run(state, () => this.type());
  }
}

let shared: MlirParser | null = null;

/** The parser, made when first needed: its analysis of the grammar is the expensive part. */
const parser = (): MlirParser => {
  shared ??= new MlirParser();
  return shared;
};

const keyOf = ({ image }: IToken): string =>
  image.startsWith('"') ? unescapeString(image) : image;

/** Entries of a resource section: every `key: "0x..."` of `dialect_resources`. */
function readResources(
  tokens: readonly IToken[],
  source: SourceFile,
  engine: DiagnosticEngine,
  into: Map<string, ResourceBlob>,
): boolean {
  const path: string[] = [];
  const fail = (token: IToken | undefined, message: string): false => {
    const offset = token?.startOffset ?? source.text.length;
    engine.error({ kind: "source", file: source, offset }, message);
    return false;
  };
  for (let i = 1; i < tokens.length; i++) {
    const token = tokens[i] as IToken;
    if (token.tokenType === t.MetadataEnd) return true;
    if (token.tokenType === t.RightBrace) path.pop();
    if (token.tokenType === t.RightBrace || token.tokenType === t.Comma) continue;
    const key = keyOf(token);
    if (tokens[i + 1]?.tokenType !== t.Colon) return fail(tokens[i + 1], "expected ':'");
    const value = tokens[i + 2];
    i += 2;
    if (value?.tokenType === t.LeftBrace) path.push(key);
    else if (value?.tokenType === t.StringLiteral && path[0] === "dialect_resources") {
      const end = value.startOffset + value.image.length;
      const blob = readBlob(key, source.text, value.startOffset, end);
      if ("error" in blob) return fail(value, blob.error);
      into.set(key, blob);
    } else if (value === undefined) return fail(value, "expected value");
  }
  return fail(undefined, "unterminated file metadata dictionary");
}

/** What a parse of a text begins with, or null after reporting what is wrong with its resources. */
function stateOf(
  source: SourceFile,
  context: Context,
  engine: DiagnosticEngine,
): ParseState | null {
  const { aliases, starts, sections } = findDefinitions(source.text);
  const resources = new Map<string, ResourceBlob>();
  for (const offset of sections) {
    const section = lex(source, engine, offset);
    if (section === null || !readResources(section.tokens, source, engine, resources)) return null;
  }
  const [types, attributes] = [new Map(), new Map()];
  const defined = new Set<string>();
  return { source, context, engine, types, attributes, aliases, starts, defined, resources };
}

export interface ParseOptions {
  /** Puts what is not one `builtin.module` into a module; on by default. */
  readonly implicitModule?: boolean;
}

/** Where a piece of a split file begins; 0:0 in a whole file. */
const implicitLocation = ({ name, firstLine, splitColumn }: SourceFile): Loc => {
  const line = splitColumn === 0 ? 0 : firstLine;
  return { kind: "file", fileName: name, line, column: splitColumn, end: null };
};

/**
 * Parses a text; null after reporting errors to the engine.
 *
 * One `builtin.module` at the top level is the result; anything else is put into a module, as mlir-opt does.
 * Bytes of `dense_resource` attributes are in the attributes themselves (`attr.blob`); see `resourcesOf`.
 */
export function parseModule(
  source: SourceFile,
  context: Context,
  engine: DiagnosticEngine,
  options: ParseOptions = {},
): Operation | null {
  const state = stateOf(source, context, engine);
  if (state === null) return null;
  const block = parser().parseFile(state);
  if (block === null) return null;
  const { first } = block;
  const implicit = options.implicitModule !== false;
  if (first !== null && first.next === null && (!implicit || first.name === "builtin.module")) {
    first.remove();
    return first;
  }
  if (!implicit) {
    const loc = { kind: "source", file: source, offset: 0 } as const;
    engine.error(loc, "source must contain a single top-level operation");
    return null;
  }
  return new Operation({
    name: "builtin.module",
    def: context.ops.get("builtin.module") ?? null,
    regions: [new Region([block])],
    loc: implicitLocation(source),
  });
}

/** Parses a text that is one attribute; null after reporting errors. */
export function parseAttribute(
  source: SourceFile,
  context: Context,
  engine: DiagnosticEngine,
): Attribute | null {
  const state = stateOf(source, context, engine);
  return state === null ? null : parser().parseAttribute(state);
}

/** Parses a text that is one type, such as `tensor<2x3xf32>`; null after reporting errors. */
export function parseType(
  source: SourceFile,
  context: Context,
  engine: DiagnosticEngine,
): Type | null {
  const state = stateOf(source, context, engine);
  return state === null ? null : parser().parseType(state);
}
