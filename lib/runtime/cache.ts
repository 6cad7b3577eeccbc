/** @file The user's cache folder: where it is, names and digests of what lies in it, leftovers. */
import { createHash, randomBytes } from "node:crypto";
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import type { Problem } from "#lib/support/problem.ts";
import type { SearchPlace } from "./python.ts";

/** `PCP_CACHE_DIR`, else `pcp` in `XDG_CACHE_HOME`, else `~/.cache/pcp`; not created. */
export function cacheFolder({ env, cwd }: SearchPlace): string {
  const own = env["PCP_CACHE_DIR"];
  if (own !== undefined && own !== "") return resolve(cwd, own);
  const xdg = env["XDG_CACHE_HOME"];
  // The XDG rules say to ignore a relative path.
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, "pcp");
  const home = env["HOME"];
  return join(home !== undefined && isAbsolute(home) ? home : homedir(), ".cache", "pcp");
}

const DEFAULT_DATA_BYTES = 32 * 2 ** 30;
const UNITS = ["", "K", "M", "G", "T"];

/** `PCP_DATA_CACHE_SIZE` in bytes, such as `500M` or `32G` (the default): how much of brought data the cache keeps. */
export function dataCacheBytes(env: SearchPlace["env"]): number | Problem {
  const text = env["PCP_DATA_CACHE_SIZE"] ?? "";
  if (text === "") return DEFAULT_DATA_BYTES;
  const match = /^(\d{1,12})([KMGT]?)$/i.exec(text);
  if (match === null)
    return {
      problem: `PCP_DATA_CACHE_SIZE is a number of bytes such as 500M or 32G, but it is '${text}'`,
    };
  return Number(match[1]) * 1024 ** UNITS.indexOf(match[2]?.toUpperCase() ?? "");
}

/** SHA-256 of the parts in hexadecimal; each part is preceded by its length, so that no two lists collide. */
export function digestOf(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) {
    const bytes = typeof part === "string" ? new TextEncoder().encode(part) : part;
    hash.update(`${bytes.byteLength}:`).update(bytes);
  }
  return hash.digest("hex");
}

/** SHA-256 of some bytes alone, as `sha256sum` prints it. */
export const sha256 = (bytes: Uint8Array): string =>
  createHash("sha256").update(bytes).digest("hex");

/** A name beside `path` that nobody else uses. */
export const besidePath = (path: string): string =>
  `${path}.${process.pid}-${randomBytes(6).toString("hex")}.tmp`;

/** Left by a process that was killed while it wrote; nothing takes a day to write. */
const STALE_AFTER_MS = 24 * 3_600_000;

/** Removes what killed processes have left in a folder of the cache. */
export function sweepTemporary(folder: string, now: number): void {
  for (const name of readdirSync(folder)) {
    if (!name.endsWith(".tmp")) continue;
    const path = join(folder, name);
    try {
      if (now - statSync(path).mtimeMs > STALE_AFTER_MS) rmSync(path, { force: true });
    } catch {
      // Swept by another process meanwhile.
    }
  }
}

/** Bytes of a file in the cache, or null where there is none. */
export function readCached(path: string): Uint8Array | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}
