/** @file Tensors that live elsewhere, in a process or thread that knows them by number. */
import type { DType } from "#lib/tensors/dtype.ts";
import type { Tensor } from "#lib/tensors/tensor.ts";
import { type DeviceTensor, EngineError } from "./engine.ts";

/** Who has the tensors. */
export interface TensorKeeper {
  download(tensors: readonly DeviceTensor[]): Promise<Tensor[]>;
  /** Gives the memory of a number back, without waiting for it. */
  free(number: number): void;
}

export class NumberedTensor implements DeviceTensor {
  readonly kind = "device";
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly keeper: TensorKeeper;
  /** 0 once released. */
  number: number;

  constructor(keeper: TensorKeeper, number: number, dtype: DType, shape: readonly number[]) {
    this.keeper = keeper;
    this.number = number;
    this.dtype = dtype;
    this.shape = shape;
  }

  async read(): Promise<Tensor> {
    const [tensor] = await this.keeper.download([this]);
    return tensor as Tensor;
  }

  release(): void {
    if (this.number !== 0) this.keeper.free(this.number);
    this.number = 0;
  }
}

/** The number by which a keeper knows a tensor. @throws EngineError where it is another's, or released. */
export function numberAt(keeper: TensorKeeper, tensor: DeviceTensor): number {
  if (!(tensor instanceof NumberedTensor) || tensor.keeper !== keeper)
    throw new EngineError("a device tensor of another engine is used");
  if (tensor.number === 0) throw new EngineError("a device tensor is used after its release");
  return tensor.number;
}
