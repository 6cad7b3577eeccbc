/** @file What a kernel makes of an op before anything runs: a plan with all shape arithmetic done. */
import type { StablehloDef, StablehloOpName } from "#lib/dialects/stablehlo/ops.ts";
import type { Block, Operation, Value } from "#lib/ir/graph.ts";
import type { OpView } from "#lib/ir/op-def.ts";
import { dtypeOf, isStatic, type Type } from "#lib/ir/types.ts";
import { present } from "#lib/support/assert.ts";
import { elementCount, type Shape } from "#lib/support/shape.ts";
import type { DType } from "#lib/tensors/dtype.ts";
import type { TensorData } from "#lib/tensors/tensor.ts";

/** Element type and shape of a value. */
export interface TensorSpec {
  readonly dtype: DType;
  readonly shape: Shape;
  /** Number of elements. */
  readonly count: number;
}

/** Arrays of one kind and length that wait to be used again. */
export interface Bucket {
  readonly spec: TensorSpec;
  readonly free: TensorData[];
}

/** A tensor's elements while a program runs; `refs` counts who still needs them. */
export interface Buffer {
  readonly data: TensorData;
  refs: number;
  /** Where the array goes when nobody needs it; null for inputs and constants, which are never overwritten. */
  readonly bucket: Bucket | null;
}

/** What kernels may ask of a running program. */
export interface Frame {
  /** A value's elements by its slot; null before it is computed and after its last use. */
  readonly slots: (Buffer | null)[];
  readonly machine: Machine;
}

/** State of one run. */
export interface Machine {
  retain(buffer: Buffer): Buffer;
  release(buffer: Buffer): void;
  /** Reports a problem that the program's user made, such as a failed check; the run goes on and ends as failed. */
  report(op: Operation, message: string): void;
  /** Runs a function by name, taking over the arguments' references. */
  call(name: string, args: readonly Buffer[], caller: Operation): Buffer[];
}

/** A region's block, ready to run. Takes over the arguments' references and hands over those of the results. */
export interface Body {
  run(frame: Frame, args: readonly Buffer[]): Buffer[];
}

/** Fills `outputs` from `inputs`; outputs hold anything at first. */
export type Compute = (
  inputs: readonly TensorData[],
  outputs: readonly TensorData[],
  frame: Frame,
) => void;

/** What an op does when it runs. */
export type Plan =
  /** A value known beforehand. */
  | { readonly kind: "constant"; readonly data: TensorData }
  /** Result i has the very elements of operand i. */
  | { readonly kind: "alias" }
  | {
      readonly kind: "compute";
      readonly run: Compute;
      /** What `run` gets instead of the operands. */
      readonly inputs?: readonly Value[];
      /** Inputs whose array result 0 may take over when they die, because element i depends on elements i only. */
      readonly inPlace?: readonly number[];
    }
  | {
      readonly kind: "update";
      readonly run: Compute;
      /** `outputs[i]` begins as the elements of operand i, in the same array where that operand dies. */
      readonly updates: number;
    }
  | {
      readonly kind: "control";
      /** Takes over the references of `inputs` and hands over those of the results. */
      readonly run: (inputs: Buffer[], frame: Frame) => Buffer[];
    };

/** What is behind a scatter whose window is partly outside: the specification drops elements, XLA whole windows. */
export type ScatterOutOfBounds = "element" | "window";

/** How a broadcast repeats its operand's `kept` elements: each `inner` times in a row, and that whole `times` times. */
export interface Repeat {
  readonly times: number;
  readonly kept: number;
  readonly inner: number;
}

/** An operand of an elementwise op, seen through a broadcast; `repeat` is null where it has every element itself. */
export interface Source {
  readonly value: Value;
  readonly repeat: Repeat | null;
}

/** What a kernel may ask while it plans. */
export interface PlanContext {
  readonly scatterOutOfBounds: ScatterOutOfBounds;
  /** Sees through a broadcast that need not be carried out. */
  source(value: Value): Source;
  /** Prepares a region's block. */
  body(block: Block): Body;
  /** Prepares a function that is called; what is wrong with the call, or null. */
  callProblem(name: string): string | null;
}

/** Why an op cannot be run: the message of a diagnostic at that op. */
export class Unsupported {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

/** Plans one op of a verified module. */
export type Kernel<K extends StablehloOpName> = (
  view: OpView<StablehloDef<K>>,
  context: PlanContext,
) => Plan | Unsupported;

/** One kernel per name. */
export type KernelTable<K extends StablehloOpName> = { readonly [N in K]: Kernel<N> };

/** Element type and shape of a static tensor type with storable elements, or null. */
export function specOf(type: Type): TensorSpec | null {
  if (type.kind === "tensor") {
    const dtype = dtypeOf(type.element) ?? (type.element.kind === "index" ? "i64" : null);
    if (dtype === null || !isStatic(type)) return null;
    return { dtype, shape: type.shape, count: elementCount(type.shape) };
  }
  const dtype = dtypeOf(type) ?? (type.kind === "index" ? "i64" : null);
  return dtype === null ? null : { dtype, shape: [], count: 1 };
}

/** The spec of a value whose type was checked before planning. */
export const valueSpec = (value: Value): TensorSpec =>
  present(specOf(value.type), `storage for ${value.type.text}`);
