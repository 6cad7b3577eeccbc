/** @file Who a worker is: a name that stays over restarts and that no other process here has, and what it keeps on disk. */
import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { DataError, reasonOf } from "#lib/data/token-file.ts";
import { claimFolder, type FolderClaim, FolderTaken } from "../folder.ts";
import { workerName } from "../launch/node-manager.ts";
import { secretOf } from "../net/secret-file.ts";

/** A worker's name, and the folder that is its own. */
export interface WorkerIdentity {
  readonly name: string;
  readonly folder: string;
  /** Gives the name back to other processes. */
  release(): void;
}

/** Workers without a name of their own on one device. */
const MOST = 64;

/** Six digits that tell machines of the same host name apart. */
const machineId = (stateFolder: string): string =>
  secretOf(join(stateFolder, "machine-id"), () => randomBytes(3).toString("hex"));

/**
 * The identity of a worker by name, or of the first unused name made of host, device and a number of this machine.
 * @throws DataError where the state folder cannot be written.
 */
export function claimIdentity(
  stateFolder: string,
  name: string | null,
  device: number,
): WorkerIdentity {
  try {
    mkdirSync(stateFolder, { recursive: true });
    if (name !== null) {
      const folder = join(stateFolder, name);
      mkdirSync(folder, { recursive: true });
      return { name, folder, release() {} };
    }
    const host = `${hostname().split(".")[0]?.slice(0, 40)}-${machineId(stateFolder)}`;
    for (let slot = device; slot < device + MOST; slot++) {
      const free = workerName(host, slot);
      const folder = join(stateFolder, free);
      const claim = tryClaim(folder);
      if (claim !== null) return { name: free, folder, release: () => claim.release() };
    }
  } catch (error) {
    throw new DataError(
      `cannot use the state folder '${stateFolder}': ${reasonOf(error)}; give another with --state-dir`,
    );
  }
  throw new DataError(`${MOST} workers run here without a name; give one with --name`);
}

/** Null where another process has the folder. */
function tryClaim(folder: string): FolderClaim | null {
  try {
    return claimFolder(folder);
  } catch (error) {
    if (error instanceof FolderTaken) return null;
    throw error;
  }
}
