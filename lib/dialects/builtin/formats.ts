/** @file Pretty forms of builtin ops. */
import type { AsmFormat } from "#lib/ir/asm-format.ts";
import { stringAttr } from "#lib/ir/attributes.ts";
import { Block, Region } from "#lib/ir/graph.ts";
import { assembly, operands, type Part } from "../format-parts.ts";

/** `@name attributes {...} {...}`. */
export const moduleFormat: AsmFormat = {
  defaultDialect: "builtin",
  parse: (parser, state) => {
    if (/^@/.test(parser.peekText()))
      state.properties.set("sym_name", stringAttr(parser.symbolName()));
    if (parser.accept("attributes")) parser.optionalAttrDict(state.attributes);
    const region = parser.region([]);
    state.regions.push(region.isEmpty ? new Region([new Block()]) : region);
  },
  print: (printer, op) => {
    const [region] = op.regions;
    if (region === undefined || op.results.length > 0) return false;
    const name = op.attribute("sym_name");
    if (name?.kind === "string") {
      printer.text(" ");
      printer.symbol(name.value);
    }
    printer.attrDict(op, ["sym_name"], "attributes");
    printer.text(" ");
    printer.region(region);
    return true;
  },
};

/** `: types to types`. */
const castTypes: Part = {
  parse: (parser, state) => {
    if (state.operands.length > 0) {
      parser.expect(":");
      state.operandTypes = parser.typeList();
    }
    parser.expect("to");
    state.resultTypes = parser.typeList();
  },
  print: (printer, op) => {
    if (op.operandCount > 0) {
      printer.text(" : ");
      printer.types(op.operands.map(({ type }) => type));
    }
    printer.text(" to ");
    printer.types(op.results.map(({ type }) => type));
  },
};

export const castFormat = assembly([operands, castTypes, "dictionary"]);
