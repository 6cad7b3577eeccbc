/** @file A worker's own state on its disk: optimizer state and residuals by name, whole or not at all, the last two kept. */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { isProblem, messageOf, type Problem } from "#lib/support/problem.ts";
import { readSafetensorsFile, writeSafetensorsFile } from "#lib/tensors/files.ts";
import { type Tensor, tensorBytes } from "#lib/tensors/tensor.ts";

/** States kept: the last one, and the one before in case the round of the last one never counts. */
const KEPT = 2;

const FILE = /^state-(\d{10})\.safetensors$/;

/** Names, types, shapes and elements of all tensors, so that a file that is damaged is not used. */
function digestOfTensors(name: string, tensors: ReadonlyMap<string, Tensor>): string {
  const hash = createHash("sha256").update(`${name}\n`);
  for (const key of [...tensors.keys()].sort()) {
    const tensor = tensors.get(key) as Tensor;
    hash.update(`${key} ${tensor.dtype} ${tensor.shape.join("x")}\n`).update(tensorBytes(tensor));
  }
  return hash.digest("hex");
}

/** A kept state. */
interface KeptState {
  readonly name: string;
  readonly tensors: ReadonlyMap<string, Tensor>;
}

/** The folder of one worker's states in one run. */
export class WorkerStateFolder {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Files of states, oldest first. */
  private files(): { readonly path: string; readonly number: number }[] {
    let names: string[];
    try {
      names = readdirSync(this.folder);
    } catch {
      return [];
    }
    return names
      .flatMap((name) => {
        const number = FILE.exec(name)?.[1];
        return number === undefined
          ? []
          : [{ path: join(this.folder, name), number: Number(number) }];
      })
      .sort((a, b) => a.number - b.number);
  }

  /** Keeps tensors under a name, which is then the last one; null when they are on disk. */
  save(name: string, tensors: ReadonlyMap<string, Tensor>): Problem | null {
    const before = this.files();
    const number = (before.at(-1)?.number ?? 0) + 1;
    const path = join(this.folder, `state-${String(number).padStart(10, "0")}.safetensors`);
    try {
      mkdirSync(this.folder, { recursive: true });
    } catch (error) {
      return {
        problem: `cannot create folder '${this.folder}': ${messageOf(error)}`,
      };
    }
    const metadata = { name, digest: digestOfTensors(name, tensors) };
    const problem = writeSafetensorsFile(path, tensors, metadata);
    if (problem !== null) return problem;
    for (const file of before.slice(0, Math.max(0, before.length + 1 - KEPT)))
      rmSync(file.path, { force: true });
    return null;
  }

  private read(path: string): KeptState | null {
    const read = readSafetensorsFile(path);
    if (isProblem(read)) return null;
    const { name, digest } = read.metadata;
    return name !== undefined && digest === digestOfTensors(name, read.tensors)
      ? { name, tensors: read.tensors }
      : null;
  }

  /** The newest state of a name that is whole, to go on from: those after it are removed. Null where there is none. */
  load(name: string): ReadonlyMap<string, Tensor> | null {
    const after: string[] = [];
    for (const { path } of this.files().reverse()) {
      const state = this.read(path);
      if (state?.name === name) {
        for (const newer of after) rmSync(newer, { force: true });
        return state.tensors;
      }
      after.push(path);
    }
    return null;
  }

  /** Names of the states that are whole, the newest first. */
  names(): string[] {
    return this.files()
      .reverse()
      .flatMap(({ path }) => this.read(path)?.name ?? []);
  }
}

/** Runs of which a worker keeps states: this one and the one before. */
const RUNS_KEPT = 2;

/** A name that is no path, whatever a run calls itself. */
const folderOf = (runId: string): string =>
  createHash("sha256").update(runId).digest("hex").slice(0, 16);

/** States of one worker in all its runs: those of another run must never be taken for those of this one. */
export class WorkerStates {
  private readonly folder: string;

  /** @param folder - of the worker. */
  constructor(folder: string) {
    this.folder = join(folder, "runs");
  }

  /** Folders of runs, the one used last first. */
  private runs(): string[] {
    try {
      return readdirSync(this.folder)
        .map((name) => join(this.folder, name))
        .map((path) => ({ path, at: statSync(path).mtimeMs }))
        .sort((a, b) => b.at - a.at)
        .map(({ path }) => path);
    } catch {
      return [];
    }
  }

  /** Name of the newest state that is whole; of the run that was worked for last. */
  newest(): string | null {
    const [last] = this.runs();
    return last === undefined ? null : (new WorkerStateFolder(last).names()[0] ?? null);
  }

  /** The states of a run; those of old runs are removed. */
  ofRun(runId: string): WorkerStateFolder {
    const own = join(this.folder, folderOf(runId));
    for (const path of this.runs()
      .filter((other) => other !== own)
      .slice(RUNS_KEPT - 1))
      rmSync(path, { recursive: true, force: true });
    return new WorkerStateFolder(own);
  }
}
