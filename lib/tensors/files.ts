/** @file Reads and writes tensor files; what is written appears under its name only when it is complete. */
import {
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { inflateRawSync } from "node:zlib";
import { isProblem, type Problem } from "#lib/support/problem.ts";
import { decodeIrpa } from "./irpa.ts";
import { decodeNpySequence } from "./npy.ts";
import { decodeNpz } from "./npz.ts";
import {
  encodeSafetensorsHeader,
  parseSafetensorsHeader,
  SAFETENSORS_PREFIX,
  type Safetensors,
  safetensorsHeaderLength,
} from "./safetensors.ts";
import { type Tensor, tensorBytes, zeros } from "./tensor.ts";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file or folder",
  EISDIR: "it is a folder",
  ENOTDIR: "part of the path is not a folder",
  EACCES: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "no space left",
  EDQUOT: "the quota is used up",
  EFBIG: "the file would be too large",
  ERR_FS_FILE_TOO_LARGE: "it is too large to be read at once",
};

/** What went wrong with a file, in words. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return REASONS[code] ?? (code === "" ? String(error) : code);
}

const cannotRead = (path: string, why: string): Problem => ({
  problem: `cannot read '${path}': ${why}`,
});

const cannotWrite = (path: string, error: unknown): Problem => ({
  problem: `cannot write '${path}': ${reasonOf(error)}`,
});

function readFully(file: number, target: Uint8Array, position: number): boolean {
  for (let done = 0; done < target.byteLength; ) {
    // One read takes at most 2 GiB.
    const count = Math.min(target.byteLength - done, 1 << 30);
    const read = readSync(file, target, done, count, position + done);
    if (read === 0) return false;
    done += read;
  }
  return true;
}

function writeFully(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.byteLength; )
    done += writeSync(file, bytes, done, Math.min(bytes.byteLength - done, 1 << 30));
}

/** Reads a file of tensors straight into their arrays; any size. */
export function readSafetensorsFile(path: string): Safetensors | Problem {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (error) {
    return cannotRead(path, reasonOf(error));
  }
  try {
    const status = fstatSync(file);
    if (status.isDirectory()) return cannotRead(path, "it is a folder");
    const { size } = status;
    const prefix = new Uint8Array(Math.min(SAFETENSORS_PREFIX, size));
    readFully(file, prefix, 0);
    const length = safetensorsHeaderLength(prefix, size);
    if (typeof length !== "number") return cannotRead(path, length.problem);
    const text = new Uint8Array(length);
    readFully(file, text, SAFETENSORS_PREFIX);
    const header = parseSafetensorsHeader(text, size);
    if (isProblem(header)) return cannotRead(path, header.problem);
    const tensors = new Map<string, Tensor>();
    for (const { name, dtype, shape, byteOffset } of header.entries) {
      const tensor = zeros(dtype, shape);
      if (!readFully(file, tensorBytes(tensor), byteOffset))
        return cannotRead(path, "it became shorter while it was read");
      tensors.set(name, tensor);
    }
    return { tensors, metadata: header.metadata };
  } catch (error) {
    return cannotRead(path, reasonOf(error));
  } finally {
    closeSync(file);
  }
}

/** Writes parts into a new file beside `path`, to disk, and renames it; null when done. */
export function writeFileAtomically(path: string, parts: Iterable<Uint8Array>): Problem | null {
  const temporary = `${path}.${crypto.randomUUID().slice(0, 8)}.tmp`;
  try {
    const file = openSync(temporary, "wx");
    try {
      for (const part of parts) writeFully(file, part);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    return null;
  } catch (error) {
    rmSync(temporary, { force: true });
    return cannotWrite(path, error);
  }
}

/** Writes tensors in their order; null when done. */
export function writeSafetensorsFile(
  path: string,
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>> = {},
): Problem | null {
  const header = encodeSafetensorsHeader(tensors, metadata);
  if (isProblem(header)) return { problem: `cannot write '${path}': ${header.problem}` };
  return writeFileAtomically(path, [header, ...[...tensors.values()].map(tensorBytes)]);
}

function readBytes(path: string): Uint8Array | Problem {
  try {
    return readFileSync(path);
  } catch (error) {
    return cannotRead(path, reasonOf(error));
  }
}

/** Arrays of a `.npy` file, of which there may be several. */
export function readNpyFile(path: string): Tensor[] | Problem {
  const bytes = readBytes(path);
  if (isProblem(bytes)) return bytes;
  const tensors = decodeNpySequence(bytes);
  return isProblem(tensors) ? cannotRead(path, tensors.problem) : tensors;
}

/** Arrays of a `.npz` file by name. */
export function readNpzFile(path: string): Map<string, Tensor> | Problem {
  const bytes = readBytes(path);
  if (isProblem(bytes)) return bytes;
  const tensors = decodeNpz(bytes, (packed, size) =>
    // One byte more than due tells a lie about the size without unpacking all of it.
    inflateRawSync(packed, { maxOutputLength: Math.max(1, size) }),
  );
  return isProblem(tensors) ? cannotRead(path, tensors.problem) : tensors;
}

/** Tensors of a parameter archive by name. */
export function readIrpaFile(path: string): Map<string, Tensor> | Problem {
  const bytes = readBytes(path);
  if (isProblem(bytes)) return bytes;
  const tensors = decodeIrpa(bytes);
  return isProblem(tensors) ? cannotRead(path, tensors.problem) : tensors;
}

/** Endings of files that hold tensors with names. */
export const NAMED_TENSOR_FILES = [".safetensors", ".npz", ".irpa"] as const;

/** Tensors with names of a `.npz`, `.irpa` or, by any other ending, safetensors file. */
export function readNamedTensors(path: string): ReadonlyMap<string, Tensor> | Problem {
  if (path.endsWith(".npz")) return readNpzFile(path);
  if (path.endsWith(".irpa")) return readIrpaFile(path);
  const read = readSafetensorsFile(path);
  return isProblem(read) ? read : read.tensors;
}
