/** @file The engine over the `iree-run-module` program: one process a call, tensors through files; for comparison and one-shot runs. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isProblem } from "#lib/support/problem.ts";
import { decodeNpy } from "#lib/tensors/npy.ts";
import {
  readNumber,
  type Tensor,
  tensorByteLength,
  tensorBytes,
  tensorFromBytes,
  tensorFromNumbers,
} from "#lib/tensors/tensor.ts";
import { inputProblem } from "./check-inputs.ts";
import { tellingLines } from "./compile.ts";
import { MALLOC_SETTINGS } from "./device-host.ts";
import {
  type CallOptions,
  type DeviceTensor,
  type Engine,
  EngineError,
  type FunctionInfo,
  type LoadedModule,
  type Program,
  type Value,
  type ValueInfo,
} from "./engine.ts";
import { spellElementType } from "./format.ts";
import { noSuchFunction } from "./functions.ts";
import { type Compile, scalarText } from "./iree-engine.ts";
import { LocalTensor, localValue, settleLocally } from "./local-tensor.ts";
import type { Env } from "./python.ts";
import { parseDeclaration } from "./reflection.ts";
import { CUT, isCut, loadProblem } from "./vmfb.ts";

export interface ModuleRunnerOptions {
  /** Release of the runtime that the programs belong to. */
  readonly version: string;
  /** Paths of the two programs. */
  readonly runModule: string;
  readonly dumpModule: string;
  readonly env: Env;
  /** Ends the program that is running. */
  readonly signal?: AbortSignal;
  readonly device?: string;
  readonly compile?: Compile;
}

/** Element types that the program writes as .npy; others only as raw bytes. */
const NPY_DTYPES = /^(i1|u?i(8|16|32|64)|f16|f32|f64|complex<f32>)$/;

interface Outcome {
  readonly stdout: string;
  readonly problem: readonly string[] | null;
}

async function runProgram(
  path: string,
  args: readonly string[],
  { env, signal }: Pick<ModuleRunnerOptions, "env" | "signal">,
): Promise<Outcome> {
  const { execa } = await import("execa");
  const result = await execa(path, args, {
    env: { ...env, ...MALLOC_SETTINGS },
    extendEnv: false,
    reject: false,
    stdin: "ignore",
    maxBuffer: 1 << 28,
    forceKillAfterDelay: 1000,
    ...(signal === undefined ? {} : { cancelSignal: signal }),
  });
  if (result.exitCode === 0) return { stdout: result.stdout, problem: null };
  const lines = (result.stderr ?? "").split("\n").filter((line) => line.trim() !== "");
  const how =
    result.signal === undefined ? `exit code ${result.exitCode}` : `signal ${result.signal}`;
  return { stdout: "", problem: lines.length > 0 ? lines : [how] };
}

/** Functions as `iree-dump-module` lists them. */
function parseDump(text: string): FunctionInfo[] {
  const functions: FunctionInfo[] = [];
  for (const [, declaration = ""] of text.matchAll(/^\s*iree\.abi\.declaration: (.*)$/gm)) {
    const name = /@([\w$.-]+)\(/.exec(declaration)?.[1];
    const parsed = name === undefined ? null : parseDeclaration(name, declaration);
    if (parsed !== null) functions.push(parsed);
  }
  return functions;
}

class RunnerModule implements LoadedModule {
  readonly functions: readonly FunctionInfo[];
  private readonly name: string;
  private readonly options: ModuleRunnerOptions;
  private readonly path: string;

  constructor(
    name: string,
    options: ModuleRunnerOptions,
    path: string,
    functions: readonly FunctionInfo[],
  ) {
    this.name = name;
    this.options = options;
    this.path = path;
    this.functions = functions;
  }

  async call(name: string, inputs: readonly Value[], options: CallOptions = {}): Promise<Value[]> {
    const info = this.functions.find((candidate) => candidate.name === name);
    if (info === undefined) throw new EngineError(noSuchFunction(name, this.functions));
    const tensors = inputs.map(localValue);
    const problem = inputProblem(info, tensors);
    if (problem !== null) throw new EngineError(problem);
    const { env, device = "local-task", runModule } = this.options;
    const folder = mkdtempSync(join(env["TMPDIR"] ?? "/tmp", "pcp-run-"));
    try {
      const args = [
        `--device=${device}`,
        `--module=${this.path}`,
        `--function=${name}`,
        ...tensors.map((tensor, index) => inputFlag(folder, index, tensor, info.args[index])),
        ...info.results.map((result, index) => `--output=@${outputPath(folder, index, result)}`),
      ];
      const outcome = await runProgram(runModule, args, this.options);
      if (outcome.problem !== null) throw failedCall(outcome.problem, this.name, this.options);
      const results = info.results.map((result, index) => readResult(folder, index, result));
      return settleLocally(inputs, results, options);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  async unload(): Promise<void> {}
}

/** The program loads the module anew for every call, so that either may have failed. */
function failedCall(
  lines: readonly string[],
  name: string,
  { device = "local-task", version }: ModuleRunnerOptions,
): EngineError {
  const text = lines.join(" ");
  return text.includes("creating VM context")
    ? new EngineError(`'${name}': ${loadProblem(text, device, version)}`)
    : new EngineError("iree-run-module failed", tellingLines(lines.join("\n"), name));
}

function inputFlag(
  folder: string,
  index: number,
  tensor: Tensor,
  info: ValueInfo | undefined,
): string {
  if (info?.kind === "scalar") return `--input=${scalarText(tensor)}`;
  const path = join(folder, `input-${index}.bin`);
  writeFileSync(path, tensorBytes(tensor));
  return `--input=${[...tensor.shape, spellElementType(tensor.dtype)].join("x")}=@${path}`;
}

const outputPath = (folder: string, index: number, { dtype }: ValueInfo): string =>
  join(folder, `output-${index}.${dtype !== null && NPY_DTYPES.test(dtype) ? "npy" : "bin"}`);

function readResult(folder: string, index: number, info: ValueInfo): Tensor {
  const path = outputPath(folder, index, info);
  const bytes = new Uint8Array(readFileSync(path));
  if (path.endsWith(".npy")) {
    const tensor = decodeNpy(bytes);
    if (isProblem(tensor)) throw new EngineError(`result ${index}: ${tensor.problem}`);
    return info.dtype === tensor.dtype || info.kind !== "scalar" || info.dtype === null
      ? tensor
      : tensorFromNumbers(info.dtype, [], [readNumber(tensor, 0)]);
  }
  const { dtype, shape } = info;
  const known = shape?.filter((size) => size !== null) ?? [];
  if (dtype === null || shape === null || known.length !== shape.length)
    throw new EngineError(
      `result ${index} (${info.type}) cannot be brought back by iree-run-module; use the device host`,
    );
  if (bytes.byteLength !== tensorByteLength(dtype, known))
    throw new EngineError(
      `result ${index} has ${bytes.byteLength} bytes, which ${info.type} does not take`,
    );
  return tensorFromBytes(dtype, known, bytes);
}

/** An engine that starts `iree-run-module` for every call. */
export function createModuleRunner(options: ModuleRunnerOptions): Engine {
  const { compile, dumpModule, version, device = "local-task" } = options;
  return {
    name: `iree-run-module (${device})`,
    async load(program: Program): Promise<LoadedModule> {
      if (program.kind === "mlir" && compile === undefined)
        throw new EngineError(`'${program.name}' is not compiled, and there is no compiler`);
      const path =
        program.kind === "vmfb" ? program.path : ((await compile?.(program))?.path ?? program.name);
      if (isCut(path)) throw new EngineError(`'${program.name}': ${CUT}`);
      const outcome = await runProgram(dumpModule, [path], options);
      if (outcome.problem !== null)
        throw new EngineError(
          `'${program.name}': ${loadProblem(outcome.problem.join(" "), device, version)}`,
        );
      return new RunnerModule(program.name, options, path, parseDump(outcome.stdout));
    },
    async upload(tensors: readonly Tensor[]): Promise<DeviceTensor[]> {
      return tensors.map((tensor) => new LocalTensor(tensor));
    },
    async download(tensors: readonly DeviceTensor[]): Promise<Tensor[]> {
      return Promise.all(tensors.map((tensor) => tensor.read()));
    },
    async close() {},
  };
}
