/** @file Reads a check file: finds directives and groups them into positive checks with their DAG and NOT directives. */

import { evaluate } from "./numeric.ts";
import { parseNumericBlock } from "./numeric-parser.ts";
import { Pattern, type PatternProblem } from "./pattern.ts";
import type { CheckKind, CheckType, FileCheckRequest } from "./request.ts";
import { ByteText, Stretch } from "./source.ts";
import { parseVariableName, type Variables } from "./variables.ts";

/** A pattern and the prefix that messages name it by. */
export interface Directive {
  readonly pattern: Pattern;
  readonly prefix: string;
}

/** A positive directive, with the DAG and NOT directives in front of it. */
export interface CheckGroup extends Directive {
  readonly before: readonly Directive[];
}

/** What a check file says, or why it is not usable. */
export type CheckFile =
  | { readonly groups: readonly CheckGroup[]; readonly implicit: readonly Directive[] }
  | { readonly problems: readonly PatternProblem[]; readonly exitCode: number }
  | { readonly text: string };

type Found =
  | { readonly kind: "check"; readonly type: CheckType }
  | { readonly kind: "comment" }
  | { readonly kind: "bad-not" }
  | { readonly kind: "bad-count" }
  | { readonly kind: "misspelled" };

/**
 * A directive's beginning: its prefix, what it is, where that ends, and where its pattern begins. The two last are the
 * same, except at the very end of a file: there LLVM takes what follows the prefix for the pattern.
 */
interface Header {
  readonly prefix: string;
  readonly start: number;
  readonly line: number;
  readonly found: Found;
  readonly end: number;
  readonly after: number;
}

const isWordPart = (character: string | undefined): boolean =>
  character !== undefined && /[A-Za-z0-9_-]/.test(character);

const NOT_COMBINATIONS = /^(?:(?:DAG|NEXT|SAME|EMPTY)-NOT|NOT-(?:DAG|NEXT|SAME|EMPTY)):/;
const SUFFIXES: readonly (readonly [string, CheckKind])[] = [
  ["NEXT", "next"],
  ["SAME", "same"],
  ["NOT", "not"],
  ["DAG", "dag"],
  ["LABEL", "label"],
  ["EMPTY", "empty"],
];
const MODIFIERS = /^\{\s*LITERAL\s*(?:,\s*LITERAL\s*)*\}:/;
const MAX_COUNT = 0x7fff_ffff;

/** Reads a directive's suffix and modifiers; the text begins behind the prefix. */
function directiveAt(rest: string): { readonly found: Found; readonly length: number } | null {
  const modified = (kind: CheckKind, count: number, at: number) => {
    const tail = rest.slice(at);
    if (tail.startsWith(":"))
      return {
        found: { kind: "check", type: { kind, count, literal: false } },
        length: at + 1,
      } as const;
    const modifiers = MODIFIERS.exec(tail)?.[0];
    if (modifiers === undefined) return null;
    const type = { kind, count, literal: true };
    return { found: { kind: "check", type }, length: at + modifiers.length } as const;
  };
  if (rest.startsWith(":") || rest.startsWith("{")) return modified("plain", 1, 0);
  const misspelled = rest.startsWith("_");
  if (!misspelled && !rest.startsWith("-")) return null;
  const result = suffixAt(rest, modified);
  return result !== null && misspelled
    ? { found: { kind: "misspelled" }, length: result.length }
    : result;
}

type Modified = (
  kind: CheckKind,
  count: number,
  at: number,
) => { readonly found: Found; readonly length: number } | null;

function suffixAt(
  rest: string,
  modified: Modified,
): { readonly found: Found; readonly length: number } | null {
  const name = rest.slice(1, 200);
  if (name.startsWith("COUNT-")) {
    const digits = /^-?[0-9]+/.exec(name.slice(6))?.[0] ?? "";
    const at = 7 + digits.length;
    const count = Number(digits);
    if (digits === "") return { found: { kind: "bad-count" }, length: 7 };
    if (!(count > 0 && count <= MAX_COUNT) || !/[:{]/.test(rest[at] ?? ""))
      return { found: { kind: "bad-count" }, length: at };
    return modified("plain", count, at);
  }
  if (NOT_COMBINATIONS.test(name)) return { found: { kind: "bad-not" }, length: 1 };
  for (const [suffix, kind] of SUFFIXES)
    if (name.startsWith(suffix)) return modified(kind, 1, 1 + suffix.length);
  return null;
}

/** Yields the headers of a check file from top to bottom. */
class HeaderScanner {
  private position = 0;
  private line = 1;
  private lineAt = 0;
  private readonly text: string;
  private readonly prefixes: RegExp;
  private readonly comments: ReadonlySet<string>;

  constructor(text: string, checks: readonly string[], comments: readonly string[]) {
    this.text = text;
    this.comments = new Set(comments);
    // At one position the longest prefix wins.
    const all = [...checks, ...comments].sort((a, b) => b.length - a.length);
    this.prefixes = new RegExp(all.map((prefix) => prefix.replace(/-/g, "\\-")).join("|"), "g");
  }

  /** Where the search for the next directive began or, at the end, gave up. */
  get reached(): number {
    return this.position;
  }

  skipTo(position: number): void {
    this.position = position;
  }

  next(): Header | null {
    const { text } = this;
    let windowStart = this.position;
    while (windowStart < text.length) {
      this.prefixes.lastIndex = windowStart;
      const match = this.prefixes.exec(text);
      this.position = windowStart;
      if (match === null) return null;
      const start = match.index;
      const prefix = match[0];
      if (start === windowStart || !isWordPart(text[start - 1])) {
        const header = this.headerAt(prefix, start);
        if (header !== null) return header;
      }
      windowStart = start + prefix.length;
      while (windowStart < text.length && isWordPart(text[windowStart])) windowStart++;
    }
    this.position = windowStart;
    return null;
  }

  private headerAt(prefix: string, start: number): Header | null {
    const after = start + prefix.length;
    if (after >= this.text.length) return null;
    let directive: { readonly found: Found; readonly length: number } | null;
    if (this.comments.has(prefix))
      directive = this.text[after] === ":" ? { found: { kind: "comment" }, length: 1 } : null;
    else directive = directiveAt(this.text.slice(after, after + 1_000));
    if (directive === null) return null;
    for (let at = this.text.indexOf("\n", this.lineAt); at !== -1 && at < start; ) {
      this.line++;
      this.lineAt = at + 1;
      at = this.text.indexOf("\n", this.lineAt);
    }
    const { found, length } = directive;
    const end = after + length;
    return {
      prefix,
      start,
      line: this.line,
      found,
      end,
      after: end < this.text.length ? end : after,
    };
  }
}

/** Variables defined on the command line; the mistakes in them. */
export function defineVariables(
  defines: readonly string[],
  variables: Variables,
): readonly PatternProblem[] {
  let text = "";
  const pieces: { readonly start: number; readonly length: number; readonly numeric: boolean }[] =
    [];
  for (const [index, define] of defines.entries()) {
    text += `Global define #${index + 1}: `;
    const numeric = define.startsWith("#");
    if (numeric) text += `${define} (parsed as: [[`;
    pieces.push({ start: text.length, length: define.length, numeric });
    text += numeric ? `${define.replace("=", ":")}]])\n` : `${define}\n`;
  }
  const source = new ByteText("Global defines", text);
  const problems: PatternProblem[] = [];
  for (const { start, length, numeric } of pieces) {
    const piece = new Stretch(source, start, start + length);
    const problem = numeric
      ? defineNumber(piece.drop(1), variables)
      : defineString(piece, variables);
    if (problem !== null)
      problems.push({
        place: problem.at?.place ?? null,
        message: problem.message,
        spaced: problem.at !== null,
      });
  }
  return problems;
}

interface Mistake {
  readonly at: Stretch | null;
  readonly message: string;
}

function defineNumber(text: Stretch, variables: Variables): Mistake | null {
  const block = parseNumericBlock(text, false, null, variables);
  if ("message" in block) return block;
  if (block.expression === null || block.defines === null)
    return { at: text, message: "empty numeric expression" };
  const value = evaluate(block.expression);
  if (typeof value !== "bigint") {
    const name = value.reason === "undefined" ? value.names[0] : undefined;
    const message = name === undefined ? "overflow error" : `undefined variable: ${name.text}`;
    return { at: null, message };
  }
  block.defines.value = value;
  variables.numbers.set(block.defines.name, block.defines);
  return null;
}

function defineString(text: Stretch, variables: Variables): Mistake | null {
  const whole = text.text;
  const equals = whole.indexOf("=");
  const target = text.take(equals);
  const name = parseVariableName(target);
  if ("message" in name) return name;
  if (name.isPseudo || name.rest.length > 0)
    return { at: target, message: `invalid name in string variable definition '${target.text}'` };
  const key = name.name.text;
  if (variables.numbers.has(key))
    return { at: name.name, message: `numeric variable with name '${key}' already exists` };
  variables.strings.set(key, whole.slice(equals + 1));
  variables.declaredStrings.add(key);
  return null;
}

/** Reads all directives of one check file. */
class CheckFileReader {
  private readonly source: ByteText;
  private readonly request: FileCheckRequest;
  private readonly variables: Variables;
  private readonly groups: CheckGroup[] = [];
  private implicit: Directive[] = [];
  private waiting: Directive[] = [];

  constructor(source: ByteText, request: FileCheckRequest, variables: Variables) {
    this.source = source;
    this.request = request;
    this.variables = variables;
  }

  private fail(start: number, message: string, exitCode = 2): CheckFile {
    const place = { source: this.source, offset: start };
    return { problems: [{ place, message, spaced: false }], exitCode };
  }

  private readImplicit(): CheckFile | null {
    const prefix = "IMPLICIT-CHECK";
    for (const text of this.request.implicitCheckNot) {
      const source = new ByteText("command line", `-implicit-check-not='${text}'`);
      const stretch = new Stretch(source, 21, 21 + text.length);
      const type: CheckType = { kind: "not", count: 1, literal: false };
      const { ignoreCase } = this.request;
      const pattern = new Pattern(type, stretch.place, null, this.variables, ignoreCase);
      const problem = pattern.parse(stretch, prefix, this.request);
      if (problem !== null) return { problems: [problem], exitCode: 2 };
      this.implicit.push({ pattern, prefix });
    }
    this.waiting = [...this.implicit];
    return null;
  }

  read(): CheckFile {
    const { request, source } = this;
    const checks = request.checkPrefixes.length === 0 ? ["CHECK"] : request.checkPrefixes;
    const comments =
      request.commentPrefixes.length === 0 ? ["COM", "RUN"] : request.commentPrefixes;
    const implicitProblem = this.readImplicit();
    if (implicitProblem !== null) return implicitProblem;
    const unused = new Set(checks);
    const scanner = new HeaderScanner(source.text, checks, comments);
    let line = 1;
    for (let header = scanner.next(); header !== null; header = scanner.next()) {
      line = header.line;
      const end = this.endOfLine(header.after);
      scanner.skipTo(end);
      if (header.found.kind === "comment") continue;
      unused.delete(header.prefix);
      const failure = this.readDirective(header, end);
      if (failure !== null) return failure;
    }
    const someUnused =
      unused.size === checks.length || (!request.allowUnusedPrefixes && unused.size > 0);
    if (someUnused && (this.implicit.length === 0 || request.checkPrefixes.length > 0)) {
      const names = [...unused].sort().map((prefix) => `'${prefix}:'`);
      const noun = names.length > 1 ? "prefixes " : "prefix ";
      return { text: `error: no check strings found with ${noun}${names.join(", ")}\n` };
    }
    if (this.waiting.length > 0) this.addEnd(checks[0] ?? "CHECK", line, scanner.reached);
    return { groups: this.groups, implicit: this.implicit };
  }

  private endOfLine(from: number): number {
    let end = from;
    const { text } = this.source;
    while (end < text.length && text[end] !== "\n" && text[end] !== "\r") end++;
    return end;
  }

  private addEnd(prefix: string, line: number, offset: number): void {
    const type: CheckType = { kind: "eof", count: 1, literal: false };
    const place = { source: this.source, offset };
    const pattern = new Pattern(type, place, line + 1, this.variables, false);
    this.groups.push({ pattern, prefix, before: this.waiting });
  }

  private readDirective(header: Header, end: number): CheckFile | null {
    const { request, source } = this;
    const { found, prefix, start } = header;
    if (found.kind === "bad-not")
      return this.fail(header.after, `unsupported -NOT combo on prefix '${prefix}'`);
    if (found.kind === "bad-count")
      return this.fail(header.after, `invalid count in -COUNT specification on prefix '${prefix}'`);
    if (found.kind === "misspelled") {
      const directive = source.text.slice(start, header.end);
      return this.fail(start, `misspelled directive '${directive}'`);
    }
    if (found.kind === "comment") return null;
    const { type } = found;
    let text = new Stretch(source, header.after, end);
    if (!(request.strictWhitespace && request.matchFullLines)) text = text.trimStart();
    const { ignoreCase } = request;
    const pattern = new Pattern(type, text.place, header.line, this.variables, ignoreCase);
    const problem = pattern.parse(text, prefix, request);
    if (problem !== null) return { problems: [problem], exitCode: pattern.strayBracket ? 1 : 2 };
    if (type.kind === "label" && pattern.hasVariable)
      return this.fail(start, `found '${prefix}-LABEL:' with variable definition or use`);
    const needsEarlier = type.kind === "next" || type.kind === "same" || type.kind === "empty";
    if (needsEarlier && this.groups.length === 0) {
      const suffix = type.kind.toUpperCase();
      const message = `found '${prefix}-${suffix}' without previous '${prefix}: line`;
      return this.fail(start, message);
    }
    if (type.kind === "dag" || type.kind === "not") this.waiting.push({ pattern, prefix });
    else {
      this.groups.push({ pattern, prefix, before: this.waiting });
      this.waiting = [...this.implicit];
    }
    return null;
  }
}

/** Parses a check file that was canonicalized. */
export const readCheckFile = (
  source: ByteText,
  request: FileCheckRequest,
  variables: Variables,
): CheckFile => new CheckFileReader(source, request, variables).read();
