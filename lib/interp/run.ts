/** @file Runs compiled blocks: takes arrays from the pool, lets results take over dying operands, releases what is done. */
import type { Diagnostic } from "#lib/diag/diagnostic.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { formatBytes } from "#lib/support/text.ts";
import type { Tensor, TensorData } from "#lib/tensors/tensor.ts";
import type { Bucket, Buffer, Compute, Frame, Machine } from "./plan.ts";
import { specOf } from "./plan.ts";
import { type Pool, release, retain } from "./pool.ts";
import type { CompiledBlock, CompiledFunction, Step } from "./program.ts";
import { copyAll } from "./strided.ts";

/** Observers of a run. */
export interface RunHooks {
  /** Called after each op with its results, which are valid until this returns. Broadcasts that are seen through are not carried out. */
  readonly afterOp?: (op: Operation, results: readonly Tensor[]) => void;
}

/** Bounds on a run. */
export interface RunLimits {
  /** Ops to run before giving up; without bound by default. */
  readonly maxSteps?: number;
  /** Nested calls; 256 by default. */
  readonly maxCallDepth?: number;
}

/** Ends a run at once; caught where the run began. */
export class Abort extends Error {
  override readonly name = "Abort";
  readonly op: Operation;

  constructor(op: Operation, message: string) {
    super(message);
    this.op = op;
  }
}

/** Failed checks that one run reports. */
const MAX_REPORTS = 100;
/** Calls within calls. */
export const MAX_CALL_DEPTH = 256;

/** One run of a program. */
export class Run implements Machine {
  readonly diagnostics: Diagnostic[] = [];
  readonly pool: Pool;
  readonly hooks: RunHooks;
  steps: number;
  private depth = 0;
  private readonly maxDepth: number;
  private readonly functions: (name: string) => CompiledFunction;

  constructor(
    functions: (name: string) => CompiledFunction,
    pool: Pool,
    hooks: RunHooks,
    limits: RunLimits,
  ) {
    this.functions = functions;
    this.pool = pool;
    this.hooks = hooks;
    this.steps = limits.maxSteps ?? Infinity;
    this.maxDepth = limits.maxCallDepth ?? MAX_CALL_DEPTH;
  }

  retain(buffer: Buffer): Buffer {
    return retain(buffer);
  }

  release(buffer: Buffer): void {
    release(buffer);
  }

  report(op: Operation, message: string): void {
    if (this.diagnostics.length < MAX_REPORTS)
      this.diagnostics.push({ severity: "error", loc: op.loc, message, notes: [] });
  }

  call(name: string, args: readonly Buffer[], caller: Operation): Buffer[] {
    if (this.depth >= this.maxDepth)
      throw new Abort(caller, `'${caller.name}' op calls nest deeper than ${this.maxDepth}`);
    this.depth++;
    const results = this.runFunction(name, args);
    this.depth--;
    return results;
  }

  /** Runs a function, taking over the arguments' references. */
  runFunction(name: string, args: readonly Buffer[]): Buffer[] {
    const { block, template } = this.functions(name);
    if (block === null) return [];
    return runBlock(block, { slots: template.slice(), machine: this }, args);
  }
}

/** Runs a block, taking over the arguments' references and handing over those of the results. */
export function runBlock(block: CompiledBlock, frame: Frame, args: readonly Buffer[]): Buffer[] {
  const { slots } = frame;
  for (let i = 0; i < args.length; i++) slots[block.args[i] as number] = args[i] as Buffer;
  releaseSlots(block.unusedArgs, slots);
  const run = frame.machine as Run;
  for (const step of block.steps) {
    if (--run.steps < 0) throw new Abort(step.op, "gave up: the limit of steps is reached");
    runStep(step, frame, run);
  }
  const results = block.results.map((slot) => retain(slots[slot] as Buffer));
  releaseSlots(block.releases, slots);
  return results;
}

function releaseSlots(released: readonly number[], slots: (Buffer | null)[]): void {
  for (let i = 0; i < released.length; i++) {
    const slot = released[i] as number;
    const buffer = slots[slot] as Buffer | null;
    if (buffer === null) continue;
    slots[slot] = null;
    release(buffer);
  }
}

function runStep(step: Step, frame: Frame, run: Run): void {
  const { slots } = frame;
  const { plan, inputs, outputs } = step;
  switch (plan.kind) {
    case "alias":
      for (let i = 0; i < outputs.length; i++)
        slots[outputs[i] as number] = retain(slots[inputs[i] as number] as Buffer);
      break;
    case "control": {
      const operands = inputs.map((slot) => retain(slots[slot] as Buffer));
      releaseSlots(step.releasesBefore, slots);
      const results = plan.run(operands, frame);
      for (let i = 0; i < outputs.length; i++) slots[outputs[i] as number] = results[i] as Buffer;
      break;
    }
    case "compute":
      runCompute(step, plan.run, frame, run);
      break;
    case "update":
      runUpdate(step, plan.run, frame, run);
      break;
  }
  if (run.hooks.afterOp !== undefined) observe(step, slots, run.hooks.afterOp);
  releaseSlots(step.releases, slots);
}

function runCompute(step: Step, compute: Compute, frame: Frame, run: Run): void {
  const { slots } = frame;
  const { inputs, outputs, buckets, takes } = step;
  const arrays: TensorData[] = [];
  for (let i = 0; i < inputs.length; i++) arrays.push((slots[inputs[i] as number] as Buffer).data);
  const results: Buffer[] = [];
  for (let i = 0; i < takes.length && results.length === 0; i++) {
    const slot = inputs[takes[i] as number] as number;
    const buffer = slots[slot] as Buffer;
    if (buffer.bucket === null || buffer.refs !== 1) continue;
    slots[slot] = null;
    results.push(buffer);
  }
  for (let i = results.length; i < outputs.length; i++)
    results.push(take(buckets[i] as Bucket, step, run));
  const targets: TensorData[] = [];
  for (let i = 0; i < results.length; i++) targets.push((results[i] as Buffer).data);
  compute(arrays, targets, frame);
  for (let i = 0; i < outputs.length; i++) slots[outputs[i] as number] = results[i] as Buffer;
}

function runUpdate(step: Step, compute: Compute, frame: Frame, run: Run): void {
  const { slots } = frame;
  const { inputs, outputs, buckets, takes } = step;
  const arrays = inputs.map((slot) => (slots[slot] as Buffer).data);
  const results = outputs.map((_, i) => {
    const slot = inputs[i] as number;
    const buffer = slots[slot] as Buffer;
    if (takes.includes(i) && buffer.bucket !== null && buffer.refs === 1) {
      slots[slot] = null;
      return buffer;
    }
    const copy = take(buckets[i] as Bucket, step, run);
    copyAll(buffer.data, copy.data);
    return copy;
  });
  compute(
    arrays,
    results.map(({ data }) => data),
    frame,
  );
  outputs.forEach((slot, i) => {
    slots[slot] = results[i] as Buffer;
  });
}

/** An array from the pool; memory that cannot be had ends the run. */
function take(bucket: Bucket, step: Step, run: Run): Buffer {
  try {
    return run.pool.take(bucket);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const bytes = formatBytes(bucket.spec.count * 8);
    throw new Abort(step.op, `'${step.op.name}' op: out of memory (up to ${bytes} asked for)`);
  }
}

function observe(
  step: Step,
  slots: readonly (Buffer | null)[],
  afterOp: (op: Operation, results: readonly Tensor[]) => void,
): void {
  const tensors: Tensor[] = [];
  step.op.results.forEach((result, i) => {
    const spec = specOf(result.type);
    const buffer = slots[step.outputs[i] as number];
    if (spec !== null && buffer !== null && buffer !== undefined)
      tensors.push({ dtype: spec.dtype, shape: spec.shape, data: buffer.data });
  });
  afterOp(step.op, tensors);
}
