/** @file Expands `%s`, `%t` and the other names of RUN lines. */
import { realpathSync } from "node:fs";
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

/** A path with its links followed; its last part need not exist. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return join(realpathSync(dirname(path)), basename(path));
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
    ["%{pathsep}", ":"],
    ["%{fs-sep}", "/"],
    ["%{fs-src-root}", "/"],
    ["%{fs-tmp-root}", "/"],
    ["%basename_t", stem.replace(/\.tmp$/, "")],
    ["%/et", temporary],
    ...(["s", "S", "p", "t"] as const).flatMap((letter) => {
      const path = { s: sourcePath, S: folder, p: folder, t: temporary }[letter];
      const real = realPath(path);
      return [
        [`%{${letter}:real}`, real],
        [`%{/${letter}:real}`, real],
        [`%{/${letter}:regex_replacement}`, path.replace(/[@&]/g, "\\$&")],
        [`%/${letter}`, path],
        [`%:${letter}`, path.slice(1)],
        [`%${letter}`, path],
      ] as const;
    }),
    ["%T", join(execFolder, "Output")],
  ];
  return values.map(([key, value]) => literalSubstitution(key, value));
}

/** Stands for `%%` while other names are expanded. */
const PERCENT = "\u0000percent\u0000";

/** Ends expansion at the first mistake; never leaves this file. */
class Mistake extends Error {}

/** Expands `%if cond %{ a %} %else %{ b %}`, nested too. */
class Conditions {
  private rest: string;
  private readonly features: ReadonlySet<string>;

  constructor(text: string, features: ReadonlySet<string>) {
    this.rest = text;
    this.features = features;
  }

  /** Text up to the end or, inside a branch, to its `%}`. */
  text(inBranch: boolean): string {
    let result = "";
    for (;;) {
      const next = this.rest.search(inBranch ? /%if\s|%\}/ : /%if\s/);
      if (next < 0) {
        if (inBranch) throw new Mistake("'%}' is missing for %if substitution");
        return result + this.rest;
      }
      result += this.rest.slice(0, next);
      this.rest = this.rest.slice(next);
      if (this.eat(/^%\}/) !== null) return result;
      result += this.condition();
    }
  }

  private eat(pattern: RegExp): RegExpExecArray | null {
    const match = pattern.exec(this.rest);
    if (match !== null) this.rest = this.rest.slice(match[0].length);
    return match;
  }

  private condition(): string {
    const head = this.eat(/^%if\s+(.*?)%\{/s);
    if (head === null) throw new Mistake("'%{' is missing for %if substitution");
    const value = evaluateBoolean(head[1] ?? "", this.features);
    if ("error" in value) throw new Mistake(value.error);
    const chosen = this.text(true);
    if (this.eat(/^\s*%else(?=\s|%\{)/) === null) return value.value ? chosen : "";
    if (this.eat(/^\s*%\{/) === null) throw new Mistake("'%{' is missing for %else substitution");
    const other = this.text(true);
    return value.value ? chosen : other;
  }
}

/** Expands one RUN line, or says why that is not possible. */
export function expandLine(
  text: string,
  substitutions: readonly Substitution[],
  features: ReadonlySet<string>,
  rounds: number,
): { readonly text: string } | { readonly error: string } {
  let current = text.replaceAll("%%", PERCENT);
  try {
    for (let round = 0; round < Math.max(1, rounds); round++) {
      const before = current;
      current = new Conditions(current, features).text(false);
      for (const { pattern, text: value } of substitutions)
        current = current.replace(pattern, () => value);
      if (before === current) break;
    }
  } catch (mistake) {
    if (mistake instanceof Mistake) return { error: mistake.message };
    throw mistake;
  }
  return { text: current.replaceAll(PERCENT, "%").trim() };
}
