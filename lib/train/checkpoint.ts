/** @file Checkpoints: a folder per step that appears whole or not at all, its files checked by digest when read. */
import { createHash } from "node:crypto";
import {
  createReadStream,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isProblem, messageOf, type Problem } from "#lib/support/problem.ts";
import { readSafetensorsFile, writeFileAtomically } from "#lib/tensors/files.ts";
import { encodeSafetensorsHeader } from "#lib/tensors/safetensors.ts";
import { type Tensor, tensorBytes } from "#lib/tensors/tensor.ts";

/** What a checkpoint says of itself, in `manifest.json`. */
export interface CheckpointManifest {
  readonly format: "pcp-checkpoint";
  readonly version: 2;
  /** Optimizer steps done. */
  readonly step: number;
  /** Tokens trained on. */
  readonly tokens: number;
  readonly evalLoss: number | null;
  /** SHA-256 of the training module's text. */
  readonly module: string;
  /** What decides the numbers of the run besides the module, by config key. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly tokenizer: { readonly name: string; readonly alphabet: readonly number[] | null };
  readonly files: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly sha256: string;
  }[];
  /** SHA-256 of all the above, as JSON without blanks. */
  readonly digest: string;
}

/** A checkpoint on disk. */
export interface Checkpoint {
  readonly path: string;
  readonly manifest: CheckpointManifest;
}

/** Training module of a run, kept beside its checkpoints. */
export const MODULE_FILE = "module.mlir";
const MANIFEST = "manifest.json";
const folderName = (step: number): string => `step-${String(step).padStart(8, "0")}`;
const STEP_FOLDER = /^step-(\d{8,})$/;
/** A checkpoint, or a file of the run beside the checkpoints, that was being written. */
const TEMPORARY = /^(?:\.step-\d{8,}-.*|.*\.[0-9a-f]{8})\.tmp$/;

const utf8 = new TextEncoder();

async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }))
    hash.update(chunk as Uint8Array);
  return hash.digest("hex");
}

const digestOf = ({ digest: _, ...rest }: Partial<CheckpointManifest>): string =>
  createHash("sha256").update(JSON.stringify(rest)).digest("hex");

/** Removes what writes that were cut short have left. */
export function removeLeftovers(folder: string): void {
  for (const name of listFolder(folder))
    if (TEMPORARY.test(name)) rmSync(join(folder, name), { recursive: true, force: true });
}

const listFolder = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

/** Bytes written at a time, so that whatever else a process does goes on meanwhile. */
const PIECE = 4 << 20;

/** Writes a new file to disk piece by piece; its size and SHA-256. */
async function writeParts(
  path: string,
  parts: readonly Uint8Array[],
): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  const file = await open(path, "wx");
  try {
    let bytes = 0;
    for (const part of parts)
      for (let at = 0; at < part.length; at += PIECE) {
        const piece = part.subarray(at, at + PIECE);
        await file.writeFile(piece);
        hash.update(piece);
        bytes += piece.length;
      }
    await file.sync();
    return { bytes, sha256: hash.digest("hex") };
  } finally {
    await file.close();
  }
}

/**
 * Writes a checkpoint beside its place and renames it there.
 *
 * @param failPoint - told between the steps, so that tests can end the process there.
 */
export async function saveCheckpoint(
  folder: string,
  tensors: {
    readonly weights: ReadonlyMap<string, Tensor>;
    readonly state: ReadonlyMap<string, Tensor>;
  },
  facts: Omit<CheckpointManifest, "format" | "version" | "files" | "digest">,
  failPoint: (name: string) => void = () => {},
): Promise<Checkpoint | Problem> {
  const target = join(folder, folderName(facts.step));
  const temporary = join(folder, `.${folderName(facts.step)}-${process.pid}.tmp`);
  const abandon = (problem: string): Problem => {
    rmSync(temporary, { recursive: true, force: true });
    return { problem: `checkpoint of step ${facts.step} was not saved: ${problem}` };
  };
  try {
    rmSync(temporary, { recursive: true, force: true });
    mkdirSync(temporary, { recursive: true });
    const files: CheckpointManifest["files"][number][] = [];
    for (const [name, content] of Object.entries(tensors)) {
      const file = `${name}.safetensors`;
      const header = encodeSafetensorsHeader(content, {});
      if (isProblem(header)) return abandon(header.problem);
      const parts = [header, ...[...content.values()].map(tensorBytes)];
      files.push({ name: file, ...(await writeParts(join(temporary, file), parts)) });
    }
    failPoint("checkpoint.before-manifest");
    const content = { format: "pcp-checkpoint", version: 2, ...facts, files } as const;
    const manifest: CheckpointManifest = { ...content, digest: digestOf(content) };
    const problem = writeFileAtomically(join(temporary, MANIFEST), [
      utf8.encode(`${JSON.stringify(manifest, null, 2)}\n`),
    ]);
    if (problem !== null) return abandon(problem.problem);
    failPoint("checkpoint.before-rename");
    rmSync(target, { recursive: true, force: true });
    renameSync(temporary, target);
    failPoint("checkpoint.after-rename");
    return { path: target, manifest };
  } catch (error) {
    return abandon(messageOf(error));
  }
}

function readManifest(path: string): CheckpointManifest | Problem {
  let manifest: CheckpointManifest;
  try {
    manifest = JSON.parse(readFileSync(join(path, MANIFEST), "utf8")) as CheckpointManifest;
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    return {
      problem: missing
        ? `'${path}' is not a checkpoint: it has no ${MANIFEST}`
        : `'${join(path, MANIFEST)}' is damaged`,
    };
  }
  if (manifest?.format !== "pcp-checkpoint")
    return { problem: `'${join(path, MANIFEST)}' is damaged: it is not a checkpoint's manifest` };
  if (manifest.version !== 2)
    return { problem: `'${path}' has format version ${manifest.version}; this version reads 2` };
  if (manifest.digest !== digestOf(manifest))
    return { problem: `'${join(path, MANIFEST)}' is damaged: it does not match its digest` };
  return manifest;
}

/** A folder with the name of a checkpoint. */
export interface CheckpointFolder {
  readonly path: string;
  readonly step: number;
  readonly manifest: CheckpointManifest | Problem;
}

/** All folders of a run that are named as checkpoints, oldest first. */
export const checkpointFolders = (folder: string): CheckpointFolder[] =>
  listFolder(folder)
    .filter((name) => STEP_FOLDER.test(name))
    .map((name) => {
      const path = join(folder, name);
      return { path, step: Number(name.slice(5)), manifest: readManifest(path) };
    })
    .sort((a, b) => a.step - b.step);

/** Checkpoints of a run, oldest first; those whose manifest cannot be read are left out. */
export const listCheckpoints = (folder: string): Checkpoint[] =>
  checkpointFolders(folder).flatMap(({ path, manifest }) =>
    isProblem(manifest) ? [] : [{ path, manifest }],
  );

/** A checkpoint by its own folder, or the last one of a run's folder. */
export function findCheckpoint(path: string): Checkpoint | Problem {
  const last = checkpointFolders(path).at(-1) ?? { path, manifest: readManifest(path) };
  return isProblem(last.manifest) ? last.manifest : { path: last.path, manifest: last.manifest };
}

/** What a checkpoint holds. */
export interface CheckpointTensors {
  readonly weights: ReadonlyMap<string, Tensor>;
  readonly state: ReadonlyMap<string, Tensor>;
}

/** Reads a checkpoint's tensors after comparing every file with its digest. */
export async function loadCheckpoint({
  path,
  manifest,
}: Checkpoint): Promise<CheckpointTensors | Problem> {
  const contents = new Map<string, ReadonlyMap<string, Tensor>>();
  for (const { name, bytes, sha256 } of manifest.files) {
    if (name !== "weights.safetensors" && name !== "state.safetensors")
      return { problem: `checkpoint '${path}' is damaged: unexpected file '${name}'` };
    const file = join(path, name);
    try {
      const { size } = statSync(file);
      if (size !== bytes)
        return {
          problem: `checkpoint '${path}' is damaged: ${name} has ${size} bytes, expected ${bytes}`,
        };
      if ((await sha256OfFile(file)) !== sha256)
        return { problem: `checkpoint '${path}' is damaged: ${name} does not match its digest` };
    } catch {
      return { problem: `checkpoint '${path}' is damaged: ${name} cannot be read` };
    }
    const read = readSafetensorsFile(file);
    if (isProblem(read)) return read;
    contents.set(name, read.tensors);
  }
  const [weights, state] = [contents.get("weights.safetensors"), contents.get("state.safetensors")];
  if (weights === undefined || state === undefined)
    return { problem: `checkpoint '${path}' is damaged: a file is missing from its manifest` };
  return { weights, state };
}

/** Removes a checkpoint, whole or not at all: what is half removed has the name of a leftover. */
export function removeCheckpoint({ path }: { readonly path: string }): void {
  const condemned = join(dirname(path), `.${basename(path)}-${process.pid}.tmp`);
  rmSync(condemned, { recursive: true, force: true });
  renameSync(path, condemned);
  rmSync(condemned, { recursive: true, force: true });
}

/** Removes all but the last `keepLast` checkpoints and the one with the lowest evaluation loss. */
export function pruneCheckpoints(folder: string, keepLast: number): void {
  const all = listCheckpoints(folder);
  const best = bestCheckpoint(all);
  for (const checkpoint of all.slice(0, -keepLast))
    if (checkpoint !== best) removeCheckpoint(checkpoint);
}

/** The checkpoint with the lowest evaluation loss, or null where none was evaluated. */
export function bestCheckpoint(checkpoints: readonly Checkpoint[]): Checkpoint | null {
  let best: Checkpoint | null = null;
  for (const checkpoint of checkpoints) {
    const { evalLoss } = checkpoint.manifest;
    if (evalLoss !== null && (best === null || evalLoss < (best.manifest.evalLoss ?? Infinity)))
      best = checkpoint;
  }
  return best;
}
