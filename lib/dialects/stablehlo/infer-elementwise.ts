/** @file Result types and constraints of elementwise ops. */
import type { Inferred } from "#lib/ir/op-def.ts";
import { DYNAMIC, dtypeOf, integerType, type Type, tensorType } from "#lib/ir/types.ts";
import { sameShape } from "#lib/support/shape.ts";
import { bitWidth } from "#lib/tensors/dtype.ts";
import { compatible } from "../type-constraints.ts";
import {
  agree,
  both,
  type Declares,
  elementAgrees,
  firstBroken,
  mostSpecific,
  type Rule,
  type Rules,
  ranked,
  resultsAgree,
  sameElement,
  shapeAgrees,
  shapeOf,
  shapesAgree,
  sizesText,
} from "./rules.ts";

type Types = { readonly [name: string]: Type };
type Whole = { readonly operands: Types; readonly results: Types };

const SAME_TYPES = "op requires compatible types for all operands and results";
const SAME_SHAPE = "op requires the same shape for all operands and results";
const SAME_NON_SCALAR = "op all non-scalar operands/results must have the same shape and base type";
const SAME_ELEMENT = "op requires the same element type for all operands and results";

const allTypes = ({ operands, results }: Whole): Type[] =>
  Object.values(operands).concat(Object.values(results));

/** Whether all shapes agree, unknown sizes aside, each with each. */
function haveOneShape(types: readonly Type[]): boolean {
  const first = types[0];
  if (first === undefined || types.every((type) => type === first)) return true;
  const known = [...shapeOf(first)];
  for (const type of types) {
    const shape = shapeOf(type);
    if (!shapesAgree(shape, known)) return false;
    for (const [dim, size] of shape.entries()) if (known[dim] === DYNAMIC) known[dim] = size;
  }
  return true;
}

/** C1 of most elementwise ops: all operands and results have one type. */
export const sameTypes: Rules<Whole> = {
  C1: (input) => {
    const types = allTypes(input);
    if (mostSpecific(types) !== null) return null;
    // Sizes that disagree only through a third, unknown one.
    const [first] = types;
    return types.every((type) => compatible(type, first as Type)) ? SAME_SHAPE : SAME_TYPES;
  },
};

/** C1 of `add`, which says whether shapes or element types differ. */
export const addRules: Rules<Whole> = {
  C1: (input) => {
    const types = allTypes(input);
    if (mostSpecific(types) !== null) return null;
    return haveOneShape(types) ? SAME_ELEMENT : SAME_SHAPE;
  },
};

/** The result has the operands' common type. */
export function inferSame({ operands }: { readonly operands: Types }): Inferred {
  const result = mostSpecific(Object.values(operands));
  return result === null ? `${SAME_TYPES} [C1]` : [result];
}

/** {@link inferSame} for `add`. */
export function inferAdd({ operands }: { readonly operands: Types }): Inferred {
  const types = Object.values(operands);
  const result = mostSpecific(types);
  return result === null ? `${haveOneShape(types) ? SAME_ELEMENT : SAME_SHAPE} [C1]` : [result];
}

/** C1 of ops that change the element type only. */
const sameShapes =
  (message: string): Rule<Whole> =>
  (input) =>
    haveOneShape(allTypes(input)) ? null : message;

export const convertRules: Rules<Whole> = { C1: sameShapes(SAME_SHAPE) };
export const isFiniteRules: Rules<Whole> = { C1: sameShapes(SAME_NON_SCALAR) };

/** The magnitude of a complex number is real. */
export function inferAbs({ operands: { operand } }: { operands: { operand: Type } }): Inferred {
  const { shape, element } = ranked(operand);
  return [tensorType(shape, element.kind === "complex" ? element.element : element)];
}

export const absRules: Rules<{
  readonly operands: { readonly operand: Type };
  readonly results: { readonly result: Type };
  readonly inferred: Inferred | null;
}> = {
  C1: sameShapes(SAME_NON_SCALAR),
  C2: resultsAgree(elementAgrees),
};

/** Booleans in the operand's shape. */
export const inferIsFinite = ({ operands: { x } }: { operands: { x: Type } }): Inferred => [
  tensorType(shapeOf(x), integerType(1)),
];

type Pair = { readonly operands: { readonly lhs: Type; readonly rhs: Type } };

const comparedElements: Rule<Pair> = ({ operands: { lhs, rhs } }) =>
  sameElement(lhs, rhs) ? null : "op requires compatible element types for all operands";

const comparedShapes: Rule<Pair> = ({ operands: { lhs, rhs } }) =>
  shapesAgree(shapeOf(lhs), shapeOf(rhs)) ? null : SAME_NON_SCALAR;

/** Booleans in the operands' common shape. */
export function inferCompare(input: Pair): Inferred {
  const broken = firstBroken({ C1: comparedElements, C2: comparedShapes }, input);
  if (broken !== null) return broken;
  const common = mostSpecific([input.operands.lhs, input.operands.rhs]) as Type;
  return [tensorType(shapeOf(common), integerType(1))];
}

/** C3 relates `compare_type` to the element type; it is not checked, as no other consumer does. */
export const compareRules: Rules<Pair & { readonly results: { readonly result: Type } }> = {
  C1: comparedElements,
  C2: sameShapes(SAME_NON_SCALAR),
};

type Select = {
  readonly operands: { readonly pred: Type; readonly on_true: Type; readonly on_false: Type };
};

const selectedShapes: Rule<Select> = ({ operands: { pred, on_true } }) =>
  shapeOf(pred).length === 0 || shapesAgree(shapeOf(pred), shapeOf(on_true))
    ? null
    : "requires the same shape for all operands";

const selectedTypes: Rule<Select> = ({ operands: { on_true, on_false } }) =>
  mostSpecific([on_true, on_false]) === null
    ? "requires compatible types for non-predicate operands"
    : null;

/** The common type of both values. */
export function inferSelect(input: Select): Inferred {
  const broken = firstBroken({ C2: selectedTypes, C1: selectedShapes }, input);
  if (broken !== null) return broken;
  return [mostSpecific([input.operands.on_true, input.operands.on_false]) as Type];
}

const agreesWhole = (inferred: Type, declared: Type): boolean =>
  shapeAgrees(inferred, declared) && elementAgrees(inferred, declared);

export const selectRules: Rules<Select & Declares<{ readonly result: Type }>> = {
  C1: selectedShapes,
  C2: both(selectedTypes, resultsAgree(agreesWhole)),
};

type Clamp = {
  readonly operands: { readonly min: Type; readonly operand: Type; readonly max: Type };
};

const bound =
  (name: "min" | "max"): Rule<Clamp> =>
  ({ operands }) => {
    const shape = shapeOf(operands[name]);
    return shape.length === 0 || shapesAgree(shape, shapeOf(operands.operand))
      ? null
      : `${name} shape ${sizesText(shape)} is not scalar and is not compatible to operand shape ${sizesText(shapeOf(operands.operand))}`;
  };

const clampedElements: Rule<Clamp> = ({ operands: { min, operand, max } }) =>
  sameElement(min, operand) && sameElement(max, operand)
    ? null
    : "op requires compatible element types for all operands and results";

/** The operand's type. */
export function inferClamp(input: Clamp): Inferred {
  const broken = firstBroken({ C3: clampedElements, C1: bound("min"), C2: bound("max") }, input);
  return broken ?? [input.operands.operand];
}

export const clampRules: Rules<Clamp & Declares<{ readonly result: Type }>> = {
  C1: bound("min"),
  C2: bound("max"),
  C3: clampedElements,
  C4: resultsAgree(agreesWhole),
};

type Bitcast = {
  readonly operands: { readonly operand: Type };
  readonly results: { readonly result: Type };
};

const widthOf = (type: Type): number | null => {
  const dtype = dtypeOf(ranked(type).element);
  return dtype === null ? null : bitWidth(dtype);
};

const isComplex = (type: Type): boolean => ranked(type).element.kind === "complex";

export const bitcastRules: Rules<Bitcast> = {
  C2: ({ operands: { operand }, results: { result } }) =>
    isComplex(operand) === isComplex(result)
      ? null
      : `cannot convert between real and complex types, but got: '${operand.text}' and '${result.text}'`,
  C1: ({ operands: { operand }, results: { result } }) => {
    const [from, to] = [widthOf(operand), widthOf(result)];
    if (from === null || to === null) return null;
    return from === to
      ? bitcastShapes(operand, result, operand, result)
      : from < to
        ? bitcastWidths(operand, from, result, to, operand, result)
        : bitcastWidths(result, to, operand, from, operand, result);
  },
};

const bitcastShapes = (a: Type, b: Type, operand: Type, result: Type): string | null => {
  const [small, large] = [shapeOf(a), shapeOf(b)];
  const prefix = small.slice(0, large.length);
  return sameShape(prefix, large) ||
    (prefix.every((size, i) => agree(size, large[i] as number)) && prefix.length === large.length)
    ? null
    : `operand and result shapes must match except for the innermost dimension of the shape with the smaller element type. Got: '${operand.text}' and '${result.text}'.`;
};

/** The narrower side has one more dimension, which makes up one element of the wider side. */
function bitcastWidths(
  narrow: Type,
  narrowBits: number,
  wide: Type,
  wideBits: number,
  operand: Type,
  result: Type,
): string | null {
  const [small, large] = [shapeOf(narrow), shapeOf(wide)];
  if (small.length !== large.length + 1)
    return `rank of smaller element type (${small.length}) should be 1 more than rank of larger element type (${large.length}), but ${small.length} != ${large.length} + 1.`;
  const mismatch = bitcastShapes(narrow, wide, operand, result);
  if (mismatch !== null) return mismatch;
  const inner = small[small.length - 1] as number;
  return agree(inner * narrowBits, wideBits) || inner < 0
    ? null
    : `requires compatible bit widths. Got: '${operand.text}' and '${result.text}', but ${narrowBits} * ${inner} != ${wideBits}.`;
}

export const reducePrecisionRules: Rules<
  Whole & { readonly attrs: { readonly exponent_bits: number; readonly mantissa_bits: number } }
> = {
  C1: both(sameShapes(SAME_NON_SCALAR), sameTypes["C1"] as Rule<Whole>),
  C2: ({ attrs: { exponent_bits: bits } }) =>
    bits >= 1
      ? null
      : "op attribute 'exponent_bits' failed to satisfy constraint: 32-bit signless integer attribute whose value is positive",
  C3: ({ attrs: { mantissa_bits: bits } }) =>
    bits >= 0
      ? null
      : "op attribute 'mantissa_bits' failed to satisfy constraint: 32-bit signless integer attribute whose value is non-negative",
};
