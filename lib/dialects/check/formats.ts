/** @file Pretty forms of checks. */
import { floatAttr, integerAttr } from "#lib/ir/attributes.ts";
import { assembly, operand, operandTypes, type Part, word } from "../format-parts.ts";

/** ` dense<...> : type`, whose type is the operand's too. */
const expected: Part = {
  attrs: ["value"],
  parse: (parser, state) => {
    const { offset } = parser;
    const attr = parser.attribute();
    if (attr.kind !== "dense" && attr.kind !== "denseResource")
      return parser.error(offset, "expected dense elements");
    state.properties.set("value", attr);
    state.operandTypes = [attr.type];
  },
  print: (printer, op) => {
    const attr = op.attribute("value");
    if (attr === null) return;
    printer.text(" ");
    printer.attribute(attr);
  },
};

/** `: type` of all operands, which is one. */
const sharedType: Part = {
  parse: (parser, state) => {
    parser.expect(":");
    const types = parser.typeList();
    const [first] = types;
    state.operandTypes =
      types.length === 1 && first !== undefined ? state.operands.map(() => first) : types;
  },
  print: (printer, op) => {
    const types = op.operands.map(({ type }) => type);
    const [first] = types;
    if (first !== undefined && types.every((type) => type === first)) {
      printer.text(" : ");
      printer.type(first);
    } else operandTypes.print(printer, op);
  },
};

/** `, name = number`, where it is set. */
const optionalNumber = (name: string, kind: "integer" | "float"): Part => ({
  parse: (parser, state) => {
    if (!parser.accept(",")) return;
    parser.expect(name);
    parser.expect("=");
    if (kind === "integer") state.properties.set(name, integerAttr(parser.integer()));
    else {
      const attr = parser.attribute();
      state.properties.set(name, attr.kind === "integer" ? floatAttr(Number(attr.value)) : attr);
    }
  },
  attrs: [name],
  print: (printer, op) => {
    const attr = op.attribute(name);
    if (attr === null) return;
    printer.text(`, ${name} = `);
    printer.attributeWithoutType(attr);
  },
});

const pair = [operand(0), word(","), operand(1)] as const;

export const equalFormat = assembly([...pair, "dictionary", sharedType]);
export const equalConstFormat = assembly([operand(0), word(","), expected, "dictionary"]);
export const almostEqualFormat = assembly([
  ...pair,
  optionalNumber("tolerance", "float"),
  "dictionary",
  sharedType,
]);
export const almostEqualConstFormat = assembly([operand(0), word(","), expected, "dictionary"]);
export const closeFormat = assembly([...pair, "dictionary", sharedType]);
