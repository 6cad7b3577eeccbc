/** @file Compiles functions to steps: plans per op, slots per value, and where each value is needed last. */

import type { Diagnostic } from "#lib/diag/diagnostic.ts";
import { isDeclaration } from "#lib/dialects/func/functions.ts";
import type { Block, Operation, Value } from "#lib/ir/graph.ts";
import { decodeAttrs, splitGroups } from "#lib/ir/op-def.ts";
import { present } from "#lib/support/assert.ts";
import { formatBytes } from "#lib/support/text.ts";
import { byteWidth } from "#lib/tensors/dtype.ts";
import { planOp } from "./kernels/table.ts";
import {
  type Body,
  type Bucket,
  type Buffer,
  type Plan,
  type PlanContext,
  type ScatterOutOfBounds,
  specOf,
  type TensorSpec,
  Unsupported,
} from "./plan.ts";
import type { Pool } from "./pool.ts";
import { repeatOf } from "./repeat.ts";
import { MAX_CALL_DEPTH, runBlock } from "./run.ts";

/** One op, ready to run. */
export interface Step {
  readonly op: Operation;
  readonly plan: Exclude<Plan, { kind: "constant" }>;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly buckets: readonly Bucket[];
  /** Inputs (positions) whose array a result may take over, because the value dies here. */
  readonly takes: readonly number[];
  /** Slots that die here; those that a region captures die after it has run. */
  readonly releases: readonly number[];
  readonly releasesBefore: readonly number[];
}

/** A block, ready to run. */
export interface CompiledBlock {
  readonly args: readonly number[];
  readonly steps: readonly Step[];
  readonly results: readonly number[];
  /** Slots of values that only the terminator still needs, and of arguments that nothing needs. */
  readonly releases: readonly number[];
  readonly unusedArgs: readonly number[];
}

/** A function, ready to run. */
export interface CompiledFunction {
  readonly name: string;
  /** Constants in their slots, null elsewhere: what a frame begins as. */
  readonly template: (Buffer | null)[];
  block: CompiledBlock | null;
}

export interface CompileOptions {
  readonly scatterOutOfBounds: ScatterOutOfBounds;
  /** Largest tensor in bytes. */
  readonly maxTensorBytes: number;
}

/** What an op's plan reads: its operands, or what the plan names instead, and what its regions capture. */
interface Draft {
  readonly op: Operation;
  readonly plan: Plan;
  readonly inputs: readonly Value[];
  readonly captures: ReadonlySet<Value>;
}

/** Compiles the functions of one module, each once. */
export class Compiler {
  readonly diagnostics: Diagnostic[] = [];
  private readonly functions: ReadonlyMap<string, Operation>;
  private readonly compiled = new Map<string, CompiledFunction>();
  private readonly pool: Pool;
  private readonly options: CompileOptions;
  /** Functions whose compilation led to the one being compiled. */
  private depth = 0;

  constructor(functions: ReadonlyMap<string, Operation>, pool: Pool, options: CompileOptions) {
    this.functions = functions;
    this.pool = pool;
    this.options = options;
  }

  /** The function of that name, which must have a body. */
  function(name: string): CompiledFunction {
    const known = this.compiled.get(name);
    if (known !== undefined) return known;
    const fn = present(this.functions.get(name), `function '${name}'`);
    const template: (Buffer | null)[] = [];
    const result: CompiledFunction = { name, template, block: null };
    this.compiled.set(name, result);
    const { blocks } = fn.region();
    if (blocks.length !== 1)
      this.error(fn, "has a body of several blocks, which the interpreter cannot run");
    else {
      this.depth++;
      result.block = new BlockCompiler(this, template).compile(fn.region().entry).block;
      this.depth--;
    }
    return result;
  }

  error(op: Operation, reason: string): void {
    const message = `'${op.name}' op ${reason}`;
    this.diagnostics.push({ severity: "error", loc: op.loc, message, notes: [] });
  }

  /** Why an op's operands, attributes or types cannot be computed with, or null. */
  problemOf(op: Operation): string | null {
    if (op.def === null) return "has no kernel in the interpreter";
    if (splitGroups(op.def.operands, op.operands) === null) return "has a wrong number of operands";
    if (splitGroups(op.def.results, op.results) === null) return "has a wrong number of results";
    const attrs = decodeAttrs(op.def.attrs, op.properties);
    if ("wrong" in attrs) return `attribute '${attrs.wrong}' is missing or has a wrong form`;
    for (const value of [...op.operands, ...op.results]) {
      const problem = this.typeProblem(value);
      if (problem !== null) return problem;
    }
    for (const region of op.regions) {
      if (region.blocks.length !== 1) return "has a region without exactly one block";
      if (region.entry.last === null) return "has a region without a terminator";
      for (const arg of region.entry.args) {
        const problem = this.typeProblem(arg);
        if (problem !== null) return problem;
      }
    }
    return null;
  }

  /** Why a value cannot be held, or null. */
  typeProblem({ type }: Value): string | null {
    const spec = specOf(type);
    if (spec === null) {
      const dynamic = type.kind === "tensor" && type.shape.some((size) => size < 0);
      return dynamic
        ? `has the dynamic shape ${type.text}, which the interpreter cannot run; export with static shapes`
        : `has a value of type ${type.text}, which the interpreter cannot hold`;
    }
    const bytes = spec.count * byteWidth(spec.dtype);
    if (bytes <= this.options.maxTensorBytes) return null;
    const limit = formatBytes(this.options.maxTensorBytes);
    return `needs ${formatBytes(bytes)} for ${type.text}, more than the limit of ${limit}`;
  }

  bucket(spec: TensorSpec): Bucket {
    return this.pool.bucket(spec);
  }

  get scatterOutOfBounds(): ScatterOutOfBounds {
    return this.options.scatterOutOfBounds;
  }

  /** Compiles a function that is called; what is wrong with the call, or null. */
  callProblem(name: string): string | null {
    const fn = this.functions.get(name);
    if (fn === undefined || isDeclaration(fn)) return `calls '@${name}', which has no body`;
    if (!this.compiled.has(name) && this.depth >= MAX_CALL_DEPTH)
      return `calls nest deeper than ${MAX_CALL_DEPTH}`;
    this.function(name);
    return null;
  }
}

/** Compiles the blocks of one function into its frame. */
export class BlockCompiler {
  private readonly compiler: Compiler;
  private readonly template: (Buffer | null)[];
  private readonly slots = new Map<Value, number>();
  /** Captures of the regions of the op being planned. */
  private captures = new Set<Value>();

  constructor(compiler: Compiler, template: (Buffer | null)[]) {
    this.compiler = compiler;
    this.template = template;
  }

  /** The slot of a value, made when first asked for. */
  slot(value: Value): number {
    let slot = this.slots.get(value);
    if (slot === undefined) {
      slot = this.template.length;
      this.template.push(null);
      this.slots.set(value, slot);
    }
    return slot;
  }

  private context(): PlanContext {
    const { compiler } = this;
    return {
      scatterOutOfBounds: compiler.scatterOutOfBounds,
      source: repeatOf,
      body: (block) => this.body(block),
      callProblem: (name) => compiler.callProblem(name),
    };
  }

  private body(block: Block): Body {
    const outer = this.captures;
    const { block: compiled, captures } = this.compile(block);
    this.captures = outer;
    for (const value of captures) outer.add(value);
    return { run: (frame, args) => runBlock(compiled, frame, args) };
  }

  /** Compiles a block; captures are the values that it uses from outside. */
  compile(block: Block): { readonly block: CompiledBlock; readonly captures: ReadonlySet<Value> } {
    const args = block.args.map((arg) => this.slot(arg));
    const drafts: Draft[] = [];
    for (let op = block.first; op !== null && op !== block.last; op = op.next) {
      const draft = this.draft(op);
      if (draft !== null) drafts.push(draft);
    }
    const terminator = present(block.last, "terminator");
    const results = terminator.operands;
    const captures = new Set<Value>();
    const isLocal = (value: Value): boolean => value.parentBlock === block;
    const needed = new Set<Value>();
    const need = (value: Value): void => {
      needed.add(value);
      if (!isLocal(value)) captures.add(value);
    };
    for (const value of results) need(value);
    const releases = [...needed].filter((value) => this.dies(value, block));
    const steps: Step[] = [];
    for (const draft of drafts.reverse()) {
      if (isRemovable(draft) && !draft.op.results.some((result) => needed.has(result))) continue;
      const step = this.step(draft, block, needed);
      for (const value of [...draft.inputs, ...draft.captures]) need(value);
      if (step !== null) steps.push(step);
    }
    return {
      block: {
        args,
        steps: steps.reverse(),
        results: results.map((value) => this.slot(value)),
        releases: releases.map((value) => this.slot(value)),
        unusedArgs: block.args.filter((arg) => !needed.has(arg)).map((arg) => this.slot(arg)),
      },
      captures,
    };
  }

  /** Whether a value is this block's to give up: constants and what is outside live on. */
  private dies(value: Value, block: Block): boolean {
    return value.parentBlock === block && this.template[this.slot(value)] === null;
  }

  private draft(op: Operation): Draft | null {
    const problem = this.compiler.problemOf(op);
    if (problem !== null) {
      this.compiler.error(op, problem);
      return null;
    }
    this.captures = new Set();
    const plan = planOp(op, this.context());
    if (plan instanceof Unsupported) {
      this.compiler.error(op, plan.reason);
      return null;
    }
    if (plan.kind === "constant")
      this.template[this.slot(op.result())] = { data: plan.data, refs: 1, bucket: null };
    const inputs = (plan.kind === "compute" ? plan.inputs : undefined) ?? op.operands;
    return { op, plan, inputs, captures: this.captures };
  }

  /** The step of a draft, given the values that later steps need; null for a constant. */
  private step(draft: Draft, block: Block, needed: ReadonlySet<Value>): Step | null {
    const { op, plan } = draft;
    if (plan.kind === "constant") return null;
    const dying = new Set(
      [...draft.inputs, ...draft.captures].filter(
        (value) => !needed.has(value) && this.dies(value, block),
      ),
    );
    const unused = op.results.filter((result) => !needed.has(result));
    const early = [...dying].filter(
      (value) => plan.kind === "control" && !draft.captures.has(value),
    );
    const late = [...dying].filter((value) => !early.includes(value));
    const buckets =
      plan.kind === "compute" || plan.kind === "update"
        ? op.results.map(({ type }) =>
            this.compiler.bucket(present(specOf(type), "storage of a result")),
          )
        : [];
    return {
      op,
      plan,
      inputs: draft.inputs.map((value) => this.slot(value)),
      outputs: op.results.map((value) => this.slot(value)),
      buckets,
      takes: takesOf(draft, dying),
      releases: [...late, ...unused].map((value) => this.slot(value)),
      releasesBefore: early.map((value) => this.slot(value)),
    };
  }
}

/** Whether a step may be left out when nothing needs its results. */
const isRemovable = ({ plan, op }: Draft): boolean =>
  plan.kind === "constant" ||
  plan.kind === "alias" ||
  (plan.kind === "compute" && op.results.length > 0);

/** Positions of inputs whose array a result may take over. */
function takesOf({ plan, inputs }: Draft, dying: ReadonlySet<Value>): readonly number[] {
  if (plan.kind === "compute")
    return (plan.inPlace ?? []).filter((i) => dying.has(inputs[i] as Value));
  if (plan.kind !== "update") return [];
  // An array that the op also reads in another role must stay as it is.
  return inputs
    .map((_, i) => i)
    .filter((i) => i < plan.updates)
    .filter((i) => dying.has(inputs[i] as Value))
    .filter((i) => inputs.every((other, j) => j === i || other !== inputs[i]));
}
