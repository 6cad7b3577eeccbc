/** @file The contract between op records and the assembly layer: how a pretty form is parsed and printed. */
import type { Loc } from "#lib/diag/loc.ts";
import type { Attribute } from "./attributes.ts";
import type { Operation, Region, Value } from "./graph.ts";
import type { AnyOpDef } from "./op-def.ts";
import type { Type } from "./types.ts";

/** An operand as written, before its type is known. */
export interface UnresolvedOperand {
  /** Name with the sign, such as `%arg0` or `%3#1`. */
  readonly name: string;
  /** Offset in the source text. */
  readonly offset: number;
}

/** An entry argument of a region as an op's own syntax names it. */
export interface RegionArgument {
  readonly operand: UnresolvedOperand;
  readonly type: Type;
  readonly loc?: Loc | null;
}

/** What a format collects while parsing; the parser builds the operation from it. */
export interface ParsedOp {
  operands: UnresolvedOperand[];
  /** One type per operand; filled before the format returns. */
  operandTypes: readonly Type[];
  resultTypes: readonly Type[];
  readonly properties: Map<string, Attribute>;
  /** What `attr-dict` held; names of the record move to properties afterwards. */
  readonly attributes: Map<string, Attribute>;
  readonly regions: Region[];
  /** Where the op says that it is; its name by default. */
  offset: number;
  /** Set by a format that reads the location itself. */
  loc: Loc | null;
}

/** Parser methods that formats use. Each reports what is missing and then leaves the parse: none returns without a result. */
export interface OpAsmParser {
  /** Offset of the next token. */
  readonly offset: number;
  /** Takes a keyword or punctuation if it comes next. */
  accept(text: string): boolean;
  /** Takes a keyword or punctuation, or reports that it was expected. */
  expect(text: string): void;
  /** Whether the next token is this keyword or punctuation. */
  peek(text: string): boolean;
  /** Text of the next token. */
  peekText(): string;
  /** Whether the next token is a `%name`. */
  peekOperand(): boolean;
  keyword(): string;
  integer(): number;
  string(): string;
  symbolName(): string;
  operand(): UnresolvedOperand;
  /** Operands separated by commas; none where no `%name` comes next. */
  operandList(): UnresolvedOperand[];
  type(): Type;
  /** Types separated by commas, at least one. */
  typeList(): Type[];
  /** `(types) -> types`. */
  functionalType(): { inputs: readonly Type[]; results: readonly Type[] };
  /** An attribute; one that is written without its type gets `type`. */
  attribute(type?: Type): Attribute;
  /** `[1, 2, 3]`. */
  integerList(): number[];
  /** `{...}` if it comes next. */
  optionalAttrDict(into: Map<string, Attribute>): boolean;
  /** `loc(...)` if it comes next. */
  optionalLoc(): Loc | null;
  /** Location of an offset of the text. */
  locAt(offset: number): Loc;
  /** `{ ... }` with the given entry arguments, or those that the region's text names. */
  region(entryArgs?: readonly RegionArgument[]): Region;
  /** The record of an op by its whole name, or null. */
  recordOf(opName: string): AnyOpDef | null;
  /** Reports and leaves the parse. */
  error(offset: number, message: string): never;
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
  attrDict(op: Operation, elided: readonly string[], keyword?: string): void;
  /** ` {...}` of a dictionary; nothing when it is empty. */
  dict(entries: ReadonlyMap<string, Attribute>): void;
  /** The region in braces; entry arguments are printed only when asked for. */
  region(
    region: Region,
    options?: { readonly entryArgs?: boolean; readonly terminator?: boolean },
  ): void;
  /** `%arg0: type` with its location where locations are printed. */
  regionArgument(value: Value, attrs?: ReadonlyMap<string, Attribute>): void;
  /** The generic form without the op's name. */
  genericTail(op: Operation): void;
  symbol(name: string): void;
  string(text: string): void;
  newline(): void;
}

/** The pretty form of an op: everything after its name. */
export interface AsmFormat {
  readonly parse: (parser: OpAsmParser, state: ParsedOp) => void;
  /** Prints, or returns false before printing anything to fall back to the generic form. */
  readonly print: (printer: OpAsmPrinter, op: Operation) => boolean;
  /** Preferred name of a result, such as `cst`. */
  readonly resultName?: (op: Operation, index: number) => string | null;
  /** Preferred name of a region's entry arguments, such as `iterArg`. */
  readonly argumentName?: string;
  /** Dialect whose prefix ops directly inside may leave out. */
  readonly defaultDialect?: string;
}
