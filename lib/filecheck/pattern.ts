/** @file One directive's pattern: parsing its text, and matching it with the current values of variables. */
import { Ere, type EreMatch, indexOfWithin } from "./ere.ts";
import { escapeEre } from "./ere-syntax.ts";
import {
  evaluate,
  type NumberFormat,
  type NumericNode,
  type NumericVariable,
  type Problem,
  printNumber,
  readNumber,
  wildcardOf,
} from "./numeric.ts";
import { parseNumericBlock } from "./numeric-parser.ts";
import type { CheckType, FileCheckRequest } from "./request.ts";
import { ByteText, lowerAscii, type Place, Stretch } from "./source.ts";
import { parseVariableName, type Variables } from "./variables.ts";

/** A mistake in a check file; `spaced` ones are followed by a blank line. */
export interface PatternProblem {
  /** Null where the message stands alone. */
  readonly place: Place | null;
  readonly message: string;
  readonly spaced: boolean;
  /** Mistakes that were found beside it. */
  readonly beside?: readonly PatternProblem[];
}

/** Text that takes the place of a block when the pattern is matched. */
interface Substitution {
  /** Where in the expression it goes. */
  readonly index: number;
  /** The block's text, for notes and messages. */
  readonly from: Stretch;
  readonly value:
    | { readonly kind: "string"; readonly name: string }
    | { readonly kind: "number"; readonly node: NumericNode; readonly format: NumberFormat };
}

/** A value for a note, or why there is none. */
type Resolved =
  | { readonly text: string; readonly expression: string }
  | { readonly problems: readonly { readonly place: Place; readonly message: string }[] };

/** Bounds of a match relative to the whole input. */
export interface PatternMatch {
  readonly start: number;
  readonly end: number;
}

/** A match, or why there is none; an empty list of problems means that it was not found. */
export type MatchResult =
  | { readonly match: PatternMatch }
  | { readonly match: null; readonly problems: readonly { place: Place; message: string }[] };

/** What a block of a pattern adds to the expression. */
interface Block {
  readonly definition: { readonly name: string; readonly number: NumericVariable | null } | null;
  /** Expression to match, empty where a substitution is made. */
  readonly regex: Stretch | string;
  readonly use: { readonly from: Stretch; readonly value: Substitution["value"] } | null;
}

const spacedProblem = ({ at, message, beside = [] }: Problem): PatternProblem => ({
  place: at.place,
  message,
  spaced: true,
  beside: beside.map(spacedProblem),
});

const NOT_FOUND: MatchResult = { match: null, problems: [] };

/** Where the block that begins behind `[[` ends: -1 without an end, or the place of a stray bracket. */
function blockEnd(text: string): { readonly end: number } | { readonly stray: number } {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (depth === 0 && text.startsWith("]]", at)) return { end: at };
    if (text[at] === "\\") at++;
    else if (text[at] === "[") depth++;
    else if (text[at] === "]") {
      if (depth === 0) return { stray: at };
      depth--;
    }
  }
  return { end: -1 };
}

/** A parsed pattern. */
export class Pattern {
  readonly type: CheckType;
  /** The pattern's text in the check file. */
  readonly place: Place;
  readonly line: number | null;
  private readonly variables: Variables;
  private readonly ignoreCase: boolean;
  private fixed = "";
  private regex = "";
  private readonly substitutions: Substitution[] = [];
  private readonly stringGroups = new Map<string, number>();
  private readonly numberGroups = new Map<string, { group: number; variable: NumericVariable }>();
  private compiled: { readonly source: string; readonly ere: Ere | null } | null = null;
  private nextGroup = 1;
  /** Where the captures of the last match lie in the input. */
  private captured: { readonly name: string; readonly start: number; readonly end: number }[] = [];
  /** A mistake after which LLVM's tool ends with 1 instead of 2. */
  strayBracket = false;

  constructor(
    type: CheckType,
    place: Place,
    line: number | null,
    variables: Variables,
    ignoreCase: boolean,
  ) {
    this.type = type;
    this.place = place;
    this.line = line;
    this.variables = variables;
    this.ignoreCase = ignoreCase;
  }

  /** Whether it substitutes anything or defines a string variable. */
  get hasVariable(): boolean {
    return this.substitutions.length > 0 || this.stringGroups.size > 0;
  }

  private get matchesOften(): boolean {
    const { kind, count } = this.type;
    return kind === "dag" || kind === "not" || kind === "label" || count > 1;
  }

  /** What a failed match is compared with to find the nearest line. */
  get example(): string {
    return this.fixed === "" ? this.regex : this.fixed;
  }

  /** Parses the text behind the colon; null when all is well. */
  parse(text: Stretch, prefix: string, request: FileCheckRequest): PatternProblem | null {
    const { kind, literal } = this.type;
    const fullLine = request.matchFullLines && kind !== "not";
    let rest = request.strictWhitespace && request.matchFullLines ? text : text.trimEnd();
    const plain = (message: string): PatternProblem => ({
      place: text.place,
      message,
      spaced: false,
    });
    if (rest.length === 0 && kind !== "empty")
      return plain(`found empty check string with prefix '${prefix}:'`);
    if (rest.length > 0 && kind === "empty")
      return plain(`found non-empty check string for empty check with prefix '${prefix}:'`);
    if (kind === "empty") {
      this.regex = "(\n$)";
      return null;
    }
    const content = rest.text;
    const isFixed = literal || (!fullLine && !(content.length > 1 && /\{\{|\[\[/.test(content)));
    if (isFixed) {
      this.fixed = content;
      return null;
    }
    const blanks = request.strictWhitespace ? "" : " *";
    if (fullLine) this.regex += `^${blanks}`;
    while (rest.length > 0) {
      const next = this.parsePart(rest);
      if ("message" in next) return next;
      rest = next;
    }
    if (fullLine) this.regex += `${blanks}$`;
    return null;
  }

  /** Parses one regular expression, block or fixed part; returns what is left. */
  private parsePart(rest: Stretch): Stretch | PatternProblem {
    if (rest.startsWith("{{")) return this.parseRegexPart(rest);
    if (rest.startsWith("[[[")) {
      // Of more than two brackets the last two begin the block.
      this.regex += escapeEre("[");
      return rest.drop(1);
    }
    if (rest.startsWith("[[")) return this.parseBlockPart(rest);
    const text = rest.text;
    const ends = [text.indexOf("{{", 1), text.indexOf("[[", 1)].filter((end) => end >= 0);
    const end = ends.length === 0 ? text.length : Math.min(...ends);
    this.regex += escapeEre(text.slice(0, end));
    return rest.drop(end);
  }

  private parseRegexPart(rest: Stretch): Stretch | PatternProblem {
    const end = rest.indexOf("}}");
    if (end < 0)
      return {
        place: rest.place,
        message: "found start of regex string with no end '}}'",
        spaced: false,
      };
    const grouped = rest.indexOf("|") >= 0;
    if (grouped) {
      this.regex += "(";
      this.nextGroup++;
    }
    const problem = this.appendRegex(new Stretch(rest.source, rest.start + 2, rest.start + end));
    if (problem !== null) return problem;
    if (grouped) this.regex += ")";
    return rest.drop(end + 2);
  }

  private appendRegex(part: Stretch): PatternProblem | null {
    const source = part.text;
    const problem = Ere.problem(source);
    if (typeof problem === "string")
      return { place: part.place, message: `invalid regex: ${problem}`, spaced: false };
    this.regex += source;
    this.nextGroup += problem.groupCount;
    return null;
  }

  private parseBlockPart(rest: Stretch): Stretch | PatternProblem {
    const inside = rest.drop(2);
    const found = blockEnd(inside.text);
    if ("stray" in found) {
      this.strayBracket = true;
      return {
        place: inside.drop(found.stray).place,
        message: 'missing closing "]" for regex variable',
        spaced: false,
      };
    }
    if (found.end < 0)
      return {
        place: rest.place,
        message: "Invalid substitution block, no ]] found",
        spaced: false,
      };
    let content = inside.take(found.end);
    const isNumeric = content.startsWith("#");
    if (isNumeric) content = content.drop(1);
    const block = isNumeric ? this.numericBlock(content, false) : this.stringBlock(content);
    if ("message" in block) return block;
    return this.appendBlock(block) ?? inside.drop(found.end + 2);
  }

  private stringBlock(content: Stretch): Block | PatternProblem {
    const colon = content.indexOf(":");
    const head = colon < 0 ? content : content.take(colon);
    const blank = head.text.search(/[ \t]/);
    if (blank >= 0)
      return { place: content.drop(blank).place, message: "unexpected whitespace", spaced: false };
    const name = parseVariableName(content);
    if ("message" in name) return { place: name.at.place, message: name.message, spaced: true };
    const wrong = (message: string): PatternProblem => ({
      place: name.name.place,
      message,
      spaced: false,
    });
    const text = name.name.text;
    if (colon >= 0) {
      if (name.isPseudo || !name.rest.startsWith(":"))
        return wrong("invalid name in string variable definition");
      if (this.variables.numbers.has(text))
        return wrong(`numeric variable with name '${text}' already exists`);
      return { definition: { name: text, number: null }, regex: name.rest.drop(1), use: null };
    }
    if (name.isPseudo) return this.numericBlock(content, true);
    if (name.rest.length > 0) return wrong("invalid name in string variable use");
    return {
      definition: null,
      regex: "",
      use: { from: name.name, value: { kind: "string", name: text } },
    };
  }

  private numericBlock(content: Stretch, legacyLine: boolean): Block | PatternProblem {
    const block = parseNumericBlock(content, legacyLine, this.line, this.variables);
    if ("message" in block) return spacedProblem(block);
    const { defines, expression, format } = block;
    return {
      definition: defines === null ? null : { name: defines.name, number: defines },
      regex: expression === null ? wildcardOf(format) : "",
      use:
        expression === null
          ? null
          : { from: content, value: { kind: "number", node: expression, format } },
    };
  }

  private appendBlock({ definition, regex, use }: Block): PatternProblem | null {
    if (definition !== null) {
      this.regex += "(";
      const group = this.nextGroup++;
      const { name, number } = definition;
      if (number === null) {
        this.stringGroups.set(name, group);
        this.variables.declaredStrings.add(name);
      } else {
        this.numberGroups.set(name, { group, variable: number });
        this.variables.numbers.set(name, number);
      }
    }
    const index = this.regex.length;
    const part = typeof regex === "string" ? new Stretch(new ByteText("<wildcard>", regex)) : regex;
    if (part.length > 0) {
      const problem = this.appendRegex(part);
      if (problem !== null) return problem;
    }
    if (use !== null) {
      const group = use.value.kind === "string" ? this.stringGroups.get(use.value.name) : undefined;
      if (group === undefined) this.substitutions.push({ index, ...use });
      else if (group > 9)
        return {
          place: use.from.place,
          message: "Can't back-reference more than 9 variables",
          spaced: false,
        };
      else this.regex += `\\${group}`;
    }
    if (definition !== null) this.regex += ")";
    return null;
  }

  private resolve({ value, from }: Substitution): Resolved {
    if (value.kind === "string") {
      const text = this.variables.strings.get(value.name);
      if (text !== undefined) return { text, expression: escapeEre(text) };
      return { problems: [{ place: from.place, message: `undefined variable: ${value.name}` }] };
    }
    const number = evaluate(value.node);
    if (typeof number !== "bigint" && number.reason === "undefined")
      return {
        problems: number.names.map((name) => ({
          place: name.place,
          message: `undefined variable: ${name.text}`,
        })),
      };
    const text = typeof number === "bigint" ? printNumber(number, value.format) : null;
    if (text !== null) return { text, expression: text };
    const message = "unable to substitute variable or numeric expression: overflow error";
    return { problems: [{ place: from.place, message }] };
  }

  /** Substituted blocks with their current values, for notes. */
  substituted(): readonly {
    readonly from: string;
    readonly text: string;
    readonly escaped: string;
  }[] {
    const values = [];
    for (const substitution of this.substitutions) {
      const resolved = this.resolve(substitution);
      if ("text" in resolved)
        values.push({
          from: substitution.from.text,
          text: resolved.text,
          escaped: resolved.expression,
        });
    }
    return values;
  }

  /** Captures of the last match in the order of the input. */
  captures(): readonly { readonly name: string; readonly start: number; readonly end: number }[] {
    return this.captured;
  }

  /** Matches inside `[from, to)` of the input and stores what is captured. */
  match(input: ByteText, from: number, to: number): MatchResult {
    if (this.type.kind === "eof") return { match: { start: to, end: to } };
    if (this.fixed !== "") return this.matchFixed(input, from, to);
    let source = this.regex;
    if (this.substitutions.length > 0) {
      if (this.line !== null) this.variables.line.value = BigInt(this.line);
      let result = "";
      let copied = 0;
      const problems: { place: Place; message: string }[] = [];
      for (const substitution of this.substitutions) {
        const resolved = this.resolve(substitution);
        if ("problems" in resolved) {
          problems.push(...resolved.problems);
          continue;
        }
        result += this.regex.slice(copied, substitution.index) + resolved.expression;
        copied = substitution.index;
      }
      if (problems.length > 0) return { match: null, problems };
      source = result + this.regex.slice(copied);
    }
    return this.matchRegex(source, input, from, to);
  }

  private matchFixed(input: ByteText, from: number, to: number): MatchResult {
    const text = this.ignoreCase ? input.lower : input.text;
    const needle = this.ignoreCase ? lowerAscii(this.fixed) : this.fixed;
    const start = indexOfWithin(text, needle, from, to);
    return start < 0 ? NOT_FOUND : { match: { start, end: start + needle.length } };
  }

  private matchRegex(source: string, input: ByteText, from: number, to: number): MatchResult {
    if (this.compiled?.source !== source) {
      const ere = Ere.compile(source, this.ignoreCase);
      this.compiled = { source, ere: ere instanceof Ere ? ere : null };
    }
    const { ere } = this.compiled;
    const wanted = this.stringGroups.size + this.numberGroups.size > 0;
    const found = ere?.exec(input.text, from, to, wanted) ?? null;
    // Most directives match once: their automata need not outlive that.
    if (!this.matchesOften) this.compiled = null;
    if (found === null) return NOT_FOUND;
    if (wanted) this.capture(found, input.text);
    const skip = this.type.kind === "empty" ? 1 : 0;
    return { match: { start: found.start + skip, end: found.end } };
  }

  /** Keeps what the groups of variables matched. */
  private capture(found: EreMatch, text: string): void {
    this.captured = [];
    const spanOf = (name: string, group: number): string => {
      const [start, end] = found.captures.get(group) ?? [found.start, found.start];
      this.captured.push({ name, start, end });
      return text.slice(start, end);
    };
    for (const [name, group] of this.stringGroups)
      this.variables.strings.set(name, spanOf(name, group));
    for (const [name, { group, variable }] of this.numberGroups) {
      const digits = spanOf(name, group);
      if (variable.format !== null) variable.value = readNumber(digits, variable.format);
    }
    this.captured.sort((a, b) => a.start - b.start);
  }
}
