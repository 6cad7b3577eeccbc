/** @file Files that only their owner may read: keys, tokens. */
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";

const OWNER_ONLY = 0o600;

/** The text of a secret file, or null where there is none. Rights of others, which a copy may have got, are taken away. */
export function readSecret(path: string): string | null {
  try {
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, OWNER_ONLY);
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** Writes a new secret file whole; false where another process was first. */
function createSecret(path: string, text: string): boolean {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  writeFileSync(temporary, `${text}\n`, { mode: OWNER_ONLY, flag: "wx", flush: true });
  try {
    // A link fails where the name is taken, which a renamed file would replace.
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** The text of a secret file, which is made with `make` where it is missing. */
export function secretOf(path: string, make: () => string): string {
  const there = readSecret(path);
  if (there !== null && there !== "") return there;
  if (there === "") rmSync(path, { force: true });
  const text = make();
  return createSecret(path, text) ? text : (readSecret(path) ?? text);
}
