/** @file `pcp-run bench`: how long calls of a function take. */
import type { FunctionInfo, Program, ValueInfo } from "#lib/runtime/engine.ts";
import { EXIT, type ToolIo } from "#lib/support/io.ts";
import { isFloatDType } from "#lib/tensors/dtype.ts";
import { type Tensor, writeNumber, zeros } from "#lib/tensors/tensor.ts";
import { boundInputs, type CallCommandOptions, type GivenInputs, readInputs } from "./run-call.ts";
import { choice, engineOpener, pickFunction, readProgram, wholeNumber } from "./run-common.ts";

/** Options of `pcp-run bench`. */
export interface BenchCommandOptions extends CallCommandOptions {
  readonly warmup: string;
  readonly iterations: string;
  /** How to fill arguments that are not given. */
  readonly fill?: string;
}

/** Numbers for arguments that nothing else fills: integers stay 0, because they may be indices. */
function filler({ dtype, shape }: ValueInfo, how: "zeros" | "random", seed: number): Tensor {
  const tensor = zeros(
    dtype ?? "f32",
    (shape ?? []).map((size) => size ?? 1),
  );
  if (how === "zeros" || dtype === null || !isFloatDType(dtype)) return tensor;
  let state = seed;
  for (let index = 0; index < tensor.data.length; index++) {
    // A linear congruence is random enough to keep denormals and special cases out of a measurement.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    writeNumber(tensor, index, (state / 2 ** 32 - 0.5) / 8);
  }
  return tensor;
}

/** Inputs of the measured calls: as given, and what is missing filled as asked. */
function benchInputs(
  io: ToolIo,
  program: Program,
  info: FunctionInfo,
  given: GivenInputs,
  fill: string | undefined,
): Tensor[] {
  if (fill === undefined) return boundInputs(io, program, info, given);
  const how = choice("--fill", fill, ["zeros", "random"]);
  const named = info.args.map(({ name }) => given.weights.get(name ?? ""));
  const positional = given.parts.flatMap((part) => (part.kind === "tensors" ? part.tensors : []));
  return info.args.map(
    (arg, index) => named[index] ?? positional.shift() ?? filler(arg, how, index + 1),
  );
}

/** Seconds of each call after `warmup` others. */
export async function timeCalls(
  call: () => Promise<readonly unknown[]>,
  warmup: number,
  iterations: number,
): Promise<number[]> {
  const seconds: number[] = [];
  for (let index = 0; index < warmup + iterations; index++) {
    const started = performance.now();
    const values = await call();
    if (index >= warmup) seconds.push((performance.now() - started) / 1000);
    for (const value of values) (value as { release?: () => void }).release?.();
  }
  return seconds;
}

/** The value that a share of the sorted values lies below, interpolated. */
export function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const low = sorted[Math.floor(position)] ?? 0;
  const high = sorted[Math.ceil(position)] ?? low;
  return low + (high - low) * (position - Math.floor(position));
}

/** Median of a few calls. */
export async function medianSeconds(
  call: () => Promise<readonly unknown[]>,
  warmup: number,
  iterations: number,
): Promise<number> {
  const seconds = await timeCalls(call, warmup, iterations);
  return quantile(
    seconds.sort((a, b) => a - b),
    0.5,
  );
}

/** `pcp-run bench FILE`: inputs stay on the device, results are not brought back. */
export async function runBench(
  io: ToolIo,
  file: string,
  options: BenchCommandOptions,
): Promise<number> {
  const warmup = wholeNumber("--warmup", options.warmup, 0);
  const iterations = wholeNumber("--iterations", options.iterations, 1);
  const open = engineOpener(io, options);
  const given = readInputs(io, options);
  const program = await readProgram(io, file);
  const engine = await open();
  try {
    const module = await engine.load(program);
    const info = pickFunction(module.functions, options.function);
    const tensors = benchInputs(io, program, info, given, options.fill);
    const scalars = info.args.map(({ kind }) => kind === "scalar");
    const uploaded = await engine.upload(tensors.filter((_, index) => !scalars[index]));
    const queue = uploaded.values();
    const inputs = tensors.map((tensor, index) =>
      scalars[index] ? tensor : (queue.next().value ?? tensor),
    );
    const all = await timeCalls(
      () => module.call(info.name, inputs, { fetch: "none" }),
      warmup,
      iterations,
    );
    const sorted = [...all].sort((a, b) => a - b);
    const ms = (share: number): number => Number((quantile(sorted, share) * 1000).toFixed(4));
    const summary = {
      function: info.name,
      engine: engine.name,
      warmup,
      iterations,
      medianMs: ms(0.5),
      minMs: ms(0),
      maxMs: ms(1),
      p25Ms: ms(0.25),
      p75Ms: ms(0.75),
    };
    if (options.json === true) io.stdout.write(`${JSON.stringify(summary)}\n`);
    else
      io.stdout.write(
        `@${info.name} on ${engine.name}: median ${summary.medianMs} ms, middle half ${summary.p25Ms} to ${summary.p75Ms}, all ${summary.minMs} to ${summary.maxMs} (${iterations} calls after ${warmup})\n`,
      );
    return EXIT.ok;
  } finally {
    await engine.close();
  }
}
