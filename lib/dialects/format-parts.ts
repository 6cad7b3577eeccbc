/** @file Pieces of pretty forms: each is parsed and printed by the same description. */
import type { AsmFormat, OpAsmParser, OpAsmPrinter, ParsedOp } from "#lib/ir/asm-format.ts";
import {
  type Attribute,
  i64ArrayAttr,
  integerAttr,
  stringAttr,
  symbolAttr,
} from "#lib/ir/attributes.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { integerType, type Type } from "#lib/ir/types.ts";

/** One piece of a pretty form. */
export interface Part {
  readonly parse: (parser: OpAsmParser, state: ParsedOp) => void;
  readonly print: (printer: OpAsmPrinter, op: Operation) => void;
  /** Attributes that the piece writes, so that the dictionary leaves them out. */
  readonly attrs?: readonly string[];
}

/** What a pretty form has besides its pieces. */
export type FormatExtras = Omit<AsmFormat, "parse" | "print"> & {
  /** The generic form is printed for ops that this does not hold for. */
  readonly when?: (op: Operation) => boolean;
  /** Attributes that the dictionary leaves out because they have their default value. */
  readonly elides?: (op: Operation) => readonly string[];
};

/** The dictionary of all other attributes. */
const DICTIONARY = "dictionary";

/** A pretty form of pieces in order; `"dictionary"` stands for the attributes that no piece writes. */
export function assembly(
  parts: readonly (Part | typeof DICTIONARY)[],
  extras: FormatExtras = {},
): AsmFormat {
  const { when, elides, ...rest } = extras;
  const written = parts.flatMap((part) => (part === DICTIONARY ? [] : (part.attrs ?? [])));
  return {
    ...rest,
    parse: (parser, state) => {
      for (const part of parts)
        if (part === DICTIONARY) parser.optionalAttrDict(state.attributes);
        else part.parse(parser, state);
    },
    print: (printer, op) => {
      if (when?.(op) === false) return false;
      for (const part of parts)
        if (part === DICTIONARY)
          printer.attrDict(op, elides === undefined ? written : [...written, ...elides(op)]);
        else part.print(printer, op);
      return true;
    },
  };
}

/** A keyword or punctuation; a comma stands without a blank before it. */
export const word = (text: string): Part => ({
  parse: (parser) => {
    parser.expect(text);
  },
  print: (printer) => {
    printer.text(text === "," || text === ")" ? text : ` ${text}`);
  },
});

/** Punctuation without a blank before it. */
export const tight = (text: string): Part => ({
  parse: (parser) => {
    parser.expect(text);
  },
  print: (printer) => {
    printer.text(text);
  },
});

/** The operand at an index. */
export const operand = (index: number): Part => ({
  parse: (parser, state) => {
    state.operands.push(parser.operand());
  },
  print: (printer, op) => {
    printer.text(" ");
    printer.operand(op.operand(index));
  },
});

/** All operands, separated by commas. */
export const operands: Part = {
  parse: (parser, state) => {
    state.operands.push(...parser.operandList());
  },
  print: (printer, op) => {
    if (op.operandCount > 0) printer.text(" ");
    printer.operands(op.operands);
  },
};

/** All operands in parentheses. */
export const parenthesizedOperands: Part = {
  parse: (parser, state) => {
    parser.expect("(");
    state.operands.push(...parser.operandList());
    parser.expect(")");
  },
  print: (printer, op) => {
    printer.text("(");
    printer.operands(op.operands);
    printer.text(")");
  },
};

/** Operands each followed by a comma, then `keyword = ` and what `value` reads. */
export const operandsThen = (keyword: string, value: Part): Part => ({
  ...(value.attrs === undefined ? {} : { attrs: value.attrs }),
  parse: (parser, state) => {
    while (parser.peekOperand()) {
      state.operands.push(parser.operand());
      parser.expect(",");
    }
    parser.expect(keyword);
    parser.expect("=");
    value.parse(parser, state);
  },
  print: (printer, op) => {
    printer.text(" ");
    printer.operands(op.operands);
    printer.text(`${op.operandCount > 0 ? ", " : ""}${keyword} =`);
    value.print(printer, op);
  },
});

const typesOf = (op: Operation): { inputs: Type[]; results: Type[] } => ({
  inputs: op.operands.map(({ type }) => type),
  results: op.results.map(({ type }) => type),
});

/** `: (types) -> types`. */
export const functionalTypes: Part = {
  parse: (parser, state) => {
    parser.expect(":");
    const { inputs, results } = parser.functionalType();
    state.operandTypes = inputs;
    state.resultTypes = results;
  },
  print: (printer, op) => {
    const { inputs, results } = typesOf(op);
    printer.text(" : ");
    printer.functionalType(inputs, results);
  },
};

/** `: type` where all operands and results have the same type, else `: (types) -> types`. */
export const sameTypes: Part = {
  parse: (parser, state) => {
    parser.expect(":");
    if (parser.peek("(")) {
      const { inputs, results } = parser.functionalType();
      state.operandTypes = inputs;
      state.resultTypes = results;
      return;
    }
    const type = parser.type();
    state.operandTypes = state.operands.map(() => type);
    state.resultTypes = [type];
  },
  print: (printer, op) => {
    const { inputs, results } = typesOf(op);
    printer.text(" : ");
    const [first] = results;
    if (first !== undefined && [...inputs, ...results].every((type) => type === first))
      printer.type(first);
    else printer.functionalType(inputs, results);
  },
};

/** `: type` of the only result. */
export const resultType: Part = {
  parse: (parser, state) => {
    parser.expect(":");
    state.resultTypes = [parser.type()];
  },
  print: (printer, op) => {
    printer.text(" : ");
    printer.type(op.result().type);
  },
};

/** `: types` of the operands; nothing where there are none. */
export const operandTypes: Part = {
  parse: (parser, state) => {
    if (state.operands.length === 0) return;
    parser.expect(":");
    state.operandTypes = parser.typeList();
  },
  print: (printer, op) => {
    if (op.operandCount === 0) return;
    printer.text(" : ");
    printer.types(op.operands.map(({ type }) => type));
  },
};

/** `: types`, one for each operand, which the results have too. */
export const pairwiseTypes: Part = {
  parse: (parser, state) => {
    operandTypes.parse(parser, state);
    state.resultTypes = state.operandTypes;
  },
  print: operandTypes.print,
};

const attributePart = (
  name: string,
  parse: (parser: OpAsmParser) => Attribute,
  print: (printer: OpAsmPrinter, attr: Attribute) => void,
): Part => ({
  attrs: [name],
  parse: (parser, state) => {
    state.properties.set(name, parse(parser));
  },
  print: (printer, op) => {
    const attr = op.attribute(name);
    if (attr !== null) print(printer, attr);
  },
});

/** ` 3`: an integer of that width. */
export const integerPart = (name: string, width = 64): Part =>
  attributePart(
    name,
    (parser) => integerAttr(parser.integer(), integerType(width)),
    (printer, attr) => {
      if (attr.kind === "integer") printer.text(` ${attr.value}`);
    },
  );

/** ` [1, 2]`: an `array<i64: 1, 2>`. */
export const listPart = (name: string): Part =>
  attributePart(
    name,
    (parser) => i64ArrayAttr(parser.integerList()),
    (printer, attr) => {
      if (attr.kind === "denseArray") printer.text(` [${attr.values.join(", ")}]`);
    },
  );

/** ` "text"`. */
export const stringPart = (name: string): Part =>
  attributePart(
    name,
    (parser) => stringAttr(parser.string()),
    (printer, attr) => {
      if (attr.kind !== "string") return;
      printer.text(" ");
      printer.string(attr.value);
    },
  );

/** ` @name`, kept as a symbol or as a string. */
export const symbolPart = (name: string, kind: "symbol" | "string" = "symbol"): Part =>
  attributePart(
    name,
    (parser) => {
      const symbol = parser.symbolName();
      return kind === "symbol" ? symbolAttr(symbol) : stringAttr(symbol);
    },
    (printer, attr) => {
      printer.text(" ");
      if (attr.kind === "string") printer.symbol(attr.value);
      else printer.attribute(attr);
    },
  );

/** ` value : type`: any attribute, whose type is the result's. */
export const valuePart = (name: string): Part => ({
  attrs: [name],
  parse: (parser, state) => {
    const { offset } = parser;
    const attr = parser.attribute();
    const type =
      attr.kind === "bool"
        ? integerType(1)
        : "type" in attr && attr.kind !== "type"
          ? attr.type
          : null;
    if (type === null) return parser.error(offset, "expected a constant with a type");
    state.properties.set(name, attr);
    state.resultTypes = [type];
  },
  print: (printer, op) => {
    const attr = op.attribute(name);
    if (attr === null) return;
    printer.text(" ");
    printer.attribute(attr);
  },
});
