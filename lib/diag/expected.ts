/** @file Checks diagnostics against `expected-error {{...}}` comments, as mlir-opt's --verify-diagnostics does. */
import type { Diagnostic, Severity } from "./diagnostic.ts";
import { filePosition } from "./loc.ts";
import type { SourceFile } from "./source-file.ts";

/** One comment that announces a diagnostic. */
interface Expectation {
  readonly severity: Severity;
  /** Line of the diagnostic; null for one without a place. */
  line: number | null;
  readonly text: string;
  readonly matches: (message: string) => boolean;
  /** Offset of `expected-` in the text, and its length to the end. */
  readonly offset: number;
  readonly length: number;
  seen: boolean;
}

const DESIGNATOR =
  /expected-(error|note|remark|warning)(-re)? *(@([+-][0-9]+|above|below|unknown))? *\{\{(.*)\}\}$/;

/** The regular expression of an `-re` text: `{{...}}` parts are patterns, the rest is literal. */
function patternOf(text: string): { readonly pattern: RegExp } | { readonly error: string } {
  let source = "";
  let at = 0;
  for (;;) {
    const open = text.indexOf("{{", at);
    const literal = text.slice(at, open === -1 ? text.length : open);
    source += literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    if (open === -1) break;
    const close = text.indexOf("}}", open);
    if (close === -1) return { error: "found start of regex with no end '}}'" };
    source += `(?:${text.slice(open + 2, close)})`;
    at = close + 2;
  }
  try {
    return { pattern: new RegExp(source) };
  } catch {
    return { error: "invalid regex" };
  }
}

/** Reads the comments of a text; malformed ones are reported. */
function readExpectations(
  file: SourceFile,
  report: (offset: number, message: string) => void,
): Expectation[] {
  const found: Expectation[] = [];
  const below: Expectation[] = [];
  let lastPlainLine = file.firstLine;
  let offset = 0;
  let line = file.firstLine;
  for (const raw of file.text.split("\n")) {
    const match = raw.includes("expected-") ? DESIGNATOR.exec(raw.trimEnd()) : null;
    if (match === null) {
      for (const waiting of below.splice(0)) waiting.line = line;
      lastPlainLine = line;
    } else {
      const [whole, severity, isRegex, , place, text = ""] = match;
      const at = offset + match.index;
      const pattern = isRegex === undefined ? null : patternOf(text);
      if (pattern !== null && "error" in pattern) report(at, pattern.error);
      else {
        const expectation: Expectation = {
          severity: severity as Severity,
          line: lineOf(place, line, lastPlainLine),
          text,
          matches: (message) =>
            pattern === null ? message.includes(text) : pattern.pattern.test(message),
          offset: at,
          length: whole.length,
          seen: false,
        };
        if (place === "below") below.push(expectation);
        found.push(expectation);
      }
    }
    offset += raw.length + 1;
    line++;
  }
  return found;
}

function lineOf(place: string | undefined, line: number, above: number): number | null {
  if (place === undefined || place === "below") return line;
  if (place === "above") return above;
  return place === "unknown" ? null : line + Number(place);
}

/** How strict the check is: `only-expected` lets pass what no comment announces. */
export type ExpectedMode = "all" | "only-expected";

/** What does not agree between the diagnostics and the comments of the text; empty where all does. */
export function checkExpected(
  file: SourceFile,
  diagnostics: readonly Diagnostic[],
  mode: ExpectedMode,
): Diagnostic[] {
  const problems: Diagnostic[] = [];
  const report = (loc: Diagnostic["loc"], message: string, width = 1): void => {
    problems.push({ severity: "error", loc, message, notes: [], width });
  };
  const at = (offset: number): Diagnostic["loc"] => ({ kind: "source", file, offset });
  const expectations = readExpectations(file, (offset, message) => report(at(offset), message));
  const check = (diagnostic: Diagnostic): void => {
    const { severity, message, loc } = diagnostic;
    const line = filePosition(loc)?.line ?? null;
    let nearMiss: Expectation | null = null;
    for (const expectation of expectations) {
      if (expectation.line !== line || !expectation.matches(message)) continue;
      if (expectation.severity === severity) {
        expectation.seen = true;
        return;
      }
      nearMiss = expectation;
    }
    if (mode === "only-expected") return;
    if (nearMiss === null) report(loc, `unexpected ${severity}: ${message}`);
    else
      report(
        at(nearMiss.offset),
        `'${severity}' diagnostic emitted when expecting a '${nearMiss.severity}'`,
      );
  };
  for (const diagnostic of diagnostics) {
    check(diagnostic);
    for (const note of diagnostic.notes) check(note);
  }
  for (const { seen, offset, severity, text } of expectations)
    if (!seen) report(at(offset), `expected ${severity} "${text}" was not produced`, text.length);
  return problems;
}
