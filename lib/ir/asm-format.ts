/** @file The contract between op records and the assembly layer: how a pretty form is parsed and printed. */
import type { Attribute } from "./attributes.ts";
import type { Operation, Region, Value } from "./graph.ts";
import type { Type } from "./types.ts";

/** An operand as written, before its type is known. */
export interface UnresolvedOperand {
  /** Name with the sign, such as `%arg0` or `%3#1`. */
  readonly name: string;
  /** Offset in the source text. */
  readonly offset: number;
}

/** What a format collects while parsing; the parser builds the operation from it. */
export interface ParsedOp {
  readonly operands: UnresolvedOperand[];
  /** One type per operand; filled before the format returns. */
  operandTypes: Type[];
  resultTypes: Type[];
  readonly properties: Map<string, Attribute>;
  /** What `attr-dict` held; names of the record move to properties afterwards. */
  readonly attributes: Map<string, Attribute>;
  readonly regions: Region[];
}

/** Parser methods that formats use; each returns null or false after reporting an error. */
export interface OpAsmParser {
  /** Offset of the next token. */
  readonly offset: number;
  /** Takes a keyword or punctuation if it comes next. */
  accept(text: string): boolean;
  /** Takes a keyword or punctuation, or reports that it was expected. */
  expect(text: string): boolean;
  /** Whether the next token is this keyword or punctuation. */
  peek(text: string): boolean;
  /** Whether the next token is a `%name`. */
  peekOperand(): boolean;
  keyword(): string | null;
  integer(): number | null;
  string(): string | null;
  symbolName(): string | null;
  operand(): UnresolvedOperand | null;
  /** Operands separated by commas, at least one. */
  operandList(): UnresolvedOperand[] | null;
  type(): Type | null;
  typeList(): Type[] | null;
  /** `(types) -> types`. */
  functionalType(): { inputs: Type[]; results: Type[] } | null;
  attribute(type?: Type): Attribute | null;
  /** `[1, 2, 3]`. */
  integerList(): number[] | null;
  /** `{...}` if it comes next. */
  optionalAttrDict(into: Map<string, Attribute>): boolean;
  /** `{ ... }` with the given entry arguments, or those that the region's text names. */
  region(
    entryArgs?: readonly { readonly operand: UnresolvedOperand; readonly type: Type }[],
  ): Region | null;
  error(offset: number, message: string): false;
}

/** Printer methods that formats use. */
export interface OpAsmPrinter {
  text(text: string): void;
  operand(value: Value): void;
  operands(values: readonly Value[]): void;
  type(type: Type): void;
  types(types: readonly Type[]): void;
  /** `(types) -> types`. */
  functionalType(inputs: readonly Type[], results: readonly Type[]): void;
  attribute(attr: Attribute): void;
  /** An attribute without its trailing `: type`. */
  attributeWithoutType(attr: Attribute): void;
  /** ` {...}` with the inherent and discardable attributes that are not elided; nothing when all are. */
  attrDict(op: Operation, elided: readonly string[]): void;
  /** The region in braces; entry arguments are printed only when asked for. */
  region(
    region: Region,
    options?: { readonly entryArgs?: boolean; readonly terminator?: boolean },
  ): void;
  symbol(name: string): void;
  newline(): void;
  /** Location suffix of a value, printed with debug info only. */
  loc(value: Value): void;
}

/** The pretty form of an op: everything after its name. */
export interface AsmFormat {
  /** Returns false after reporting an error. */
  readonly parse: (parser: OpAsmParser, state: ParsedOp) => boolean;
  /** Prints, or returns false to fall back to the generic form. */
  readonly print: (printer: OpAsmPrinter, op: Operation) => boolean;
}
