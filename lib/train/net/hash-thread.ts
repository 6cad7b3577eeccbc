/** @file SHA-256 of a file or of shared memory while it grows, in a thread of its own, so that the network does not wait for it. */
import { createHash } from "node:crypto";
import { Worker } from "node:worker_threads";
import { digestOfFile } from "./disk-store.ts";

/**
 * Program of the thread, as text: so it needs no file of its own beside a bundle. It reads what it is told is there and hashes it.
 * In: `{id, path}` opens a file, `{id, memory}` begins with bytes in shared memory, `{id, to}` goes on up to a byte, `{id, to, end: true}` asks for the digest, `{id, drop: true}` forgets.
 */
const PROGRAM = `
const { createHash } = require("node:crypto");
const { openSync, readSync, closeSync } = require("node:fs");
const { parentPort } = require("node:worker_threads");
const all = new Map();
const buffer = Buffer.allocUnsafe(1 << 20);
const forget = (id) => {
  const file = all.get(id)?.file;
  all.delete(id);
  if (file !== undefined) closeSync(file);
};
parentPort.on("message", ({ id, path, memory, to, end, drop }) => {
  try {
    if (path !== undefined) all.set(id, { file: openSync(path, "r"), hash: createHash("sha256"), done: 0 });
    if (memory !== undefined) all.set(id, { memory, hash: createHash("sha256"), done: 0 });
    const entry = all.get(id);
    if (entry === undefined) return;
    while (to !== undefined && entry.done < to) {
      const wanted = Math.min(buffer.length, to - entry.done);
      const read = entry.memory ? wanted : readSync(entry.file, buffer, 0, wanted, entry.done);
      if (read === 0) throw new Error("the file is shorter than was said");
      entry.hash.update(entry.memory ? entry.memory.subarray(entry.done, entry.done + read) : buffer.subarray(0, read));
      entry.done += read;
    }
    if (end) parentPort.postMessage({ id, digest: entry.hash.digest("hex") });
    if (end || drop) forget(id);
  } catch (error) {
    forget(id);
    parentPort.postMessage({ id, problem: String(error && error.message) });
  }
});
`;

/** The thread hears of so many bytes at a time. */
const STEP_BYTES = 4 << 20;

interface Answer {
  readonly id: number;
  readonly digest?: string;
  readonly problem?: string;
}

/** What is being hashed. */
export interface GrowingHash {
  /** Bytes `[0, to)` are final. */
  advance(to: number): void;
  /** Digest of all, `to` bytes, in hexadecimal; rejects where they cannot be read. */
  finish(to: number): Promise<string>;
  /** Forgets it. */
  drop(): void;
}

/** A thread that hashes. It keeps no process alive, and starts with the first of its work. */
export class HashThread {
  #worker: Worker | null = null;
  #next = 0;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  /** What went wrong where nobody has asked for the digest yet. */
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
  follow(path: string): GrowingHash {
    return this.#begin({ path }, async () => (await digestOfFile(path)).digest);
  }

  /** Begins with bytes in shared memory. */
  followMemory(memory: Uint8Array<SharedArrayBuffer>): GrowingHash {
    return this.#begin({ memory }, async () => createHash("sha256").update(memory).digest("hex"));
  }

  /** `here` does the same in this thread, for what is small and where no thread can be had. */
  #begin(source: object, here: () => Promise<string>): GrowingHash {
    const id = this.#next++;
    let thread: Worker | null = null;
    let told = 0;
    const ask = (to: number): Promise<Answer> =>
      new Promise((resolve) => {
        this.#waiting.set(id, resolve);
        if (this.#worker === thread) thread?.postMessage({ id, to, end: true });
        else this.#end("the hashing thread has ended");
      });
    return {
      advance: (to) => {
        if (to - told < STEP_BYTES) return;
        told = to;
        if (thread === null) {
          thread = this.#thread();
          thread.postMessage({ id, ...source });
        }
        thread.postMessage({ id, to });
      },
      finish: async (to) => {
        if (thread === null) return here();
        const failed = this.#failed.get(id);
        this.#failed.delete(id);
        // Threads can fail to start where a machine is short of them: then it is done here, from the beginning.
        return (failed ?? (await ask(to))).digest ?? here();
      },
      drop: () => {
        this.#failed.delete(id);
        if (thread !== null && this.#worker === thread) thread.postMessage({ id, drop: true });
      },
    };
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }
}
