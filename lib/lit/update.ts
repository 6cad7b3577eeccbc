/** @file Rewrites golden expectations of failing tests: files that `diff` compares, and generated CHECK lines. */
import { readFileSync, realpathSync, writeFileSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { createTwoFilesPatch } from "diff";
import { diffSides } from "./commands.ts";
import type { LitResult } from "./result.ts";
import type { LitTest } from "./run-test.ts";
import type { Executed } from "./shell.ts";

/** One file to rewrite. */
export interface GoldenUpdate {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** A file whose CHECK lines may be rewritten says so. */
const GENERATED = /^\S*\s*CHECKS: generated\s*$/m;

const isInside = (path: string, folder: string): boolean =>
  path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

/** The side of a failed comparison that belongs to the sources takes the text of the other one. */
function updateForDiff(test: LitTest, executed: Executed): GoldenUpdate | null {
  const read = diffSides(executed.argv.slice(1), executed.cwd, executed.stdin);
  if ("error" in read) return null;
  const { sourceRoot, execRoot } = test.config;
  const isGolden = (name: string): boolean => {
    if (name === "-") return false;
    const path = realpathSync(resolve(executed.cwd, name));
    const isOutput = execRoot !== sourceRoot && isInside(path, execRoot);
    return isInside(path, sourceRoot) && !isOutput && !/\.tmp(?:$|[./])/.test(name);
  };
  const golden = read.names.findIndex(isGolden);
  const name = read.names[golden];
  if (name === undefined || read.names.filter(isGolden).length !== 1) return null;
  const text = (index: number): string => Buffer.from(read.sides[index] ?? []).toString("utf8");
  const path = realpathSync(resolve(executed.cwd, name));
  return { path, before: text(golden), after: text(1 - golden) };
}

/** CHECK lines that describe a text line by line. */
export function generateChecks(text: string, prefix: string, comment: string): string {
  const lines = text.replace(/\n$/, "").split("\n");
  let first = true;
  let checks = "";
  for (const line of lines) {
    const trimmed = line.trim();
    if (trimmed === "" && first) continue;
    const literal = /\{\{|\[\[/.test(trimmed) ? "{LITERAL}" : "";
    if (trimmed === "") checks += `${comment} ${prefix}-EMPTY:\n`;
    else checks += `${comment} ${prefix}${first ? "" : "-NEXT"}${literal}: ${trimmed}\n`;
    first = false;
  }
  return checks;
}

/** Prefix and check file of a FileCheck call, where it has just one prefix. */
function fileCheckCall(
  executed: Executed,
): { readonly prefix: string; readonly file: string } | null {
  let prefix = "CHECK";
  let file: string | null = null;
  for (let index = 1; index < executed.argv.length; index++) {
    const argument = executed.argv[index] ?? "";
    const match = /^--?check-prefix(?:es)?(?:=(.*))?$/.exec(argument);
    if (match !== null) prefix = match[1] ?? executed.argv[++index] ?? "";
    else if (!argument.startsWith("-")) file = argument;
    else if (/^--?input-file/.test(argument)) return null;
  }
  if (file === null || !/^[A-Za-z0-9_-]+$/.test(prefix)) return null;
  return { prefix, file: resolve(executed.cwd, file) };
}

function updateForFileCheck(test: LitTest, executed: Executed): GoldenUpdate | null {
  const call = fileCheckCall(executed);
  if (call === null || realpathSync(call.file) !== realpathSync(test.path)) return null;
  const before = readFileSync(test.path, "utf8");
  if (!GENERATED.test(before)) return null;
  const comment = /^(\S*)\s*CHECKS: generated/m.exec(before)?.[1] ?? "//";
  const own = new RegExp(
    `^\\S*\\s*${call.prefix}(?:-(?:NEXT|SAME|NOT|DAG|LABEL|EMPTY|COUNT-\\d+))?(?:\\{LITERAL\\})?:.*\\n?`,
    "gm",
  );
  const checks = generateChecks(Buffer.from(executed.stdin).toString("utf8"), call.prefix, comment);
  const kept = before.replace(own, "").trimEnd();
  return { path: test.path, before, after: `${kept}\n\n${checks}` };
}

/** What would make a failing test pass, where its expectation is a golden one. */
export function goldenUpdate(test: LitTest, result: LitResult): GoldenUpdate | null {
  if (result.code !== "FAIL") return null;
  const last = result.executed.at(-1);
  if (last === undefined || last.exitCode === 0) return null;
  const name = last.argv[0] ?? "";
  let update: GoldenUpdate | null = null;
  if (name === "diff") update = updateForDiff(test, last);
  else if (/(?:^|\/)(?:FileCheck(?:-\d+)?|filecheck-js)$/.test(name))
    update = updateForFileCheck(test, last);
  return update === null || update.before === update.after ? null : update;
}

/** The change as a patch. */
export const updatePatch = (update: GoldenUpdate, cwd: string): string => {
  const name = relative(cwd, update.path);
  const patch = createTwoFilesPatch(`a/${name}`, `b/${name}`, update.before, update.after);
  return patch.replace(/^=+\n/, "");
};

/** Writes the new expectation. */
export const applyUpdate = (update: GoldenUpdate): void => writeFileSync(update.path, update.after);
