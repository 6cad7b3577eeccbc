/** @file The arithmetic of a reducer on files: what a merging thread is told, what it does, and what it answers. */
import { createHash, type Hash, randomBytes } from "node:crypto";
import { closeSync, openSync, readSync, rmSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import {
  type BlobSink,
  type BlobSource,
  DamagedBlob,
  inspectUpdate,
  type MergeRules,
  type MergeSinks,
  type MergeSums,
  mergedGradient,
  mergeFragment,
  publishParameters,
  type StateBlob,
  type UpdateSource,
  writtenBlobs,
} from "../diloco/merge-fragment.ts";
import type { Inspection } from "../protocol/ports.ts";
import type { BlobRef } from "../protocol/records.ts";

/** An update as files. */
export interface UpdateFile {
  readonly update: string;
  /** Needed where updates carry parameters. */
  readonly base: string | null;
  readonly weight: number;
  readonly scale: number;
}

/** Something to do, all of it in plain values, so that it can go to a thread. */
export type MergeTask =
  | {
      readonly kind: "inspect";
      readonly rules: MergeRules;
      readonly update: string;
      readonly base: string | null;
    }
  | {
      readonly kind: "merge";
      readonly rules: MergeRules;
      readonly parameters: string;
      readonly momentum: string | null;
      readonly pending: string | null;
      readonly pendingCount: number;
      readonly published: string;
      readonly updates: readonly UpdateFile[];
      /** Where new files are made. */
      readonly folder: string;
    }
  /** Merged gradient for the module's own optimizer. */
  | {
      readonly kind: "gradient";
      readonly rules: MergeRules;
      readonly updates: readonly UpdateFile[];
    }
  /** Writes the parameters that the module's own optimizer made. */
  | {
      readonly kind: "publish";
      readonly rules: MergeRules;
      readonly parameters: Float32Array;
      readonly published: string;
      readonly folder: string;
    };

/** A file that a task has made: complete, its digest known, not yet forced to disk. */
export interface MadeBlob {
  readonly name: StateBlob;
  readonly blob: BlobRef;
  readonly path: string;
}

/** What comes of each kind of task. */
export interface MergeTaskResults {
  readonly inspect: Inspection;
  readonly merge: { readonly made: readonly MadeBlob[]; readonly sums: MergeSums };
  readonly gradient: Float32Array<ArrayBuffer>;
  readonly publish: { readonly made: readonly MadeBlob[] };
}

/** Files kept open at a time: there may be more updates than a process may have files. */
const MOST_OPEN = 128;

/** Memory into which pieces are read; it grows to the largest one. */
class ReadBuffer {
  #bytes = new Uint8Array(0);

  /** The first `length` bytes of it. What was there before is lost. */
  take(length: number): Uint8Array {
    if (this.#bytes.byteLength < length) this.#bytes = new Uint8Array(length);
    return this.#bytes.subarray(0, length);
  }
}

/** A file that is read piece by piece. All sources share one buffer: a piece is there until the next one is read. */
class FileSource implements BlobSource {
  readonly bytes: number;
  readonly #path: string;
  readonly #buffer: ReadBuffer;
  /** Null: opened for every piece. */
  readonly #file: number | null;

  constructor(path: string, buffer: ReadBuffer, keepOpen: boolean) {
    this.#path = path;
    this.#buffer = buffer;
    this.bytes = statSync(path).size;
    this.#file = keepOpen ? openSync(path, "r") : null;
  }

  readonly read = (offset: number, length: number): Uint8Array => {
    const file = this.#file ?? openSync(this.#path, "r");
    try {
      const piece = this.#buffer.take(length);
      for (let done = 0; done < length; ) {
        const count = readSync(file, piece, done, length - done, offset + done);
        if (count === 0) throw new DamagedBlob("a file became shorter while it was read");
        done += count;
      }
      return piece;
    } finally {
      if (this.#file === null) closeSync(file);
    }
  };

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
  }
}

/** A new file, whose digest is taken while it is written. */
class FileSink {
  readonly name: StateBlob;
  readonly path: string;
  readonly #file: number;
  readonly #hash: Hash = createHash("sha256");
  #bytes = 0;

  constructor(name: StateBlob, folder: string) {
    this.name = name;
    this.path = join(folder, `${name}.${randomBytes(12).toString("hex")}`);
    this.#file = openSync(this.path, "wx", 0o644);
  }

  readonly write: BlobSink = (bytes) => {
    this.#hash.update(bytes);
    for (let done = 0; done < bytes.byteLength; )
      done += writeSync(this.#file, bytes, done, bytes.byteLength - done);
    this.#bytes += bytes.byteLength;
  };

  close(): void {
    closeSync(this.#file);
  }

  made(): MadeBlob {
    const blob = { digest: this.#hash.digest("hex"), bytes: this.#bytes };
    return { name: this.name, blob, path: this.path };
  }
}

/** Files that are open during a task, all closed when it ends. */
class OpenFiles {
  readonly #sources = new Map<string, FileSource>();
  readonly #buffer = new ReadBuffer();
  readonly #sinks: FileSink[] = [];

  source(path: string): FileSource {
    const known = this.#sources.get(path);
    if (known !== undefined) return known;
    const source = new FileSource(path, this.#buffer, this.#sources.size < MOST_OPEN);
    this.#sources.set(path, source);
    return source;
  }

  optional(path: string | null): FileSource | null {
    return path === null ? null : this.source(path);
  }

  updates(files: readonly UpdateFile[]): UpdateSource[] {
    return files.map(({ update, base, weight, scale }) => ({
      update: this.source(update),
      base: this.optional(base),
      weight,
      scale,
    }));
  }

  sinks(names: readonly StateBlob[], folder: string): MergeSinks {
    for (const name of names) this.#sinks.push(new FileSink(name, folder));
    return Object.fromEntries(this.#sinks.map(({ name, write }) => [name, write]));
  }

  made(): MadeBlob[] {
    return this.#sinks.map((sink) => sink.made());
  }

  close(keep: boolean): void {
    for (const source of this.#sources.values()) source.close();
    for (const sink of this.#sinks) {
      sink.close();
      if (!keep) rmSync(sink.path, { force: true });
    }
  }
}

function perform(task: MergeTask, files: OpenFiles): MergeTaskResults[MergeTask["kind"]] {
  const { rules } = task;
  switch (task.kind) {
    case "inspect":
      return inspectUpdate(rules, {
        update: files.source(task.update),
        base: files.optional(task.base),
      });
    case "gradient":
      return mergedGradient(rules, files.updates(task.updates));
    case "publish": {
      const sinks = files.sinks(writtenBlobs(rules, 0), task.folder);
      publishParameters(rules, task.parameters, files.source(task.published), sinks);
      return { made: files.made() };
    }
    case "merge": {
      const sources = {
        parameters: files.source(task.parameters),
        momentum: files.optional(task.momentum),
        pending: files.optional(task.pending),
        pendingCount: task.pendingCount,
        published: files.source(task.published),
        updates: files.updates(task.updates),
      };
      const sinks = files.sinks(writtenBlobs(rules, task.pendingCount), task.folder);
      const sums = mergeFragment(rules, sources, sinks);
      return { made: files.made(), sums };
    }
  }
}

/** Does a task; files that it made are gone again where it throws. @throws DamagedBlob, and what the file system says. */
export function runMergeTask<K extends MergeTask["kind"]>(
  task: Extract<MergeTask, { kind: K }>,
): MergeTaskResults[K] {
  const files = new OpenFiles();
  let done = false;
  try {
    const result = perform(task, files);
    done = true;
    return result as MergeTaskResults[K];
  } finally {
    files.close(done);
  }
}
