/** @file SHA-256 of a file while it grows, in a thread of its own, so that the network does not wait for it. */
import { Worker } from "node:worker_threads";
import { digestOfFile } from "./disk-store.ts";

/**
 * Program of the thread, as text: so it needs no file of its own beside a bundle. It reads what it is told is there and hashes it.
 * In: `{id, path}` opens, `{id, to}` goes on up to a byte, `{id, to, end: true}` asks for the digest, `{id, drop: true}` forgets.
 */
const PROGRAM = `
const { createHash } = require("node:crypto");
const { openSync, readSync, closeSync } = require("node:fs");
const { parentPort } = require("node:worker_threads");
const files = new Map();
const buffer = Buffer.allocUnsafe(1 << 20);
parentPort.on("message", ({ id, path, to, end, drop }) => {
  try {
    if (path !== undefined) files.set(id, { file: openSync(path, "r"), hash: createHash("sha256"), done: 0 });
    const entry = files.get(id);
    if (entry === undefined) return;
    while (to !== undefined && entry.done < to) {
      const read = readSync(entry.file, buffer, 0, Math.min(buffer.length, to - entry.done), entry.done);
      if (read === 0) throw new Error("the file is shorter than was said");
      entry.hash.update(buffer.subarray(0, read));
      entry.done += read;
    }
    if (end || drop) {
      files.delete(id);
      closeSync(entry.file);
    }
    if (end) parentPort.postMessage({ id, digest: entry.hash.digest("hex") });
  } catch (error) {
    const entry = files.get(id);
    files.delete(id);
    if (entry !== undefined) closeSync(entry.file);
    parentPort.postMessage({ id, problem: String(error && error.message) });
  }
});
`;

interface Answer {
  readonly id: number;
  readonly digest?: string;
  readonly problem?: string;
}

/** One file that is being hashed. */
export interface FileHash {
  /** Bytes `[0, to)` of the file are final. */
  advance(to: number): void;
  /** Digest of the file, which has `to` bytes, in hexadecimal; rejects where it cannot be read. */
  finish(to: number): Promise<string>;
  /** Forgets the file. */
  drop(): void;
}

/** A thread that hashes files. It keeps no process alive, and starts with its first file. */
export class HashThread {
  #worker: Worker | null = null;
  #next = 0;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  /** What went wrong with files whose digest nobody has asked for yet. */
  readonly #failed = new Map<number, Answer>();

  #thread(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = new Worker(PROGRAM, { eval: true, env: {} });
    worker.unref();
    worker.on("message", (answer: Answer) => {
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if (waiting === undefined) this.#failed.set(answer.id, answer);
      else waiting(answer);
    });
    worker.on("error", (error) => this.#end(error.message));
    worker.on("exit", () => this.#end("the hashing thread has ended"));
    this.#worker = worker;
    return worker;
  }

  #end(problem: string): void {
    this.#worker = null;
    for (const [id, waiting] of this.#waiting) waiting({ id, problem });
    this.#waiting.clear();
  }

  /** Begins with a file that is there. */
  follow(path: string): FileHash {
    const id = this.#next++;
    const thread = this.#thread();
    thread.postMessage({ id, path });
    return {
      advance: (to) => thread.postMessage({ id, to }),
      finish: async (to) => {
        const failed = this.#failed.get(id);
        this.#failed.delete(id);
        const answer =
          failed ??
          (await new Promise<Answer>((resolve) => {
            this.#waiting.set(id, resolve);
            if (this.#worker === thread) thread.postMessage({ id, to, end: true });
            else this.#end("the hashing thread has ended");
          }));
        // Threads can fail to start where a machine is short of them: then it is done here, from the beginning.
        return answer.digest ?? (await digestOfFile(path)).digest;
      },
      drop: () => {
        this.#failed.delete(id);
        if (this.#worker === thread) thread.postMessage({ id, drop: true });
      },
    };
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }
}
