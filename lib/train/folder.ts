/** @file The folder of a run: one process at a time, nothing of two runs mixed, leftovers cleared. */
import { mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { DataError } from "#lib/data/token-file.ts";
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

/** Owner of a lock file; null where there is none, or one that was cut short. */
function readOwner(path: string): Owner | null {
  try {
    const owner = JSON.parse(readFileSync(path, "utf8")) as Partial<Owner> | null;
    const { pid, host, started } = owner ?? {};
    const whole =
      typeof pid === "number" && typeof host === "string" && typeof started === "string";
    return whole ? { pid, host, started } : null;
  } catch {
    return null;
  }
}

/** Writes a lock file; false where there is one. */
function writeLock(path: string): boolean {
  const owner: Owner = { pid: process.pid, host: hostname(), started: startOf(process.pid) };
  try {
    writeFileSync(path, `${JSON.stringify(owner)}\n`, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/**
 * Makes a run's folder this process's own until it is released; what a killed process has left does not count.
 * @throws FolderTaken where another process trains there, DataError where the folder cannot be written.
 */
export function claimFolder(folder: string): FolderClaim {
  const path = join(folder, LOCK);
  let created: string | undefined;
  try {
    created = mkdirSync(folder, { recursive: true });
    while (!writeLock(path)) {
      const owner = readOwner(path);
      if (owner !== null && isAlive(owner)) {
        const where = owner.host === hostname() ? "" : ` on ${owner.host}`;
        throw new FolderTaken(
          `process ${owner.pid}${where} trains in '${folder}' (if it does not, remove '${path}')`,
        );
      }
      rmSync(path, { force: true });
    }
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError(`cannot create folder '${folder}': ${messageOf(error)}`);
  }
  return {
    release() {
      rmSync(path, { force: true });
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
