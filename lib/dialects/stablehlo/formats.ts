/** @file Pretty forms of StableHLO's ops without regions. */

import type { AsmFormat, OpAsmParser } from "#lib/ir/asm-format.ts";
import {
  type Attribute,
  arrayAttr,
  enumAttr,
  i64ArrayAttr,
  integerAttr,
  type StructField,
  structAttr,
} from "#lib/ir/attributes.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { elementOf, integerType } from "#lib/ir/types.ts";
import { didYouMean } from "#lib/support/text.ts";
import {
  assembly,
  functionalTypes,
  integerPart,
  listPart,
  operand,
  operands,
  operandsThen,
  operandTypes,
  type Part,
  pairwiseTypes,
  parenthesizedOperands,
  resultType,
  sameTypes,
  stringPart,
  symbolPart,
  valuePart,
  word,
} from "../format-parts.ts";

const comma = word(",");
const equal = word("=");

/** `, name = ` before a piece. */
const field = (name: string, part: Part): Part[] => [comma, word(name), equal, part];

/** A word out of several, kept as an enum attribute. */
const enumPart = (attr: string, name: string, values: readonly string[]): Part => ({
  attrs: [attr],
  parse: (parser, state) => {
    state.properties.set(attr, readEnum(parser, name, values));
  },
  print: (printer, op) => {
    const value = op.attribute(attr);
    if (value?.kind === "enum") printer.text(` ${value.value}`);
  },
});

function readEnum(parser: OpAsmParser, name: string, values: readonly string[]): Attribute {
  const { offset } = parser;
  const value = parser.keyword();
  if (!values.includes(value))
    parser.error(
      offset,
      `expected one of ${values.join(", ")}, but got '${value}'${didYouMean(value, values)}`,
    );
  return enumAttr("stablehlo", name, value);
}

/** A piece that is there when a comma comes next and its attribute is set. */
const optionalField = (attr: string, part: Part): Part => ({
  attrs: [attr],
  parse: (parser, state) => {
    if (parser.accept(",")) part.parse(parser, state);
  },
  print: (printer, op) => {
    if (op.attribute(attr) === null) return;
    printer.text(",");
    part.print(printer, op);
  },
});

const isDefaultAccuracy = (attr: Attribute | null): boolean =>
  attr?.kind === "struct" && attr.name === "result_accuracy" && attr.fields.size === 1
    ? /result_accuracy_mode<\s*DEFAULT\s*>/.test(String(attr.fields.get("mode")))
    : false;

/** One operand, `: type`. */
export const unaryFormat = assembly([operand(0), "dictionary", sameTypes], {
  elides: (op) => (isDefaultAccuracy(op.attribute("result_accuracy")) ? ["result_accuracy"] : []),
});

/** Two operands, `: type`. */
export const binaryFormat = assembly([operand(0), comma, operand(1), "dictionary", sameTypes]);

/** Three operands, `: type`. */
export const ternaryFormat = assembly([
  operand(0),
  comma,
  operand(1),
  comma,
  operand(2),
  "dictionary",
  sameTypes,
]);

/** One operand, `: (type) -> type`. */
export const castFormat = assembly([operand(0), "dictionary", functionalTypes]);

/** All operands, `: (types) -> type`. */
export const operandsFormat = assembly([operands, "dictionary", functionalTypes]);

export const compareFormat = assembly([
  enumPart("comparison_direction", "comparison_direction", ["EQ", "NE", "GE", "GT", "LE", "LT"]),
  comma,
  operand(0),
  comma,
  operand(1),
  optionalField(
    "compare_type",
    enumPart("compare_type", "comparison_type", [
      "NOTYPE",
      "FLOAT",
      "TOTALORDER",
      "SIGNED",
      "UNSIGNED",
    ]),
  ),
  "dictionary",
  functionalTypes,
]);

/** `: pred type, value type` where both values have the result's type. */
const selectTypes: Part = {
  parse: (parser, state) => {
    parser.expect(":");
    if (parser.peek("(")) {
      const { inputs, results } = parser.functionalType();
      state.operandTypes = inputs;
      state.resultTypes = results;
      return;
    }
    const { offset } = parser;
    const [pred, value, ...more] = parser.typeList();
    if (pred === undefined || value === undefined || more.length > 0)
      return parser.error(offset, "expected functional type or list of two types");
    state.operandTypes = [pred, value, value];
    state.resultTypes = [value];
  },
  print: (printer, op) => {
    const [pred, onTrue, onFalse] = op.operands.map(({ type }) => type);
    const { type } = op.result();
    printer.text(" : ");
    if (pred !== undefined && onTrue === type && onFalse === type) printer.types([pred, type]);
    else
      printer.functionalType(
        op.operands.map((value) => value.type),
        [type],
      );
  },
};

export const selectFormat = assembly([
  operand(0),
  comma,
  operand(1),
  comma,
  operand(2),
  "dictionary",
  selectTypes,
]);

/** ` e8m10`. */
const exponentMantissa: Part = {
  attrs: ["exponent_bits", "mantissa_bits"],
  parse: (parser, state) => {
    const { offset } = parser;
    const text = parser.keyword();
    const [, exponent, mantissa] = /^e(\d+)m(\d+)$/.exec(text) ?? [];
    if (exponent === undefined || mantissa === undefined)
      return parser.error(offset, "expected exponent mantissa in format e#m#");
    state.properties.set("exponent_bits", integerAttr(Number(exponent), integerType(32)));
    state.properties.set("mantissa_bits", integerAttr(Number(mantissa), integerType(32)));
  },
  print: (printer, op) => {
    const bits = ["exponent_bits", "mantissa_bits"].map((name) => {
      const attr = op.attribute(name);
      return attr?.kind === "integer" ? attr.value : 0n;
    });
    printer.text(` e${bits[0]}m${bits[1]}`);
  },
};

export const reducePrecisionFormat = assembly([
  operand(0),
  ...field("format", exponentMantissa),
  "dictionary",
  sameTypes,
]);

const typeOfValue = (op: Operation) => {
  const value = op.attribute("value");
  return value !== null && "type" in value && value.kind !== "type" ? value.type : null;
};

const constantForm = assembly(["dictionary", valuePart("value")], {
  resultName: (op) => (elementOf(op.result().type).kind === "integer" ? "c" : "cst"),
});

/** `dense<...> : type`, or for a value of another type than the result's `() <{value = ...}> : () -> type`. */
export const constantFormat: AsmFormat = {
  ...constantForm,
  print: (printer, op) => {
    if (typeOfValue(op) === op.result().type) return constantForm.print(printer, op);
    printer.genericTail(op);
    return true;
  },
  parse: (parser, state) => {
    if (!parser.accept("(")) return constantForm.parse(parser, state);
    parser.expect(")");
    const properties = parser.accept("<");
    parser.optionalAttrDict(state.attributes);
    if (properties) {
      parser.expect(">");
      parser.optionalAttrDict(state.attributes);
    }
    functionalTypes.parse(parser, state);
  },
};

export const iotaFormat = assembly([
  word("dim"),
  equal,
  integerPart("iota_dimension"),
  "dictionary",
  resultType,
]);

export const dynamicIotaFormat = assembly([
  operand(0),
  ...field("dim", integerPart("iota_dimension")),
  "dictionary",
  functionalTypes,
]);

/** One operand and a list of dimensions. */
export const dimsFormat = (attr: string): AsmFormat =>
  assembly([operand(0), ...field("dims", listPart(attr)), "dictionary", functionalTypes]);

export const reverseFormat = assembly([
  operand(0),
  ...field("dims", listPart("dimensions")),
  "dictionary",
  sameTypes,
]);

const numbersOf = (op: Operation, name: string): readonly (number | bigint)[] => {
  const attr = op.attribute(name);
  return attr?.kind === "denseArray" ? attr.values : [];
};

/** ` [1:3, 4:8:2]`. */
const sliceRanges: Part = {
  attrs: ["start_indices", "limit_indices", "strides"],
  parse: (parser, state) => {
    const ranges: { start: number; limit: number; stride: number }[] = [];
    parser.expect("[");
    while (!parser.accept("]")) {
      if (ranges.length > 0) parser.expect(",");
      const start = parser.integer();
      parser.expect(":");
      const limit = parser.integer();
      ranges.push({ start, limit, stride: parser.accept(":") ? parser.integer() : 1 });
    }
    state.properties.set("start_indices", i64ArrayAttr(ranges.map(({ start }) => start)));
    state.properties.set("limit_indices", i64ArrayAttr(ranges.map(({ limit }) => limit)));
    state.properties.set("strides", i64ArrayAttr(ranges.map(({ stride }) => stride)));
  },
  print: (printer, op) => {
    const [limits, strides] = [numbersOf(op, "limit_indices"), numbersOf(op, "strides")];
    const ranges = numbersOf(op, "start_indices").map((start, dim) => {
      const stride = strides[dim];
      return `${start}:${limits[dim]}${stride === 1 ? "" : `:${stride}`}`;
    });
    printer.text(` [${ranges.join(", ")}]`);
  },
};

export const sliceFormat = assembly([operand(0), sliceRanges, "dictionary", functionalTypes]);

export const padFormat = assembly([
  operand(0),
  comma,
  operand(1),
  ...field("low", listPart("edge_padding_low")),
  ...field("high", listPart("edge_padding_high")),
  ...field("interior", listPart("interior_padding")),
  "dictionary",
  functionalTypes,
]);

export const concatenateFormat = assembly([
  operandsThen("dim", integerPart("dimension")),
  "dictionary",
  functionalTypes,
]);

export const dynamicSliceFormat = assembly([
  operandsThen("sizes", listPart("slice_sizes")),
  "dictionary",
  functionalTypes,
]);

/** `[DEFAULT, HIGH]`. */
function readPrecisions(parser: OpAsmParser): Attribute {
  const values: Attribute[] = [];
  parser.expect("[");
  if (!parser.accept("]")) {
    do values.push(readEnum(parser, "precision", ["DEFAULT", "HIGH", "HIGHEST"]));
    while (parser.accept(","));
    parser.expect("]");
  }
  return arrayAttr(values);
}

const precisionsText = (attr: Attribute): string =>
  attr.kind === "array"
    ? attr.elements.map((item) => (item.kind === "enum" ? item.value : "?")).join(", ")
    : "";

const ALGORITHM_FIELDS = [
  "lhs_precision_type",
  "rhs_precision_type",
  "accumulation_type",
  "lhs_component_count",
  "rhs_component_count",
  "num_primitive_operations",
  "allow_imprecise_accumulation",
] as const;

/** `<lhs_precision_type = tf32, ...>`. */
function readAlgorithm(parser: OpAsmParser): Attribute {
  const fields = new Map<string, StructField>();
  parser.expect("<");
  do {
    const { offset } = parser;
    const name = parser.keyword();
    if (!(ALGORITHM_FIELDS as readonly string[]).includes(name))
      parser.error(offset, `unknown field '${name}'${didYouMean(name, ALGORITHM_FIELDS)}`);
    parser.expect("=");
    if (name.endsWith("_type")) fields.set(name, parser.type().text);
    else if (name.startsWith("allow")) fields.set(name, parser.keyword());
    else fields.set(name, parser.integer());
  } while (parser.accept(","));
  parser.expect(">");
  return structAttr("stablehlo", "dot_algorithm", fields);
}

/** `, precision = [...], algorithm = <...>`, each where it is set. */
const precisionAndAlgorithm: Part = {
  attrs: ["precision_config", "algorithm"],
  parse: (parser, state) => {
    while (parser.accept(",")) {
      if (parser.accept("precision")) {
        parser.expect("=");
        state.properties.set("precision_config", readPrecisions(parser));
      } else {
        parser.expect("algorithm");
        parser.expect("=");
        state.properties.set("algorithm", readAlgorithm(parser));
      }
    }
  },
  print: (printer, op) => {
    const precision = op.attribute("precision_config");
    if (precision !== null) printer.text(`, precision = [${precisionsText(precision)}]`);
    const algorithm = op.attribute("algorithm");
    if (algorithm?.kind !== "struct") return;
    const fields = [...algorithm.fields].map(([name, value]) => `${name} = ${String(value)}`);
    printer.text(`, algorithm = <${fields.join(", ")}>`);
  },
};

const DOT_FIELDS = {
  lhsBatch: "lhs_batching_dimensions",
  rhsBatch: "rhs_batching_dimensions",
  lhsContract: "lhs_contracting_dimensions",
  rhsContract: "rhs_contracting_dimensions",
} as const;

/** `batching_dims = [0] x [0], contracting_dims = [2] x [1]`. */
const dotDimensions: Part = {
  attrs: ["dot_dimension_numbers"],
  parse: (parser, state) => {
    const fields = new Map<string, StructField>();
    const pair = (lhs: string, rhs: string): void => {
      parser.expect("=");
      const left = parser.integerList();
      parser.expect("x");
      const right = parser.integerList();
      if (left.length > 0) fields.set(lhs, left);
      if (right.length > 0) fields.set(rhs, right);
    };
    if (parser.accept("batching_dims")) {
      pair(DOT_FIELDS.lhsBatch, DOT_FIELDS.rhsBatch);
      parser.expect(",");
    }
    parser.expect("contracting_dims");
    pair(DOT_FIELDS.lhsContract, DOT_FIELDS.rhsContract);
    state.properties.set("dot_dimension_numbers", structAttr("stablehlo", "dot", fields));
  },
  print: (printer, op) => {
    const attr = op.attribute("dot_dimension_numbers");
    const list = (name: string): readonly number[] => {
      const value = attr?.kind === "struct" ? attr.fields.get(name) : undefined;
      return Array.isArray(value) ? value : [];
    };
    const [lhs, rhs] = [list(DOT_FIELDS.lhsBatch), list(DOT_FIELDS.rhsBatch)];
    if (lhs.length > 0 || rhs.length > 0)
      printer.text(` batching_dims = [${lhs.join(", ")}] x [${rhs.join(", ")}],`);
    const [left, right] = [list(DOT_FIELDS.lhsContract), list(DOT_FIELDS.rhsContract)];
    printer.text(` contracting_dims = [${left.join(", ")}] x [${right.join(", ")}]`);
  },
};

export const dotFormat = assembly([
  operand(0),
  comma,
  operand(1),
  precisionAndAlgorithm,
  "dictionary",
  functionalTypes,
]);

export const dotGeneralFormat = assembly([
  operand(0),
  comma,
  operand(1),
  comma,
  dotDimensions,
  precisionAndAlgorithm,
  "dictionary",
  functionalTypes,
]);

export const returnFormat = assembly([operands, "dictionary", operandTypes]);

/** `%0, %1 : T, T`, or `()` without operands; the dictionary comes first. */
export const barrierFormat = assembly([
  "dictionary",
  {
    parse: (parser, state) => {
      if (parser.accept("(")) parser.expect(")");
      else operands.parse(parser, state);
    },
    print: (printer, op) => {
      if (op.operandCount === 0) printer.text("()");
      else operands.print(printer, op);
    },
  },
  pairwiseTypes,
]);

const isEmptyList = (attr: Attribute | null): boolean =>
  attr?.kind === "array" && attr.elements.length === 0;

/** Attributes of a custom call that have their default value. */
function customCallDefaults(op: Operation): string[] {
  const elided: string[] = [];
  const effect = op.attribute("has_side_effect");
  if (effect?.kind === "bool" && !effect.value) elided.push("has_side_effect");
  const version = op.attribute("api_version");
  if (version?.kind === "integer" && version.value === 1n) elided.push("api_version");
  for (const name of ["called_computations", "output_operand_aliases"])
    if (isEmptyList(op.attribute(name))) elided.push(name);
  return elided;
}

export const customCallFormat = assembly(
  [symbolPart("call_target_name", "string"), parenthesizedOperands, "dictionary", functionalTypes],
  { elides: customCallDefaults },
);

export const compositeFormat = assembly(
  [stringPart("name"), operands, "dictionary", functionalTypes],
  { when: (op) => op.regions.length === 0 },
);
