/** @file Reports of a run: text for people, JUnit XML and JSON for machines. */
import { relative } from "node:path";
import { CODE_LABELS, CODES, isFailure, type LitCode, type LitResult } from "./result.ts";
import type { LitTest } from "./run-test.ts";

export type LitResults = ReadonlyMap<LitTest, LitResult>;

const STARS = "*".repeat(20);

/** `FAIL: suite :: file (3 of 14)`. */
export function resultLine(test: LitTest, result: LitResult, done: number, total: number): string {
  const { attempts, allowedAttempts } = result;
  const tries = attempts > 1 ? `, ${attempts} of ${allowedAttempts} attempts` : "";
  return `${result.code}: ${test.name} (${done} of ${total}${tries})\n`;
}

/** The log of one test between lines of stars. */
export const resultLog = (test: LitTest, result: LitResult): string =>
  `${STARS} TEST '${test.name}' ${isFailure(result.code) ? "FAILED" : "RESULTS"} ${STARS}\n${result.output}\n${STARS}\n`;

/** Which outcomes are listed by name. */
export interface SummaryOptions {
  readonly quiet: boolean;
  readonly shown: ReadonlySet<LitCode>;
  readonly seconds: number;
  /** Tests that were found but not selected. */
  readonly excluded: number;
}

/** Lists of tests by outcome, then counts. */
export function summary(results: LitResults, options: SummaryOptions): string {
  const byCode = new Map<LitCode, string[]>();
  for (const [test, { code }] of results)
    byCode.set(code, [...(byCode.get(code) ?? []), test.name]);
  let text = "";
  for (const code of CODES) {
    const names = byCode.get(code);
    if (names === undefined || !(isFailure(code) || options.shown.has(code))) continue;
    const lines = names.sort().map((name) => `  ${name}\n`);
    text += `${STARS}\n${CODE_LABELS[code]} Tests (${names.length}):\n${lines.join("")}\n`;
  }
  if (!options.quiet) text += `\nTesting Time: ${options.seconds.toFixed(2)}s\n`;
  const total = results.size + options.excluded;
  text += `\nTotal Discovered Tests: ${total}\n`;
  const countOf = (code: LitCode): number =>
    code === "EXCLUDED" ? options.excluded : (byCode.get(code)?.length ?? 0);
  const counted = CODES.filter((code) => countOf(code) > 0 && (!options.quiet || isFailure(code)));
  const width = Math.max(0, ...counted.map((code) => CODE_LABELS[code].length));
  const digits = Math.max(0, ...counted.map((code) => String(countOf(code)).length));
  for (const code of counted) {
    const count = String(countOf(code)).padStart(digits);
    const share = ((100 * countOf(code)) / total).toFixed(2);
    text += `  ${CODE_LABELS[code].padEnd(width)}: ${count} (${share}%)\n`;
  }
  return text;
}

const escapeXml = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");

const cdata = (text: string): string => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no place for control characters
  const clean = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "");
  return `<![CDATA[${clean.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
};

/** A test's place as JUnit has it: class name with dots, file name. */
function junitName(test: LitTest): { readonly className: string; readonly file: string } {
  const parts = relative(test.config.sourceRoot, test.path).split("/");
  const file = parts.pop() ?? "";
  return { className: [test.config.name, ...parts].join("."), file };
}

/** JUnit XML. */
export function junitReport(results: LitResults): string {
  const suites = new Map<string, [LitTest, LitResult][]>();
  let total = 0;
  for (const [test, result] of results) {
    const { name } = test.config;
    suites.set(name, [...(suites.get(name) ?? []), [test, result]]);
    total += result.milliseconds;
  }
  let xml = `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites time="${(total / 1_000).toFixed(2)}">\n`;
  for (const [name, entries] of suites) {
    const failures = entries.filter(([, { code }]) => isFailure(code)).length;
    const isSkip = (code: LitCode): boolean =>
      code === "UNSUPPORTED" || code === "SKIPPED" || code === "EXCLUDED";
    const skips = entries.filter(([, { code }]) => isSkip(code)).length;
    const time = entries.reduce((sum, [, { milliseconds }]) => sum + milliseconds, 0) / 1_000;
    xml += `<testsuite name="${escapeXml(name)}" tests="${entries.length}" failures="${failures}" skipped="${skips}" time="${time.toFixed(2)}">\n`;
    for (const [test, { code, output, milliseconds }] of entries) {
      const { className, file } = junitName(test);
      xml += `<testcase classname="${escapeXml(className)}" name="${escapeXml(file)}" time="${(milliseconds / 1_000).toFixed(2)}"`;
      if (isFailure(code)) xml += `>\n  <failure>${cdata(output)}</failure>\n</testcase>\n`;
      else if (isSkip(code))
        xml += `>\n  <skipped message="${escapeXml(output.split("\n", 1)[0] ?? "")}"/>\n</testcase>\n`;
      else xml += "/>\n";
    }
    xml += "</testsuite>\n";
  }
  return `${xml}</testsuites>\n`;
}

/** JSON as LLVM's lit writes it with `-o`. */
export function jsonReport(results: LitResults, version: string, seconds: number): string {
  const tests = [...results].map(([test, { code, output, milliseconds }]) => ({
    name: test.name,
    code,
    output,
    elapsed: milliseconds / 1_000,
  }));
  return `${JSON.stringify({ __version__: version, elapsed: seconds, tests }, null, 2)}\n`;
}
