/** @file What an optimizer is: a chain of transformations of gradients, each with its own state per parameter. */
import type { Emitter } from "#lib/autodiff/emitter.ts";
import { shapeOf } from "#lib/dialects/stablehlo/build.ts";
import type { Value } from "#lib/ir/graph.ts";
import { elementOf, floatType, type Type, tensorType } from "#lib/ir/types.ts";

/** Values of one step that all parameters share; all are scalars. */
export interface StepContext {
  readonly b: Emitter;
  /** Number of this step, counted from 1, in f32. */
  readonly count: Value;
  /** Learning rate in f32. */
  readonly lr: Value;
  /** Global norm of the gradients as they came, in f32. */
  readonly gradNorm: Value;
}

/** A parameter as transformations see it. */
export interface Leaf {
  readonly name: string;
  /** Its value in the type that the optimizer computes in. */
  readonly param: Value;
  /** Whether weight decay applies to it. */
  readonly decays: boolean;
}

/** State tensors of one parameter by slot name. */
export type SlotValues = ReadonlyMap<string, Value>;

export interface Update {
  /** One per leaf: what is to be added to the parameter in the end. */
  readonly updates: readonly Value[];
  /** One per leaf. */
  readonly state: readonly SlotValues[];
}

/** A step of an optimizer: maps gradients, or what an earlier step made of them, to updates. */
export interface Transform {
  /** Names of the state tensors that it keeps for each parameter, in the shape of the parameter, zero at first. */
  readonly slots: readonly string[];
  readonly update: (
    context: StepContext,
    updates: readonly Value[],
    state: readonly SlotValues[],
    leaves: readonly Leaf[],
  ) => Update;
}

/** A transformation without state that treats each parameter alike. */
export const stateless = (
  map: (context: StepContext, update: Value, leaf: Leaf) => Value,
): Transform => ({
  slots: [],
  update: (context, updates, state, leaves) => ({
    updates: updates.map((update, i) => map(context, update, leaves[i] as Leaf)),
    state,
  }),
});

/** The element type that an optimizer computes in for a parameter: f32, or f64 for f64. */
export const mathElement = (type: Type): Type =>
  elementOf(type).text === "f64" ? elementOf(type) : floatType("f32");

/** Type of the state tensors of a parameter. */
export const stateType = (type: Type): Type =>
  type.kind === "tensor" ? tensorType(type.shape, mathElement(type)) : type;

/** `value * scalar`, for a scalar value in f32. */
export const scaleBy = (b: Emitter, value: Value, scalar: Value): Value =>
  b.multiply(value, spreadScalar(b, scalar, value));

/** A scalar in f32 everywhere in the shape and type of `like`. */
export const spreadScalar = (b: Emitter, scalar: Value, like: Value): Value =>
  b.broadcastInDim(b.convert(scalar, elementOf(like.type)), shapeOf(like), []);
