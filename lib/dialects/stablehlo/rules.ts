/** @file Helpers of inference and constraints: labelled rules, most specific types, sizes that may be unknown. */
import type { Inferred } from "#lib/ir/op-def.ts";
import { DYNAMIC, type TensorType, type Type, tensorType } from "#lib/ir/types.ts";
import { invariant } from "#lib/support/assert.ts";
import { compatible } from "../type-constraints.ts";

/**
 * A condition on the parts of an op: null when it holds, else what a diagnostic says. A text that begins with `op ` gets
 * the op's quoted name in front.
 */
export type Rule<I> = (input: I) => string | null;

/** Conditions by the specification's labels, checked in order. */
export type Rules<I> = { readonly [label: string]: Rule<I> };

/** `message [C3]`: what is wrong, and the label of the constraint that says so. */
export const labelled = (label: string, message: string): string => `${message} [${label}]`;

/** The message of the first rule that does not hold, with its label, or null. */
export function firstBroken<I>(rules: Rules<I>, input: I): string | null {
  for (const label of Object.keys(rules)) {
    const message = (rules[label] as Rule<I>)(input);
    if (message !== null) return labelled(label, message);
  }
  return null;
}

/** Two conditions of one label: the first that does not hold speaks. */
export const both =
  <A, B>(first: Rule<A>, second: Rule<B>): Rule<A & B> =>
  (input) =>
    first(input) ?? second(input);

/** A type that the record's constraints make a tensor. */
export function ranked(type: Type): TensorType {
  invariant(type.kind === "tensor", `expected a tensor, but got ${type.text}`);
  return type;
}

export const shapeOf = (type: Type): readonly number[] => ranked(type).shape;

/** Whether two sizes agree, one of them being unknown or both equal. */
export const agree = (a: number, b: number): boolean => a === b || a === DYNAMIC || b === DYNAMIC;

/** Whether two shapes agree up to unknown sizes. */
export const shapesAgree = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((size, i) => agree(size, b[i] as number));

/** Whether all shapes agree with the first up to unknown sizes. */
export const allShapesAgree = (types: readonly Type[]): boolean =>
  types.every((type) => shapesAgree(shapeOf(type), shapeOf(types[0] as Type)));

/** Whether two tensors have the same element type. */
export const sameElement = (a: Type, b: Type): boolean => ranked(a).element === ranked(b).element;

/** `shape[dim]`, or `missing` where there is none. */
export const sizeAt = (shape: readonly number[], dim: number, missing = DYNAMIC): number =>
  shape[dim] ?? missing;

/** Whether `value` is a dimension of something of that rank. */
export const isDim = (value: number, rank: number): boolean => value >= 0 && value < rank;

/** The type that knows every size that one of the compatible `types` knows, or null where they disagree. */
export function mostSpecific(types: readonly Type[]): TensorType | null {
  const first = types[0];
  if (first === undefined || !types.every((type) => compatible(type, first))) return null;
  if (types.every((type) => type === first)) return ranked(first);
  const shape = shapeOf(first).map((size, dim) =>
    types.reduce(
      (known, type) => (known === DYNAMIC ? (shapeOf(type)[dim] as number) : known),
      size,
    ),
  );
  if (!types.every((type) => shapesAgree(shapeOf(type), shape))) return null;
  return tensorType(shape, ranked(first).element);
}

/** A tensor type without its encoding. */
export const plain = (type: Type): TensorType =>
  ranked(type).encoding === null ? ranked(type) : tensorType(shapeOf(type), ranked(type).element);

/** `[1, 2, ?]`. */
export const sizesText = (sizes: readonly number[]): string =>
  `[${sizes.map((size) => (size === DYNAMIC ? "?" : String(size))).join(", ")}]`;

/** `'tensor<f32>', 'tensor<i32>'`. */
export const typesText = (types: readonly Type[]): string =>
  types.map(({ text }) => `'${text}'`).join(", ");

/** What MLIR says where the declared result types are not the inferred ones. */
export const incompatibleResults = (inferred: readonly Type[], declared: readonly Type[]): string =>
  `op inferred type(s) ${typesText(inferred)} are incompatible with return type(s) of operation ${typesText(declared)}`;

/** Declared result types by name, and those that the op's record infers. */
export interface Declares<R> {
  readonly results: R;
  readonly inferred: Inferred | null;
}

/** The constraint that declared result types agree with the inferred ones in the part that `agrees` compares. */
export const resultsAgree =
  (
    agrees: (inferred: Type, declared: Type) => boolean,
  ): Rule<Declares<{ readonly [name: string]: Type | readonly Type[] }>> =>
  ({ results, inferred }) => {
    if (typeof inferred === "string" || inferred === null) return null;
    const declared = Object.values(results).flat();
    return inferred.length === declared.length &&
      inferred.every((type, i) => agrees(type, declared[i] as Type))
      ? null
      : incompatibleResults(inferred, declared);
  };

/** Compares shapes of an inferred and a declared type. */
export const shapeAgrees = (inferred: Type, declared: Type): boolean =>
  inferred.kind === "tensor" &&
  declared.kind === "tensor" &&
  shapesAgree(inferred.shape, declared.shape);

/** Compares element types of an inferred and a declared type. */
export const elementAgrees = (inferred: Type, declared: Type): boolean =>
  inferred.kind === "tensor" && declared.kind === "tensor" && sameElement(inferred, declared);
