/** @file The manifest beside a module: reading one, finding the one that belongs to a module, comparing it with a signature. */
import type { Problem } from "#lib/support/problem.ts";
import { type DType, isDType } from "#lib/tensors/dtype.ts";

/** What a manifest says it is. */
export const MANIFEST_FORMAT = "pcp-manifest";

/** One argument or result of a function. */
export interface ManifestEntry {
  readonly name: string;
  readonly role: string;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** What a manifest says about the functions of its module. */
export interface Manifest {
  /** SHA-256 over the lines `name TAB dtype TAB AxB LF` of the arguments of `@main`. */
  readonly signature: string;
  /** Leading arguments of every function, in order. */
  readonly weights: readonly ManifestEntry[];
  readonly functions: Readonly<
    Record<
      string,
      { readonly data: readonly ManifestEntry[]; readonly results: readonly ManifestEntry[] }
    >
  >;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isEntry = (value: unknown): value is ManifestEntry =>
  isRecord(value) &&
  typeof value["name"] === "string" &&
  typeof value["role"] === "string" &&
  typeof value["dtype"] === "string" &&
  isDType(value["dtype"]) &&
  Array.isArray(value["shape"]) &&
  value["shape"].every((size) => Number.isInteger(size) && size >= 0);

const areEntries = (value: unknown): value is ManifestEntry[] =>
  Array.isArray(value) && value.every(isEntry);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Whether a text is a manifest of ours. */
export function isManifest(text: string): boolean {
  const value = parseJson(text);
  return isRecord(value) && value["format"] === MANIFEST_FORMAT;
}

/** Reads a manifest; `path` is what messages call it. */
export function parseManifest(text: string, path: string): Manifest | Problem {
  const value = parseJson(text);
  const wrong = (what: string): Problem => ({ problem: `manifest '${path}' ${what}` });
  if (!isRecord(value)) return wrong("is not a JSON object");
  if (value["format"] !== MANIFEST_FORMAT) return wrong(`has no "format": "${MANIFEST_FORMAT}"`);
  const { weights, functions, signature } = value;
  if (typeof signature !== "string") return wrong('has no "signature"');
  if (!areEntries(weights)) return wrong('has no valid list "weights"');
  if (!isRecord(functions)) return wrong('has no object "functions"');
  const known: Manifest["functions"] = {};
  for (const [name, entry] of Object.entries(functions)) {
    if (!isRecord(entry) || !areEntries(entry["data"]) || !areEntries(entry["results"]))
      return wrong(`has no valid data and results of function '${name}'`);
    Object.assign(known, { [name]: { data: entry["data"], results: entry["results"] } });
  }
  return { signature, weights, functions: known };
}

/** Arguments of a function in order, or null where the manifest has no such function. */
export function manifestArguments(manifest: Manifest, name: string): ManifestEntry[] | null {
  const entry = manifest.functions[name];
  return entry === undefined ? null : [...manifest.weights, ...entry.data];
}

/** Paths where the manifest of `x.mlir` may lie, likeliest first. */
export function manifestCandidates(modulePath: string): string[] {
  const stem = modulePath.replace(/\.mlir$/, "");
  return [`${stem}.manifest.json`, `${stem}.json`];
}
