/** @file Type constraints that op records name, with the words that diagnostics use. */
import type { TypeConstraint } from "#lib/ir/op-def.ts";
import { DYNAMIC, dtypeOf, elementOf, type Type } from "#lib/ir/types.ts";
import { isComplexDType, isFloatDType, isIntegerDType } from "#lib/tensors/dtype.ts";

const isRankedTensor = (type: Type): boolean => type.kind === "tensor";

const tensorWith = (what: string, element: (type: Type) => boolean): TypeConstraint => ({
  description: `ranked tensor of ${what} values`,
  accepts: (type) => type.kind === "tensor" && element(type.element),
});

const isQuantized = (type: Type): boolean =>
  type.kind === "opaque" && type.text.startsWith("!quant.");
const isPred = (type: Type): boolean => type.text === "i1";
const isIntegerElement = (type: Type): boolean => {
  const dtype = dtypeOf(type);
  return dtype !== null && isIntegerDType(dtype) && dtype !== "i1";
};
const isFloatElement = (type: Type): boolean => {
  const dtype = dtypeOf(type);
  return dtype !== null && isFloatDType(dtype);
};
const isComplexElement = (type: Type): boolean => {
  const dtype = dtypeOf(type);
  return dtype !== null && isComplexDType(dtype);
};

export const anyType: TypeConstraint = { description: "any type", accepts: () => true };

export const anyTensor: TypeConstraint = {
  description: "ranked tensor of any element type",
  accepts: isRankedTensor,
};

export const predTensor = tensorWith("pred (AKA boolean or 1-bit integer)", isPred);
export const intTensor = tensorWith("2/4/8/16/32/64-bit integer", isIntegerElement);
export const predOrIntTensor = tensorWith(
  "pred (AKA boolean or 1-bit integer) or 2/4/8/16/32/64-bit integer",
  (type) => isPred(type) || isIntegerElement(type),
);
export const fpTensor = tensorWith(
  "floating-point",
  (type) => isFloatElement(type) || isQuantized(type),
);
export const fpOrComplexTensor = tensorWith(
  "floating-point or complex",
  (type) => isFloatElement(type) || isComplexElement(type) || isQuantized(type),
);
export const intFpOrComplexTensor = tensorWith(
  "integer, floating-point or complex",
  (type) =>
    isIntegerElement(type) || isFloatElement(type) || isComplexElement(type) || isQuantized(type),
);
export const intOrFpTensor = tensorWith(
  "integer or floating-point",
  (type) => isIntegerElement(type) || isFloatElement(type) || isQuantized(type),
);
/** A 0-dimensional tensor of integers: start indices. */
export const scalarIntTensor: TypeConstraint = {
  description: "0D tensor of 2/4/8/16/32/64-bit integer values",
  accepts: (type) =>
    type.kind === "tensor" && type.shape.length === 0 && isIntegerElement(type.element),
};
export const scalarTensor: TypeConstraint = {
  description: "0D tensor of any element type",
  accepts: (type) => type.kind === "tensor" && type.shape.length === 0,
};
export const scalarPredTensor: TypeConstraint = {
  description: "0D tensor of pred (AKA boolean or 1-bit integer) values",
  accepts: (type) => type.kind === "tensor" && type.shape.length === 0 && isPred(type.element),
};
export const scalarI32Tensor: TypeConstraint = {
  description: "0D tensor of 32-bit signless integer values",
  accepts: (type) => type.text === "tensor<i32>",
};
/** A 1-dimensional tensor of integers or indices: a shape. */
export const dimensionTensor: TypeConstraint = {
  description: "1D tensor of index or 2/4/8/16/32/64-bit integer values",
  accepts: (type) =>
    type.kind === "tensor" &&
    type.shape.length === 1 &&
    (type.element.kind === "index" || isIntegerElement(type.element)),
};
export const staticTensor: TypeConstraint = {
  description: "statically shaped tensor of any element type",
  accepts: (type) => type.kind === "tensor" && !type.shape.includes(DYNAMIC),
};
export const tensorOrToken: TypeConstraint = {
  description: "ranked tensor of any element type or token",
  accepts: (type) =>
    type.kind === "tensor" || type.text === "!stablehlo.token" || type.kind === "tuple",
};

/** Whether two types agree up to unknown sizes and encodings. */
export const compatible = (a: Type, b: Type): boolean => {
  if (a === b) return true;
  if (a.kind !== "tensor" || b.kind !== "tensor") return false;
  return (
    elementOf(a) === elementOf(b) &&
    a.shape.length === b.shape.length &&
    a.shape.every((size, i) => size === DYNAMIC || b.shape[i] === DYNAMIC || size === b.shape[i])
  );
};
