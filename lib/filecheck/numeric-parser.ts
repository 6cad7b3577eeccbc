/** @file Parses numeric substitution blocks: `[[#%fmt,NAME: == expression]]`. */
import {
  type BinaryName,
  implicitFormat,
  type NumberFormat,
  type NumericNode,
  type NumericVariable,
  type Problem,
  sameFormat,
  UNSIGNED,
} from "./numeric.ts";
import { Stretch } from "./source.ts";
import { parseVariableName, type Variables } from "./variables.ts";

/** A numeric block: what to match, and what to define. */
export interface NumericBlock {
  readonly format: NumberFormat;
  readonly expression: NumericNode | null;
  readonly defines: NumericVariable | null;
}

/** Ends parsing at the first mistake; never leaves this file. */
class Mistake extends Error {
  readonly problem: Problem;

  constructor(at: Stretch, message: string, beside: readonly Problem[] = []) {
    super(message);
    this.problem = { at, message, beside };
  }
}

type Operands = "any" | "line-variable" | "legacy-literal";

const FUNCTIONS: ReadonlySet<string> = new Set(["add", "sub", "mul", "div", "min", "max"]);
const isFunction = (name: string): name is BinaryName => FUNCTIONS.has(name);

/** Operands inside operands before an expression is refused. */
const MAX_NESTING = 400;

/** Operators after which an expression is refused. */
const MAX_OPERATORS = 1_000;

class NumericParser {
  rest: Stretch;
  private depth = 0;
  private operators = 0;
  private readonly variables: Variables;
  private readonly line: number | null;

  constructor(rest: Stretch, variables: Variables, line: number | null) {
    this.rest = rest;
    this.variables = variables;
    this.line = line;
  }

  private skipBlanks(): void {
    this.rest = this.rest.trimStart();
  }

  private eat(text: string): boolean {
    if (!this.rest.startsWith(text)) return false;
    this.rest = this.rest.drop(text.length);
    return true;
  }

  operand(allowed: Operands, maybeConstraint: boolean): NumericNode {
    if (++this.depth > MAX_NESTING) throw new Mistake(this.rest, "expression is nested too deeply");
    const node = this.innerOperand(allowed, maybeConstraint);
    this.depth--;
    return node;
  }

  private innerOperand(allowed: Operands, maybeConstraint: boolean): NumericNode {
    if (this.rest.startsWith("(")) {
      if (allowed !== "any")
        throw new Mistake(this.rest, "parenthesized expression not permitted here");
      return this.parenthesized();
    }
    if (allowed !== "legacy-literal") {
      const name = parseVariableName(this.rest);
      if (!("message" in name)) {
        this.rest = name.rest;
        if (this.rest.trimStart().startsWith("(")) {
          if (allowed !== "any") throw new Mistake(name.name, "unexpected function call");
          return this.call(name.name);
        }
        return this.use(name.name, name.isPseudo);
      }
      if (allowed === "line-variable") throw new Mistake(name.at, name.message);
    }
    return this.literal(allowed, maybeConstraint);
  }

  private literal(allowed: Operands, maybeConstraint: boolean): NumericNode {
    const bad = new Mistake(
      this.rest,
      `invalid ${maybeConstraint ? "matching constraint or " : ""}operand format`,
    );
    const pattern = allowed === "legacy-literal" ? /^-?/ : /^-?(0[xXbB]|0o|0(?=[0-9]))?/;
    const [lead = "", given = ""] = pattern.exec(this.rest.text) ?? [];
    const prefix = given.toLowerCase();
    const radix = prefix === "" ? 10 : prefix === "0x" ? 16 : prefix === "0b" ? 2 : 8;
    const behind = this.rest.drop(lead.length);
    const digits = /^[0-9a-fA-F]*/.exec(behind.text)?.[0] ?? "";
    let length = 0;
    while (length < digits.length && Number.parseInt(digits[length] as string, 16) < radix)
      length++;
    // A prefix with other text behind it than digits is a zero.
    if (length === 0 && (prefix === "" || behind.length === 0)) throw bad;
    const base = radix === 16 ? "0x" : radix === 2 ? "0b" : radix === 8 ? "0o" : "";
    const magnitude = BigInt(`${base}0${digits.slice(0, length)}`);
    const text = this.rest.take(lead.length + length);
    this.rest = this.rest.drop(text.length);
    return { kind: "literal", value: lead.startsWith("-") ? -magnitude : magnitude, text };
  }

  private use(name: Stretch, isPseudo: boolean): NumericNode {
    const text = name.text;
    if (isPseudo && text !== "@LINE")
      throw new Mistake(name, `invalid pseudo numeric variable '${text}'`);
    let variable = this.variables.numbers.get(text);
    if (variable === undefined) {
      // Unknown names are diagnosed when the directive is matched.
      variable = { name: text, format: UNSIGNED, definedAt: null, value: null };
      this.variables.numbers.set(text, variable);
    }
    if (variable.definedAt !== null && variable.definedAt === this.line)
      throw new Mistake(
        name,
        `numeric variable '${text}' defined earlier in the same CHECK directive`,
      );
    return { kind: "variable", variable, text: name };
  }

  private parenthesized(): NumericNode {
    this.eat("(");
    this.skipBlanks();
    if (this.rest.length === 0) throw new Mistake(this.rest, "missing operand in expression");
    let node = this.operand("any", false);
    this.skipBlanks();
    while (this.rest.length > 0 && !this.rest.startsWith(")")) {
      // Messages about the operation quote it from its operator on.
      node = this.binary(this.rest, node, false);
      this.skipBlanks();
    }
    if (!this.eat(")")) throw new Mistake(this.rest, "missing ')' at end of nested expression");
    return node;
  }

  private upTo(start: Stretch): Stretch {
    return new Stretch(start.source, start.start, this.rest.start);
  }

  binary(start: Stretch, left: NumericNode, legacy: boolean): NumericNode {
    this.skipBlanks();
    if (this.rest.length === 0) return left;
    const symbol = this.rest.at(0);
    if (symbol !== "+" && symbol !== "-")
      throw new Mistake(this.rest, `unsupported operation '${symbol}'`);
    if (++this.operators > MAX_OPERATORS) throw new Mistake(this.rest, "expression is too long");
    this.rest = this.rest.drop(1).trimStart();
    if (this.rest.length === 0) throw new Mistake(this.rest, "missing operand in expression");
    const right = this.operand(legacy ? "legacy-literal" : "any", false);
    const operator = symbol === "+" ? "add" : "sub";
    return { kind: "binary", operator, left, right, text: this.upTo(start) };
  }

  private call(name: Stretch): NumericNode {
    this.skipBlanks();
    const operator = name.text;
    if (!isFunction(operator)) throw new Mistake(name, `call to undefined function '${operator}'`);
    this.eat("(");
    this.skipBlanks();
    const operands: NumericNode[] = [];
    while (this.rest.length > 0 && !this.rest.startsWith(")")) {
      if (this.rest.startsWith(",")) throw new Mistake(this.rest, "missing argument");
      operands.push(this.argument());
      this.skipBlanks();
      if (!this.eat(",")) break;
      this.skipBlanks();
      if (this.rest.startsWith(")")) throw new Mistake(this.rest, "missing argument");
    }
    if (!this.eat(")")) throw new Mistake(this.rest, "missing ')' at end of call expression");
    const [left, right] = operands;
    if (operands.length !== 2 || left === undefined || right === undefined)
      throw new Mistake(
        name,
        `function '${operator}' takes 2 arguments but ${operands.length} given`,
      );
    return { kind: "binary", operator, left, right, text: this.rest };
  }

  private argument(): NumericNode {
    const start = this.rest;
    let node = this.operand("any", false);
    while (this.rest.length > 0) {
      this.skipBlanks();
      if (this.rest.startsWith(",") || this.rest.startsWith(")")) break;
      node = this.binary(start, node, false);
    }
    return node;
  }
}

/** `%#.8x` and the like, in front of a comma. */
function parseFormat(text: Stretch): { format: NumberFormat | null; precision: number } {
  let rest = text.trimStart().trimEnd();
  const invalid = "invalid matching format specification in expression";
  if (!rest.startsWith("%")) throw new Mistake(rest, invalid);
  rest = rest.drop(1);
  const alternateAt = rest;
  const alternate = rest.startsWith("#");
  if (alternate) rest = rest.drop(1);
  let precision = 0;
  if (rest.startsWith(".")) {
    rest = rest.drop(1);
    const digits = /^[0-9]+/.exec(rest.text)?.[0];
    if (digits === undefined || Number(digits) > 0xffff_ffff)
      throw new Mistake(rest, "invalid precision in format specifier");
    precision = Number(digits);
    rest = rest.drop(digits.length);
  }
  let format: NumberFormat | null = null;
  if (rest.length > 0) {
    const kind = rest.at(0);
    if (kind !== "u" && kind !== "d" && kind !== "x" && kind !== "X")
      throw new Mistake(rest, "invalid format specifier in expression");
    format = { kind, precision, alternate };
    rest = rest.drop(1);
  }
  if (alternate && format?.kind !== "x" && format?.kind !== "X")
    throw new Mistake(alternateAt, "alternate form only supported for hex values");
  rest = rest.trimStart();
  if (rest.length > 0) throw new Mistake(rest, invalid);
  return { format, precision };
}

function parseDefinition(
  text: Stretch,
  format: NumberFormat,
  variables: Variables,
  line: number | null,
): NumericVariable {
  const name = parseVariableName(text.trimStart());
  if ("message" in name) throw new Mistake(name.at, name.message);
  const known = name.name.text;
  if (name.isPseudo)
    throw new Mistake(name.name, "definition of pseudo numeric variable unsupported");
  if (variables.declaredStrings.has(known))
    throw new Mistake(name.name, `string variable with name '${known}' already exists`);
  const rest = name.rest.trimStart();
  if (rest.length > 0) throw new Mistake(rest, "unexpected characters after numeric variable name");
  const earlier = variables.numbers.get(known);
  if (earlier === undefined) return { name: known, format, definedAt: line, value: null };
  if (earlier.format === null || !sameFormat(earlier.format, format))
    throw new Mistake(rest, "format different from previous variable definition");
  return earlier;
}

function parseBlock(
  text: Stretch,
  legacyLine: boolean,
  line: number | null,
  variables: Variables,
): NumericBlock {
  let rest = text;
  let explicit: NumberFormat | null = null;
  let precision = 0;
  const comma = rest.indexOf(",");
  const call = rest.indexOf("(");
  if (comma >= 0 && (call < 0 || comma < call)) {
    ({ format: explicit, precision } = parseFormat(rest.take(comma)));
    rest = rest.drop(comma + 1);
  }
  const colon = rest.indexOf(":");
  const definition = colon >= 0 ? rest.take(colon) : null;
  if (colon >= 0) rest = rest.drop(colon + 1);
  rest = rest.trimStart();
  const constraint = rest.startsWith("==");
  if (constraint) rest = rest.drop(2);
  rest = rest.trimStart();
  let expression: NumericNode | null = null;
  if (rest.length === 0) {
    if (constraint)
      throw new Mistake(rest, "empty numeric expression should not have a constraint");
  } else {
    const start = rest.trimEnd();
    const parser = new NumericParser(start, variables, line);
    expression = parser.operand(legacyLine ? "line-variable" : "any", !constraint);
    while (parser.rest.length > 0) {
      expression = parser.binary(start, expression, legacyLine);
      if (legacyLine && parser.rest.length > 0)
        throw new Mistake(
          parser.rest,
          `unexpected characters at end of expression '${parser.rest.text}'`,
        );
    }
  }
  let format = explicit;
  if (format === null && expression !== null) {
    const implied = implicitFormat(expression);
    if (implied !== null && "message" in implied)
      throw new Mistake(implied.at, implied.message, implied.beside);
    format = implied;
  }
  format ??= { ...UNSIGNED, precision };
  const defines = definition === null ? null : parseDefinition(definition, format, variables, line);
  return { format, expression, defines };
}

/** Parses the inside of a numeric block, or says what is wrong with it. */
export function parseNumericBlock(
  text: Stretch,
  legacyLine: boolean,
  line: number | null,
  variables: Variables,
): NumericBlock | Problem {
  try {
    return parseBlock(text, legacyLine, line, variables);
  } catch (mistake) {
    if (mistake instanceof Mistake) return mistake.problem;
    throw mistake;
  }
}
