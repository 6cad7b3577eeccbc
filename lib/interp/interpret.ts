/** @file The interpreter's face: run a function of a module, prepare one for many runs, evaluate one op. */

import type { Diagnostic } from "#lib/diag/diagnostic.ts";
import { UNKNOWN_LOC } from "#lib/diag/loc.ts";
import {
  findFunction,
  functionName,
  functionsOf,
  isDeclaration,
} from "#lib/dialects/func/functions.ts";
import type { Operation, Value } from "#lib/ir/graph.ts";
import { present } from "#lib/support/assert.ts";
import { sameShape } from "#lib/support/shape.ts";
import { didYouMean, plural } from "#lib/support/text.ts";
import type { Tensor } from "#lib/tensors/tensor.ts";
import { evaluateAlone } from "./alone.ts";
import {
  type Bucket,
  type Buffer,
  type ScatterOutOfBounds,
  specOf,
  type TensorSpec,
} from "./plan.ts";
import { Pool } from "./pool.ts";
import { type CompileOptions, Compiler } from "./program.ts";
import { Abort, Run, type RunHooks, type RunLimits } from "./run.ts";

export type { TensorSpec } from "./plan.ts";
export type { RunHooks, RunLimits } from "./run.ts";

/** What is decided when a function is prepared. */
export interface PrepareOptions {
  /** What a scatter does with a window that is partly outside: `element` (default) as the specification, `window` as XLA. */
  readonly scatterOutOfBounds?: ScatterOutOfBounds;
  /** Largest tensor in bytes; 4 GiB by default. */
  readonly maxTensorBytes?: number;
}

/** What is decided for one run. */
export interface RunOptions {
  readonly hooks?: RunHooks;
  readonly limits?: RunLimits;
  /** Inputs, by index, whose arrays the run may overwrite and hand out again as results. */
  readonly consume?: readonly number[];
}

export interface InterpretOptions extends PrepareOptions, RunOptions {}

/** Results of a run, or what went wrong: failed checks, unsound inputs, ops without a kernel. */
export type InterpretResult =
  | { readonly ok: true; readonly results: readonly Tensor[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** A function that can be run many times; arrays are kept from run to run. Results are new tensors. */
export interface Executable {
  readonly name: string;
  readonly inputs: readonly TensorSpec[];
  readonly results: readonly TensorSpec[];
  run(inputs: readonly Tensor[], options?: RunOptions): InterpretResult;
  /** Bytes that the arrays kept for the next run take. */
  readonly keptBytes: number;
}

/** A function that is ready to run, or why it cannot be run. */
export type PrepareResult =
  | { readonly ok: true; readonly executable: Executable }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

const MAX_TENSOR_BYTES = 4 * 2 ** 30;

const compileOptions = (options: PrepareOptions): CompileOptions => ({
  scatterOutOfBounds: options.scatterOutOfBounds ?? "element",
  maxTensorBytes: options.maxTensorBytes ?? MAX_TENSOR_BYTES,
});

const failure = (message: string, loc = UNKNOWN_LOC): { ok: false; diagnostics: Diagnostic[] } => ({
  ok: false,
  diagnostics: [{ severity: "error", loc, message, notes: [] }],
});

const specText = ({ shape, dtype }: { shape: readonly number[]; dtype: string }): string =>
  `tensor<${[...shape, dtype].join("x")}>`;

/** Those of the consumed inputs whose memory no other input shares and which fill it. */
function soleOwners(inputs: readonly Tensor[], consume: readonly number[]): ReadonlySet<number> {
  if (consume.length === 0) return new Set();
  const holders = new Map<ArrayBufferLike, number>();
  for (const { data } of inputs) holders.set(data.buffer, (holders.get(data.buffer) ?? 0) + 1);
  return new Set(
    consume.filter((i) => {
      const data = inputs[i]?.data;
      return (
        data !== undefined &&
        holders.get(data.buffer) === 1 &&
        data.byteLength === data.buffer.byteLength
      );
    }),
  );
}

/** Wraps the inputs of a run, or says which does not fit. */
function bindInputs(
  inputs: readonly Tensor[],
  specs: readonly TensorSpec[],
  buckets: readonly Bucket[],
  fn: { readonly name: string; readonly op: Operation },
  consume: readonly number[],
): Buffer[] | string {
  if (inputs.length !== specs.length)
    return `function '${fn.name}' takes ${plural(specs.length, "input")}, but got ${inputs.length}`;
  const buffers: Buffer[] = [];
  const mayConsume = soleOwners(inputs, consume);
  for (let i = 0; i < specs.length; i++) {
    const [tensor, spec] = [inputs[i] as Tensor, specs[i] as TensorSpec];
    if (tensor.dtype !== spec.dtype || !sameShape(tensor.shape, spec.shape))
      return `input ${i} of '${fn.name}' is ${specText(spec)}, but got ${specText(tensor)}`;
    const bucket = mayConsume.has(i) ? (buckets[i] as Bucket) : null;
    buffers.push({ data: tensor.data, refs: 1, bucket });
  }
  return buffers;
}

/** Hands out results: arrays that only the caller holds as they are, others copied. */
function handOut(buffers: readonly Buffer[], specs: readonly TensorSpec[]): Tensor[] {
  return buffers.map((buffer, i) => {
    const { dtype, shape } = specs[i] as TensorSpec;
    if (buffer.bucket !== null && buffer.refs === 1) return { dtype, shape, data: buffer.data };
    buffer.refs--;
    const data = buffer.data.slice();
    return { dtype, shape, data };
  });
}

/** Compiles a function of a module; the module must not change while the executable is in use. */
export function prepareFunction(
  module: Operation,
  name: string,
  options: PrepareOptions = {},
): PrepareResult {
  const functions = new Map(functionsOf(module).map((fn) => [functionName(fn), fn]));
  const op = findFunction(module, name);
  if (op === null) {
    const known = [...functions.keys()];
    return failure(`no function '${name}' in the module${didYouMean(name, known)}`, module.loc);
  }
  if (isDeclaration(op)) return failure(`function '${name}' has no body`, op.loc);
  const pool = new Pool();
  const compiler = new Compiler(functions, pool, compileOptions(options));
  const specs = signatureOf(op, compiler);
  if (specs !== null) compiler.function(name);
  if (specs === null || compiler.diagnostics.length > 0)
    return { ok: false, diagnostics: compiler.diagnostics };
  const buckets = specs.inputs.map((spec) => pool.bucket(spec));
  const executable: Executable = {
    name,
    ...specs,
    get keptBytes() {
      return pool.freeBytes;
    },
    run: (inputs, runOptions = {}) => {
      const bound = bindInputs(
        inputs,
        specs.inputs,
        buckets,
        { name, op },
        runOptions.consume ?? [],
      );
      if (typeof bound === "string") return failure(bound, op.loc);
      const run = new Run(
        (callee) => compiler.function(callee),
        pool,
        runOptions.hooks ?? {},
        runOptions.limits ?? {},
      );
      return runToEnd(run, name, bound, specs.results);
    },
  };
  return { ok: true, executable };
}

function runToEnd(
  run: Run,
  name: string,
  inputs: readonly Buffer[],
  results: readonly TensorSpec[],
): InterpretResult {
  try {
    const tensors = handOut(run.runFunction(name, inputs), results);
    run.pool.trim();
    if (run.diagnostics.length > 0) return { ok: false, diagnostics: run.diagnostics };
    return { ok: true, results: tensors };
  } catch (error) {
    if (!(error instanceof Abort)) throw error;
    run.report(error.op, error.message);
    return { ok: false, diagnostics: run.diagnostics };
  }
}

/** Specs of a function's arguments and results; null after reporting those that cannot be held. */
function signatureOf(
  fn: Operation,
  compiler: Compiler,
): { readonly inputs: TensorSpec[]; readonly results: TensorSpec[] } | null {
  const { entry } = fn.region();
  const specs = (values: readonly Value[], what: string): TensorSpec[] =>
    values.flatMap((value, i) => {
      const problem = compiler.typeProblem(value);
      if (problem !== null) compiler.error(fn, `${what} ${i} ${problem}`);
      return specOf(value.type) ?? [];
    });
  const inputs = specs(entry.args, "argument");
  const results = specs(present(entry.last, "terminator").operands, "result");
  return compiler.diagnostics.length > 0 ? null : { inputs, results };
}

/** Runs a function of a verified module once. */
export function interpretFunction(
  module: Operation,
  name: string,
  inputs: readonly Tensor[],
  options: InterpretOptions = {},
): InterpretResult {
  const prepared = prepareFunction(module, name, options);
  return prepared.ok ? prepared.executable.run(inputs, options) : prepared;
}

/**
 * Results of one pure op on given operands, for constant folding; null where it has effects, is not supported, has dynamic shapes,
 * or a region of it uses values from outside.
 */
export function evaluateOp(op: Operation, operands: readonly Tensor[]): Tensor[] | null {
  const traits = op.def?.traits;
  if (traits?.has("pure") !== true && traits?.has("recursivelyPure") !== true) return null;
  return evaluateAlone(op, operands, compileOptions({}));
}
