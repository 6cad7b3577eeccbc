/** @file The interpreter behind messages: what its thread does with requests, and what requests and answers are. */
import type { Tensor } from "#lib/tensors/tensor.ts";
import {
  type DeviceTensor,
  type Engine,
  EngineError,
  type FunctionInfo,
  isDeviceTensor,
  type LoadedModule,
} from "./engine.ts";

/** A tensor that stays in the thread, by number. */
export interface KeptTensor {
  readonly kept: number;
  readonly dtype: Tensor["dtype"];
  readonly shape: readonly number[];
}

/** A tensor in a message, or the number of one that is kept. */
export type SentValue = Tensor | number;

export type InterpTask =
  | { readonly op: "load"; readonly module: number; readonly name: string; readonly text: string }
  | { readonly op: "unload"; readonly module: number }
  | {
      readonly op: "call";
      readonly module: number;
      readonly name: string;
      readonly inputs: readonly SentValue[];
      readonly fetch: "all" | "none" | readonly number[];
      readonly consume: readonly number[];
    }
  | { readonly op: "upload"; readonly tensors: readonly Tensor[] }
  | { readonly op: "download"; readonly numbers: readonly number[] }
  | { readonly op: "release"; readonly numbers: readonly number[] };

/** What each task gives. */
export interface InterpResults {
  readonly load: readonly FunctionInfo[];
  readonly unload: null;
  readonly call: readonly (Tensor | KeptTensor)[];
  readonly upload: readonly KeptTensor[];
  readonly download: readonly Tensor[];
  readonly release: null;
}

export type InterpAnswer =
  | { readonly id: number; readonly result: InterpResults[InterpTask["op"]] }
  | {
      readonly id: number;
      /** `engine`: a failure to be told; else a bug. */
      readonly failure: "engine" | "bug";
      readonly message: string;
      readonly details: readonly string[];
    };

/** A tensor whose array is all of its buffer: of a view a message would carry the whole buffer. */
export const compact = (tensor: Tensor): Tensor =>
  tensor.data.byteLength === tensor.data.buffer.byteLength
    ? tensor
    : { ...tensor, data: tensor.data.slice() };

/** Modules and kept tensors of one thread. */
export class InterpHost {
  private readonly engine: Engine;
  private readonly modules = new Map<number, LoadedModule>();
  private readonly tensors = new Map<number, DeviceTensor>();
  private next = 1;

  constructor(engine: Engine) {
    this.engine = engine;
  }

  async run(task: InterpTask): Promise<InterpResults[InterpTask["op"]]> {
    switch (task.op) {
      case "load": {
        const { module, name, text } = task;
        const loaded = await this.engine.load({ kind: "mlir", name, text });
        this.modules.set(module, loaded);
        return loaded.functions;
      }
      case "unload":
        await this.modules.get(task.module)?.unload();
        this.modules.delete(task.module);
        return null;
      case "call":
        return this.call(task);
      case "upload":
        return (await this.engine.upload(task.tensors)).map((tensor) => this.keep(tensor));
      case "download":
        return (await this.engine.download(task.numbers.map((number) => this.tensor(number)))).map(
          compact,
        );
      case "release":
        for (const number of task.numbers) {
          this.tensors.get(number)?.release();
          this.tensors.delete(number);
        }
        return null;
    }
  }

  private async call(
    task: Extract<InterpTask, { op: "call" }>,
  ): Promise<readonly (Tensor | KeptTensor)[]> {
    const module = this.modules.get(task.module);
    if (module === undefined) throw new EngineError("the module has been unloaded");
    const inputs = task.inputs.map((value) =>
      typeof value === "number" ? this.tensor(value) : value,
    );
    const { fetch, consume } = task;
    const results = await module.call(task.name, inputs, { fetch, consume });
    for (const index of consume) {
      const input = task.inputs[index];
      if (typeof input === "number") this.tensors.delete(input);
    }
    return results.map((value) => (isDeviceTensor(value) ? this.keep(value) : compact(value)));
  }

  private tensor(number: number): DeviceTensor {
    const tensor = this.tensors.get(number);
    if (tensor === undefined) throw new EngineError("a device tensor is used after its release");
    return tensor;
  }

  private keep(tensor: DeviceTensor): KeptTensor {
    const kept = this.next++;
    this.tensors.set(kept, tensor);
    return { kept, dtype: tensor.dtype, shape: tensor.shape };
  }
}
