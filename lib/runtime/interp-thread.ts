/** @file The interpreter in a thread of its own, so that a long step does not keep the process from its other work. */
import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { InternalError } from "#lib/support/assert.ts";
import type { Tensor } from "#lib/tensors/tensor.ts";
import {
  type CallOptions,
  type DeviceTensor,
  type Engine,
  EngineError,
  type FunctionInfo,
  isDeviceTensor,
  type LoadedModule,
  type Program,
  type Value,
} from "./engine.ts";
import {
  compact,
  type InterpAnswer,
  type InterpResults,
  type InterpTask,
  type KeptTensor,
  type SentValue,
} from "./interp-host.ts";
import { NumberedTensor, numberAt } from "./numbered-tensor.ts";

/** The bundled entry point of the thread beside this module; null in the sources, where there is none. */
export function interpThreadFile(): URL | null {
  const file = new URL("./interp-worker.js", import.meta.url);
  return existsSync(file) ? file : null;
}

interface Waiting {
  readonly resolve: (result: InterpResults[InterpTask["op"]]) => void;
  readonly reject: (error: Error) => void;
}

const tensorAt = (
  engine: ThreadedInterpreter,
  { kept, dtype, shape }: KeptTensor,
): NumberedTensor => new NumberedTensor(engine, kept, dtype, shape);

class ThreadModule implements LoadedModule {
  readonly functions: readonly FunctionInfo[];
  private readonly engine: ThreadedInterpreter;
  private readonly number: number;

  constructor(engine: ThreadedInterpreter, number: number, functions: readonly FunctionInfo[]) {
    this.engine = engine;
    this.number = number;
    this.functions = functions;
  }

  async call(name: string, inputs: readonly Value[], options: CallOptions = {}): Promise<Value[]> {
    const { fetch = "all", consume = [] } = options;
    const sent = inputs.map(
      (value): SentValue => (isDeviceTensor(value) ? numberAt(this.engine, value) : value),
    );
    const results = await this.engine.ask({
      ...{ op: "call", module: this.number, name },
      ...{ inputs: sent, fetch, consume },
    });
    for (const index of consume) {
      const input = inputs[index];
      if (input instanceof NumberedTensor) input.number = 0;
    }
    return results.map((value) => ("kept" in value ? tensorAt(this.engine, value) : value));
  }

  async unload(): Promise<void> {
    await this.engine.ask({ op: "unload", module: this.number });
  }
}

/** An engine whose calls run in a thread. */
class ThreadedInterpreter implements Engine {
  readonly name = "interp";
  private readonly thread: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private failure: Error | null = null;
  private nextTask = 1;
  private nextModule = 1;

  constructor(file: URL) {
    // A thread needs nothing of what the process was started with.
    this.thread = new Worker(file, { argv: [], env: {}, execArgv: [] });
    this.thread.unref();
    this.thread.on("message", (answer: InterpAnswer) => this.receive(answer));
    this.thread.on("error", (error) => this.fail(error as Error));
    this.thread.on("exit", () => this.fail(new EngineError("the interpreter is closed")));
  }

  private receive(answer: InterpAnswer): void {
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    // Whoever closes it waits for its end, which must keep the process alive whatever is answered until then.
    if (this.waiting.size === 0 && this.failure === null) this.thread.unref();
    if ("result" in answer) waiting?.resolve(answer.result);
    else if (answer.failure === "engine")
      waiting?.reject(new EngineError(answer.message, answer.details));
    else waiting?.reject(new InternalError(answer.message));
  }

  private fail(error: Error): void {
    this.failure ??= error;
    for (const { reject } of this.waiting.values()) reject(this.failure);
    this.waiting.clear();
  }

  ask<Op extends InterpTask["op"]>(
    task: Extract<InterpTask, { op: Op }>,
  ): Promise<InterpResults[Op]> {
    if (this.failure !== null) return Promise.reject(this.failure);
    const id = this.nextTask++;
    return new Promise((resolve, reject) => {
      if (this.waiting.size === 0) this.thread.ref();
      this.waiting.set(id, { resolve: resolve as Waiting["resolve"], reject });
      this.thread.postMessage({ id, task });
    });
  }

  async load(program: Program): Promise<LoadedModule> {
    const { name } = program;
    if (program.kind === "vmfb")
      throw new EngineError(
        `'${name}' is compiled, and the interpreter runs MLIR only; use --engine=iree`,
      );
    const module = this.nextModule++;
    const functions = await this.ask({ op: "load", module, name, text: program.text });
    return new ThreadModule(this, module, functions);
  }

  async upload(tensors: readonly Tensor[]): Promise<DeviceTensor[]> {
    const kept = await this.ask({ op: "upload", tensors: tensors.map(compact) });
    return kept.map((tensor) => tensorAt(this, tensor));
  }

  async download(tensors: readonly DeviceTensor[]): Promise<Tensor[]> {
    const numbers = tensors.map((tensor) => numberAt(this, tensor));
    return [...(await this.ask({ op: "download", numbers }))];
  }

  free(number: number): void {
    // Whoever gives memory back does not wait for it.
    if (this.failure === null) this.ask({ op: "release", numbers: [number] }).catch(() => {});
  }

  async close(): Promise<void> {
    this.failure ??= new EngineError("the interpreter is closed");
    await this.thread.terminate();
  }
}

/** @param file - entry point of the thread. */
export const createThreadedInterpreter = (file: URL): Engine => new ThreadedInterpreter(file);
