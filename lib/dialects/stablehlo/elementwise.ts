/** @file StableHLO's elementwise ops. */
import { defineOp, type Trait, type TypeConstraint } from "#lib/ir/op-def.ts";
import { any, i32, optional } from "../attr-kinds.ts";
import {
  anyTensor,
  anyTensorPerAxis,
  fpOrComplexTensor,
  fpTensor,
  intFpOrComplexTensor,
  intTensor,
  plainTensor,
  predOrIntTensor,
  predTensor,
  signlessFpOrComplexTensor,
  signlessOrFpTensor,
} from "../type-constraints.ts";
import { comparisonDirection, comparisonType } from "./attrs.ts";
import {
  absRules,
  addRules,
  bitcastRules,
  clampRules,
  compareRules,
  convertRules,
  inferAbs,
  inferClamp,
  inferCompare,
  inferIsFinite,
  inferSame,
  inferSelect,
  isFiniteRules,
  reducePrecisionRules,
  sameTypes,
  selectRules,
} from "./infer-elementwise.ts";
import { inferOperand } from "./infer-shape.ts";

const same: readonly Trait[] = ["pure", "elementwise", "sameOperandsAndResultType"];
const commutative: readonly Trait[] = [...same, "commutative"];

const unary = <const N extends string>(name: N, summary: string, type: TypeConstraint) =>
  defineOp({
    name,
    summary,
    operands: { operand: { type } },
    attrs: {},
    results: { result: { type } },
    traits: same,
    infer: inferSame,
    constraints: sameTypes,
  });

/** Transcendental ops carry an optional accuracy. */
const unaryWithAccuracy = <const N extends string>(
  name: N,
  summary: string,
  type: TypeConstraint,
) =>
  defineOp({
    name,
    summary,
    operands: { operand: { type } },
    attrs: { result_accuracy: optional(any) },
    results: { result: { type } },
    traits: same,
    infer: inferSame,
    constraints: sameTypes,
  });

const binary = <const N extends string>(
  name: N,
  summary: string,
  type: TypeConstraint,
  traits: readonly Trait[] = same,
) =>
  defineOp({
    name,
    summary,
    operands: { lhs: { type }, rhs: { type } },
    attrs: {},
    results: { result: { type } },
    traits,
    infer: inferSame,
    constraints: name === "stablehlo.add" ? addRules : sameTypes,
  });

export const elementwiseOps = {
  add: binary("stablehlo.add", "Element-wise addition", anyTensorPerAxis, commutative),
  subtract: binary("stablehlo.subtract", "Element-wise subtraction", intFpOrComplexTensor),
  multiply: binary("stablehlo.multiply", "Element-wise product", anyTensor, commutative),
  divide: binary("stablehlo.divide", "Element-wise division", intFpOrComplexTensor),
  remainder: binary(
    "stablehlo.remainder",
    "Element-wise remainder with the sign of the dividend",
    intFpOrComplexTensor,
  ),
  power: binary("stablehlo.power", "Element-wise exponentiation", intFpOrComplexTensor),
  maximum: binary("stablehlo.maximum", "Element-wise maximum", anyTensor, commutative),
  minimum: binary("stablehlo.minimum", "Element-wise minimum", anyTensor, commutative),
  atan2: binary("stablehlo.atan2", "Element-wise atan2", fpOrComplexTensor),
  negate: unary("stablehlo.negate", "Element-wise negation", intFpOrComplexTensor),
  abs: defineOp({
    name: "stablehlo.abs",
    summary: "Element-wise absolute value",
    operands: { operand: { type: signlessFpOrComplexTensor } },
    attrs: {},
    results: { result: { type: signlessOrFpTensor } },
    traits: ["pure", "elementwise"],
    infer: inferAbs,
    constraints: absRules,
  }),
  sign: unary("stablehlo.sign", "Element-wise sign", signlessFpOrComplexTensor),
  exponential: unaryWithAccuracy("stablehlo.exponential", "Element-wise e^x", fpOrComplexTensor),
  exponential_minus_one: unaryWithAccuracy(
    "stablehlo.exponential_minus_one",
    "Element-wise e^x - 1",
    fpOrComplexTensor,
  ),
  log: unaryWithAccuracy("stablehlo.log", "Element-wise natural logarithm", fpOrComplexTensor),
  log_plus_one: unaryWithAccuracy(
    "stablehlo.log_plus_one",
    "Element-wise log(1 + x)",
    fpOrComplexTensor,
  ),
  sqrt: unaryWithAccuracy("stablehlo.sqrt", "Element-wise square root", fpOrComplexTensor),
  rsqrt: unaryWithAccuracy(
    "stablehlo.rsqrt",
    "Element-wise reciprocal square root",
    fpOrComplexTensor,
  ),
  cbrt: unaryWithAccuracy("stablehlo.cbrt", "Element-wise cube root", fpOrComplexTensor),
  tanh: unaryWithAccuracy("stablehlo.tanh", "Element-wise hyperbolic tangent", fpOrComplexTensor),
  tan: unaryWithAccuracy("stablehlo.tan", "Element-wise tangent", fpOrComplexTensor),
  logistic: unaryWithAccuracy("stablehlo.logistic", "Element-wise logistic", fpOrComplexTensor),
  sine: unaryWithAccuracy("stablehlo.sine", "Element-wise sine", fpOrComplexTensor),
  cosine: unaryWithAccuracy("stablehlo.cosine", "Element-wise cosine", fpOrComplexTensor),
  ceil: unary("stablehlo.ceil", "Element-wise ceiling", fpTensor),
  floor: unary("stablehlo.floor", "Element-wise floor", fpTensor),
  round_nearest_even: unary(
    "stablehlo.round_nearest_even",
    "Element-wise rounding, ties to even",
    fpTensor,
  ),
  round_nearest_afz: unary(
    "stablehlo.round_nearest_afz",
    "Element-wise rounding, ties away from zero",
    fpTensor,
  ),
  is_finite: defineOp({
    name: "stablehlo.is_finite",
    summary: "Element-wise test for neither infinity nor NaN",
    operands: { x: { type: fpTensor } },
    attrs: {},
    results: { y: { type: predTensor } },
    traits: ["pure", "elementwise"],
    infer: inferIsFinite,
    constraints: isFiniteRules,
  }),
  not: unary("stablehlo.not", "Element-wise NOT", predOrIntTensor),
  and: binary("stablehlo.and", "Element-wise AND", predOrIntTensor, commutative),
  or: binary("stablehlo.or", "Element-wise OR", predOrIntTensor, commutative),
  xor: binary("stablehlo.xor", "Element-wise XOR", predOrIntTensor, commutative),
  shift_left: binary("stablehlo.shift_left", "Element-wise left shift", intTensor),
  shift_right_arithmetic: binary(
    "stablehlo.shift_right_arithmetic",
    "Element-wise right shift that keeps the sign",
    intTensor,
  ),
  shift_right_logical: binary(
    "stablehlo.shift_right_logical",
    "Element-wise right shift that fills with zeros",
    intTensor,
  ),
  compare: defineOp({
    name: "stablehlo.compare",
    summary: "Element-wise comparison",
    operands: { lhs: { type: anyTensor }, rhs: { type: anyTensor } },
    attrs: {
      comparison_direction: comparisonDirection,
      compare_type: optional(comparisonType),
    },
    results: { result: { type: predTensor } },
    traits: ["pure", "elementwise"],
    infer: inferCompare,
    constraints: compareRules,
  }),
  select: defineOp({
    name: "stablehlo.select",
    summary: "Takes each element from one of two tensors by a predicate, which may be a scalar",
    operands: {
      pred: { type: predTensor },
      on_true: { type: anyTensor },
      on_false: { type: anyTensor },
    },
    attrs: {},
    results: { result: { type: anyTensor } },
    traits: ["pure", "elementwise"],
    infer: inferSelect,
    constraints: selectRules,
  }),
  clamp: defineOp({
    name: "stablehlo.clamp",
    summary: "Limits each element to an interval, whose bounds may be scalars",
    operands: {
      min: { type: anyTensor },
      operand: { type: anyTensor },
      max: { type: anyTensor },
    },
    attrs: {},
    results: { result: { type: anyTensor } },
    traits: ["pure", "elementwise"],
    infer: inferClamp,
    constraints: clampRules,
  }),
  convert: defineOp({
    name: "stablehlo.convert",
    summary: "Element-wise conversion to another element type",
    operands: { operand: { type: plainTensor } },
    attrs: {},
    results: { result: { type: plainTensor } },
    traits: ["pure", "elementwise"],
    constraints: convertRules,
  }),
  bitcast_convert: defineOp({
    name: "stablehlo.bitcast_convert",
    summary: "Reads the bits as another element type; the last dimension may appear or vanish",
    operands: { operand: { type: anyTensorPerAxis } },
    attrs: {},
    results: { result: { type: anyTensorPerAxis } },
    traits: ["pure"],
    constraints: bitcastRules,
  }),
  reduce_precision: defineOp({
    name: "stablehlo.reduce_precision",
    summary: "Rounds each element to a narrower float format and back",
    operands: { operand: { type: fpTensor } },
    attrs: { exponent_bits: i32, mantissa_bits: i32 },
    results: { output: { type: fpTensor } },
    traits: ["pure", "elementwise", "sameOperandsAndResultType"],
    infer: inferOperand,
    constraints: reducePrecisionRules,
  }),
};
