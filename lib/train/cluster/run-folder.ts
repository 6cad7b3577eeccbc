/** @file What lies where in the folder of a distributed run, beside its checkpoints. */
import { readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Static, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { Problem } from "#lib/support/problem.ts";
import { writeFileAtomically } from "#lib/tensors/files.ts";
import { clearFolder, earlierRun } from "../folder.ts";
import { JOURNAL_FILE } from "./journal.ts";

/** Paths of a run. */
export interface RunPaths {
  readonly folder: string;
  readonly journal: string;
  readonly blobs: string;
  /** Keys and tokens, for this user alone. */
  readonly secrets: string;
  /** Key that signs the run manifest. */
  readonly key: string;
  /** The run plan, for commands that know the folder alone. */
  readonly plan: string;
  /** Where blobs lie, for commands that know the folder alone. */
  readonly store: string;
  /** Which blob has the weights that no fragment holds. */
  readonly frozen: string;
  /** Where the shepherd that runs can be reached. */
  readonly address: string;
  /** Folders of reducer processes: their settings and blobs. */
  readonly reducers: string;
  /** States of workers that run in this folder. */
  readonly workers: string;
}

export const runPaths = (folder: string): RunPaths => ({
  folder,
  journal: join(folder, JOURNAL_FILE),
  blobs: join(folder, "blobs"),
  secrets: join(folder, "secrets"),
  key: join(folder, "secrets", "run.key"),
  plan: join(folder, "plan.json"),
  store: join(folder, "store.json"),
  frozen: join(folder, "frozen.json"),
  address: join(folder, "shepherd.json"),
  reducers: join(folder, "reducers"),
  workers: join(folder, "workers"),
});

/** Whether a folder holds a distributed run, which begins with the first record of its journal. */
export function isRunFolder(folder: string): boolean {
  try {
    return statSync(runPaths(folder).journal).size > 0;
  } catch {
    return false;
  }
}

/** Why a new run cannot begin in a folder, or null. */
export const earlierDistributedRun = (folder: string): string | null =>
  isRunFolder(folder)
    ? `'${folder}' holds a distributed run: go on with it by --resume, or begin anew with --overwrite`
    : earlierRun(folder);

/** Removes what an earlier run has left, so that nothing of two runs is mixed; secrets are new as well. */
export function clearRun(folder: string): void {
  const { journal, blobs, secrets, plan, store, frozen, address, reducers, workers } =
    runPaths(folder);
  // The journal goes first: without it the rest is no run.
  for (const path of [journal, address, plan, store, frozen, blobs, secrets, reducers, workers])
    rmSync(path, { recursive: true, force: true });
  clearFolder(folder, 0);
}

const addressSchema = Type.Object(
  {
    runId: Type.String(),
    /** Addresses from this machine first, such as `https://127.0.0.1:8080`. */
    addresses: Type.Array(Type.String(), { minItems: 1 }),
    /** SHA-256 of the certificate; null without TLS. */
    fingerprint: Type.Union([Type.String(), Type.Null()]),
    pid: Type.Integer(),
  },
  { additionalProperties: false },
);

/** Where a shepherd can be reached. */
export type ShepherdAddress = Static<typeof addressSchema>;

/** Tells commands of this user where the shepherd of the folder is. */
export const writeAddress = (folder: string, address: ShepherdAddress): Problem | null =>
  writeFileAtomically(runPaths(folder).address, [
    new TextEncoder().encode(`${JSON.stringify(address)}\n`),
  ]);

/** The shepherd's address as it was left in the folder; null where there is none, or one that was cut short. */
export function readAddress(folder: string): ShepherdAddress | null {
  try {
    const value: unknown = JSON.parse(readFileSync(runPaths(folder).address, "utf8"));
    return Value.Check(addressSchema, value) ? value : null;
  } catch {
    return null;
  }
}

export const removeAddress = (folder: string): void =>
  rmSync(runPaths(folder).address, { force: true });
