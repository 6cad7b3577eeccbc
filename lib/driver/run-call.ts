/** @file pcp-run's main job: calls one function of a module and prints, writes or checks its results. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Engine, FunctionInfo, Program } from "#lib/runtime/engine.ts";
import { isDeviceTensor } from "#lib/runtime/engine.ts";
import { compareResults } from "#lib/runtime/expected.ts";
import { DEFAULT_MAX_ELEMENTS } from "#lib/runtime/format.ts";
import { bindInputs, type InputPart, parseInput } from "#lib/runtime/inputs.ts";
import {
  type OutputSpec,
  outputCountProblem,
  parseOutput,
  resultJson,
  writeOutputs,
} from "#lib/runtime/outputs.ts";
import { EXIT, type ToolIo } from "#lib/support/io.ts";
import { isProblem } from "#lib/support/problem.ts";
import { readNamedTensors } from "#lib/tensors/files.ts";
import type { Tensor } from "#lib/tensors/tensor.ts";
import {
  type CommonOptions,
  engineOpener,
  pickFunction,
  RunProblem,
  readProgram,
  UsageProblem,
  wholeNumber,
} from "./run-common.ts";

/** Options of a call. */
export interface CallCommandOptions extends CommonOptions {
  readonly function?: string;
  readonly input?: readonly string[];
  readonly weights?: readonly string[];
  readonly output?: readonly string[];
  // Spelled as iree-run-module does.
  readonly expected_output?: readonly string[];
  readonly output_max_element_count?: string;
}

/** Inputs as given, before it is known which arguments they fill. */
export interface GivenInputs {
  readonly parts: readonly InputPart[];
  readonly weights: ReadonlyMap<string, Tensor>;
}

/** Reads `--input` and `--weights`. */
export function readInputs(io: ToolIo, options: CallCommandOptions): GivenInputs {
  const parts = (options.input ?? []).map((text) => {
    const part = parseInput(text, io.cwd);
    if (isProblem(part)) throw new RunProblem(`--input=${text.slice(0, 60)}: ${part.problem}`);
    return part;
  });
  const weights = new Map<string, Tensor>();
  for (const path of options.weights ?? []) {
    const tensors = readNamedTensors(resolve(io.cwd, path));
    if (isProblem(tensors)) throw new RunProblem(tensors.problem);
    for (const [name, tensor] of tensors) weights.set(name, tensor);
  }
  return { parts, weights };
}

/** `x.safetensors` beside `x.mlir` or `x.vmfb`, where there is one. */
function neighbour(io: ToolIo, program: Program): string | null {
  if (program.name === "<stdin>") return null;
  const path = `${program.name.replace(/\.(mlir|vmfb)$/, "")}.safetensors`;
  return existsSync(resolve(io.cwd, path)) ? path : null;
}

/** Tensors for all arguments of a function; where some are missing, the weights beside the module may have them. */
export function boundInputs(
  io: ToolIo,
  program: Program,
  info: FunctionInfo,
  { parts, weights }: GivenInputs,
): Tensor[] {
  const bound = bindInputs(info, parts, weights);
  if (!isProblem(bound)) return bound;
  const path = weights.size === 0 ? neighbour(io, program) : null;
  if (path === null) throw new RunProblem(bound.problem);
  const tensors = readNamedTensors(resolve(io.cwd, path));
  if (isProblem(tensors)) throw new RunProblem(tensors.problem);
  const again = bindInputs(info, parts, tensors);
  if (isProblem(again)) throw new RunProblem(again.problem);
  io.stderr.write(`note: weights from '${path}'\n`);
  return again;
}

function readOutputs(options: CallCommandOptions): OutputSpec[] {
  return (options.output ?? []).map((text) => {
    const spec = parseOutput(text);
    if (isProblem(spec)) throw new UsageProblem(spec.problem);
    return spec;
  });
}

async function callOnce(
  io: ToolIo,
  engine: Engine,
  program: Program,
  given: GivenInputs,
  options: CallCommandOptions,
): Promise<{ info: FunctionInfo; results: Tensor[]; seconds: number }> {
  const module = await engine.load(program);
  const info = pickFunction(module.functions, options.function);
  const inputs = boundInputs(io, program, info, given);
  const started = performance.now();
  const values = await module.call(info.name, inputs);
  const seconds = (performance.now() - started) / 1000;
  return {
    info,
    results: values.filter((value): value is Tensor => !isDeviceTensor(value)),
    seconds,
  };
}

function printJson(
  io: ToolIo,
  engine: Engine,
  { info, results, seconds }: { info: FunctionInfo; results: readonly Tensor[]; seconds: number },
  maxElements: number,
): void {
  const listed = results.map((tensor, index) =>
    resultJson(tensor, info.results[index], maxElements),
  );
  io.stdout.write(
    `{"function":${JSON.stringify(info.name)},"engine":${JSON.stringify(engine.name)},"seconds":${seconds},"results":[${listed.join(",")}]}\n`,
  );
}

/** `pcp-run FILE`. */
export async function runCall(
  io: ToolIo,
  file: string,
  options: CallCommandOptions,
): Promise<number> {
  const specs = readOutputs(options);
  const maxElements =
    options.output_max_element_count === undefined
      ? DEFAULT_MAX_ELEMENTS
      : wholeNumber("--output_max_element_count", options.output_max_element_count, 0);
  const expected = (options.expected_output ?? []).map((text) => {
    if (text === "(ignored)") return null;
    const part = parseInput(text, io.cwd);
    if (isProblem(part))
      throw new RunProblem(`--expected_output=${text.slice(0, 60)}: ${part.problem}`);
    return part;
  });
  const open = engineOpener(io, options);
  const given = readInputs(io, options);
  const program = await readProgram(io, file);
  const engine = await open();
  try {
    const outcome = await callOnce(io, engine, program, given, options);
    const { info, results } = outcome;
    const countProblem = outputCountProblem(specs, results.length);
    if (countProblem !== null) throw new RunProblem(countProblem.problem);
    if (expected.length > 0) return compareResults(expected, info, results, io.stdout);
    if (options.json === true) printJson(io, engine, outcome, maxElements);
    else io.stdout.write(`EXEC @${info.name}\n`);
    const quiet = options.json === true;
    const problem = writeOutputs(
      info,
      results,
      quiet && specs.length === 0 ? [{ kind: "ignore" }] : specs,
      {
        cwd: io.cwd,
        maxElements,
        print: (text) => {
          if (!quiet) io.stdout.write(text);
        },
      },
    );
    if (problem !== null) throw new RunProblem(problem.problem);
    return EXIT.ok;
  } finally {
    await engine.close();
  }
}
