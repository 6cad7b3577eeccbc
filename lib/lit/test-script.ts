/** @file Reads the keywords of a test file: RUN, XFAIL, REQUIRES, UNSUPPORTED, ALLOW_RETRIES, DEFINE, REDEFINE, END. */

/** A command line or a definition, with the line of the file where it begins. */
export type ScriptStep =
  | { readonly kind: "run"; readonly line: number; readonly text: string }
  | {
      readonly kind: "define";
      readonly line: number;
      readonly name: string;
      readonly value: string;
      readonly replaces: boolean;
    };

/** What a test file says. */
export interface TestScript {
  readonly steps: readonly ScriptStep[];
  readonly xfail: readonly string[];
  readonly requires: readonly string[];
  readonly unsupported: readonly string[];
  readonly retries: number;
}

const KEYWORD = /(RUN:|XFAIL:|REQUIRES:|UNSUPPORTED:|ALLOW_RETRIES:|END\.|DEFINE:|REDEFINE:)(.*)/;
const FIRST_OF_REDEFINE = /REDEFINE:/;
const DEFINITION = /^\s*(%\{[_a-zA-Z][-_:0-9a-zA-Z]*\})\s*=(.*)$/s;

interface Statement {
  readonly keyword: string;
  readonly line: number;
  text: string;
  open: boolean;
}

/** Keywords of one kind continue one another: those that make the script, and each list by itself. */
const kindOf = (keyword: string): string => (/RUN|DEFINE/.test(keyword) ? "script" : keyword);

/** Puts the number of a line for `%(line)`, `%(line+2)` and `%(line - 1)`. */
const withLineNumbers = (text: string, line: number): string =>
  text.replace(/%\(line\s*(?:([+-])\s*(\d+))?\s*\)/g, (_, sign?: string, offset?: string) =>
    String(line + (sign === "-" ? -1 : 1) * Number(offset ?? 0)),
  );

/** Collects keyword lines and joins continued ones; text is the mistake. */
function statementsOf(source: string): Statement[] | string {
  const statements: Statement[] = [];
  for (const [index, raw] of source.split("\n").entries()) {
    const lineText = raw.replace(/\r$/, "");
    const match = KEYWORD.exec(lineText);
    if (match === null) continue;
    let keyword = match[1] ?? "";
    if (keyword === "DEFINE:" && FIRST_OF_REDEFINE.test(lineText)) keyword = "REDEFINE:";
    const rest = withLineNumbers(match[2] ?? "", index + 1);
    if (keyword === "END.") {
      if (rest.trim() === "") break;
      continue;
    }
    const line = index + 1;
    const last = statements.findLast((earlier) => kindOf(earlier.keyword) === kindOf(keyword));
    const continued = /\\\s*$/.test(rest);
    const text = continued ? rest.replace(/\\\s*$/, "") : rest;
    if (last?.open === true) {
      if (last.keyword !== keyword)
        return `Test has unterminated '${last.keyword}' directive (with '\\') at line ${last.line}`;
      last.text += keyword === "RUN:" ? text : ` ${text.trim()}`;
      last.open = continued;
    } else
      statements.push({
        keyword,
        line,
        text: continued ? text.trimStart() : text.trim(),
        open: continued,
      });
  }
  const open = statements.find((statement) => statement.open);
  if (open !== undefined)
    return `Test has unterminated '${open.keyword}' directive (with '\\') at line ${open.line}`;
  return statements;
}

const listOf = (text: string): string[] =>
  text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");

/** Reads a test file; a string is the mistake that makes it unusable. */
export function parseTestScript(source: string): TestScript | string {
  const statements = statementsOf(source);
  if (typeof statements === "string") return statements;
  const steps: ScriptStep[] = [];
  const lists: Record<string, string[]> = { "XFAIL:": [], "REQUIRES:": [], "UNSUPPORTED:": [] };
  let retries: number | null = null;
  for (const { keyword, line, text } of statements) {
    if (keyword === "RUN:") steps.push({ kind: "run", line, text: text.trim() });
    else if (keyword === "ALLOW_RETRIES:") {
      if (retries !== null) return "Test has more than one ALLOW_RETRIES lines";
      if (!/^\d+$/.test(text.trim())) return `ALLOW_RETRIES: '${text}' is no number`;
      retries = Number(text);
    } else if (keyword === "DEFINE:" || keyword === "REDEFINE:") {
      const match = DEFINITION.exec(text);
      if (match === null) return `${keyword} '${text}' at line ${line} must be: %{name} = value`;
      const [, name = "", value = ""] = match;
      steps.push({
        kind: "define",
        line,
        name,
        value: value.trim(),
        replaces: keyword === "REDEFINE:",
      });
    } else lists[keyword]?.push(...listOf(text));
  }
  if (!steps.some(({ kind }) => kind === "run")) return "Test has no 'RUN:' line";
  return {
    steps,
    xfail: lists["XFAIL:"] ?? [],
    requires: lists["REQUIRES:"] ?? [],
    unsupported: lists["UNSUPPORTED:"] ?? [],
    retries: retries ?? 0,
  };
}
