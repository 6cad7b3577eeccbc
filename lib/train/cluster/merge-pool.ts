/** @file Threads that merge, so that the shepherd's own thread never does arithmetic. */
import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { DamagedBlob } from "../diloco/merge-fragment.ts";
import { type MergeTask, type MergeTaskResults, runMergeTask } from "./merge-task.ts";
import type { MergeAnswer } from "./merge-worker.ts";

type AnyResult = MergeTaskResults[MergeTask["kind"]];

interface Job {
  readonly task: MergeTask;
  readonly resolve: (result: AnyResult) => void;
  readonly reject: (error: Error) => void;
}

/** The bundled entry point of merging threads beside this module; null in the sources, where there is none. */
export function mergeThreadFile(): URL | null {
  const file = new URL("./merge-worker.js", import.meta.url);
  return existsSync(file) ? file : null;
}

function errorOf({ name, message, code }: Extract<MergeAnswer, { kind: "failed" }>): Error {
  if (name === "DamagedBlob") return new DamagedBlob(message);
  return Object.assign(new Error(message), code === null ? {} : { code });
}

/** A fixed number of threads, started when there is work for them; an idle one does not keep the process alive. */
export class MergePool {
  readonly #file: URL | null;
  readonly #threads: number;
  readonly #waiting: Job[] = [];
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Job>();
  #closed = false;

  /** @param file - entry point of a thread; null: tasks are done in this thread. */
  constructor(file: URL | null, threads: number) {
    this.#file = file;
    this.#threads = threads;
  }

  /** Does a task in its turn. @throws DamagedBlob, and what the file system says. */
  run<K extends MergeTask["kind"]>(
    task: Extract<MergeTask, { kind: K }>,
  ): Promise<MergeTaskResults[K]> {
    return new Promise((resolve, reject) => {
      if (this.#closed) reject(new Error("the merging threads have been ended"));
      else if (this.#file === null) resolve(runMergeTask<K>(task));
      else {
        this.#waiting.push({
          task,
          resolve: (result) => resolve(result as MergeTaskResults[K]),
          reject,
        });
        this.#next(this.#file);
      }
    });
  }

  #next(file: URL): void {
    if (this.#waiting.length === 0) return;
    let thread = this.#idle.pop();
    if (thread === undefined) {
      if (this.#busy.size >= this.#threads) return;
      thread = this.#start(file);
    }
    const job = this.#waiting.shift();
    if (job === undefined) return;
    thread.ref();
    this.#busy.set(thread, job);
    thread.postMessage(job.task);
  }

  #start(file: URL): Worker {
    // A thread needs nothing of what the process was started with.
    const thread = new Worker(file, { argv: [], env: {}, execArgv: [] });
    thread.on("message", (answer: MergeAnswer) => {
      const job = this.#busy.get(thread);
      this.#busy.delete(thread);
      thread.unref();
      this.#idle.push(thread);
      if (answer.kind === "done") job?.resolve(answer.result);
      else job?.reject(errorOf(answer));
      this.#next(file);
    });
    let why = new Error("a merging thread has ended");
    thread.on("error", (error) => {
      why = error;
    });
    thread.on("exit", () => {
      const job = this.#busy.get(thread);
      this.#busy.delete(thread);
      const place = this.#idle.indexOf(thread);
      if (place >= 0) this.#idle.splice(place, 1);
      job?.reject(why);
      if (!this.#closed) this.#next(file);
    });
    return thread;
  }

  /** Ends all threads; what they were doing is rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { reject } of this.#waiting.splice(0))
      reject(new Error("the merging threads have been ended"));
    await Promise.all([...this.#idle, ...this.#busy.keys()].map((thread) => thread.terminate()));
  }
}
