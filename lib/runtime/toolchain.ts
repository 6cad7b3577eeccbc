/** @file Finds IREE's compiler and command-line tools beside the Python that has them installed. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { isProblem, type Problem } from "#lib/support/problem.ts";
import { type FoundPython, findInPath, packageFolders, type SearchPlace } from "./python.ts";

/** One of IREE's programs. */
export interface FoundTool {
  readonly path: string;
  /** Version of the package that it came with, or the stamp of the file where the package is not known. */
  readonly version: string;
  /** The package folder that holds the installed packages, or null. */
  readonly sitePackages: string | null;
}

/** Where the wheels keep their programs: running these spares the start of Python that their wrappers take. */
const PROGRAM_FOLDERS = {
  compiler: join("iree", "compiler", "_mlir_libs"),
  runtime: join("iree", "_runtime_libs"),
} as const;

const entries = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

/** Version of an installed package by its own record, such as `3.13.0`, or null. */
export function packageVersion(sitePackages: string, name: string): string | null {
  const prefix = `${name.replaceAll("-", "_")}-`;
  for (const entry of entries(sitePackages)) {
    if (entry.startsWith(prefix) && entry.endsWith(".dist-info"))
      return entry.slice(prefix.length, -".dist-info".length);
  }
  return null;
}

function stamp(path: string): string | null {
  try {
    const { size, mtimeMs } = statSync(path);
    return `${size}-${mtimeMs}`;
  } catch {
    return null;
  }
}

/**
 * Finds a program of IREE: in `IREE_TOOL_PATH`, among the packages of `python`, in PATH.
 * @param part - the wheel that has it.
 */
export function findIreeTool(
  name: string,
  part: keyof typeof PROGRAM_FOLDERS,
  python: FoundPython | Problem,
  { env }: SearchPlace,
): FoundTool | Problem {
  const folder = env["IREE_TOOL_PATH"];
  if (folder !== undefined && folder !== "") {
    const path = join(folder, name);
    const version = stamp(path);
    if (version === null) return { problem: `IREE_TOOL_PATH is set, but '${path}' is not there` };
    return { path, version, sitePackages: null };
  }
  if (!isProblem(python)) {
    for (const sitePackages of packageFolders(python.path)) {
      const path = join(sitePackages, PROGRAM_FOLDERS[part], name);
      if (stamp(path) === null) continue;
      const version = packageVersion(sitePackages, `iree-base-${part}`) ?? stamp(path) ?? "";
      return { path, version, sitePackages };
    }
  }
  const path = findInPath(name, env);
  if (path !== null) return { path, version: stamp(path) ?? "", sitePackages: null };
  return {
    problem: `${name} is not installed; run 'make setup', or 'pip install iree-base-${part}' into the Python that PCP_PYTHON names`,
  };
}
