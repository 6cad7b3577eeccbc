/** @file The engine over the embedded interpreter: nothing to install, MLIR text only, tensors in this process. */
import { type Executable, prepareFunction } from "#lib/interp/interpret.ts";
import type { Operation } from "#lib/ir/graph.ts";
import type { Tensor } from "#lib/tensors/tensor.ts";
import { inputProblem } from "./check-inputs.ts";
import { describeFunctions } from "./describe.ts";
import {
  type CallOptions,
  type DeviceTensor,
  DiagnosticsError,
  type Engine,
  EngineError,
  type FunctionInfo,
  isDeviceTensor,
  type LoadedModule,
  type Program,
  type Value,
} from "./engine.ts";
import { noSuchFunction } from "./functions.ts";
import { LocalTensor, localValue, settleLocally } from "./local-tensor.ts";

/** Turns text into a verified module; rejects with {@link DiagnosticsError} where it is not one. */
export type ParseProgram = (program: { readonly name: string; readonly text: string }) => Operation;

class InterpretedModule implements LoadedModule {
  readonly functions: readonly FunctionInfo[];
  private readonly module: Operation;
  private readonly prepared = new Map<string, Executable>();

  constructor(module: Operation) {
    this.module = module;
    this.functions = describeFunctions(module);
  }

  async call(name: string, inputs: readonly Value[], options: CallOptions = {}): Promise<Value[]> {
    const info = this.functions.find((candidate) => candidate.name === name);
    if (info === undefined) throw new EngineError(noSuchFunction(name, this.functions));
    const problem = inputProblem(info, inputs);
    if (problem !== null) throw new EngineError(problem);
    // Arrays that only the engine holds may be overwritten; one that is given twice may not.
    const consume = (options.consume ?? []).filter((index) => {
      const input = inputs[index];
      return (
        input !== undefined &&
        isDeviceTensor(input) &&
        inputs.indexOf(input) === inputs.lastIndexOf(input)
      );
    });
    const outcome = this.executable(name).run(inputs.map(localValue), { consume });
    if (!outcome.ok) throw new DiagnosticsError(outcome.diagnostics);
    return settleLocally(inputs, outcome.results, options);
  }

  async unload(): Promise<void> {
    this.prepared.clear();
  }

  private executable(name: string): Executable {
    const known = this.prepared.get(name);
    if (known !== undefined) return known;
    const prepared = prepareFunction(this.module, name);
    if (!prepared.ok) throw new DiagnosticsError(prepared.diagnostics);
    this.prepared.set(name, prepared.executable);
    return prepared.executable;
  }
}

/** An engine that interprets. */
export function createInterpEngine(parse: ParseProgram): Engine {
  return {
    name: "interp",
    async load(program: Program): Promise<LoadedModule> {
      if (program.kind === "vmfb")
        throw new EngineError(
          `'${program.name}' is compiled, and the interpreter runs MLIR only; use --engine=iree`,
        );
      return new InterpretedModule(parse(program));
    },
    async upload(tensors: readonly Tensor[]): Promise<DeviceTensor[]> {
      return tensors.map(
        ({ dtype, shape, data }) => new LocalTensor({ dtype, shape, data: data.slice() }),
      );
    },
    async download(tensors: readonly DeviceTensor[]): Promise<Tensor[]> {
      return Promise.all(tensors.map((tensor) => tensor.read()));
    },
    async close() {},
  };
}
