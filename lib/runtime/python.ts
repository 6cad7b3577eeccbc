/** @file Finds the Python that runs compiled modules and exports models, without importing anything in it. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { delimiter, dirname, isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Problem } from "#lib/support/problem.ts";

/** Environment variables, as a tool sees them. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Where a search starts: nothing of the process itself is read. */
export interface SearchPlace {
  readonly env: Env;
  readonly cwd: string;
}

/** A Python that is new enough. */
export interface FoundPython {
  readonly path: string;
  /** Such as `3.11.2`. */
  readonly version: string;
  /** Where it was found: `PCP_PYTHON`, the path of a `.venv`, or `PATH`. */
  readonly source: string;
}

/** Oldest Python that the wheels of IREE are made for. */
const OLDEST_PYTHON = [3, 10] as const;

const INSTALL = "install Python 3.10 or newer, then run 'make setup' or set PCP_PYTHON";

/** Root of this package: two folders above both the sources and the bundle. */
export const packageRoot = (): string =>
  resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** A Python program of ours: beside this module, or among the sources for a bundle that carries no copy. */
export function hostProgram(name: string): string {
  const beside = fileURLToPath(new URL(`./host/${name}`, import.meta.url));
  return existsSync(beside) ? beside : join(packageRoot(), "lib/runtime/host", name);
}

const isFile = (path: string): boolean => {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
};

/** Full path of a program in PATH, or null. */
export function findInPath(name: string, env: Env): string | null {
  for (const folder of (env["PATH"] ?? "").split(delimiter)) {
    if (folder === "" || !isAbsolute(folder)) continue;
    const path = join(folder, name);
    if (isFile(path)) return path;
  }
  return null;
}

/** The folder that `cwd` belongs to: the nearest one that looks like the root of a project, else `cwd` itself. */
function projectRoot(cwd: string): string {
  const marks = [".venv", ".git", "package.json", "pyproject.toml"];
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    if (marks.some((mark) => existsSync(join(folder, mark)))) return folder;
    if (dirname(folder) === folder) return resolve(cwd);
  }
}

/** Version of a virtual environment from its own record, which spares a start of Python. */
function recordedVersion(python: string): string | null {
  try {
    const text = readFileSync(join(dirname(dirname(python)), "pyvenv.cfg"), "utf8");
    return /^version(?:_info)?\s*=\s*(\d+\.\d+\.\d+)/m.exec(text)?.[1] ?? null;
  } catch {
    return null;
  }
}

async function askedVersion(python: string, env: Env): Promise<string | null> {
  const { execa } = await import("execa");
  const script = "import sys; print('%d.%d.%d' % sys.version_info[:3])";
  const result = await execa(python, ["-I", "-c", script], {
    env: { ...env },
    extendEnv: false,
    reject: false,
    timeout: 20_000,
    stdin: "ignore",
  });
  const version = typeof result.stdout === "string" ? result.stdout.trim() : "";
  return /^\d+\.\d+\.\d+$/.test(version) ? version : null;
}

const isNewEnough = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > OLDEST_PYTHON[0] || (major === OLDEST_PYTHON[0] && minor >= OLDEST_PYTHON[1]);
};

async function check(path: string, source: string, env: Env): Promise<FoundPython | Problem> {
  const version = recordedVersion(path) ?? (await askedVersion(path, env));
  if (version === null)
    return { problem: `'${path}' (${source}) does not run as Python; ${INSTALL}` };
  if (!isNewEnough(version))
    return { problem: `'${path}' (${source}) is Python ${version}, which is too old; ${INSTALL}` };
  return { path, version, source };
}

const entries = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

/** Folders where the packages of a Python may lie. */
export function packageFolders(python: string): string[] {
  const library = join(dirname(dirname(python)), "lib");
  return entries(library)
    .filter((name) => name.startsWith("python3"))
    .flatMap((name) => [
      join(library, name, "site-packages"),
      join(library, name, "dist-packages"),
    ]);
}

/** Whether a package's folder lies among the packages of a Python. */
const hasPackage = (python: string, name: string): boolean =>
  packageFolders(python).some((folder) => existsSync(join(folder, name)));

/**
 * Finds a Python of 3.10 or newer: PCP_PYTHON where set (then nothing else), `.venv` of the project that `cwd` is in, `.venv` of
 * this package's checkout, `python3` in PATH.
 * @param wanted - a package; of two environments the one that has it is taken.
 */
export async function findPython(
  { env, cwd }: SearchPlace,
  wanted?: string,
): Promise<FoundPython | Problem> {
  const named = env["PCP_PYTHON"];
  if (named !== undefined && named !== "") {
    const path = named.includes("/") ? resolve(cwd, named) : findInPath(named, env);
    if (path === null || !isFile(path))
      return { problem: `PCP_PYTHON names '${named}', which is not there; ${INSTALL}` };
    return check(path, "PCP_PYTHON", env);
  }
  const environments = [...new Set([projectRoot(cwd), packageRoot()])].flatMap((root) =>
    ["python", "python3"].map((name) => join(root, ".venv", "bin", name)).filter(isFile),
  );
  const environment =
    environments.find((path) => wanted === undefined || hasPackage(path, wanted)) ??
    environments[0];
  if (environment !== undefined) return check(environment, dirname(dirname(environment)), env);
  const path = findInPath("python3", env) ?? findInPath("python", env);
  if (path === null) return { problem: `Python is not installed; ${INSTALL}` };
  return check(path, "PATH", env);
}
