/** @file The folder of a run: one process at a time, nothing of two runs mixed, leftovers cleared. */
import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { DataError } from "#lib/data/token-file.ts";
import { besidePath, sha256 } from "#lib/runtime/cache.ts";
import { messageOf } from "#lib/support/problem.ts";
import { checkpointFolders, removeCheckpoint, removeLeftovers } from "./checkpoint.ts";

const LOCK = "run.lock";

/** A folder is another process's. */
export class FolderTaken extends DataError {}

/** A folder that is this process's own. */
export interface FolderClaim {
  /** Gives it back; where nothing was written, it is gone again. */
  release(): void;
}

/** The process that writes to a folder; `started` tells it from a later one of the same number. */
interface Owner {
  readonly pid: number;
  readonly host: string;
  readonly started: string;
}

/** When a process began, in the system's own ticks; empty where the system does not say. */
function startOf(pid: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The second field is the program's name in parentheses, which may hold blanks.
    return text.slice(text.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

function isAlive({ pid, host, started }: Owner): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return started === startOf(pid);
}

/** The owner that a lock names; null where it names none. */
function ownerOf(lock: string): Owner | null {
  try {
    const owner = JSON.parse(lock) as Partial<Owner> | null;
    const { pid, host, started } = owner ?? {};
    const whole =
      typeof pid === "number" && typeof host === "string" && typeof started === "string";
    return whole ? { pid, host, started } : null;
  } catch {
    return null;
  }
}

/** Text of a lock file, which no other one ever has. */
function newLock(): string {
  const owner: Owner = { pid: process.pid, host: hostname(), started: startOf(process.pid) };
  return `${JSON.stringify({ ...owner, id: randomBytes(6).toString("hex") })}\n`;
}

function readLock(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** What file systems without links say. */
const NO_LINKS: ReadonlySet<string> = new Set(["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP"]);

/** Makes a lock file, whole from its first moment; false where there is one. */
function createLock(path: string, lock: string): boolean {
  const temporary = besidePath(path);
  writeFileSync(temporary, lock, { flag: "wx" });
  try {
    linkSync(temporary, path);
    return true;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    if (!NO_LINKS.has(code)) throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
  try {
    writeFileSync(path, lock, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

const PAUSE_MS = 2;
/** Whoever removes a lock that was left behind needs a moment for it. */
const MOST_PAUSES = 2000;

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
}

/**
 * Takes a lock; the process that has it, or null where it is taken.
 *
 * A lock that a killed process has left is removed only under a lock of its own, named by its text: of many that find it, one
 * removes it, and nobody removes the one that is made then.
 */
function takeLock(path: string, lock: string): Owner | null {
  for (let pauses = 0; ; ) {
    const there = readLock(path);
    if (there === null) {
      if (createLock(path, lock)) return null;
      continue;
    }
    const owner = ownerOf(there);
    if (owner !== null && isAlive(owner)) return owner;
    const right = `${path}.${sha256(new TextEncoder().encode(there)).slice(0, 16)}`;
    const remover = takeLock(right, lock);
    if (remover !== null) {
      if (++pauses === MOST_PAUSES) return remover;
      pause();
      continue;
    }
    try {
      if (readLock(path) === there) rmSync(path, { force: true });
    } finally {
      rmSync(right, { force: true });
    }
  }
}

/**
 * Makes a run's folder this process's own until it is released; what a killed process has left does not count.
 * @throws FolderTaken where another process trains there, DataError where the folder cannot be written.
 */
export function claimFolder(folder: string): FolderClaim {
  const path = join(folder, LOCK);
  const lock = newLock();
  let created: string | undefined;
  let owner: Owner | null;
  try {
    created = mkdirSync(folder, { recursive: true });
    owner = takeLock(path, lock);
  } catch (error) {
    throw new DataError(`cannot create folder '${folder}': ${messageOf(error)}`);
  }
  if (owner !== null) {
    const where = owner.host === hostname() ? "" : ` on ${owner.host}`;
    throw new FolderTaken(
      `process ${owner.pid}${where} trains in '${folder}' (if it does not, remove '${path}')`,
    );
  }
  return {
    release() {
      if (readLock(path) === lock) rmSync(path, { force: true });
      if (created !== undefined) removeEmpty(folder, created);
    },
  };
}

/** Removes a folder and those around it up to `outermost`, as long as they are empty. */
function removeEmpty(folder: string, outermost: string): void {
  try {
    rmdirSync(folder);
  } catch {
    return;
  }
  if (folder !== outermost) removeEmpty(dirname(folder), outermost);
}

/** Why a new run cannot begin in a folder, or null. */
export function earlierRun(folder: string): string | null {
  const last = checkpointFolders(folder).at(-1);
  return last === undefined
    ? null
    : `'${folder}' holds a run at step ${last.step}: go on from it with --resume, or begin anew with --overwrite`;
}

/** Clears what lies after the step that a run begins from, and what a killed run has left half written. */
export function clearFolder(folder: string, fromStep: number): void {
  removeLeftovers(folder);
  for (const checkpoint of checkpointFolders(folder))
    if (checkpoint.step > fromStep) removeCheckpoint(checkpoint);
  if (fromStep > 0) return;
  for (const name of ["metrics.jsonl", "events"])
    rmSync(join(folder, name), { recursive: true, force: true });
}
