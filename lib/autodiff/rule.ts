/** @file What a gradient rule is: cotangents by operand name, or a value that says why there is none. */
import type { StablehloDef, StablehloOpName } from "#lib/dialects/stablehlo/ops.ts";
import type { Operation, Value } from "#lib/ir/graph.ts";
import type { AnyOpDef, OpView } from "#lib/ir/op-def.ts";
import type { Emitter } from "./emitter.ts";

/** Whose convention holds where a derivative does not exist: equal operands of maximum, bounds of clamp, abs at 0. */
export const TIES = ["torch", "jax"] as const;
export type Ties = (typeof TIES)[number];

/** A cotangent that fills a window of its operand's cotangent, zero elsewhere. */
export interface SlicePart {
  readonly kind: "slice";
  readonly ct: Value;
  readonly start: readonly number[];
  readonly limit: readonly number[];
  readonly strides: readonly number[];
}

/** A cotangent that is added into what the other uses gave, such as a scatter. */
export interface UpdatePart {
  readonly kind: "update";
  readonly addTo: (base: Value) => Value;
}

/** What one use adds to the cotangent of a value. */
export type Part = Value | SlicePart | UpdatePart;

/** Builds a part when its operand needs one; null where no gradient flows into the operand. */
export type Slot = (() => Part) | null;

/** One slot per operand, a list for a variadic group. Every operand of the record must be named. */
export type OperandCotangents<D extends AnyOpDef> = {
  readonly [K in keyof D["operands"]]: D["operands"][K] extends { readonly variadic: true }
    ? readonly Slot[]
    : Slot;
};

/** What a rule sees. */
export interface VjpInput<D extends AnyOpDef> extends OpView<D> {
  /** First result. */
  readonly y: Value;
  /** Cotangent of the first result; zeros where only other results have one. */
  readonly ct: Value;
  /** Cotangents of all results; null stands for zero. */
  readonly cts: readonly (Value | null)[];
  readonly b: Emitter;
  readonly ties: Ties;
  /** Whether the operand at a flat index needs a cotangent. */
  readonly isActive: (operandIndex: number) => boolean;
}

export type VjpFunction<D extends AnyOpDef> = (input: VjpInput<D>) => OperandCotangents<D>;

/** The derivative is zero wherever it exists. */
export interface ZeroGradient {
  readonly kind: "zero";
  readonly why: string;
}

/** Results are discrete or constant: nothing to differentiate, and nothing lost. */
export interface NonDifferentiable {
  readonly kind: "discrete";
  readonly why: string;
}

/** There is a derivative, or may be one, and no rule for it: an error on the active path. */
export interface NoRule {
  readonly kind: "noRule";
  readonly why: string;
}

/** A rule for some forms of an op; `refuse` says why not for the others. */
export interface GuardedRule<D extends AnyOpDef> {
  readonly kind: "guarded";
  readonly refuse: (view: OpView<D>, isVaried: (operandIndex: number) => boolean) => string | null;
  readonly vjp: VjpFunction<D>;
}

export type RuleOf<D extends AnyOpDef> =
  | VjpFunction<D>
  | GuardedRule<D>
  | ZeroGradient
  | NonDifferentiable
  | NoRule;

export type VjpRule<K extends StablehloOpName> = RuleOf<StablehloDef<K>>;

/** A table with a rule for each op of a family: a forgotten op is a compile error. */
export type VjpRules<Names extends StablehloOpName> = { readonly [K in Names]: VjpRule<K> };

export const zeroGradient = (why: string): ZeroGradient => ({ kind: "zero", why });
export const nonDifferentiable = (why: string): NonDifferentiable => ({ kind: "discrete", why });
export const noRule = (why: string): NoRule => ({ kind: "noRule", why });

/** A rule that holds for some forms of an op only. */
export const guarded = <D extends AnyOpDef>(
  refuse: GuardedRule<D>["refuse"],
  vjp: VjpFunction<D>,
): GuardedRule<D> => ({ kind: "guarded", refuse, vjp });

/** Where an exporter marked a value as constant for gradients. */
export const STOP_GRADIENT = "pcp.stop_gradient";

export const isStopGradient = (op: Operation): boolean =>
  op.name === "stablehlo.optimization_barrier" && op.attribute(STOP_GRADIENT) !== null;
