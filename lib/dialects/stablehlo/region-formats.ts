/** @file Pretty forms of StableHLO's loops and reductions. */
import type {
  AsmFormat,
  OpAsmParser,
  OpAsmPrinter,
  ParsedOp,
  RegionArgument,
  UnresolvedOperand,
} from "#lib/ir/asm-format.ts";
import { i64ArrayAttr } from "#lib/ir/attributes.ts";
import { Block, Operation, Region } from "#lib/ir/graph.ts";
import { type Type, tensorType } from "#lib/ir/types.ts";

/** `(%iterArg = %0, ...) : types attributes {...} cond {...} do {...}`. */
export const whileFormat: AsmFormat = {
  argumentName: "iterArg",
  parse: (parser, state) => {
    const names: UnresolvedOperand[] = [];
    parser.expect("(");
    if (!parser.accept(")")) {
      do {
        names.push(parser.operand());
        parser.expect("=");
        state.operands.push(parser.operand());
      } while (parser.accept(","));
      parser.expect(")");
    }
    const { offset } = parser;
    if (names.length > 0) parser.expect(":");
    const types = names.length > 0 ? parser.typeList() : [];
    if (types.length !== names.length)
      parser.error(
        offset,
        `number of operands and types do not match: got ${names.length} operands and ${types.length} types`,
      );
    state.operandTypes = types;
    state.resultTypes = types;
    if (parser.accept("attributes")) parser.optionalAttrDict(state.attributes);
    const args = names.map((operand, i) => ({ operand, type: types[i] as Type }));
    parser.expect("cond");
    state.regions.push(parser.region(args));
    parser.expect("do");
    state.regions.push(parser.region(args));
  },
  print: (printer, op) => {
    const [cond, body] = op.regions;
    const args = body?.blocks[0]?.args;
    if (cond === undefined || body === undefined || args?.length !== op.operandCount) return false;
    if (cond.blocks[0]?.args.length !== op.operandCount) return false;
    printer.text("(");
    op.operands.forEach((value, index) => {
      if (index > 0) printer.text(", ");
      printer.operand(args[index] ?? value);
      printer.text(" = ");
      printer.operand(value);
    });
    printer.text(")");
    if (op.operandCount > 0) {
      printer.text(" : ");
      printer.types(op.operands.map(({ type }) => type));
    }
    printer.attrDict(op, [], "attributes");
    printer.newline();
    printer.text("cond ");
    printer.region(cond, { entryArgs: false });
    printer.text(" do ");
    printer.region(body, { entryArgs: false });
    return true;
  },
};

/** The op that a reduction applies, where its body is one commutative op on its arguments in order. */
function appliedOp(op: Operation): Operation | null {
  const body = op.regions[0]?.blocks[0];
  const inner = body?.first ?? null;
  const last = body?.last ?? null;
  if (body === undefined || inner === null || last === null || inner.next !== last) return null;
  if (op.regions[0]?.blocks.length !== 1 || op.operandCount !== 2) return null;
  if (body.args.length !== 2 || inner.operandCount !== 2 || inner.results.length !== 1) return null;
  if (inner.def?.traits.has("commutative") !== true || inner.regions.length > 0) return null;
  if (!inner.name.startsWith("stablehlo.") || last.name !== "stablehlo.return") return null;
  if (inner.attributes.size > 0 || inner.properties.size > 0 || last.attributes.size > 0)
    return null;
  const { type } = op.operand(0);
  if (type.kind !== "tensor") return null;
  const scalar = tensorType([], type.element);
  const forwards =
    inner.operand(0) === body.args[0] &&
    inner.operand(1) === body.args[1] &&
    inner.operand(0).type === scalar &&
    inner.operand(1).type === scalar &&
    inner.result().type === scalar;
  return forwards && last.operandCount === 1 && last.operand(0) === inner.result() ? inner : null;
}

/** `(%0 init: %1), (%2 init: %3)`; inputs come before initial values among the operands. */
function parsePairs(parser: OpAsmParser, state: ParsedOp): void {
  const inits: UnresolvedOperand[] = [];
  do {
    parser.expect("(");
    state.operands.push(parser.operand());
    parser.expect("init");
    parser.expect(":");
    inits.push(parser.operand());
    parser.expect(")");
  } while (parser.accept(","));
  state.operands.push(...inits);
}

function parseDimensions(parser: OpAsmParser, state: ParsedOp): void {
  parser.expect("across");
  parser.expect("dimensions");
  parser.expect("=");
  state.properties.set("dimensions", i64ArrayAttr(parser.integerList()));
  parser.optionalAttrDict(state.attributes);
  parser.expect(":");
  const { inputs, results } = parser.functionalType();
  state.operandTypes = inputs;
  state.resultTypes = results;
}

/** The body that a compact form stands for. */
function appliedBody(parser: OpAsmParser, state: ParsedOp, name: string, offset: number): Region {
  const def = parser.recordOf(name);
  if (def === null || !name.startsWith("stablehlo.") || !def.traits.has("commutative"))
    parser.error(
      offset,
      `expected the inner-op to be a commutative binary-op from stablehlo dialect, with zero region, producing single result, but got '${name}'`,
    );
  const [type] = state.operandTypes;
  if (type?.kind !== "tensor")
    return parser.error(offset, "expected the first operand to be a ranked tensor");
  const scalar = tensorType([], type.element);
  const loc = state.loc ?? parser.locAt(state.offset);
  const block = new Block([scalar, scalar], [loc, loc]);
  const inner = new Operation({ name, def, operands: block.args, resultTypes: [scalar], loc });
  block.append(inner);
  const returned = "stablehlo.return";
  block.append(
    new Operation({
      name: returned,
      def: parser.recordOf(returned),
      operands: inner.results,
      loc,
    }),
  );
  return new Region([block]);
}

/** `reducer(%a: T, %b: T) (%c: T, %d: T) {...}`: each pair is an element and its accumulator. */
function parseReducer(parser: OpAsmParser, state: ParsedOp): Region {
  const elements: RegionArgument[] = [];
  const accumulators: RegionArgument[] = [];
  const argument = (): RegionArgument => {
    const operand = parser.operand();
    parser.expect(":");
    return { operand, type: parser.type(), loc: parser.optionalLoc() };
  };
  parser.expect("reducer");
  for (let i = 0; i < state.operands.length / 2; i++) {
    parser.expect("(");
    elements.push(argument());
    parser.expect(",");
    accumulators.push(argument());
    parser.expect(")");
  }
  return parser.region([...elements, ...accumulators]);
}

function printHeader(printer: OpAsmPrinter, op: Operation, applied: string | null): void {
  const count = op.operandCount / 2;
  for (let i = 0; i < count; i++) {
    printer.text(i === 0 ? "(" : ", (");
    printer.operand(op.operand(i));
    printer.text(" init: ");
    printer.operand(op.operand(i + count));
    printer.text(")");
  }
  if (applied !== null) printer.text(` applies ${applied}`);
  const dimensions = op.attribute("dimensions");
  const values = dimensions?.kind === "denseArray" ? dimensions.values : [];
  printer.text(` across dimensions = [${values.join(", ")}]`);
  printer.attrDict(op, ["dimensions"]);
  printer.text(" : ");
  printer.functionalType(
    op.operands.map(({ type }) => type),
    op.results.map(({ type }) => type),
  );
}

/** `(%0 init: %1) applies stablehlo.add across dimensions = [1] : types`, or with a written reducer. */
export const reduceFormat: AsmFormat = {
  parse: (parser, state) => {
    state.offset = parser.offset;
    parsePairs(parser, state);
    if (!parser.accept("applies")) {
      parseDimensions(parser, state);
      state.regions.push(parseReducer(parser, state));
      return;
    }
    const { offset } = parser;
    const name = parser.keyword();
    parseDimensions(parser, state);
    state.loc = parser.optionalLoc();
    state.regions.push(appliedBody(parser, state, name, offset));
  },
  print: (printer, op) => {
    const args = op.regions[0]?.blocks[0]?.args;
    if (op.operandCount % 2 !== 0 || args?.length !== op.operandCount) return false;
    const applied = appliedOp(op);
    printHeader(printer, op, applied?.name ?? null);
    if (applied !== null) return true;
    printer.newline();
    printer.text(" reducer");
    const count = op.operandCount / 2;
    for (let i = 0; i < count; i++) {
      const [element, accumulator] = [args[i], args[i + count]];
      if (element === undefined || accumulator === undefined) continue;
      printer.text("(");
      printer.regionArgument(element);
      printer.text(", ");
      printer.regionArgument(accumulator);
      printer.text(") ");
    }
    printer.text(" ");
    printer.region(op.region(), { entryArgs: false });
    return true;
  },
};
