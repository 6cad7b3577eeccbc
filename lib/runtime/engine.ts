/** @file What runs functions of a module: the interface that pcp-run, pcp-train and tests share. */
import type { Diagnostic } from "#lib/diag/diagnostic.ts";
import { filePosition } from "#lib/diag/loc.ts";
import type { DType } from "#lib/tensors/dtype.ts";
import type { Tensor } from "#lib/tensors/tensor.ts";

/**
 * A failure outside this program that stops what was asked: the compiler refused, the host died, inputs do not fit. `message` is
 * one line for the user; `details` are further lines, such as the last ones that a process wrote.
 */
export class EngineError extends Error {
  override readonly name: string = "EngineError";
  readonly details: readonly string[];

  constructor(message: string, details: readonly string[] = []) {
    super(message);
    this.details = details;
  }
}

/** The driver of a device is not installed on this machine: trying again does not help. */
export class NoDriverError extends EngineError {
  override readonly name = "NoDriverError";
}

/** Diagnostics with their places, for a failure in MLIR that this program itself reads or runs. */
export class DiagnosticsError extends EngineError {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    const [first] = diagnostics;
    const place = first === undefined ? null : filePosition(first.loc);
    const where = place === null ? "" : `${place.fileName}:${place.line}:${place.column}: `;
    super(`${where}${first?.message ?? "failed"}`, []);
    this.diagnostics = diagnostics;
  }
}

/** An argument or a result of a function, as the module itself describes it. */
export interface ValueInfo {
  /** `tensor`, `scalar` for a plain number, `opaque` for what the module does not describe. */
  readonly kind: "tensor" | "scalar" | "opaque";
  /** Null where opaque. */
  readonly dtype: DType | null;
  /** Null at a dynamic dimension; the whole is null where opaque. */
  readonly shape: readonly (number | null)[] | null;
  /** `pcp.name`, such as `wte.weight` or `wte.weight/m`. */
  readonly name: string | null;
  /** `pcp.role`: param, state, buffer, frozen, data, step, lr, loss, aux ... */
  readonly role: string | null;
  /** The type as the module spells it. */
  readonly type: string;
}

/** A function that can be called. */
export interface FunctionInfo {
  readonly name: string;
  readonly args: readonly ValueInfo[];
  readonly results: readonly ValueInfo[];
}

/** A tensor that stays where the engine keeps it. It lives until `release`, or until a call consumes it. */
export interface DeviceTensor {
  readonly kind: "device";
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** Brings the elements here; the tensor stays on the device. */
  read(): Promise<Tensor>;
  /** Gives the memory back; a second release does nothing. */
  release(): void;
}

/** An input or output of a call. */
export type Value = Tensor | DeviceTensor;

/** Whether a value lives on the device. */
export const isDeviceTensor = (value: Value): value is DeviceTensor =>
  "kind" in value && value.kind === "device";

/** What a call does with its results and inputs. */
export interface CallOptions {
  /** Results to bring back as tensors, by index; the others stay on the device. Default: all. */
  readonly fetch?: "all" | "none" | readonly number[];
  /** Inputs (device tensors) given up by this call, by index: they are released once it has succeeded. Default: none. */
  readonly consume?: readonly number[];
}

/** A call under way. */
export interface StartedCall {
  /**
   * Results that stay on the device, by index, which further calls may use at once; null for those that come back, and for
   * those whose shape only the call itself tells.
   */
  readonly kept: readonly (DeviceTensor | null)[];
  /** All results, when the call is done; rejects with {@link EngineError}, after which what was kept is unusable. */
  readonly done: Promise<Value[]>;
}

/** A module in an engine. */
export interface LoadedModule {
  readonly functions: readonly FunctionInfo[];
  /**
   * Begins a call without waiting for those before it, so that the device need not wait for this process between two steps.
   * Inputs given up are unusable from here on.
   */
  start?(name: string, inputs: readonly Value[], options?: CallOptions): StartedCall;
  /** Runs a function; rejects with {@link EngineError}. Calls on one engine run in the order in which they were made. */
  call(name: string, inputs: readonly Value[], options?: CallOptions): Promise<Value[]>;
  /** Forgets the module; its device tensors live on. */
  unload(): Promise<void>;
}

/** What to load. `name` is what messages call it. */
export type Program =
  | { readonly kind: "vmfb"; readonly name: string; readonly path: string }
  | { readonly kind: "mlir"; readonly name: string; readonly text: string };

/** Runs modules on one device. */
export interface Engine {
  /** `iree (local-task)`, `interp`. */
  readonly name: string;
  /** Loads a module, compiling it first where need be; rejects with {@link EngineError}. */
  load(program: Program): Promise<LoadedModule>;
  /** Copies tensors to the device, in one go. */
  upload(tensors: readonly Tensor[]): Promise<DeviceTensor[]>;
  /** Brings device tensors of this engine back, in one go. */
  download(tensors: readonly DeviceTensor[]): Promise<Tensor[]>;
  /** Ends the engine and whatever process it has; everything on the device is gone. */
  close(): Promise<void>;
}

/** The result at `index` as a tensor, which the call was told to bring back. */
export function fetched(values: readonly Value[], index: number): Tensor {
  const value = values[index];
  if (value === undefined || isDeviceTensor(value))
    throw new EngineError(`result ${index} was not brought back from the device`);
  return value;
}

/** The result at `index` as a device tensor, which the call was told to leave there. */
export function kept(values: readonly Value[], index: number): DeviceTensor {
  const value = values[index];
  if (value === undefined || !isDeviceTensor(value))
    throw new EngineError(`result ${index} was brought back from the device`);
  return value;
}
