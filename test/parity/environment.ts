/** @file What comparisons with PyTorch need, and how they say that it is not there. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type FoundPython,
  findPython,
  packageFolders,
  type SearchPlace,
} from "#lib/runtime/python.ts";
import { packageVersion } from "#lib/runtime/toolchain.ts";
import { isProblem } from "#lib/support/problem.ts";

/** Root of the checkout. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Path of something in the checkout. */
export const inRoot = (path: string): string =>
  fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Where Python is looked for. */
export const PLACE: SearchPlace = { env: process.env, cwd: ROOT };

/** Prints a line that a reader of the log must not miss. */
export const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Whether a missing tool is a failure here: on CI everything that the project can install must be there. */
const isStrict = (asked: boolean): boolean => process.env["CI"] === "true" && asked;

/** The folder that has the packages of IREE, or null. */
export const findSitePackages = (python: FoundPython): string | null =>
  packageFolders(python.path).find((folder) => existsSync(join(folder, "iree"))) ?? null;

async function withPackages(
  names: readonly string[],
  asked: boolean,
  install: string,
): Promise<FoundPython | null> {
  const python = await findPython(PLACE);
  const folder = isProblem(python) ? null : findSitePackages(python);
  const missing = names.filter((name) => folder === null || packageVersion(folder, name) === null);
  if (!isProblem(python) && missing.length === 0) return python;
  const why = isProblem(python) ? python.problem : `${python.path} has no ${missing.join(", no ")}`;
  if (isStrict(asked)) throw new Error(`${why}; ${install}`);
  say(`SKIPPED (${install}): ${why}`);
  return null;
}

/** A Python with torch and torch-mlir, or null after saying why the tests are skipped. */
export const findTorch = (): Promise<FoundPython | null> =>
  withPackages(["torch", "torch-mlir"], process.env["PCP_PARITY"] === "1", "run 'make parity'");

/** A Python with IREE, or null after saying why the tests are skipped. */
export const findIree = (): Promise<FoundPython | null> =>
  withPackages(["iree-base-compiler", "iree-base-runtime"], true, "run 'make setup'");

/** Folder of exported models that lies beside the checkout, or null after saying so. */
export function findSampleModels(): string | null {
  const folder = inRoot("../shared/models/");
  if (existsSync(folder)) return folder;
  say(`SKIPPED: no sample models in ${folder}`);
  return null;
}
