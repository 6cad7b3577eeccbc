/** @file Gradients of elementwise ops; g is the cotangent, y the result. */
import type { ElementwiseOpName, StablehloDef } from "#lib/dialects/stablehlo/ops.ts";
import type { Value } from "#lib/ir/graph.ts";
import { elementOf, isFloat } from "#lib/ir/types.ts";
import { halfOnTie, once } from "../combinators.ts";
import { type Emitter, splatOf } from "../emitter.ts";
import {
  guarded,
  nonDifferentiable,
  type VjpFunction,
  type VjpRules,
  zeroGradient,
} from "../rule.ts";

const steps = zeroGradient("constant between steps");
const bits = nonDifferentiable("works on bits");
const truth = nonDifferentiable("its result is a truth value");

/** g * y with the exponent's special values: d x^p / dx = p x^(p-1), 0 where p = 0. */
function powerBase(b: Emitter, ct: Value, x: Value, p: Value): Value {
  const exponent = splatOf(p);
  if (exponent === 0) return b.zerosLike(x);
  if (exponent === 1) return ct;
  if (exponent === 2) return b.doubleProduct(x, ct);
  if (exponent === 3) return b.multiply(b.scale(b.square(x), 3), ct);
  if (exponent === 0.5) return b.divide(b.scale(ct, 0.5), b.unary("sqrt", x));
  if (exponent !== null)
    return b.multiply(ct, b.scale(b.binary("power", x, b.splatLike(x, exponent - 1)), exponent));
  const lowered = b.binary("power", x, b.subtract(p, b.splatLike(p, 1)));
  const isZero = b.compare("EQ", p, b.zerosLike(p));
  return b.dropWhere(isZero, b.multiply(ct, b.multiply(p, lowered)));
}

/** g * y * log x, 0 where x = 0 and p >= 0 (the limit from the right; y is 0 there, or 1 for p = 0). */
function powerExponent(b: Emitter, ct: Value, x: Value, p: Value, y: Value): Value {
  const zero = b.zerosLike(x);
  const atZero = b.binary("and", b.compare("EQ", x, zero), b.compare("GE", p, zero));
  const safe = b.select(atZero, b.splatLike(x, 1), x);
  return b.dropWhere(atZero, b.multiply(b.multiply(ct, y), b.unary("log", safe)));
}

type ExtremumDef = StablehloDef<"maximum"> | StablehloDef<"minimum">;

/**
 * Maximum (`wins` = GT) and minimum (LT). Torch: equal operands share g; against a constant, as relu and relu6 are written,
 * nothing flows at equality. JAX: equal operands share g always.
 */
const extremum =
  (wins: "GT" | "LT", loses: "LT" | "GT"): VjpFunction<ExtremumDef> =>
  ({ ct, operands: { lhs, rhs }, y, b, ties }) => {
    // The result wins over the constant exactly where the operand does, and it is kept for what follows anyway.
    if (ties === "torch" && splatOf(rhs) !== null)
      return { lhs: () => b.keepWhere(b.compare(wins, y, rhs), ct), rhs: null };
    if (ties === "torch" && splatOf(lhs) !== null)
      return { lhs: null, rhs: () => b.keepWhere(b.compare(wins, y, lhs), ct) };
    if (lhs === rhs) return { lhs: () => ct, rhs: null };
    const shared = once(() => halfOnTie(b, b.compare("EQ", lhs, rhs), ct));
    if (ties === "torch")
      return {
        lhs: () => b.dropWhere(b.compare(loses, lhs, rhs), shared()),
        rhs: () => b.dropWhere(b.compare(loses, rhs, lhs), shared()),
      };
    return {
      lhs: () => b.keepWhere(b.compare("EQ", lhs, y), shared()),
      rhs: () => b.keepWhere(b.compare("EQ", rhs, y), shared()),
    };
  };

/** Clamp: y = min(max(x, low), high). At a bound nothing passes, as in torch 2.15 (decision 0006) and JAX. */
const clamp: VjpFunction<StablehloDef<"clamp">> = ({ ct, operands, b, ties }) => {
  const x = operands.operand;
  const low = b.expandTo(operands.min, x);
  const high = b.expandTo(operands.max, x);
  const inside = (): Value => b.binary("and", b.compare("GT", x, low), b.compare("LT", x, high));
  const isLow = (): Value => b.binary("and", b.compare("LT", x, low), b.compare("LT", low, high));
  const isHigh = (): Value => {
    const over = b.compare("GT", x, high);
    return ties === "torch" ? b.binary("or", over, b.compare("LT", high, low)) : over;
  };
  return {
    min: () => b.sumToScalarIf(b.keepWhere(isLow(), ct), operands.min),
    operand: () => b.keepWhere(inside(), ct),
    max: () => b.sumToScalarIf(b.keepWhere(isHigh(), ct), operands.max),
  };
};

/** d atan2(a, b) = (b da - a db) / (a^2 + b^2). */
const atan2: VjpFunction<StablehloDef<"atan2">> = ({ ct, operands: { lhs, rhs }, b }) => {
  const scaled = once(() => b.divide(ct, b.add(b.square(lhs), b.square(rhs))));
  return {
    lhs: () => b.multiply(scaled(), rhs),
    rhs: () => b.negate(b.multiply(scaled(), lhs)),
  };
};

/** a rem b = a - b trunc(a / b). */
const remainder: VjpFunction<StablehloDef<"remainder">> = ({ ct, operands: { lhs, rhs }, b }) => ({
  lhs: () => ct,
  rhs: () => {
    const quotient = b.divide(lhs, rhs);
    const whole = b.multiply(b.unary("sign", quotient), b.unary("floor", b.unary("abs", quotient)));
    return b.negate(b.multiply(ct, whole));
  },
});

export const elementwiseRules: VjpRules<ElementwiseOpName> = {
  add: ({ ct }) => ({ lhs: () => ct, rhs: () => ct }),
  subtract: ({ ct, b }) => ({ lhs: () => ct, rhs: () => b.negate(ct) }),
  // d(xy) = y dx + x dy; a square as (2x) g, which needs nothing but x.
  multiply: ({ ct, operands: { lhs, rhs }, b }) =>
    lhs === rhs
      ? { lhs: () => b.doubleProduct(lhs, ct), rhs: null }
      : { lhs: () => b.multiply(ct, rhs), rhs: () => b.multiply(ct, lhs) },
  // d(a/b) = da/b - (a/b) db/b
  divide: ({ ct, operands: { rhs }, y, b }) => {
    const quotient = once(() => b.divide(ct, rhs));
    return { lhs: quotient, rhs: () => b.negate(b.multiply(quotient(), y)) };
  },
  remainder,
  power: ({ ct, operands: { lhs, rhs }, y, b }) => ({
    lhs: () => powerBase(b, ct, lhs, rhs),
    rhs: () => powerExponent(b, ct, lhs, rhs, y),
  }),
  maximum: extremum("GT", "LT"),
  minimum: extremum("LT", "GT"),
  atan2,
  negate: ({ ct, b }) => ({ operand: () => b.negate(ct) }),
  // Torch: 0 at 0. JAX: g at 0.
  abs: ({ ct, operands: { operand }, b, ties }) => ({
    operand: () =>
      ties === "torch"
        ? b.multiply(ct, b.unary("sign", operand))
        : b.select(b.compare("GE", operand, b.zerosLike(operand)), ct, b.negate(ct)),
  }),
  sign: steps,
  exponential: ({ ct, y, b }) => ({ operand: () => b.multiply(ct, y) }),
  // d(e^x - 1) = e^x dx = (y + 1) dx
  exponential_minus_one: ({ ct, y, b }) => ({
    operand: () => b.multiply(ct, b.add(y, b.splatLike(y, 1))),
  }),
  log: ({ ct, operands: { operand }, b }) => ({ operand: () => b.divide(ct, operand) }),
  log_plus_one: ({ ct, operands: { operand }, b }) => ({
    operand: () => b.divide(ct, b.add(operand, b.splatLike(operand, 1))),
  }),
  // d sqrt x = dx / (2y)
  sqrt: ({ ct, y, b }) => ({ operand: () => b.divide(b.scale(ct, 0.5), y) }),
  // d x^(-1/2) = -1/2 y^3 dx
  rsqrt: ({ ct, y, b }) => ({
    operand: () => b.multiply(b.scale(ct, -0.5), b.multiply(y, b.square(y))),
  }),
  // d x^(1/3) = dx / (3 y^2)
  cbrt: ({ ct, y, b }) => ({ operand: () => b.divide(ct, b.scale(b.square(y), 3)) }),
  tanh: ({ ct, y, b }) => ({
    operand: () => b.multiply(ct, b.subtract(b.splatLike(y, 1), b.square(y))),
  }),
  tan: ({ ct, y, b }) => ({
    operand: () => b.multiply(ct, b.add(b.square(y), b.splatLike(y, 1))),
  }),
  logistic: ({ ct, y, b }) => ({
    operand: () => b.multiply(ct, b.multiply(y, b.subtract(b.splatLike(y, 1), y))),
  }),
  sine: ({ ct, operands: { operand }, b }) => ({
    operand: () => b.multiply(ct, b.unary("cosine", operand)),
  }),
  cosine: ({ ct, operands: { operand }, b }) => ({
    operand: () => b.negate(b.multiply(ct, b.unary("sine", operand))),
  }),
  ceil: steps,
  floor: steps,
  round_nearest_even: steps,
  round_nearest_afz: steps,
  is_finite: truth,
  not: bits,
  and: bits,
  or: bits,
  xor: bits,
  shift_left: bits,
  shift_right_arithmetic: bits,
  shift_right_logical: bits,
  compare: truth,
  select: ({ ct, operands: { pred }, b }) => ({
    pred: null,
    on_true: () => b.keepWhere(pred, ct),
    on_false: () => b.dropWhere(pred, ct),
  }),
  clamp,
  convert: ({ ct, operands: { operand }, b }) => ({
    operand: () => b.convert(ct, elementOf(operand.type)),
  }),
  bitcast_convert: guarded(
    ({ operands: { operand }, results: { result } }) =>
      isFloat(operand.type) && isFloat(result.type) ? "it reads bits as another number" : null,
    () => ({ operand: null }),
  ),
  reduce_precision: ({ ct, op, b }) => ({
    operand: () => b.roundLike(op, ct),
  }),
};
