/** @file Folders through which tensors pass to another process: shared memory where there is some, else the temporary folder. */
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statfsSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { formatBytes } from "#lib/support/text.ts";
import { EngineError } from "./engine.ts";
import type { Env } from "./python.ts";

/** Offsets of tensors in a file are multiples of this. */
const ALIGNMENT = 64;

export const roundUp = (size: number): number => Math.ceil(size / ALIGNMENT) * ALIGNMENT;

/** Left behind only when both processes were killed at once; swept an hour later. */
const STALE_AFTER_MS = 3_600_000;

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

function sweepStale(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = /^pcp-host-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const path = join(parent, name);
    try {
      if (Date.now() - statSync(path).mtimeMs > STALE_AFTER_MS)
        rmSync(path, { recursive: true, force: true });
    } catch {
      // Somebody else's, or swept by another process meanwhile.
    }
  }
}

/** Folders of one host, on the fastest file system first. */
export class SharedFolders {
  readonly paths: readonly string[];
  private count = 0;

  constructor(env: Env) {
    const paths: string[] = [];
    for (const parent of ["/dev/shm", env["TMPDIR"] ?? "/tmp"]) {
      try {
        if (!statSync(parent).isDirectory()) continue;
        paths.push(mkdtempSync(join(parent, `pcp-host-${process.pid}-`)));
        sweepStale(parent);
      } catch {
        // Not there (macOS has no /dev/shm) or not writable: the next one serves.
      }
    }
    if (paths.length === 0)
      throw new EngineError(
        "no folder for temporary files can be written to; set TMPDIR to one that can",
      );
    this.paths = paths;
  }

  /** Writes byte ranges one after the other at aligned offsets into a new file and returns its path. */
  write(chunks: readonly Uint8Array[], size: number): string {
    for (const folder of this.paths) {
      const room = statfsSync(folder);
      if (room.bavail * room.bsize < size + (1 << 20)) continue;
      const path = join(folder, `in-${++this.count}`);
      const file = openSync(path, "wx", 0o600);
      try {
        let offset = 0;
        for (const chunk of chunks) {
          for (let done = 0; done < chunk.byteLength; )
            done += writeSync(file, chunk, done, chunk.byteLength - done, offset + done);
          offset = roundUp(offset + chunk.byteLength);
        }
      } finally {
        closeSync(file);
      }
      return path;
    }
    throw new EngineError(
      `no room for ${formatBytes(size)} of tensors in ${this.paths.join(" or ")}; free some space or set TMPDIR`,
    );
  }

  /** Reads ranges of a file into buffers and removes the file. */
  readInto(path: string, targets: readonly { offset: number; bytes: Uint8Array }[]): void {
    const file = openSync(path, "r");
    try {
      for (const { offset, bytes } of targets) {
        for (let done = 0; done < bytes.byteLength; ) {
          const read = readSync(file, bytes, done, bytes.byteLength - done, offset + done);
          if (read === 0) throw new EngineError(`'${path}' ended early`);
          done += read;
        }
      }
    } finally {
      closeSync(file);
      rmSync(path, { force: true });
    }
  }

  remove(path: string): void {
    rmSync(path, { force: true });
  }

  /** Removes the folders with all that is in them. */
  dispose(): void {
    for (const path of this.paths) rmSync(path, { recursive: true, force: true });
  }
}
