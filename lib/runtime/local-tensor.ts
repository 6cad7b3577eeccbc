/** @file Device tensors of engines whose device is this process's own memory. */
import type { DType } from "#lib/tensors/dtype.ts";
import type { Tensor } from "#lib/tensors/tensor.ts";
import {
  type CallOptions,
  type DeviceTensor,
  EngineError,
  isDeviceTensor,
  type Value,
} from "./engine.ts";

/** A handle on a tensor in memory; handles of one engine share nothing with those of another. */
export class LocalTensor implements DeviceTensor {
  readonly kind = "device";
  readonly dtype: DType;
  readonly shape: readonly number[];
  private tensor: Tensor | null;

  constructor(tensor: Tensor) {
    this.tensor = tensor;
    this.dtype = tensor.dtype;
    this.shape = tensor.shape;
  }

  /** The tensor itself, not a copy. */
  peek(): Tensor {
    if (this.tensor === null) throw new EngineError("a device tensor is used after its release");
    return this.tensor;
  }

  async read(): Promise<Tensor> {
    const { dtype, shape, data } = this.peek();
    return { dtype, shape, data: data.slice() };
  }

  release(): void {
    this.tensor = null;
  }
}

/** The tensor behind an input. */
export function localValue(value: Value): Tensor {
  if (!isDeviceTensor(value)) return value;
  if (value instanceof LocalTensor) return value.peek();
  throw new EngineError("a device tensor of another engine is used");
}

/** Hands results out as the options ask: brought back or as handles; releases the inputs given up. */
export function settleLocally(
  inputs: readonly Value[],
  results: readonly Tensor[],
  { fetch = "all", consume = [] }: CallOptions,
): Value[] {
  for (const index of consume) {
    const input = inputs[index];
    if (input !== undefined && isDeviceTensor(input)) input.release();
  }
  return results.map((tensor, index) =>
    fetch === "all" || (fetch !== "none" && fetch.includes(index))
      ? tensor
      : new LocalTensor(tensor),
  );
}
