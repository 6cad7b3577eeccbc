/** @file Settings of a lit suite: `lit.cfg.json` or `lit.cfg.mjs` at its root, `lit.local.cfg.json` in its folders. */
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { didYouMean } from "#lib/support/text.ts";

/** What a configuration file may say; folders are relative to the file. */
export interface LitSettings {
  readonly name?: string;
  /** Endings of the names of test files. */
  readonly suffixes?: readonly string[];
  /** Names of files and folders that are no tests. */
  readonly excludes?: readonly string[];
  /** Regular expressions and what they become, in order; a plain `%name` works too. */
  readonly substitutions?: readonly (readonly [string, string])[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly features?: readonly string[];
  /** Programs that become features of the same name where they are found. */
  readonly programFeatures?: readonly string[];
  /** Folders put in front of PATH. */
  readonly path?: readonly string[];
  /** Where output goes. */
  readonly execRoot?: string;
  /** Seconds per test; 0 for no limit. */
  readonly timeout?: number;
  readonly pipefail?: boolean;
  readonly unsupported?: boolean;
  /** Rounds of substitution until nothing changes; 1 by default. */
  readonly recursiveExpansionLimit?: number;
}

/** Settings of one folder of a suite, complete. */
export interface LitConfig {
  readonly name: string;
  readonly sourceRoot: string;
  readonly execRoot: string;
  readonly suffixes: readonly string[];
  readonly excludes: readonly string[];
  readonly substitutions: readonly (readonly [string, string])[];
  readonly environment: Readonly<Record<string, string>>;
  readonly features: ReadonlySet<string>;
  readonly path: readonly string[];
  readonly timeout: number;
  readonly pipefail: boolean;
  readonly unsupported: boolean;
  readonly recursiveExpansionLimit: number;
}

/** What configuration depends on besides its files. */
export interface LitHost {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  /** `-D NAME=VALUE` of the command line. */
  readonly params: Readonly<Record<string, string>>;
}

/** A mistake in a configuration file, for people. */
export class LitConfigError extends Error {
  override readonly name = "LitConfigError";
}

const KINDS = {
  name: "string",
  suffixes: "strings",
  excludes: "strings",
  substitutions: "pairs",
  environment: "record",
  features: "strings",
  programFeatures: "strings",
  path: "strings",
  execRoot: "string",
  timeout: "number",
  pipefail: "boolean",
  unsupported: "boolean",
  recursiveExpansionLimit: "number",
} as const satisfies { readonly [K in keyof LitSettings]-?: string };

type Kind = (typeof KINDS)[keyof typeof KINDS];

const isString = (value: unknown): value is string => typeof value === "string";
const CHECKS: { readonly [K in Kind]: (value: unknown) => boolean } = {
  string: isString,
  strings: (value) => Array.isArray(value) && value.every(isString),
  pairs: (value) =>
    Array.isArray(value) &&
    value.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every(isString)),
  record: (value) =>
    typeof value === "object" && value !== null && Object.values(value).every(isString),
  number: (value) => typeof value === "number" && value >= 0,
  boolean: (value) => typeof value === "boolean",
};

function validate(path: string, value: unknown): LitSettings {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new LitConfigError(`${path}: the configuration is no object`);
  for (const [key, entry] of Object.entries(value)) {
    if (!Object.hasOwn(KINDS, key))
      throw new LitConfigError(
        `${path}: unknown key '${key}'${didYouMean(key, Object.keys(KINDS))}`,
      );
    const kind = KINDS[key as keyof LitSettings];
    if (!CHECKS[kind](entry)) throw new LitConfigError(`${path}: '${key}' must be: ${kind}`);
  }
  return value;
}

function readJson(path: string): LitSettings {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
    throw new LitConfigError(`${path}: ${reason}`);
  }
  return validate(path, value);
}

/** A module's default export: settings, or a function that makes them. */
async function readModule(path: string, host: LitHost): Promise<LitSettings> {
  let made: unknown;
  try {
    const module: { readonly default?: unknown } = await import(pathToFileURL(path).href);
    made = typeof module.default === "function" ? await module.default(host) : module.default;
  } catch (error) {
    throw new LitConfigError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return validate(path, made);
}

/** Finds a program in folders. */
export function findProgram(name: string, path: readonly string[]): string | null {
  if (name.includes("/")) return existsSync(name) ? name : null;
  return (
    path.map((folder) => join(folder, name)).find((candidate) => existsSync(candidate)) ?? null
  );
}

const splitPath = (path: string | undefined): string[] =>
  (path ?? "").split(":").filter((folder) => folder !== "");

const SYSTEMS: Readonly<Record<string, string>> = {
  linux: "system-linux",
  darwin: "system-darwin",
  win32: "system-windows",
};

/** Puts the settings of a file on top of those of the folder above. */
function extend(base: LitConfig, settings: LitSettings, folder: string): LitConfig {
  const path = [...(settings.path ?? []).map((entry) => resolve(folder, entry)), ...base.path];
  const found = (settings.programFeatures ?? []).filter((name) => findProgram(name, path) !== null);
  return {
    ...base,
    name: settings.name ?? base.name,
    suffixes: settings.suffixes ?? base.suffixes,
    excludes: [...base.excludes, ...(settings.excludes ?? [])],
    substitutions: [...(settings.substitutions ?? []), ...base.substitutions],
    environment: { ...base.environment, ...settings.environment },
    features: new Set([...base.features, ...(settings.features ?? []), ...found]),
    path,
    execRoot: settings.execRoot === undefined ? base.execRoot : resolve(folder, settings.execRoot),
    timeout: settings.timeout ?? base.timeout,
    pipefail: settings.pipefail ?? base.pipefail,
    unsupported: settings.unsupported ?? base.unsupported,
    recursiveExpansionLimit: settings.recursiveExpansionLimit ?? base.recursiveExpansionLimit,
  };
}

/** The nearest folder at or above `start` that has a suite's configuration, or null. */
export function findSuiteRoot(start: string): string | null {
  for (let folder = start; ; folder = dirname(folder)) {
    for (const name of ["lit.cfg.json", "lit.cfg.mjs"])
      if (existsSync(join(folder, name))) return folder;
    if (dirname(folder) === folder) return null;
  }
}

/** Settings of a suite's root. */
export async function loadSuite(root: string, host: LitHost): Promise<LitConfig> {
  const sourceRoot = realpathSync(root);
  const system = SYSTEMS[host.platform];
  const base: LitConfig = {
    name: "suite",
    sourceRoot,
    execRoot: sourceRoot,
    suffixes: [".test"],
    excludes: [],
    substitutions: [],
    environment: {},
    features: new Set(system === undefined ? [] : [system]),
    path: splitPath(host.env["PATH"]),
    timeout: 0,
    pipefail: true,
    unsupported: false,
    recursiveExpansionLimit: 1,
  };
  const json = join(sourceRoot, "lit.cfg.json");
  const settings = existsSync(json)
    ? readJson(json)
    : await readModule(join(sourceRoot, "lit.cfg.mjs"), host);
  return extend(base, settings, sourceRoot);
}

/** Settings of a folder inside a suite. */
export function localConfig(parent: LitConfig, folder: string): LitConfig {
  const path = join(folder, "lit.local.cfg.json");
  return existsSync(path) ? extend(parent, readJson(path), folder) : parent;
}
