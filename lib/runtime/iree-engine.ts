/** @file The engine over IREE: modules compiled on demand, run by the device host, tensors kept on the device. */
import { bitWidth, type DType, isDType, isFloatDType } from "#lib/tensors/dtype.ts";
import {
  readNumber,
  type Tensor,
  tensorBytes,
  tensorFromNumbers,
  zeros,
} from "#lib/tensors/tensor.ts";
import { inputProblem } from "./check-inputs.ts";
import { DeviceHost, type HostInfo, INLINE_LIMIT, type Response } from "./device-host.ts";
import {
  type CallOptions,
  type DeviceTensor,
  type Engine,
  EngineError,
  type FunctionInfo,
  isDeviceTensor,
  type LoadedModule,
  type Program,
  type StartedCall,
  type Value,
  type ValueInfo,
} from "./engine.ts";
import { noSuchFunction } from "./functions.ts";
import { NumberedTensor, numberAt } from "./numbered-tensor.ts";
import type { Env, FoundPython } from "./python.ts";
import { parseDeclaration } from "./reflection.ts";
import { roundUp } from "./shared-folders.ts";
import { CUT, isCut, loadProblem } from "./vmfb.ts";

/** Turns MLIR text into a file that the device can load; the compile ladder in practice. */
export type Compile = (program: { name: string; text: string }) => Promise<{ path: string }>;

export interface IreeEngineOptions {
  readonly python: FoundPython;
  readonly env: Env;
  /** Device URI such as `local-task`, `local-sync`, `cuda://0`. */
  readonly device?: string;
  /** How modules in MLIR are compiled; without it only compiled modules load. */
  readonly compile?: Compile;
  /** Ends the host when aborted; calls under way fail. */
  readonly signal?: AbortSignal;
}

/** A tensor in a message: element type, shape, byte offset, byte length. */
type WireTensor = readonly [string, readonly number[], number, number];

interface Outgoing {
  readonly tensors: WireTensor[];
  readonly chunks: Uint8Array[];
  size: number;
}

function addTensor(outgoing: Outgoing, tensor: Tensor): WireTensor {
  const bytes = tensorBytes(tensor);
  const offset = roundUp(outgoing.size);
  const wire: WireTensor = [tensor.dtype, tensor.shape, offset, bytes.byteLength];
  outgoing.tensors.push(wire);
  outgoing.chunks.push(bytes);
  outgoing.size = offset + bytes.byteLength;
  return wire;
}

/** The chunks with the gaps between their aligned offsets filled. */
function padded({ tensors, chunks }: Outgoing): Uint8Array[] {
  const list: Uint8Array[] = [];
  let end = 0;
  for (const [index, chunk] of chunks.entries()) {
    const offset = tensors[index]?.[2] ?? end;
    if (offset > end) list.push(new Uint8Array(offset - end));
    list.push(chunk);
    end = offset + chunk.byteLength;
  }
  return list;
}

const dtypeOf = (name: unknown): DType => {
  if (typeof name === "string" && isDType(name)) return name;
  throw new EngineError(`the device host sent a tensor of unknown type '${String(name)}'`);
};

/** Runs compiled modules on one device. */
export class IreeEngine implements Engine {
  readonly name: string;
  readonly info: HostInfo;
  readonly host: DeviceHost;
  /** Seconds that calls have taken inside the runtime, without the way there and back. */
  invokeSeconds = 0;
  private readonly device: string;
  private readonly compile: Compile | null;
  private nextTensor = 1;
  private nextModule = 1;

  constructor(host: DeviceHost, info: HostInfo, device: string, compile: Compile | null) {
    this.name = `iree (${device})`;
    this.device = device;
    this.host = host;
    this.info = info;
    this.compile = compile;
  }

  async load(program: Program): Promise<LoadedModule> {
    let path: string;
    if (program.kind === "vmfb") path = program.path;
    else if (this.compile === null)
      throw new EngineError(`'${program.name}' is not compiled, and there is no compiler`);
    else path = (await this.compile(program)).path;
    if (isCut(path)) throw new EngineError(`'${program.name}': ${CUT}`);
    const module = this.nextModule++;
    let response: Response;
    try {
      response = await this.host.request("load", { module, path });
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      throw new EngineError(`'${program.name}': ${error.message}`, error.details);
    }
    const { problem } = response.header;
    if (typeof problem === "string")
      throw new EngineError(
        `'${program.name}': ${loadProblem(problem, this.device, this.info.runtime)}`,
      );
    const listed = response.header["functions"] as [string, Record<string, string>][];
    const functions: FunctionInfo[] = [];
    const shapes = new Map<string, ValueInfo["shape"]>();
    for (const [name, reflection] of listed) {
      const declaration = reflection["iree.abi.declaration"];
      const parsed = declaration === undefined ? null : parseDeclaration(name, declaration, shapes);
      if (parsed !== null) functions.push(parsed);
    }
    return new IreeModule(this, module, functions);
  }

  async upload(tensors: readonly Tensor[]): Promise<DeviceTensor[]> {
    const outgoing: Outgoing = { tensors: [], chunks: [], size: 0 };
    const numbers = tensors.map((tensor) => {
      addTensor(outgoing, tensor);
      return this.reserve();
    });
    await this.requestWith("put", { numbers, tensors: outgoing.tensors }, outgoing);
    return tensors.map(
      ({ dtype, shape }, index) => new NumberedTensor(this, numbers[index] as number, dtype, shape),
    );
  }

  async download(tensors: readonly DeviceTensor[]): Promise<Tensor[]> {
    const numbers = tensors.map((tensor) => numberAt(this, tensor));
    return this.received(await this.host.request("get", { numbers }));
  }

  close(): Promise<void> {
    return this.host.close();
  }

  /** What the device's allocator has counted, or null where it does not count. */
  async statistics(): Promise<Readonly<Record<string, number>> | null> {
    const { header } = await this.host.request("statistics", {});
    return header["statistics"] as Readonly<Record<string, number>> | null;
  }

  reserve(): number {
    return this.nextTensor++;
  }

  free(number: number): void {
    this.host.free(number);
  }

  /** Sends a request whose tensors go along in the pipe or, where they are large, in a file. */
  async requestWith(
    op: string,
    header: Readonly<Record<string, unknown>>,
    outgoing: Outgoing,
  ): Promise<Response> {
    if (outgoing.size <= INLINE_LIMIT) return this.host.request(op, header, padded(outgoing));
    const { folders } = this.host;
    const file = folders.write(outgoing.chunks, outgoing.size);
    try {
      return await this.host.request(op, { ...header, file, fileSize: outgoing.size });
    } finally {
      folders.remove(file);
    }
  }

  /** Tensors of a response. */
  received({ header, payload }: Response): Tensor[] {
    const wires = header["tensors"] as readonly WireTensor[];
    const tensors = wires.map(([dtype, shape]) => zeros(dtypeOf(dtype), shape));
    const targets = wires.map(([, , offset, length], index) => {
      const bytes = tensorBytes(tensors[index] as Tensor);
      if (bytes.byteLength !== length)
        throw new EngineError(
          `the device host sent ${length} bytes where ${bytes.byteLength} were due`,
        );
      return { offset, bytes };
    });
    const file = header["file"];
    if (typeof file === "string") this.host.folders.readInto(file, targets);
    else
      for (const { offset, bytes } of targets)
        bytes.set(payload.subarray(offset, offset + bytes.byteLength));
    return tensors;
  }
}

/** How one result of a function comes back where it is not asked for: kept under a number, kept and described, or a number. */
type ResultKind = "static" | "dynamic" | "int" | "float";

const resultKind = ({ kind, dtype, shape }: ValueInfo): ResultKind => {
  if (kind === "scalar") return dtype !== null && isFloatDType(dtype) ? "float" : "int";
  // What the module declares need not be told again with every call.
  return kind === "tensor" && shape?.every((size) => size !== null) === true ? "static" : "dynamic";
};

class IreeModule implements LoadedModule {
  readonly functions: readonly FunctionInfo[];
  private readonly byName: ReadonlyMap<string, { info: FunctionInfo; results: ResultKind[] }>;
  private readonly engine: IreeEngine;
  private readonly module: number;

  constructor(engine: IreeEngine, module: number, functions: readonly FunctionInfo[]) {
    this.engine = engine;
    this.module = module;
    this.functions = functions;
    this.byName = new Map(
      functions.map((info) => [info.name, { info, results: info.results.map(resultKind) }]),
    );
  }

  async call(name: string, inputs: readonly Value[], options: CallOptions = {}): Promise<Value[]> {
    return this.start(name, inputs, options).done;
  }

  start(name: string, inputs: readonly Value[], options: CallOptions = {}): StartedCall {
    const known = this.byName.get(name);
    if (known === undefined) throw new EngineError(noSuchFunction(name, this.functions));
    const { info } = known;
    const problem = inputProblem(info, inputs);
    if (problem !== null) throw new EngineError(problem);
    const { engine } = this;
    const outgoing: Outgoing = { tensors: [], chunks: [], size: 0 };
    const args = inputs.map((input, index) => {
      if (isDeviceTensor(input)) return numberAt(engine, input);
      if (info.args[index]?.kind === "scalar")
        return [isFloatDType(input.dtype) ? "float" : "int", scalarText(input)];
      return addTensor(outgoing, input);
    });
    const consumed = consumedInputs(inputs, options.consume ?? []);
    const results = this.resultNumbers(known.results, options.fetch ?? "all");
    const answer = engine.requestWith(
      "call",
      {
        module: this.module,
        function: name,
        arguments: packNumbers(args),
        results: packNumbers(results),
        consume: packNumbers(consumed.map(({ number }) => number)),
      },
      outgoing,
    );
    const given = consumed.map(({ number }) => number);
    for (const tensor of consumed) tensor.number = 0;
    // Handles on what stays there are made while the device computes.
    const kept = results.map((number, index) =>
      typeof number === "number" && number > 0 ? this.handle(number, info.results[index]) : null,
    );
    const finish = async (): Promise<Value[]> => {
      try {
        const response = await answer;
        engine.invokeSeconds += response.header["seconds"] as number;
        return this.collect(info, results, kept, response);
      } catch (error) {
        // What was given up is still there, and what was to be kept is not.
        consumed.forEach((tensor, index) => {
          tensor.number = given[index] as number;
        });
        for (const tensor of kept) if (tensor !== null) tensor.number = 0;
        throw error;
      }
    };
    return { kept, done: finish() };
  }

  async unload(): Promise<void> {
    await this.engine.host.request("unload", { module: this.module });
  }

  private handle(number: number, info: ValueInfo | undefined): NumberedTensor {
    return new NumberedTensor(
      this.engine,
      number,
      info?.dtype as DType,
      info?.shape as readonly number[],
    );
  }

  /** What the host does with each result: 0 brings it back, a number keeps it (negated: and tells its shape). */
  private resultNumbers(
    kinds: readonly ResultKind[],
    fetch: "all" | "none" | readonly number[],
  ): (number | string)[] {
    return kinds.map((kind, index) => {
      if (kind === "int" || kind === "float") return kind;
      if (fetch === "all" || (fetch !== "none" && fetch.includes(index))) return 0;
      return kind === "static" ? this.engine.reserve() : -this.engine.reserve();
    });
  }

  private collect(
    info: FunctionInfo,
    results: readonly (number | string)[],
    values: readonly (Value | null)[],
    response: Response,
  ): Value[] {
    const brought = this.engine.received(response).values();
    const kept = (response.header["kept"] as readonly [string, readonly number[]][]).values();
    const scalars = (response.header["scalars"] as readonly string[]).values();
    return values.map((value, index) => {
      if (value !== null) return value;
      const number = results[index];
      if (typeof number === "string")
        return scalarResult(dtypeOf(info.results[index]?.dtype), scalars.next().value ?? "");
      if (number === 0) return brought.next().value as Tensor;
      const [dtype, shape] = kept.next().value as [string, readonly number[]];
      return new NumberedTensor(this.engine, -(number as number), dtypeOf(dtype), shape);
    });
  }
}

/** The inputs that a call gives up; only device tensors can be. */
function consumedInputs(inputs: readonly Value[], indices: readonly number[]): NumberedTensor[] {
  return indices.map((index) => {
    const input = inputs[index];
    if (input instanceof NumberedTensor) return input;
    throw new EngineError(`input ${index} cannot be consumed`);
  });
}

/** Replaces runs of three and more consecutive numbers by [first, count]: state is numbered in order, and messages stay short. */
function packNumbers<T>(list: readonly (number | T)[]): (number | T | [number, number])[] {
  const packed: (number | T | [number, number])[] = [];
  for (let start = 0; start < list.length; ) {
    const first = list[start] as number | T;
    let end = start + 1;
    if (typeof first === "number" && first > 0)
      while (end < list.length && list[end] === first + (end - start)) end++;
    if (typeof first === "number" && end - start >= 3) packed.push([first, end - start]);
    else packed.push(...list.slice(start, end));
    start = end;
  }
  return packed;
}

/** A plain number for a function that takes one, as text: all digits of integers, and infinities, which JSON lacks. */
export function scalarText(tensor: Tensor): string {
  if (bitWidth(tensor.dtype) > 32 && !isFloatDType(tensor.dtype)) return String(tensor.data[0]);
  const number = readNumber(tensor, 0);
  return Object.is(number, -0) ? "-0" : String(number);
}

/** A plain number that a function returned, as Python writes it. */
function scalarResult(dtype: DType, text: string): Tensor {
  const number = Number(text.replace("inf", "Infinity"));
  const tensor = tensorFromNumbers(dtype, [], [number]);
  if (bitWidth(dtype) > 32 && !isFloatDType(dtype)) tensor.data[0] = BigInt(text);
  return tensor;
}

/** Starts the device host for one device; rejects with {@link EngineError} where that cannot be done. */
export async function createIreeEngine(options: IreeEngineOptions): Promise<IreeEngine> {
  const { python, env, device = "local-task", compile = null, signal } = options;
  const { host, info } = await DeviceHost.start({ python, device, env });
  if (signal !== undefined) {
    const onAbort = (): void => host.kill();
    signal.addEventListener("abort", onAbort, { once: true });
    void host.ended.then(() => signal.removeEventListener("abort", onAbort));
    if (signal.aborted) host.kill();
  }
  return new IreeEngine(host, info, device, compile);
}
