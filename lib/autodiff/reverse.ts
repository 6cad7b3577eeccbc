/** @file The reverse walk: from the cotangents of results to those of arguments, one rule per operation. */
import { derivedLoc } from "#lib/diag/loc.ts";
import { Builder } from "#lib/ir/builder.ts";
import type { Block, Operation, Value } from "#lib/ir/graph.ts";
import { type AnyOpDef, type OperandSpecs, viewOf } from "#lib/ir/op-def.ts";
import { invariant } from "#lib/support/assert.ts";
import type { Activity } from "./activity.ts";
import { Cotangents } from "./cotangents.ts";
import { Emitter } from "./emitter.ts";
import { patternAt } from "./patterns.ts";
import type { Slot, Ties, VjpFunction, VjpInput } from "./rule.ts";
import { ruleOf } from "./rules/all.ts";

/** Metadata of the locations of gradient code. */
export const VJP = "vjp";

export interface ReverseOptions {
  readonly ties: Ties;
}

export interface ReverseResult {
  /** Cotangents of the sources that have one. */
  readonly gradients: ReadonlyMap<Value, Value>;
  /** How often each rule was used, by op name; recognised functions by their own. */
  readonly rulesUsed: ReadonlyMap<string, number>;
}

/** The part of an operation's cotangents that flows to operand `index`, by the record's groups. */
function flatSlots(
  def: AnyOpDef,
  slots: { readonly [name: string]: Slot | readonly Slot[] },
): Slot[] {
  const flat: Slot[] = [];
  for (const name of Object.keys(def.operands as OperandSpecs)) {
    const slot = slots[name];
    invariant(slot !== undefined, `the rule of '${def.name}' forgets operand ${name}`);
    if (Array.isArray(slot)) flat.push(...(slot as readonly Slot[]));
    else flat.push(slot as Slot);
  }
  return flat;
}

/** One walk over one block. */
class ReverseWalk {
  readonly rulesUsed = new Map<string, number>();
  private readonly b: Emitter;
  private readonly activity: Activity;
  private readonly cotangents: Cotangents;
  private readonly options: ReverseOptions;

  constructor(block: Block, activity: Activity, cotangents: Cotangents, options: ReverseOptions) {
    this.b = new Emitter(Builder.atEnd(block));
    this.activity = activity;
    this.cotangents = cotangents;
    this.options = options;
  }

  private count(name: string): void {
    this.rulesUsed.set(name, (this.rulesUsed.get(name) ?? 0) + 1);
  }

  /** Gives the operands of one operation their parts. */
  visit(op: Operation): void {
    const { active } = this.activity;
    if (!op.results.some((result) => active.has(result) && this.cotangents.has(result))) return;
    this.b.loc = derivedLoc(VJP, op.loc);
    const cts = op.results.map((result) =>
      active.has(result) ? this.cotangents.take(this.b, result) : null,
    );
    const [first] = cts;
    const pattern = patternAt(op);
    if (pattern !== null && first) {
      this.count(pattern.name);
      if (active.has(pattern.input))
        this.cotangents.add(pattern.input, pattern.gradient(this.b, first));
      return;
    }
    this.applyRule(op, cts);
  }

  private applyRule(op: Operation, cts: readonly (Value | null)[]): void {
    const { active } = this.activity;
    const rule = ruleOf(op);
    const vjp: VjpFunction<AnyOpDef> | null =
      typeof rule === "function" ? rule : rule.kind === "guarded" ? rule.vjp : null;
    if (vjp === null) return;
    const { def } = op;
    invariant(def !== null, `'${op.name}' has a rule and no record`);
    this.count(op.name);
    const input: VjpInput<AnyOpDef> = {
      ...viewOf<AnyOpDef>(def, op),
      y: op.result(),
      ct: cts[0] ?? this.b.zerosLike(op.result()),
      cts,
      b: this.b,
      ties: this.options.ties,
      isActive: (index) => active.has(op.operand(index)),
    };
    const slots = flatSlots(def, vjp(input) as { readonly [name: string]: Slot });
    slots.forEach((slot, index) => {
      const operand = op.operand(index);
      if (slot !== null && active.has(operand)) this.cotangents.add(operand, slot());
    });
  }

  finish(sources: readonly Value[]): Map<Value, Value> {
    const gradients = new Map<Value, Value>();
    for (const source of sources) {
      if (source.op === null) this.b.loc = derivedLoc(VJP, source.loc);
      const gradient = this.cotangents.take(this.b, source);
      if (gradient !== null) gradients.set(source, gradient);
    }
    return gradients;
  }
}

/**
 * Appends gradient code to a block that has no terminator yet.
 *
 * @param sources - block arguments whose gradients are wanted
 * @param seeds - cotangents of values of the block
 */
export function reverse(
  block: Block,
  activity: Activity,
  sources: readonly Value[],
  seeds: ReadonlyMap<Value, Value>,
  options: ReverseOptions,
): ReverseResult {
  const forward = block.ops;
  const cotangents = new Cotangents();
  for (const [value, seed] of seeds) cotangents.add(value, seed);
  const walk = new ReverseWalk(block, activity, cotangents, options);
  for (let i = forward.length - 1; i >= 0; i--) walk.visit(forward[i] as Operation);
  return { gradients: walk.finish(sources), rulesUsed: walk.rulesUsed };
}
