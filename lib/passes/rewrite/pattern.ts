/** @file Rewrite patterns as records, and the rewriter through which they change the IR. */
import { type CombinerName, StablehloBuilder } from "#lib/dialects/stablehlo/build.ts";
import { stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import type { DenseAttr } from "#lib/ir/attributes.ts";
import { Builder } from "#lib/ir/builder.ts";
import type { Block, Operation, Value } from "#lib/ir/graph.ts";
import { invariant } from "#lib/support/assert.ts";

/** What combines two elements in reductions and scatters. */
export type { CombinerName };

/** Told of every change, so that the driver can look again at what may match now. */
export interface RewriteListener {
  inserted(op: Operation): void;
  modified(op: Operation): void;
  /** Called before the op is destroyed. */
  erasing(op: Operation): void;
}

/** A builder that tells of what it inserts. */
class ListeningBuilder extends Builder {
  private readonly listener: RewriteListener;

  constructor(block: Block, listener: RewriteListener) {
    super(block);
    this.listener = listener;
  }

  override insert(op: Operation): Operation {
    super.insert(op);
    this.listener.inserted(op);
    return op;
  }
}

/** Limits and permissions that patterns ask for. */
export interface PatternLimits {
  /** Constants that are not splats are folded up to this many result elements. */
  readonly foldElementLimit: number;
  /** Whether floating-point results may be computed at compile time. */
  readonly optimizeFloat: boolean;
  /** Whether ops that declare no side effect may be removed with their regions. */
  readonly assumeNoUndeclaredSideEffects: boolean;
}

export const DEFAULT_LIMITS: PatternLimits = {
  foldElementLimit: 65536,
  optimizeFloat: true,
  assumeNoUndeclaredSideEffects: false,
};

/** Changes the IR on behalf of patterns; `b` builds before the op being matched. */
export class Rewriter {
  readonly b: StablehloBuilder;
  readonly limits: PatternLimits;
  private readonly listener: RewriteListener;

  constructor(block: Block, listener: RewriteListener, limits: PatternLimits) {
    this.b = new StablehloBuilder(new ListeningBuilder(block, listener));
    this.listener = listener;
    this.limits = limits;
  }

  /** Builds before `op` from now on, at its location. */
  moveTo(op: Operation): void {
    invariant(op.parent !== null, "rewriting an operation that is in no block");
    const { builder } = this.b;
    builder.block = op.parent;
    builder.anchor = op;
    builder.loc = op.loc;
  }

  /** Makes all users of the op's results use `values` instead, and erases it. Always true. */
  replace(op: Operation, values: readonly Value[]): true {
    invariant(values.length === op.results.length, `wrong number of values for '${op.name}'`);
    op.results.forEach((result, index) => {
      this.replaceUses(result, values[index] as Value);
    });
    this.erase(op);
    return true;
  }

  /** Replaces an op of one result. Always true. */
  replaceWith(op: Operation, value: Value): true {
    return this.replace(op, [value]);
  }

  /** Makes all users of `from` use `to` instead. */
  replaceUses(from: Value, to: Value): void {
    if (from === to) return;
    const users = from.uses();
    from.replaceAllUsesWith(to);
    for (const { owner } of users) this.listener.modified(owner);
  }

  /** Replaces an op of one result by a constant of its type. Always true. */
  replaceWithConstant(op: Operation, value: DenseAttr): true {
    return this.replaceWith(op, this.constant(value));
  }

  /** A constant with this value. */
  constant(value: DenseAttr): Value {
    return this.b.builder
      .create(stablehlo.constant, {}, { value }, { resultTypes: [value.type] })
      .result();
  }

  setOperand(op: Operation, index: number, value: Value): void {
    op.setOperand(index, value);
    this.listener.modified(op);
  }

  setOperands(op: Operation, values: readonly Value[]): void {
    op.setOperands(values);
    this.listener.modified(op);
  }

  /** Tells that a pattern changed `op` in place. Always true. */
  modified(op: Operation): true {
    this.listener.modified(op);
    return true;
  }

  /** Erases an op whose results have no uses. */
  erase(op: Operation): void {
    this.listener.erasing(op);
    op.erase();
  }

  /** Moves the ops of a block, its terminator aside, before `op`, and returns the values that the terminator passes. */
  inlineBlock(block: Block, args: readonly Value[], op: Operation): readonly Value[] {
    block.args.forEach((arg, index) => {
      this.replaceUses(arg, args[index] as Value);
    });
    const { last } = block;
    invariant(last !== null, "block without a terminator");
    for (const inner of block.ops) {
      if (inner === last) continue;
      inner.moveBefore(op);
      this.listener.inserted(inner);
    }
    const values = last.operands;
    this.erase(last);
    return values;
  }
}

/** A rewrite: looks at one op and either changes the IR and returns true, or changes nothing and returns false. */
export interface Pattern {
  /** Unique among all patterns; counted in statistics. */
  readonly name: string;
  /** Full names of the ops that it starts from, or `any`. */
  readonly ops: readonly string[] | "any";
  readonly rewrite: (op: Operation, rewriter: Rewriter) => boolean;
}
