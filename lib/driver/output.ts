/** @file Reads inputs and writes outputs of tools: `-` is a standard stream, a file appears only when it is complete. */
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { ToolIo } from "#lib/support/io.ts";
import { escapeName } from "#lib/support/text.ts";

/** An input that was read; `name` is what diagnostics print. */
export interface Input {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "No such file or directory",
  EISDIR: "Is a directory",
  ENOTDIR: "Not a directory",
  EACCES: "Permission denied",
  EPERM: "Operation not permitted",
  ENOSPC: "No space left on device",
  EDQUOT: "Disk quota exceeded",
  EROFS: "Read-only file system",
  EFBIG: "File too large",
  ENAMETOOLONG: "File name too long",
  ELOOP: "Too many levels of symbolic links",
  ERR_FS_FILE_TOO_LARGE: "File too large",
};

/** What the system says about a failed file operation, in words. */
export function fileErrorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = (error as NodeJS.ErrnoException).code ?? "";
  return REASONS[code] ?? error.message.split("\n", 1)[0] ?? code;
}

/** Reads a file or, for `-`, standard input; a failure is one line of text without the tool's name. */
export async function readInput(
  io: ToolIo,
  path: string,
): Promise<(Input & { readonly error?: never }) | { readonly error: string }> {
  try {
    if (path === "-") return { name: "<stdin>", bytes: await io.stdin.readAll() };
    return { name: path, bytes: readFileSync(resolve(io.cwd, path)) };
  } catch (error) {
    return { error: `cannot open input file '${escapeName(path)}': ${fileErrorText(error)}` };
  }
}

/** Where to write, and whether it may be replaced by a rename: devices and pipes are written in place. */
function destinationOf(target: string): { path: string; mode: number | null; inPlace: boolean } {
  try {
    const path = realpathSync(target);
    const status = statSync(path);
    return { path, mode: status.mode & 0o777, inPlace: !status.isFile() };
  } catch {
    return { path: target, mode: null, inPlace: false };
  }
}

function writeBeside(path: string, mode: number | null, content: string | Uint8Array): void {
  const suffix = crypto.randomUUID().slice(0, 8);
  const temporary = join(dirname(path), `.${basename(path).slice(0, 200)}.${suffix}.tmp`);
  try {
    const handle = openSync(temporary, "wx", mode ?? 0o666);
    try {
      writeFileSync(handle, content);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/**
 * Writes `content` to a file or, for `-`, to standard output; returns null or one line that says what went wrong.
 * A file is written beside its place and renamed, so a failure leaves what was there before.
 */
export async function writeOutput(
  io: ToolIo,
  path: string,
  content: string | Uint8Array,
): Promise<string | null> {
  if (path === "-") {
    io.stdout.write(content);
    await io.stdout.flush();
    return null;
  }
  const destination = destinationOf(resolve(io.cwd, path));
  try {
    if (destination.inPlace) writeFileSync(destination.path, content);
    else writeBeside(destination.path, destination.mode, content);
    return null;
  } catch (error) {
    return `cannot open output file '${escapeName(path)}': ${fileErrorText(error)}`;
  }
}
