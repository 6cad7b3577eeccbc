/** @file Pretty forms of functions, calls and returns. */
import type { AsmFormat, OpAsmParser, OpAsmPrinter, RegionArgument } from "#lib/ir/asm-format.ts";
import { type Attribute, arrayAttr, dictAttr, stringAttr, typeAttr } from "#lib/ir/attributes.ts";
import { type Operation, Region } from "#lib/ir/graph.ts";
import { functionType, type Type } from "#lib/ir/types.ts";
import {
  assembly,
  functionalTypes,
  operands,
  operandTypes,
  parenthesizedOperands,
  symbolPart,
} from "../format-parts.ts";

type Dictionary = ReadonlyMap<string, Attribute>;

/** What a signature says about one argument or result. */
interface Slot {
  readonly type: Type;
  readonly attrs: Dictionary;
}

function readAttrs(parser: OpAsmParser): Dictionary {
  const attrs = new Map<string, Attribute>();
  parser.optionalAttrDict(attrs);
  return attrs;
}

/** `(%arg0: T {attrs}, ...)`, or types alone for a declaration. */
function readArguments(parser: OpAsmParser): { slots: Slot[]; args: RegionArgument[] } {
  const slots: Slot[] = [];
  const args: RegionArgument[] = [];
  parser.expect("(");
  if (parser.accept(")")) return { slots, args };
  do {
    const { offset } = parser;
    if (parser.peek("...")) parser.error(offset, "variadic arguments are not allowed");
    const operand = parser.peekOperand() ? parser.operand() : null;
    if ((operand === null) !== (args.length === 0) && slots.length > 0)
      parser.error(
        offset,
        operand === null ? "expected SSA identifier" : "expected type instead of SSA identifier",
      );
    if (operand !== null) parser.expect(":");
    const type = parser.type();
    slots.push({ type, attrs: readAttrs(parser) });
    const loc = parser.optionalLoc();
    if (operand !== null) args.push({ operand, type, loc });
  } while (parser.accept(","));
  parser.expect(")");
  return { slots, args };
}

/** `-> T`, `-> (T {attrs}, U)`, or nothing. */
function readResults(parser: OpAsmParser): Slot[] {
  const slots: Slot[] = [];
  if (!parser.accept("->")) return slots;
  if (!parser.accept("(")) return [{ type: parser.type(), attrs: new Map() }];
  if (parser.accept(")")) return slots;
  do slots.push({ type: parser.type(), attrs: readAttrs(parser) });
  while (parser.accept(","));
  parser.expect(")");
  return slots;
}

const dictionaries = (slots: readonly Slot[]): Attribute | null =>
  slots.some(({ attrs }) => attrs.size > 0)
    ? arrayAttr(slots.map(({ attrs }) => dictAttr(attrs)))
    : null;

const dictionaryAt = (attr: Attribute | null, index: number): Dictionary => {
  const item = attr?.kind === "array" ? attr.elements[index] : undefined;
  return item?.kind === "dict" ? item.entries : new Map();
};

const WRITTEN = ["sym_name", "function_type", "arg_attrs", "res_attrs", "sym_visibility"] as const;

function printArguments(printer: OpAsmPrinter, op: Operation, inputs: readonly Type[]): void {
  const attrs = op.attribute("arg_attrs");
  const args = op.regions[0]?.blocks[0]?.args;
  printer.text("(");
  inputs.forEach((type, index) => {
    if (index > 0) printer.text(", ");
    const arg = args?.[index];
    if (arg !== undefined) printer.regionArgument(arg, dictionaryAt(attrs, index));
    else {
      printer.type(type);
      printer.dict(dictionaryAt(attrs, index));
    }
  });
  printer.text(")");
}

function printResults(printer: OpAsmPrinter, op: Operation, results: readonly Type[]): void {
  if (results.length === 0) return;
  const attrs = op.attribute("res_attrs");
  const [first] = results;
  const bare =
    results.length === 1 && first?.kind !== "function" && dictionaryAt(attrs, 0).size === 0;
  printer.text(bare ? " -> " : " -> (");
  results.forEach((type, index) => {
    if (index > 0) printer.text(", ");
    printer.type(type);
    printer.dict(dictionaryAt(attrs, index));
  });
  if (!bare) printer.text(")");
}

/** `private @name(...) -> ... attributes {...} {...}`. */
export const funcFormat: AsmFormat = {
  defaultDialect: "func",
  parse: (parser, state) => {
    for (const visibility of ["public", "private", "nested"])
      if (parser.accept(visibility)) state.properties.set("sym_visibility", stringAttr(visibility));
    state.properties.set("sym_name", stringAttr(parser.symbolName()));
    const { slots, args } = readArguments(parser);
    const results = readResults(parser);
    const types = (list: readonly Slot[]): Type[] => list.map(({ type }) => type);
    const type = functionType(types(slots), types(results));
    state.properties.set("function_type", typeAttr(type));
    const { offset } = parser;
    if (parser.accept("attributes")) parser.optionalAttrDict(state.attributes);
    for (const name of ["sym_name", "function_type", "sym_visibility"])
      if (state.attributes.has(name))
        parser.error(
          offset,
          `'${name}' is an inferred attribute and should not be specified in the explicit attribute dictionary`,
        );
    const argAttrs = dictionaries(slots);
    if (argAttrs !== null) state.properties.set("arg_attrs", argAttrs);
    const resultAttrs = dictionaries(results);
    if (resultAttrs !== null) state.properties.set("res_attrs", resultAttrs);
    if (!parser.peek("{")) {
      state.regions.push(new Region());
      return;
    }
    const body = parser.offset;
    const region = parser.region(args);
    if (region.entry.isEmpty && region.blocks.length === 1)
      parser.error(body, "expected non-empty function body");
    state.regions.push(region);
  },
  print: (printer, op) => {
    const [name, type] = [op.attribute("sym_name"), op.attribute("function_type")];
    if (name?.kind !== "string" || type?.kind !== "type" || type.type.kind !== "function")
      return false;
    const [region] = op.regions;
    if (region === undefined) return false;
    const visibility = op.attribute("sym_visibility");
    printer.text(" ");
    if (visibility?.kind === "string") printer.text(`${visibility.value} `);
    printer.symbol(name.value);
    printArguments(printer, op, type.type.inputs);
    printResults(printer, op, type.type.results);
    printer.attrDict(op, WRITTEN, "attributes");
    if (region.isEmpty) return true;
    printer.text(" ");
    printer.region(region, { entryArgs: false });
    return true;
  },
};

export const callFormat = assembly([
  symbolPart("callee"),
  parenthesizedOperands,
  "dictionary",
  functionalTypes,
]);

export const returnFormat = assembly(["dictionary", operands, operandTypes]);
