/** @file Connects to a run that is to be looked at: by a join token, or by its folder on this machine. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isProblem, type Problem } from "#lib/support/problem.ts";
import { isRunFolder, readAddress, runPaths } from "../cluster/run-folder.ts";
import { connectShepherd, joinShepherd, type ShepherdClient } from "../net/client.ts";
import { ClientError } from "../net/connection.ts";
import type { RunStatus } from "../protocol/status.ts";

/** Where a run is: a join token, or the folder of a run whose shepherd is on this machine. */
export type RunPlace = { readonly join: string } | { readonly folder: string };

/** Who looks on. */
export interface Onlooker {
  /** Name to join with; it takes no part in the run. */
  readonly name: string;
  /** A fresh UUID. */
  readonly incarnation: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Connections for looking at a run, or why there are none. Closing them does nothing to the run. */
export async function connectToRun(
  place: RunPlace,
  { name, incarnation, now }: Onlooker,
): Promise<ShepherdClient | Problem> {
  if ("folder" in place) return connectToFolder(place.folder);
  const joined = await joinShepherd({
    token: place.join,
    worker: name,
    incarnation,
    secret: null,
    now,
  });
  return isProblem(joined) ? joined : joined.client;
}

async function connectToFolder(folder: string): Promise<ShepherdClient | Problem> {
  if (!isRunFolder(folder)) return { problem: `'${folder}' holds no distributed run` };
  const address = readAddress(folder);
  if (address === null)
    return {
      problem: `no shepherd of '${folder}' is running: pcp-train journal and status read what it has left`,
    };
  const credential = observerToken(folder);
  const failures: string[] = [];
  for (const url of address.addresses) {
    const { fingerprint } = address;
    const client = await connectShepherd({ url, fingerprint, ca: null, credential });
    const status = await statusOf(client);
    if (!isProblem(status)) return client;
    failures.push(status.problem);
    await client.close();
  }
  return { problem: failures.join("; ") };
}

/** Whether a shepherd of the folder says that it is running. */
export const hasShepherd = (folder: string): boolean => readAddress(folder) !== null;

/** The token that lets this user look on; null where it cannot be read. */
function observerToken(folder: string): string | null {
  try {
    return readFileSync(join(runPaths(folder).secrets, "observer.token"), "utf8").trim();
  } catch {
    return null;
  }
}

/** The snapshot, or why there is none just now. */
export async function statusOf(client: ShepherdClient): Promise<RunStatus | Problem> {
  try {
    return await client.status();
  } catch (error) {
    if (error instanceof ClientError) return { problem: error.message };
    throw error;
  }
}
