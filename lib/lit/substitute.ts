/** @file Expands `%s`, `%t` and the other names of RUN lines. */
import { basename, dirname, join } from "node:path";
import { evaluateBoolean } from "./boolean-expression.ts";

/** A pattern and its text, in the order in which they apply. */
export interface Substitution {
  readonly pattern: RegExp;
  readonly text: string;
  /** As written, for DEFINE and REDEFINE. */
  readonly source: string;
}

const escapeRegex = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** A substitution for a literal name. */
export const literalSubstitution = (name: string, text: string): Substitution => ({
  pattern: new RegExp(escapeRegex(name), "g"),
  text,
  source: name,
});

/** A substitution from a configuration: a regular expression, as in LLVM's lit. */
export function patternSubstitution(source: string, text: string): Substitution {
  try {
    return { pattern: new RegExp(source, "g"), text, source };
  } catch {
    return literalSubstitution(source, text);
  }
}

/** What every test knows about itself. */
export function builtinSubstitutions(
  sourcePath: string,
  temporary: string,
  execFolder: string,
): Substitution[] {
  const folder = dirname(sourcePath);
  const name = basename(sourcePath);
  const stem = basename(temporary);
  const values: readonly (readonly [string, string])[] = [
    ["%{s:basename}", name],
    ["%{s:stem}", name.replace(/\.[^.]*$/, "")],
    ["%{t:stem}", stem.replace(/\.tmp$/, "")],
    ["%{s:real}", sourcePath],
    ["%{pathsep}", ":"],
    ["%{fs-sep}", "/"],
    ["%basename_t", stem.replace(/\.tmp$/, "")],
    ["%/s", sourcePath],
    ["%/S", folder],
    ["%/t", temporary],
    ["%/p", folder],
    ["%:s", sourcePath.slice(1)],
    ["%:t", temporary.slice(1)],
    ["%s", sourcePath],
    ["%S", folder],
    ["%p", folder],
    ["%t", temporary],
    ["%T", join(execFolder, "Output")],
  ];
  return values.map(([key, value]) => literalSubstitution(key, value));
}

/** Stands for `%%` while other names are expanded. */
const PERCENT = "\u0000percent\u0000";

/** Expands `%if cond %{ a %} %else %{ b %}`; a string result with `error` is the mistake. */
function expandConditions(
  text: string,
  features: ReadonlySet<string>,
): { text: string } | { error: string } {
  let result = text;
  for (let guard = 0; guard < 1_000; guard++) {
    // The innermost condition comes first: its branches contain no further %if.
    const match =
      /%if\s+((?:(?!%if|%\{).)*?)\s*%\{((?:(?!%if|%\}).)*)%\}(?:\s*%else\s*%\{((?:(?!%if|%\}).)*)%\})?/s.exec(
        result,
      );
    if (match === null) break;
    const value = evaluateBoolean(match[1] ?? "", features);
    if ("error" in value) return value;
    const chosen = value.value ? (match[2] ?? "") : (match[3] ?? "");
    result = `${result.slice(0, match.index)}${chosen.trim()}${result.slice(match.index + match[0].length)}`;
  }
  return { text: result };
}

/** Expands one RUN line, or says why that is not possible. */
export function expandLine(
  text: string,
  line: number,
  substitutions: readonly Substitution[],
  features: ReadonlySet<string>,
  rounds: number,
): { readonly text: string } | { readonly error: string } {
  let current = text
    .replaceAll("%%", PERCENT)
    .replace(/%\(line\s*(?:([+-])\s*(\d+))?\)/g, (_, sign?: string, offset?: string) =>
      String(line + (sign === "-" ? -1 : 1) * Number(offset ?? 0)),
    );
  for (let round = 0; round < Math.max(1, rounds); round++) {
    const before = current;
    for (const { pattern, text: value } of substitutions)
      current = current.replace(pattern, () => value);
    if (before === current) break;
  }
  const conditions = expandConditions(current, features);
  if ("error" in conditions) return conditions;
  return { text: conditions.text.replaceAll(PERCENT, "%").trim() };
}
