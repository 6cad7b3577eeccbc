/** @file What an op's format sees of the parser: the token stream, and the grammar's rules for types, attributes and regions. */
import type { IToken, TokenType } from "chevrotain";
import type { Loc } from "#lib/diag/loc.ts";
import type {
  OpAsmParser,
  ParsedOp,
  RegionArgument,
  UnresolvedOperand,
} from "#lib/ir/asm-format.ts";
import type { Attribute } from "#lib/ir/attributes.ts";
import type { Region } from "#lib/ir/graph.ts";
import type { AnyOpDef } from "#lib/ir/op-def.ts";
import type { Type } from "#lib/ir/types.ts";
import { unescapeString } from "./strings.ts";
import * as t from "./tokens.ts";

/** What formats need of the grammar. */
export interface Grammar {
  peekToken(ahead?: number): IToken;
  takeToken(): IToken;
  offsetOf(token: IToken): number;
  readonly nextOffset: number;
  locAt(offset: number): Loc;
  fail(offset: number, message: string): never;
  failExpected(message: string): never;
  expectToken(type: TokenType, message: string): IToken;
  readonly forFormats: {
    type(): Type;
    typeList(): Type[];
    signature(): { inputs: Type[]; results: Type[] };
    attribute(type?: Type): Attribute;
    dictionary(): Map<string, Attribute>;
    location(): Loc;
    record(opName: string): AnyOpDef | null;
    region(def: AnyOpDef, args?: readonly RegionArgument[]): Region;
  };
}

/** Runs the formats of records on the grammar's token stream. */
export class FormatParser implements OpAsmParser {
  private readonly grammar: Grammar;
  private def: AnyOpDef | null = null;

  constructor(grammar: Grammar) {
    this.grammar = grammar;
  }

  /** Parses what follows the name of an op that has a pretty form. */
  parse(def: AnyOpDef, state: ParsedOp): void {
    const outer = this.def;
    this.def = def;
    def.format?.parse(this, state);
    this.def = outer;
  }

  get offset(): number {
    return this.grammar.nextOffset;
  }

  accept(text: string): boolean {
    if (this.grammar.peekToken().image !== text) return false;
    this.grammar.takeToken();
    return true;
  }

  expect(text: string): void {
    if (this.accept(text)) return;
    if (/^[a-z]/.test(text)) this.error(this.offset, `expected '${text}'`);
    this.grammar.failExpected(`expected '${text}'`);
  }

  peek(text: string): boolean {
    return this.grammar.peekToken().image === text;
  }

  peekText(): string {
    return this.grammar.peekToken().image;
  }

  peekOperand(): boolean {
    return this.grammar.peekToken().tokenType === t.PercentName;
  }

  keyword(): string {
    const token = this.grammar.peekToken();
    if (!/^[A-Za-z_]/.test(token.image)) this.grammar.failExpected("expected valid keyword");
    return this.grammar.takeToken().image;
  }

  integer(): number {
    const { image, startOffset } = this.grammar.expectToken(
      t.IntegerLiteral,
      "expected integer value",
    );
    const value = Number(image);
    if (!Number.isSafeInteger(value)) this.grammar.fail(startOffset, "integer value too large");
    return value;
  }

  string(): string {
    return unescapeString(this.grammar.expectToken(t.StringLiteral, "expected string").image);
  }

  symbolName(): string {
    const { image } = this.grammar.expectToken(
      t.AtName,
      "expected valid '@'-identifier for symbol name",
    );
    return image[1] === '"' ? unescapeString(image.slice(1)) : image.slice(1);
  }

  operand(): UnresolvedOperand {
    const { image, startOffset } = this.grammar.expectToken(t.PercentName, "expected SSA operand");
    return { name: image, offset: startOffset };
  }

  operandList(): UnresolvedOperand[] {
    if (!this.peekOperand()) return [];
    const operands = [this.operand()];
    while (this.accept(",")) operands.push(this.operand());
    return operands;
  }

  type(): Type {
    return this.grammar.forFormats.type();
  }

  typeList(): Type[] {
    return this.grammar.forFormats.typeList();
  }

  functionalType(): { inputs: Type[]; results: Type[] } {
    return this.grammar.forFormats.signature();
  }

  attribute(type?: Type): Attribute {
    return this.grammar.forFormats.attribute(type);
  }

  integerList(): number[] {
    this.expect("[");
    const values: number[] = [];
    if (this.accept("]")) return values;
    do values.push(this.integer());
    while (this.accept(","));
    this.expect("]");
    return values;
  }

  optionalAttrDict(into: Map<string, Attribute>): boolean {
    if (!this.peek("{")) return false;
    for (const [name, attr] of this.grammar.forFormats.dictionary()) into.set(name, attr);
    return true;
  }

  optionalLoc(): Loc | null {
    return this.grammar.peekToken().tokenType === t.Loc ? this.grammar.forFormats.location() : null;
  }

  locAt(offset: number): Loc {
    return this.grammar.locAt(offset);
  }

  region(entryArgs?: readonly RegionArgument[]): Region {
    return this.grammar.forFormats.region(this.def as AnyOpDef, entryArgs);
  }

  recordOf(opName: string): AnyOpDef | null {
    return this.grammar.forFormats.record(opName);
  }

  error(offset: number, message: string): never {
    return this.grammar.fail(offset, `custom op '${this.def?.name ?? ""}' ${message}`);
  }
}
